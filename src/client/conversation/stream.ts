// Opens streams: one request on the wire for all who want the same.

import type { Incoming, IncomingKind, MessageOf, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import type { Call, Core } from '../core.js';
import type { Stream } from './shapes.js';
import type { StreamTerms } from './stream-terms.js';
import type { Subscription } from './subscription.js';
import { Upstream } from './upstream.js';

const shared = new WeakMap<Core, Map<string, Upstream<unknown, unknown>>>();

/**
 * Opens a stream, or joins one that asks the same. What goes wrong ends the subscription with its error.
 * With `timeout`, the stream fails when nothing at all has come within it.
 */
export function openStream<T, K extends IncomingKind, O extends OutgoingKind, V = undefined>(
  core: Core,
  spec: Stream<O, K>,
  input: RequestInput<O>,
  terms: StreamTerms<T, MessageOf<K>, V>,
  call: Call = {},
): Subscription<T, V> {
  const upstreams = shared.get(core) ?? new Map<string, Upstream<unknown, unknown>>();
  shared.set(core, upstreams);
  const key = terms.key === undefined ? undefined : `${spec.open} ${terms.key}`;
  let upstream = key === undefined ? undefined : (upstreams.get(key) as Upstream<T, V> | undefined);
  if (upstream === undefined) {
    const made = new Upstream<T, V>(core, spec, input, terms as StreamTerms<T, Incoming, V>, call, () => {
      if (key !== undefined && upstreams.get(key) === made) upstreams.delete(key);
    });
    if (key !== undefined) upstreams.set(key, made as Upstream<unknown, unknown>);
    void made.open(call);
    upstream = made;
  }
  return upstream.subscribe(call.signal);
}

/** How many streams are shared now: for tests of leaks. */
export function sharedStreams(core: Core): number {
  return shared.get(core)?.size ?? 0;
}
