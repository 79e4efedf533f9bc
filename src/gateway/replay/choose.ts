// Which recorded request a client's request stands for.

import { idsOf } from '../../capture/ids.js';
import type { Outgoing } from '../../protocol/registry.js';
import type { Bindings } from './binding.js';
import { isCancel } from './causes.js';
import { likeness } from './likeness.js';
import type { ScriptRequest } from './script.js';

/**
 * The likeliest recorded request of the same kind; among equals one that was answered, then one not played yet. A request that goes on
 * with something (a change or cancel of an order, the cancel of a subscription) stands only for one that went on with the
 * same thing, and orders are never played twice. `undefined`: nothing like it was recorded.
 */
export function chosen(
  asked: Outgoing,
  requests: readonly ScriptRequest[],
  used: ReadonlySet<ScriptRequest>,
  bindings: Bindings,
): ScriptRequest | undefined {
  let best: { request: ScriptRequest; rank: number } | undefined;
  for (const request of requests) {
    if (request.kind !== asked.kind || !mayStandFor(asked, request, requests, used, bindings)) continue;
    const distance = likeness(asked, request.message);
    if (distance === undefined) continue;
    const rank = 4 * distance + (request.answers.length === 0 ? 2 : 0) + (used.has(request) ? 1 : 0);
    if (best === undefined || rank < best.rank) best = { request, rank };
  }
  return best?.request;
}

function mayStandFor(
  asked: Outgoing,
  request: ScriptRequest,
  requests: readonly ScriptRequest[],
  used: ReadonlySet<ScriptRequest>,
  bindings: Bindings,
): boolean {
  const ids = idsOf(asked);
  if (ids.orderId !== undefined) {
    if (used.has(request) || !hasSameParent(asked, request, requests, bindings)) return false;
    if (bindings.boundTo('orderId', asked) !== undefined) return bindings.isBound('orderId', request, asked);
    return isFirstOfOrder(request, requests, used);
  }
  if (isCancel(asked.kind) && ids.reqId !== undefined) return !used.has(request) && bindings.isBound('reqId', request, asked);
  return true;
}

function hasSameParent(asked: Outgoing, request: ScriptRequest, requests: readonly ScriptRequest[], bindings: Bindings): boolean {
  const [is, was] = [idsOf(asked).parentId || undefined, idsOf(request.message).parentId || undefined];
  if (is === undefined || was === undefined) return is === was;
  const bound = bindings.boundTo('orderId', { orderId: is });
  if (bound !== undefined) return bound.space === request.space && bound.recorded === was;
  // A parent that was placed before the recording began has no request to be bound by.
  const isPlaced = ({ space, kind, message }: ScriptRequest): boolean =>
    space === request.space && kind === 'placeOrder' && idsOf(message).orderId === was;
  return !requests.some(isPlaced);
}

/** An order that the client has not named before begins with the first request that named the recorded one. */
function isFirstOfOrder(request: ScriptRequest, requests: readonly ScriptRequest[], used: ReadonlySet<ScriptRequest>): boolean {
  const { orderId } = idsOf(request.message);
  const ofOrder = requests.filter(({ space, message }) => space === request.space && idsOf(message).orderId === orderId);
  return ofOrder[0] === request && !ofOrder.some((other) => used.has(other));
}
