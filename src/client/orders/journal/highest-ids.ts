// The highest order id that a journal says was used, by client id: ids outlive the process that drew them.
import type { JournalEntry } from './entry.js';

/** Takes entries in; an order that was refused before it left has used no id. */
export function highestIds(entries: Iterable<JournalEntry>, into: Map<number, number> = new Map()): ReadonlyMap<number, number> {
  for (const entry of entries) {
    const { clientId, orderId } = entry;
    if (clientId === undefined || orderId === undefined || (entry.event === 'attempt' && !entry.passed)) continue;
    if (orderId > (into.get(clientId) ?? 0)) into.set(clientId, orderId);
  }
  return into;
}
