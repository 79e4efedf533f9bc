// The diagnostics channels of node: they cost nothing when nobody listens.

import { channel } from 'node:diagnostics_channel';

/** Every frame, both directions: `{ direction: 'in' | 'out', bytes, start, end }`, length prefix excluded; the bytes are good until the call returns. */
export const frameChannel = channel('ibwire:frame');
/** Every request: `{ kind, id, at }` when it is sent, with `outcome` when it is settled. */
export const requestChannel = channel('ibwire:request');
/** Every change of the session's state: the state. */
export const sessionChannel = channel('ibwire:session');
/** Every event of an order. */
export const orderChannel = channel('ibwire:order');

/** A request is settled. */
export function publishOutcome(told: { readonly kind: string; readonly id: number | undefined; readonly outcome: string }): void {
  if (requestChannel.hasSubscribers) requestChannel.publish(told);
}
