// What the working orders and positions of an account can need at most, split into parts that cannot interact.
import { CUBE_TO_AMOUNT, larger } from '../decimal.js';
import { type Book, type Holding, push, type Slot } from '../facts/book.js';
import type { Contract } from '../facts/contract.js';
import type { Terms } from './layout.js';
import { layRegion, type Region, Tally } from './region.js';
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

/** Something whose cost is not known. */
export interface Unknown {
  readonly what: 'price' | 'details';
  readonly id: string;
  readonly missing: string;
}

export interface Reserves {
  readonly components: readonly Component[];
  readonly componentOf: ReadonlyMap<Slot, Component>;
  readonly componentOfUnderlying: ReadonlyMap<string, Component>;
  readonly need: ReadonlyMap<string, bigint>;
  readonly sells: ReadonlyMap<string, bigint>;
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
    const effect = move.after?.effect;
    if (effect === undefined) continue;
    addTo(need, effect.currency, larger(0n, effect.pays));
    effect.changes.forEach((change, at) => {
      const place = move.after?.places[at] ?? 0;
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
  const region = layRegion(book, { slots, proposed: [], holdings, currencies: [], terms });
  const tally = new Tally(region, terms);
  const need = new Map<string, bigint>();
  const sells = new Map<string, bigint>();
  const coupled = (name: string): number => slots.filter((slot) => book.slotsOf.get(name)?.includes(slot)).length;
  const tooMany = underlyings.some((name) => coupled(name) > cap);
  const walked =
    !tooMany &&
    walkVertices(region.moves, region.moves.length, {
      fill: (at, how) => tally.add(how === 'part' ? region.moves[at]?.afterPart : region.moves[at]?.after, 1n),
      undo: (at, how) => tally.add(how === 'part' ? region.moves[at]?.afterPart : region.moves[at]?.after, -1n),
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

function measureSingle(slot: Slot): Component {
  const sells = new Map<string, bigint>();
  slot.effect.changes.forEach((change, at) => {
    if (change.quantity < 0n) addTo(sells, slot.keys[at] ?? '', -change.quantity);
  });
  const need = new Map([[slot.effect.currency, larger(0n, slot.effect.pays)]]);
  return { slots: [slot], underlyings: [], need, sells };
}

/** Groups of slots and coupled underlyings that are connected, found by joining names. */
function connect(book: Book, coupled: ReadonlySet<string>): { slots: Slot[]; underlyings: string[] }[] {
  const root = new Map<string, string>();
  const find = (name: string): string => {
    let at = name;
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) at = up;
    return at;
  };
  const join = (a: string, b: string): void => {
    const [left, right] = [find(a), find(b)];
    if (left !== right) root.set(right, left);
  };
  const ids = new Set(book.slotsById.keys());
  const names = book.slots.map((slot, at) => {
    const name = `s${at}`;
    join(`i${slot.id}`, name);
    if (slot.group !== undefined) join(`g${slot.group}`, name);
    if (slot.parentId !== undefined && ids.has(slot.parentId)) join(`i${slot.parentId}`, name);
    for (const change of slot.effect.changes) {
      const { underlying } = book.complete(change.contract);
      if (coupled.has(underlying)) join(`u${underlying}`, name);
    }
    return name;
  });
  const parts = new Map<string, { slots: Slot[]; underlyings: string[] }>();
  const part = (name: string) => {
    const key = find(name);
    const known = parts.get(key);
    if (known !== undefined) return known;
    const made = { slots: [], underlyings: [] };
    parts.set(key, made);
    return made;
  };
  book.slots.forEach((slot, at) => {
    part(names[at] ?? '').slots.push(slot);
  });
  for (const name of coupled) part(`u${name}`).underlyings.push(name);
  return [...parts.values()];
}

/** Costs that cannot be told: unbounded purchases, short options and futures without terms or margin. */
function findUnknown(book: Book, base: string): Map<string, Unknown[]> {
  const unknown = new Map<string, Unknown[]>();
  const note = (currency: string, what: Unknown): void => push(unknown, currency, what);
  for (const slot of book.slots) {
    if (!slot.effect.isBounded) note(slot.effect.currency, { what: 'price', id: slot.id, missing: 'price' });
    slot.effect.changes.forEach((change) => {
      const contract = book.complete(change.contract);
      if (contract.secType === 'FUT' && contract.margin === undefined) {
        note(contract.currency, { what: 'details', id: slot.id, missing: 'initMargin' });
      }
      if (contract.secType === 'FOP' && change.quantity < 0n && contract.margin === undefined && !isClosed(book, slot)) {
        note(base, { what: 'details', id: slot.id, missing: 'initMargin' });
      }
    });
  }
  for (const { key, contract, quantity } of book.holdings.values()) {
    const known = book.slotsByKey
      .get(key)
      ?.some((slot) => slot.effect.changes.some((change) => change.contract.margin !== undefined));
    const margined = contract.secType === 'FUT' ? quantity !== 0n : contract.secType === 'FOP' && quantity < 0n;
    if (margined && contract.margin === undefined && known !== true) {
      note(contract.currency, { what: 'details', id: contract.symbol, missing: 'initMargin' });
    }
    if (contract.secType !== 'OPT' || quantity >= 0n) continue;
    const missing =
      contract.multiplier === undefined
        ? 'multiplier'
        : contract.strike === undefined
          ? 'strike'
          : contract.right === undefined
            ? 'right'
            : 'expiry';
    if (
      contract.multiplier === undefined ||
      contract.strike === undefined ||
      contract.right === undefined ||
      contract.expiry === undefined
    ) {
      note(contract.currency, { what: 'details', id: contract.symbol, missing });
    }
  }
  return unknown;
}

function isClosed(book: Book, slot: Slot): boolean {
  return slot.effect.changes.every((change, at) => {
    const held = book.holdings.get(slot.keys[at] ?? '')?.quantity ?? 0n;
    return held >= -change.quantity;
  });
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
  return { components, componentOf, componentOfUnderlying, need, sells, unknown: findUnknown(book, base) };
}
