// What is called a number and is none leaves in no raw request, at no version: text wires and protobuf write it differently.
import { describe, expect, it } from 'vitest';
import type { Ib } from '../../../../src/client/connect.js';
import { AAPL, buy, deskWith } from '../trades/desk.js';

type Send = (kind: string, message: object) => void;
const leg = { conId: 1, ratio: 1, action: 'BUY', exchange: 'SMART' };
const bag = { ...AAPL, secType: 'BAG', comboLegs: [leg] };
const option = { ...AAPL, conId: 7, secType: 'OPT', right: 'C', lastTradeDateOrContractMonth: '20270115', strike: 100 };
const place = (more: object, contract: object = AAPL) => ({ orderId: 9, contract, order: { ...buy(), ...more } });
const exercise = { reqId: 7, contract: option, exerciseAction: 1, exerciseQuantity: 1, account: '', override: 0 };

const requests: readonly (readonly [string, object, string])[] = [
  ['placeOrder', place({ lmtPrice: Number.NaN }), 'order.lmtPrice'],
  ['placeOrder', place({ orderType: 'STP', auxPrice: Number.POSITIVE_INFINITY }), 'order.auxPrice'],
  ['placeOrder', place({ trailingPercent: Number.NaN }), 'order.trailingPercent'],
  ['placeOrder', place({ competeAgainstBestOffset: Number.NaN }), 'order.competeAgainstBestOffset'],
  ['placeOrder', place({ conditions: [{ conditionType: 1, price: Number.NaN }] }), 'order.conditions[0].price'],
  ['placeOrder', place({ whatIf: true, lmtPrice: Number.NaN }), 'order.lmtPrice'],
  ['placeOrder', place({}, { ...option, strike: Number.NaN }), 'contract.strike'],
  ['placeOrder', place({}, { ...bag, comboLegs: [{ ...leg, perLegPrice: Number.NaN }] }), 'contract.comboLegs[0].perLegPrice'],
  ['placeOrder', { ...place({}), orderId: Number.NaN }, 'orderId'],
  ['exerciseOptions', { ...exercise, contract: { ...option, strike: Number.NEGATIVE_INFINITY } }, 'contract.strike'],
  ['exerciseOptions', { ...exercise, exerciseQuantity: Number.NaN }, 'exerciseQuantity'],
  ['cancelOrder', { orderId: Number.NaN }, 'orderId'],
  ['calculateImpliedVolatility', { reqId: 3, contract: option, optionPrice: Number.NaN, underPrice: 1 }, 'optionPrice'],
  ['reqMktData', { reqId: 3, contract: { ...option, strike: Number.NaN } }, 'contract.strike'],
];

describe.each([176, 200, 201, 226])('no number in a raw request, at server version %i', (serverVersion) => {
  it('is refused by the name of its field, and nothing leaves', async () => {
    await using desk = await deskWith({ serverVersion }, { orders: { rawOrders: true } });
    const before = desk.gateway.received.length;
    const send = rawOf(desk.ib);
    for (const [kind, message, path] of requests)
      expect(() => send(kind, message), `${kind} ${path}`).toThrow(`${path}: must be a number, got`);
    // An answered question behind them: whatever had left would have come before it.
    await desk.ib.orders.book.reconcile();
    const kinds = new Set(requests.map(([kind]) => kind));
    expect(desk.gateway.received.slice(before).filter(({ kind }) => kinds.has(kind))).toEqual([]);
  });
});

it('an offset without end means up to the middle, and leaves', async () => {
  await using desk = await deskWith({}, { orders: { rawOrders: true } });
  rawOf(desk.ib)('placeOrder', place({ competeAgainstBestOffset: Number.POSITIVE_INFINITY }));
  await desk.ib.orders.book.reconcile();
  expect(desk.gateway.received.map(({ kind }) => kind)).toContain('placeOrder');
});

function rawOf({ raw }: Ib): Send {
  return (kind, message) => raw.send(kind as 'placeOrder', message);
}
