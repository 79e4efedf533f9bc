// Ids are drawn in the turn of the bytes, groups leave whole, and what has ended never leaves.
import { describe, expect, it } from 'vitest';
import { connect } from '../../../../src/client/connect.js';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import { oca } from '../../../../src/client/orders/builders/group.js';
import { memorySink } from '../../../../src/client/orders/journal/journal.js';
import { simulate } from '../../../../src/gateway/simulate.js';
import { killSwitch } from '../../../../src/rules/guards/kill-switch.js';
import { handTimer } from '../../../helpers/hand-timer.js';
import { quiet } from '../../../helpers/still.js';
import { AAPL, buy, deskWith, placedBy, says, until } from '../trades/desk.js';

const working = {
  placeOrder: (request: { orderId: number | undefined }, peer: Parameters<typeof says>[0]) =>
    says(peer, { orderId: request.orderId ?? 0, permId: String(9000 + (request.orderId ?? 0)) }).status('Submitted'),
};
const rising = (ids: readonly (number | undefined)[]): boolean => ids.every((id, i) => i === 0 || (id ?? 0) > (ids[i - 1] ?? 0));

describe('ids in the turn of the bytes', () => {
  it('twenty brackets in one turn at the default message rate: none torn, all work, ids rise', async () => {
    // Client and gateway share a process here: a busy one delivers late, and the gateway would count what it reads at once.
    await using gateway = await simulate({ speed: 1, pacing: 'off' });
    await using ib = await connect({ port: gateway.port });
    const groups = Array.from({ length: 20 }, () =>
      ib.orders.placeGroup(AAPL, bracket(buy('1', 50), { takeProfit: 60, stopLoss: 40 })),
    );
    const all = groups.flat();
    await until(() => all.every(({ statuses }) => statuses.length > 0), 'all live', 8000);
    expect(all.filter(({ state }) => state.at === 'rejected' || state.at === 'unclear')).toEqual([]);
    for (const [parent, ...children] of groups)
      expect(children.map(({ parentId }) => parentId)).toEqual(children.map(() => parent?.orderId));
    // On the wire: one whose picture grew old while it waited is judged again, and may leave after a later one.
    const sent = gateway.received.flatMap(({ message }) => (message.kind === 'placeOrder' ? [Number(message.orderId)] : []));
    expect(sent).toHaveLength(60);
    expect(rising(sent)).toBe(true);
    expect(sent).toEqual(all.map(({ orderId }) => orderId).sort((a, b) => a - b));
  }, 15_000);

  it('brackets, OCA pairs, single orders, exercises and previews beyond the rate: ids on the wire rise, groups are whole', async () => {
    await using desk = await deskWith({ on: working }, { limits: { messagesPerSecond: 20 } });
    const option = { ...AAPL, conId: 7, secType: 'OPT', right: 'C', strike: 100, lastTradeDateOrContractMonth: '20270115' };
    const asked: Promise<unknown>[] = [];
    for (let i = 1; i <= 5; i++) {
      desk.ib.orders.placeGroup(AAPL, bracket(buy(String(i), 100), { takeProfit: 110, stopLoss: 90 }));
      desk.ib.orders.placeGroup(AAPL, oca([buy(String(i), 80), buy(String(i), 81)], `pair ${i}`));
      asked.push(desk.ib.orders.preview(AAPL, buy(String(i)), { timeout: 4000 }).catch(() => {}));
      desk.ib.orders.place(AAPL, buy(String(100 + i)));
      desk.ib.orders.exercise(option, { action: 'exercise', quantity: i });
    }
    const sent = () =>
      desk.gateway.received.flatMap((one): number[] =>
        one.kind === 'placeOrder' ? [Number(one.orderId)] : one.kind === 'exerciseOptions' ? [Number(one.reqId)] : [],
      );
    await until(() => sent().length === 40, '40 sent', 5000);
    expect(rising(sent())).toBe(true);
    const parents = placedBy(desk.gateway).flatMap(({ orderId, order }) => (order?.transmit === false ? [] : [orderId]));
    expect(parents.length).toBeGreaterThan(0);
    desk.ib.close();
    await Promise.all(asked);
  }, 10_000);

  it('a preview beside an order in one turn is answered with margins', async () => {
    await using gateway = await simulate({ speed: 1 });
    await using ib = await connect({ port: gateway.port });
    const asked = ib.orders.preview(AAPL, buy('1', 50));
    ib.orders.place(AAPL, buy('1', 50));
    expect((await asked).initMargin.after).toBeDefined();
  });

  it('an order has no id while it waits, and is found under its id afterwards', async () => {
    await using desk = await deskWith({ on: working }, { limits: { messagesPerSecond: 5 } });
    const trades = Array.from({ length: 6 }, (_, i) => desk.ib.orders.place(AAPL, buy(String(i + 1))));
    const last = trades.at(-1);
    expect([last?.state.at, last?.orderId]).toEqual(['waiting', 0]);
    await until(() => last?.state.at === 'working');
    expect(desk.ib.orders.book.get(6)).toBe(last);
  });

  it('a group of more messages than may leave in a second is refused whole', async () => {
    await using desk = await deskWith({ on: working }, { limits: { messagesPerSecond: 4 } });
    const orders = Array.from({ length: 6 }, (_, i) => buy(String(i + 1)));
    const trades = desk.ib.orders.placeGroup(AAPL, oca(orders, 'large'));
    const ends = await Promise.all(trades.map(({ done }) => done));
    expect(ends.map(({ at }) => at)).toEqual(ends.map(() => 'rejected'));
    expect(placedBy(desk.gateway)).toEqual([]);
  });
});

describe('what has ended never leaves', () => {
  it('cancelAll while 11 of 15 orders wait for their turn: the 11 end as cancelled by the user and never leave', async () => {
    const timer = handTimer();
    await using desk = await deskWith({ on: working }, { timer, limits: { messagesPerSecond: 5 } });
    const trades = Array.from({ length: 15 }, (_, i) => desk.ib.orders.place(AAPL, buy(String(i + 1))));
    const waiting = trades.filter(({ state }) => state.at === 'waiting');
    expect(waiting.length).toBeGreaterThan(9);
    desk.ib.orders.cancelAll();
    const ends = await Promise.all(waiting.map(({ done }) => done));
    expect(ends.map(({ at, reason }) => [at, reason?.by])).toEqual(waiting.map(() => ['cancelled', 'user']));
    await timer.advance(60_000);
    await quiet(desk.gateway);
    expect(placedBy(desk.gateway)).toHaveLength(15 - waiting.length);
  });

  it('a group of which one member is cancelled while it waits does not leave at all', async () => {
    await using desk = await deskWith({ on: working }, { limits: { messagesPerSecond: 5 } });
    for (let i = 1; i <= 4; i++) desk.ib.orders.place(AAPL, buy(String(i)));
    const group = desk.ib.orders.placeGroup(AAPL, bracket(buy('50', 100), { takeProfit: 110, stopLoss: 90 }));
    await group[2]?.cancel();
    const ends = await Promise.all(group.map(({ done }) => done));
    expect(ends.map(({ at, reason }) => [at, reason?.by])).toEqual(group.map(() => ['cancelled', 'user']));
    expect(placedBy(desk.gateway).some(({ order }) => order?.totalQuantity === '50')).toBe(false);
  });

  it('what waits is judged again in the turn of its bytes: a guard that changed its mind refuses, and it is written down', async () => {
    let isOpen = true;
    const guard = () =>
      isOpen ? [] : [{ code: 'SHUT', severity: 'reject', message: 'shut', facts: {}, remedy: 'wait' } as const];
    const sink = memorySink();
    await using desk = await deskWith(
      { on: working },
      { limits: { messagesPerSecond: 5 }, orders: { guards: [guard], journal: sink } },
    );
    const trades = Array.from({ length: 6 }, (_, i) => desk.ib.orders.place(AAPL, buy(String(i + 1))));
    isOpen = false;
    const end = await trades[5]?.done;
    expect([end?.at, end?.reason?.by, end?.reason?.text.includes('SHUT')]).toEqual(['rejected', 'client', true]);
    expect(sink.lines.filter((line) => line.includes('"passed":false'))).toHaveLength(
      trades.filter(({ state }) => state.at === 'rejected').length,
    );
  });

  it('the kill switch engaged while disconnected cancels on return, before anything else is sent', async () => {
    const stop = killSwitch();
    await using desk = await deskWith({ on: working }, { orders: { killSwitch: stop } });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    const before = desk.peer;
    before.cut();
    await until(() => desk.ib.state.at === 'reconnecting');
    stop.engage('test');
    await until(() => desk.peer !== before && desk.ib.state.at === 'ready');
    await until(() => desk.gateway.received.some(({ kind }) => kind === 'cancelOrder'));
    const kinds = desk.gateway.received.map(({ kind }) => kind);
    expect(kinds.slice(kinds.lastIndexOf('startApi'))[1]).toBe('cancelOrder');
  });

  it('a member of a group that asks what-if is refused, as a single order is', async () => {
    await using desk = await deskWith({ on: working });
    const group = oca([buy('1', 80), { ...buy('1', 81), whatIf: true }], 'pair');
    expect(() => desk.ib.orders.placeGroup(AAPL, group)).toThrow(/use preview/);
    expect(placedBy(desk.gateway)).toEqual([]);
  });
});
