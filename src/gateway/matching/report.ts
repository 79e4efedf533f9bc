/** Everything that is said about an order goes out through here: pairs of openOrder and orderStatus, errors, repeats. */
import type { Refusal } from '../accounts/admission.js';
import { quantityText } from '../accounts/amount.js';
import type { Instrument } from '../world/instrument.js';
import { echoOf } from './echo.js';
import { type EngineState, isReal, later, nowOf } from './engine-state.js';
import { writeTime } from './gateway-time.js';
import { averagePrice, endOf, type LiveOrder, remainingOf, statusOf, whyHeldOf } from './live-order.js';
import type { Audience, OrderState } from './order-events.js';

export function audienceOf(order: LiveOrder): Audience {
  return order.isManual ? { at: 'manual' } : { at: 'watchers', clientId: order.clientId };
}

function orderStateOf(state: EngineState, order: LiveOrder, withCommission: boolean): OrderState {
  const status = statusOf(order);
  return {
    status,
    commissionAndFees: withCommission ? order.commission : undefined,
    commissionAndFeesCurrency: withCommission ? order.instrument.currency : undefined,
    completedTime: order.completedAt === undefined ? undefined : completedText(state, order.completedAt, order.instrument),
    completedStatus: order.completedStatus,
  };
}

function completedText({ setup, options }: EngineState, instant: number, instrument: Instrument): string {
  return setup.timeText?.(instant, instrument) ?? writeTime(instant, options.hostZone ?? 'US/Eastern');
}

export function sayOpenOrder(
  state: EngineState,
  order: LiveOrder,
  withCommission = false,
  to: Audience = audienceOf(order),
): void {
  state.said.push({
    kind: 'openOrder',
    to,
    orderId: order.orderId,
    contract: order.contract,
    order: echoOf(state, order),
    orderState: orderStateOf(state, order, withCommission),
  });
}

export function sayStatus(
  state: EngineState,
  order: LiveOrder,
  to: Audience = audienceOf(order),
  clientId: number = order.clientId,
): void {
  state.said.push({
    kind: 'orderStatus',
    to,
    orderId: order.orderId,
    status: statusOf(order),
    filled: quantityText(order.filled),
    remaining: quantityText(remainingOf(order)),
    avgFillPrice: averagePrice(order),
    permId: order.permId,
    parentId: order.order.parentId ?? 0,
    lastFillPrice: order.lastFillPrice,
    clientId,
    whyHeld: whyHeldOf(order) || undefined,
    mktCapPrice: 0,
  });
}

/** The pair: openOrder and orderStatus. Its repeats are planned when the call ends. */
export function announce(state: EngineState, order: LiveOrder, withCommission = false): void {
  order.version += 1;
  order.lastSaid = statusOf(order);
  sayOpenOrder(state, order, withCommission);
  sayStatus(state, order);
  if (isReal(state)) state.announced.add(order);
}

const REPEATS_AFTER = [500, 2_000];

/** Real gateways repeat the pair of a resting order unchanged within seconds: planned for what is still so by then. */
export function scheduleRepeats(state: EngineState): void {
  for (const order of state.announced) {
    const { version } = order;
    for (const after of order.final ? [] : REPEATS_AFTER) {
      later(state, order, nowOf(state) + after, () => {
        if (order.version !== version) return;
        sayOpenOrder(state, order);
        sayStatus(state, order);
      });
    }
  }
  state.announced.clear();
}

/** An error or notice to the one client it concerns. Codes 201, 202, 399 and 10167 carry whole seconds. */
export function sayError(state: EngineState, clientId: number, id: number, refusal: Refusal): void {
  const time = nowOf(state);
  const wholeSeconds = refusal.code === 201 || refusal.code === 202 || refusal.code === 399;
  state.said.push({
    kind: 'error',
    to: { at: 'owner', clientId },
    id,
    errorCode: refusal.code,
    errorMsg: refusal.text,
    errorTime: wholeSeconds ? time - (time % 1000) : time,
  });
}

export function sayOrderError(state: EngineState, order: LiveOrder, refusal: Refusal): void {
  sayError(state, order.clientId, order.orderId, refusal);
}

/** The row a request for completed orders gets. A filled order shows total 0 and its filled quantity. */
export function sayCompleted(state: EngineState, order: LiveOrder, to: Audience): void {
  const echo = echoOf(state, order);
  state.said.push({
    kind: 'completedOrder',
    to,
    contract: order.contract,
    order: order.final === 'Filled' ? { ...echo, totalQuantity: '0' } : echo,
    orderState: { ...orderStateOf(state, order, false), status: endOf(order) },
  });
}

/** Says where an order stands unless that was the last thing said. */
export function announceIfNew(state: EngineState, order: LiveOrder): void {
  if (order.lastSaid !== statusOf(order)) announce(state, order);
}
