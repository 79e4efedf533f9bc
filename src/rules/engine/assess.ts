// The worst-case test: in no situation the market can produce may the new orders make shortfall, cover or debit worse.
import { larger } from '../decimal.js';
import type { Holding, Slot } from '../facts/book.js';
import { assessAlone } from './alone.js';
import type { Assessment, Cause, Deficit, Question, TooMany } from './assessment.js';
import type { Values } from './layout.js';
import { afterOf, beforeOf, layRegion, type Move } from './region.js';
import { type Component, couples } from './reserves.js';
import { Tally } from './tally.js';
import { walkVertices } from './vertices.js';

interface Reach {
  readonly components: ReadonlySet<Component>;
  readonly slots: readonly Slot[];
  readonly underlyings: readonly string[];
}

/** Everything that can interact with the new orders. */
function reachOf({ book, reserves, proposed }: Question): Reach {
  const components = new Set<Component>();
  const underlyings = new Set<string>();
  const addSlot = (slot: Slot): void => {
    const component = reserves.componentOf.get(slot);
    if (component === undefined || components.has(component)) return;
    components.add(component);
    for (const name of component.underlyings) underlyings.add(name);
  };
  for (const next of proposed) {
    for (const slot of book.slotsById.get(next.id) ?? []) addSlot(slot);
    if (next.parentId !== undefined) for (const slot of book.slotsById.get(next.parentId) ?? []) addSlot(slot);
    if (next.group !== undefined) for (const slot of book.slotsOfGroup.get(next.group) ?? []) addSlot(slot);
    for (const change of next.effect.changes) {
      const contract = book.complete(change.contract);
      const name = contract.underlying;
      const component = reserves.componentOfUnderlying.get(name);
      if (component !== undefined) {
        components.add(component);
        for (const other of component.underlyings) underlyings.add(other);
      } else if (couples(contract) || underlyings.has(name)) {
        underlyings.add(name);
        for (const slot of book.slotsOf.get(name) ?? []) addSlot(slot);
      }
    }
  }
  for (const next of proposed) {
    for (const change of next.effect.changes) {
      const { underlying } = book.complete(change.contract);
      if (underlyings.has(underlying)) for (const slot of book.slotsOf.get(underlying) ?? []) addSlot(slot);
    }
  }
  return { components, slots: [...components].flatMap((component) => component.slots), underlyings: [...underlyings] };
}

function tooManyOf(question: Question, reach: Reach, slots: readonly Slot[]): TooMany | undefined {
  const { book, proposed, cap } = question;
  for (const name of reach.underlyings) {
    const replaced = new Set(proposed.map((next) => next.id));
    const old = slots.filter((slot) => !replaced.has(slot.id) && book.slotsOf.get(name)?.includes(slot));
    const touching = proposed.filter((next) =>
      next.effect.changes.some((change) => book.complete(change.contract).underlying === name),
    );
    const count = old.length + touching.length;
    if (touching.length > 0 && count > cap) {
      const ids = old.map((slot) => slot.id).sort();
      return { underlying: name, count, ids: ids.slice(0, count - cap) };
    }
  }
  return undefined;
}

function causeOf(before: Values, after: Values, at: number): Cause {
  if ((after.fops[at] ?? 0n) > (before.fops[at] ?? 0n)) return 'fops';
  if ((after.futures[at] ?? 0n) > (before.futures[at] ?? 0n)) return 'futures';
  return (after.options[at] ?? 0n) > (before.options[at] ?? 0n) ? 'options' : 'payment';
}

const CAUSES: readonly Cause[] = ['fops', 'futures', 'options', 'payment'];

/** The deficit that is reported: the largest, and among equals always the same one, whatever the order of the input. */
function isWorse(a: Deficit, b: Deficit): boolean {
  if (a.missing !== b.missing) return a.missing > b.missing;
  if (a.needed !== b.needed) return a.needed > b.needed;
  if (a.cause !== b.cause) return CAUSES.indexOf(a.cause) < CAUSES.indexOf(b.cause);
  return a.filled.join() < b.filled.join();
}

/** Assesses new orders against everything that can happen. Pure; the book and its reserves are only read. */
export const assess = (question: Question): Assessment => assessAlone(question) ?? assessByWalk(question);

/** The same for any orders: every choice of which have filled is looked at. */
export function assessByWalk(question: Question): Assessment {
  const { book, reserves, terms, available, without } = question;
  const reach = reachOf(question);
  const slots = without === undefined ? reach.slots : reach.slots.filter((slot) => !without.has(slot.id));
  const nothing: Assessment = { shorts: [], uncovered: [], deficits: [], tooMany: undefined, needsMore: new Set(), vertices: 0 };
  const tooMany = tooManyOf(question, reach, slots);
  if (tooMany !== undefined) return { ...nothing, tooMany };

  const holdings: Holding[] = reach.underlyings.flatMap((name) => book.holdingsOf.get(name) ?? []);
  const region = layRegion(book, { slots, proposed: question.proposed, holdings, currencies: [], terms });
  const { layout, moves } = region;

  const outside = new Map<string, bigint>(reserves.need);
  for (const component of reach.components) {
    for (const [currency, amount] of component.need) outside.set(currency, (outside.get(currency) ?? 0n) - amount);
  }
  const elsewhere = layout.currencies.map((currency) => outside.get(currency) ?? 0n);
  const spendable = layout.currencies.map((currency) => available(currency));
  const offered = layout.keys.map((key, at) => (layout.shortable.includes(at) ? offeredElsewhere(question, reach, key) : 0n));

  const shorts = new Map<number, bigint>();
  const uncovered = new Map<number, bigint>();
  const deficits = new Map<number, Deficit>();
  const needsMore = new Set<string>();
  const old = new Tally(region, terms);
  const now = new Tally(region, terms);
  const changed: Move[] = [];
  let before: Values | undefined;
  const beforeQuantities: readonly bigint[] = old.quantities;

  let vertices = 0;
  const compare = (): void => {
    vertices++;
    if (changed.length === 0) return;
    before ??= old.values();
    const after = now.values();
    for (const at of layout.shortable) {
      const quantity = now.quantities[at] ?? 0n;
      const short = (offered[at] ?? 0n) - quantity;
      if (quantity < (beforeQuantities[at] ?? 0n) && short > 0n && short > (shorts.get(at) ?? 0n)) shorts.set(at, short);
    }
    after.uncovered.forEach((calls, at) => {
      if (calls > (before?.uncovered[at] ?? 0n) && calls > (uncovered.get(at) ?? 0n)) uncovered.set(at, calls);
    });
    for (let at = 0; at < after.need.length; at++) {
      const [a, b] = [before.need[at] ?? 0n, after.need[at] ?? 0n];
      if (b <= a) continue;
      needsMore.add(layout.currencies[at] ?? '');
      const missing = (elsewhere[at] ?? 0n) + b - (spendable[at] ?? 0n);
      if (missing <= 0n) continue;
      const found: Deficit = {
        currency: layout.currencies[at] ?? '',
        cause: causeOf(before, after, at),
        needed: b - a,
        missing,
        before: (elsewhere[at] ?? 0n) + a,
        filled: changed.map((move) => move.id).sort(),
      };
      const worst = deficits.get(at);
      if (worst === undefined || isWorse(found, worst)) deficits.set(at, found);
    }
  };

  const walked = walkVertices(moves, region.firstNew, {
    fill: (at, how) => {
      const move = moves[at];
      if (move === undefined) return;
      old.add(beforeOf(move, how), 1n);
      now.add(afterOf(move, how), 1n);
      if (move.isChanged) changed.push(move);
    },
    undo: (at, how) => {
      const move = moves[at];
      if (move === undefined) return;
      old.add(beforeOf(move, how), -1n);
      now.add(afterOf(move, how), -1n);
      if (move.isChanged) changed.pop();
    },
    leaf: (stage) => {
      if (stage === 'outer') before = undefined;
      else compare();
    },
  });
  if (!walked) {
    const name = reach.underlyings[0] ?? layout.contracts[0]?.underlying ?? '';
    return {
      ...nothing,
      tooMany: {
        underlying: name,
        count: moves.length,
        ids: slots
          .map((slot) => slot.id)
          .sort()
          .slice(0, 1),
      },
    };
  }
  return {
    shorts: [...shorts].map(([at, short]) => ({ key: layout.keys[at] ?? '', short })),
    uncovered: [...uncovered].map(([at, calls]) => ({ underlying: layout.underlyings[at] ?? '', calls })),
    deficits: [...deficits.values()],
    tooMany: undefined,
    needsMore,
    vertices,
  };
}

/** Quantity of a contract that orders outside the reach may sell at most. */
function offeredElsewhere({ book, reserves, without }: Question, reach: Reach, key: string): bigint {
  if (without === undefined) {
    let total = reserves.sells.get(key) ?? 0n;
    for (const component of reach.components) total -= component.sells.get(key) ?? 0n;
    return total;
  }
  const seen = new Set<Component>();
  let total = 0n;
  for (const slot of book.slotsByKey.get(key) ?? []) {
    const component = reserves.componentOf.get(slot);
    if (component === undefined || reach.components.has(component) || seen.has(component)) continue;
    seen.add(component);
    const remaining = component.slots.filter((other) => !without.has(other.id));
    if (remaining.length === component.slots.length) total += component.sells.get(key) ?? 0n;
    else total += remaining.reduce((sum, other) => sum + soldBy(other, key), 0n);
  }
  return total;
}

function soldBy(slot: Slot, key: string): bigint {
  let sold = 0n;
  slot.effect.changes.forEach((change, at) => {
    if (slot.keys[at] === key) sold = larger(sold, -change.quantity);
  });
  return sold;
}
