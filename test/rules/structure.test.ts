import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withWorkingOrder } from '../../src/rules/facts/snapshot.js';
import type { ContractFacts, OrderFacts, Position, Situation } from '../../src/rules/types.js';
import { accepts, acceptsMoment, findingsOf, type Moment, moments, restricted, wide } from './arbitraries/moments.js';
import { type Universe, verticals } from './arbitraries/sequences.js';
import { contractOf, openPolicy, orderOf, situationOf, thing, type World } from './oracle/model.js';
import { cancel, copy, enter, newWorld } from './oracle/simulator.js';

const RUNS = 400;
const sharesAndCalls: Universe = { names: ['AAA', 'AAA C100 near', 'AAA C110 near', 'AAA C90 far'], groups: true };
const fewThings: Universe = { names: ['AAA', 'BBB', 'AAA P90 near', 'AAA C100 near', 'MES', 'EUU'], groups: true };

/** Runs a property over moments whose order is accepted, and demands that there are enough of them. */
function whenAccepted(
  seed: number,
  test: (moment: Moment) => void,
  filter: (moment: Moment) => boolean = () => true,
  least = 20,
  universe: Universe = wide,
): void {
  let seen = 0;
  fc.assert(
    fc.property(moments(universe), (moment) => {
      if (!filter(moment) || !acceptsMoment(moment)) return;
      seen++;
      test(moment);
    }),
    { numRuns: RUNS, seed },
  );
  expect(seen).toBeGreaterThan(least);
}

const isOneExpiry = ({ order }: Moment): boolean => new Set((order.legs ?? []).map((leg) => thing(leg.name).expiry)).size <= 1;
const hasOneExpiry = ({ world }: Moment): boolean => {
  const names = [
    ...world.held.keys(),
    ...world.live.flatMap(({ order }) => [order.what, ...(order.legs ?? []).map((leg) => leg.name)]),
  ];
  return new Set(names.filter((name) => name.includes(' ')).map((name) => thing(name).expiry)).size <= 1;
};
const sorted = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();

describe('B order structure', () => {
  it('B1 if an order is accepted, every smaller size is accepted', () => {
    whenAccepted(
      31,
      ({ world, order }) => {
        for (let total = 1; total < order.total; total++)
          expect(accepts(orderOf({ ...order, total }), situationOf(world))).toBe(true);
      },
      isOneExpiry,
    );
  });

  it('B2 raising any balance never turns accept into reject', () => {
    whenAccepted(32, ({ world, order }) => {
      for (const [usd, eur] of [
        [1, 0],
        [100_000, 0],
        [0, 1],
        [0, 100_000],
      ] as const) {
        const richer: World = {
          ...copy(world),
          cash: { USD: world.cash.USD + usd, EUR: world.cash.EUR + eur },
          settled: { USD: world.settled.USD + usd, EUR: world.settled.EUR + eur },
        };
        expect(accepts(orderOf(order), situationOf(richer))).toBe(true);
        expect(accepts(orderOf(order), situationOf({ ...richer, settled: world.settled }))).toBe(true);
      }
    });
  });

  it('B3 adding long shares never turns an accepted sale or covered call into a rejection', () => {
    whenAccepted(
      33,
      ({ world, order }) => {
        for (const more of [1, 9, 10, 100]) {
          const fuller = copy(world);
          fuller.held.set('AAA', (fuller.held.get('AAA') ?? 0) + more);
          expect(accepts(orderOf(order), situationOf(fuller))).toBe(true);
        }
      },
      ({ order }) => order.side === 'SELL' && (order.what === 'AAA' || order.what.startsWith('AAA C')),
      20,
      sharesAndCalls,
    );
  });

  it('B4 removing a working order never turns accept into reject', () => {
    whenAccepted(
      34,
      ({ world, order }) => {
        for (const live of world.live) {
          const fewer = copy(world);
          cancel(fewer, live.order.id);
          expect(accepts(orderOf(order), situationOf(fewer))).toBe(true);
        }
      },
      ({ world }) => world.live.length > 0,
    );
  });

  it('B5 lowering a buy limit or raising a sale limit never turns accept into reject', () => {
    whenAccepted(
      35,
      ({ world, order }) => {
        const step = order.side === 'BUY' ? -1 : 1;
        for (const change of [1, 10, 40]) {
          const limit = order.limit + step * change;
          if (limit > 0) expect(accepts(orderOf({ ...order, limit }), situationOf(world))).toBe(true);
        }
      },
      ({ order }) => order.what !== 'combo',
    );
  });

  it('B6 a lower strike of a secured put, or a higher one of its protection, never turns accept into reject', () => {
    whenAccepted(
      36,
      ({ world, order }) => {
        for (const strike of [90, 100, 110]) {
          const what = order.what.replace(/P\d+/, `P${strike}`);
          const lower = strike * 100 < (thing(order.what).strike ?? 0);
          if (
            !lower ||
            thing(order.what).symbol !== 'AAA' ||
            (world.held.get(order.what) ?? 0) !== 0 ||
            (world.held.get(what) ?? 0) !== 0
          )
            continue;
          const touched = world.live.some((live) => live.order.what !== 'AAA' && live.order.what !== 'BBB');
          if (!touched && ![...world.held.keys()].some((name) => name.includes(' ')))
            expect(accepts(orderOf({ ...order, what }), situationOf(world))).toBe(true);
        }
      },
      ({ order }) => order.side === 'SELL' && / P\d/.test(order.what),
      5,
    );
    for (const [cash, isFine] of [
      [10_000, [false, true, true]],
      [0, [false, false, true]],
    ] as const) {
      for (const [at, long] of [90, 95, 100].entries()) {
        const protect = (strike: number): ContractFacts => ({ ...contractOf('AAA P90 near'), strike: String(strike) });
        const order: OrderFacts = { contract: protect(100), action: 'SELL', totalQuantity: '1', orderType: 'LMT', lmtPrice: '1' };
        const world = newWorld('ira-margin', { USD: cash, EUR: 0 }, new Map());
        const situation: Situation = { ...situationOf(world), positions: [{ contract: protect(long), position: '1' }] };
        const needed = (100 - long) * 10 * 100;
        expect(accepts(order, situation)).toBe(cash >= needed);
        expect(cash >= needed || !isFine[at]).toBe(true);
      }
    }
  });

  it('B7 an order of n + m is accepted exactly when n, and then m with n working, are both accepted', () => {
    let both = 0;
    fc.assert(
      fc.property(moments(fewThings), fc.integer({ min: 1, max: 10 }), ({ world, order }, part) => {
        const bare = { ...order, group: undefined, ocaType: undefined };
        if (order.what === 'combo' || part >= order.total || order.what === 'EUR.USD') return;
        const { group: _, ocaType: __, ...plain } = bare;
        if (!hasOneExpiry({ world, order: plain })) return;
        const after = copy(world);
        enter(after, { ...plain, id: 'first', total: part });
        const first = accepts(orderOf({ ...plain, id: 'first', total: part }), situationOf(world));
        const second = accepts(orderOf({ ...plain, id: 'second', total: order.total - part }), situationOf(after));
        const whole = accepts(orderOf(plain), situationOf(world));
        if (whole) both++;
        expect(first && second).toBe(whole);
      }),
      { numRuns: RUNS * 2, seed: 37 },
    );
    expect(both).toBeGreaterThan(20);
  });

  it('B8 the order of positions, working orders, cash entries, legs and policy keys does not matter', () => {
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        const situation = situationOf(world);
        const turned: Situation = {
          ...situation,
          positions: [...situation.positions].reverse(),
          workingOrders: [...situation.workingOrders].reverse(),
          cash: Object.fromEntries(Object.entries(situation.cash).reverse()),
        };
        const facts = orderOf(order);
        const legs = [...(facts.contract.comboLegs ?? [])].reverse();
        const other: OrderFacts = { ...facts, contract: { ...facts.contract, comboLegs: facts.contract.comboLegs && legs } };
        const policy = Object.fromEntries(Object.entries(openPolicy).reverse());
        expect(findingsOf(other, turned, policy)).toEqual(findingsOf(facts, situation));
      }),
      { numRuns: RUNS, seed: 38 },
    );
  });

  it('B9 splitting a position line into several lines of the same contract changes nothing', () => {
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        const situation = situationOf(world);
        const positions = situation.positions.flatMap((line): Position[] => {
          const whole = Number(line.position);
          return [
            { ...line, position: String(whole + 3) },
            { ...line, position: '-2' },
            { contract: { ...line.contract }, position: '-1' },
          ];
        });
        expect(findingsOf(orderOf(order), { ...situation, positions })).toEqual(findingsOf(orderOf(order), situation));
      }),
      { numRuns: RUNS, seed: 39 },
    );
  });

  it('B10 renaming symbols, ids and currencies consistently changes only names', () => {
    const rename = (text: string): string =>
      text.replace(/AAA|BBB|EUU|BND|MES|IDX|USD|EUR/g, (name) => `Q${name}`).replace(/\bo(\d)/g, 'po$1');
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        const situation = situationOf(world);
        const renamed = JSON.parse(rename(JSON.stringify([orderOf(order), situation]))) as [OrderFacts, Situation];
        const before = findingsOf(orderOf(order), situation);
        expect(sorted(findingsOf(renamed[0], renamed[1]))).toEqual(
          sorted(JSON.parse(rename(JSON.stringify(before))) as unknown[]),
        );
      }),
      { numRuns: RUNS, seed: 40 },
    );
  });

  it('B11 scaling all money by one factor keeps every cash and coverage decision', () => {
    const money = new Set(['lmtPrice', 'strike', 'initMargin', 'USD', 'EUR', 'reference']);
    const scale = (value: unknown, factor: bigint, name = ''): unknown => {
      if (Array.isArray(value)) return value.map((one) => scale(one, factor));
      if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(
          Object.entries(value).map(([key, one]) => [key, key === 'exchangeRates' ? one : scale(one, factor, key)]),
        );
      }
      if (typeof value !== 'string' || !money.has(name)) return value;
      const [whole = '0', part = ''] = value.split('.');
      const digits = (BigInt(`${whole}${part.padEnd(4, '0')}`.replace('-', '')) * factor).toString().padStart(5, '0');
      return `${value.startsWith('-') ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
    };
    fc.assert(
      fc.property(moments(wide), fc.constantFrom(2n, 3n, 7n, 1000n), ({ world, order }, factor) => {
        const [facts, situation] = scale([orderOf(order), situationOf(world)], factor) as [OrderFacts, Situation];
        const codes = (list: readonly { code: string }[]): string[] => list.map((one) => one.code);
        expect(codes(findingsOf(facts, situation))).toEqual(codes(findingsOf(orderOf(order), situationOf(world))));
      }),
      { numRuns: RUNS, seed: 41 },
    );
  });

  it('B12 BUY of a combination equals SELL of its mirror image with the opposite limit', () => {
    fc.assert(
      fc.property(moments({ ...wide, combos: verticals }), ({ world, order }) => {
        if (order.what !== 'combo') return;
        const legs = (order.legs ?? []).map(({ name, ratio }) => ({ name, ratio: -ratio }));
        const mirror = { ...order, legs, limit: -order.limit, side: order.side === 'BUY' ? ('SELL' as const) : ('BUY' as const) };
        expect(findingsOf(orderOf(mirror), situationOf(world))).toEqual(findingsOf(orderOf(order), situationOf(world)));
      }),
      { numRuns: RUNS, seed: 42 },
    );
  });

  it('B13 a combination of one leg with ratio 1 is judged like that leg', () => {
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        if (!['STK', 'OPT'].includes(order.what === 'combo' ? '' : thing(order.what).secType)) return;
        const sign = order.side === 'SELL' ? -1 : 1;
        const combo = { ...order, what: 'combo', legs: [{ name: order.what, ratio: 1 }] };
        const asLeg = { ...orderOf(combo), contract: { ...orderOf(combo).contract, currency: thing(order.what).currency } };
        expect(sign).not.toBe(0);
        const [a, b] = [findingsOf(asLeg, situationOf(world)), findingsOf(orderOf(order), situationOf(world))];
        expect(a.map((one) => one.code)).toEqual(b.map((one) => one.code));
      }),
      { numRuns: RUNS, seed: 43 },
    );
  });

  it('B14 splitting a ratio-2 leg into two ratio-1 legs changes nothing', () => {
    const legs = [
      { name: 'AAA C90 near', ratio: 1 },
      { name: 'AAA C100 near', ratio: -2 },
      { name: 'AAA C110 near', ratio: 1 },
    ];
    const split = [legs[0], { name: 'AAA C100 near', ratio: -1 }, legs[2], { name: 'AAA C100 near', ratio: -1 }].filter(
      (one) => one !== undefined,
    );
    fc.assert(
      fc.property(
        moments(wide),
        fc.constantFrom('BUY' as const, 'SELL' as const),
        fc.constantFrom(-50, 20, 60),
        ({ world }, side, limit) => {
          const order = { id: 'new', what: 'combo', side, total: 1, limit };
          const [a, b] = [legs, split].map((list) => findingsOf(orderOf({ ...order, legs: list }), situationOf(world)));
          expect(a).toEqual(b);
        },
      ),
      { numRuns: 200, seed: 44 },
    );
  });

  it('B15 BUY A.B and SELL B.A of the same exchange are judged alike', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...restricted),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 200 }),
        (kind, usd, euros) => {
          const world = newWorld(kind, { USD: usd * 100, EUR: 0 }, new Map());
          const base: OrderFacts = {
            contract: contractOf('EUR.USD'),
            action: 'BUY',
            totalQuantity: String(euros),
            orderType: 'LMT',
            lmtPrice: '1.25',
            exchange: 'FXCONV',
          };
          const turned: OrderFacts = {
            ...base,
            contract: { secType: 'CASH', symbol: 'USD', currency: 'EUR' },
            action: 'SELL',
            totalQuantity: String(euros * 1.25),
            lmtPrice: '0.8',
          };
          expect(accepts(turned, situationOf(world))).toBe(accepts(base, situationOf(world)));
          expect(accepts(base, situationOf(world))).toBe(euros * 1.25 <= usd);
        },
      ),
      { numRuns: 300, seed: 45 },
    );
  });

  it('B16 accounts are independent: judging another account in between changes nothing', () => {
    fc.assert(
      fc.property(moments(wide), moments(wide), (one, other) => {
        const [a, b] = [situationOf(one.world), situationOf(other.world)];
        const first = findingsOf(orderOf(one.order), a);
        findingsOf(orderOf(other.order), b);
        findingsOf(orderOf(one.order), b);
        expect(findingsOf(orderOf(one.order), a)).toEqual(first);
        expect(findingsOf(orderOf(one.order), situationOf(one.world))).toEqual(first);
      }),
      { numRuns: 150, seed: 46 },
    );
  });

  it('a situation grown by one working order is judged like one written out, again and again', () => {
    let seen = 0;
    fc.assert(
      fc.property(moments({ ...wide, brackets: true }), moments(wide), fc.boolean(), ({ world, order }, other, isPrepared) => {
        const before = situationOf(world);
        if (isPrepared) findingsOf(orderOf(other.order), before);
        const added = [order, other.order].map((one, at) => ({
          ...orderOf({ ...one, id: `added${at}` }),
          remaining: String(one.total),
        }));
        const grown = added.reduce((at, one) => withWorkingOrder(at, one), before);
        const written: Situation = { ...before, workingOrders: [...before.workingOrders, ...added] };
        seen++;
        expect(findingsOf(orderOf(other.order), grown)).toEqual(findingsOf(orderOf(other.order), written));
        expect(findingsOf(orderOf(order), grown)).toEqual(findingsOf(orderOf(order), { ...written }));
        expect(findingsOf(orderOf(order), before)).toEqual(findingsOf(orderOf(order), { ...before }));
      }),
      { numRuns: 400, seed: 47 },
    );
    expect(seen).toBe(400);
  });
});
