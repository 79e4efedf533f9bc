/** Which market price a trigger listens to, by trigger method. */
import type { Quote } from '../world/market-view.js';
import type { InstrumentBook } from './instrument-book.js';

/** The price that decides whether the market has risen to a trigger, for one quote. */
export function riseSignal(quote: Quote, method: number): number {
  switch (method) {
    case 1:
    case 4:
      return quote.bid;
    case 7:
      return Math.max(quote.last, quote.bid);
    case 8:
      return (quote.bid + quote.ask) / 2;
    default:
      return quote.last;
  }
}

export function fallSignal(quote: Quote, method: number): number {
  switch (method) {
    case 1:
    case 4:
      return quote.ask;
    case 7:
      return Math.min(quote.last, quote.ask);
    case 8:
      return (quote.bid + quote.ask) / 2;
    default:
      return quote.last;
  }
}

/** Methods 1 and 3 want two quotes in a row; currencies have no trades and go by bid and ask. */
export function methodFor(book: InstrumentBook, asked: number | undefined): number {
  if (asked) return asked;
  return book.instrument.secType === 'CASH' || book.instrument.secType === 'CMDTY' ? 4 : 2;
}

export function hasRisenTo(book: InstrumentBook, price: number, asked: number | undefined): boolean {
  const method = methodFor(book, asked);
  if (riseSignal(book.quote, method) < price) return false;
  return !wantsTwo(method) || (book.before !== undefined && riseSignal(book.before, method) >= price);
}

export function hasFallenTo(book: InstrumentBook, price: number, asked: number | undefined): boolean {
  const method = methodFor(book, asked);
  if (fallSignal(book.quote, method) > price) return false;
  return !wantsTwo(method) || (book.before !== undefined && fallSignal(book.before, method) <= price);
}

function wantsTwo(method: number): boolean {
  return method === 1 || method === 3;
}
