// Those whom the router tells: a conversation, and the order book.

import type { DecodeError } from '../../protocol/errors.js';
import type { Incoming, MessageOf } from '../../protocol/registry.js';
import type { NoticeTarget, Verdict } from '../notices/verdict.js';
import type { UnusableError } from '../wire/errors.js';

export type ErrorMessage = MessageOf<'error'>;

/** A conversation as the router sees it. */
export interface Party {
  /** Official name of the request. */
  readonly asked: string;
  /** True once our cancel is on its way. */
  readonly cancelled: boolean;
  /** True while nothing has come for it: an error without an id may be its answer. */
  readonly isWaiting: boolean;
  /** Whether a message of that kind may be its own. */
  awaits(kind: string): boolean;
  message(message: Incoming): void;
  /** An error or notice that is its own. */
  notice(error: ErrorMessage, verdict: Verdict): void;
  /** One of its messages could not be used. */
  unusable?(error: UnusableError): void;
  /** A message of it could not be read. */
  unreadable(error: DecodeError): void;
}

/** The order book's side: everything about orders goes there, whatever id it carries. */
export interface OrderParty {
  message(message: Incoming): void;
  /** What it says is of an order that `targetOf` knows. */
  notice(error: ErrorMessage, verdict: Verdict): void;
  /** Something about orders could not be read: what is known of them may be old. */
  unreadable(error: DecodeError): void;
  /** What is known of the order or the what-if question of that id; undefined when nothing is. */
  targetOf(orderId: number): OrderTarget | undefined;
}

export type OrderTarget = Extract<NoticeTarget, { is: 'order' }>;
