// Shares that a sale would bring below zero in an account that may borrow them.
import type { Context } from '../context.js';
import { larger } from '../decimal.js';
import { type Ask, heldOf, sameSide } from '../facts/ask.js';

/** Quantity of a contract that the parent of an order brings before it can fill; orders submitted together are siblings. */
function brought(ask: Ask, context: Context): bigint {
  if (ask.parentId === undefined) return 0n;
  const parts = [
    ...context.asks.filter((other) => other.id === ask.parentId).flatMap((other) => other.effects),
    ...(context.snapshot.book.slotsById.get(ask.parentId) ?? []).map((slot) => slot.effect),
  ];
  let sum = 0n;
  for (const effect of parts)
    for (const change of effect.changes) if (context.snapshot.book.keyOf(change.contract) === ask.key) sum += change.quantity;
  return sum;
}

/** A change that leaves no more to be sold than the order that works: whatever is short by it is short already. */
function sellsNoMore(ask: Ask, { snapshot: { book } }: Context): boolean {
  const working = (book.slotsById.get(ask.id) ?? []).flatMap(({ effect }) => effect.changes);
  return working.some(({ contract, quantity }) => book.keyOf(contract) === ask.key && -quantity >= (ask.size ?? 0n));
}

/** Shares that a sale would bring below zero, with what working and earlier submitted sales may already take. */
export function shortPart(ask: Ask, context: Context): { held: bigint; short: bigint } {
  const { snapshot } = context;
  if (ask.order.action !== 'SELL' || ask.contract.secType !== 'STK' || sellsNoMore(ask, context)) return { held: 0n, short: 0n };
  const before = context.asks.slice(0, context.asks.indexOf(ask));
  const siblings = before.filter(
    (other) => other.key === ask.key && other.order.action === 'SELL' && (ask.group === undefined || other.group !== ask.group),
  );
  const offered =
    sameSide(ask.key, -1n, ask.id, ask.group, snapshot) + siblings.reduce((sum, other) => sum + (other.size ?? 0n), 0n);
  const held = larger(0n, heldOf(ask.key, snapshot) + brought(ask, context)) - offered;
  return { held: larger(0n, held), short: larger(0n, (ask.size ?? 0n) - held) };
}
