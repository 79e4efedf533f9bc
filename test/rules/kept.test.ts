// A situation that is kept up to date change by change says what the same one read anew says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import { changedSituation } from '../../src/rules/facts/snapshot.js';
import type { ContractFacts, OrderFacts, Position, Situation, WorkingOrder } from '../../src/rules/types.js';

const share = (conId: number, symbol: string): ContractFacts => ({
  secType: 'STK',
  symbol,
  conId,
  currency: 'USD',
  minTick: '0.01',
  minSize: '1',
  sizeIncrement: '1',
  stockType: 'COMMON',
});
const option = (conId: number, right: 'C' | 'P', strike: string): ContractFacts => ({
  secType: 'OPT',
  symbol: 'AAA',
  conId,
  currency: 'USD',
  underConId: 1,
  multiplier: '100',
  strike,
  right,
  lastTradeDateOrContractMonth: '20270115',
  exerciseStyle: 'american',
  settlement: 'physical',
  minTick: '0.01',
});
/** The last two are one structure under two conIds: neither may be called by its structure while both are there. */
const THINGS: readonly ContractFacts[] = [
  share(1, 'AAA'),
  share(2, 'BBB'),
  share(3, 'CCC'),
  option(11, 'C', '10'),
  option(12, 'P', '10'),
  share(4, 'DDD'),
  share(5, 'DDD'),
];

const thing = fc.nat(THINGS.length - 1).map((at) => THINGS[at] as ContractFacts);
const terms = fc.record({
  contract: thing,
  action: fc.constantFrom('BUY', 'SELL'),
  totalQuantity: fc.constantFrom('1', '10', '100'),
  orderType: fc.constantFrom('LMT', 'LMT', 'LMT', 'MKT'),
  lmtPrice: fc.constantFrom('1', '10'),
  reference: fc.constantFrom('10', undefined),
  more: fc.constantFrom<Partial<WorkingOrder>>(
    {},
    {},
    {},
    { remaining: '1' },
    { ocaGroup: 'g', ocaType: 1 },
    { parentId: 'o1' },
    { isUnreadable: true },
  ),
});
const step = fc.oneof(
  fc.record({ is: fc.constant('order' as const), id: fc.nat(7), terms: fc.option(terms, { nil: undefined }) }),
  fc.record({ is: fc.constant('position' as const), contract: thing, position: fc.constantFrom('0', '1', '10', '-1', '100') }),
  fc.record({ is: fc.constant('cash' as const), usd: fc.constantFrom('0', '100', '1000', '100000') }),
);
const asked = fc.record({ terms, isChange: fc.boolean() });

const numbers = (usd: string) => ({
  account: { account: 'DU9000001', accountType: 'IRA', baseCurrency: 'USD', configuredKind: 'ira-margin', snapshotAgeSeconds: 0 },
  cash: { USD: usd },
  settledCash: { USD: usd },
});
const orderOf = (id: string, { more, ...rest }: { more: Partial<WorkingOrder> } & Omit<OrderFacts, 'orderId'>): WorkingOrder => ({
  ...rest,
  ...more,
  tif: 'DAY',
  orderId: id,
  account: 'DU9000001',
});
const POLICY = {};

describe('a situation that is kept', () => {
  it('says after any sequence of changes what it says when it is read anew', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        fc.array(asked, { minLength: 25, maxLength: 25 }),
        (steps, asks) => {
          let situation: Situation = { ...numbers('1000'), positions: [], workingOrders: [] };
          const orders = new Map<number, WorkingOrder>();
          const held = new Map<ContractFacts, Position>();
          check([], situation, POLICY);
          steps.forEach((one, at) => {
            if (one.is === 'order') {
              const before = orders.get(one.id);
              const after = one.terms === undefined ? undefined : orderOf(`o${one.id}`, one.terms);
              if (after === undefined) orders.delete(one.id);
              else orders.set(one.id, after);
              situation = changedSituation(situation, { is: 'order', before, after });
            } else if (one.is === 'position') {
              const before = held.get(one.contract);
              const after = one.position === '0' ? undefined : { contract: one.contract, position: one.position };
              if (after === undefined) held.delete(one.contract);
              else held.set(one.contract, after);
              situation = changedSituation(situation, { is: 'position', before, after });
            } else situation = changedSituation(situation, { is: 'numbers', numbers: numbers(one.usd) });
            const ask = asks[at];
            if (ask === undefined) return;
            const order = orderOf(ask.isChange ? 'o2' : 'new', ask.terms);
            const anew: Situation = {
              ...numbers('0'),
              ...situation,
              positions: [...held.values()],
              workingOrders: [...orders.values()],
            };
            expect(check(order, situation, POLICY)).toEqual(check(order, anew, {}));
          });
        },
      ),
      { numRuns: 100, seed: 11 },
    );
  });
});
