// What the working orders and positions of an account can need at most, split into parts that cannot interact.
import { CUBE_TO_AMOUNT, larger } from '../decimal.js';
import type { Book, Holding, Slot } from '../facts/book.js';
import type { Contract } from '../facts/contract.js';
import { connect } from './connect.js';
import { evaluate, layOut, type Terms } from './layout.js';
import { afterOf, layRegion, type Region } from './region.js';
import { Tally } from './tally.js';
import { findUnknown, type Unknown } from './unknown-costs.js';
import { walkVertices } from './vertices.js';

/** Orders linked by groups, parents or a common underlying with options or futures, and those underlyings. */
export interface Component {
  readonly slots: readonly Slot[];
  readonly underlyings: readonly string[];
  /** Largest need per currency over all vertices. */
  readonly need: ReadonlyMap<string, bigint>;
  /** Largest net sale per contract that may not go below zero. */
  readonly sells: ReadonlyMap<string, bigint>;
}

export interface Reserves {
  readonly componentOf: Map<Slot, Component>;
  readonly componentOfUnderlying: ReadonlyMap<string, Component>;
  readonly need: Map<string, bigint>;
  readonly sells: Map<string, bigint>;
  readonly unknown: ReadonlyMap<string, readonly Unknown[]>;
}

const COUPLED = new Set(['OPT', 'FUT', 'FOP']);
export const couples = (contract: Contract): boolean => COUPLED.has(contract.secType);

const addTo = (map: Map<string, bigint>, key: string, value: bigint): void => {
  map.set(key, (map.get(key) ?? 0n) + value);
};

/** Upper bound of the need without looking at vertices: everything paid, no long option covers anything. */
function boundedNeed(region: Region): Map<string, bigint> {
  const { layout } = region;
  const need = new Map<string, bigint>();
  const low = [...region.base];
  const high = [...region.base];
  for (const move of region.moves) {
    const effect = move.after[0]?.effect;
    if (effect === undefined) continue;
    addTo(need, effect.currency, larger(0n, effect.pays));
    effect.changes.forEach((change, at) => {
      const place = move.after[0]?.places[at] ?? 0;
      if (change.quantity < 0n) low[place] = (low[place] ?? 0n) + change.quantity;
      else high[place] = (high[place] ?? 0n) + change.quantity;
    });
  }
  for (const cls of layout.classes) {
    const top = cls.byStrike[cls.byStrike.length - 1]?.strike ?? 0n;
    for (const series of cls.series) {
      const short = larger(0n, -(low[series.at] ?? 0n));
      addTo(need, cls.currency, short * (series.isCall ? top - series.strike : series.strike) * cls.multiplier * CUBE_TO_AMOUNT);
    }
  }
  for (const future of layout.futures) {
    const most = larger(larger(0n, -(low[future.at] ?? 0n)), high[future.at] ?? 0n);
    addTo(need, layout.currencies[future.currency] ?? '', most * future.margin);
  }
  for (const fop of layout.fops)
    addTo(need, layout.currencies[fop.currency] ?? '', larger(0n, -(low[fop.at] ?? 0n)) * fop.margin);
  return need;
}

function measure(book: Book, slots: readonly Slot[], underlyings: readonly string[], terms: Terms, cap: number): Component {
  const only = slots[0];
  if (slots.length === 1 && only !== undefined && underlyings.length === 0) return measureSingle(only);
  const holdings: Holding[] = underlyings.flatMap((name) => book.holdingsOf.get(name) ?? []);
  if (slots.length === 0) return measureHeld(holdings, underlyings, terms);
  const region = layRegion(book, { slots, proposed: [], holdings, currencies: [], terms });
  const tally = new Tally(region, terms);
  const need = new Map<string, bigint>();
  const sells = new Map<string, bigint>();
  const coupled = (name: string): number => slots.filter((slot) => book.slotsOf.get(name)?.includes(slot)).length;
  const tooMany = underlyings.some((name) => coupled(name) > cap);
  const walked =
    !tooMany &&
    walkVertices(region.moves, region.moves.length, {
      fill: (at, how) => tally.add(afterOf(region.moves[at], how), 1n),
      undo: (at, how) => tally.add(afterOf(region.moves[at], how), -1n),
      leaf: (stage) => {
        if (stage === 'outer') return;
        const values = tally.values();
        values.need.forEach((amount, at) => {
          const currency = region.layout.currencies[at] ?? '';
          need.set(currency, larger(need.get(currency) ?? 0n, amount));
        });
        for (const at of region.layout.shortable) {
          const sold = (region.base[at] ?? 0n) - (tally.quantities[at] ?? 0n);
          const key = region.layout.keys[at] ?? '';
          if (sold > 0n) sells.set(key, larger(sells.get(key) ?? 0n, sold));
        }
      },
    });
  if (walked) return { slots, underlyings, need, sells };
  sells.clear();
  for (const slot of slots) for (const [key, sold] of measureSingle(slot).sells) addTo(sells, key, sold);
  return { slots, underlyings, need: boundedNeed(region), sells };
}

/** What positions alone hold back. */
function measureHeld(holdings: readonly Holding[], underlyings: readonly string[], terms: Terms): Component {
  const isFree = holdings.every(
    ({ contract, quantity }) => contract.secType === 'STK' || (contract.secType !== 'FUT' && quantity >= 0n),
  );
  if (isFree) return { slots: [], underlyings, need: new Map(), sells: new Map() };
  const contracts = new Map(holdings.map((holding) => [holding.key, holding.contract]));
  const layout = layOut(contracts, [], terms);
  const quantities = holdings.map((holding) => holding.quantity);
  const { need } = evaluate(
    layout,
    quantities,
    layout.currencies.map(() => 0n),
    terms,
  );
  return {
    slots: [],
    underlyings,
    need: new Map(layout.currencies.map((currency, at) => [currency, larger(0n, need[at] ?? 0n)])),
    sells: new Map(),
  };
}

function measureSingle(slot: Slot): Component {
  const sells = new Map<string, bigint>();
  slot.effect.changes.forEach((change, at) => {
    if (change.quantity < 0n) addTo(sells, slot.keys[at] ?? '', -change.quantity);
  });
  const need = new Map([[slot.effect.currency, larger(0n, slot.effect.pays)]]);
  return { slots: [slot], underlyings: [], need, sells };
}

/** Splits the account into parts that cannot interact and measures what each can need at most. */
export function measureReserves(book: Book, terms: Terms, cap: number, base: string): Reserves {
  const coupled = new Set<string>();
  for (const { contract, quantity } of book.holdings.values())
    if (couples(contract) && quantity !== 0n) coupled.add(contract.underlying);
  for (const slot of book.slots) {
    for (const change of slot.effect.changes) {
      const contract = book.complete(change.contract);
      if (couples(contract)) coupled.add(contract.underlying);
    }
  }
  const components = connect(book, coupled).map(({ slots, underlyings }) => measure(book, slots, underlyings, terms, cap));
  const componentOf = new Map<Slot, Component>();
  const componentOfUnderlying = new Map<string, Component>();
  const need = new Map<string, bigint>();
  const sells = new Map<string, bigint>();
  for (const component of components) {
    for (const slot of component.slots) componentOf.set(slot, component);
    for (const name of component.underlyings) componentOfUnderlying.set(name, component);
    for (const [currency, amount] of component.need) addTo(need, currency, amount);
    for (const [key, sold] of component.sells) addTo(sells, key, sold);
  }
  return { componentOf, componentOfUnderlying, need, sells, unknown: findUnknown(book, base) };
}

/** An order that nothing else depends on, and whose cost is known. */
const isAlone = (book: Book, slot: Slot, reserves: Reserves): boolean =>
  slot.group === undefined &&
  slot.parentId === undefined &&
  slot.effect.isBounded &&
  !book.hasChildren(slot.id) &&
  slot.effect.changes.every(
    ({ contract }) => !couples(contract) && !reserves.componentOfUnderlying.has(book.complete(contract).underlying),
  );

/**
 * Adds (`sign` 1) or takes out working orders that nothing else depends on, in place. False, with nothing changed, when they are
 * linked to others or coupled with options or futures: then everything is measured anew.
 */
export function changeReserves(book: Book, slots: readonly Slot[], reserves: Reserves, sign: 1n | -1n): boolean {
  if (slots.length > 1 || !slots.every((slot) => isAlone(book, slot, reserves))) return false;
  for (const slot of slots) {
    const known = reserves.componentOf.get(slot);
    if (sign < 0n && known?.slots.length !== 1) return false;
    const component = known ?? measureSingle(slot);
    if (sign > 0n) reserves.componentOf.set(slot, component);
    else reserves.componentOf.delete(slot);
    for (const [currency, amount] of component.need) addTo(reserves.need, currency, sign * amount);
    for (const [key, sold] of component.sells) addTo(reserves.sells, key, sign * sold);
  }
  return true;
}
