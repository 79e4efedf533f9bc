// Drafts in the database: every step is kept before the next one is taken, and only steps of the table are taken.

import { iso, type Timer } from '../clock.js';
import type { Caller } from '../commands/command.js';
import { notFound, Problem, type ShownFinding } from '../problem.js';
import type { Ring } from '../ring.js';
import type { DraftRow, LogRow } from '../store/schema.js';
import type { Store } from '../store/store.js';
import { type Draft, draftOf, shownDraft } from './record.js';
import { type DraftState, NEXT, OPEN, UNCERTAIN } from './states.js';

export interface LogMore {
  readonly who: string;
  readonly findings?: readonly ShownFinding[];
  readonly outcome?: string;
  readonly detail?: unknown;
}

export type DraftChange = Partial<Omit<DraftRow, 'id' | 'state' | 'created' | 'updated'>>;

export interface Drafts {
  /** Undefined: a draft of this key is there already. */
  insert(row: DraftRow): Promise<Draft | undefined>;
  byKey(who: string, key: string): Promise<Draft | undefined>;
  /** @throws {Problem} 404; for a draft of an account that `who` may not see too. */
  get(id: string, who?: Caller): Promise<Draft>;
  /** The newest draft of this caller with these terms that was moved since then, or that is not decided yet. */
  byBody(who: string, hash: string, since: string): Promise<Draft | undefined>;
  list(filter: {
    readonly states?: readonly DraftState[] | undefined;
    readonly accounts?: ReadonlySet<string> | undefined;
    readonly limit: number;
  }): Promise<readonly Draft[]>;
  /**
   * To be called behind `log`: a process that ends between the two leaves no step that the log does not tell of.
   * @throws {Problem} 409 when somebody else moved it first.
   */
  move(draft: Draft, to: DraftState, changes: DraftChange): Promise<Draft>;
  /** Changes without a step; `tell` says them to those who listen. */
  set(id: string, changes: DraftChange): Promise<void>;
  tell(id: string): Promise<void>;
  /** @throws when it could not be kept: then nothing may leave. */
  log(draft: Draft | Pick<LogRow, 'account'>, what: string, more: LogMore): Promise<void>;
}

export function createDrafts(store: Store, timer: Timer, ring: Ring): Drafts {
  const { db } = store;
  const one = (row: DraftRow | undefined): Draft | undefined => (row === undefined ? undefined : draftOf(row));
  const get = async (id: string, who?: Caller): Promise<Draft> => {
    const found = one(await db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst());
    if (found === undefined || who?.accounts?.has(found.account) === false) throw notFound('draft of this id');
    return found;
  };
  return {
    get,
    async insert(row) {
      const made = await db
        .insertInto('drafts')
        .values(row)
        .onConflict((on) => on.columns(['who', 'idempotency_key']).doNothing())
        .returningAll()
        .executeTakeFirst();
      const draft = one(made);
      if (draft !== undefined) ring.push('orders', { is: 'draft', draft: shownDraft(draft) });
      return draft;
    },
    byKey: async (who, key) =>
      one(await db.selectFrom('drafts').selectAll().where('who', '=', who).where('idempotency_key', '=', key).executeTakeFirst()),
    byBody: async (who, hash, since) =>
      one(
        await db
          .selectFrom('drafts')
          .selectAll()
          .where('who', '=', who)
          .where('body_hash', '=', hash)
          .where((of) => of.or([of('updated', '>=', since), of('state', 'in', [...OPEN, ...UNCERTAIN])]))
          .orderBy('created', 'desc')
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirst(),
      ),
    async list({ states, accounts, limit }) {
      let query = db.selectFrom('drafts').selectAll().orderBy('created', 'desc').orderBy('id', 'desc').limit(limit);
      if (states !== undefined) query = query.where('state', 'in', [...states]);
      if (accounts !== undefined) query = query.where('account', 'in', [...accounts]);
      return (await query.execute()).map(draftOf);
    },
    async move(draft, to, changes) {
      if (!NEXT[draft.state].includes(to)) throw new TypeError(`no step leads from ${draft.state} to ${to}`);
      const row = await db
        .updateTable('drafts')
        .set({ ...changes, state: to, updated: iso(timer) })
        .where('id', '=', draft.id)
        .where('state', '=', draft.state)
        .returningAll()
        .executeTakeFirst();
      const moved = one(row);
      if (moved === undefined)
        throw new Problem(409, 'moved', 'Somebody was faster', `the draft is no longer ${draft.state}`, {
          remedy: 'Look at it again with orders.get.',
        });
      ring.push('orders', { is: 'draft', draft: shownDraft(moved) });
      return moved;
    },
    async set(id, changes) {
      await db
        .updateTable('drafts')
        .set({ ...changes, updated: iso(timer) })
        .where('id', '=', id)
        .execute();
    },
    async tell(id) {
      ring.push('orders', { is: 'draft', draft: shownDraft(await get(id)) });
    },
    async log(draft, what, { who, findings, outcome, detail }) {
      const contract = 'contract' in draft ? draft.contract : undefined;
      await db
        .insertInto('order_log')
        .values({
          time: iso(timer),
          account: draft.account,
          con_id: contract?.conId ?? null,
          symbol: contract?.symbol ?? null,
          sec_type: contract?.secType ?? null,
          exchange: contract?.exchange ?? null,
          currency: contract?.currency ?? null,
          draft_id: 'id' in draft ? draft.id : null,
          who,
          what,
          findings: findings === undefined ? null : JSON.stringify(findings),
          outcome: outcome ?? null,
          detail: detail === undefined ? null : JSON.stringify(detail),
          journal_seq: null,
        })
        .execute();
    },
  };
}
