// Raw requests that trade pass the same switches, rules and journal as orders that are placed.
import { describe, expect, it } from 'vitest';
import { isWriteKind } from '../../../../src/client/conversation/order-gate.js';
import { memorySink } from '../../../../src/client/orders/journal/journal.js';
import { ReadOnlyError } from '../../../../src/client/wire/errors.js';
import { outgoingKinds } from '../../../../src/protocol/registry.js';
import { killSwitch } from '../../../../src/rules/guards/kill-switch.js';
import { AAPL, buy, deskWith, placedBy, says, until } from '../trades/desk.js';

const option = { ...AAPL, conId: 7, secType: 'OPT', right: 'C', strike: 100, lastTradeDateOrContractMonth: '20270115' };
const exercise = { reqId: 7, contract: option, exerciseAction: 1, exerciseQuantity: 1, account: '', override: 0 };
const working = {
  placeOrder: (request: { orderId: number | undefined }, peer: Parameters<typeof says>[0]) =>
    says(peer, { orderId: request.orderId ?? 0, permId: String(9000 + (request.orderId ?? 0)) }).status('Submitted'),
};
const shut = () => [{ code: 'SHUT', severity: 'reject', message: 'shut', facts: {}, remedy: 'wait' } as const];
const trading = ['placeOrder', 'exerciseOptions', 'cancelOrder', 'reqGlobalCancel'];

describe('raw orders', () => {
  it('for a live account with the live switch off do not leave, exercises neither', async () => {
    await using desk = await deskWith({ accounts: 'U1234567', on: working });
    const { raw } = desk.ib;
    expect(() => raw.send('placeOrder', { orderId: raw.nextOrderId(), contract: AAPL, order: buy() })).toThrow(/LIVE-ACCOUNT/);
    expect(() => raw.send('exerciseOptions', exercise)).toThrow(/LIVE-ACCOUNT/);
    expect(desk.gateway.received.filter(({ kind }) => trading.includes(kind))).toEqual([]);
  });

  it('do not leave while the kill switch is on; cancels do', async () => {
    const stop = killSwitch();
    await using desk = await deskWith({ on: working }, { orders: { killSwitch: stop, rawOrders: true } });
    const { raw } = desk.ib;
    stop.engage('test');
    expect(() => raw.send('placeOrder', { orderId: 5, contract: AAPL, order: buy() })).toThrow(/KILL-SWITCH/);
    expect(() => raw.send('exerciseOptions', exercise)).toThrow(/KILL-SWITCH/);
    raw.send('cancelOrder', { orderId: 5 });
    raw.send('reqGlobalCancel', {});
    await until(() => desk.gateway.received.some(({ kind }) => kind === 'reqGlobalCancel'));
    expect(desk.gateway.received.map(({ kind }) => kind).filter((kind) => trading.includes(kind))).toEqual([
      'cancelOrder',
      'reqGlobalCancel',
    ]);
  });

  it('are in the journal and in the book, with the time in force they work under', async () => {
    const sink = memorySink();
    await using desk = await deskWith({ on: working }, { orders: { journal: sink } });
    const { raw } = desk.ib;
    const orderId = raw.nextOrderId();
    raw.send('placeOrder', { orderId, contract: AAPL, order: buy() });
    await until(() => desk.ib.orders.book.get(orderId)?.state.at === 'working');
    expect(placedBy(desk.gateway)[0]?.order?.tif).toBe('DAY');
    raw.send('cancelOrder', { orderId });
    expect(desk.ib.orders.book.get(orderId)?.state.at).toBe('cancelling');
    raw.send('reqGlobalCancel', {});
    const told = sink.lines.map((line) => JSON.parse(line) as { event: string; action?: string; orderId?: number });
    expect(told.filter(({ event }) => event === 'attempt').map(({ action, orderId: id }) => [action, id])).toEqual([
      ['place', orderId],
      ['cancel', orderId],
      ['globalCancel', undefined],
    ]);
  });

  it('pass guards and account rules, unless the session was opened with rawOrders', async () => {
    await using strict = await deskWith({ on: working }, { orders: { guards: [shut] } });
    expect(() => strict.ib.raw.send('placeOrder', { orderId: 3, contract: AAPL, order: buy() })).toThrow(/SHUT/);
    await using lax = await deskWith({ on: working }, { orders: { guards: [shut], rawOrders: true } });
    lax.ib.raw.send('placeOrder', { orderId: 3, contract: AAPL, order: buy() });
    await until(() => placedBy(lax.gateway).length === 1);
  });

  it.each([0, -1, undefined])('bear an id of their own: under %s nothing leaves, exercises and what-ifs neither', async (id) => {
    await using desk = await deskWith({ on: working });
    const { raw } = desk.ib;
    for (const whatIf of [false, true])
      expect(() => raw.send('placeOrder', { orderId: id as never, contract: AAPL, order: { ...buy(), whatIf } })).toThrow(
        /orderId: must be above 0/,
      );
    expect(() => raw.send('exerciseOptions', { ...exercise, reqId: id as never })).toThrow(/reqId: must be above 0/);
    await desk.ib.orders.book.reconcile();
    expect(desk.gateway.received.filter(({ kind }) => trading.includes(kind))).toEqual([]);
  });

  it('under the id of an order that works change no contract: nothing leaves', async () => {
    await using desk = await deskWith({ on: working });
    const { orders, raw } = desk.ib;
    const trade = orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    const send = (contract: object) => raw.send('placeOrder', { orderId: trade.orderId, contract, order: buy('2') });
    for (const other of [{ conId: 272093 }, { secType: 'CFD' }, { symbol: 'MSFT', conId: 0 }, { currency: 'EUR' }])
      expect(() => send({ ...AAPL, ...other })).toThrow(/contract: is not that of order 1, which is at work/);
    send({ conId: AAPL.conId, exchange: 'SMART' });
    await until(() => placedBy(desk.gateway).length === 2);
    expect(placedBy(desk.gateway)[1]?.contract?.conId).toBe(AAPL.conId);
  });

  it('with an id of the caller take it out of those that are drawn', async () => {
    await using desk = await deskWith({ on: working });
    desk.ib.raw.send('placeOrder', { orderId: 40, contract: AAPL, order: buy() });
    expect(desk.ib.orders.place(AAPL, buy('2')).orderId).toBe(41);
  });
});

describe('a read-only session', () => {
  it('encodes nothing that trades, no advisor configuration and no settings', async () => {
    await using desk = await deskWith({}, { readOnly: true });
    const { raw, advisor } = desk.ib;
    expect(() => raw.send('placeOrder', { orderId: 1, contract: AAPL, order: buy() })).toThrow(ReadOnlyError);
    expect(() => raw.send('exerciseOptions', exercise)).toThrow(ReadOnlyError);
    expect(() => raw.send('cancelOrder', { orderId: 1 })).toThrow(ReadOnlyError);
    expect(() => raw.send('reqGlobalCancel', {})).toThrow(ReadOnlyError);
    expect(() => raw.send('replaceFA', { faDataType: 1, cxml: '<x/>' })).toThrow(ReadOnlyError);
    expect(() => raw.send('updateConfig', {})).toThrow(ReadOnlyError);
    await expect(advisor.replace('groups', '<x/>')).rejects.toThrow(ReadOnlyError);
  });

  it('knows of every request whether it writes', () => {
    expect(
      outgoingKinds
        .map(({ kind }) => kind)
        .filter(isWriteKind)
        .sort(),
    ).toEqual(['cancelOrder', 'exerciseOptions', 'placeOrder', 'replaceFA', 'reqGlobalCancel', 'updateConfig']);
  });
});
