// An order under judgement, with its contract, size, effects and whether it opens or closes.
import { absolute, divideUp, larger, ONE, readDecimal, readPositive, smaller } from '../decimal.js';
import type { OrderFacts } from '../types.js';
import type { Effect } from './change.js';
import { type Contract, type Leg, readContract } from './contract.js';
import { effectsOf, sizeOf } from './effect.js';
import type { Snapshot } from './snapshot.js';
import { blockingGroup, filledOf, idOf } from './working-terms.js';

export interface Ask {
  readonly order: OrderFacts;
  /** The order's id, or a name by its place. */
  readonly id: string;
  readonly contract: Contract;
  /** The contract, or the legs of a combination. */
  readonly contracts: readonly Contract[];
  readonly key: string;
  /** What can fill, scaled: the total, less what a modified order has filled. Undefined: malformed. */
  readonly size: bigint | undefined;
  readonly effects: readonly Effect[];
  readonly group: string | undefined;
  readonly parentId: string | undefined;
  /** Position, other orders and parent considered, the order does not merely close. */
  readonly opens: boolean;
  /** The part of a single-contract order that opens, scaled. */
  readonly openSize: bigint;
}

/** Signed quantity that the parent of an order still brings in a contract. */
function fromParent(parentId: string | undefined, key: string, snapshot: Snapshot, others: readonly Ask[]): bigint {
  if (parentId === undefined) return 0n;
  let sum = 0n;
  for (const other of others) {
    if (other.id !== parentId) continue;
    for (const effect of other.effects) {
      for (const change of effect.changes) if (snapshot.book.keyOf(change.contract) === key) sum += change.quantity;
    }
    return sum;
  }
  for (const slot of snapshot.book.slotsById.get(parentId) ?? []) {
    slot.effect.changes.forEach((change, at) => {
      if (slot.keys[at] === key) sum += change.quantity;
    });
  }
  return sum;
}

/** Quantity that other working orders may take in the same direction, members of the same blocking group excepted. */
export function sameSide(key: string, sign: bigint, id: string, group: string | undefined, snapshot: Snapshot): bigint {
  let sum = 0n;
  for (const slot of snapshot.book.slotsByKey.get(key) ?? []) {
    if (slot.id === id || (group !== undefined && slot.group === group)) continue;
    slot.effect.changes.forEach((change, at) => {
      if (slot.keys[at] === key && change.quantity > 0n === sign > 0n) sum += absolute(change.quantity);
    });
  }
  return sum;
}

export function heldOf(key: string, snapshot: Snapshot): bigint {
  return snapshot.book.holdings.get(key)?.quantity ?? 0n;
}

/** A future of unknown margin takes it from the account's own what-if answer, which is in base currency and already the full figure. */
function withAnswer(contract: Contract, order: OrderFacts, snapshot: Snapshot): Contract {
  if (contract.secType !== 'FUT' || contract.margin !== undefined || contract.currency !== snapshot.base) return contract;
  const change = readDecimal(order.answer?.initMarginChange);
  const size = readPositive(order.totalQuantity);
  if (change === undefined || change <= 0n || size === undefined) return contract;
  return { ...contract, margin: divideUp(change * ONE, size), ownMargin: true };
}

/** Reads an order of any shape. `others` are orders submitted with it that were read before. */
export function readAsk(given: unknown, place: number, snapshot: Snapshot, others: readonly Ask[]): Ask {
  const order = (typeof given === 'object' && given !== null ? given : {}) as OrderFacts; // every field is read with care
  const { book, policy } = snapshot;
  const id = idOf(order.orderId) ?? `new order ${place + 1}`;
  const stated = readContract(order.contract);
  const known = book.complete(stated);
  const key = book.keyOf(known);
  const contract = withAnswer(known, order, snapshot);
  const old = book.slotsById.get(id)?.[0]?.order;
  const total = sizeOf(order, policy, undefined);
  const filled = old === undefined ? 0n : filledOf(old);
  const size = total === undefined ? undefined : filled > total ? undefined : total - filled;
  const side = order.action === 'BUY' || order.action === 'SELL';
  const effects = size !== undefined && side && contract.isKnown ? effectsOf(order, policy, contract, size, snapshot.base) : [];
  const group = effects.length > 1 ? undefined : blockingGroup(order, policy);
  const parentId = idOf(order.parentId);

  let opens = contract.secType === 'CASH' || effects.length === 0;
  let openSize = 0n;
  for (const effect of effects) {
    for (const change of effect.changes) {
      if (change.quantity === 0n && size !== 0n && readPositive(order.cashQty) === undefined) continue;
      const legKey = book.keyOf(change.contract);
      const held = heldOf(legKey, snapshot) + fromParent(parentId, legKey, snapshot, others);
      const opposite = held > 0n !== change.quantity > 0n ? absolute(held) : 0n;
      const wanted = absolute(change.quantity);
      const excess = wanted + sameSide(legKey, change.quantity, id, group, snapshot) - opposite;
      if (excess > 0n || (wanted === 0n && order.action === 'BUY')) opens = true;
      openSize = larger(openSize, smaller(wanted, larger(0n, excess)));
    }
  }
  const contracts = contract.secType === 'BAG' ? contract.legs.map((leg: Leg) => book.complete(leg.contract)) : [contract];
  return { order, id, contract, contracts, key, size, effects, group, parentId, opens, openSize };
}

/** The step between sizes of an order, scaled. */
export function lotOf(ask: Ask): bigint {
  const increment = readPositive(ask.contract.facts.sizeIncrement);
  if (increment !== undefined) return increment;
  return ask.contract.secType === 'FUND' || ask.contract.secType === 'CRYPTO' ? ONE / 10n ** 8n : ONE;
}
