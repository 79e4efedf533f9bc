// Example: the order journal in SQLite, for Nodes that have node:sqlite (22.5 and later). Loaded only when asked for.
import type { JournalSink } from 'ibwire';

interface Statement {
  run(...values: readonly (string | number)[]): unknown;
  get(...values: readonly (string | number)[]): unknown;
}
interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/**
 * A sink with one row per line, written in its own transaction before the order leaves. Rejects when this runtime has no
 * node:sqlite.
 *
 * const journal = createJournal(await sqliteSink('orders.db'), Date.now)
 */
export async function sqliteSink(path: string): Promise<JournalSink> {
  const database = await open(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY, line TEXT NOT NULL)');
  const last: unknown = database.prepare('SELECT MAX(seq) AS seq FROM journal').get();
  const insert = database.prepare('INSERT INTO journal (seq, line) VALUES (?, ?)');
  const seqOf = (row: unknown): number => (typeof row === 'object' && row !== null && 'seq' in row ? Number(row.seq ?? 0) : 0);
  return {
    lastSeq: seqOf(last),
    write: (line) => void insert.run(seqOf(JSON.parse(line)), line),
    close: () => database.close(),
  };
}

async function open(path: string): Promise<Database> {
  const name = 'node:sqlite';
  let sqlite: { readonly DatabaseSync: new (path: string) => Database };
  try {
    sqlite = await import(name);
  } catch (cause) {
    throw new Error(`this runtime (${process.version}) has no ${name}: use Node 22.5 or later, or the file journal`, { cause });
  }
  return new sqlite.DatabaseSync(path);
}
