/** Which stretches of trading become bars: the days a duration reaches back to, cut into slots of a bar size. */
import type { BarSize, Duration } from './bar-sizes.js';
import { type Calendar, calendarOf, type TradingDay } from './calendar.js';
import { civilOf, DAY_MS, dayOf, weekdayOf } from './civil.js';
import { windowsOf } from './sessions.js';
import { instantOf, localMs } from './zone.js';

/** One bar to be: the pieces of trading it is made of, in order, and its name. */
export interface Slot {
  /** Start of its first piece; for days and longer the start of the first day. */
  readonly time: number;
  /** Trading day (yyyyMMdd) of its last piece: the date of daily and longer bars. */
  day: string;
  readonly pieces: [from: number, to: number][];
}

/** Trading days, oldest first, that a duration before `end` reaches, and the instant before which nothing is wanted. */
export function reach(
  calendar: Calendar,
  duration: Duration,
  end: number,
  isLiquidOnly: boolean,
): { days: TradingDay[]; from: number } {
  const days: TradingDay[] = [];
  const last = startedBy(calendar, end, isLiquidOnly);
  const { count, unit } = duration;
  let day = last;
  if (unit === 'D') {
    for (let i = 0; i < count; i++, day = calendar.previous(day.index - 1)) days.push(day);
    return { days: days.reverse(), from: Number.NEGATIVE_INFINITY };
  }
  if (unit === 'S') {
    let left = count * 1000;
    for (; ; day = calendar.previous(day.index - 1)) {
      days.push(day);
      for (const [from, to] of windowsOf(day, isLiquidOnly).reverse()) {
        const open = Math.min(end, to) - from;
        if (open <= 0) continue;
        if (open >= left) return { days: days.reverse(), from: Math.min(end, to) - left };
        left -= open;
      }
    }
  }
  const lastDay = Math.floor(localMs(calendar.rule.zone, end) / DAY_MS);
  const first = unit === 'W' ? lastDay - 7 * count : monthsBack(lastDay, unit === 'M' ? count : 12 * count);
  for (; day.day > first; day = calendar.previous(day.index - 1)) days.push(day);
  return { days: days.reverse(), from: Number.NEGATIVE_INFINITY };
}

/** The last trading day that has begun before an instant. */
export function startedBy(calendar: Calendar, end: number, isLiquidOnly: boolean): TradingDay {
  const day = calendar.dayAt(end - 1);
  const begins = isLiquidOnly ? day.liquidFrom : day.from;
  return begins < end ? day : calendar.previous(day.index - 1);
}

function monthsBack(day: number, months: number): number {
  const { year, month, day: date } = civilOf(day);
  const at = year * 12 + month - 1 - months;
  const y = Math.floor(at / 12);
  const m = at - y * 12 + 1;
  const lastDate = civilOf(dayOf(m === 12 ? y + 1 : y, m === 12 ? 1 : m + 1, 1) - 1).day;
  return dayOf(y, m, Math.min(date, lastDate));
}

/** Slots of the days, none beginning at or after `end`, the last one cut there. */
export function* slotsOf(
  calendarName: string,
  days: readonly TradingDay[],
  size: BarSize,
  from: number,
  end: number,
  isLiquidOnly: boolean,
): Generator<Slot> {
  const zone = calendarOf(calendarName).rule.zone;
  let slot: Slot | undefined;
  let key = Number.NaN;
  for (const day of days) {
    const midnight = size.kind === 'intraday' ? instantOf(zone, day.day, 0) : 0;
    for (const [windowFrom, windowTo] of windowsOf(day, isLiquidOnly)) {
      const to = Math.min(windowTo, end);
      for (let at = Math.max(windowFrom, from); at < to; ) {
        const place = placeOf(size, day, at, midnight);
        const next = size.kind === 'intraday' ? Math.min(to, midnight + (place + 1) * size.ms) : to;
        const placeKey = size.kind === 'intraday' ? midnight + place * size.ms : place;
        if (slot === undefined || placeKey !== key) {
          if (slot !== undefined) yield slot;
          slot = { time: at, day: day.text, pieces: [] };
          key = placeKey;
        }
        slot.pieces.push([at, next]);
        slot.day = day.text;
        at = next;
      }
    }
  }
  if (slot !== undefined) yield slot;
}

function placeOf(size: BarSize, day: TradingDay, at: number, midnight: number): number {
  switch (size.kind) {
    case 'intraday':
      return Math.floor((at - midnight) / size.ms);
    case 'day':
      return day.index;
    case 'week':
      return day.day - weekdayOf(day.day);
    case 'month': {
      const { year, month } = civilOf(day.day);
      return year * 12 + month;
    }
  }
}
