// place_order with hosts of every manner: no order without a person's yes, never more than one, and nothing that hangs.

import { describe, expect, it } from 'vitest';
import { handTimer } from '../../../../test/helpers/hand-timer.js';
import { until } from '../../../../test/helpers/until.js';
import { PATIENCE_MS } from '../../src/mcp/asks.js';
import { SAME_MS } from '../../src/mcp/drafting.js';
import { DRAFT_MS } from '../../src/mcp/place-order.js';
import { type Stage, type StageOptions, stage } from '../stage.js';
import { type Answer, CLIENTS, type Host, host, type OnAsk, type Told } from './hosts.js';

const BUY = { symbol: 'AAPL', action: 'BUY', orderType: 'MKT', totalQuantity: '10' };
const APPROVE: Answer = { action: 'accept', content: { decision: 'approve' } };

/** A desk where a person has to decide, as on paper and on live money. */
async function asking(options: StageOptions = {}): Promise<Stage> {
  const at = await stage(options);
  await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
  return at;
}

const sent = ({ desk }: Stage): number => desk.gateway?.orders.length ?? -1;
const place = (one: Host, more: object = {}): Promise<Told> => one.call('place_order', { ...BUY, ...more });

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

describe('a call that is repeated', () => {
  it('ten times at once, and again: one draft, one question, one order', async () => {
    await using at = await asking();
    let count = 0;
    const onAsk: OnAsk = async () => {
      count++;
      return APPROVE;
    };
    await using one = await host(at, { kind: '1.x', carrier: 'pipes', onAsk });
    const told = await Promise.all(Array.from({ length: 10 }, (_, number) => place(one, { note: `try ${number}` })));
    expect(new Set(told.map(({ data }) => data['draftId'])).size).toBe(1);
    await place(one);
    expect([sent(at), count]).toEqual([1, 1]);
    expect(await at.desk.drafts.list({ limit: 10 })).toHaveLength(1);
  });

  it('after a minute, or with a key of its own, is another order; with the same key it never is', async () => {
    const timer = handTimer(Date.now());
    await using at = await stage({ timer });
    await using one = await host(at, { kind: '2.x, 2026-07-28', carrier: 'pipes' });
    const first = await place(one);
    await at.desk.follower.tradeOf(String(first.data['draftId']))?.done;
    await at.desk.follower.settled();
    await timer.advance(SAME_MS - 1_000);
    expect((await place(one)).data['draftId']).toBe(first.data['draftId']);
    expect((await place(one, { key: 'b' })).data['draftId']).not.toBe(first.data['draftId']);
    await timer.advance(SAME_MS + 1_000);
    expect((await place(one)).data['draftId']).not.toBe(first.data['draftId']);
    await timer.advance(5 * SAME_MS);
    expect((await place(one, { key: 'b', note: 'told otherwise' })).data['isRepeat']).toBe(true);
    expect(await place(one, { key: 'b', totalQuantity: '11' })).toMatchObject({ isError: true, data: { error: 'key-reused' } });
    expect(sent(at)).toBe(3);
  });

  it('while it waits is the same draft, however much later', async () => {
    const timer = handTimer(Date.now());
    await using at = await asking({ timer });
    await using one = await host(at, { kind: '1.x', carrier: 'pipes' });
    const first = await place(one);
    await timer.advance(10 * SAME_MS);
    expect((await place(one)).data).toMatchObject({ draftId: first.data['draftId'], isRepeat: true });
    expect(await at.desk.drafts.list({ limit: 10 })).toHaveLength(1);
  });
});

describe('a host that disappears', () => {
  it('while a person is asked: nothing is sent, and the draft waits for the desk', async () => {
    await using at = await asking();
    let isAsked = false;
    const onAsk: OnAsk = () => {
      isAsked = true;
      return new Promise(() => {});
    };
    const one = await host(at, { kind: '1.x', carrier: 'pipes', onAsk });
    const work = place(one).catch(() => 'gone');
    await until(() => isAsked);
    await one[Symbol.asyncDispose]();
    expect(await work).toBe('gone');
    expect(sent(at)).toBe(0);
    const [draft] = await at.desk.drafts.list({ limit: 1 });
    expect(draft?.state).toBe('waiting');
    expect((await at.owner('POST', '/v1/orders/approve', { id: draft?.id })).status).toBe(200);
    expect(sent(at)).toBe(1);
  });

  it('before the draft is through: it is finished, and the next call gets it', async () => {
    await using at = await stage();
    await using one = await host(at, { kind: '2.x, 2026-07-28', carrier: 'HTTP' });
    const control = new AbortController();
    const work = one.call('place_order', BUY, control.signal).catch(() => 'gone');
    await until(() => at.desk.connection.lines.open.length > 0);
    control.abort();
    expect(await work).toBe('gone');
    await until(() => sent(at) === 1);
    const told = await place(one);
    expect(told.data).toMatchObject({ isRepeat: true });
    expect(sent(at)).toBe(1);
  });
});

describe('trading that is stopped', () => {
  it('asks nobody: the draft is refused and says why', async () => {
    await using at = await stage();
    await at.owner('POST', '/v1/control/stop', { reason: 'enough' });
    let count = 0;
    const onAsk: OnAsk = async () => {
      count++;
      return APPROVE;
    };
    await using one = await host(at, { kind: '1.x', carrier: 'pipes', onAsk });
    const told = await place(one);
    expect(told).toMatchObject({ isError: true, data: { error: 'refused', findings: [{ code: 'KILL-SWITCH' }] } });
    expect([sent(at), count]).toEqual([0, 0]);
  });
});

describe('a gateway that does not answer', () => {
  it('to the order: it may have been placed, and how to find out; the next call sends nothing', async () => {
    const timer = handTimer(Date.now());
    await using at = await stage({ timer });
    const { previewer, gateway } = at.desk;
    const { preview } = previewer;
    Object.assign(previewer, {
      async preview(...of: Parameters<typeof preview>) {
        const told = await preview(...of);
        gateway?.faults.never('placeOrder', 1);
        return told;
      },
    });
    await using one = await host(at, { kind: '2.x, 2026-07-28', carrier: 'HTTP' });
    const work = place(one);
    const orders = (): number => gateway?.received.filter(({ message }) => message.kind === 'placeOrder').length ?? 0;
    await until(() => orders() === 2); // the what-if, and the order
    await timer.advance(at.desk.orders.patience);
    const told = await work;
    expect(told).toMatchObject({
      isError: false,
      data: { status: 'unknown', says: expect.stringMatching(/may have been placed.*get_order/) },
    });
    expect(told.data['how']).toMatch(/never a second order/);
    expect((await place(one)).data).toMatchObject({ draftId: told.data['draftId'], status: 'unknown', isRepeat: true });
    expect(orders()).toBe(2);
  });

  it('to the preview: the tool ends by a clock of its own, says so, and the next call joins the same draft', async () => {
    const timer = handTimer(Date.now());
    await using at = await stage({ timer, simulate: { faults: 'on placeOrder never 1' } });
    await using one = await host(at, { kind: '1.x', carrier: 'pipes' });
    const work = place(one);
    await until(() => at.desk.gateway?.received.some(({ message }) => message.kind === 'placeOrder') === true);
    await timer.advance(DRAFT_MS);
    expect(await work).toMatchObject({
      isError: false,
      data: { status: 'unknown', says: expect.stringMatching(/may still be placed: get_orders/) },
    });
    const again = place(one);
    expect(await at.desk.drafts.list({ limit: 10 })).toHaveLength(1);
    expect((await again).isError).toBe(true); // the what-if has run out meanwhile: refused, nothing was sent
    expect(sent(at)).toBe(0);
  });
});
