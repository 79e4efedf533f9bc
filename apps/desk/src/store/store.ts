// The desk's memory: SQLite in a file, or PostgreSQL by URL, with one schema.

import type { JournalSink } from 'ibwire';
import type { Kysely } from 'kysely';
import type { Dialect } from './migrations.js';
import { openPostgres } from './postgres.js';
import type { Tables } from './schema.js';
import { openSqlite } from './sqlite.js';

export interface Store {
  readonly dialect: Dialect;
  readonly db: Kysely<Tables>;
  /** Where the core's journal goes: an attempt that cannot be kept is an order that does not leave. */
  readonly journal: JournalSink;
  /** Waits until everything handed to the journal is in the database. @throws what kept it from getting there. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** `postgres://…` and `postgresql://…` name a server, everything else a file; `:memory:` keeps nothing. */
export function openStore(where: string): Promise<Store> {
  return /^postgres(ql)?:\/\//.test(where) ? openPostgres(where) : openSqlite(where);
}
