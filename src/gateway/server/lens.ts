// What settings of the terminal make of an instrument's prices and sizes on their way out: whole pips, lots.
import { type Grid, gridOf } from '../world/grid.js';
import type { Instrument } from '../world/instrument.js';
import type { Book, BookRow, Quote } from '../world/market-view.js';
import { inWholePips } from './pips.js';
import type { TerminalSettings } from './terminal-settings.js';

/** Shares in a lot. */
export const LOT = 100;

type Side = 'bid' | 'ask';

export interface Lens {
  /** A price; a side of the market is rounded away from the other. */
  price(price: number, side?: Side): number;
  /** A size or volume of trades: whole lots. */
  traded(size: number): number;
  /** A size that is quoted: at least one lot. */
  quoted(size: number): number;
  quote(quote: Quote): Quote;
  /** Rows that come to stand at one price are one row. */
  book(book: Book): Book;
}

/** Whether the terminal counts the shares of an instrument in lots. */
export function isInLots(terminal: TerminalSettings, { secType, currency }: Instrument): boolean {
  return terminal.sendMarketDataInLotsForUsStocks && secType === 'STK' && currency === 'USD';
}

/** How an instrument's data are shown. `unit`: what sizes are divided by; unset: as the terminal is set. */
export function lensOf(
  terminal: TerminalSettings,
  instrument: Instrument,
  unit: number = isInLots(terminal, instrument) ? LOT : 1,
): Lens {
  const grid = terminal.showForexDataIn1_10Pips ? undefined : wholeGrid(instrument);
  const price = (at: number, side?: Side): number => (grid === undefined || at <= 0 ? at : onGrid(grid, at, side));
  const quoted = (size: number): number => (size > 0 ? Math.max(wholeLots(size, unit), Math.min(size, 1)) : 0);
  const isPlain = grid === undefined && unit === 1;
  return {
    price,
    quoted,
    traded: (size) => wholeLots(size, unit),
    quote: (quote) => (grid === undefined ? quote : onWholePips(quote, price)),
    book: ({ bids, asks }) => {
      const rows = (side: Side, given: readonly BookRow[]): BookRow[] =>
        merged(given.map((row) => ({ ...row, price: price(row.price, side), size: quoted(row.size) })));
      return isPlain ? { bids, asks } : { bids: rows('bid', bids), asks: rows('ask', asks) };
    },
  };
}

/** A size in its unit: shares as they are, lots whole. */
export function wholeLots(size: number, unit: number): number {
  return unit === 1 ? size : Math.floor(size / unit);
}

function wholeGrid(instrument: Instrument): Grid | undefined {
  const whole = inWholePips(instrument);
  return whole === instrument ? undefined : gridOf(whole.rule);
}

function onGrid(grid: Grid, at: number, side: Side | undefined): number {
  if (side === undefined) return grid.round(at);
  if (side === 'ask' && !grid.isOn(at)) return grid.price(grid.floor(at) + 1);
  return grid.price(grid.floor(at));
}

function onWholePips(quote: Quote, price: Lens['price']): Quote {
  return {
    ...quote,
    bid: price(quote.bid, 'bid'),
    ask: price(quote.ask, 'ask'),
    last: price(quote.last),
    open: price(quote.open),
    high: price(quote.high),
    low: price(quote.low),
    close: price(quote.close),
  };
}

function merged(rows: readonly BookRow[]): BookRow[] {
  const told: BookRow[] = [];
  for (const row of rows) {
    const last = told.at(-1);
    if (last?.price === row.price) told[told.length - 1] = { ...last, size: last.size + row.size };
    else told.push(row);
  }
  return told;
}
