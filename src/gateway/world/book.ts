/** The order book around a quote, and the inserts, updates and deletes that lead from one book to the next. */
import type { Instrument } from './instrument.js';
import type { Book, BookRow, Quote } from './market-view.js';
import { mix2 } from './random.js';
import type { Valuation } from './valuation.js';

/** One message of `updateMktDepth`/`updateMktDepthL2`. */
export interface BookChange {
  readonly position: number;
  readonly operation: 0 | 1 | 2;
  /** 0 ask, 1 bid. */
  readonly side: 0 | 1;
  readonly price: number;
  readonly size: number;
  readonly marketMaker: string;
}

export const INSERT = 0;
export const UPDATE = 1;
export const DELETE = 2;

const NOT_VENUES = new Set([
  'SMART',
  'FOXRIVER',
  'DRCTEDGE',
  'OVERNIGHT',
  'IBEOS',
  'TPLUS0',
  'QBALGO',
  'IBUSOPT',
  'LTSE',
  'T24X',
  'CHX',
]);
const venues = new Map<string, readonly string[]>();

/** Exchanges where trades and resting orders of an instrument may stand. */
export function venuesOf(instrument: Instrument): readonly string[] {
  let found = venues.get(instrument.validExchanges);
  if (found === undefined) {
    found = instrument.validExchanges.split(',').filter((name) => !NOT_VENUES.has(name));
    if (found.length === 0) found = [instrument.exchange];
    venues.set(instrument.validExchanges, found);
  }
  return found;
}

/** The book of a quote: its best rows are the quote's, deeper rows keep their size for seconds. */
export function bookOf(quote: Quote, valuation: Valuation, sizes: (hash: number) => number, rows: number): Book {
  const { grid, instrument } = valuation;
  const places = venuesOf(instrument);
  const best = Math.round(grid.position(quote.bid));
  const row = (step: number, depth: number, size: number | undefined): BookRow => {
    const hash = mix2(instrument.conId ^ 0x2f6b, step);
    // Each row changes its size at its own beat, every four to eleven seconds.
    const beat = Math.floor((quote.time + (hash & 0xfff)) / (4000 + (hash & 0x1fff)));
    return {
      price: grid.price(step),
      size: size ?? sizes(mix2(hash, beat)) * Math.min(4, 1 + (depth >> 1)),
      marketMaker: places[(hash >>> 8) % places.length] ?? instrument.exchange,
    };
  };
  const bids: BookRow[] = [];
  const asks: BookRow[] = [];
  for (let i = 0; i < rows; i++) {
    if (best - i > 0) bids.push(row(best - i, i, i === 0 ? quote.bidSize : undefined));
    asks.push(row(best + instrument.spreadTicks + i, i, i === 0 ? quote.askSize : undefined));
  }
  return { bids, asks };
}

/**
 * What to send so that a client that holds `before` holds `after`. Rows that go are deleted on both sides before any row
 * comes, so a client that applies the changes one by one never sees a crossed book.
 */
export function bookChanges(before: Book, after: Book): BookChange[] {
  const changes: BookChange[] = [];
  for (const [side, old, now] of [
    [1, before.bids, after.bids],
    [0, before.asks, after.asks],
  ] as const) {
    const kept = new Set(now.map((row) => row.price));
    for (let position = old.length - 1; position >= 0; position--) {
      const row = old[position] as BookRow;
      if (!kept.has(row.price)) changes.push({ ...row, position, operation: DELETE, side, price: 0, size: 0 });
    }
  }
  for (const [side, old, now] of [
    [1, before.bids, after.bids],
    [0, before.asks, after.asks],
  ] as const) {
    const held = new Map(old.map((row) => [row.price, row]));
    for (const [position, row] of now.entries()) {
      const was = held.get(row.price);
      if (was === undefined) changes.push({ ...row, position, operation: INSERT, side });
      else if (was.size !== row.size || was.marketMaker !== row.marketMaker)
        changes.push({ ...row, position, operation: UPDATE, side });
    }
  }
  return changes;
}

export const EMPTY_BOOK: Book = { bids: [], asks: [] };
