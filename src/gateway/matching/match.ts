/** Orders against the market and against each other: price first, then time; never outside a limit, never more than is there. */
import { floorToStep, greater, lesser, type Quantity, quantityOfSize } from '../accounts/amount.js';
import type { EngineState } from './engine-state.js';
import { bearable, fill, starve } from './fill.js';
import { type InstrumentBook, levelFor, take } from './instrument-book.js';
import { type LiveOrder, remainingOf, workableOf } from './live-order.js';
import { lotOf } from './lots.js';
import { type Entry, nth } from './price-queue.js';
import { middleOf } from './steps.js';
import { venueOf } from './venues.js';

/** True when a price is no worse than the limit; no limit takes any. */
function accepts(isBuy: boolean, limit: number | undefined, price: number): boolean {
  return limit === undefined || (isBuy ? price <= limit : price >= limit);
}

/** The least that must trade at once: all of it, a minimum before the first fill, or nothing in particular. */
function leastOf(order: LiveOrder): Quantity {
  const { allOrNone, minQty, tif } = order.order;
  if (allOrNone || tif === 'FOK') return remainingOf(order);
  return minQty && order.filled === 0n ? lesser(quantityOfSize(minQty), remainingOf(order)) : 0n;
}

/** What could trade right now within a limit, other clients' resting orders included, counted up to `enough`. */
export function depthWithin(
  state: EngineState,
  book: InstrumentBook,
  order: LiveOrder,
  limit: number | undefined,
  enough: Quantity,
): Quantity {
  const { isBuy } = order;
  let sum = 0n;
  const opposite = isBuy ? book.sells : book.buys;
  for (let n = 0; sum < enough; n++) {
    const entry = nth(opposite, n);
    const price = entry && rivalPrice(book, entry, isBuy);
    if (!entry || price === undefined || !accepts(isBuy, limit, price)) break;
    if (leastOf(entry.order) === 0n) sum += workableOf(entry.order);
  }
  const used = isBuy ? book.usedAsk : book.usedBid;
  const first = levelFor(state.setup.market, book, isBuy);
  if (sum >= enough || !first || !accepts(isBuy, limit, first.price)) return sum;
  sum += first.available;
  if (sum >= enough) return sum;
  book.rows ??= state.setup.market.book(book.instrument.conId);
  let passed = 0n;
  for (const row of isBuy ? book.rows.asks : book.rows.bids) {
    passed += quantityOfSize(row.size);
    if (passed <= used + first.available || !accepts(isBuy, limit, row.price)) continue;
    sum += lesser(quantityOfSize(row.size), passed - used - first.available);
  }
  return sum;
}

/** The price a resting order of ours would trade at; a market order at rest takes what the touch says. */
function rivalPrice(book: InstrumentBook, entry: Entry<LiveOrder>, isBuy: boolean): number | undefined {
  if (Number.isFinite(entry.price)) return entry.price;
  const price = isBuy ? book.quote.bid : book.quote.ask;
  return price > 0 ? price : undefined;
}

function rivalFor(
  book: InstrumentBook,
  order: LiveOrder,
  open: Quantity,
): { entry: Entry<LiveOrder>; price: number } | undefined {
  const opposite = order.isBuy ? book.sells : book.buys;
  for (let n = 0; n < 8; n++) {
    const entry = nth(opposite, n);
    if (!entry) return undefined;
    const price = rivalPrice(book, entry, order.isBuy);
    const least = leastOf(entry.order);
    if (price !== undefined && workableOf(entry.order) > 0n && (least === 0n || open >= least)) return { entry, price };
  }
  return undefined;
}

/** Trades what can be traded now within `limit` (undefined: at market). What is left stays the caller's to queue. */
export function match(state: EngineState, order: LiveOrder, book: InstrumentBook, limit: number | undefined): void {
  if (book.quote.halted) return;
  const least = leastOf(order);
  if (least > 0n && depthWithin(state, book, order, limit, least) < least) return;
  const { isBuy } = order;
  for (let rounds = 0; rounds < 10_000; rounds++) {
    const open = workableOf(order);
    if (open <= 0n || order.final) return;
    const level = levelFor(state.setup.market, book, isBuy);
    const rival = rivalFor(book, order, open);
    const isRivalFirst = rival !== undefined && (level === undefined || accepts(isBuy, level.price, rival.price));
    const price = isRivalFirst ? rival.price : level?.price;
    if (price === undefined || !accepts(isBuy, limit, price)) return;
    const wanted = isRivalFirst ? lesser(open, workableOf(rival.entry.order)) : lesser(open, level?.available ?? 0n);
    if (wanted <= 0n) return;
    const terms = { price, liquidity: 2, exchange: venueOf(state, order) } as const;
    const mine = bearable(state, order, wanted, terms);
    if (mine <= 0n) {
      starve(state, order);
      return;
    }
    if (!isRivalFirst) {
      take(book, isBuy, mine);
      fill(state, order, mine, terms);
      continue;
    }
    const theirs = rival.entry.order;
    const both = bearable(state, theirs, mine, terms);
    if (both <= 0n) {
      starve(state, theirs);
      continue;
    }
    fill(state, theirs, both, { ...terms, liquidity: 1 });
    fill(state, order, both, terms);
  }
}

/** After a move: every working order the other side has come to, best price first. */
export function sweep(state: EngineState, book: InstrumentBook): void {
  for (const isBuy of [true, false]) {
    const queue = isBuy ? book.buys : book.sells;
    for (let n = 0; ; ) {
      const entry = nth(queue, n);
      const touch = isBuy ? book.quote.ask : book.quote.bid;
      if (!entry || !accepts(isBuy, Number.isFinite(entry.price) ? entry.price : undefined, touch)) break;
      if (levelFor(state.setup.market, book, isBuy) === undefined) break;
      match(state, entry.order, book, Number.isFinite(entry.price) ? entry.price : undefined);
      if (nth(queue, n) === entry) n += 1;
    }
  }
}

/** A print on the tape fills resting orders it went through or met, at their own price, up to its size. */
export function fillFromPrint(state: EngineState, book: InstrumentBook): void {
  const { quote, before } = book;
  if (quote.halted || quote.lastSize <= 0 || before === undefined || quote.lastTime === before.lastTime) return;
  for (const isBuy of [true, false]) {
    const queue = isBuy ? book.buys : book.sells;
    for (let n = 0; ; ) {
      const entry = nth(queue, n);
      const left = quantityOfSize(quote.lastSize) - book.usedPrint;
      if (!entry || left <= 0n || !Number.isFinite(entry.price) || !accepts(isBuy, entry.price, quote.last)) break;
      const { order } = entry;
      const shown = order.order.displaySize ? quantityOfSize(order.order.displaySize) : left;
      const wanted = lesser(lesser(workableOf(order), left), shown);
      const terms = { price: entry.price, liquidity: 1, exchange: venueOf(state, order) } as const;
      const quantity = wanted < leastOf(order) ? 0n : bearable(state, order, wanted, terms);
      if (quantity > 0n) {
        book.usedPrint += quantity;
        fill(state, order, quantity, terms);
      } else if (wanted > 0n && wanted >= leastOf(order)) starve(state, order);
      if (nth(queue, n) === entry) n += 1;
    }
  }
}

/** Orders at the middle trade there with a tenth of the smaller side of every new quote. */
export function fillAtMiddle(state: EngineState, book: InstrumentBook, priceOf: (order: LiveOrder) => number | undefined): void {
  const { quote } = book;
  if (book.mids.size === 0 || quote.halted) return;
  const step = quantityOfSize(book.instrument.sizeIncrement);
  let left = floorToStep(quantityOfSize(Math.min(quote.bidSize, quote.askSize)) / 10n, step);
  left = greater(left, lotOf(book.instrument, 0n));
  const middle = middleOf(quote.bid, quote.ask);
  for (const order of [...book.mids]) {
    const price = priceOf(order);
    if (left <= 0n || price === undefined || (order.isBuy ? price < middle : price > middle)) continue;
    const wanted = floorToStep(lesser(workableOf(order), left), lotOf(order.instrument, order.original));
    const terms = { price: middle, liquidity: 1, exchange: venueOf(state, order) } as const;
    const quantity = wanted <= 0n || wanted < leastOf(order) ? 0n : bearable(state, order, wanted, terms);
    if (quantity <= 0n) continue;
    left -= quantity;
    fill(state, order, quantity, terms);
  }
}
