// Drafts that stand in the bus's log too: another desk that takes over knows them, their keys and what may have left.

import type { Drafts } from '../orders/drafts.js';
import type { Draft } from '../orders/record.js';
import type { DraftRow } from '../store/schema.js';
import type { Store } from '../store/store.js';

/** A line of the bus's log that tells of a draft. */
export interface DraftLine {
  readonly what: 'draft' | 'moved' | 'leaving';
  readonly draft: DraftRow;
  /** Of `leaving`: what leaves, and who sends it. */
  readonly act?: string;
  readonly who?: string;
}

export interface Keeping {
  /** Resolves when the line is kept. @throws when it is not: then nothing may leave. */
  keep(account: string, line: DraftLine, isLeaving?: boolean): Promise<void>;
  trouble(error: unknown): void;
}

/** Acts behind whose line in the log bytes leave. A cancel leaves whatever the log says. */
const LEAVING: ReadonlySet<string> = new Set(['send', 'modify']);

/** The same drafts: each step is handed to the log as well, and what leaves waits for the log's word. */
export function keptDrafts(drafts: Drafts, { keep, trouble }: Keeping): Drafts {
  const told = (what: 'draft' | 'moved', { account, row }: Draft): void => {
    keep(account, { what, draft: row }).catch(trouble);
  };
  return {
    ...drafts,
    async insert(row) {
      const draft = await drafts.insert(row);
      if (draft !== undefined) told('draft', draft);
      return draft;
    },
    async move(draft, to, changes) {
      const moved = await drafts.move(draft, to, changes);
      told('moved', moved);
      return moved;
    },
    async set(id, changes) {
      await drafts.set(id, changes);
      told('moved', await drafts.get(id));
    },
    async log(draft, what, more) {
      await drafts.log(draft, what, more);
      if (LEAVING.has(what) && 'row' in draft)
        await keep(draft.account, { what: 'leaving', draft: draft.row, act: what, who: more.who }, true);
    },
  };
}

const isDraftLine = (line: unknown): line is DraftLine =>
  typeof line === 'object' && line !== null && 'draft' in line && typeof (line as DraftLine).draft?.id === 'string';

/** Takes drafts of other desks as their newest lines tell them: all of them or none. */
export async function takeDrafts({ db }: Store, lines: AsyncIterable<{ readonly line: unknown }>): Promise<void> {
  const newest = new Map<string, DraftRow>();
  for await (const { line } of lines) if (isDraftLine(line)) newest.set(line.draft.id, line.draft);
  if (newest.size === 0) return;
  await db.transaction().execute(async (all) => {
    for (const row of newest.values()) await takeDraft(all, row);
  });
}

async function takeDraft(db: Store['db'], row: DraftRow): Promise<void> {
  const { id, ...rest } = row;
  const { who, idempotency_key: key } = row;
  // What this desk made of the same key never stood in the log, so it has not left: the key is the other's.
  if (key !== null)
    await db
      .updateTable('drafts')
      .set({ idempotency_key: null, state: 'refused', why: 'another desk has taken its key' })
      .where('who', '=', who)
      .where('idempotency_key', '=', key)
      .where('id', '!=', id)
      .execute();
  await db
    .insertInto('drafts')
    .values(row)
    .onConflict((on) => on.column('id').doUpdateSet(rest))
    .execute();
}
