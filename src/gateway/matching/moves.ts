/** What a move of the market sets off on one instrument, in this order: session, conditions, triggers, prices, fills. */
import type { Instrument } from '../world/instrument.js';
import type { Quote } from '../world/market-view.js';
import { followVolume } from './algos.js';
import { matchCombo } from './combos.js';
import type { EngineState } from './engine-state.js';
import { release } from './finish.js';
import { type InstrumentBook, takeQuote, unqueue } from './instrument-book.js';
import { isAtExchange, type LiveOrder } from './live-order.js';
import { fillAtMiddle, fillFromPrint, sweep } from './match.js';
import { workingPrice } from './pricing.js';
import { isAuction, mayTrade } from './sessions.js';
import { checkTriggers } from './triggers.js';
import { drain, reprice } from './work.js';

export function onMove(state: EngineState, quote: Quote, instrument: Instrument): void {
  const book = state.books.get(instrument.conId);
  if (!book) return;
  takeQuote(book, quote);
  if (book.session !== quote.session) changeSession(state, book);
  for (const order of book.watchers) state.ready.push(order);
  checkTriggers(state, book);
  drain(state);
  reprice(state, book);
  for (const order of book.volumeAlgos) if (isAtExchange(order) && followVolume(state, order)) state.ready.push(order);
  for (const order of [...book.combos]) {
    if (!isAtExchange(order)) continue;
    const price = workingPrice(state, order, book);
    if (price !== 'none') matchCombo(state, order, price);
  }
  drain(state);
  sweep(state, book);
  fillFromPrint(state, book);
  fillAtMiddle(state, book, (order) => middleOf(state, book, order));
  drain(state);
}

function middleOf(state: EngineState, book: InstrumentBook, order: LiveOrder): number | undefined {
  const price = workingPrice(state, order, book);
  return price === 'none' ? undefined : price;
}

/** Another session began: orders that may not trade in it wait, those that may go on. */
export function changeSession(state: EngineState, book: InstrumentBook): void {
  book.session = book.quote.session;
  for (const order of [...book.live]) {
    if (order.isStaged || isAuction(order)) continue;
    if (mayTrade(order, book.session)) release(state, order, 'session');
    else if (!order.holds.has('session')) {
      unqueue(book, order);
      order.holds.add('session');
    }
  }
}
