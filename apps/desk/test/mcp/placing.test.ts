// place_order with hosts of every manner: no order without a person's yes, never more than one, and nothing that hangs.

import { describe, expect, it } from 'vitest';
import { handTimer } from '../../../../test/helpers/hand-timer.js';
import { until } from '../../../../test/helpers/until.js';
import { PATIENCE_MS } from '../../src/mcp/asks.js';
import type { Stage } from '../stage.js';
import { type Answer, CLIENTS, host, type OnAsk } from './hosts.js';
import { APPROVE, asking, BUY, place, sent } from './placing.js';

/** The ways on which a host can ask a person. */
const ASKING = [
  ['2.x, 2026-07-28', 'pipes'],
  ['2.x, 2026-07-28', 'HTTP'],
  ['2.x, 2025-11-25', 'pipes'],
  ['1.x', 'pipes'],
] as const;

describe('a person says yes in the form of the host', () => {
  for (const [kind, carrier] of ASKING)
    it(`and the order is sent once: ${kind} over ${carrier}`, async () => {
      await using at = await asking();
      const asked: string[] = [];
      const onAsk: OnAsk = async ({ message }) => {
        asked.push(message);
        return APPROVE;
      };
      await using one = await host(at, { kind, carrier, onAsk });
      const told = await place(one, { note: 'it looks cheap' });
      expect(told, told.text).toMatchObject({
        isError: false,
        data: { draft: { approvedBy: 'a person, asked through assistant' } },
      });
      expect(['sent', 'done']).toContain(told.data['status']);
      expect(sent(at)).toBe(1);
      expect(asked).toHaveLength(1);
      expect(asked[0]).toMatch(/^SIMULATED account DU9000001: BUY 10 AAPL \(STK, USD, conId 265598\) MKT, DAY\nWorst price /);
      expect(asked[0]).toContain('The assistant says: "it looks cheap"');
      const again = await place(one);
      expect(again.data).toMatchObject({ isRepeat: true, draftId: told.data['draftId'] });
      expect([sent(at), asked.length]).toEqual([1, 1]);
    });

  it('and is refused where it has become worse meanwhile: the draft waits with its new preview', async () => {
    await using at = await asking();
    const onAsk: OnAsk = async () => {
      const [draft] = await at.desk.drafts.list({ states: ['waiting'], limit: 1 });
      const price = Math.round(Number(draft?.preview?.quote?.ask) * 1.04);
      const line = at.desk.connection.lines.known(draft?.contract.conId);
      const moved = new Promise<void>((resolve) => line?.on(() => Number(line.quote.ask?.value) > price * 0.98 && resolve()));
      at.desk.gateway?.market.set('AAPL', price);
      await moved;
      return APPROVE;
    };
    await using one = await host(at, { kind: '1.x', carrier: 'pipes', onAsk });
    const told = await place(one);
    expect(told.data).toMatchObject({
      status: 'waiting_for_approval',
      says: expect.stringMatching(/^It was approved, but .*price/),
    });
    expect(sent(at)).toBe(0);
  });

  it('and says no in the form: the draft is declined, and the same call does not ask again', async () => {
    await using at = await asking();
    let asked = 0;
    const onAsk: OnAsk = async () => {
      asked++;
      return { action: 'accept', content: { decision: 'decline' } };
    };
    await using one = await host(at, { kind: '2.x, 2026-07-28', carrier: 'HTTP', onAsk });
    expect((await place(one)).data['status']).toBe('declined');
    expect((await place(one)).data).toMatchObject({ status: 'declined', isRepeat: true });
    expect([sent(at), asked]).toEqual([0, 1]);
  });
});

/** What hosts do that show nothing to anybody. */
const EMPTY: readonly (readonly [string, Answer])[] = [
  ['declines at once', { action: 'decline' }],
  ['cancels at once', { action: 'cancel' }],
  ['accepts without a choice', { action: 'accept', content: {} }],
  ['accepts with a choice that is none', { action: 'accept', content: { decision: 'yes' } }],
];

describe('a host that shows nothing', () => {
  for (const [what, answer] of EMPTY)
    it(`${what}: the order waits, with the way to approve it; nobody is said to have said no`, async () => {
      await using at = await asking();
      for (const [kind, carrier] of ASKING) {
        await using one = await host(at, { kind, carrier, onAsk: async () => answer });
        const told = await place(one, { key: `${kind} ${carrier}`.replaceAll(/[ ,]/g, '-') });
        // A client may hold the answer against the form itself, and then says that it could not ask.
        expect(told.data, `${kind} ${carrier}`).toMatchObject({ status: 'waiting_for_approval', draftId: expect.any(String) });
        expect(told.data['how']).toContain(`ibwire-desk approve ${told.data['draftId']}`);
        expect(told.data['says']).not.toMatch(/said no|declined by|rejected/);
      }
      expect(sent(at)).toBe(0);
    });

  it('has no elicitation, or speaks 2025 over HTTP, where nobody can be asked: the order waits', async () => {
    await using at = await asking();
    const onAsk: OnAsk = async () => APPROVE;
    const ways = [
      ...CLIENTS.map((kind) => ({ kind, carrier: 'pipes', onAsk: undefined }) as const),
      ...CLIENTS.map((kind) => ({ kind, carrier: 'HTTP', onAsk: undefined }) as const),
      { kind: '2.x, 2025-11-25', carrier: 'HTTP', onAsk } as const,
      { kind: '1.x', carrier: 'HTTP', onAsk } as const,
    ];
    for (const [at2, way] of ways.entries()) {
      await using one = await host(at, way);
      expect((await place(one, { key: `way-${at2}` })).data, JSON.stringify(way)).toMatchObject({
        status: 'waiting_for_approval',
      });
    }
    expect(sent(at)).toBe(0);
  });

  it('has a token that may not approve: its yes does not count, and it is not asked', async () => {
    await using at = await asking();
    const { token } = await at.desk.tokens.create('assistant', ['read', 'propose']);
    let asked = 0;
    const onAsk: OnAsk = async () => {
      asked++;
      return APPROVE;
    };
    await using one = await host(at, { kind: '2.x, 2026-07-28', carrier: 'HTTP', onAsk, token });
    expect((await place(one)).data['status']).toBe('waiting_for_approval');
    expect([sent(at), asked]).toEqual([0, 0]);
  });
});

describe('a host that hangs', () => {
  for (const kind of ['2.x, 2025-11-25', '1.x'] as const)
    it(`${kind}: after a minute of the desk's own clock the order waits, and a late yes is not heard`, async () => {
      const timer = handTimer(Date.now());
      await using at = await asking({ timer });
      let answer = (_: Answer): void => {};
      let isAsked = false;
      const onAsk: OnAsk = () => {
        isAsked = true;
        return new Promise((resolve) => {
          answer = resolve;
        });
      };
      await using one = await host(at, { kind, carrier: 'pipes', onAsk });
      const work = place(one);
      await until(() => isAsked);
      await timer.advance(PATIENCE_MS);
      const told = await work;
      expect(told.data).toMatchObject({ status: 'waiting_for_approval', says: expect.stringMatching(/within a minute/) });
      answer(APPROVE);
      const again = await place(one);
      expect(again.data).toMatchObject({ status: 'waiting_for_approval', draftId: told.data['draftId'], isRepeat: true });
      expect(sent(at)).toBe(0);
    });

  it('2.x, 2026-07-28: a yes after the minute does not count', async () => {
    const timer = handTimer(Date.now());
    await using at = await asking({ timer });
    const onAsk: OnAsk = async () => {
      await timer.advance(PATIENCE_MS + 1);
      return APPROVE;
    };
    await using one = await host(at, { kind: '2.x, 2026-07-28', carrier: 'pipes', onAsk });
    expect((await place(one)).data).toMatchObject({ status: 'waiting_for_approval', says: expect.stringMatching(/too late/) });
    expect(sent(at)).toBe(0);
  });
});

interface Asked {
  readonly requestState: string;
  readonly inputRequests: Record<string, unknown>;
}

/** A host that answers by hand: what comes back is its own doing. */
async function byHand(at: Stage): Promise<{ ask(args: object, more?: object): Promise<unknown> }> {
  const { token } = await at.desk.tokens.create('assistant', ['read', 'propose', 'approve']);
  const id = 'io.modelcontextprotocol/';
  let count = 0;
  return {
    async ask(args, more = {}) {
      const _meta = {
        [`${id}protocolVersion`]: '2026-07-28',
        [`${id}clientCapabilities`]: { elicitation: {} },
        [`${id}clientInfo`]: { name: 'liar', version: '1' },
      };
      const params = { name: 'place_order', arguments: { ...BUY, ...args }, _meta, ...more };
      const answer = await fetch(`${at.url}/mcp`, {
        method: 'POST',
        headers: {
          ...{
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
          },
          ...{ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'place_order' },
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: ++count, method: 'tools/call', params }),
      });
      return answer.json();
    },
  };
}

const YES = { inputResponses: { decision: APPROVE } };
const asked = (told: unknown): Asked => (told as { readonly result: Asked }).result;
const status = (told: unknown): unknown =>
  (told as { readonly result: { readonly structuredContent?: { readonly status: string } } }).result?.structuredContent?.status;

describe('a host that lies', () => {
  it('brings the yes to one order for another, twice, changed, or without having been asked: nothing is sent for it', async () => {
    await using at = await asking();
    const liar = await byHand(at);
    const [small, large] = [asked(await liar.ask({ totalQuantity: '1' })), asked(await liar.ask({ totalQuantity: '90' }))];
    expect([small.requestState, large.requestState]).toEqual([expect.any(String), expect.any(String)]);
    // The yes to the small one, for the large one.
    expect(status(await liar.ask({ totalQuantity: '90' }, { ...YES, requestState: small.requestState }))).toBe(
      'waiting_for_approval',
    );
    // Used up by that: not even for its own.
    expect(status(await liar.ask({ totalQuantity: '1' }, { ...YES, requestState: small.requestState }))).toBe(
      'waiting_for_approval',
    );
    // Changed, made up, or none at all.
    const cut = `${large.requestState.slice(0, -4)}AAAA`;
    for (const requestState of [cut, 'v1.e30.AAAA', ''])
      expect(await liar.ask({ totalQuantity: '90' }, { ...YES, requestState })).not.toMatchObject({
        result: { structuredContent: { status: 'sent' } },
      });
    expect(status(await liar.ask({ totalQuantity: '90' }, YES))).toBe('waiting_for_approval');
    expect(sent(at)).toBe(0);
    // Its own, once.
    expect(['sent', 'done']).toContain(
      status(await liar.ask({ totalQuantity: '90' }, { ...YES, requestState: large.requestState })),
    );
    expect(['sent', 'done']).toContain(
      status(await liar.ask({ totalQuantity: '90' }, { ...YES, requestState: large.requestState })),
    );
    expect(sent(at)).toBe(1);
  });

  it('brings the yes that was given to another token: nothing is sent', async () => {
    await using at = await asking();
    const [one, other] = [await byHand(at), await byHand(at)];
    const { requestState } = asked(await one.ask({}));
    const told = await other.ask({}, { ...YES, requestState });
    expect(told).toMatchObject({ error: { code: -32602 } });
    expect(sent(at)).toBe(0);
  });
});
