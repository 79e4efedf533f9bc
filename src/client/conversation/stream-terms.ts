// How one stream makes its items, and what it can do to its own request.

import type { Sink } from '../../protocol/sinks.js';
import type { Keeps } from '../admission/budgets.js';
import type { GapCause } from '../core.js';
import type { Verdict } from '../notices/verdict.js';
import type { Condense } from './batches.js';
import type { Seat } from './outlets.js';
import type { ErrorMessage } from './party.js';

/** What a stream can do to its own request. */
export interface Asking {
  /** Cancels the request and asks this instead, from now on. */
  askInstead(input: object): void;
  /** Ends the stream with an error. */
  fail(cause: Error): void;
  /** What came says what cannot be meant, as a holding without a contract: as a message that cannot be read. */
  misread(kind: string, row: string, reason: string): void;
  /** The first picture is there, where the gateway has no end marker for it. */
  completed(): void;
}

export interface StreamTerms<T, M, V = undefined> {
  /** Equal keys share one upstream; undefined: not shared. */
  readonly key?: string;
  /** Makes items of a message; calls `push` as often as it likes, in the same turn. */
  readonly take: (message: M, push: (item: T) => void, asking: Asking) => void;
  /** Makes the same items of hot kinds from their fields, without a message; asked while nothing has to be looked at. */
  readonly sink?: (push: (item: T) => void, asking: Asking) => Sink;
  /** Its place, where one sink serves many streams and there is no seat. */
  readonly place?: number;
  /** Its place there, where the sink finds its only listener. */
  readonly seat?: Seat<T>;
  /** What all items come to. */
  readonly view?: V;
  /** How a slow consumer's items are made fewer without losing the newest state. */
  readonly condense?: Condense<T>;
  /** The first picture, or the snapshot, is complete. */
  readonly onEnd?: (push: (item: T) => void) => void;
  /** The upstream begins anew: whatever was built up is void. `lostAt`: epoch milliseconds. */
  readonly onReset?: (cause: GapCause, push: (item: T) => void, lostAt: number) => void;
  /** Effects of notices on the stream, such as a depth reset. */
  readonly onNotice?: (error: ErrorMessage, verdict: Verdict, push: (item: T) => void, asking: Asking) => void;
  /** True for a message of a kind without an id that belongs to somebody else, such as the end of another account's updates. */
  readonly isOthers?: (message: M) => boolean;
  /** True for a notice that has nothing to say to this stream, such as the echo of another one's cancel. */
  readonly ignores?: (error: ErrorMessage) => boolean;
  /** What to ask with after a loss, when it is not the first request again. */
  readonly again?: () => object;
  /** True when the end marker ends the stream (snapshots). */
  readonly isSnapshot?: boolean;
  /** Until when it keeps its places in admission: a snapshot until it is answered, others until they are closed, unless given. */
  readonly keeps?: Keeps;
  /** A body for the cancel message beside the id. */
  readonly cancelWith?: object;
  /** The request is about to leave with this id; again with a new one after a loss. */
  readonly onId?: (id: number) => void;
  /** Called once when the stream begins. */
  readonly onOpen?: (asking: Asking) => void;
  /** Called once when the stream is over. */
  readonly onOver?: () => void;
}
