// What the working orders and positions of an account can need at most, split into parts that cannot interact.
import { CUBE_TO_AMOUNT, larger } from '../decimal.js';
import type { Book, Holding, Slot } from '../facts/book.js';
import type { Contract } from '../facts/contract.js';
import { connect } from './connect.js';
import { evaluate, layOut, type Terms } from './layout.js';
import { afterOf, layRegion, type Region } from './region.js';
import { Tally } from './tally.js';
import { type Noted, type Unknown, unknownOf, unknownOfHeld } from './unknown-costs.js';
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
  readonly componentOfUnderlying: Map<string, Component>;
  readonly need: Map<string, bigint>;
  readonly sells: Map<string, bigint>;
  /** By currency. */
  readonly unknown: Map<string, Set<Unknown>>;
  /** Whose that is. */
  readonly noted: Map<Slot | Holding, readonly Noted[]>;
}

const COUPLED = new Set(['OPT', 'FUT', 'FOP']);
export const couples = (contract: Contract): boolean => COUPLED.has(contract.secType);

function addTo(map: Map<string, bigint>, key: string, value: bigint): bigint {
  const sum = (map.get(key) ?? 0n) + value;
  map.set(key, sum);
  return sum;
}

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

/** What reserves are measured of. */
export interface Ground {
  readonly book: Book;
  readonly terms: Terms;
  readonly cap: number;
  /** Currency of the account. */
  readonly base: string;
}

/** What has changed in a book: orders that are gone and that have come, and contracts of which another quantity is held. */
export interface Changes {
  readonly gone: readonly Slot[];
  readonly come: readonly Slot[];
  readonly held: readonly Contract[];
}

/** Whether orders on one underlying can interact: options or futures on it are held or at work. */
function isCoupled({ holdingsOf, slotsOf, complete }: Book, name: string): boolean {
  const couplesHere = (contract: Contract): boolean => couples(contract) && contract.underlying === name;
  return (
    holdingsOf.get(name)?.some(({ contract, quantity }) => quantity !== 0n && couplesHere(contract)) === true ||
    slotsOf.get(name)?.some(({ effect }) => effect.changes.some(({ contract }) => couplesHere(complete(contract)))) === true
  );
}

/** Splits the account into parts that cannot interact and measures what each can need at most. */
export function measureReserves(ground: Ground): Reserves {
  const { slots, holdings } = ground.book;
  const reserves: Reserves = {
    componentOf: new Map(),
    componentOfUnderlying: new Map(),
    need: new Map(),
    sells: new Map(),
    unknown: new Map(),
    noted: new Map(),
  };
  changeReserves(ground, reserves, { gone: [], come: [...slots], held: [...holdings.values()].map(({ contract }) => contract) });
  return reserves;
}

/** Measures anew, in place, the parts that a change of the book touches. */
export function changeReserves(ground: Ground, reserves: Reserves, changes: Changes): void {
  const { book, terms, cap } = ground;
  const { componentOf, componentOfUnderlying } = reserves;
  const { gone, come, held } = changes;
  const stale = new Set<Component>();
  const touch = (slots: readonly Slot[] = []): void => {
    for (const slot of slots) {
      const component = componentOf.get(slot);
      if (component !== undefined) stale.add(component);
    }
  };
  const namesOf = ({ effect }: Slot): readonly string[] =>
    effect.changes.map(({ contract }) => book.complete(contract).underlying);
  touch(gone);
  for (const slot of gone) componentOf.delete(slot);
  for (const { id, parentId, group } of come) {
    touch(book.slotsById.get(id));
    if (parentId !== undefined) touch(book.slotsById.get(parentId));
    if (group !== undefined) touch(book.slotsOfGroup.get(group));
  }
  const names = new Set([...gone, ...come].flatMap(namesOf));
  for (const { underlying } of held) names.add(underlying);
  for (const name of names) {
    const component = componentOfUnderlying.get(name);
    if (component !== undefined) stale.add(component);
    if (isCoupled(book, name)) touch(book.slotsOf.get(name));
  }
  const loose = new Set(come);
  for (const { slots, underlyings, need, sells } of stale) {
    for (const slot of slots) if (componentOf.delete(slot)) loose.add(slot);
    for (const name of underlyings) {
      componentOfUnderlying.delete(name);
      names.add(name);
    }
    for (const [currency, amount] of need) addTo(reserves.need, currency, -amount);
    for (const [key, sold] of sells) if (addTo(reserves.sells, key, -sold) === 0n) reserves.sells.delete(key);
  }
  for (const slot of loose) for (const name of namesOf(slot)) names.add(name);
  const coupled = new Set([...names].filter((name) => isCoupled(book, name)));
  for (const { slots, underlyings } of connect(book, [...loose], coupled)) {
    const component = measure(book, slots, underlyings, terms, cap);
    for (const slot of slots) componentOf.set(slot, component);
    for (const name of underlyings) componentOfUnderlying.set(name, component);
    for (const [currency, amount] of component.need) addTo(reserves.need, currency, amount);
    for (const [key, sold] of component.sells) addTo(reserves.sells, key, sold);
  }
  noteUnknown(ground, reserves, changes);
}

/** Looks again at what cannot be told of whatever stands beside a change. */
function noteUnknown({ book, base }: Ground, { unknown, noted }: Reserves, { gone, come, held }: Changes): void {
  const note = (of: Slot | Holding, found: readonly Noted[]): void => {
    for (const { currency, unknown: one } of noted.get(of) ?? []) {
      const list = unknown.get(currency);
      list?.delete(one);
      if (list?.size === 0) unknown.delete(currency);
    }
    if (found.length === 0) noted.delete(of);
    else noted.set(of, found);
    for (const { currency, unknown: one } of found) {
      const list = unknown.get(currency);
      if (list === undefined) unknown.set(currency, new Set([one]));
      else list.add(one);
    }
  };
  for (const slot of gone) note(slot, []);
  const keys = new Set([...gone, ...come].flatMap((slot) => slot.keys));
  for (const contract of held) keys.add(book.keyOf(contract));
  for (const key of keys) {
    for (const slot of book.slotsByKey.get(key) ?? []) note(slot, unknownOf(book, slot, base));
    const holding = book.holdings.get(key);
    if (holding !== undefined) note(holding, unknownOfHeld(book, holding));
  }
}
