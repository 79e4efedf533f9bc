// Orders that can interact, laid out together: the working ones and, beside them, the new ones.
import { larger, smaller } from '../decimal.js';
import { type Book, type Holding, partOf, type Slot } from '../facts/book.js';
import type { Effect } from '../facts/change.js';
import type { Contract } from '../facts/contract.js';
import { type Layout, layOut, type Terms } from './layout.js';
import { type Fill, type Node, PART } from './vertices.js';

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

export interface Laid {
  readonly effect: Effect;
  readonly places: readonly number[];
  readonly currencyAt: number;
  readonly asked: { readonly at: number; readonly amount: bigint; readonly places: readonly number[] } | undefined;
}

export interface Move extends Node {
  readonly id: string;
  /** The effect without and with the new orders, for a full fill and then for what lies between. */
  readonly before: readonly (Laid | undefined)[];
  readonly after: readonly (Laid | undefined)[];
  readonly beforePart: Laid | undefined;
  readonly afterPart: Laid | undefined;
  readonly isChanged: boolean;
}

/** What a move does when it fills in a certain way. */
export const beforeOf = (move: Move | undefined, how: Fill): Laid | undefined =>
  how === PART ? move?.beforePart : move?.before[how];
export const afterOf = (move: Move | undefined, how: Fill): Laid | undefined =>
  how === PART ? move?.afterPart : move?.after[how];

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

/** Underlyings on which calls are or may be short, with the largest multiplier of those calls. */
function writtenOn(layout: Layout, base: readonly bigint[], drafts: readonly Draft[]): Map<string, bigint> {
  const sold = new Set<number>();
  for (const { slot, next } of drafts) {
    for (const part of [slot, next]) {
      part?.effect.changes.forEach((change, at) => {
        if (change.quantity < 0n) sold.add(layout.place.get(part.keys[at] ?? '') ?? -1);
      });
    }
  }
  const written = new Map<string, bigint>();
  for (const { series, standard, underlying, multiplier } of layout.classes) {
    const isWritten = series.some(({ at, isCall }) => isCall && ((base[at] ?? 0n) < 0n || sold.has(at)));
    if (standard && isWritten) written.set(underlying, larger(written.get(underlying) ?? 0n, multiplier));
  }
  return written;
}

/**
 * Shares cover calls in whole lots only, so a purchase can be paid for without covering yet. Two points bound all others: almost
 * everything bought and the last lot not yet whole, and the first lot paid and not yet whole.
 */
function waysBetween(laid: Laid | undefined, lot: bigint): (Laid | undefined)[] {
  const change = laid?.effect.changes[0];
  if (laid === undefined || change === undefined) return [undefined, undefined];
  const size = change.quantity;
  const lacking = [{ contract: change.contract, quantity: larger(0n, size - lot) }];
  const none = [{ contract: change.contract, quantity: 0n }];
  const first = size <= lot ? laid.effect.pays : partOf(laid.effect, lot, size).pays;
  return [
    { ...laid, effect: { ...laid.effect, changes: lacking } },
    { ...laid, effect: { ...laid.effect, changes: none, pays: first } },
  ];
}

/** False: what the old terms could not fill together with, the new ones may; nothing of them was there before. */
const isLinkedAlike = (slot: Slot, next: Proposed): boolean => slot.group === next.group && slot.parentId === next.parentId;

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

  const written = writtenOn(layout, base, ordered);
  const lotOf = (laid: Laid | undefined): bigint | undefined => {
    const change = laid?.effect.changes.length === 1 ? laid.effect.changes[0] : undefined;
    if (change === undefined || change.contract.secType !== 'STK' || change.quantity <= 0n) return undefined;
    return written.get(book.complete(change.contract).underlying);
  };

  const moves = ordered.map((draft, place): Move => {
    const { slot, next } = draft;
    const isReplaced = slot !== undefined && replacements.has(slot.id);
    const isLoosened = slot !== undefined && next !== undefined && !isLinkedAlike(slot, next);
    const before = slot === undefined || isLoosened ? undefined : lay(slot.keys, slot.effect);
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
    const lot = lotOf(after ?? before);
    const ways = (laid: Laid | undefined): (Laid | undefined)[] =>
      lot === undefined ? [laid] : [laid, ...waysBetween(laid, lot)];
    return {
      id: draft.id,
      parent,
      group: draft.group,
      hasPart,
      between: lot === undefined ? 0 : 2,
      betweenName: (after ?? before)?.effect.changes[0]?.contract.underlying ?? '',
      before: ways(before),
      after: ways(after),
      beforePart: hasPart ? part(before) : undefined,
      afterPart: hasPart ? part(after) : undefined,
      isChanged: before !== after,
    };
  });
  return { layout, base, moves, firstNew: old.length };
}
