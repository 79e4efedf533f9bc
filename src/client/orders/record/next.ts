// The reducer: a record and what happened to it make the next record, what users are told, and what is wished for. Pure.
import { tradedFields } from '../../../rules/fields.js';
import { isToldAgain, mergedContract } from '../builders/reported-draft.js';
import { conclude } from './conclude.js';
import type { OrderNotice, TradeEvent } from './events.js';
import type { OrderEvent, ReconcileCause, Said, SaidStatus } from './order-event.js';
import { accountOf, convicted, type OrderRecord, parentOf, reasonOf, totalOf } from './order-record.js';
import { took, undenied } from './took-status.js';
import { type EndReason, endReason, isEnd } from './trade-state.js';
import type { ReportedOrder } from './trade-types.js';

/** A record that has taken something in. `said` is told before a change of state that follows, `after` behind it. */
interface Taken {
  readonly record: OrderRecord;
  readonly said?: readonly Said[];
  readonly after?: readonly Said[];
}

export function next(record: OrderRecord, event: OrderEvent): readonly [record: OrderRecord, said: readonly Said[]] {
  const { record: taken, said = [], after = [] } = take(record, event);
  const [concluded, follows] = conclude(record, taken, event.at);
  return [concluded, [...said, ...follows, ...after]];
}

function take(record: OrderRecord, event: OrderEvent): Taken {
  switch (event.is) {
    case 'numbered':
      return { record: { ...record, clientId: event.clientId, orderId: event.orderId, draft: event.draft } };
    case 'bound':
      return { record: { ...record, clientId: event.clientId, orderId: event.orderId } };
    case 'sent':
      return { record: { ...record, sentAt: record.sentAt ?? event.at } };
    case 'changing':
      return { record: { ...record, asked: 'modify', draft: event.draft } };
    case 'changed':
      return { record: { ...unasked(record, 'modify'), draft: event.draft ?? record.draft } };
    case 'cancelling':
      return { record: { ...record, asked: 'cancel', isCancelAsked: true } };
    case 'notCancelling':
      return { record: { ...record, asked: 'place', isCancelAsked: false } };
    case 'over':
      return { record: over(record, event.reason) };
    case 'withdrawn':
      if (record.sentAt !== undefined || !record.isPlaced) return { record };
      return { record: over({ ...record, isCancelAsked: true }, endReason('user', 'cancelled before it left')) };
    case 'refused':
      return { record: refused(record, event.reason) };
    case 'permId':
      return permId(record, event.permId);
    case 'report':
      return report(record, event);
    case 'status':
      return status(record, event.line);
    case 'execution':
      return execution(record, event);
    case 'commission': {
      const [fills, fill] = record.fills.report(event.report);
      return { record: { ...record, fills }, ...(fill !== undefined && { said: [emit({ is: 'commission', fill })] }) };
    }
    case 'notice':
      return notice(record, event.notice, event.reason);
    case 'completed':
      return completed(record, event.line, event.text);
    case 'listed':
      return listed(record, event.status, event.at);
    case 'unlisted':
      return { record: isEnd(record.state) ? undenied(record) : convicted(record) };
    case 'doubted':
      return { record: { ...record, doubt: event.why } };
    case 'question':
      return asking(record, event.cause);
    case 'answered':
      return { record: convicted({ ...record, isQuestioned: false }) };
    case 'due':
      return { record };
    case 'alarm':
      return { record, said: [emit({ is: 'alarm', alarm: event.alarm })] };
    default:
      return unreachable(event);
  }
}

/** Two are an alarm already; more than these tell nothing new. */
const MOST_PERM_IDS = 8;

function permId(record: OrderRecord, permId: string): Taken {
  if (record.permIds.includes(permId) || record.permIds.length >= MOST_PERM_IDS) return { record };
  const permIds = [...record.permIds, permId];
  const said = permIds.length > 1 ? [emit({ is: 'alarm', alarm: { what: 'secondPermId', permIds } })] : [];
  return { record: { ...record, permIds }, said };
}

function report(before: OrderRecord, told: Extract<OrderEvent, { is: 'report' }>): Taken {
  const { reported } = before;
  const isKnown = reported !== undefined && isToldAgain(before.contract, told.contract);
  const contract = isKnown ? before.contract : mergedContract(before.isPlaced ? before.contract : undefined, told.contract);
  const isChanged = reported === undefined ? !before.isPlaced : !isSameOrder(reported, told.order);
  return {
    record: {
      ...before,
      reported: told.order,
      orderState: told.orderState,
      contract,
      account: accountOf({ ...before, reported: told.order }, told.order?.account),
      fills: before.fills.for(contract?.secType),
    },
    after: [emit({ is: 'report', isChanged })],
  };
}

/** Whether two tellings of an order say the same of all that can change what it trades. */
function isSameOrder(a: ReportedOrder, b: ReportedOrder | undefined): boolean {
  return tradedFields.every((name) => a[name] === b?.[name] || JSON.stringify(a[name]) === JSON.stringify(b?.[name]));
}

function status(before: OrderRecord, line: SaidStatus): Taken {
  const { record, isNew } = took(before, line, false);
  const said = isNew ? [emit({ is: 'status', line: { ...line, times: 1 } })] : [];
  if (record.doubt !== 'contradiction') return { record, said };
  const asked = asking(record, 'contradiction');
  return { record: asked.record, said, after: asked.said ?? [] };
}

function execution(before: OrderRecord, { fill, isAnswer, at }: Extract<OrderEvent, { is: 'execution' }>): Taken {
  const known = { ...before, account: accountOf(before, fill.account), heardAt: before.heardAt ?? at };
  // Only an execution of the whole tells that those of legs are no quantity of the order.
  const isWhole = fill.contract?.secType === 'BAG' && before.contract?.secType !== 'BAG';
  const contract = isWhole ? fill.contract : before.contract;
  const [fills, change] = before.fills.for(contract?.secType).add(fill);
  if (change.is === 'known') return { record: known };
  const record = { ...known, contract, fills, claimed: change.is === 'corrected' ? undefined : known.claimed };
  const said: TradeEvent[] = [
    change.is === 'new' ? { is: 'fill', fill, isAnswer } : { is: 'correction', fill: change.fill, before: change.before },
  ];
  const total = totalOf(record);
  if (total?.lt(fills.filled) === true)
    said.push({ is: 'alarm', alarm: { what: 'overfilled', filled: fills.filled.toFixed(), total: total.toFixed() } });
  return { record, said: said.map(emit) };
}

function completed(before: OrderRecord, line: SaidStatus, text: string): Taken {
  const { record, isNew } = took(before, line, false);
  const said = isNew ? [emit({ is: 'status', line: { ...line, times: 1 } })] : [];
  const isOver = line.status === 'Cancelled' || line.status === 'ApiCancelled';
  if (!isOver && line.status !== 'Inactive') return { record, said };
  if (/^Rejected/i.test(text)) return { record: refused(record, endReason('gateway', text)), said };
  if (!isOver && text === '') return { record, said };
  const by = /by Trader/i.test(text) ? 'user' : /by System/i.test(text) ? 'gateway' : 'unknown';
  return { record: over(record, endReason(by, text)), said };
}

function listed(before: OrderRecord, status: string, at: number): Taken {
  // A list may be older than the end: only where the end was told before its line, which denied it, does the order live.
  if (before.doubt !== 'contradiction') {
    if (isEnd(before.state)) return { record: before };
    return { record: { ...before, doubt: undefined, death: before.death?.is === 'alleged' ? undefined : before.death } };
  }
  const line = { status, at, from: 'openOrder', filled: undefined, remaining: undefined, whyHeld: undefined } as const;
  const { record, isNew } = took(before, line, true);
  return {
    record: { ...record, doubt: undefined },
    said: isNew ? [emit({ is: 'status', line: { ...line, times: 1 } })] : [],
  };
}

/** The parent is not known yet: a child that came too soon (limits §9). */
const PARENT_MISSING = 10006;
const MOST_NOTICES = 1000;

function notice(before: OrderRecord, told: OrderNotice, reason: EndReason): Taken {
  const { notices, contract, draft, isPlaced, isRetried } = before;
  const record = notices.size < MOST_NOTICES ? { ...before, notices: notices.and(told) } : before;
  const after = [emit({ is: 'notice', notice: told })];
  const isTooSoon = told.code === PARENT_MISSING && parentOf(before) !== undefined && !isRetried;
  if (isTooSoon && isPlaced && contract !== undefined && draft !== undefined)
    return { record: { ...record, isRetried: true }, said: [{ is: 'wish', wish: { wish: 'retry' } }], after };
  return { ...applied(record, told, reason), after };
}

/** What a notice does to an order: one verdict, by code, state and what was asked. */
function applied(record: OrderRecord, { verdict }: OrderNotice, reason: EndReason): Taken {
  switch (verdict.means) {
    case 'orderRejected':
      // It may have been a change that was refused: the lists decide.
      return verdict.reconcile ? alleged(record, reason) : { record: refused(record, reason) };
    case 'orderCancelled': {
      const by = verdict.by === 'system' ? 'gateway' : verdict.by;
      return { record: over(record, { ...reason, text: verdict.reason ?? '', by }) };
    }
    case 'modifyRefused': {
      const lives: OrderRecord = { ...record, asked: 'place' };
      return verdict.reconcile ? asking(lives, 'notice') : { record: lives };
    }
    case 'cancelRefused':
      // 161 comes behind the 202 of an order that was discarded before it was transmitted.
      if (record.state.at === 'cancelled' && verdict.state === undefined) return { record };
      return asking({ ...record, asked: 'place', isCancelAsked: false }, 'cancel');
    case 'orderUnclear':
      // A refusal can look like a cancel at first, with its error behind it.
      if (record.state.at === 'cancelled' && record.end === undefined && reasonOf(record) === undefined)
        return alleged(record, reason);
      return asking({ ...record, doubt: 'notice' }, 'notice');
    case 'orderNotice':
      return verdict.reconcile ? asking(record, 'notice') : { record };
    default:
      return { record };
  }
}

function asking(record: OrderRecord, cause: ReconcileCause): Taken {
  return { record: { ...record, isQuestioned: true }, said: [{ is: 'wish', wish: { wish: 'ask', cause } }] };
}

function unasked(record: OrderRecord, what: OrderRecord['asked']): OrderRecord {
  return record.asked === what ? { ...record, asked: 'place' } : record;
}

function refused(record: OrderRecord, reason: EndReason): OrderRecord {
  return { ...undenied(record), death: { is: 'refused', reason } };
}

function alleged(record: OrderRecord, reason: EndReason): Taken {
  return asking({ ...record, death: { is: 'alleged', reason } }, 'notice');
}

function over(record: OrderRecord, reason: EndReason): OrderRecord {
  const known = undenied(record);
  const { death } = known;
  return death?.is === 'refused' || death?.is === 'alleged' ? convicted(known) : { ...known, death: { is: 'over', reason } };
}

const emit = (event: TradeEvent): Said => ({ is: 'emit', event });

function unreachable(event: never): never {
  throw new TypeError(`no such event: ${JSON.stringify(event)}`);
}
