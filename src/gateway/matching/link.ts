/** Orders, changes and cancels that come while the gateway has lost the broker: kept until the link is back, or refused. */
import { clientOf, type EngineState, type Kept } from './engine-state.js';
import { refusals } from './refusals.js';
import { sayError } from './report.js';

/** Does it now, or keeps it, or refuses it. Nothing is said of what is kept. */
export function overLink(state: EngineState, act: Kept): void {
  if (!state.isAway || state.options.readOnly) {
    act.does(state);
    return;
  }
  if (state.setup.keepsOrders?.() ?? true) {
    state.kept.push(act);
    return;
  }
  const client = clientOf(state, act.clientId);
  if (!client.byId.has(act.orderId)) client.refused.add(act.orderId);
  sayError(state, act.clientId, act.orderId, refusals.noLink);
}

/** The link is there, or not. What was kept is done in the order in which it came. */
export function setLink(state: EngineState, isThere: boolean): void {
  state.isAway = !isThere;
  if (isThere) for (const { does } of state.kept.splice(0)) does(state);
}

/** The highest order id of a client, orders that are kept included. */
export function highestId(state: EngineState, clientId: number): number {
  const kept = state.kept.filter((act) => act.clientId === clientId).map(({ orderId }) => orderId);
  return Math.max(clientOf(state, clientId).highest, ...kept);
}
