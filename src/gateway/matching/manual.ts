/** Orders entered by hand at the terminal: order id 0, client 0, known by their permId, and bound to client 0 when it asks. */

import type { Refusal } from '../accounts/admission.js';
import { checkOrder } from './check-order.js';
import { clientOf, type EngineState } from './engine-state.js';
import { createLiveOrder, type LiveOrder } from './live-order.js';
import { ownershipOf } from './ownership.js';
import { register, transmit } from './place.js';
import { announce } from './report.js';
import type { SimContract, SimOrder } from './sim-order.js';
import { subjectOf } from './subject.js';

/** Places an order as a person at the terminal would. Returns its permId, or why it was not taken. */
export function placeManual(state: EngineState, contract: SimContract, order: SimOrder): string | Refusal {
  const subject = subjectOf(state, contract);
  if ('code' in subject) return subject;
  const checked = checkOrder(state, subject, order);
  if ('code' in checked) return checked;
  const ownership = ownershipOf(state, subject.instrument, order, checked.total);
  if ('code' in ownership) return ownership;
  const live = createLiveOrder({
    seq: state.nextSeq,
    orderId: 0,
    clientId: 0,
    permId: String(state.nextPermId),
    isManual: true,
    contract: subject.contract,
    instrument: subject.instrument,
    parts: subject.parts,
    account: ownership.account,
    isBuy: order.action === 'BUY',
    order,
    kind: checked.kind,
    total: ownership.total,
  });
  live.shares = ownership.shares;
  const client = clientOf(state, 0);
  register(state, client, live);
  client.byId.delete(0);
  transmit(state, live);
  return live.permId;
}

/** Binds the manual orders that live to client 0: each gets a negative id, is said to be bound, and is reported again. */
export function bindManualOrders(state: EngineState): void {
  const client = clientOf(state, 0);
  for (const order of state.live) {
    if (!order.isManual || order.orderId !== 0) continue;
    bind(state, order, client.byId);
  }
}

function bind(state: EngineState, order: LiveOrder, byId: Map<number, LiveOrder>): void {
  let orderId = -2;
  while (byId.has(orderId)) orderId -= 1;
  order.orderId = orderId;
  byId.set(orderId, order);
  state.said.push({ kind: 'orderBound', to: { at: 'owner', clientId: 0 }, permId: order.permId, clientId: 0, orderId });
  announce(state, order);
}
