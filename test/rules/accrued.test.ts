// What a purchase of a bond needs besides its price: the interest that has accrued, at most that of a year.

import { expect, it } from 'vitest';
import { check } from '../../src/rules/index.js';
import type { ContractFacts, OrderFacts, Situation } from '../../src/rules/types.js';

/** A unit of 1,000 of face, at 99 percent of it. */
const bond = (coupon?: string): ContractFacts => ({
  ...{ secType: 'BOND', symbol: 'IBM', currency: 'USD', conId: 7, multiplier: '10' },
  ...(coupon !== undefined && { coupon }),
});
const account = (cash: string): Situation => ({
  account: { configuredKind: 'cash', accountType: 'INDIVIDUAL', baseCurrency: 'USD' },
  cash: { USD: cash },
  settledCash: { USD: cash },
  positions: [],
  workingOrders: [],
});
const buy: Omit<OrderFacts, 'contract'> = { action: 'BUY', totalQuantity: '10', orderType: 'LMT', lmtPrice: '99', fee: '0' };
const refusals = (order: OrderFacts, cash: string): readonly string[] =>
  check([order], account(cash)).flatMap(({ severity, code }) => (severity === 'reject' ? [code] : []));

it.each<[string, OrderFacts, number]>([
  ['a year of its coupon', { ...buy, contract: bond('4.25') }, 10_325],
  ['what the order says has accrued', { ...buy, contract: bond('4.25'), accrued: '12.5' }, 9_912.5],
  ['nothing, without interest', { ...buy, contract: bond('0') }, 9_900],
])('%s', (_, order, needed) => {
  expect([refusals(order, String(needed)), refusals(order, String(needed - 0.01))]).toEqual([[], ['CASH-DEBIT']]);
});
