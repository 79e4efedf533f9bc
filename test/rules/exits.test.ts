import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import { decisionOf } from '../../src/rules/finding.js';
import type { AccountKind, OrderFacts, Situation } from '../../src/rules/types.js';
import { accepts, findingsOf } from './arbitraries/moments.js';
import { verticals } from './arbitraries/sequences.js';
import { cents, contractOf, openPolicy, orderOf, situationOf, thing } from './oracle/model.js';
import { newWorld } from './oracle/simulator.js';

const all: readonly AccountKind[] = ['ira-cash', 'ira-margin', 'cash', 'reg-t', 'portfolio-margin'];
const codes = (order: OrderFacts, situation: Situation): string[] =>
  check(order, situation, openPolicy).map((found) => found.code);

describe('C exits', () => {
  it('C1 the sale of held assets is never refused for cash, settlement, margin, day trades, stale data or caps', () => {
    const sale = fc.record({
      kind: fc.constantFrom(...all),
      what: fc.constantFrom('AAA', 'BBB', 'EUU', 'BND', 'FND', 'WRT', 'BTC', 'AAA C100 near'),
      held: fc.integer({ min: 1, max: 3_000 }),
      part: fc.double({ min: 0.01, max: 1, noNaN: true }),
      USD: fc.constantFrom(-100_000, 0, 5_000),
      used: fc.constantFrom(0, 3, 9),
      type: fc.constantFrom('MKT', 'LMT'),
    });
    fc.assert(
      fc.property(sale, ({ kind, what, held, part, USD, used, type }) => {
        const base = situationOf(newWorld(kind, { USD, EUR: -100 }, new Map([[what, held]])));
        const account = {
          ...base.account,
          netLiquidation: '900',
          availableFunds: '-50',
          excessLiquidity: '-50',
          dayTradesUsed: used,
          snapshotAgeSeconds: 9_999,
        };
        const size = Math.max(1, Math.floor(held * part));
        const order: OrderFacts = {
          contract: contractOf(what),
          action: 'SELL',
          totalQuantity: String(size),
          orderType: type,
          lmtPrice: type === 'LMT' ? '10' : undefined,
        };
        const found = check(order, { ...base, account, settledCash: {} }, { maxNotional: '1' });
        expect(decisionOf(found)).not.toBe('reject');
      }),
      { numRuns: 600, seed: 51 },
    );
  });

  it('C2 closing all legs of a held combination together is never refused for cash beyond the net debit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...verticals),
        fc.constantFrom(-200, 0, 1, 150),
        fc.integer({ min: -1, max: 1 }),
        (legs, limit, spare) => {
          const unit = legs.some((leg) => thing(leg.name).secType === 'STK') ? 10 : 10;
          const debit = Math.max(0, limit * unit);
          const held = new Map(legs.map((leg) => [leg.name, leg.ratio]));
          const situation = situationOf(newWorld('ira-margin', { USD: debit + spare, EUR: 0 }, held));
          const closing = orderOf({
            id: 'n',
            what: 'combo',
            legs: legs.map(({ name, ratio }) => ({ name, ratio: -ratio })),
            side: 'BUY',
            total: 1,
            limit,
          });
          if (spare >= 0 || debit === 0) expect(accepts(closing, situation)).toBe(true);
        },
      ),
      { numRuns: 300, seed: 52 },
    );
  });

  it('C3 buying back a written option is refused only if it costs more than the cash and what it frees', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000, max: 100_000 }),
        fc.integer({ min: 1, max: 9_000 }),
        fc.integer({ min: 1, max: 3 }),
        (USD, price, written) => {
          const situation = situationOf(newWorld('ira-margin', { USD, EUR: 0 }, new Map([['AAA P90 near', -written]])));
          const order = orderOf({ id: 'n', what: 'AAA P90 near', side: 'BUY', total: 1, limit: price });
          const cost = price * 10;
          const freed = 90_000;
          const isRefused = !accepts(order, situation);
          const before = Math.max(0, written * freed - USD);
          const after = (written - 1) * freed + cost - USD;
          expect(isRefused).toBe(after > before && cost > freed);
          if (isRefused) expect(cost).toBeGreaterThan(Math.min(USD, 0) + freed);
        },
      ),
      { numRuns: 400, seed: 53 },
    );
  });

  it('C4 an exit that strips cover is refused, and passes once the written option is closed', () => {
    const sale = orderOf({ id: 'n', what: 'AAA', side: 'SELL', total: 10, limit: 1_000 });
    for (const kind of ['ira-cash', 'ira-margin', 'cash'] as const) {
      const covered = situationOf(
        newWorld(
          kind,
          { USD: 0, EUR: 0 },
          new Map([
            ['AAA', 10],
            ['AAA C100 near', -1],
          ]),
        ),
      );
      const closed = situationOf(newWorld(kind, { USD: 0, EUR: 0 }, new Map([['AAA', 10]])));
      expect(codes(sale, covered)).toContain(kind === 'cash' ? 'CASH-UNCOVERED-CALL' : 'IRA-UNCOVERED-CALL');
      expect(codes(sale, closed)).toEqual([]);
    }
  });

  it('C5 the whole of an odd or fractional holding can leave under the matching policy', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.integer({ min: 1, max: 99_999 }), (kind, hundredths) => {
        const contract = { ...contractOf('AAA'), sizeIncrement: '400' };
        const base = situationOf(newWorld(kind, { USD: 0, EUR: 0 }, new Map()));
        const situation: Situation = { ...base, positions: [{ contract, position: cents(hundredths) }] };
        const order: OrderFacts = {
          contract,
          action: 'SELL',
          totalQuantity: cents(hundredths),
          orderType: 'LMT',
          lmtPrice: '10',
        };
        expect(accepts(order, situation, { ...openPolicy, fractional: true })).toBe(true);
        const whole = findingsOf(order, situation).some((found) => found.code === 'FRACTIONAL-API');
        expect(whole).toBe(hundredths % 100 !== 0);
      }),
      { numRuns: 200, seed: 54 },
    );
  });
});
