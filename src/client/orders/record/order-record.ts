// One order as plain data that never changes, and what follows from it. `next` makes the next one.
import type Big from 'big.js';
import type { OrderNotice } from './events.js';
import { FillBook } from './fill-book.js';
import { decimal } from './fills.js';
import { Rows } from './rows.js';
import type { StatusClass, StatusLine } from './status.js';
import { type Doubt, type EndReason, endReason, isEnd, type TradeEnd, type TradeState } from './trade-state.js';
import type { Asked, ReportedOrder, ReportedState, TradeIdentity } from './trade-types.js';

/** How long an ended order waits for what belongs to its end. Milliseconds. */
export interface Patience {
  /** For the error that explains a cancelled status; default 500. */
  readonly reason: number;
  /** For commission reports after the last execution; default 3,000. */
  readonly commissions: number;
  /** For executions after a status that counts more of them; default 1,000, then ever longer up to 5 minutes. */
  readonly fills: number;
  /** For the first word about a new order, before the gateway is asked for its lists; default 5,000, then ever longer. */
  readonly silence: number;
}

export const defaultPatience: Patience = { reason: 500, commissions: 3_000, fills: 1_000, silence: 5_000 };

export interface OrderRecord extends TradeIdentity {
  /** The terms as the gateway reports them. */
  readonly reported: ReportedOrder | undefined;
  readonly orderState: ReportedState | undefined;
  readonly asked: Asked;
  /** Epoch milliseconds when its bytes were handed to the socket; undefined before. */
  readonly sentAt: number | undefined;
  /** When the first message about it came. */
  readonly heardAt: number | undefined;
  /** Its child was sent once more. */
  readonly isRetried: boolean;
  /** The gateway is being asked, and its answer may change how it ended. */
  readonly isQuestioned: boolean;
  /** Every permId seen; two are an alarm. */
  readonly permIds: readonly string[];
  readonly fills: FillBook;
  readonly statuses: Rows<StatusLine>;
  readonly notices: Rows<OrderNotice>;
  /** Meaning of the last status that counts. */
  readonly status: StatusClass | undefined;
  /** Largest quantity that a message called filled. */
  readonly claimed: Big | undefined;
  readonly isCancelAsked: boolean;
  readonly doubt: Doubt | undefined;
  /** What said that it is dead. A refusal counts more than a cancel; an alleged one is weighed by the lists that are asked for. */
  readonly death:
    | undefined
    | { readonly is: 'alleged'; readonly reason: EndReason }
    | { readonly is: 'over'; readonly reason: EndReason | undefined }
    | { readonly is: 'refused'; readonly reason: EndReason };
  readonly state: TradeState;
  /** What `done` settled with. */
  readonly end: TradeEnd | undefined;
  /** Since when it has ended without `done` being settled, and until when that waits. */
  readonly ending: undefined | { readonly since: number; readonly until: number | undefined };
  /** How often the gateway was asked for missing executions or for what became of it, and when it will be next. */
  readonly behind: undefined | { readonly tries: number; readonly until: number };
  readonly patience: Patience;
}

/** An order as it begins: before it leaves, or as it was found. */
export function begun(
  { clientId, orderId, isPlaced, account, contract, draft }: TradeIdentity,
  patience: Patience = defaultPatience,
): OrderRecord {
  return {
    clientId,
    orderId,
    isPlaced,
    account: account || undefined,
    contract,
    draft,
    reported: undefined,
    orderState: undefined,
    asked: 'place',
    sentAt: undefined,
    heardAt: undefined,
    isRetried: false,
    isQuestioned: false,
    permIds: [],
    fills: FillBook.of(contract?.secType),
    statuses: Rows.none(),
    notices: Rows.none(),
    status: undefined,
    claimed: undefined,
    isCancelAsked: false,
    doubt: undefined,
    death: undefined,
    state: isPlaced ? { at: 'waiting' } : { at: 'sent' },
    end: undefined,
    ending: undefined,
    behind: undefined,
    patience,
  };
}

export function parentOf({ draft, reported }: OrderRecord): number | undefined {
  const parentId = draft?.parentId ?? reported?.parentId;
  return parentId === 0 ? undefined : parentId;
}

/** The group of an advisor that an order is for: it trades in every account of it. */
export function groupOf({ draft, reported }: Pick<OrderRecord, 'draft' | 'reported'>): string | undefined {
  return draft?.faGroup || reported?.faGroup || undefined;
}

/** The account of an order that has one, once it is told: what is said of one member of a group is not all of it. */
export function accountOf(record: OrderRecord, told: string | undefined): string | undefined {
  return groupOf(record) === undefined ? record.account || told || undefined : undefined;
}

/** Ordered quantity; undefined for an order sized by money. */
export function totalOf({ draft, reported }: OrderRecord): Big | undefined {
  for (const text of [reported?.totalQuantity, draft?.totalQuantity]) {
    const total = decimal(text);
    if (total?.gt(0) === true) return total;
  }
  return undefined;
}

/** Never below 0; undefined for an order sized by money. */
export function remainingOf(record: OrderRecord): Big | undefined {
  const left = totalOf(record)?.minus(record.fills.filled);
  return left?.lt(0) === true ? left.times(0) : left;
}

/** Acknowledged by the broker; undefined when that is not certain. Codes mean different things either way. */
export function isWorking({ doubt, state, status }: OrderRecord): boolean | undefined {
  if (doubt !== undefined || isEnd(state)) return undefined;
  return status === 'accepted' || status === 'working' || status === 'cancelling';
}

/** The broker has it, or had it. */
export function isAcknowledged({ status, fills }: OrderRecord): boolean {
  return status === 'accepted' || status === 'working' || status === 'filled' || fills.size > 0;
}

/** The gateway counts more as filled than executions have shown. */
export function isBehind({ claimed, status, fills }: OrderRecord): boolean {
  return claimed?.gt(fills.filled) === true || (status === 'filled' && fills.filled.eq(0));
}

/** What was alleged counts: nothing speaks against it. */
export function convicted(record: OrderRecord): OrderRecord {
  return record.death?.is === 'alleged' ? { ...record, death: { is: 'refused', reason: record.death.reason } } : record;
}

/** An end that was asked for here is the user's, though its status came without a word. */
export function reasonOf({ death, isCancelAsked }: OrderRecord): EndReason | undefined {
  return death?.reason ?? (isCancelAsked ? endReason('user', '') : undefined);
}

/** Commissions of all executions have been reported: of a combination those of its legs too, each in its ratio. */
export function isReported({ contract, fills }: OrderRecord): boolean {
  if (!fills.isReported) return false;
  const legs = contract?.secType === 'BAG' ? (contract.comboLegs ?? []) : [];
  return legs.every(({ conId, ratio = 1 }) => fills.sharesOf(conId).gte(fills.filled.times(ratio)));
}

/** The end as it looks now. */
export function endOf(record: OrderRecord, at: TradeEnd['at']): TradeEnd {
  const { fills } = record;
  return {
    at,
    reason: at === 'filled' ? undefined : reasonOf(record),
    filled: fills.filled,
    remaining: remainingOf(record),
    averagePrice: fills.averagePrice,
    fills: fills.all,
    commissions: fills.commissions,
    realizedPnl: fills.realizedPnl,
    isReported: isReported(record),
  };
}
