import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import { decisionOf } from '../../src/rules/finding.js';
import type { AccountKind } from '../../src/rules/types.js';
import { lives, type Universe, verticals } from './arbitraries/sequences.js';
import { troubleOf, unlawful } from './oracle/lawful.js';
import { type Judge, liveThrough, newTally, type Tally } from './oracle/live-through.js';
import { contractOf, openPolicy, orderOf, situationOf, thing, things } from './oracle/model.js';
import { cancel, copy, enter, fill, fillable, newWorld } from './oracle/simulator.js';

const restricted: readonly AccountKind[] = ['ira-cash', 'ira-margin', 'cash'];
const aaa = things.filter((one) => one.symbol === 'AAA').map((one) => one.name);
const idx = things.filter((one) => one.symbol === 'IDX').map((one) => one.name);
const everything: Universe = {
  names: ['AAA', 'BBB', 'EUU', 'BND', 'EUR.USD', 'MES', ...aaa, ...idx],
  combos: verticals,
  groups: true,
};

function holds(universe: Universe, kinds: readonly AccountKind[], runs: number, seed: number, judge: Judge): Tally {
  const tally = newTally();
  fc.assert(
    fc.property(lives(universe, kinds), (start) => {
      expect(liveThrough(start, judge, tally)).toBeUndefined();
    }),
    { numRuns: runs, seed },
  );
  return tally;
}

/** A judge that speaks of one kind of trouble only. */
const only = (words: RegExp): Judge => ({
  state: (world) => {
    const wrong = unlawful(world);
    return wrong !== undefined && words.test(wrong) ? wrong : undefined;
  },
});

describe('A safety of cash kinds and IRAs', () => {
  it.each(restricted)('A1 %s: no sequence of accepted orders, filled in any way, reaches an unlawful state', (kind) => {
    const tally = holds(everything, [kind], 1000, 11, { state: unlawful });
    expect(tally.accepted / tally.asked).toBeGreaterThan(0.1);
  });

  it('A1 the same when proceeds of sales and premiums are credited as they come', () => {
    holds({ ...everything, modify: true }, restricted, 1000, 12, { state: unlawful, fair: true });
  });

  it('A2 no short stock, bond, fund, warrant or coin', () => {
    const names = ['AAA', 'BBB', 'BND', 'FND', 'WRT', 'BTC'];
    const tally = holds({ names, groups: true, brackets: true }, restricted, 1000, 13, only(/^short/));
    expect(tally.accepted / tally.asked).toBeGreaterThan(0.1);
  });

  it('A3 no negative balance in any currency at fills not worse than the reserved price', () => {
    const names = ['AAA', 'EUU', 'EUR.USD', 'BND'];
    const tally = holds({ names, groups: true, modify: true }, restricted, 1000, 14, only(/^debit/));
    expect(tally.accepted / tally.asked).toBeGreaterThan(0.1);
  });

  it.each(restricted)('A4 %s: no uncovered short call, no short put without cash, long put or both', (kind) => {
    const names = kind === 'ira-margin' ? ['AAA', ...aaa] : ['AAA', ...aaa, ...idx];
    const tally = holds({ names, combos: verticals }, [kind], 700, 15, only(/naked|needs/));
    expect(tally.writtenAccepted / tally.written).toBeGreaterThan(0.1);
    expect(tally.combosAccepted / tally.combos).toBeGreaterThan(0.1);
  });

  it('A5 after an accepted order, cancelling any subset of working orders leaves only lawful fill states', () => {
    const judge: Judge = {
      state: (world) => {
        for (let mask = 0; mask < 2 ** Math.min(world.live.length, 4); mask++) {
          const left = copy(world);
          for (const [at, { order }] of world.live.entries()) if ((mask >> at) % 2 === 1) cancel(left, order.id);
          for (const live of [...left.live]) if (left.live.includes(live)) fill(left, live, fillable(left, live), false);
          const wrong = unlawful(left);
          if (wrong !== undefined) return wrong;
        }
        return undefined;
      },
    };
    holds({ ...everything, brackets: true }, restricted, 300, 16, judge);
  });

  it('A6 a long option whose expiry passes never leaves a short one uncovered', () => {
    const names = ['AAA', ...aaa, ...idx];
    const judge: Judge = {
      state: (world) => {
        const left = copy(world);
        for (const name of [...left.held.keys()])
          if (thing(name).secType === 'OPT' && thing(name).expiry === 20270115) left.held.delete(name);
        return unlawful(left);
      },
    };
    holds({ names, combos: verticals }, restricted, 800, 17, judge);
  });

  it('A7 cash types: what a day pays never exceeds the cash settled at its start', () => {
    const judge: Judge = {
      fair: true,
      state: ({ settled }) =>
        settled.USD < 0 || settled.EUR < 0 ? `settled cash is ${settled.USD} and ${settled.EUR}` : undefined,
    };
    holds({ names: ['AAA', 'BBB', 'EUU', 'EUR.USD', 'BND'], groups: true }, ['ira-cash', 'cash'], 800, 18, judge);
  });

  it('A8 from an unlawful state no accepted order makes shortfall, cover or debit worse', () => {
    const troubled = fc.record({
      start: lives({ names: ['AAA', 'BBB', 'EUU', 'EUR.USD', ...aaa], combos: verticals }, restricted),
      debt: fc.constantFrom(0, -1, -50_000),
      short: fc.constantFrom(0, -5, -20),
      naked: fc.constantFrom(0, -1, -2),
    });
    let accepted = 0;
    fc.assert(
      fc.property(troubled, ({ start, debt, short, naked }) => {
        const held = { ...start.held, AAA: short === 0 ? (start.held['AAA'] ?? 0) : short, 'AAA C100 near': naked };
        const first = newWorld(start.kind, { USD: debt < 0 ? debt : start.USD, EUR: start.EUR }, new Map(Object.entries(held)));
        for (const step of start.steps) {
          if (step.do !== 'order' || step.orders.length > 1 || (step.orders[0]?.group ?? '') !== '') continue;
          const isAccepted = decisionOf(check(step.orders.map(orderOf), situationOf(first), openPolicy)) !== 'reject';
          if (!isAccepted) continue;
          accepted++;
          const after = copy(first);
          for (const order of step.orders) enter(after, order);
          for (const live of [...after.live]) fill(after, live, fillable(after, live), false);
          const [a, b] = [troubleOf(first), troubleOf(after)];
          expect(b.short).toBeLessThanOrEqual(a.short);
          expect(b.naked).toBeLessThanOrEqual(a.naked);
          if (a.naked === 0) expect(b.deficit.USD).toBeLessThanOrEqual(a.deficit.USD);
          expect(b.deficit.EUR).toBeLessThanOrEqual(a.deficit.EUR);
        }
      }),
      { numRuns: 600, seed: 19 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('A9 the second exit of a blocking group never lets both be counted as cover or as cash', () => {
    const tally = holds({ names: ['AAA', 'BBB', 'AAA C100 near'], groups: true }, restricted, 800, 20, { state: unlawful });
    expect(tally.accepted / tally.asked).toBeGreaterThan(0.1);
  });

  it('A10 with the parent unfilled no child of a bracket can create a position on the other side', () => {
    const tally = holds({ names: ['AAA', 'BBB', 'BND'], brackets: true }, restricted, 800, 21, { state: unlawful });
    expect(tally.accepted / tally.asked).toBeGreaterThan(0.1);
  });

  it('A11 loose combinations: any single leg filling alone leaves a lawful state', () => {
    const tally = holds({ names: ['AAA', ...aaa], combos: verticals, loose: true }, restricted, 600, 22, { state: unlawful });
    expect(tally.combosAccepted / tally.combos).toBeGreaterThan(0.02);
  });

  it('A12 futures: margin at any fill state is covered by cash that nothing else encumbers', () => {
    const tally = holds({ names: ['MES', 'MEU', 'AAA', 'AAA P90 near'], groups: true }, restricted, 800, 23, { state: unlawful });
    expect(tally.accepted / tally.asked).toBeGreaterThan(0.1);
  });

  it('A13 no sequence of accepted orders raises an MLP holding in an IRA', () => {
    const judge = (start: number): Judge => ({
      state: (world) => ((world.held.get('MLPX') ?? 0) > start ? 'more partnership units than at the start' : undefined),
    });
    fc.assert(
      fc.property(lives({ names: ['MLPX', 'AAA'], groups: true }, ['ira-cash', 'ira-margin']), (start) => {
        expect(liveThrough(start, judge(start.held['MLPX'] ?? 0), newTally())).toBeUndefined();
      }),
      { numRuns: 300, seed: 24 },
    );
    for (const right of ['C', 'P'] as const) {
      for (const side of ['BUY', 'SELL'] as const) {
        const contract = { ...contractOf('AAA C100 near'), symbol: 'MLPX', right, underlyingStockType: 'MLP' };
        const order = { ...orderOf({ id: 'n', what: 'AAA', side, total: 1, limit: 100 }), contract };
        const world = newWorld('ira-margin', { USD: 1_000_000, EUR: 0 }, new Map([['MLPX', 10]]));
        expect(check(order, situationOf(world), openPolicy).map((found) => found.code)).toContain('IRA-MLP');
      }
    }
  });

  it('A14 a modification is judged as new total less filled, and filling old and new as the venue allows stays lawful', () => {
    const tally = holds({ names: ['AAA', 'BBB', 'EUU', 'AAA C100 near', 'AAA P90 near'], modify: true }, restricted, 1000, 25, {
      state: unlawful,
    });
    expect(tally.accepted / tally.asked).toBeGreaterThan(0.1);
  });
});
