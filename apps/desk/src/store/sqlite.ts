// SQLite: one connection, write-ahead log, every commit on the disk before the next step.

import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { InUseError } from './in-use.js';
import { idsUsed, rowOfLine, take } from './journal-line.js';
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
  const lines = database.prepare('select detail from order_log where journal_seq is not null order by journal_seq').all() as {
    readonly detail: string;
  }[];
  const used = idsUsed(lines.map(({ detail }) => detail));
  const { last } = database.prepare('select coalesce(max(journal_seq), 0) as last from order_log').get() as { last: number };
  const insert = database.prepare(
    `insert into order_log (time, account, con_id, symbol, sec_type, exchange, currency, draft_id, who, what, findings, outcome,
      detail, journal_seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  let lastSeq = last;
  return {
    dialect: 'sqlite',
    db,
    journal: {
      get lastSeq() {
        return lastSeq;
      },
      highestOrderId: (clientId) => used.get(clientId) ?? 0,
      write(line) {
        const row = rowOfLine(line);
        insert.run(
          ...[row.time, row.account, row.con_id, row.symbol, row.sec_type, row.exchange, row.currency, row.draft_id, row.who],
          ...[row.what, row.findings, row.outcome, row.detail, row.journal_seq],
        );
        take(used, line);
        lastSeq = row.journal_seq ?? lastSeq;
      },
      close() {},
    },
    flush: () => Promise.resolve(),
    async close() {
      await db.destroy();
      lock?.close();
    },
  };
}
