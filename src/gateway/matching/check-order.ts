/** What is wrong with an order in itself and against its instrument: the first refusal, in the order the gateway finds them. */
import type { Refusal } from '../accounts/admission.js';
import { greater, type Quantity, quantityOf, quantityOfSize } from '../accounts/amount.js';
import type { Instrument } from '../world/instrument.js';
import { checkAlgo } from './algos.js';
import { bookOf, type EngineState, nowOf } from './engine-state.js';
import { readTime } from './gateway-time.js';
import { type OrderKind, orderKindOf, timesInForce } from './order-kinds.js';
import { refusals } from './refusals.js';
import type { SimCondition, SimOrder } from './sim-order.js';
import type { Subject } from './subject.js';
import { isOfferedAt } from './where-taken.js';

export interface Checked {
  readonly kind: OrderKind;
  readonly total: Quantity;
}

/** What an order is for, and where it is to go. */
export type Destination = Pick<Subject, 'instrument' | 'parts' | 'contract'>;

/** The row of the type and the quantity, or why not. */
export function checkOrder(state: EngineState, to: Destination, order: SimOrder): Checked | Refusal {
  const { instrument } = to;
  const isCombo = to.parts !== undefined;
  const kind = orderKindOf(order.orderType, isCombo);
  if (!kind) return refusals.invalid('Invalid order type was entered');
  if (!['BUY', 'SELL', 'SSHORT', 'SLONG'].includes(order.action)) return refusals.invalid('Invalid action was entered');
  if (kind === 'unsupported' || !isTakenBy(kind, instrument, isCombo) || !isTakenAt(kind, to, order)) return refusals.unsupported;
  const total = totalOf(state, instrument, order);
  const refusal =
    checkMoney(instrument, order) ??
    checkSize(total, instrument, order) ??
    checkTif(state, kind, order) ??
    checkPrices(state, kind, instrument, order, isCombo) ??
    checkAttributes(kind, order) ??
    checkAlgo(order, instrument, to.contract.exchange ?? instrument.exchange) ??
    checkConditions(state, order) ??
    checkAdjustment(order) ??
    checkPrecautions(state, instrument, order);
  return refusal ?? { kind, total: total ?? 0n };
}

function isTakenBy(kind: OrderKind, instrument: Instrument, isCombo: boolean): boolean {
  if (isCombo) return kind.wake === undefined && (kind.pricing === 'limit' || kind.pricing === 'market');
  if (instrument.secType === 'IND') return false;
  if (instrument.secType === 'FUND') return kind.pricing === 'market';
  if (kind.secTypes && !kind.secTypes.includes(instrument.secType)) return false;
  const words = instrument.orderTypes;
  return (
    words === '' ||
    kind.word === 'MKT' ||
    kind.word === 'LMT' ||
    kind.secTypes !== undefined ||
    words.split(',').includes(kind.word)
  );
}

function isTakenAt(kind: OrderKind, { instrument, parts, contract }: Destination, { tif }: SimOrder): boolean {
  const exchange = contract.exchange ?? instrument.exchange;
  if (parts) return true;
  return (
    isOfferedAt(kind.word, instrument, exchange) &&
    (tif !== 'OPG' && tif !== 'AUC' ? true : isOfferedAt(tif, instrument, exchange))
  );
}

/** Quantity, or what a cash amount buys at the market. Undefined: unreadable. */
function totalOf(state: EngineState, instrument: Instrument, order: SimOrder): Quantity | undefined {
  const stated = quantityOf(order.totalQuantity || '0');
  if (stated === undefined || stated !== 0n || !order.cashQty) return stated;
  const { quote } = bookOf(state, instrument);
  const price = order.lmtPrice ?? (order.action === 'BUY' ? quote.ask : quote.bid);
  if (!(price > 0)) return 0n;
  const step = greater(quantityOfSize(instrument.sizeIncrement), 1n);
  const raw = quantityOfSize(order.cashQty / (price * instrument.multiplier));
  return raw - (raw % step);
}

/** An amount of money in the place of a size: crypto takes one of both, buys at the market by money and sells by size only. */
function checkMoney(instrument: Instrument, order: SimOrder): Refusal | undefined {
  if (instrument.secType !== 'CRYPTO') return undefined;
  if (!order.cashQty) return order.action === 'BUY' && order.orderType === 'MKT' ? refusals.needsCash : undefined;
  if (order.action !== 'BUY') return refusals.zeroSize;
  return Number(order.totalQuantity || '0') > 0 ? refusals.cashAndSize : undefined;
}

function checkSize(total: Quantity | undefined, instrument: Instrument, order: SimOrder): Refusal | undefined {
  if (total === undefined || total < 0n) return refusals.invalid('Invalid order quantity was entered');
  if (total === 0n) return mayBeZero(order) ? undefined : refusals.zeroSize;
  const step = greater(quantityOfSize(instrument.sizeIncrement), 1n);
  if (total % step !== 0n) return refusals.fractional;
  return total < quantityOfSize(instrument.minSize) && instrument.minSize > instrument.sizeIncrement
    ? refusals.tooSmall
    : undefined;
}

/** Sizes that follow from something else: a method of an advisor, the parent of a hedge. */
function mayBeZero({ faMethod, hedgeType }: SimOrder): boolean {
  return faMethod === 'PctChange' || faMethod === 'MonetaryAmount' || Boolean(hedgeType);
}

function checkTif(state: EngineState, kind: OrderKind, order: SimOrder): Refusal | undefined {
  const tif = order.tif || 'DAY';
  if (!timesInForce.has(tif)) return refusals.invalid(`Invalid time in force:${tif}`);
  if (kind.atClose && tif !== 'DAY') return refusals.closeIsDay;
  const isPlain = kind.wake === undefined && !kind.atClose;
  if ((tif === 'IOC' || tif === 'FOK') && (!isPlain || kind.pricing === 'primary' || kind.pricing === 'mid'))
    return refusals.tifAndType;
  if (tif === 'OPG' && order.orderType !== 'MKT' && order.orderType !== 'LMT') return refusals.tifAndType;
  if (tif === 'AUC' && order.orderType !== 'MTL' && order.orderType !== 'LMT') return refusals.tifAndType;
  const zone = state.options.hostZone ?? 'US/Eastern';
  if (order.goodAfterTime && readTime(order.goodAfterTime, zone, nowOf(state)) === undefined) return refusals.dateTime;
  if (tif !== 'GTD' && tif !== 'GTT') return undefined;
  const till = readTime(order.goodTillDate ?? '', zone, nowOf(state));
  if (till === undefined) return refusals.goodTillDate;
  const end = /:/.test(order.goodTillDate ?? '') ? till : till + 86_400_000;
  return end <= nowOf(state) ? refusals.goodTillDate : undefined;
}

/** Prices a type needs, all of them on the grid. */
function checkPrices(
  state: EngineState,
  kind: OrderKind,
  instrument: Instrument,
  order: SimOrder,
  isCombo: boolean,
): Refusal | undefined {
  const isPriced = (price: number | undefined): price is number => price !== undefined && Number.isFinite(price);
  for (const need of kind.needs) {
    if (need === 'trail') {
      if (!order.auxPrice && !order.trailingPercent) return refusals.noOffset;
      if (order.auxPrice && order.trailingPercent) return refusals.twoTrails;
      if (order.trailingPercent !== undefined && (order.trailingPercent < 0 || order.trailingPercent >= 100))
        return refusals.offsetRange;
    } else if (!isPriced(order[need]) || (need === 'auxPrice' && order[need] === 0)) {
      if (isCombo && need === 'lmtPrice' && order.orderType === 'LMT') continue;
      return need === 'auxPrice' ? refusals.stopPrice : refusals.incomplete;
    }
  }
  if (isCombo) return undefined;
  const { market } = state.setup;
  const isOn = (price: number | undefined): boolean => !isPriced(price) || price === 0 || market.onGrid(instrument.conId, price);
  const isTrail = kind.wake === 'trail' || kind.wake === 'trailTouch';
  const checked = [order.lmtPrice, order.trailStopPrice, isTrail || !kind.wake ? undefined : order.auxPrice];
  if (
    kind.pricing === 'limit' &&
    kind.wake !== 'trail' &&
    isPriced(order.lmtPrice) &&
    order.lmtPrice <= 0 &&
    !mayBeNegative(instrument)
  )
    return refusals.offGrid;
  return checked.every(isOn) ? undefined : refusals.offGrid;
}

function mayBeNegative(instrument: Instrument): boolean {
  return instrument.secType === 'FUT' || instrument.secType === 'FOP';
}

function checkAttributes(kind: OrderKind, order: SimOrder): Refusal | undefined {
  if (order.displaySize && order.discretionaryAmt) return refusals.icebergDiscretion;
  if (order.hidden && kind.pricing !== 'limit') return refusals.hidden;
  if (order.displaySize && kind.pricing !== 'limit') return refusals.attribute('Display Size');
  if (order.discretionaryAmt && kind.pricing !== 'limit') return refusals.attribute('Discretionary Amount');
  if (order.triggerMethod !== undefined && ![0, 1, 2, 3, 4, 7, 8].includes(order.triggerMethod)) return refusals.triggerMethod;
  if (order.percentOffset !== undefined && (order.percentOffset < 0 || order.percentOffset > 1)) return refusals.offsetRange;
  if (order.outsideRth && kind.atClose) return refusals.outsideRth;
  if (order.shortSaleSlot && order.action !== 'SSHORT')
    return { code: 348, text: 'Order not a short sale -- type must be SSHORT to specify short sale slot.' };
  return undefined;
}

function checkConditions(state: EngineState, order: SimOrder): Refusal | undefined {
  for (const condition of order.conditions ?? []) {
    if (![1, 3, 4, 5, 6, 7].includes(condition.conditionType ?? 0)) return refusals.invalid('Invalid condition type');
    if (!isComplete(state, condition)) return refusals.conditionContract;
    if (condition.conditionType === 3 && readTime(condition.time ?? '', 'US/Eastern', nowOf(state)) === undefined)
      return refusals.dateTime;
  }
  return undefined;
}

function isComplete(state: EngineState, { conditionType, conId, symbol, secType }: SimCondition): boolean {
  if (conditionType === 5) return Boolean(symbol && secType);
  if (conditionType === 3 || conditionType === 4) return true;
  return conId !== undefined && state.setup.market.instrument(conId) !== undefined;
}

function checkAdjustment(order: SimOrder): Refusal | undefined {
  const to = order.adjustedOrderType;
  if (!to || to === 'None') return undefined;
  if (order.triggerPrice === undefined) return refusals.adjustTrigger;
  if (to.startsWith('TRAIL')) return order.adjustedTrailingAmount ? undefined : refusals.adjustTrail;
  if (order.adjustedStopPrice === undefined) return refusals.adjustStop;
  return to === 'STP LMT' && order.adjustedStopLimitPrice === undefined ? refusals.adjustStopLimit : undefined;
}

function checkPrecautions(state: EngineState, instrument: Instrument, order: SimOrder): Refusal | undefined {
  const { precautions } = state.options;
  if (!precautions) return undefined;
  if (precautions.size !== undefined && Number(order.totalQuantity) > precautions.size) return refusals.sizeLimit;
  const { last } = bookOf(state, instrument).quote;
  if (order.lmtPrice === undefined || last <= 0) return undefined;
  const away = order.action === 'BUY' ? order.lmtPrice - last : last - order.lmtPrice;
  if (precautions.percent !== undefined && away > (last * precautions.percent) / 100) return refusals.percentage;
  const ticks = away / state.setup.market.tickAt(instrument.conId, last);
  return precautions.ticks !== undefined && ticks > precautions.ticks ? refusals.ticks : undefined;
}
