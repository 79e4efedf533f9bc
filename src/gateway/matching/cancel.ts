/** Cancelling one order or all of them, with the answers the gateway gives when it cannot. */
import { clientOf, type EngineState, isReal, later, nowOf } from './engine-state.js';
import { cancelNow, conclude, settleChildren } from './finish.js';
import { endOf, type LiveOrder } from './live-order.js';
import { refusals } from './refusals.js';
import { announce, sayError, sayOrderError, sayStatus } from './report.js';

export function cancel(state: EngineState, clientId: number, orderId: number): void {
  if (state.options.readOnly) {
    sayError(state, clientId, orderId, refusals.invalid('The API interface is currently in Read-Only mode.'));
    return;
  }
  const order = clientOf(state, clientId).byId.get(orderId) ?? (clientId === 0 ? foreignOrder(state, orderId) : undefined);
  if (!order) sayError(state, clientId, orderId, refusals.notFound(orderId));
  else if (order.final) sayError(state, clientId, orderId, refusals.cannotCancel(orderId, endOf(order)));
  else if (order.isPendingCancel) sayError(state, clientId, orderId, refusals.notCancellable(order.permId));
  else if (order.isStaged) discard(state, order);
  else requestCancel(state, order, clientId);
}

/** Client 0 may cancel another client's order by its id, as long as the id means one order only. */
function foreignOrder(state: EngineState, orderId: number): LiveOrder | undefined {
  const found = [...state.live].filter((order) => order.orderId === orderId && !order.isStaged);
  return found.length === 1 ? found[0] : undefined;
}

export function requestCancel(state: EngineState, order: LiveOrder, byClient: number = order.clientId): void {
  if (order.isStaged) {
    discard(state, order, true);
    return;
  }
  const answer = state.setup.venue?.('cancel') ?? 'taken';
  if (answer !== 'taken') {
    if (answer === 'said') {
      sayOrderError(state, order, refusals.beingCancelled);
      announce(state, order);
    }
    return;
  }
  const delay = state.options.delays?.cancel ?? 0;
  const end = (): void => {
    cancelSiblings(state, order);
    cancelNow(state, order, '');
    if (byClient === order.clientId || order.isManual) return;
    sayStatus(state, order, { at: 'owner', clientId: byClient }, byClient);
    sayError(state, byClient, order.orderId, refusals.canceled(''));
  };
  if (state.options.cancelling !== 'direct' || delay > 0) {
    order.isPendingCancel = true;
    order.version += 1;
    sayStatus(state, order);
  }
  if (delay > 0) later(state, order, nowOf(state) + delay, end);
  else end();
}

/** With a child its siblings go, and their ends are said first; the parent lives on. */
function cancelSiblings(state: EngineState, order: LiveOrder): void {
  for (const sibling of order.parent?.children ?? [])
    if (sibling !== order && !sibling.final && !sibling.isStaged && sibling.oca === order.oca) cancelNow(state, sibling, '');
}

const DISCARDED = refusals.canceled('Order was discarded.');

/**
 * What was never transmitted is said to be discarded, and then that it cannot be cancelled; a cancel of all says its status before,
 * though no openOrder ever was. Of children that wait with it nothing is said.
 */
function discard(state: EngineState, order: LiveOrder, isOfAll = false): void {
  drop(state, order);
  if (isOfAll) sayStatus(state, order);
  sayOrderError(state, order, DISCARDED);
  sayOrderError(state, order, refusals.notCancellable(order.permId));
  settleChildren(state, order);
}

function drop(state: EngineState, order: LiveOrder): void {
  conclude(state, order, 'Cancelled', 'Cancelled by Trader');
  for (const child of order.children) if (child.isStaged && !child.final) drop(state, child);
}

/** Cancels everything, whoever placed it. Orders of this client that ended before are each answered once with 161. */
export function globalCancel(state: EngineState, clientId: number): void {
  if (state.options.readOnly) {
    sayError(state, clientId, -1, refusals.invalid('The API interface is currently in Read-Only mode.'));
    return;
  }
  const ended = state.completed.filter(
    (order) => order.clientId === clientId && order.final === 'Cancelled' && !order.isSaidUncancellable,
  );
  for (const order of [...state.live]) {
    if (!order.final && !order.isPendingCancel) requestCancel(state, order);
  }
  for (const order of ended) {
    order.isSaidUncancellable = true;
    if (isReal(state)) sayOrderError(state, order, refusals.notCancellable(order.permId));
  }
}
