// Speed of the order check. Prepared: many orders against one situation object. Cold: a new situation object for every check, with
// the lines of the last one (as after a fill) or with all lines new. Growth: the same with a tenth and a third of the lines.
import { bench, describe } from 'vitest';
import { check } from '../src/rules/check.js';
import { withWorkingOrder } from '../src/rules/facts/snapshot.js';
import type { ContractFacts, OrderFacts, Position, Situation, WorkingOrder } from '../src/rules/types.js';

const stock = (at: number): ContractFacts => ({
  secType: 'STK',
  symbol: `S${at}`,
  currency: at % 10 === 0 ? 'EUR' : 'USD',
  stockType: 'COMMON',
});
const option = (at: number, right: string, strike: number): ContractFacts => ({
  secType: 'OPT',
  conId: 1_000_000 + at * 1_000 + strike * 2 + (right === 'C' ? 1 : 0),
  symbol: `S${at}`,
  currency: 'USD',
  right,
  strike: String(strike),
  lastTradeDateOrContractMonth: '20270115',
  multiplier: '100',
  exerciseStyle: 'american',
});

/** An IRA with long stock, written calls and puts on every seventh, and working orders over all of them. */
function account(positions: number, working: number): Situation {
  const lines = Array.from({ length: positions }, (_, at): Position => {
    if (at % 7 === 3) return { contract: option(at - 1, at % 2 === 0 ? 'C' : 'P', 40), position: '-1' };
    return { contract: stock(at), position: '300' };
  });
  const orders = Array.from(
    { length: working },
    (_, at): WorkingOrder => ({
      orderId: at + 1,
      contract: stock((at * 3) % positions),
      action: at % 2 === 0 ? 'BUY' : 'SELL',
      orderType: 'LMT',
      lmtPrice: '50.25',
      totalQuantity: '10',
      remaining: '10',
    }),
  );
  return {
    account: { configuredKind: 'ira-margin', baseCurrency: 'USD', netLiquidation: '90000000' },
    cash: { USD: '9000000', EUR: '900000' },
    positions: lines,
    workingOrders: orders,
    exchangeRates: { EUR: '1.10' },
  };
}

const buy: OrderFacts = {
  contract: stock(1),
  action: 'BUY',
  totalQuantity: '10',
  orderType: 'LMT',
  lmtPrice: '50',
  reference: '50',
};
const sell: OrderFacts = { ...buy, action: 'SELL' };
const write: OrderFacts = { contract: option(2, 'C', 45), action: 'SELL', totalQuantity: '1', orderType: 'LMT', lmtPrice: '1' };
const spread: OrderFacts = {
  contract: {
    secType: 'BAG',
    symbol: 'S9',
    currency: 'USD',
    comboLegs: [
      { action: 'SELL', ratio: '1', contract: option(9, 'P', 45) },
      { action: 'BUY', ratio: '1', contract: option(9, 'P', 40) },
    ],
  },
  action: 'BUY',
  totalQuantity: '1',
  orderType: 'LMT',
  lmtPrice: '-1',
};

const full = account(1_000, 500);
const fresh = (situation: Situation): Situation => JSON.parse(JSON.stringify(situation)) as Situation;

describe('check, prepared: 1,000 positions and 500 working orders', () => {
  for (const [name, order] of Object.entries({ buy, sell, 'written call': write, 'put spread': spread })) {
    bench(name, () => {
      check(order, full);
    });
  }
});

describe('check after one more working order, 1,000 positions and 500 to 1,000 working orders', () => {
  let grown = account(1_000, 500);
  let next = 10_000;
  check(buy, grown);
  bench('withWorkingOrder, then check', () => {
    if (grown.workingOrders.length > 1_000) grown = account(1_000, 500);
    const order: WorkingOrder = { ...buy, orderId: next++, remaining: '10' };
    grown = withWorkingOrder(grown, order);
    check(buy, grown);
  });
});

describe('check, cold: first check of a new situation', () => {
  for (const [positions, working] of [
    [100, 50],
    [300, 150],
    [1_000, 500],
  ] as const) {
    const base = account(positions, working);
    bench(`${positions} positions, ${working} orders, known lines`, () => {
      check(buy, { ...base });
    });
    const copies = Array.from({ length: 40 }, () => fresh(base));
    let at = 0;
    bench(`${positions} positions, ${working} orders, new lines`, () => {
      const next = copies[at++ % copies.length] ?? base;
      check(buy, { ...next, positions: next.positions.map((line) => ({ ...line, contract: { ...line.contract } })) });
    });
  }
});
