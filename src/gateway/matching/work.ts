/** An order that nothing holds: priced, matched, queued with what is left; and orders whose turn it is to go on. */
import { startAlgo } from './algos.js';
import { matchCombo } from './combos.js';
import { conditionsHold, hasConditions } from './conditions.js';
import { type EngineState, freshBook, watchedBook } from './engine-state.js';
import { setExpiry } from './enter.js';
import { cancelNow, conclude } from './finish.js';
import { type InstrumentBook, queueIn, unqueue } from './instrument-book.js';
import { isAtExchange, type LiveOrder, remainingOf } from './live-order.js';
import { match } from './match.js';
import { isFloating, workingPrice } from './pricing.js';
import { announce, announceIfNew, sayStatus, scheduleRepeats } from './report.js';
import { arm } from './triggers.js';

/** Runs everything that became ready, until nothing is left. */
export function drain(state: EngineState): void {
  for (let rounds = 0; state.ready.length > 0 && rounds < 100_000; rounds++) {
    const order = state.ready.shift() as LiveOrder;
    proceed(state, order);
  }
  scheduleRepeats(state);
}

function proceed(state: EngineState, order: LiveOrder): void {
  if (order.final || order.isStaged || order.isPendingCancel) return;
  if (
    hasConditions(order) &&
    (order.order.conditionsCancelOrder || order.holds.has('condition')) &&
    conditionsHold(state, order)
  ) {
    if (order.order.conditionsCancelOrder) {
      cancelNow(state, order, '', 'System');
      return;
    }
    order.holds.delete('condition');
  }
  if (order.holds.size === 0 && remainingOf(order) === 0n) {
    cancelNow(state, order, '', 'System'); // a hedge whose parent leaves nothing to hedge
    return;
  }
  if (order.holds.size === 0) {
    if (!order.isWorking || order.released !== undefined) work(state, order);
    return;
  }
  if (order.holds.size === 1 && order.holds.has('trigger') && order.entries.length === 0) arm(state, order);
}

/** Prices and matches an order at the exchange. */
export function work(state: EngineState, order: LiveOrder): void {
  const book = freshBook(state, order.instrument);
  unqueue(book, order);
  startAlgo(state, order);
  const isImmediate = order.order.tif === 'IOC' || order.order.tif === 'FOK';
  const saysFirst = state.options.acknowledge === 'direct' || order.kind.wake !== undefined || order.parent !== undefined;
  if (saysFirst && !isImmediate && order.lastSaid !== 'Submitted') announce(state, order);
  const price = workingPrice(state, order, book);
  if (price === 'none') book.floats.add(order);
  else if (order.parts) {
    matchCombo(state, order, price);
    if (!order.final) for (const part of order.parts) watchedBook(state, part.instrument).combos.add(order);
  } else {
    match(state, order, book, price);
    if (order.kind.pricing === 'touchThenLimit' && !order.final) order.limit ??= order.filled > 0n ? order.lastFillPrice : price;
  }
  if (order.final) return;
  if (isImmediate) {
    endImmediate(state, order);
    return;
  }
  if (price !== 'none' && !order.parts) queue(book, order, order.kind.pricing === 'touchThenLimit' ? order.limit : price);
  order.isWorking = true;
  if (!order.expiry) setExpiry(state, order);
  announceIfNew(state, order);
}

function queue(book: InstrumentBook, order: LiveOrder, price: number | undefined): void {
  if (isFloating(order)) {
    book.floats.add(order);
    if (order.kind.pricing === 'mid') book.mids.add(order);
  }
  queueIn(
    order.isBuy ? book.buys : book.sells,
    price ?? (order.isBuy ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY),
    order,
  );
}

/** What an immediate order could not fill ends without a 202: recorded gateways send statuses only. */
function endImmediate(state: EngineState, order: LiveOrder): void {
  if (order.order.tif === 'FOK' || remainingOf(order) === 0n) {
    conclude(state, order, 'Inactive', 'Cancelled by System:\nfill or kill');
    sayStatus(state, order);
    return;
  }
  order.isPendingCancel = true;
  if (state.options.cancelling !== 'direct') sayStatus(state, order);
  conclude(state, order, 'Cancelled', 'Cancelled by System:\nimmediate or cancel');
  sayStatus(state, order);
}

/** Prices that follow the quote are found again; what changed is queued anew and may trade. */
export function reprice(state: EngineState, book: InstrumentBook): void {
  for (const order of [...book.floats]) {
    if (!isAtExchange(order)) continue;
    const price = workingPrice(state, order, book);
    if (price === order.entries[0]?.price || price === 'none') continue;
    unqueue(book, order);
    match(state, order, book, price);
    if (order.final) continue;
    queue(book, order, price);
    order.isWorking = true;
  }
}
