// What a comparison of the book with the gateway has shown.
import type { Fill } from '../record/fills.js';
import type { ReconcileCause } from '../record/order-event.js';
import type { Trade } from '../trade.js';

/** The difference between what the book knew and what the gateway knows. Empty lists: none of that kind. */
export interface ReconcileReport {
  readonly cause: ReconcileCause;
  /** Counts connections from 1. */
  readonly epoch: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Executions that had not been seen live. */
  readonly missedFills: readonly { readonly trade: Trade; readonly fill: Fill }[];
  /** Orders whose end had not been seen live. */
  readonly ended: readonly Trade[];
  /** Live orders that counted as ended. */
  readonly reopened: readonly Trade[];
  /** Orders the gateway no more lists and about whose end nothing is known. */
  readonly vanished: readonly Trade[];
  /** Orders that this session did not place and had not heard of. */
  readonly found: readonly Trade[];
  /** Orders that were written to a connection that broke and that the gateway never saw. */
  readonly neverArrived: readonly Trade[];
  /** Questions that got no whole answer within their time; what did come is taken in. */
  readonly unanswered: readonly ('openOrders' | 'executions' | 'completedOrders')[];
}
