// A situation that is kept up to date change by change says what the same one read anew says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import { type Change, changedSituation } from '../../src/rules/facts/snapshot.js';
import type { ContractFacts, OrderFacts, Position, Situation, WorkingOrder } from '../../src/rules/types.js';
import { stepsOf } from '../helpers/steps.js';

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
  { secType: 'FUT', symbol: 'MES', conId: 21, currency: 'USD', multiplier: '5', lastTradeDateOrContractMonth: '20270319' },
  { ...option(22, 'P', '10'), secType: 'FOP', symbol: 'MES', multiplier: '5' },
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
            expect(new Set(situation.workingOrders)).toEqual(new Set(orders.values()));
            expect(new Set(situation.positions)).toEqual(new Set(held.values()));
          });
        },
      ),
      { numRuns: 100, seed: 11 },
    );
  });

  it('leaves every earlier situation as it was', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) =>
      orderOf(id, { contract: share(1, 'AAA'), action: 'BUY', totalQuantity: '1', orderType: 'LMT', lmtPrice: '1', more: {} }),
    ) as [WorkingOrder, WorkingOrder, WorkingOrder];
    const first: Situation = { ...numbers('1000'), positions: [], workingOrders: [a, a] };
    const second = changedSituation(first, { is: 'order', before: undefined, after: b });
    const third = changedSituation(second, { is: 'order', before: b, after: c });
    const fourth = changedSituation(third, { is: 'order', before: c, after: undefined });
    // Beside the third, of the second.
    const branch = changedSituation(second, { is: 'order', before: a, after: undefined });
    expect([first, second, third, fourth, branch].map(({ workingOrders }) => workingOrders)).toEqual([
      [a, a],
      [a, a, b],
      [a, a, c],
      [a, a],
      [a, b],
    ]);
    const copy = { ...third };
    expect(copy.workingOrders).toEqual([a, a, c]);
  });
});

describe('what a change and the judgement behind it look at', () => {
  const stock = (id: string, conId: number, more: Partial<WorkingOrder> = {}): WorkingOrder =>
    orderOf(id, {
      contract: share(conId, `S${conId}`),
      action: 'BUY',
      totalQuantity: '1',
      orderType: 'LMT',
      lmtPrice: '1',
      more,
    });
  const written = (id: string, more: Partial<WorkingOrder> = {}): WorkingOrder =>
    orderOf(id, { contract: option(11, 'P', '10'), action: 'SELL', totalQuantity: '1', orderType: 'LMT', lmtPrice: '1', more });
  /** Each beside what works already: an order that is added, one that is exchanged, one that is taken out. */
  const flows: Readonly<Record<string, readonly [WorkingOrder | undefined, WorkingOrder | undefined][]>> = {
    'a share': [
      [undefined, stock('new', 1)],
      [stock('new', 1), stock('new', 1, { remaining: '0.5' })],
      [stock('new', 1), undefined],
    ],
    'a purchase whose price nobody knows': [
      [undefined, stock('new', 1, { orderType: 'MKT', lmtPrice: undefined })],
      [stock('new', 1), undefined],
    ],
    'an option': [
      [undefined, written('put')],
      [written('put'), written('put', { totalQuantity: '2' })],
      [written('put'), undefined],
    ],
    'a parent and its child': [
      [undefined, stock('parent', 2)],
      [undefined, stock('child', 2, { action: 'SELL', parentId: 'parent' })],
      [stock('parent', 2), stock('parent', 2, { remaining: '0.5' })],
      [stock('child', 2), undefined],
      [stock('parent', 2), undefined],
    ],
    'one of a group': [
      [undefined, stock('one', 3, { ocaGroup: 'g', ocaType: 1 })],
      [undefined, stock('other', 4, { ocaGroup: 'g', ocaType: 1 })],
      [stock('one', 3), undefined],
      [stock('other', 4), undefined],
    ],
  };

  /** Takes the steps with so many orders and holdings elsewhere. */
  function walked(steps: (typeof flows)[string], many: number): number {
    const elsewhere = [
      ...Array.from({ length: many }, (_, i) => stock(`else ${i}`, 1000 + i)),
      ...Array.from({ length: many }, (_, i) => stock(`of a group ${i}`, 4000 + i, { ocaGroup: `${i}`, ocaType: 1 })),
    ];
    const holdings = Array.from({ length: many }, (_, i): Position => ({ contract: share(8000 + i, `H${i}`), position: '1' }));
    let situation: Situation = { ...numbers('1000000'), positions: holdings, workingOrders: elsewhere };
    const asks = [stock('asked', 1), written('asked put')];
    // The lists are taken over, and all is measured, once.
    situation = changedSituation(situation, { is: 'numbers', numbers: numbers('1000000') });
    for (const ask of asks) check(ask, situation, POLICY);
    const here = new Map<unknown, WorkingOrder>();
    let all = 0;
    const change = (one: Change): void => {
      let found: readonly unknown[] = [];
      all += stepsOf(() => {
        situation = changedSituation(situation, one);
        found = asks.map((ask) => check(ask, situation, POLICY));
      });
      const rows = { positions: holdings, workingOrders: [...elsewhere, ...here.values()] };
      if (one.is === 'order') expect(found).toEqual(asks.map((ask) => check(ask, { ...situation, ...rows }, {})));
    };
    for (const [was, after] of steps) {
      const id = (was ?? after)?.orderId;
      const before = here.get(id);
      if (after === undefined) here.delete(id);
      else here.set(id, after);
      change({ is: 'order', before, after });
      change({ is: 'numbers', numbers: numbers('2000000') });
    }
    change({ is: 'position', before: undefined, after: { contract: option(12, 'P', '10'), position: '1' } });
    return all;
  }

  it.each(Object.entries(flows))('is as much with 20 orders and holdings elsewhere as with 400: %s', (_, steps) => {
    walked(steps, 20);
    expect(walked(steps, 400)).toBe(walked(steps, 20));
  });
});
