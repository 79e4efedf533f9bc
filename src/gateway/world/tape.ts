/** Single ticks: what tick-by-tick streams and historical ticks show of one move. */
import { venuesOf } from './book.js';
import { type Move, tickOfMove } from './driver-feed.js';
import type { Quote } from './market-view.js';
import type { QuoteMaker, Track } from './quote-maker.js';
import { mix, mix2 } from './random.js';
import { toSize } from './valuation.js';

/** A trade, as `Last` and `AllLast` show it. */
export interface TradeTick {
  /** Epoch ms; the wire carries whole seconds. */
  readonly time: number;
  readonly price: number;
  readonly size: number;
  readonly exchange: string;
  /** With the blanks that belong to it: `   I` for an odd lot. */
  readonly specialConditions: string;
  readonly pastLimit: boolean;
  readonly unreported: boolean;
}

export interface BidAskTick {
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
  readonly bidPastLow: boolean;
  readonly askPastHigh: boolean;
}

export interface MidPointTick {
  readonly time: number;
  readonly middle: number;
}

function trade(track: Pick<Track, 'instrument'>, move: Move, time: number, price: number, size: number): TradeTick {
  const hash = mix2(track.instrument.conId ^ 0x71d3, move);
  const venues = venuesOf(track.instrument);
  const isOddLot = track.instrument.secType === 'STK' && track.instrument.currency === 'USD' && size < 100;
  return {
    time,
    price,
    size,
    exchange: venues[(hash >>> 3) % venues.length] ?? track.instrument.exchange,
    specialConditions: isOddLot ? '   I' : '',
    pastLimit: false,
    unreported: isOddLot && (hash & 7) === 0,
  };
}

/** The trade of a live quote. `Last` leaves out the unreported ones, `AllLast` does not. Undefined: it does not trade. */
export function tradeOf(track: Track, quote: Quote): TradeTick | undefined {
  return quote.lastSize > 0 ? trade(track, track.move, quote.lastTime, quote.last, quote.lastSize) : undefined;
}

export function bidAskOf({ time, bid, ask, bidSize, askSize, low, high }: Quote): BidAskTick {
  return { time, bid, ask, bidSize, askSize, bidPastLow: bid < low, askPastHigh: ask > high };
}

export function midPointOf(track: Track, { time, bid, ask }: Quote): MidPointTick {
  return { time, middle: track.valuation.between(bid, ask) };
}

/** Reads single moves of the past, giving the very values the live quotes had. */
export class Tape {
  readonly #track: Track;

  constructor(maker: QuoteMaker, conId: number) {
    this.#track = maker.track(conId);
  }

  /** The value of a move, on no grid. */
  value(move: Move): number {
    const { feed, valuation } = this.#track;
    return valuation.value(feed.priceOf(move, feed.past), move);
  }

  trade(move: Move): TradeTick {
    const { feed, valuation, instrument } = this.#track;
    const price = valuation.last(this.value(move));
    const tick = tickOfMove(move);
    const scale = instrument.driver.volumeScale;
    const through = Math.floor(feed.past.volumeThrough(tick) * scale);
    const before = (tick & 3) > 0 ? feed.past.volumeThrough(tick - 1) : feed.past.volumeBefore(tick >> 2);
    const size = scale > 0 ? toSize(instrument, Math.max(1, through - Math.floor(before * scale))) : 0;
    return trade(this.#track, move, feed.timeOf(move), price, size);
  }

  bidAsk(move: Move): BidAskTick {
    const { feed, valuation, instrument, sizes } = this.#track;
    const value = this.value(move);
    const hash = mix2(instrument.conId, move);
    return {
      time: feed.timeOf(move),
      bid: valuation.bid(value),
      ask: valuation.ask(value),
      bidSize: sizes(hash),
      askSize: sizes(mix(hash)),
      bidPastLow: false,
      askPastHigh: false,
    };
  }

  midPoint(move: Move): MidPointTick {
    return { time: this.#track.feed.timeOf(move), middle: this.#track.valuation.middle(this.value(move)) };
  }
}
