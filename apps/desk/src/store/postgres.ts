// PostgreSQL: the same tables. The journal is written behind the order, in its order; the draft's own line stands before it.

import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { idsUsed, rowOfLine, take } from './journal-line.js';
import { migrate } from './migrations.js';
import type { Tables } from './schema.js';
import type { Store } from './store.js';

/** So many lines may wait; with more the database is too slow to trade on. */
const MOST_WAITING = 1_000;

export async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // A connection that breaks while it rests: the next query opens another, or says why it cannot.
  pool.on('error', () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db, 'postgres');
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const lines = await db
    .selectFrom('order_log')
    .select(['detail', 'journal_seq'])
    .where('journal_seq', 'is not', null)
    .orderBy('journal_seq')
    .execute();
  const used = idsUsed(lines.flatMap(({ detail }) => detail ?? []));
  let lastSeq = lines.at(-1)?.journal_seq ?? 0;
  let waiting = 0;
  let failure: unknown;
  let tail: Promise<void> = Promise.resolve();
  return {
    dialect: 'postgres',
    db,
    journal: {
      get lastSeq() {
        return lastSeq;
      },
      highestOrderId: (clientId) => used.get(clientId) ?? 0,
      write(line) {
        if (failure !== undefined) throw new Error('the order log could not be written', { cause: failure });
        if (waiting >= MOST_WAITING) throw new Error(`${waiting} lines of the order log wait for the database`);
        const row = rowOfLine(line);
        take(used, line);
        lastSeq = row.journal_seq ?? lastSeq;
        waiting++;
        tail = tail.then(async () => {
          try {
            if (failure === undefined) await db.insertInto('order_log').values(row).execute();
          } catch (error) {
            failure = error;
          } finally {
            waiting--;
          }
        });
      },
      close() {},
    },
    async flush() {
      await tail;
      if (failure !== undefined) throw failure;
    },
    async close() {
      await tail;
      await db.destroy();
    },
  };
}
