/** Historical ticks of the three kinds: forward from a start or backward from an end, within one session. */
import { startedBy } from './bar-slots.js';
import { calendarOf } from './calendar.js';
import type { Move } from './driver-feed.js';
import { WorldError } from './errors.js';
import type { Market } from './market.js';
import { checkOffered } from './offered.js';
import { windowsOf } from './sessions.js';
import { type BidAskTick, type MidPointTick, Tape, type TradeTick } from './tape.js';

export const MAX_TICKS = 1000;

export interface TicksRequest {
  readonly conId: number;
  /** Exactly one of the two, epoch ms. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  /** 1 to 1000. */
  readonly count: number;
  readonly useRTH: boolean;
  /** For bid and ask: leave out changes of size alone. */
  readonly ignoreSize?: boolean | undefined;
}

export type HistoryTicks =
  | { readonly whatToShow: 'TRADES'; readonly ticks: readonly TradeTick[] }
  | { readonly whatToShow: 'BID_ASK'; readonly ticks: readonly BidAskTick[] }
  | { readonly whatToShow: 'MIDPOINT'; readonly ticks: readonly MidPointTick[] };

/** Ticks in order of time. Throws `WorldError` `badTickRequest` for both or no edge or a count out of range, and `noSuchData`. */
export function historyTicks(market: Market, whatToShow: HistoryTicks['whatToShow'], request: TicksRequest): HistoryTicks {
  const { start, end, count, conId } = request;
  if ((start === undefined) === (end === undefined))
    throw new WorldError('badTickRequest', 'exactly one of start and end is needed');
  if (!Number.isInteger(count) || count < 1 || count > MAX_TICKS) {
    throw new WorldError('badTickRequest', `between 1 and ${MAX_TICKS} ticks can be asked for, not ${count}`);
  }
  const track = market.maker.track(conId);
  checkOffered(track.instrument, whatToShow, market.now());
  const tape = new Tape(market.maker, conId);
  const { feed } = track;
  const collect = <T>(read: (move: Move) => T, isNews: (move: Move, tick: T) => boolean): T[] => {
    const ticks: T[] = [];
    for (const move of movesOf(market, request)) {
      const tick = read(move);
      if (isNews(move, tick)) ticks.push(tick);
      if (ticks.length === count) break;
    }
    return end === undefined ? ticks : ticks.reverse();
  };
  switch (whatToShow) {
    case 'TRADES':
      return {
        whatToShow,
        ticks: collect(
          (move) => tape.trade(move),
          () => true,
        ),
      };
    case 'BID_ASK': {
      const isNews = (move: Move, tick: BidAskTick): boolean => {
        if (request.ignoreSize !== true) return true;
        const before = tape.bidAsk(feed.previous(move));
        return before.bid !== tick.bid || before.ask !== tick.ask;
      };
      return { whatToShow, ticks: collect((move) => tape.bidAsk(move), isNews) };
    }
    case 'MIDPOINT': {
      const isNews = (move: Move, tick: MidPointTick): boolean => tape.midPoint(feed.previous(move)).middle !== tick.middle;
      return { whatToShow, ticks: collect((move) => tape.midPoint(move), isNews) };
    }
  }
}

/** Moves of one session while the instrument traded, forward from the start or backward from the end. */
function* movesOf(market: Market, { conId, start, end, useRTH }: TicksRequest): Generator<Move> {
  const { feed, instrument } = market.maker.track(conId);
  const calendar = calendarOf(instrument.calendar);
  const limit = Math.min(end ?? Number.POSITIVE_INFINITY, market.now() + 1, instrument.lastTradeAt ?? Number.POSITIVE_INFINITY);
  const halts = market.halts(conId);
  const isHalted = (time: number): boolean => halts.some(({ from, to }) => time >= from && time < to);
  if (start !== undefined) {
    let day = calendar.dayAt(start);
    if (useRTH && start >= day.liquidTo) day = calendar.next(day.index + 1);
    for (const [from, to] of windowsOf(day, useRTH)) {
      const first = Math.max(from, start);
      const last = Math.min(to, limit);
      let move = feed.moveAt(first);
      if (feed.timeOf(move) < first) move = feed.next(move);
      for (let time = feed.timeOf(move); time < last; move = feed.next(move), time = feed.timeOf(move)) {
        if (!isHalted(time)) yield move;
      }
    }
    return;
  }
  const day = startedBy(calendar, limit, useRTH);
  for (const [from, to] of windowsOf(day, useRTH).reverse()) {
    const last = Math.min(to, limit);
    if (last <= from) continue;
    let move = feed.moveAt(last - 1);
    for (let time = feed.timeOf(move); time >= from; move = feed.previous(move), time = feed.timeOf(move)) {
      if (!isHalted(time)) yield move;
    }
  }
}
