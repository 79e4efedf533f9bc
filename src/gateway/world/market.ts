/** The market of the simulated world: quotes now and delayed, moves, books, Greeks, and the hands that move it. */
import type { Clock } from '../clock.js';
import { type Greeks, greeks, impliedVolatility } from './black-scholes.js';
import { bookOf } from './book.js';
import { type Bend, indexOfMove } from './driver-feed.js';
import { WorldError } from './errors.js';
import { find as findContracts } from './find.js';
import { gridOf } from './grid.js';
import type { Instrument } from './instrument.js';
import { noInterventions } from './interventions.js';
import type { MarketView, Quote } from './market-view.js';
import { QuoteMaker, type Track } from './quote-maker.js';
import { sessionAt } from './sessions.js';
import { createTicker, type Ticker } from './ticker.js';
import type { Universe } from './universe.js';

/** Delayed data is this old. */
export const DELAY_MS = 15 * 60_000;
/** Bends of one path that are kept; the oldest are merged away, so that setting prices for ever costs no memory. */
const MAX_BENDS = 4_096;

/** An option's model values at its quote. Undefined where the price has no implied volatility. */
export interface OptionValues extends Greeks {
  readonly impliedVolatility: number;
  readonly underlyingPrice: number;
  /** Present value of dividends until expiry. */
  readonly pvDividend: number;
}

export interface Market extends MarketView {
  readonly universe: Universe;
  readonly seed: number;
  /** Quote as of any instant, past or future (without interventions to come). */
  quoteAt(conId: number, at: number): Quote;
  /** Quote of `DELAY_MS` ago, for delayed data. */
  delayedQuote(conId: number): Quote;
  /** Moves of delayed data. */
  readonly delayed: Pick<Ticker, 'watch' | 'onMove'>;
  /**
   * Sets the price now; from here on the path goes its way around it. What follows the same path moves with it (options,
   * CFD, other expiries). By conId, by symbol (`'AAPL'`, `'EUR.USD'`) or by local symbol (`'ESZ6'`); throws
   * `WorldError` for an unknown one or a price not above 0.
   */
  set(which: number | string, price: number): void;
  /** Stops trading of an instrument until `resume`: its quote stands, bars have a hole. */
  halt(which: number | string): void;
  resume(which: number | string): void;
  /** Model values of an option at a price of it ('bid', 'ask', 'last' of the quote, or the model's own value). */
  optionValues(conId: number, of: 'bid' | 'ask' | 'last' | 'model'): OptionValues | undefined;
  /** Where values for history and books come from. */
  readonly maker: QuoteMaker;
  /** Stretches without trading by hand, of one instrument. */
  halts(conId: number): readonly { readonly from: number; readonly to: number }[];
  close(): void;
}

/** Makes the market of a universe. It holds timers only while something is watched. */
export function createMarket(universe: Universe, clock: Clock, seed: number): Market {
  const done = noInterventions();
  const live = new QuoteMaker(universe, seed, done);
  const late = new QuoteMaker(universe, seed, done);
  const anywhere = new QuoteMaker(universe, seed, done);
  const ticker = createTicker(clock, live);
  const lateTicker = createTicker(clock, late, DELAY_MS);

  const find = (which: number | string): Instrument => {
    const found =
      typeof which === 'number'
        ? universe.instrument(which)
        : (universe.statics.find(({ symbol, secType, localSymbol }) => (secType === 'CASH' ? localSymbol : symbol) === which) ??
          findContracts(universe, { localSymbol: which }, clock.now())[0]);
    if (found === undefined) throw new WorldError('unknownContract', `no instrument is called ${which}`);
    return found;
  };
  const known = (conId: number): Instrument => find(conId);

  return {
    universe,
    seed,
    maker: anywhere,
    now: () => clock.now(),
    instrument: (conId) => universe.instrument(conId),
    quote: (conId) => live.quote(conId, clock.now()),
    quoteAt: (conId, at) => anywhere.quote(conId, at),
    delayedQuote: (conId) => late.quote(conId, clock.now() - DELAY_MS),
    delayed: lateTicker,
    book: (conId, rows = 5) => {
      const track = live.track(conId);
      return bookOf(live.quoteOf(track, clock.now()), track.valuation, track.sizes, rows);
    },
    session: (conId, at) => sessionAt(known(conId), at),
    tickAt: (conId, price) => gridOf(known(conId).rule).tickAt(price),
    onGrid: (conId, price) => gridOf(known(conId).rule).isOn(price),
    watch: ticker.watch,
    onMove: ticker.onMove,
    halts: (conId) => done.halts.get(conId) ?? [],
    set: (which, price) => {
      if (!(price > 0) || !Number.isFinite(price)) throw new WorldError('badPrice', `cannot set a price of ${price}`);
      const track = live.track(find(which).conId);
      bend(track, price, clock.now(), live);
      done.version += 1;
      ticker.refresh(track.instrument.driver.key);
    },
    halt: (which) => {
      const { conId, driver } = find(which);
      const halts = done.halts.get(conId) ?? [];
      if (halts.at(-1)?.to === Number.POSITIVE_INFINITY) return;
      done.halts.set(conId, [...halts, { from: clock.now(), to: Number.POSITIVE_INFINITY }]);
      done.version += 1;
      ticker.refresh(driver.key);
    },
    resume: (which) => {
      const { conId, driver } = find(which);
      const last = done.halts.get(conId)?.at(-1);
      if (last === undefined || last.to !== Number.POSITIVE_INFINITY) return;
      last.to = clock.now();
      done.version += 1;
      ticker.refresh(driver.key);
    },
    optionValues: (conId, of) => valuesOf(live, live.track(conId), of, clock.now()),
    close: () => {
      ticker.close();
      lateTicker.close();
    },
  };
}

/** Adds the bend that brings a track's value to a price at the current move. */
function bend(track: Track, price: number, now: number, maker: QuoteMaker): void {
  const { feed, valuation } = track;
  maker.quoteOf(track, now);
  const at = track.move;
  const own = valuation.isModelled;
  const driverPrice = feed.priceOf(at, feed.live);
  const value = valuation.value(driverPrice, at);
  if (!(value > 0))
    throw new WorldError('badPrice', `${track.instrument.localSymbol} is worth nothing and cannot be bent to ${price}`);
  const bends = (own ? valuation.bends : feed.bends) as Bend[];
  const factor = (own ? valuation.bend(at) : feed.factor(at)) * (price / value);
  bends.push({ at, factor });
  if (bends.length > MAX_BENDS) bends.splice(0, bends.length - MAX_BENDS);
}

function valuesOf(maker: QuoteMaker, track: Track, of: 'bid' | 'ask' | 'last' | 'model', now: number): OptionValues | undefined {
  const { valuation, feed, instrument } = track;
  if (!valuation.isModelled) return undefined;
  const quote = maker.quoteOf(track, now);
  const move = track.move;
  const driverPrice = feed.priceOf(move, feed.live);
  const underlyingPrice = driverPrice * valuation.factor(indexOfMove(move));
  const terms = valuation.terms(move);
  const share = instrument.secType === 'WAR' ? instrument.multiplier : 1;
  const isBent = valuation.bend(move) !== 1;
  const price = of === 'model' ? valuation.value(driverPrice, move) / share : quote[of] / share;
  const volatility = of === 'model' && !isBent ? terms.volatility : impliedVolatility(price, underlyingPrice, terms);
  if (volatility === undefined) return undefined;
  const pvDividend = underlyingPrice * (1 - Math.exp(-instrument.dividendYield * terms.years));
  return {
    ...greeks(underlyingPrice, { ...terms, volatility }),
    price: price * share,
    impliedVolatility: volatility,
    underlyingPrice,
    pvDividend,
  };
}
