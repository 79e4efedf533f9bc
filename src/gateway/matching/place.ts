/** Placing: a new order is checked, registered, staged or sent on; a known id is a change. */

import type { Refusal } from '../accounts/admission.js';
import type { Instrument } from '../world/instrument.js';
import { checkOrder } from './check-order.js';
import { type ClientOrders, clientOf, type EngineState } from './engine-state.js';
import { enter } from './enter.js';
import { repriceHedge, sizedByParent } from './hedges.js';
import { createLiveOrder, type LiveOrder } from './live-order.js';
import { modify } from './modify.js';
import { ownershipOf } from './ownership.js';
import { preview } from './preview.js';
import { notices, refusals } from './refusals.js';
import { sayError } from './report.js';
import type { SimContract, SimOrder } from './sim-order.js';
import { subjectOf } from './subject.js';

/** What came of reading a request: an order ready to register, or why not. */
type Made = LiveOrder | Refusal;

function isRefusal(value: object): value is Refusal {
  return 'code' in value;
}

/** What the wire that a request came on demands of it. */
export interface PlaceTerms {
  /** Gateways of 225 and on refuse an order without a time in force. */
  readonly needsTif?: boolean;
  /** Exits that the terminal is to make of its presets; this one has none. */
  readonly attached?: AttachedExits | undefined;
}

export interface AttachedExits {
  readonly slOrderId?: number | undefined;
  readonly slOrderType?: string | undefined;
  readonly ptOrderId?: number | undefined;
  readonly ptOrderType?: string | undefined;
}

export function place(
  state: EngineState,
  clientId: number,
  orderId: number,
  contract: SimContract,
  order: SimOrder,
  terms: PlaceTerms = {},
): void {
  const client = clientOf(state, clientId);
  const known = client.byId.get(orderId);
  const refusal = standing(state, client, known, orderId, order);
  if (refusal) {
    sayError(state, clientId, orderId, refusal);
    return;
  }
  const lack = lackOf(state, contract, order, terms);
  if (lack) {
    if (!known) client.refused.add(orderId);
    sayError(state, clientId, orderId, lack);
    return;
  }
  if (known) {
    const wasStaged = known.isStaged;
    if (modify(state, known, contract, order) && wasStaged && order.transmit !== false) transmit(state, known);
    return;
  }
  const made = make(state, clientId, orderId, contract, order);
  if (isRefusal(made)) {
    client.refused.add(orderId);
    sayError(state, clientId, orderId, made);
    return;
  }
  if (order.whatIf) {
    preview(state, made);
    return;
  }
  register(state, client, made);
  if (state.options.presetTif && !order.tif) sayError(state, clientId, orderId, notices.tifPreset);
  if (order.transmit !== false) transmit(state, made);
}

/** What speaks against the id itself. An id that is known is a change; what became of its order decides the answer. */
function standing(
  state: EngineState,
  client: ClientOrders,
  known: LiveOrder | undefined,
  orderId: number,
  order: SimOrder,
): Refusal | undefined {
  if (state.options.readOnly) return refusals.invalid('The API interface is currently in Read-Only mode.');
  if (known?.final) return known.silentReason ?? (known.final === 'Filled' ? refusals.filled : refusals.duplicateId);
  if (known) return undefined;
  if (orderId <= client.highest) return refusals.duplicateId;
  return order.whatIf && order.transmit === false ? refusals.whatIfTransmit : undefined;
}

/** What every order has to say: its time in force and where it goes. */
function lackOf(state: EngineState, contract: SimContract, order: SimOrder, terms: PlaceTerms): Refusal | undefined {
  if (terms.needsTif && !order.tif && !state.options.presetTif) return refusals.noTif;
  if (!contract.exchange) return refusals.invalid('Missing order exchange');
  return terms.attached && attachedRefusal(terms.attached);
}

/** Attached orders are asked for by id and the type PRESET, both or neither; the text says Stop Loss for both legs. */
function attachedRefusal({ slOrderId, slOrderType, ptOrderId, ptOrderType }: AttachedExits): Refusal | undefined {
  const legs = [
    { id: slOrderId, type: slOrderType },
    { id: ptOrderId, type: ptOrderType },
  ].filter(({ id, type }) => id || type);
  if (legs.some(({ id, type }) => !id || type !== 'PRESET')) return refusals.attachedOrder;
  return legs.length > 0 ? refusals.noPreset : undefined;
}

function make(state: EngineState, clientId: number, orderId: number, contract: SimContract, sent: SimOrder): Made {
  const subject = subjectOf(state, contract);
  if (isRefusal(subject)) return subject;
  const { instrument, parts } = subject;
  const parent = sent.parentId ? parentOf(state, clientId, sent.parentId, sent) : undefined;
  const order = sizedByParent(state, instrument, sent, parent && !isRefusal(parent) ? parent : undefined);
  if (isRefusal(order)) return parent && isRefusal(parent) ? parent : order;
  const checked = checkOrder(state, subject, order);
  if (isRefusal(checked)) return checked;
  if (!parts && state.setup.market.quote(instrument.conId).halted) return refusals.halted;
  if (parent && isRefusal(parent)) return parent;
  if (order.conditionsIncludeOvernight && !mayIncludeOvernight(state, instrument)) return refusals.conditionsOvernight;
  const ownership = ownershipOf(state, instrument, order, checked.total);
  if (isRefusal(ownership)) return ownership;
  const live = createLiveOrder({
    seq: state.nextSeq,
    orderId,
    clientId,
    permId: String(state.nextPermId),
    isManual: false,
    contract: subject.contract,
    instrument,
    parts,
    account: ownership.account,
    isBuy: order.action === 'BUY' || order.action === 'SLONG',
    order,
    kind: checked.kind,
    total: ownership.total,
  });
  live.shares = ownership.shares;
  live.parent = parent;
  repriceHedge(live);
  return live;
}

/** Whether conditions may be measured overnight: a right of the login, on contracts that trade then. Changes are not asked. */
function mayIncludeOvernight({ options }: EngineState, { validExchanges }: Instrument): boolean {
  const exchanges = validExchanges.split(',');
  return options.overnightConditions !== false && (exchanges.includes('OVERNIGHT') || exchanges.includes('IBEOS'));
}

/** The parent of a child. One that was refused does not exist; a trail cannot follow a market order. */
function parentOf(state: EngineState, clientId: number, parentId: number, order: SimOrder): Made {
  const client = clientOf(state, clientId);
  const parent = client.byId.get(parentId);
  if (!parent) return client.refused.has(parentId) ? refusals.noOrder(parentId) : refusals.noParent;
  if (parent.final && parent.final !== 'Filled') return refusals.noOrder(parentId);
  const isTrail = order.orderType.startsWith('TRAIL');
  return isTrail && parent.order.orderType !== 'LMT' && parent.order.orderType !== 'STP LMT' ? refusals.trailParent : parent;
}

/** Gives the order its numbers and makes it known. */
export function register(state: EngineState, client: ClientOrders, order: LiveOrder): void {
  state.nextSeq += 1;
  state.nextPermId += 1;
  client.highest = Math.max(client.highest, order.orderId);
  client.byId.set(order.orderId, order);
  state.byPermId.set(order.permId, order);
  state.live.add(order);
  order.isStaged = true;
  order.parent?.children.push(order);
  for (const account of order.shares?.map((share) => share.account) ?? [order.account]) {
    const set = state.liveByAccount.get(account) ?? new Set();
    state.liveByAccount.set(account, set.add(order));
  }
}

/** Sends an order on with its whole family: parents before children, in order of arrival. */
export function transmit(state: EngineState, order: LiveOrder): void {
  let root = order;
  while (root.parent && !root.parent.final) root = root.parent;
  const send = (one: LiveOrder): void => {
    if (one.isStaged && !one.final) enter(state, one);
    for (const child of one.children) if (!child.final) send(child);
  };
  send(root);
}
