// Orders that can interact, laid out together: the working ones and, beside them, the new ones.
import { CUBE_TO_AMOUNT, smaller } from '../decimal.js';
import { type Book, type Holding, partOf, type Slot } from '../facts/book.js';
import type { Contract } from '../facts/contract.js';
import type { Effect } from '../facts/effect.js';
import { evaluate, type Layout, layOut, type Terms, type Values } from './layout.js';
import type { Node } from './vertices.js';

/** A what-if answer that says what writing a futures option asks for, in base currency. */
export interface Asked {
  readonly currency: string;
  readonly amount: bigint;
}

/** A new order, or a leg of one that may fill alone. */
export interface Proposed {
  readonly id: string;
  readonly effect: Effect;
  readonly keys: readonly string[];
  readonly size: bigint;
  readonly parentId: string | undefined;
  readonly filled: bigint;
  readonly group: string | undefined;
  readonly asked: Asked | undefined;
}

interface Laid {
  readonly effect: Effect;
  readonly places: readonly number[];
  readonly currencyAt: number;
  readonly asked: { readonly at: number; readonly amount: bigint; readonly places: readonly number[] } | undefined;
}

export interface Move extends Node {
  readonly id: string;
  readonly before: Laid | undefined;
  readonly after: Laid | undefined;
  readonly beforePart: Laid | undefined;
  readonly afterPart: Laid | undefined;
  readonly isChanged: boolean;
}

export interface Region {
  readonly layout: Layout;
  readonly base: readonly bigint[];
  readonly moves: readonly Move[];
  /** Place of the first move that is not in the working set. */
  readonly firstNew: number;
}

interface Draft {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly group: string | undefined;
  readonly slot: Slot | undefined;
  readonly next: Proposed | undefined;
}

/** Parents before children; the order given is kept otherwise. Orders that are each other's parents count as parentless. */
function parentsFirst(drafts: readonly Draft[]): Draft[] {
  const done = new Set<Draft>();
  const sorted: Draft[] = [];
  const add = (draft: Draft, depth: number): void => {
    if (done.has(draft)) return;
    if (draft.parentId !== undefined && depth < drafts.length) {
      for (const other of drafts) if (other.id === draft.parentId && other !== draft) add(other, depth + 1);
    }
    if (done.has(draft)) return;
    done.add(draft);
    sorted.push(draft);
  };
  for (const draft of drafts) add(draft, 0);
  return sorted;
}

export interface Terrain {
  readonly slots: readonly Slot[];
  readonly proposed: readonly Proposed[];
  readonly holdings: Iterable<Holding>;
  readonly currencies: readonly string[];
  readonly terms: Terms;
}

/** Lays out a region. A proposal with the id of a working order replaces it. */
export function layRegion(book: Book, terrain: Terrain): Region {
  const contracts = new Map<string, Contract>();
  const see = (key: string, contract: Contract): void => {
    const known = contracts.get(key);
    if (known === undefined || (known.margin === undefined && contract.margin !== undefined)) contracts.set(key, contract);
  };
  const currencies: string[] = [...terrain.currencies];
  const seeEffect = (keys: readonly string[], effect: Effect): void => {
    effect.changes.forEach((change, at) => {
      see(keys[at] ?? '', book.complete(change.contract));
    });
    currencies.push(effect.currency);
  };
  for (const holding of terrain.holdings) see(holding.key, holding.contract);
  for (const slot of terrain.slots) seeEffect(slot.keys, slot.effect);
  for (const next of terrain.proposed) {
    seeEffect(next.keys, next.effect);
    if (next.asked !== undefined) currencies.push(next.asked.currency);
  }
  const layout = layOut(contracts, currencies, terrain.terms);
  const base = layout.keys.map((key) => book.holdings.get(key)?.quantity ?? 0n);

  const lay = (keys: readonly string[], effect: Effect, asked?: Asked): Laid => {
    const places = keys.map((key) => layout.place.get(key) ?? 0);
    const fops = places.filter((at) => layout.contracts[at]?.secType === 'FOP');
    const ask =
      asked === undefined ? undefined : { at: layout.currencyPlace.get(asked.currency) ?? 0, amount: asked.amount, places: fops };
    return { effect, places, currencyAt: layout.currencyPlace.get(effect.currency) ?? 0, asked: ask };
  };

  const replacements = new Map<string, Proposed[]>();
  const fresh: Proposed[] = [];
  const working = new Set(terrain.slots.map((slot) => slot.id));
  for (const next of terrain.proposed) {
    if (!working.has(next.id)) fresh.push(next);
    else replacements.set(next.id, [...(replacements.get(next.id) ?? []), next]);
  }
  const old = terrain.slots.map((slot): Draft => {
    const next = replacements.get(slot.id)?.shift();
    const links = next ?? slot;
    return { id: slot.id, parentId: links.parentId, group: links.group, slot, next };
  });
  const left = [...replacements.values()].flat();
  const added = [...left, ...fresh].map(
    (next): Draft => ({ id: next.id, parentId: next.parentId, group: next.group, slot: undefined, next }),
  );
  const ordered = [...parentsFirst(old), ...parentsFirst(added)];

  const moves = ordered.map((draft, place): Move => {
    const { slot, next } = draft;
    const isReplaced = slot !== undefined && replacements.has(slot.id);
    const before = slot === undefined ? undefined : lay(slot.keys, slot.effect);
    const after = next === undefined ? (isReplaced ? undefined : before) : lay(next.keys, next.effect, next.asked);
    const parent =
      draft.parentId === undefined ? -1 : ordered.findIndex((other, at) => at < place && other.id === draft.parentId);
    const filled = (next ?? slot)?.filled ?? 0n;
    const part = (laid: Laid | undefined): Laid | undefined => {
      const size = laid?.effect.changes[0]?.quantity ?? 0n;
      const whole = size < 0n ? -size : size;
      if (laid === undefined || whole === 0n) return undefined;
      return { ...laid, effect: partOf(laid.effect, smaller(filled, whole), whole) };
    };
    const hasPart = parent >= 0 && filled > 0n;
    return {
      id: draft.id,
      parent,
      group: draft.group,
      hasPart,
      before,
      after,
      beforePart: hasPart ? part(before) : undefined,
      afterPart: hasPart ? part(after) : undefined,
      isChanged: before !== after,
    };
  });
  return { layout, base, moves, firstNew: old.length };
}

/** Quantities and payments of one side (without or with the new orders) while a walk goes on. */
export class Tally {
  readonly quantities: bigint[];
  private readonly payments: bigint[];
  private readonly filled: Laid[] = [];
  private readonly region: Region;
  private readonly terms: Terms;

  constructor(region: Region, terms: Terms) {
    this.region = region;
    this.terms = terms;
    this.quantities = [...region.base];
    this.payments = region.layout.currencies.map(() => 0n);
  }

  add(laid: Laid | undefined, sign: 1n | -1n): void {
    if (laid === undefined) return;
    const { changes } = laid.effect;
    for (let at = 0; at < changes.length; at++) {
      const place = laid.places[at] ?? 0;
      this.quantities[place] = (this.quantities[place] ?? 0n) + sign * (changes[at]?.quantity ?? 0n);
    }
    this.payments[laid.currencyAt] = (this.payments[laid.currencyAt] ?? 0n) + sign * laid.effect.pays;
    if (laid.asked === undefined && laid.effect.premium === 0n) return;
    if (sign > 0n) this.filled.push(laid);
    else this.filled.pop();
  }

  values(): Values {
    const values = evaluate(this.region.layout, this.quantities, this.payments, this.terms);
    if (this.filled.length > 0) this.addConditional(values);
    return values;
  }

  /** What-if requirements of written futures options, and premium that the policy counts, both only as far as really written. */
  private addConditional(values: Values): void {
    const sold = new Map<number, { quantity: bigint; premium: bigint; currencyAt: number }>();
    for (const { asked, effect, places, currencyAt } of this.filled) {
      if (asked?.places.some((at) => (this.quantities[at] ?? 0n) < 0n)) {
        values.fops[asked.at] = (values.fops[asked.at] ?? 0n) + asked.amount;
        values.need[asked.at] = (values.need[asked.at] ?? 0n) + asked.amount;
      }
      const at = places[0] ?? 0;
      if (effect.premium === 0n) continue;
      const known = sold.get(at);
      const quantity = (known?.quantity ?? 0n) - (effect.changes[0]?.quantity ?? 0n);
      sold.set(at, {
        quantity,
        premium: known === undefined ? effect.premium : smaller(known.premium, effect.premium),
        currencyAt,
      });
    }
    for (const [at, { quantity, premium, currencyAt }] of sold) {
      const net = this.quantities[at] ?? 0n;
      if (net >= 0n) continue;
      const credit = smaller(quantity, -net) * (this.region.layout.contracts[at]?.multiplier ?? 0n) * premium * CUBE_TO_AMOUNT;
      values.need[currencyAt] = (values.need[currencyAt] ?? 0n) - credit;
    }
  }
}
