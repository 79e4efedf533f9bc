/** Hedge children: the gateway computes their quantity from the parent, whatever size was sent. */
import type { Refusal } from '../accounts/admission.js';
import { floorToStep, quantityNumber, quantityOfSize, quantityText } from '../accounts/amount.js';
import type { Instrument } from '../world/instrument.js';
import { bookOf, type EngineState } from './engine-state.js';
import type { LiveOrder } from './live-order.js';
import { lotOf } from './lots.js';
import { refusals } from './refusals.js';
import type { SimOrder } from './sim-order.js';

/** The order with the quantity that hedges its parent, or why it hedges nothing. An order that is no hedge stays as it is. */
export function sizedByParent(
  state: EngineState,
  instrument: Instrument,
  order: SimOrder,
  parent: LiveOrder | undefined,
): SimOrder | Refusal {
  if (!order.hedgeType) return order;
  if (!parent) return refusals.noParent;
  const units = unitsOf(state, instrument, order, parent);
  if (typeof units !== 'number') return units;
  const whole = quantityOfSize(Math.floor(units * 1e4) / 1e4);
  return { ...order, totalQuantity: quantityText(floorToStep(whole, lotOf(instrument, quantityOfSize(1)))) };
}

function unitsOf(state: EngineState, instrument: Instrument, order: SimOrder, parent: LiveOrder): number | Refusal {
  const quantity = quantityNumber(parent.total);
  const param = Number(order.hedgeParam);
  switch (order.hedgeType) {
    case 'B': // beta: as much money as the parent times the beta
      return param > 0
        ? (param * quantity * pointsOf(state, parent.instrument)) / pointsOf(state, instrument)
        : refusals.hedgeBeta;
    case 'P': // pair: a ratio of quantities
      return param > 0 ? param * quantity : refusals.hedgeRatio;
    case 'F':
      return currencyUnits(state, instrument, parent, quantity);
    case 'D': {
      const delta = state.setup.delta?.(parent.instrument);
      const hedges = delta !== undefined && parent.instrument.underConId === instrument.conId;
      return hedges ? Math.abs(delta) * quantity * parent.instrument.multiplier : refusals.hedgeDelta;
    }
    default:
      return refusals.hedgeType;
  }
}

/** FX: the parent's money, bought or sold against a pair that holds its currency. */
function currencyUnits(state: EngineState, pair: Instrument, parent: LiveOrder, quantity: number): number | Refusal {
  const { currency } = parent.instrument;
  const money = quantity * pointsOf(state, parent.instrument);
  if (pair.secType !== 'CASH') return refusals.hedgeCurrency;
  if (pair.symbol === currency) return money;
  return pair.currency === currency ? money / bookOf(state, pair).quote.last : refusals.hedgeCurrency;
}

/** Money per unit at the market. */
function pointsOf(state: EngineState, instrument: Instrument): number {
  return (bookOf(state, instrument).quote.last * instrument.multiplier) / instrument.priceMagnifier;
}

/** A hedge that sells is priced anew: it works at the smallest price there is, as recorded; its echo keeps the trail stop of the price sent. */
export function repriceHedge(order: LiveOrder): void {
  if (order.order.hedgeType && order.order.orderType === 'LMT' && !order.isBuy) order.limit = order.instrument.minTick;
}
