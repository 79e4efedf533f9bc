// SQLite: one connection, write-ahead log, every commit on the disk before the next step.

import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { InUseError } from './in-use.js';
import { openJournal } from './journal.js';
import { migrate } from './migrations.js';
import type { Tables } from './schema.js';
import type { Store } from './store.js';

/** Held by a file of its own, so that others may look into the database; it ends with the process. @throws {InUseError} */
function locked(path: string): Database.Database {
  const lock = new Database(`${path}.lock`);
  chmodSync(`${path}.lock`, 0o600);
  try {
    lock.exec('pragma busy_timeout = 2000');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { readonly code?: string }).code?.startsWith('SQLITE_BUSY') === true) throw new InUseError(path);
    throw error;
  }
  return lock;
}

export async function openSqlite(path: string): Promise<Store> {
  const isFile = path !== ':memory:';
  if (isFile) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = isFile ? locked(path) : undefined;
  const database = new Database(path);
  if (isFile) chmodSync(path, 0o600);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma foreign_keys = on');
  database.exec('pragma busy_timeout = 5000');
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  try {
    await migrate(db, 'sqlite');
  } catch (error) {
    await db.destroy();
    lock?.close();
    throw error;
  }
  return {
    dialect: 'sqlite',
    db,
    journal: await openJournal(db, (row) => {
      const { sql, parameters } = db.insertInto('order_log').values(row).compile();
      database.prepare(sql).run(...parameters);
    }),
    flush: () => Promise.resolve(),
    async close() {
      await db.destroy();
      lock?.close();
    },
  };
}
