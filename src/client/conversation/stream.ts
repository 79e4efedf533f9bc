// Opens streams: one request on the wire for all who want the same.

import type { Incoming, IncomingKind, MessageOf, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import type { Call, Core, GapCause } from '../core.js';
import { checkCall } from '../input/check-call.js';
import type { Verdict } from '../notices/verdict.js';
import type { Condense } from './batches.js';
import type { ErrorMessage } from './router.js';
import type { Stream } from './shapes.js';
import type { Subscription } from './subscription.js';
import { Upstream } from './upstream.js';

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
  /** True for a notice that has nothing to say to this stream, such as the echo of another one's cancel. */
  readonly ignores?: (error: ErrorMessage) => boolean;
  /** What to ask with after a loss, when it is not the first request again. */
  readonly again?: () => object;
  /** True when the end marker ends the stream (snapshots). */
  readonly isSnapshot?: boolean;
  /** A body for the cancel message beside the id. */
  readonly cancelWith?: object;
  /** The request is about to leave with this id; again with a new one after a loss. */
  readonly onId?: (id: number) => void;
  /** Called once when the stream begins. */
  readonly onOpen?: (asking: Asking) => void;
  /** Called once when the stream is over. */
  readonly onOver?: () => void;
}

const shared = new WeakMap<Core, Map<string, Upstream<unknown, unknown>>>();

/**
 * Opens a stream, or joins one that asks the same. What goes wrong ends the subscription with its error; only a deadline or a bound
 * that is none is refused at once. @throws {InputError}
 * With `timeout`, the stream fails when nothing at all has come within it.
 */
export function openStream<T, K extends IncomingKind, O extends OutgoingKind, V = undefined>(
  core: Core,
  spec: Stream<O, K>,
  input: RequestInput<O>,
  terms: StreamTerms<T, MessageOf<K>, V>,
  call: Call = {},
): Subscription<T, V> {
  checkCall(call);
  const upstreams = shared.get(core) ?? new Map<string, Upstream<unknown, unknown>>();
  shared.set(core, upstreams);
  const key = terms.key === undefined ? undefined : `${spec.open} ${terms.key}`;
  let upstream = key === undefined ? undefined : (upstreams.get(key) as Upstream<T, V> | undefined);
  if (upstream === undefined) {
    const made = new Upstream<T, V>(core, spec, input, terms as StreamTerms<T, Incoming, V>, call, () => {
      if (key !== undefined && upstreams.get(key) === made) upstreams.delete(key);
    });
    if (key !== undefined) upstreams.set(key, made as Upstream<unknown, unknown>);
    void made.open();
    upstream = made;
  }
  return upstream.subscribe(call.signal);
}

/** How many streams are shared now: for tests of leaks. */
export function sharedStreams(core: Core): number {
  return shared.get(core)?.size ?? 0;
}
