/** What matching and accounts may see of the market: quotes on the grid, moves, sessions. */
import type { Instrument } from './instrument.js';

/** `regular`: liquid hours; `extended`: tradable outside of them; `closed`: no trading. */
export type SessionKind = 'regular' | 'extended' | 'closed';

/** The session at an instant. */
export interface Session {
  readonly kind: SessionKind;
  /** Start and end of this stretch (open or closed), epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Trading day the instant belongs to or, while closed, the next one: yyyyMMdd. */
  readonly tradingDay: string;
  /** Opening and closing of the liquid hours of that trading day, epoch ms. */
  readonly liquidFrom: number;
  readonly liquidTo: number;
}

/**
 * A quote. Prices lie on the instrument's grid; `bid < ask` always, and `bid <= last <= ask` while open and untouched.
 * The object of an instrument is replaced when its quote moves, never changed in place.
 */
export interface Quote {
  readonly conId: number;
  /** Instant of the move, epoch ms. */
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
  /** Price and size of the last trade; for what has no trades (currencies, funds) the price is that of the middle, size 0. */
  readonly last: number;
  readonly lastSize: number;
  readonly lastTime: number;
  /** Volume, open, high and low of the trading day so far. */
  readonly volume: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  /** Close of the previous trading day. */
  readonly close: number;
  readonly halted: boolean;
  readonly session: SessionKind;
}

/** A row of the book; the best row comes first. */
export interface BookRow {
  readonly price: number;
  readonly size: number;
  /** Exchange (stocks by SMART depth) or maker of the row. */
  readonly marketMaker: string;
}

export interface Book {
  readonly bids: readonly BookRow[];
  readonly asks: readonly BookRow[];
}

export type MoveListener = (quote: Quote, instrument: Instrument) => void;

export interface MarketView {
  /** Now, epoch ms, by the world's clock. */
  now(): number;
  /** Undefined for an unknown conId. */
  instrument(conId: number): Instrument | undefined;
  /** Quote as of now. Throws `WorldError` for an unknown conId. */
  quote(conId: number): Quote;
  /** Book as of now, `rows` per side (default 5), never crossed, best rows equal to the quote. */
  book(conId: number, rows?: number): Book;
  /** Session at an instant. */
  session(conId: number, at: number): Session;
  /** Step of the grid at a price. */
  tickAt(conId: number, price: number): number;
  /** True when the price lies on the grid. */
  onGrid(conId: number, price: number): boolean;
  /** Moves of this instrument are made (and listeners called) until the returned function is called. Counted per caller. */
  watch(conId: number): () => void;
  /** Called for each move of a watched instrument, in time order, at the instant of the move. Returns the way to stop. */
  onMove(listener: MoveListener): () => void;
}
