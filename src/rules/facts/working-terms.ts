// The terms of a working order as they count: what of it is left, whom it waits for, and the dearest of all that may be in force.
import { absolute, larger, readDecimal, readPositive, smaller } from '../decimal.js';
import type { Policy } from '../policy-types.js';
import type { OrderFacts, WorkingOrder } from '../types.js';
import type { Effect } from './change.js';
import type { Contract } from './contract.js';
import { effectsOf, sizeOf } from './effect.js';

export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' && value !== 0 ? String(value) : undefined;

export const parentOf = ({ parentId }: OrderFacts): string | undefined => idOf(parentId);

/** The group an order belongs to, if it blocks overfill. */
export function blockingGroup(order: OrderFacts, policy: Policy): string | undefined {
  if (policy.ocaNeverBlocks || (order.ocaType !== 1 && order.ocaType !== 2)) return undefined;
  return typeof order.ocaGroup === 'string' && order.ocaGroup !== '' ? order.ocaGroup : undefined;
}

export function remainingOf(order: WorkingOrder, policy: Policy): bigint | undefined {
  if (order.remaining === undefined) return sizeOf(order, policy, undefined);
  const remaining = readDecimal(order.remaining);
  return remaining === undefined || remaining < 0n ? undefined : remaining;
}

/** What of an order has filled: total less remaining, 0 when the total is not known. */
export function filledOf(order: WorkingOrder): bigint {
  const total = readPositive(order.totalQuantity);
  const remaining = readDecimal(order.remaining);
  return total === undefined || remaining === undefined ? 0n : larger(0n, total - remaining);
}

/** The dearest of all terms that may be in force, place by place. Undefined: one of them cannot be read. */
export function alternativesOf(
  order: WorkingOrder,
  policy: Policy,
  contract: Contract,
  base: string,
  effects: readonly Effect[],
): readonly Effect[] | undefined {
  const given: unknown = order.alternatives;
  if (given === undefined) return effects;
  if (!Array.isArray(given)) return undefined;
  let worst = effects;
  for (const one of given as readonly Partial<OrderFacts>[]) {
    const terms: OrderFacts = { ...order, ...one };
    const total = sizeOf(terms, policy, undefined);
    if (total === undefined || terms.action !== order.action) return undefined;
    const other = effectsOf(terms, policy, contract, larger(0n, total - filledOf(order)), base);
    if (other.length !== worst.length) return undefined;
    worst = worst.map((effect, at) => dearer(effect, other[at] ?? effect));
  }
  return worst;
}

/** A link that all terms have which may be in force; one of some of them holds nothing back. */
export function certain(order: WorkingOrder, read: (terms: OrderFacts) => string | undefined): string | undefined {
  const link = read(order);
  return (order.alternatives ?? []).every((one) => read({ ...order, ...one }) === link) ? link : undefined;
}

const most = (a: bigint, b: bigint): bigint => (absolute(b) > absolute(a) ? b : a);

function dearer(a: Effect, b: Effect): Effect {
  return {
    changes: a.changes.map((change, at) => ({ ...change, quantity: most(change.quantity, b.changes[at]?.quantity ?? 0n) })),
    currency: a.currency,
    pays: larger(a.pays, b.pays),
    isBounded: a.isBounded && b.isBounded,
    premium: smaller(a.premium, b.premium),
  };
}
