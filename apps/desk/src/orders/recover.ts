// After a start or a new connection: what became of every order that may live. The gateway is asked; nothing is sent.

import { type ExplainedId, type Ib, type JournalEntry, storiesOf, type Trade } from 'ibwire';
import type { Connected } from '../session/connection.js';
import { draftOfRef, REF_PREFIX } from '../store/journal-line.js';
import type { Store } from '../store/store.js';
import type { Drafts } from './drafts.js';
import type { Follower } from './follow.js';
import type { Draft } from './record.js';
import { type DraftState, MAY_LIVE } from './states.js';

export interface RecoverParts {
  readonly store: Store;
  readonly drafts: Drafts;
  readonly follower: Follower;
  /** The gateway of this process began with it: orders of an earlier run ended with theirs. */
  readonly isNewWorld: boolean;
  /** Another desk may have sent what stands here: that this one has no line of it proves nothing. */
  readonly isShared: boolean;
}

type Fate = { readonly to: DraftState; readonly status: string; readonly why: string };

export async function recover(connected: Connected, parts: RecoverParts): Promise<readonly Draft[]> {
  const { drafts, follower } = parts;
  const { ib, mode, accounts } = connected;
  const all = await drafts.list({ states: MAY_LIVE, limit: 10_000 });
  const own = all.filter((draft) => draft.mode === mode && accounts.includes(draft.account));
  if (own.length === 0) return [];
  if (mode === 'simulated' && parts.isNewWorld) {
    const why = 'the simulated gateway of an earlier run has ended, and its orders with it';
    for (const draft of own) await settle(parts, draft, { to: 'done', status: 'gone', why });
    return own;
  }
  await ib.orders.book.reconcile();
  await ib.orders.open({ which: 'all' });
  const left: Draft[] = [];
  for (const draft of own) {
    const trades = tradesFor(ib, draft);
    if (trades.length === 0) left.push(draft);
    else follower.follow(draft.id, trades);
  }
  if (left.length > 0) await explainRest(ib, left, parts);
  await follower.settled();
  return own;
}

function tradesFor(ib: Ib, { id, row }: Draft): readonly Trade[] {
  return ib.orders.book.trades.filter(
    (trade) =>
      draftOfRef(trade.orderRef) === id ||
      trade.fills.some(({ orderRef }) => draftOfRef(orderRef) === id) ||
      (row.perm_id !== null && trade.permIds.has(row.perm_id)),
  );
}

async function explainRest(ib: Ib, left: readonly Draft[], parts: RecoverParts): Promise<void> {
  const completed = await ib.orders.completed();
  const rows = await parts.store.db
    .selectFrom('order_log')
    .select(['draft_id', 'detail'])
    .where('journal_seq', 'is not', null)
    .where(
      'draft_id',
      'in',
      left.map(({ id }) => id),
    )
    .orderBy('journal_seq')
    .execute();
  const entries = new Map<string, JournalEntry[]>();
  for (const { draft_id, detail } of rows) {
    if (draft_id === null || detail === null) continue;
    entries.set(draft_id, [...(entries.get(draft_id) ?? []), JSON.parse(detail) as JournalEntry]);
  }
  const stories = [...storiesOf([...entries.values()].flat()).values()];
  const fates = new Map((await ib.orders.book.explain(stories)).map((one) => [one.orderId, one]));
  for (const draft of left) {
    const done = completed.find(({ order }) => order?.orderRef === `${REF_PREFIX}${draft.id}`);
    const status = done?.orderState?.completedStatus ?? done?.orderState?.status ?? '';
    if (done !== undefined) {
      await settle(parts, draft, { to: 'done', status: status === '' ? 'ended' : status, why: 'the gateway lists it as done' });
      continue;
    }
    const orderId = (entries.get(draft.id) ?? []).findLast((entry) => entry.orderId !== undefined)?.orderId;
    // Over the Web API orders have no number of ours: an attempt that passed may have left.
    const mayHaveLeft = (entries.get(draft.id) ?? []).some((entry) => entry.event === 'attempt' && entry.passed);
    const isNumbered = orderId !== undefined || !(mayHaveLeft || parts.isShared);
    await settle(parts, draft, isNumbered ? (orderId === undefined ? notSent : fateOf(fates.get(orderId))) : fateOf(undefined));
  }
}

const notSent: Fate = { to: 'refused', status: 'notSent', why: 'the process ended before the order left: nothing was sent' };

function fateOf(told: ExplainedId | undefined): Fate {
  const fate = told?.fate;
  switch (fate?.is) {
    case 'notSent':
      return notSent;
    case 'neverArrived':
      return { to: 'refused', status: 'neverArrived', why: 'the gateway has never seen it: nothing is there' };
    case 'known':
      return { to: 'done', status: fate.says.state, why: `the gateway says that it is ${fate.says.state}` };
    case 'ended':
      return { to: 'done', status: fate.status, why: 'its end was heard before, and the gateway no more lists it' };
    default:
      return { to: 'unknown', status: 'unknown', why: 'the gateway does not tell what became of it: a person has to look' };
  }
}

async function settle({ drafts }: RecoverParts, draft: Draft, { to, status, why }: Fate): Promise<void> {
  const outcome = { ...draft.outcome, status };
  if (to === draft.state) {
    await drafts.set(draft.id, { why, outcome: JSON.stringify(outcome) });
    return;
  }
  // A working order cannot be refused any more: it went, and is gone.
  const reached = to === 'refused' && draft.state === 'working' ? 'unknown' : to;
  await drafts.log(draft, reached, { who: 'recovery', outcome: status, detail: { why } });
  await drafts.move(draft, reached, { why, outcome: JSON.stringify(outcome) });
}
