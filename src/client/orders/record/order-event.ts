// What can happen to an order, and what follows: what users are told, and what is wished for.
import type { OrderDraft } from '../draft.js';
import type { OrderNotice, TradeAlarm, TradeEvent } from './events.js';
import type { Fill } from './fills.js';
import type { CommissionReport } from './revisions.js';
import type { StatusLine } from './status.js';
import type { Doubt, EndReason } from './trade-state.js';
import type { OpenOrder } from './trade-types.js';

/** A status as one message says it. */
export type SaidStatus = Omit<StatusLine, 'times'>;

/** `at` is epoch milliseconds of our clock. */
export type OrderEvent = { readonly at: number } & (
  | { readonly is: 'numbered'; readonly clientId: number; readonly orderId: number; readonly draft: OrderDraft }
  /** Its bytes are on the way. */
  | { readonly is: 'sent' }
  /** Other terms are on the way. */
  | { readonly is: 'changing'; readonly draft: OrderDraft }
  /** A change has come to its end. `draft`: the terms hold that were there before. */
  | { readonly is: 'changed'; readonly draft: OrderDraft | undefined }
  /** A cancel is on the way. */
  | { readonly is: 'cancelling' }
  /** The gateway goes on calling it working: the cancel was refused, and nobody was told. */
  | { readonly is: 'notCancelling' }
  /** The balance is gone. */
  | { readonly is: 'over'; readonly reason: EndReason }
  /** Taken back before it left: it never leaves. */
  | { readonly is: 'withdrawn' }
  /** It did not leave, or never arrived, or what the gateway said amounts to a refusal. */
  | { readonly is: 'refused'; readonly reason: EndReason }
  /** A message named the permId. */
  | { readonly is: 'permId'; readonly permId: string }
  /** An order of TWS got an order id. */
  | { readonly is: 'bound'; readonly clientId: number; readonly orderId: number }
  | ({ readonly is: 'report' } & Pick<OpenOrder, 'contract' | 'order' | 'orderState'>)
  | { readonly is: 'status'; readonly line: SaidStatus }
  | { readonly is: 'execution'; readonly fill: Fill; readonly isAnswer: boolean }
  | { readonly is: 'commission'; readonly report: CommissionReport }
  | { readonly is: 'notice'; readonly notice: OrderNotice; readonly reason: EndReason }
  /** A list of completed orders names it. `text`: how it ended, in the gateway's words. */
  | { readonly is: 'completed'; readonly line: SaidStatus; readonly text: string }
  /** A list of open orders names it, asked for since the last doubt. */
  | { readonly is: 'listed'; readonly status: string }
  /** Such a list does not name it. */
  | { readonly is: 'unlisted' }
  | { readonly is: 'doubted'; readonly why: Doubt }
  /** The gateway is to be asked, whatever is known. */
  | { readonly is: 'question'; readonly cause: ReconcileCause }
  /** All questions about it have been answered. */
  | { readonly is: 'answered' }
  /** What was waited for is due. */
  | { readonly is: 'due' }
  | { readonly is: 'alarm'; readonly alarm: TradeAlarm }
);

/** Why the gateway was asked. */
export type ReconcileCause =
  | 'connected'
  /** A message about orders could not be read. */
  | 'unreadable'
  | 'dataLost'
  | 'restored'
  | 'notice'
  | 'fillsMissing'
  | 'contradiction'
  | 'cancel'
  /** Nobody has answered a change. */
  | 'change'
  /** Nothing was heard of a new order. */
  | 'silence'
  | 'asked';

/** Something to be done that is not a matter of the record. */
export type Wish =
  /** Open orders and executions are to be asked for. */
  | { readonly wish: 'ask'; readonly cause: ReconcileCause }
  /** A child that came before its parent is to be sent once more. */
  | { readonly wish: 'retry' }
  /** It ended unfilled: children of it that nobody has spoken of have to be asked about. */
  | { readonly wish: 'askChildren' }
  /** `due` is to be said at that instant, and at no other of the kind; undefined: not any more. */
  | { readonly wish: 'wait'; readonly what: 'ending' | 'behind'; readonly until: number | undefined };

export type Said = { readonly is: 'emit'; readonly event: TradeEvent } | { readonly is: 'wish'; readonly wish: Wish };
