// Purchases leave room for their commission where the policy keeps some back; sales need none.
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import type { ContractFacts, OrderFacts, Situation } from '../../src/rules/types.js';

const account = { configuredKind: 'ira-margin', accountType: 'IRA-ROTH NEW', baseCurrency: 'USD' };
const situation = (cash: Readonly<Record<string, string>>, more: Partial<Situation> = {}): Situation => ({
  account,
  cash,
  settledCash: cash,
  positions: [],
  workingOrders: [],
  ...more,
});
const stock: ContractFacts = { secType: 'STK', symbol: 'AAA', currency: 'USD', stockType: 'COMMON' };
const call: ContractFacts = {
  secType: 'OPT',
  symbol: 'AAA',
  currency: 'USD',
  lastTradeDateOrContractMonth: '20270115',
  strike: '100',
  right: 'C',
  multiplier: '100',
};
const order = (contract: ContractFacts, terms: Partial<OrderFacts>): OrderFacts => ({
  contract,
  action: 'BUY',
  totalQuantity: '10',
  orderType: 'LMT',
  lmtPrice: '100',
  ...terms,
});
const policy = { feeReserve: '2', priceCollar: null, maxQuantity: { STK: null, OPT: null, CASH: null } };
const passes = (one: OrderFacts, cash: Readonly<Record<string, string>>, more?: Partial<Situation>): boolean =>
  check(one, situation(cash, more), policy).every(({ severity }) => severity !== 'reject');

describe('a purchase for exactly all the cash', () => {
  const euros: ContractFacts = { secType: 'CASH', symbol: 'EUR', currency: 'USD' };
  const yenPair: ContractFacts = { secType: 'CASH', symbol: 'USD', currency: 'JPY' };
  const rows: readonly [string, OrderFacts, number][] = [
    ['ten shares', order(stock, {}), 1002],
    ['a thousand cheap shares, a cent each', order(stock, { totalQuantity: '1000', lmtPrice: '5' }), 5010],
    ['penny shares, one percent at most', order(stock, { totalQuantity: '100000', lmtPrice: '0.01' }), 1010],
    ['an amount of cash', order(stock, { totalQuantity: '0', cashQty: '1000', orderType: 'MKT' }), 1002],
    ['options, two dollars each', order(call, { totalQuantity: '3', lmtPrice: '1' }), 306],
    ['a conversion of all dollars', order(euros, { totalQuantity: '100000', lmtPrice: '1.1' }), 110005.5],
    ['dollars sold for yen', order(yenPair, { action: 'SELL', totalQuantity: '10000', lmtPrice: '150' }), 10002],
    ['dollars sold for yen at the market', order(yenPair, { action: 'SELL', totalQuantity: '100000', orderType: 'MKT' }), 100005],
  ];

  it.each(rows)('%s', (_, one, cost) => {
    expect(passes(one, { USD: String(cost) })).toBe(true);
    expect(passes(one, { USD: String(cost - 0.01) })).toBe(false);
  });

  it('all of another currency can be sold: the commission is taken from the base', () => {
    const sale = order(euros, { action: 'SELL', totalQuantity: '500', lmtPrice: '1.1' });
    expect([passes(sale, { USD: '0', EUR: '500' }), passes(sale, { USD: '0', EUR: '499' })]).toEqual([true, false]);
    const working = { ...order(yenPair, { action: 'SELL', totalQuantity: '500', lmtPrice: '150' }), orderId: '5' };
    const rest = (USD: string): boolean =>
      passes(order(stock, { totalQuantity: '1', lmtPrice: '1' }), { USD }, { workingOrders: [working] });
    expect([rest('505'), rest('504.99')]).toEqual([true, false]);
  });

  it('in yen the least commission is counted in yen', () => {
    const yen = order({ ...stock, currency: 'JPY' }, {});
    expect(passes(yen, { JPY: '1200' })).toBe(true);
    expect(passes(yen, { JPY: '1199' })).toBe(false);
  });

  it('a fee that the order states is the one that counts', () => {
    expect(passes(order(stock, { fee: '0' }), { USD: '1000' })).toBe(true);
  });
});

it('sales need no cash for their commission', () => {
  const positions = [{ contract: stock, position: '10' }];
  expect(passes(order(stock, { action: 'SELL' }), { USD: '0' }, { positions })).toBe(true);
  const held = [{ contract: call, position: '3' }];
  expect(passes(order(call, { action: 'SELL', totalQuantity: '3' }), { USD: '0' }, { positions: held })).toBe(true);
});

it('working purchases hold their commission back too', () => {
  const live = { ...order(stock, {}), orderId: '5' };
  const next = order({ ...stock, symbol: 'BBB' }, { totalQuantity: '1', lmtPrice: '1' });
  const beside = (USD: string): boolean => passes(next, { USD }, { workingOrders: [live] });
  expect(beside('1005')).toBe(true);
  expect(beside('1004.99')).toBe(false);
});
