// What a rule sees: the prepared situation, the orders, and the answers of the worst-case engine, computed on first use.
import { absolute, amountOf, divideUp, floorTo, larger, readDecimal, readPositive } from './decimal.js';
import { assess } from './engine/assess.js';
import type { Assessment } from './engine/assessment.js';
import type { Asked, Proposed } from './engine/region.js';
import type { Ask } from './facts/ask.js';
import { heldOf, lotOf, sameSide } from './facts/ask.js';
import type { Effect } from './facts/change.js';
import { effectsOf } from './facts/effect.js';
import type { Snapshot } from './facts/snapshot.js';
import { filledOf } from './facts/working-terms.js';

export interface Context {
  readonly snapshot: Snapshot;
  readonly asks: readonly Ask[];
  /** True when several orders were submitted together. */
  readonly isGroup: boolean;
  /** The engine's answer with the cash that may be spent. */
  readonly worst: () => Assessment;
  /** The same as if American-style options paired here. */
  readonly relaxed: () => Assessment;
}

/** What a what-if answer asks for, when the order writes futures options. */
function askedOf(ask: Ask, snapshot: Snapshot): Asked | undefined {
  const change = readDecimal(ask.order.answer?.initMarginChange);
  if (change === undefined || !ask.contracts.some((contract) => contract.secType === 'FOP')) return undefined;
  return { currency: snapshot.base, amount: amountOf(larger(0n, change)) };
}

/**
 * A modification can arrive after the old order has filled: then the old one's rest has been paid and only what the new total
 * adds is paid at the new price. The dearer of the two ways counts.
 */
function withRace(effect: Effect, size: bigint, id: string, snapshot: Snapshot): Effect {
  // Two where a part has been executed already.
  const slots = snapshot.book.slotsById.get(id) ?? [];
  const rest = slots.reduce((sum, { effect: old }) => sum + absolute(old.changes[0]?.quantity ?? 0n), 0n);
  if (slots[0]?.effect.currency !== effect.currency || rest >= size || effect.pays <= 0n) return effect;
  const paid = slots.reduce((sum, { effect: old }) => sum + larger(0n, old.pays), 0n);
  const raced = paid + divideUp(effect.pays * (size - rest), size);
  return { ...effect, pays: larger(effect.pays, raced) };
}

/** The engine's form of an order, optionally with another total size. */
export function propose(ask: Ask, snapshot: Snapshot, total?: bigint): Proposed[] {
  const { book, policy } = snapshot;
  const old = book.slotsById.get(ask.id)?.[0]?.order;
  const size = total === undefined ? (ask.size ?? 0n) : larger(0n, total - (old === undefined ? 0n : filledOf(old)));
  const effects = total === undefined ? ask.effects : effectsOf(ask.order, policy, ask.contract, size, snapshot.base);
  const parent = ask.parentId === undefined ? undefined : book.slotsById.get(ask.parentId)?.[0]?.order;
  const filled = parent === undefined ? 0n : filledOf(parent);
  const asked = askedOf(ask, snapshot);
  return effects.map((effect) => ({
    id: ask.id,
    effect: old === undefined || effects.length > 1 ? effect : withRace(effect, size, ask.id, snapshot),
    keys: effect.changes.map((change) => book.keyOf(change.contract)),
    size,
    parentId: ask.parentId,
    filled: filled < size ? filled : size,
    group: ask.group,
    asked,
  }));
}

export interface Variation {
  readonly total?: bigint | undefined;
  readonly without?: ReadonlySet<string> | undefined;
  readonly relaxed?: boolean;
}

/** Asks the engine, as things are or with one thing imagined differently. */
export function assessWith(snapshot: Snapshot, asks: readonly Ask[], vary: Variation = {}): Assessment {
  const relaxed = vary.relaxed === true;
  return assess({
    book: snapshot.book,
    reserves: snapshot.reserves(relaxed),
    terms: relaxed ? { ...snapshot.terms, cashType: false } : snapshot.terms,
    cap: snapshot.vertexCap,
    proposed: asks.flatMap((ask) => propose(ask, snapshot, vary.total)),
    available: snapshot.available,
    without: vary.without,
  });
}

/** Above this many vertices no largest quantity is searched, so that a refusal stays quick. */
const MOST_FOR_SEARCH = 512;

/**
 * Largest whole-lot size of a single order that `passes`, found by halving; undefined when not one order, ordered by cash
 * amount, or too many vertices to try. `passes` must hold for every smaller size than one it holds for.
 */
export function largestSize(context: Context, passes: (found: Assessment) => boolean): bigint | undefined {
  const ask = context.asks[0];
  if (ask?.size === undefined || context.asks.length !== 1 || readPositive(ask.order.totalQuantity) === undefined)
    return undefined;
  if (context.worst().vertices > MOST_FOR_SEARCH) return undefined;
  const lot = lotOf(ask);
  const total = readPositive(ask.order.totalQuantity) ?? 0n;
  let low = 0n;
  let high = floorTo(total, lot) / lot + 1n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (passes(assessWith(context.snapshot, context.asks, { total: middle * lot }))) low = middle;
    else high = middle;
  }
  const found = low * lot;
  return found < (readPositive(ask.contract.facts.minSize) ?? 0n) ? 0n : found;
}

/** Working orders to cancel so that the orders pass; the fewest that a greedy search finds. Undefined: cancelling does not help. */
export function ordersToCancel(
  context: Context,
  candidates: readonly string[],
  passes: (found: Assessment) => boolean,
): string[] | undefined {
  const { snapshot, asks } = context;
  if (candidates.length === 0 || context.worst().vertices > MOST_FOR_SEARCH) return undefined;
  const own = new Set(asks.flatMap((ask) => [ask.id, ask.parentId ?? ask.id]));
  const withChildren = (ids: readonly string[]): Set<string> => {
    const all = new Set(ids);
    for (let grew = true; grew; ) {
      grew = false;
      for (const slot of snapshot.book.slots) {
        if (slot.parentId === undefined || !all.has(slot.parentId) || all.has(slot.id)) continue;
        all.add(slot.id);
        grew = true;
      }
    }
    return all;
  };
  const test = (ids: readonly string[]): boolean => passes(assessWith(snapshot, asks, { without: withChildren(ids) }));
  let chosen = [...new Set(candidates)].filter((id) => !own.has(id)).sort();
  if (chosen.length === 0 || !test(chosen)) return undefined;
  if (chosen.length <= 8) {
    for (const id of [...chosen]) {
      const fewer = chosen.filter((other) => other !== id);
      if (fewer.length > 0 && test(fewer)) chosen = fewer;
    }
  }
  return [...withChildren(chosen)].sort();
}

/** What a sale of one contract has to live on: held and offered quantities, scaled. */
export function supplyOf(ask: Ask, snapshot: Snapshot): { held: bigint; offered: bigint } {
  const held = heldOf(ask.key, snapshot);
  return { held, offered: absolute(sameSide(ask.key, -1n, ask.id, ask.group, snapshot)) };
}

/** Largest number of whole lots up to `most` that `fits`, as a size. `fits` must hold for every smaller size too. */
export function lotSteps(most: bigint, lot: bigint, fits: (size: bigint) => boolean): bigint {
  let low = 0n;
  let high = most / lot + 1n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (fits(middle * lot)) low = middle;
    else high = middle;
  }
  return low * lot;
}
