/** Quotes as of an instant. Walking forward costs a fraction of a microsecond; jumping costs a look at the day so far. */
import { activeMs, type Calendar, calendarOf, type TradingDay } from './calendar.js';
import { DriverFeed, indexOfMove, type Move, moveOf, tickOfMove } from './driver-feed.js';
import { WorldError } from './errors.js';
import type { Instrument } from './instrument.js';
import { bendsOf, haltAt, type Interventions } from './interventions.js';
import type { Quote, Session } from './market-view.js';
import { mix, mix2 } from './random.js';
import { sessionAt } from './sessions.js';
import { sizesOf } from './sizes.js';
import { Stretch } from './stretch.js';
import type { Universe } from './universe.js';
import { hasNoTrades, toSize, Valuation } from './valuation.js';

/** One instrument's place in time. */
export interface Track {
  readonly instrument: Instrument;
  readonly valuation: Valuation;
  readonly feed: DriverFeed;
  readonly calendar: Calendar;
  readonly stretch: Stretch;
  readonly sizes: (hash: number) => number;
  readonly isQuoteOnly: boolean;
  session: Session;
  day: TradingDay;
  previousClose: number;
  openPrice: number;
  /** Since when: the liquid hours once they have begun, the day before that. */
  openFrom: number;
  /** Volume of the day before the driver's weekday `volumeIndex`, less what that weekday had before the day began. */
  volumeBase: number;
  volumeIndex: number;
  move: Move;
  version: number;
  quote: Quote | undefined;
}

/** Instruments whose place is remembered; beyond that the one met first is forgotten, and costs a jump when asked again. */
const MAX_TRACKS = 8_192;
const NEVER: Session = { kind: 'closed', from: 0, to: 0, tradingDay: '', liquidFrom: 0, liquidTo: 0 };

/** Makes quotes of any instrument; each maker walks through time on its own. */
export class QuoteMaker {
  readonly #universe: Universe;
  readonly #seed: number;
  readonly #done: Interventions;
  readonly #feeds = new Map<string, DriverFeed>();
  readonly #tracks = new Map<number, Track>();

  constructor(universe: Universe, seed: number, done: Interventions) {
    this.#universe = universe;
    this.#seed = seed;
    this.#done = done;
  }

  feed(key: string): DriverFeed {
    let feed = this.#feeds.get(key);
    if (feed === undefined) {
      feed = new DriverFeed(this.#universe.driver(key), this.#seed, bendsOf(this.#done, key));
      this.#feeds.set(key, feed);
    }
    return feed;
  }

  /** The track of an instrument; throws `WorldError` for an unknown conId. */
  track(conId: number): Track {
    let track = this.#tracks.get(conId);
    if (track === undefined) {
      const instrument = this.#universe.instrument(conId);
      if (instrument === undefined) throw new WorldError('unknownContract', `no instrument has conId ${conId}`);
      const feed = this.feed(instrument.driver.key);
      const valuation = new Valuation(instrument, feed, bendsOf(this.#done, String(conId)));
      const calendar = calendarOf(instrument.calendar);
      track = {
        instrument,
        valuation,
        feed,
        calendar,
        stretch: new Stretch(valuation),
        sizes: sizesOf(instrument),
        isQuoteOnly: hasNoTrades(instrument),
        session: NEVER,
        day: calendar.full(0),
        previousClose: 0,
        openPrice: 0,
        openFrom: 0,
        volumeBase: 0,
        volumeIndex: -1,
        move: -1,
        version: 0,
        quote: undefined,
      };
      if (this.#tracks.size >= MAX_TRACKS) this.#tracks.delete(this.#tracks.keys().next().value ?? 0);
      this.#tracks.set(conId, track);
    }
    return track;
  }

  quote(conId: number, at: number): Quote {
    return this.quoteOf(this.track(conId), at);
  }

  quoteOf(track: Track, at: number): Quote {
    if (at < track.session.from || at >= track.session.to) track.session = sessionAt(track.instrument, at);
    const session = track.session;
    const halt = this.#done.halts.size === 0 ? undefined : haltAt(this.#done, track.instrument.conId, at);
    const effective = halt !== undefined ? Math.min(halt.from, lastOpen(session, at)) : lastOpen(session, at);
    const move = track.feed.moveAt(effective);
    const before = track.quote;
    if (
      before !== undefined &&
      move === track.move &&
      track.version === this.#done.version &&
      before.session === session.kind &&
      before.halted === (halt !== undefined)
    ) {
      return before;
    }
    const quote = this.#make(track, move, effective, session, halt !== undefined);
    track.move = move;
    track.version = this.#done.version;
    track.quote = quote;
    return quote;
  }

  #make(track: Track, move: Move, effective: number, session: Session, halted: boolean): Quote {
    const { valuation, feed, instrument } = track;
    const index = indexOfMove(move);
    const tick = tickOfMove(move);
    const isNewDay = effective >= track.day.to || effective < track.day.from || track.quote === undefined;
    if (isNewDay) this.#enterDay(track, effective);
    const value = valuation.value(feed.priceOf(move, feed.live), move);
    const bidStep = valuation.bidStep(value);
    const bid = valuation.grid.price(bidStep);
    const ask = valuation.grid.price(bidStep + instrument.spreadTicks);
    const last = track.isQuoteOnly ? valuation.between(bid, ask) : valuation.last(value);
    let high = last;
    let low = last;
    const before = track.quote;
    if (before !== undefined && !isNewDay && (move === track.move + 1 || move === track.move)) {
      // A tick from before the opening still stands at the opening, but it is not of this day.
      if (before.time >= track.day.from) {
        if (before.high > high) high = before.high;
        if (before.low < low) low = before.low;
      }
    } else if (feed.timeOf(move) >= track.day.from) {
      this.#look(track, move);
      high = Math.max(high, this.#shown(track, track.stretch.high));
      low = Math.min(low, this.#shown(track, track.stretch.low));
    }
    if (index !== track.volumeIndex) this.#rebase(track, index);
    const { volumeScale } = instrument.driver;
    let volume = 0;
    let lastSize = 0;
    if (volumeScale > 0 && !track.isQuoteOnly) {
      const through = Math.floor(feed.live.volumeThrough(tick) * volumeScale);
      const prior = (tick & 3) > 0 ? feed.live.volumeThrough(tick - 1) : feed.live.volumeBefore(tick >> 2);
      volume = toSize(instrument, Math.max(0, track.volumeBase + through));
      lastSize = toSize(instrument, Math.max(1, through - Math.floor(prior * volumeScale)));
    }
    const time = feed.timeOf(move);
    const openFrom = effective >= track.day.liquidFrom ? track.day.liquidFrom : track.day.from;
    if (openFrom !== track.openFrom) this.#findOpen(track, openFrom);
    const hash = mix2(instrument.conId, move);
    return {
      conId: instrument.conId,
      time,
      bid,
      ask,
      bidSize: track.sizes(hash),
      askSize: track.sizes(mix(hash)),
      last,
      lastSize,
      lastTime: time,
      volume,
      open: track.openPrice,
      high,
      low,
      close: track.previousClose,
      halted,
      session: session.kind,
    };
  }

  #shown(track: Track, value: number): number {
    return track.isQuoteOnly ? track.valuation.middle(value) : track.valuation.last(value);
  }

  /** Reads the day up to and including a move. */
  #look(track: Track, move: Move): void {
    const { stretch, feed } = track;
    const second = tickOfMove(move) >> 2;
    const secondFrom = feed.timeOf(moveOf(indexOfMove(move), second * 4)) - feed.offset;
    stretch.begin();
    stretch.add(track.day.from, secondFrom);
    stretch.addTicks(second * 4, move);
    stretch.finish();
  }

  #enterDay(track: Track, effective: number): void {
    const { calendar, feed, valuation } = track;
    track.day = calendar.dayAt(effective);
    const previous = calendar.previous(track.day.index - 1);
    const move = feed.moveAt(previous.liquidTo - 1);
    track.previousClose = this.#shown(track, valuation.value(feed.priceOf(move, feed.past), move));
    track.volumeIndex = -1;
    track.openFrom = 0;
  }

  #findOpen(track: Track, from: number): void {
    const { stretch } = track;
    stretch.read(from, from + 1000);
    track.openFrom = from;
    track.openPrice = stretch.isEmpty ? track.previousClose : this.#shown(track, stretch.open);
  }

  #rebase(track: Track, index: number): void {
    const { feed, day, instrument } = track;
    const calendar = feed.spec.calendar;
    const scale = instrument.driver.volumeScale;
    track.volumeIndex = index;
    track.volumeBase = 0;
    for (let i = calendar.indexAt(day.from); i <= index; i++) {
      feed.past.seek(i);
      const driverDay = calendar.full(i);
      const start = Math.ceil(activeMs(driverDay, Math.max(day.from, driverDay.from)) / 1000);
      track.volumeBase -= Math.floor(feed.past.volumeBefore(start) * scale);
      if (i < index) track.volumeBase += Math.floor(feed.past.volumeBefore(feed.past.seconds) * scale);
    }
  }
}

/** The instant itself while open; while closed the last one before the market closed. */
function lastOpen(session: Session, at: number): number {
  return session.kind === 'closed' ? session.from - 1 : at;
}
