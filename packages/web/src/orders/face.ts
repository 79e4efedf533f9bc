// What `web.orders` takes and gives.

import type { JournalSink, OrderDraft, OrderGroup, OrderPreview } from 'ibwire';
import type { Finding, Guard, Policy } from 'ibwire/rules';
import type { WebCall } from '../client/ask.js';
import type { Question } from './answer.js';
import type { ListedFill, ListedOrder } from './listed.js';
import type { QuestionPolicy } from './policy.js';
import type { LegResult } from './round.js';

export interface WebOrderOptions {
  /** What is said to the broker's questions; unset: every question declines its order. */
  readonly questions?: QuestionPolicy;
  /** Told of each question and of what was said to it. */
  readonly onQuestion?: (question: Question, accepted: boolean, declined: readonly string[]) => void;
  /** Attempts stand there before their bytes leave. */
  readonly journal?: JournalSink;
  /** Kinds of accounts by number, as the account rules name them; unset: by what the broker says, the strictest reading. */
  readonly kinds?: Readonly<Record<string, string>>;
  readonly policy?: Partial<Policy>;
  readonly guards?: readonly Guard[];
  /** Live accounts that may trade; paper accounts always may. */
  readonly live?: readonly string[];
}

export interface WebPlaceOptions extends WebCall {
  /** Default the only account of the login. */
  readonly account?: string;
}

/** What a cancel came to: the broker takes a request, no more. */
export type WebCancel =
  | { readonly at: 'cancelled' }
  | { readonly at: 'filled' }
  | { readonly at: 'requested' }
  | { readonly at: 'refused'; readonly text: string }
  | { readonly at: 'unknown'; readonly why: string };

/** The core's preview, and the changes as the broker writes them. It tells no currency of margins, no size that it would rather take. */
export interface WebPreview extends OrderPreview {
  /** With its unit where it has one, for example `164 USD`. */
  readonly initMarginChange: string | undefined;
  readonly maintMarginChange: string | undefined;
  readonly equityWithLoanChange: string | undefined;
}

export interface WebOrders {
  /** Sends one order. @throws {InputError} {RuleError} {JournalError}: nothing was sent then */
  place(contract: { readonly conId: number }, order: OrderDraft, options?: WebPlaceOptions): Promise<LegResult>;
  /**
   * A parent and what hangs on it, in one call: a list, or what the builder `bracket` makes. Children name no parent: the first
   * order is theirs. Exits that each close the whole entry go as one OCA group.
   */
  placeGroup(
    contract: { readonly conId: number },
    orders: readonly OrderDraft[] | OrderGroup,
    options?: WebPlaceOptions,
  ): Promise<readonly LegResult[]>;
  /**
   * Changes an order: all of its fields, with the change; action, contract and reference stay. Sent once. `working`: with its new
   * terms; `rejected` and `declined`: it is as it was.
   */
  modify(orderId: string, contract: { readonly conId: number }, order: OrderDraft, options?: WebPlaceOptions): Promise<LegResult>;
  /** By the broker's id. Open orders are read afterwards: the answer alone proves nothing. */
  cancel(orderId: string, options?: WebPlaceOptions): Promise<WebCancel>;
  preview(contract: { readonly conId: number }, order: OrderDraft, options?: WebPlaceOptions): Promise<WebPreview>;
  /** What the rules say, without sending anything. */
  judge(contract: { readonly conId: number }, order: OrderDraft, options?: WebPlaceOptions): Promise<readonly Finding[]>;
  /** Every order of the day. @throws {WebRefusal} when no whole list comes */
  all(call?: WebCall): Promise<readonly ListedOrder[]>;
  executions(call?: WebCall): Promise<readonly ListedFill[]>;
  /** Looks for an order by its own reference, sending nothing. */
  find(orderRef: string): Promise<LegResult>;
  /**
   * Your word that an order of unknown outcome is not there, or that its change has not come about: until then, or until a list
   * shows it, or for a day, it counts against its account.
   */
  dismiss(orderRef: string): void;
}
