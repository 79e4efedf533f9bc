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
  else if (order.isStaged) discardAlone(state, order);
  else requestCancel(state, order, clientId);
}

/** Client 0 may cancel another client's order by its id, as long as the id means one order only. */
function foreignOrder(state: EngineState, orderId: number): LiveOrder | undefined {
  const found = [...state.live].filter((order) => order.orderId === orderId && !order.isStaged);
  return found.length === 1 ? found[0] : undefined;
}

export function requestCancel(state: EngineState, order: LiveOrder, byClient: number = order.clientId): void {
  if (order.isStaged) {
    discard(state, order);
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

/** A cancel of an order that was never transmitted is answered twice, with 202 and with 161, and with no status. */
function discardAlone(state: EngineState, order: LiveOrder): void {
  conclude(state, order, 'Cancelled', 'Cancelled by Trader');
  sayOrderError(state, order, DISCARDED);
  sayOrderError(state, order, refusals.notCancellable(order.permId));
  settleChildren(state, order);
  for (const child of order.children) if (child.isStaged && !child.final) discard(state, child);
}

const DISCARDED = refusals.canceled('Order was discarded.');

/** A global cancel of an order that was never transmitted: its status is said, though no openOrder ever was. */
function discard(state: EngineState, order: LiveOrder): void {
  conclude(state, order, 'Cancelled', 'Cancelled by Trader');
  sayStatus(state, order);
  sayOrderError(state, order, DISCARDED);
  settleChildren(state, order);
  for (const child of order.children) if (child.isStaged && !child.final) discard(state, child);
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
