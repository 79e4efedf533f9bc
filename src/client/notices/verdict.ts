// What a notice means for the one it concerns.

import type { FarmNotice } from './farms.js';
import type { Refusal, StreamEffect, TaughtBudget } from './row.js';
import type { OrderState } from './texts.js';

/** An error message of the gateway, as far as its meaning depends on it. */
export interface Notice {
  readonly code: number;
  /** In the language of the TWS. */
  readonly text: string;
}

/** Whose id the notice carries, and what is known of its owner. */
export type NoticeTarget =
  /** Id -1 or none. */
  | { readonly is: 'nobody' }
  /** An open request. `asked`: its official name; `cancelled`: we have sent its cancel. */
  | { readonly is: 'request'; readonly asked: string; readonly cancelled: boolean }
  /** `working`: acknowledged (PreSubmitted, Submitted); undefined when not known. `asked`: what was last sent for it. */
  | { readonly is: 'order'; readonly working: boolean | undefined; readonly asked: 'place' | 'modify' | 'cancel' }
  /** A request that has been settled already, or that never was. */
  | { readonly is: 'gone' };

/** What an error or notice of the gateway means for whom it reached. A union: switch over `means`. */
export type Verdict =
  /** Nothing ends; show it. */
  | { readonly means: 'notice'; readonly level: 'information' | 'warning' | 'advisory' }
  | { readonly means: 'farm'; readonly farm: FarmNotice }
  /** The link between TWS and IBKR. `competing`: the text says that another login has taken it. */
  | { readonly means: 'link'; readonly now: 'lost' | 'backWithoutData' | 'backWithData'; readonly competing: boolean }
  /** This connection is about to be dropped; `port` is the new one, undefined when the text names none. */
  | { readonly means: 'portMoved'; readonly port: number | undefined }
  /** An account is about to be liquidated. */
  | { readonly means: 'alarm' }
  /** Another login of the user takes the live data: streams are silent. */
  | { readonly means: 'competingSession' }
  | { readonly means: 'rate'; readonly now: 'exceeded' | 'approaching' }
  | { readonly means: 'clientIdInUse' }
  /** The gateway could not read something we sent; it may hang up. */
  | { readonly means: 'unreadable' }
  /** A number that only libraries use. */
  | { readonly means: 'local' }
  /** A refusal without an id: it may answer the one waiting call of these kinds (any kind when empty) that has no id. */
  | { readonly means: 'unaddressedRefusal'; readonly refusal: Refusal; readonly kinds: readonly string[] }
  /** The request ends with an error. `teaches`: the budget to which admission should react. */
  | { readonly means: 'requestFailed'; readonly refusal: Refusal; readonly teaches: TaughtBudget | undefined }
  /** The request ends well, with nothing in it. */
  | { readonly means: 'requestEmpty' }
  /** The echo of our own cancel. */
  | { readonly means: 'requestEcho' }
  /** `emptyBatch`: a scan that found nothing and goes on. `kinds`: the streams it can concern when the notice has no id. */
  | { readonly means: 'stream'; readonly effect: StreamEffect | 'emptyBatch'; readonly kinds: readonly string[] }
  /** The order is dead. `reconcile`: all the same, ask for open orders and executions. */
  | { readonly means: 'orderRejected'; readonly refusal: Refusal; readonly reconcile: boolean }
  /** Order status and executions decide what was filled before. */
  | { readonly means: 'orderCancelled'; readonly by: 'user' | 'system' | 'unknown'; readonly reason: string | undefined }
  /** The order lives. */
  | { readonly means: 'orderNotice'; readonly reconcile: boolean }
  /** The change was not made; the order lives with its old values, unless open orders say otherwise. */
  | { readonly means: 'modifyRefused'; readonly reconcile: boolean }
  /** The final answer to a cancel; what became of the order has to be asked. */
  | {
      readonly means: 'cancelRefused';
      readonly orderId: number | undefined;
      readonly permId: string | undefined;
      readonly state: OrderState | undefined;
    }
  /** Nothing is certain: the order counts as live until open orders and executions have been asked for. */
  | { readonly means: 'orderUnclear' };
