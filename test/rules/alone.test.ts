// An order that stands alone is assessed without a walk: the walk says the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propose } from '../../src/rules/context.js';
import { assessAlone } from '../../src/rules/engine/alone.js';
import { assessByWalk } from '../../src/rules/engine/assess.js';
import type { Question } from '../../src/rules/engine/assessment.js';
import { readAsk } from '../../src/rules/facts/ask.js';
import { snapshotOf } from '../../src/rules/facts/snapshot.js';
import type { AccountKind, ContractFacts, OrderFacts, Position, Situation, WorkingOrder } from '../../src/rules/types.js';

const line = (secType: string, symbol: string, more: Partial<ContractFacts> = {}): ContractFacts => ({
  secType,
  symbol,
  currency: 'USD',
  ...more,
});
const option = { multiplier: '100', strike: '10', lastTradeDateOrContractMonth: '20270115' } as const;
const THINGS: readonly ContractFacts[] = [
  line('STK', 'AAA', { conId: 1 }),
  line('STK', 'AAA'),
  line('STK', 'BBB'),
  line('STK', 'EUU', { currency: 'EUR' }),
  line('OPT', 'AAA', { ...option, right: 'C' }),
  line('OPT', 'CCC', { ...option, right: 'P' }),
  line('FUT', 'MES', { multiplier: '5', lastTradeDateOrContractMonth: '202703', initMargin: '1000' }),
  line('CASH', 'EUR'),
  line('BOND', 'BND', { multiplier: '10' }),
  line('CRYPTO', 'BTC'),
];

const thing = fc.constantFrom(...THINGS);
const order = fc.record({
  contract: thing,
  action: fc.constantFrom('BUY', 'SELL'),
  totalQuantity: fc.constantFrom('1', '10', '100', undefined),
  cashQty: fc.constantFrom(undefined, undefined, '500'),
  orderType: fc.constantFrom('LMT', 'LMT', 'MKT', 'STP'),
  lmtPrice: fc.constantFrom('1', '10'),
  auxPrice: fc.constantFrom('9', undefined),
  reference: fc.constantFrom('10', undefined),
  ocaGroup: fc.constantFrom(undefined, undefined, undefined, 'g'),
  ocaType: fc.constant(1),
  parentId: fc.constantFrom(undefined, undefined, undefined, 'o1'),
  act: fc.constantFrom(undefined, undefined, undefined, 'exercise' as const, 'lapse' as const),
});
const situations = fc.record({
  kind: fc.constantFrom<AccountKind>('ira-cash', 'ira-margin', 'cash'),
  usd: fc.constantFrom('0', '100', '1000', '100000'),
  positions: fc.array(fc.record({ contract: thing, position: fc.constantFrom('1', '10', '-1', '100') }), { maxLength: 4 }),
  working: fc.array(order, { maxLength: 4 }),
});

function questionOf(given: OrderFacts, situation: Situation): Question {
  const snapshot = snapshotOf(situation);
  const { book, terms, available } = snapshot;
  const proposed = propose(readAsk(given, 0, snapshot, []), snapshot);
  return { book, reserves: snapshot.reserves(), terms, cap: 12, proposed, available };
}

describe('an order that stands alone', () => {
  it('is assessed as the walk assesses it, beside any positions and working orders', () => {
    const seen = { alone: 0, short: 0, debit: 0, walked: 0 };
    fc.assert(
      fc.property(order, situations, fc.boolean(), (terms, { kind, usd, positions, working }, isChange) => {
        const numbers = { cash: { USD: usd, EUR: '50' }, settledCash: { USD: usd } };
        const account = { configuredKind: kind, accountType: kind === 'cash' ? 'INDIVIDUAL' : 'IRA', baseCurrency: 'USD' };
        const workingOrders = working.map((one, at): WorkingOrder => ({ ...one, orderId: `o${at}` }));
        const situation: Situation = { account, ...numbers, positions: positions as readonly Position[], workingOrders };
        const question = questionOf({ ...terms, orderId: isChange ? 'o0' : 'new' }, situation);
        const alone = assessAlone(question);
        if (alone === undefined) {
          seen.walked++;
          return;
        }
        seen.alone++;
        if (alone.shorts.length > 0) seen.short++;
        if (alone.deficits.length > 0) seen.debit++;
        expect(alone).toStrictEqual(assessByWalk(question));
      }),
      { numRuns: 2000, seed: 12 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });
});
