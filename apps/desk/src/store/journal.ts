// The core's journal in the order log, the same on both databases: what it remembers when it is opened, and what each line adds.

import type { JournalEntry, JournalSink } from 'ibwire';
import type { Kysely } from 'kysely';
import { type LogValues, rowOf } from './journal-line.js';
import type { Tables } from './schema.js';

/** `insert` keeps a line, or hands it on; where it throws, the order does not leave. */
export async function openJournal(db: Kysely<Tables>, insert: (row: LogValues) => void): Promise<JournalSink> {
  /** Highest order id by client id. */
  const used = new Map<number, number>();
  let lastSeq = 0;
  const take = (entry: JournalEntry): void => {
    lastSeq = entry.seq;
    const { clientId, orderId } = entry;
    // An order that was refused before it left has used no id.
    if (clientId === undefined || orderId === undefined || (entry.event === 'attempt' && !entry.passed)) return;
    if (orderId > (used.get(clientId) ?? 0)) used.set(clientId, orderId);
  };
  const kept = await db
    .selectFrom('order_log')
    .select('detail')
    .where('journal_seq', 'is not', null)
    .orderBy('journal_seq')
    .execute();
  for (const { detail } of kept) if (detail !== null) take(JSON.parse(detail) as JournalEntry);
  return {
    get lastSeq() {
      return lastSeq;
    },
    highestOrderId: (clientId) => used.get(clientId) ?? 0,
    write(line) {
      const entry = JSON.parse(line) as JournalEntry;
      insert(rowOf(entry, line));
      take(entry);
    },
    close() {},
  };
}
