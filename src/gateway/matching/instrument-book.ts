/** Everything that works or waits on one instrument, sorted by what would wake it, with the quote it stands against. */
import { type Quantity, quantityOfSize } from '../accounts/amount.js';
import type { Instrument } from '../world/instrument.js';
import type { BookRow, MarketView, Quote, Session, SessionKind } from '../world/market-view.js';
import type { LiveOrder } from './live-order.js';
import { createQueue, dequeue, enqueue, type PriceQueue } from './price-queue.js';

export interface InstrumentBook {
  readonly instrument: Instrument;
  quote: Quote;
  before: Quote | undefined;
  /** Taken from each side since the quote came. */
  usedBid: Quantity;
  usedAsk: Quantity;
  /** Taken from the last print. */
  usedPrint: Quantity;
  rows: { readonly bids: readonly BookRow[]; readonly asks: readonly BookRow[] } | undefined;
  session: SessionKind;
  /** The stretch of the calendar last asked for; good until it ends. */
  stretch: Session | undefined;
  /** Working orders; market orders stand at ±Infinity. */
  readonly buys: PriceQueue<LiveOrder>;
  readonly sells: PriceQueue<LiveOrder>;
  /** Triggers that fire when the market rises to them, or falls to them. */
  readonly rises: PriceQueue<LiveOrder>;
  readonly falls: PriceQueue<LiveOrder>;
  /** Triggers of adjustable stops. */
  readonly adjustRises: PriceQueue<LiveOrder>;
  readonly adjustFalls: PriceQueue<LiveOrder>;
  /** Trailing orders by the best price they have seen. */
  readonly risingTrails: PriceQueue<LiveOrder>;
  readonly fallingTrails: PriceQueue<LiveOrder>;
  /** Repriced with every move. */
  readonly floats: Set<LiveOrder>;
  /** Take part in trades at the middle. */
  readonly mids: Set<LiveOrder>;
  /** Conditions that look at this instrument, combos with a leg in it, algorithms that count its volume. */
  readonly watchers: Set<LiveOrder>;
  readonly combos: Set<LiveOrder>;
  readonly volumeAlgos: Set<LiveOrder>;
  /** Orders that want another session. */
  readonly live: Set<LiveOrder>;
  /** Its moves are told: something here waits for them. */
  isWatched: boolean;
}

export function openBook(market: MarketView, instrument: Instrument): InstrumentBook {
  const quote = market.quote(instrument.conId);
  return {
    instrument,
    quote,
    before: undefined,
    usedBid: 0n,
    usedAsk: 0n,
    usedPrint: 0n,
    rows: undefined,
    session: quote.session,
    stretch: undefined,
    buys: createQueue(1),
    sells: createQueue(-1),
    rises: createQueue(-1),
    falls: createQueue(1),
    adjustRises: createQueue(-1),
    adjustFalls: createQueue(1),
    risingTrails: createQueue(-1),
    fallingTrails: createQueue(1),
    floats: new Set(),
    mids: new Set(),
    watchers: new Set(),
    combos: new Set(),
    volumeAlgos: new Set(),
    live: new Set(),
    isWatched: false,
  };
}

/** Takes a new quote in: what was taken from the old one is there again. */
export function takeQuote(book: InstrumentBook, quote: Quote): void {
  if (quote === book.quote) return;
  book.before = book.quote;
  book.quote = quote;
  book.usedBid = 0n;
  book.usedAsk = 0n;
  book.usedPrint = 0n;
  book.rows = undefined;
}

export interface Level {
  readonly price: number;
  readonly available: Quantity;
}

/** The best price the other side still offers and how much of it; deeper rows once the best is taken. Undefined: nothing left. */
export function levelFor(market: MarketView, book: InstrumentBook, isBuy: boolean): Level | undefined {
  const { quote } = book;
  const used = isBuy ? book.usedAsk : book.usedBid;
  const touch = quantityOfSize(isBuy ? quote.askSize : quote.bidSize);
  const price = isBuy ? quote.ask : quote.bid;
  if (!(price > 0) || touch <= 0n) return undefined;
  if (used < touch) return { price, available: touch - used };
  book.rows ??= market.book(book.instrument.conId);
  let skipped = 0n;
  for (const row of isBuy ? book.rows.asks : book.rows.bids) {
    const size = quantityOfSize(row.size);
    if (used < skipped + size && (isBuy ? row.price > price : row.price < price)) {
      return { price: row.price, available: skipped + size - (used > skipped ? used : skipped) };
    }
    skipped += size;
  }
  return undefined;
}

export function take(book: InstrumentBook, isBuy: boolean, quantity: Quantity): void {
  if (isBuy) book.usedAsk += quantity;
  else book.usedBid += quantity;
}

/** Puts an order into one of the queues. */
export function queueIn(queue: PriceQueue<LiveOrder>, price: number, order: LiveOrder): void {
  order.entries.push(enqueue(queue, price, order.seq, order));
}

/** Takes an order out of all queues and sets of its book that are about working; `live` keeps it. */
export function unqueue(book: InstrumentBook, order: LiveOrder): void {
  for (const entry of order.entries) dequeue(entry);
  order.entries.length = 0;
  order.isWorking = false;
  book.floats.delete(order);
  book.mids.delete(order);
}
