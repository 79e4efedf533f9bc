// PostgreSQL: the same tables. The journal is written behind the order, in its order; the draft's own line stands before it.

import { setTimeout } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { InUseError } from './in-use.js';
import { openJournal } from './journal.js';
import type { LogValues } from './journal-line.js';
import { migrate } from './migrations.js';
import type { Tables } from './schema.js';
import type { Store } from './store.js';

/** Any number, the same in every desk. */
const LOCK = 78_807_880;
/** A desk that was killed a moment ago: the server needs some time to see it. */
const LOCK_ATTEMPTS = 30;
/** So many lines may wait; with more the database is too slow to trade on. */
const MOST_WAITING = 1_000;

/** Held by one connection; the server frees it when that ends. @throws {InUseError} */
async function locked(pool: pg.Pool): Promise<() => void> {
  const client = await pool.connect();
  client.on('error', () => {});
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [LOCK]);
    if (rows[0]?.locked === true) return () => client.release(true);
    await setTimeout(100);
  }
  client.release();
  throw new InUseError('this database of PostgreSQL');
}

export async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString: url, max: 5 });
  // A connection that breaks while it rests: the next query opens another, or says why it cannot.
  pool.on('error', () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let unlock = (): void => {};
  try {
    unlock = await locked(pool);
    await migrate(db, 'postgres');
  } catch (error) {
    unlock();
    await db.destroy();
    throw error;
  }
  let waiting = 0;
  let failure: unknown;
  let tail: Promise<void> = Promise.resolve();
  const write = async (row: LogValues): Promise<void> => {
    try {
      if (failure === undefined) await db.insertInto('order_log').values(row).execute();
    } catch (error) {
      failure = error;
    } finally {
      waiting--;
    }
  };
  return {
    dialect: 'postgres',
    db,
    journal: await openJournal(db, (row) => {
      if (failure !== undefined) throw new Error('the order log could not be written', { cause: failure });
      if (waiting >= MOST_WAITING) throw new Error(`${waiting} lines of the order log wait for the database`);
      waiting++;
      tail = tail.then(() => write(row));
    }),
    async flush() {
      await tail;
      if (failure !== undefined) throw failure;
    },
    async close() {
      await tail;
      unlock();
      await db.destroy();
    },
  };
}
