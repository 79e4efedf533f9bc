// One wish, one order: calls that are repeated, hosts that disappear, trading that is stopped, gateways that do not answer, and accounts
// that are not the assistant's.

import { describe, expect, it } from 'vitest';
import { handTimer } from '../../../../test/helpers/hand-timer.js';
import { until } from '../../../../test/helpers/until.js';
import { SAME_MS } from '../../src/mcp/drafting.js';
import { DRAFT_MS } from '../../src/mcp/place-order.js';
import { stage } from '../stage.js';
import { host, type OnAsk } from './hosts.js';
import { APPROVE, asking, BUY, place, sent } from './placing.js';

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

describe('an assistant of one account', () => {
  const kind = 'individual-margin';
  const simulate = {
    accounts: [
      { account: 'DU9000001', kind },
      { account: 'DU9000002', kind },
    ],
  } as const;

  it('means it where it names none, and has no other one: over pipes by --account, over HTTP by its token', async () => {
    await using at = await stage({ simulate });
    const { token } = await at.desk.tokens.create('assistant', ['read', 'propose', 'approve'], ['DU9000002']);
    await using piped = await host(at, { kind: '1.x', carrier: 'pipes', stdio: { account: 'DU9000002' } });
    await using called = await host(at, { kind: '2.x, 2026-07-28', carrier: 'HTTP', token });
    for (const one of [piped, called]) {
      expect((await one.call('list_accounts')).data['accounts']).toMatchObject([{ account: 'DU9000002' }]);
      for (const account of ['DU9000001', 'U9000001']) {
        expect(await place(one, { account })).toMatchObject({ isError: true, data: { error: 'account' } });
        expect(await one.call('switch_account', { account })).toMatchObject({ isError: true, data: { error: 'account' } });
        expect(await one.call('get_portfolio', { account })).toMatchObject({ isError: true, data: { error: 'account' } });
      }
      expect((await place(one)).data).toMatchObject({ draft: { account: 'DU9000002' } });
    }
    expect(sent(at)).toBe(2);
  });
});
