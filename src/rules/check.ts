// The check: what every rule has to say about one order, or about orders submitted together.
import { assessWith, type Context, type Rule } from './context.js';
import type { Assessment } from './engine/assess.js';
import { type Ask, readAsk } from './facts/ask.js';
import { type Snapshot, snapshotOf } from './facts/snapshot.js';
import { type Finding, sortFindings } from './finding.js';
import { endingRules, judgingRules, shapeRules } from './rules.js';
import type { OrderFacts, Policy, Situation } from './types.js';

/** Reads orders so that a parent is known when its child is read, and keeps the order given. */
function readAsks(orders: readonly unknown[], snapshot: Snapshot): Ask[] {
  const first = orders.map((order, place) => readAsk(order, place, snapshot, []));
  if (!first.some((ask) => ask.parentId !== undefined)) return first;
  return orders.map((order, place) => readAsk(order, place, snapshot, first));
}

function contextOf(orders: readonly unknown[], snapshot: Snapshot): Context {
  const asks = readAsks(orders, snapshot);
  let worst: Assessment | undefined;
  let relaxed: Assessment | undefined;
  return {
    snapshot,
    asks,
    isGroup: asks.length > 1,
    worst: () => {
      worst ??= assessWith(snapshot, asks);
      return worst;
    },
    relaxed: () => {
      relaxed ??= assessWith(snapshot, asks, { relaxed: true });
      return relaxed;
    },
  };
}

const run = (rules: readonly Rule[], context: Context): Finding[] => {
  const found: Finding[] = [];
  for (const rule of rules) for (const one of rule.judge(context)) found.push(one);
  return found;
};

/**
 * Judges one order, or orders submitted together (bracket, one-cancels-other, batch) as one, against everything that can happen
 * in the account. Pure: no clock, no input or output, nothing given is changed.
 *
 * Returns every finding, in the order of the code list; an empty list means nothing speaks against the order. A finding of
 * severity `reject` means: do not send. Malformed orders and unknown accounts are findings too; nothing is thrown.
 *
 * The situation is prepared once per object and policy object and kept while both live, so pass the same objects for many checks
 * and new objects after a change.
 */
export function check(
  order: OrderFacts | readonly OrderFacts[],
  situation: Situation,
  policy?: Partial<Policy>,
): readonly Finding[] {
  const snapshot = snapshotOf(situation, policy);
  const context = contextOf(Array.isArray(order) ? order : [order], snapshot);
  const shape = run(shapeRules, context);
  const ending = run(endingRules, context);
  if (ending.length > 0) return sortFindings([...shape, ...ending]);
  return sortFindings([...shape, ...run(judgingRules, context)]);
}

/** Prepares a situation before orders come, so that the first check is as quick as the rest. Calling it is never necessary. */
export function prepare(situation: Situation, policy?: Partial<Policy>): void {
  snapshotOf(situation, policy).reserves();
}
