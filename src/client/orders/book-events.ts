// What users are told about the book: everything of every order, orders that were found, and what a comparison has shown.
import type { TradeEvent } from './record/events.js';
import type { ReconcileReport } from './recover/reconcile-report.js';
import type { Trade } from './trade.js';

/** Something that happened to an order, or that a comparison with the gateway has shown. A union: switch over `is`. */
export type BookEvent =
  | { readonly is: 'trade'; readonly trade: Trade; readonly event: TradeEvent }
  /** An order that this session did not place: of another client, of TWS, or of an earlier run. */
  | { readonly is: 'found'; readonly trade: Trade }
  | { readonly is: 'reconciled'; readonly report: ReconcileReport };

/** What only the library's own parts are told beside it. */
export type InnerEvent =
  | TradeEvent
  /** An order of ours counts from now on, whether it has left or waits. */
  | { readonly is: 'placed' }
  /** Other terms are on their way to an order, or it counts no more: what was made of it is void. */
  | { readonly is: 'changing' };
