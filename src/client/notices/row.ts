// What the table knows of one error code, or of a run of codes that are all alike.

/**
 * What kind of thing a code is. The number itself says nothing about how bad it is.
 *
 * - `information`: all is well.
 * - `warning`: nothing ends.
 * - `advisory`: the request goes on, with less than was asked.
 * - `request`: ends the request.
 * - `subscription`: a stream was reset, stopped or has to be asked again.
 * - `order`: the order is rejected, unless it was working already.
 * - `orderState`: depends on the state of the order; a working one stays live.
 * - `cancel`: a verdict about a cancel, not about the order.
 * - `connectivity`: the link between TWS and IBKR.
 * - `session`: the connection to TWS or the program on it.
 * - `local`: made by client libraries, never sent by a gateway.
 */
export type NoticeClass = (typeof CLASSES)[number];

export const CLASSES = [
  'information',
  'warning',
  'advisory',
  'request',
  'subscription',
  'order',
  'orderState',
  'cancel',
  'connectivity',
  'session',
  'local',
] as const;

/** Why a request was refused, as far as code and text tell. */
export type Refusal =
  | 'pacing'
  | 'noData'
  | 'cancelled'
  | 'permission'
  | 'noDefinition'
  | 'ambiguous'
  | 'invalid'
  | 'limit'
  | 'duplicateId'
  | 'readOnly'
  | 'notOffered'
  | 'unreadable'
  | 'server'
  | 'other';

/** The budgets of admission that a refusal can teach something about. */
export type TaughtBudget = 'rate' | 'lines' | 'depth' | 'tickByTick' | 'smallBars' | 'history' | 'scanners' | 'accountSummaries';

/** The readings a text can have that change what happens. */
export type TextReading = Refusal | 'warning' | 'approachingRate' | 'competingSession' | 'emptyScan';

/** A pattern in the gateway's English text and what it tells. */
export interface TextRule {
  readonly pattern: RegExp;
  readonly reads: TextReading;
  /** What it means then, when that is more than the row says. */
  readonly meaning?: string;
  readonly remedy?: string;
  /** It says that another login of the same user has taken the session or its data. */
  readonly anotherLogin?: true;
}

/** What happens to a stream. `reset`: empty the book and go on; `ended`: by the gateway; `silent`: no data until it is lifted. */
export type StreamEffect = 'reset' | 'askAgain' | 'cancelThenAskAgain' | 'ended' | 'silent';

/** A row of the table of codes; `addCodes` takes such. From `code` to `to`, both included. */
export interface CodeRow {
  readonly code: number;
  /** Last code of the run when the row stands for several. */
  readonly to?: number;
  readonly class: NoticeClass;
  /** Further classes, for when the id belongs to something else than the class expects. */
  readonly also?: readonly NoticeClass[];
  readonly meaning: string;
  readonly remedy: string;
  /** Official names of the requests it concerns; absent when any, or when not known. */
  readonly kinds?: readonly string[];
  /** Requests that it ends although its class is `advisory`. */
  readonly ends?: readonly string[];
  readonly refusal?: Refusal;
  readonly teaches?: TaughtBudget;
  readonly stream?: StreamEffect;
  /** On an order: open orders and executions have to be asked for after it. */
  readonly reconcile?: true;
  /** On an order: a word about a change of it only, never about its life. */
  readonly changeOnly?: true;
  /** Read in this order; the first pattern that matches counts. */
  readonly texts?: readonly TextRule[];
  /** What is assumed when no pattern matches, as with a TWS in another language. */
  readonly otherwise?: string;
}
