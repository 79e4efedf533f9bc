// What users are told about an order, as it happens.
import type { Verdict } from '../../notices/verdict.js';
import type { Fill } from './fills.js';
import type { StatusLine } from './status.js';
import type { TradeEnd, TradeState } from './trade-state.js';

/** An error message on an order, with what it means for it. */
export interface OrderNotice {
  readonly code: number;
  /** The gateway's words, account numbers hidden. */
  readonly text: string;
  readonly verdict: Verdict;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Something that should not happen; a person should look. */
export type TradeAlarm =
  /** One order has two permIds: a change may have split it into two live orders. */
  | { readonly what: 'secondPermId'; readonly permIds: readonly string[] }
  /** A message of this order carried another order id. */
  | { readonly what: 'otherOrderId'; readonly orderId: number | undefined }
  /** More was executed than was ordered. */
  | { readonly what: 'overfilled'; readonly filled: string; readonly total: string }
  /** The journal could not be written after the order had left. */
  | { readonly what: 'journal'; readonly text: string };

/** Something that happened to an order. A union: switch over `is`. */
export type TradeEvent =
  | { readonly is: 'state'; readonly state: TradeState; readonly before: TradeState }
  | { readonly is: 'status'; readonly line: StatusLine }
  /** `isAnswer`: a question brought it, so it had been missed. */
  | { readonly is: 'fill'; readonly fill: Fill; readonly isAnswer: boolean }
  | { readonly is: 'correction'; readonly fill: Fill; readonly before: Fill }
  | { readonly is: 'commission'; readonly fill: Fill }
  | { readonly is: 'notice'; readonly notice: OrderNotice }
  /** The gateway reports the order's terms; `isChanged`: others than before, or the first of an order of others. */
  | { readonly is: 'report'; readonly isChanged: boolean }
  | { readonly is: 'alarm'; readonly alarm: TradeAlarm }
  /** `done` has settled. */
  | { readonly is: 'end'; readonly end: TradeEnd }
  /** It had ended, or counted as ended, and lives or has grown all the same; `done` is not settled again. */
  | { readonly is: 'reopened'; readonly was: 'filled' | 'cancelled' | 'rejected'; readonly end: TradeEnd | undefined };
