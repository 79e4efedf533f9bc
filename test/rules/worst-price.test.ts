// The highest price at which a purchase can fill, by every field that can raise it.
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import type { OrderFacts, Situation } from '../../src/rules/types.js';

const account = { configuredKind: 'ira-margin', accountType: 'IRA-ROTH NEW', baseCurrency: 'USD' };
const holding = (USD: string): Situation => ({ account, cash: { USD }, settledCash: { USD }, positions: [], workingOrders: [] });
const buy = (terms: Partial<OrderFacts>): OrderFacts => ({
  contract: { secType: 'STK', conId: 1, symbol: 'AAA', currency: 'USD', stockType: 'COMMON' },
  action: 'BUY',
  totalQuantity: '10',
  orderType: 'LMT',
  reference: '100',
  ...terms,
});
const passes = (terms: Partial<OrderFacts>, cash: string): boolean =>
  check(buy(terms), holding(cash), { priceCollar: null }).every(({ severity }) => severity !== 'reject');

const own = (price: string, isMore: boolean) => ({ conId: 1, isMore, price });
/** Title, terms of a purchase of 10 at a market of 100, and the cash that it needs. */
const ROWS: readonly [string, Partial<OrderFacts>, number][] = [
  ['a limit', { lmtPrice: '99' }, 990],
  ['a limit with discretion', { lmtPrice: '99', discretionaryAmt: '50' }, 1490],
  ['a stop', { orderType: 'STP', auxPrice: '102' }, 1071],
  ['a stop below the market, which goes off at once', { orderType: 'STP', auxPrice: '1' }, 1050],
  [
    'a stop below a market whose last price is hours old',
    { orderType: 'STP', auxPrice: '90', reference: undefined, seen: { price: '110', ageSeconds: 9_000 } },
    1155,
  ],
  [
    'a trail whose stated stop is below a market whose last price is old',
    { orderType: 'TRAIL', auxPrice: '1', trailStopPrice: '90', reference: undefined, seen: { price: '110', ageSeconds: 9_000 } },
    1155,
  ],
  ['a trail of an amount starts that far above the market', { orderType: 'TRAIL', auxPrice: '10' }, 1155],
  ['a trail of percent', { orderType: 'TRAIL', trailingPercent: '20' }, 1260],
  ['a trail that states its stop', { orderType: 'TRAIL', auxPrice: '1', trailStopPrice: '150' }, 1575],
  ['a trail with a limit beyond its stop', { orderType: 'TRAIL LIMIT', auxPrice: '10', lmtPriceOffset: '5' }, 1207.5],
  ['a pegged order above the market', { orderType: 'PEG MKT', auxPrice: '20' }, 1260],
  ['a relative order with an offset of percent', { orderType: 'REL', percentOffset: '0.1' }, 1155],
  ['market if touched, whose second price is no offset', { orderType: 'MIT', auxPrice: '95' }, 1050],
  [
    'a stop that becomes a dearer stop',
    { orderType: 'STP', auxPrice: '102', adjustedOrderType: 'STP', triggerPrice: '101', adjustedStopPrice: '150' },
    1575,
  ],
  [
    'a stop that becomes a stop with a limit',
    { orderType: 'STP', auxPrice: '102', adjustedOrderType: 'STP LMT', adjustedStopPrice: '104', adjustedStopLimitPrice: '160' },
    1600,
  ],
  [
    'a stop that becomes a trail of an amount',
    { orderType: 'STP', auxPrice: '102', adjustedOrderType: 'TRAIL', adjustedStopPrice: '110', adjustedTrailingAmount: '40' },
    1575,
  ],
  [
    'a stop that becomes a trail of percent',
    {
      orderType: 'STP',
      auxPrice: '100',
      adjustedOrderType: 'TRAIL',
      adjustedStopPrice: '100',
      adjustedTrailingAmount: '40',
      adjustableTrailingUnit: 1,
    },
    1470,
  ],
  [
    'an adjusted stop that is cheaper leaves the first life',
    { orderType: 'STP', auxPrice: '102', adjustedOrderType: 'STP', adjustedStopPrice: '90' },
    1071,
  ],
  ['a market order that waits for a price above', { orderType: 'MKT', conditions: [own('150', true)] }, 1575],
  ['a market order that waits for a price below', { orderType: 'MKT', conditions: [own('50', false)] }, 1050],
  ['of two prices the dearer', { orderType: 'MKT', conditions: [own('120', true), own('150', true)] }, 1575],
  ['a rise in percent', { orderType: 'MOC', conditions: [{ conId: 1, isMore: true, changePercent: '20', close: '100' }] }, 1260],
  ['a stop that waits for a dearer price', { orderType: 'STP', auxPrice: '102', conditions: [own('150', true)] }, 1575],
  ['a trail that begins there', { orderType: 'TRAIL', auxPrice: '10', conditions: [own('150', true)] }, 1680],
  ['a limit, whatever it waits for', { lmtPrice: '99', conditions: [own('150', true)] }, 990],
  ['a price of another contract', { orderType: 'MKT', conditions: [{ conId: 2, isMore: true, price: '150' }] }, 1050],
  [
    'a price above which the order is cancelled',
    { orderType: 'MKT', conditions: [own('150', true)], conditionsCancelOrder: true },
    1050,
  ],
];

describe('what a purchase of ten at a market of 100 can cost', () => {
  it.each(ROWS)('%s', (_, terms, cost) => {
    expect(passes(terms, String(cost))).toBe(true);
    expect(passes(terms, String(cost - 0.01))).toBe(false);
  });

  it('a limit that rises by itself has no bound', () => {
    expect(passes({ lmtPrice: '1', scalePriceAdjustValue: '10' }, '1000000')).toBe(false);
  });

  it('as a working order it holds the same amount back', () => {
    const trail = { ...buy({ orderType: 'TRAIL', auxPrice: '1', trailStopPrice: '150' }), orderId: '7' };
    const next = { ...buy({ lmtPrice: '1', totalQuantity: '1' }), contract: { ...buy({}).contract, symbol: 'BBB' } };
    const beside = (cash: string): number =>
      check(next, { ...holding(cash), workingOrders: [trail] }, { priceCollar: null }).filter((one) => one.severity === 'reject')
        .length;
    expect(beside('1576')).toBe(0);
    expect(beside('1575.99')).toBe(1);
  });
});
