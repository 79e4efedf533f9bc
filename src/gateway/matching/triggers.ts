/** Stops, touches and trails: where their trigger stands, how it follows the market, when it fires. */

import { bookOf, type EngineState } from './engine-state.js';
import { release } from './finish.js';
import { type InstrumentBook, queueIn, unqueue } from './instrument-book.js';
import type { LiveOrder } from './live-order.js';
import { orderKindOf } from './order-kinds.js';
import { type Entry, nth, type PriceQueue } from './price-queue.js';
import { announce } from './report.js';
import { fallSignal, hasFallenTo, hasRisenTo, methodFor, riseSignal } from './signals.js';
import { roundToStep } from './steps.js';

function isTrail(order: LiveOrder): boolean {
  return order.kind.wake === 'trail' || order.kind.wake === 'trailTouch';
}

/** True when the trigger waits for the market to rise to it. */
function firesOnRise(order: LiveOrder): boolean {
  const away = order.kind.wake === 'stop' || order.kind.wake === 'trail';
  return away ? order.isBuy : !order.isBuy;
}

/** Puts the trigger where it belongs. Fires it at once when the market is there already. */
export function arm(state: EngineState, order: LiveOrder): void {
  const book = bookOf(state, order.instrument);
  unqueue(book, order);
  if (isTrail(order)) startTrail(state, order, book);
  else order.stop = order.order.auxPrice;
  if (order.stop === undefined) return;
  queueIn(firesOnRise(order) ? book.rises : book.falls, order.stop, order);
  const { triggerPrice, adjustedOrderType } = order.order;
  if (triggerPrice !== undefined && adjustedOrderType && adjustedOrderType !== 'None' && !order.isAdjusted) {
    queueIn(order.isBuy ? book.adjustFalls : book.adjustRises, triggerPrice, order);
  }
  if (hasReached(book, order, order.stop)) fire(state, book, order);
}

function hasReached(book: InstrumentBook, order: LiveOrder, price: number): boolean {
  const { triggerMethod } = order.order;
  return firesOnRise(order) ? hasRisenTo(book, price, triggerMethod) : hasFallenTo(book, price, triggerMethod);
}

function fire(state: EngineState, book: InstrumentBook, order: LiveOrder): void {
  unqueue(book, order);
  order.isTriggered = true;
  if (order.order.orderType === 'TRAIL LIMIT' || order.kind.wake === 'trailTouch') followLimit(order);
  release(state, order, 'trigger');
}

/** Distance of a trail: an amount, or percent of the best price seen. */
function distance(order: LiveOrder, water: number): number {
  const { trailingPercent, auxPrice } = order.order;
  return trailingPercent ? (water * trailingPercent) / 100 : (auxPrice ?? 0);
}

/** A trail behind a sale follows the market up, behind a purchase down; trailing touches the other way round. */
function trailsUp(order: LiveOrder): boolean {
  return order.kind.wake === 'trail' ? !order.isBuy : order.isBuy;
}

function startTrail(state: EngineState, order: LiveOrder, book: InstrumentBook): void {
  const up = trailsUp(order);
  const method = methodFor(book, order.order.triggerMethod);
  const seen = up ? riseSignal(book.quote, method) : fallSignal(book.quote, method);
  order.water = order.water === undefined ? seen : up ? Math.max(order.water, seen) : Math.min(order.water, seen);
  order.stop ??= order.order.trailStopPrice ?? stopFor(state, order, book);
  followLimit(order);
  queueIn(up ? book.risingTrails : book.fallingTrails, order.water, order);
}

function stopFor(state: EngineState, order: LiveOrder, book: InstrumentBook): number {
  const water = order.water ?? book.quote.last;
  const up = trailsUp(order);
  const wanted = water + (up ? -1 : 1) * distance(order, water);
  return roundToStep(wanted, state.setup.market.tickAt(book.instrument.conId, wanted), up ? 'up' : 'down');
}

/** A trail whose first stop was given shows it, and the limit that follows from it, before anything is armed. */
export function presetTrail(order: LiveOrder): void {
  if (!isTrail(order) || order.stop !== undefined) return;
  order.stop = order.order.trailStopPrice;
  followLimit(order);
}

/** The limit of a trailing limit order keeps its distance from the stop. */
function followLimit(order: LiveOrder): void {
  if (order.kind.pricing !== 'limit' || !isTrail(order) || order.stop === undefined) return;
  const { lmtPriceOffset, trailStopPrice, lmtPrice } = order.order;
  const offset =
    lmtPriceOffset ?? (trailStopPrice !== undefined && lmtPrice !== undefined ? Math.abs(trailStopPrice - lmtPrice) : 0);
  order.limit = Math.round((order.stop + (order.isBuy ? offset : -offset)) * 1e8) / 1e8;
}

/** Moves the trails whose best price was beaten, adjusts what is due, fires what was reached. */
export function checkTriggers(state: EngineState, book: InstrumentBook): void {
  const { quote } = book;
  const top = Math.max(quote.last, quote.bid, (quote.bid + quote.ask) / 2);
  const bottom = Math.min(quote.last, quote.ask, (quote.bid + quote.ask) / 2);
  for (const entry of reached(book.risingTrails, (price) => price < top)) follow(state, book, entry.order, riseSignal, Math.max);
  for (const entry of reached(book.fallingTrails, (price) => price > bottom))
    follow(state, book, entry.order, fallSignal, Math.min);
  for (const entry of reached(book.adjustRises, (price) => price <= top)) {
    if (hasRisenTo(book, entry.price, entry.order.order.triggerMethod)) adjust(state, book, entry.order);
  }
  for (const entry of reached(book.adjustFalls, (price) => price >= bottom)) {
    if (hasFallenTo(book, entry.price, entry.order.order.triggerMethod)) adjust(state, book, entry.order);
  }
  for (const entry of reached(book.rises, (price) => price <= top)) {
    if (hasRisenTo(book, entry.price, entry.order.order.triggerMethod)) fire(state, book, entry.order);
  }
  for (const entry of reached(book.falls, (price) => price >= bottom)) {
    if (hasFallenTo(book, entry.price, entry.order.order.triggerMethod)) fire(state, book, entry.order);
  }
}

/** The entries from the front of a queue that the market may have reached; nothing behind them is looked at. */
function reached(queue: PriceQueue<LiveOrder>, isReached: (price: number) => boolean): readonly Entry<LiveOrder>[] {
  const found: Entry<LiveOrder>[] = [];
  for (let n = 0; ; n++) {
    const entry = nth(queue, n);
    if (!entry || !isReached(entry.price)) return found;
    found.push(entry);
  }
}

function follow(
  state: EngineState,
  book: InstrumentBook,
  order: LiveOrder,
  signal: typeof riseSignal,
  better: (a: number, b: number) => number,
): void {
  const seen = signal(book.quote, methodFor(book, order.order.triggerMethod));
  if (order.water === undefined || better(order.water, seen) === order.water) return;
  order.water = seen;
  const stop = stopFor(state, order, book);
  if (order.stop !== undefined && better(order.stop, stop) !== order.stop) order.stop = stop;
  unqueue(book, order);
  queueIn(trailsUp(order) ? book.risingTrails : book.fallingTrails, order.water, order);
  if (order.stop !== undefined) queueIn(firesOnRise(order) ? book.rises : book.falls, order.stop, order);
  followLimit(order);
}

/** The stop becomes what it was told to become at this price. */
function adjust(state: EngineState, book: InstrumentBook, order: LiveOrder): void {
  const { order: fields } = order;
  const kind = orderKindOf(fields.adjustedOrderType ?? '', false);
  if (!kind || kind === 'unsupported') return;
  const byPercent = fields.adjustableTrailingUnit === 1;
  unqueue(book, order);
  order.isAdjusted = true;
  order.kind = kind;
  order.water = undefined;
  order.stop = undefined;
  order.limit = undefined;
  order.order = {
    ...fields,
    orderType: fields.adjustedOrderType ?? fields.orderType,
    lmtPrice: fields.adjustedStopLimitPrice ?? fields.lmtPrice,
    auxPrice:
      kind.wake === 'trail'
        ? byPercent
          ? undefined
          : fields.adjustedTrailingAmount
        : (fields.adjustedStopPrice ?? fields.auxPrice),
    trailingPercent: kind.wake === 'trail' && byPercent ? fields.adjustedTrailingAmount : undefined,
    trailStopPrice: kind.wake === 'trail' ? fields.adjustedStopPrice : undefined,
  };
  arm(state, order);
  announce(state, order);
}
