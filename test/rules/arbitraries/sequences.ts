// Random life of an account of the small world: orders, fills, cancellations and modifications.
import fc from 'fast-check';
import type { AccountKind } from '../../../src/rules/types.js';
import { type ModelLeg, type ModelOrder, thing } from '../oracle/model.js';

export type Step =
  | { readonly do: 'order'; readonly orders: readonly ModelOrder[] }
  | { readonly do: 'fill'; readonly pick: number; readonly part: number }
  | { readonly do: 'cancel'; readonly pick: number }
  | { readonly do: 'modify'; readonly pick: number; readonly total: number; readonly limit: number; readonly race: number };

export interface Start {
  readonly kind: AccountKind;
  readonly USD: number;
  readonly EUR: number;
  readonly held: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
}

/** What a family of properties trades. */
export interface Universe {
  readonly names: readonly string[];
  readonly combos?: readonly (readonly ModelLeg[])[];
  readonly loose?: boolean;
  readonly groups?: boolean;
  readonly brackets?: boolean;
  readonly modify?: boolean;
}

export const verticals: readonly (readonly ModelLeg[])[] = [
  [leg('AAA C90 near', 1), leg('AAA C100 near', -1)],
  [leg('AAA C90 near', -1), leg('AAA C100 near', 1)],
  [leg('AAA P90 near', 1), leg('AAA P100 near', -1)],
  [leg('AAA C90 near', 1), leg('AAA C100 near', -2), leg('AAA C110 near', 1)],
  [leg('AAA P90 near', 1), leg('AAA P100 near', -1), leg('AAA C100 near', -1), leg('AAA C110 near', 1)],
  [leg('AAA C100 near', -1), leg('AAA C100 far', 1)],
  [leg('AAA C100 near', 1), leg('AAA C100 far', -1)],
  [leg('AAA C90 far', 1), leg('AAA C100 near', -2)],
  [leg('AAA P100 far', -1), leg('AAA P90 far', 1)],
  [leg('AAA', 10), leg('AAA C100 near', -1)],
  [leg('AAA P90 near', 1), leg('AAA C110 near', -1)],
  [leg('IDX P100 near', -1), leg('IDX P90 near', 1)],
  [leg('IDX C90 near', -1), leg('IDX C100 far', 1)],
];

function leg(name: string, ratio: number): ModelLeg {
  return { name, ratio };
}

const side = fc.constantFrom('BUY' as const, 'SELL' as const);

function sizes(name: string): fc.Arbitrary<number> {
  const { secType } = thing(name);
  if (secType === 'STK') return fc.constantFrom(1, 5, 10, 11, 20, 30);
  return secType === 'CASH' ? fc.constantFrom(10, 50, 100) : fc.constantFrom(1, 2, 3);
}

function limits(name: string): fc.Arbitrary<number> {
  const { secType } = thing(name);
  if (secType === 'OPT') return fc.constantFrom(50, 100, 300);
  if (secType === 'CASH') return fc.constantFrom(110, 109);
  return fc.constantFrom(1_000, 1_001, 500, 10_000);
}

const single = (names: readonly string[]): fc.Arbitrary<Omit<ModelOrder, 'id'>> =>
  fc
    .constantFrom(...names)
    .chain((what) => fc.record({ what: fc.constant(what), side, total: sizes(what), limit: limits(what) }));

const combo = (universe: Universe): fc.Arbitrary<Omit<ModelOrder, 'id'>> =>
  fc.record({
    what: fc.constant('combo'),
    legs: fc.constantFrom(...(universe.combos ?? verticals)),
    side,
    total: fc.constantFrom(1, 1, 2),
    limit: universe.loose === true ? fc.constantFrom(50, 100) : fc.constantFrom(-150, -50, 0, 50, 200, 900),
    ...(universe.loose === true ? { loose: fc.constant(true) } : {}),
  });

function ordersOf(universe: Universe): fc.Arbitrary<readonly ModelOrder[]> {
  const one =
    universe.combos === undefined
      ? single(universe.names)
      : fc.oneof({ weight: 1, arbitrary: single(universe.names) }, { weight: 1, arbitrary: combo(universe) });
  const alone = fc
    .tuple(
      one,
      fc.option(fc.record({ group: fc.constantFrom('g1', 'g2'), ocaType: fc.constantFrom(1 as const, 2 as const, 3 as const) }), {
        freq: universe.groups === true ? 2 : 1000,
      }),
    )
    .map(([order, group]): readonly ModelOrder[] => [
      { ...order, ...(universe.groups === true && group !== null ? group : {}), id: 'n' },
    ]);
  if (universe.brackets !== true) return alone;
  const bracket = fc
    .record({
      what: fc.constantFrom(...universe.names),
      total: fc.constantFrom(5, 10),
      excess: fc.constantFrom(0, 0, 0, 1),
      stopToo: fc.boolean(),
      entry: side,
    })
    .map(({ what, total, excess, stopToo, entry }): readonly ModelOrder[] => {
      const exit = entry === 'BUY' ? 'SELL' : 'BUY';
      const child = { what, side: exit, total: total + excess, parent: 'n' } as const;
      const group = stopToo ? ({ group: 'b', ocaType: 1 } as const) : {};
      const parent: ModelOrder = { id: 'n', what, side: entry, total, limit: 1_000 };
      const target: ModelOrder = { ...child, id: 'n.t', limit: 1_200, ...group };
      return stopToo ? [parent, target, { ...child, id: 'n.s', limit: 900, ...group }] : [parent, target];
    });
  return fc.oneof({ weight: 2, arbitrary: bracket }, { weight: 1, arbitrary: alone });
}

function steps(universe: Universe): fc.Arbitrary<readonly Step[]> {
  const order = ordersOf(universe).map((orders): Step => ({ do: 'order', orders }));
  const pick = fc.nat({ max: 7 });
  const fill = fc.record({ do: fc.constant('fill' as const), pick, part: fc.constantFrom(1, 1, 0.5, 0.3) });
  const cancel = fc.record({ do: fc.constant('cancel' as const), pick });
  const modify = fc.record({
    do: fc.constant('modify' as const),
    pick,
    total: fc.constantFrom(1, 2, 3, 5, 10, 20),
    limit: fc.constantFrom(100, 500, 1_000, 2_000),
    race: fc.constantFrom(0, 0.5, 1),
  });
  const all: { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
    { weight: 6, arbitrary: order },
    { weight: 3, arbitrary: fill },
    { weight: 1, arbitrary: cancel },
  ];
  if (universe.modify === true) all.push({ weight: 3, arbitrary: modify });
  return fc.array(fc.oneof(...all), { minLength: 1, maxLength: 9 });
}

const amounts = [0, 1, 9_999, 10_000, 10_001, 19_999, 20_000, 50_000, 90_000, 100_000, 100_001, 99_999, 200_000, 300_000];

/** Starts that are lawful: money, and holdings that are all long. */
export function lives(universe: Universe, kinds: readonly AccountKind[]): fc.Arbitrary<Start> {
  const long = universe.names.filter((name) => thing(name).secType !== 'CASH' && thing(name).secType !== 'FUT');
  const holding =
    long.length === 0
      ? fc.constant({})
      : fc
          .array(
            fc.constantFrom(...long).chain((name) => fc.tuple(fc.constant(name), sizes(name))),
            { maxLength: 3 },
          )
          .map((list) => Object.fromEntries(list));
  return fc.record({
    kind: fc.constantFrom(...kinds),
    USD: fc.constantFrom(...amounts),
    EUR: fc.constantFrom(0, 9_999, 10_000, 50_000),
    held: holding,
    steps: steps(universe),
  });
}
