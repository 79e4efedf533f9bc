// Conditions as an expression (`price(aapl).above('190').and(time.after(date))`) and the flat list the wire knows.
import { InputError } from '../../input/input-error.js';
import { namesOf, refuseOthers } from '../../input/known-properties.js';
import type { OrderDraft } from '../draft.js';
import type { ConditionDraft } from './draft.js';

type Unlinked<C> = C extends ConditionDraft ? Omit<C, 'isConjunctionConnection'> : never;
/** One condition of an expression, not yet linked to the next. */
export type Leaf = Unlinked<ConditionDraft>;

/** Alternatives, each a list of conditions that must all hold. */
type Alternatives = readonly (readonly Leaf[])[];

/** An expression of conditions. */
export interface Condition {
  readonly alternatives: Alternatives;
  /** Both must hold. Refused on an expression that holds an `or`: the wire has no brackets. */
  and(other: Condition): Condition;
  /** Either must hold. */
  or(other: Condition): Condition;
}

/** An expression of one condition. */
export function leaf(condition: Leaf): Condition {
  return expression([[condition]]);
}

/** Reads better in front of a chain; returns it as it is. */
export function when(condition: Condition): Condition {
  return condition;
}

function expression(alternatives: Alternatives): Condition {
  return {
    alternatives,
    and: (other) => {
      const [left, right] = [alternatives, other.alternatives];
      if (left.length > 1 || right.length > 1) throw bracketed();
      return expression([[...(left[0] ?? []), ...(right[0] ?? [])]]);
    },
    or: (other) => expression([...alternatives, ...other.alternatives]),
  };
}

function bracketed(): InputError {
  return new InputError(
    'conditions',
    'the wire has no brackets: an `or` cannot be inside an `and`; place one order per alternative in an OCA group',
  );
}

/**
 * The wire's flat list, where each condition links to the next. Whether a gateway reads `a or b and c` from left to right
 * or binds `and` first is not documented, so only lists that mean the same both ways are made: the one alternative of
 * several conditions goes first, single conditions follow. Two such alternatives are refused.
 */
export function conditionList(condition: Condition): readonly ConditionDraft[] {
  const several = condition.alternatives.filter((all) => all.length > 1);
  if (several.length > 1) throw bracketed();
  const ordered = [...several, ...condition.alternatives.filter((all) => all.length === 1)];
  const flat = ordered.flatMap((all, group) =>
    all.map((one, i) => ({ ...one, isConjunctionConnection: i < all.length - 1 || group === ordered.length - 1 })),
  );
  if (flat.length === 0) throw new InputError('conditions', 'needs at least one condition');
  return flat;
}

/** When conditions are watched. Nothing said: regular hours only. */
export interface ConditionOptions {
  /** Outside regular hours too. */
  readonly ignoreRth?: boolean;
  /** In the overnight session too (server 226 on). Gateways refuse it with 10371 where the contract has no such session. */
  readonly includeOvernight?: boolean;
}

const optionNames = namesOf<ConditionOptions>({ ignoreRth: true, includeOvernight: true });

/** Holds the order back until the conditions are met (server 102 on). */
export function activateWhen<T extends OrderDraft>(order: T, condition: Condition, options: ConditionOptions = {}): T {
  return conditioned(order, condition, options, false);
}

/** Cancels the working order once the conditions are met (server 102 on). */
export function cancelWhen<T extends OrderDraft>(order: T, condition: Condition, options: ConditionOptions = {}): T {
  return conditioned(order, condition, options, true);
}

function conditioned<T extends OrderDraft>(order: T, condition: Condition, options: ConditionOptions, cancels: boolean): T {
  refuseOthers(optionNames, options, 'options.');
  const { ignoreRth = false, includeOvernight = false } = options;
  const held: T = {
    ...order,
    conditions: conditionList(condition),
    conditionsIgnoreRth: ignoreRth,
    conditionsCancelOrder: cancels,
  };
  // Only where it is meant: servers below 226 have no place for it.
  return includeOvernight ? { ...held, conditionsIncludeOvernight: true } : held;
}
