// What follows of whatever was taken in: the state, the end and when it is told, and the questions about executions that lack.
import type { TradeEvent } from './events.js';
import type { Said, Wish } from './order-event.js';
import { endOf, isBehind, isReported, type OrderRecord, totalOf } from './order-record.js';
import { stateOf } from './trade-state.js';

const LONGEST_WAIT = 300_000;

/** `before`: the record without what was taken in. */
export function conclude(before: OrderRecord, taken: OrderRecord, at: number): readonly [OrderRecord, readonly Said[]] {
  const said: Said[] = [];
  const emit = (event: TradeEvent): unknown => said.push({ is: 'emit', event });
  const wish = (wish: Wish): unknown => said.push({ is: 'wish', wish });
  let record = stated(taken);
  const { state } = record;
  if (state !== before.state) {
    emit({ is: 'state', state, before: before.state });
    const was = before.state.at;
    const isOver = state.at === 'cancelled' || state.at === 'rejected';
    if (!isOver && (was === 'filled' || was === 'cancelled' || was === 'rejected'))
      emit({ is: 'reopened', was, end: record.end });
  }
  const expected = expecting(record, at);
  if (expected !== undefined && expected.tries > (record.behind?.tries ?? 0)) {
    wish({ wish: 'ask', cause: isBehind(record) ? 'fillsMissing' : 'notice' });
    record = { ...record, isQuestioned: true };
  }
  if (expected !== record.behind) record = { ...record, behind: expected };
  record = ending(record, at);
  if (record.end !== undefined && taken.end === undefined) {
    emit({ is: 'end', end: record.end });
    if (record.end.at !== 'filled') wish({ wish: 'askChildren' });
  }
  for (const what of ['ending', 'behind'] as const) {
    const until = record[what]?.until;
    if (until !== before[what]?.until) wish({ wish: 'wait', what, until });
  }
  return [record, said];
}

/** The same state is the same object. */
function stated(record: OrderRecord): OrderRecord {
  const state = stateOf({
    // It is read where it decides: of what was not executed at all nothing is whole.
    total: record.fills.size === 0 ? undefined : totalOf(record),
    filled: record.fills.filled,
    isSent: record.sentAt !== undefined || !record.isPlaced,
    status: record.status,
    claimed: record.claimed,
    isRejected: record.death?.is === 'refused',
    isOver: record.death?.is === 'over',
    isCancelAsked: record.isCancelAsked,
    doubt: record.doubt ?? (record.death?.is === 'alleged' ? 'notice' : undefined),
  });
  const before = record.state;
  const isSame = state.at === before.at && (state.at !== 'unclear' || before.at !== 'unclear' || state.why === before.why);
  return isSame ? record : { ...record, state };
}

/** Executions that a status has counted are asked for after a while, and ever more slowly; so is what no list has decided. */
function expecting(record: OrderRecord, at: number): OrderRecord['behind'] {
  const isUndecided = record.doubt === 'notice' && (!record.isQuestioned || record.behind !== undefined);
  if (!isBehind(record) && !isUndecided) return undefined;
  if (record.behind !== undefined && at < record.behind.until) return record.behind;
  const tries = record.behind === undefined ? 0 : record.behind.tries + 1;
  return { tries, until: at + Math.min(record.patience.fills * 3 ** tries, LONGEST_WAIT) };
}

/** An end is told on proof, after a short wait for its reason and for the commissions that belong to it. */
function ending(record: OrderRecord, at: number): OrderRecord {
  const { state, patience } = record;
  if (record.end !== undefined || (state.at !== 'filled' && state.at !== 'cancelled' && state.at !== 'rejected'))
    return record.ending === undefined ? record : { ...record, ending: undefined };
  const since = record.ending?.since ?? at;
  const isExplained = record.death?.reason !== undefined || record.isCancelAsked;
  const forReason = state.at === 'cancelled' && !isExplained ? patience.reason : 0;
  const until = since + Math.max(forReason, isReported(record) ? 0 : patience.commissions);
  if (record.isQuestioned || at < until) return { ...record, ending: { since, until: at < until ? until : undefined } };
  return { ...record, end: endOf(record, state.at), ending: undefined };
}
