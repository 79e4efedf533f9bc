// Holdings that could end below zero, with what of the order fits and which orders to cancel.

import { type Context, largestSize, ordersToCancel, propose } from '../context.js';
import { larger, writeDecimal } from '../decimal.js';
import type { Assessment } from '../engine/assessment.js';
import { heldOf, sameSide } from '../facts/ask.js';
import type { Contract } from '../facts/contract.js';
import { nameOf } from '../naming.js';
import type { Said } from './row.js';

/** One for each contract that could end short and that `isMeant`. */
export function shortfalls(context: Context, isMeant: (contract: Contract) => boolean): readonly Said[] {
  const { snapshot, asks } = context;
  const found: Said[] = [];
  for (const { key, short } of context.worst().shorts) {
    const ask = asks.find((one) => propose(one, snapshot).some((part) => part.keys.includes(key)));
    const moved = ask?.effects.flatMap((effect) => effect.changes.map((change) => snapshot.book.complete(change.contract))) ?? [];
    const contract = [...(ask?.contracts ?? []), ...moved].find((one) => snapshot.book.keyOf(one) === key);
    if (ask === undefined || contract === undefined || !isMeant(contract)) continue;
    const passes = (seen: Assessment): boolean => seen.tooMany === undefined && !seen.shorts.some((other) => other.key === key);
    const most = largestSize(context, passes);
    const sellers = (snapshot.book.slotsByKey.get(key) ?? []).filter((slot) =>
      slot.effect.changes.some((change, at) => slot.keys[at] === key && change.quantity < 0n),
    );
    const cancel = ordersToCancel(
      context,
      sellers.map((slot) => slot.id),
      passes,
    );
    const facts = {
      short: writeDecimal(short),
      symbol: nameOf(contract),
      held: writeDecimal(heldOf(key, snapshot)),
      offered: writeDecimal(sameSide(key, -1n, ask.id, ask.group, snapshot)),
      maxQuantity: most === undefined ? undefined : writeDecimal(larger(0n, most)),
      cancel: cancel?.join(', '),
    };
    found.push({ facts, ask });
  }
  return found;
}
