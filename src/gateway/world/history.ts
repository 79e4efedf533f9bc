/** Historical data: bars of every size and kind, head timestamp, schedule. The same path as the quotes, read backwards. */
import { type BarSize, checkDuration, type Duration, SMALL_BAR_MS, type WhatToShow } from './bar-sizes.js';
import { reach, type Slot, slotsOf } from './bar-slots.js';
import { calendarOf, indexOfDay } from './calendar.js';
import { dayOfText } from './civil.js';
import { WorldError } from './errors.js';
import type { Market } from './market.js';
import { checkOffered } from './offered.js';
import type { Track } from './quote-maker.js';
import type { Stretch } from './stretch.js';
import { bondYield, historicalVolatility, impliedVolatilityAt, weekdayAt } from './volatility-series.js';

/** A bar. Volume, average and count are −1 where the series has no trades, as on the wire. */
export interface HistoryBar {
  /** Start, epoch ms. */
  readonly time: number;
  /** Trading day, yyyyMMdd; for weeks and months that of their last day. */
  readonly day: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Average price by volume (of the stretch, not of its parts). */
  readonly average: number;
  readonly count: number;
}

export interface BarsRequest {
  readonly conId: number;
  /** Up to here, epoch ms; unset or in the future: now. */
  readonly end?: number | undefined;
  readonly duration: Duration;
  readonly barSize: BarSize;
  readonly whatToShow: WhatToShow;
  readonly useRTH: boolean;
}

/** One session of a schedule, instants in epoch ms. */
export interface ScheduleSession {
  readonly from: number;
  readonly to: number;
  /** yyyyMMdd. */
  readonly refDate: string;
}

const HALF_YEAR_MS = 183 * 86_400_000;

/**
 * Bars, oldest first; the last one may still be forming. Throws `WorldError`: `unknownContract`, `durationTooLong`, and
 * `noSuchData` where the gateway has none (trades of currencies, small bars older than six months, expired options).
 */
export function historyBars(market: Market, request: BarsRequest): HistoryBar[] {
  const track = market.maker.track(request.conId);
  const { instrument } = track;
  const { whatToShow, barSize, useRTH } = request;
  checkDuration(request.duration, barSize);
  checkOffered(instrument, whatToShow, market.now());
  const now = market.now();
  const end = Math.floor(Math.min(request.end ?? now, now) / 1000) * 1000; // the second that runs is not known yet
  if (barSize.ms <= SMALL_BAR_MS && end < now - HALF_YEAR_MS) {
    throw new WorldError('noSuchData', `bars of ${barSize.text} are kept for six months`);
  }
  const calendar = calendarOf(instrument.calendar);
  const { days, from } = reach(calendar, request.duration, end, useRTH);
  const head = instrument.listedSince;
  const listed = days.filter((day) => day.text >= head);
  const halts = market.halts(instrument.conId);
  const last = Math.min(end, instrument.lastTradeAt ?? Number.POSITIVE_INFINITY);
  const bars: HistoryBar[] = [];
  const show = seriesOf(track, whatToShow);
  const { stretch } = track;
  for (const slot of slotsOf(instrument.calendar, listed, barSize, from, last, useRTH)) {
    readSlot(stretch, slot, halts);
    if (!stretch.isEmpty) bars.push(show(stretch, slot));
  }
  return bars;
}

/** The bar of exactly [from, to) now or in the past, for real-time bars; undefined when nothing traded in it. */
export function barBetween(
  market: Market,
  conId: number,
  whatToShow: WhatToShow,
  from: number,
  to: number,
): HistoryBar | undefined {
  const track = market.maker.track(conId);
  checkOffered(track.instrument, whatToShow, market.now());
  const session = market.session(conId, from);
  if (session.kind === 'closed') return undefined;
  const slot: Slot = { time: from, day: session.tradingDay, pieces: [[from, Math.min(to, market.now())]] };
  readSlot(track.stretch, slot, market.halts(conId));
  return track.stretch.isEmpty ? undefined : seriesOf(track, whatToShow)(track.stretch, slot);
}

/** The instant of the oldest data of a series. */
export function headTimestamp(market: Market, conId: number, whatToShow: WhatToShow, useRTH: boolean): number {
  const { instrument } = market.maker.track(conId);
  checkOffered(instrument, whatToShow, market.now());
  const calendar = calendarOf(instrument.calendar);
  const first = calendar.next(indexOfDay(dayOfText(instrument.listedSince) ?? 0));
  return useRTH ? first.liquidFrom : first.from;
}

/** Sessions a duration before `end` reaches, oldest first. */
export function schedule(
  market: Market,
  conId: number,
  end: number | undefined,
  duration: Duration,
  useRTH: boolean,
): ScheduleSession[] {
  const { instrument } = market.maker.track(conId);
  const { days } = reach(calendarOf(instrument.calendar), duration, end ?? market.now(), useRTH);
  return days.map((day) => ({
    from: useRTH ? day.liquidFrom : day.from,
    to: useRTH ? day.liquidTo : day.to,
    refDate: day.text,
  }));
}

function readSlot(stretch: Stretch, slot: Slot, halts: readonly { readonly from: number; readonly to: number }[]): void {
  stretch.begin();
  let openUntil: number | undefined;
  for (const [from, to] of slot.pieces) {
    let at = from;
    for (const halt of halts) {
      if (halt.to <= at || halt.from >= to) continue;
      if (halt.from > at) stretch.add(at, halt.from);
      at = Math.max(at, halt.to);
    }
    if (at >= to) continue;
    stretch.add(at, to);
    openUntil = to;
  }
  if (stretch.isEmpty && openUntil !== undefined) stretch.stand(openUntil - 1);
  stretch.finish();
}

const clean = (value: number): number => Math.round(value * 1e6) / 1e6;

/** How a stretch becomes a bar of a series. */
function seriesOf(track: Track, what: WhatToShow): (stretch: Stretch, slot: Slot) => HistoryBar {
  const { valuation, instrument } = track;
  const quoted = (price: (value: number) => number) => (stretch: Stretch, slot: Slot) => ({
    time: slot.time,
    day: slot.day,
    open: price(stretch.open),
    high: price(stretch.high),
    low: price(stretch.low),
    close: price(stretch.close),
    volume: -1,
    average: -1,
    count: -1,
  });
  const number = (value: (slot: Slot, stretch: Stretch) => number) => (stretch: Stretch, slot: Slot) => {
    const at = clean(value(slot, stretch));
    return { time: slot.time, day: slot.day, open: at, high: at, low: at, close: at, volume: -1, average: -1, count: -1 };
  };
  const last = (value: number): number => valuation.last(value);
  switch (what) {
    case 'TRADES':
    case 'ADJUSTED_LAST':
    case 'AGGTRADES':
      return (stretch, slot) => {
        const high = last(stretch.high);
        const low = last(stretch.low);
        return {
          time: slot.time,
          day: slot.day,
          open: last(stretch.open),
          high,
          low,
          close: last(stretch.close),
          volume: stretch.volume,
          average: Math.min(high, Math.max(low, clean(stretch.average))),
          count: stretch.count,
        };
      };
    case 'MIDPOINT':
      return quoted((value) => valuation.middle(value));
    case 'BID':
      return quoted((value) => valuation.bid(value));
    case 'ASK':
      return quoted((value) => valuation.ask(value));
    case 'BID_ASK':
      // Open is the average bid, close the average ask, high the highest ask, low the lowest bid.
      return (stretch, slot) => ({
        ...quoted(last)(stretch, slot),
        open: valuation.bid(stretch.average),
        high: valuation.ask(stretch.high),
        low: valuation.bid(stretch.low),
        close: valuation.ask(stretch.average),
      });
    case 'HISTORICAL_VOLATILITY':
      return number((slot) => historicalVolatility(track, weekdayAt(track, slot.time)));
    case 'OPTION_IMPLIED_VOLATILITY':
      return number((slot) => impliedVolatilityAt(track, weekdayAt(track, slot.time)));
    case 'FEE_RATE':
      return number(() => instrument.borrowFee ?? 0);
    case 'YIELD_LAST':
      return yielded(track, last);
    case 'YIELD_BID':
      return yielded(track, (value) => valuation.bid(value));
    case 'YIELD_ASK':
      return yielded(track, (value) => valuation.ask(value));
    case 'YIELD_BID_ASK':
      return yielded(track, (value) => valuation.middle(value));
    case 'SCHEDULE':
      throw new WorldError('noSuchData', 'a schedule has no bars');
  }
}

/** Yields fall as prices rise: the high of a yield bar comes from the low of the price. */
function yielded({ instrument }: Track, price: (value: number) => number): (stretch: Stretch, slot: Slot) => HistoryBar {
  return (stretch, slot) => {
    const at = (value: number): number => bondYield(instrument, price(value), slot.time);
    const [open, high, low, close] = [at(stretch.open), at(stretch.low), at(stretch.high), at(stretch.close)];
    return { time: slot.time, day: slot.day, open, high, low, close, volume: -1, average: -1, count: -1 };
  };
}
