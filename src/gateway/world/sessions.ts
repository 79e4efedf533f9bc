/** Sessions of an instrument: open or closed at an instant, the hour texts of its details, the days of its schedule. */
import { calendarOf, dayOfIndex, type TradingDay } from './calendar.js';
import { DAY_MS, textOfDay, weekdayOf } from './civil.js';
import type { Instrument } from './instrument.js';
import type { Session } from './market-view.js';
import { localMs } from './zone.js';

const HOURS_DAYS = 6; // calendar days that details describe, today first

/** The session at an instant. An instrument past its last trade is closed for ever (`to` is infinite). */
export function sessionAt(instrument: Instrument, at: number): Session {
  const calendar = calendarOf(instrument.calendar);
  const day = calendar.dayAt(at);
  const base = { tradingDay: day.text, liquidFrom: day.liquidFrom, liquidTo: day.liquidTo };
  const end = instrument.lastTradeAt ?? Number.POSITIVE_INFINITY;
  if (at >= end) return { ...base, kind: 'closed', from: end, to: Number.POSITIVE_INFINITY };
  for (let i = 0; i < day.edges.length; i += 2) {
    const from = day.edges[i] as number;
    const to = Math.min(end, day.edges[i + 1] as number);
    if (at < from) {
      const before = i > 0 ? (day.edges[i - 1] as number) : calendar.previous(day.index - 1).to;
      return { ...base, kind: 'closed', from: before, to: from };
    }
    if (at >= to) continue;
    if (at < day.liquidFrom) return { ...base, kind: 'extended', from, to: Math.min(to, day.liquidFrom) };
    if (at >= day.liquidTo) return { ...base, kind: 'extended', from: Math.max(from, day.liquidTo), to };
    return { ...base, kind: 'regular', from: Math.max(from, day.liquidFrom), to: Math.min(to, day.liquidTo) };
  }
  return { ...base, kind: 'closed', from: end, to: Number.POSITIVE_INFINITY };
}

/** Open stretches of a day, whole or within liquid hours. */
export function windowsOf(day: TradingDay, isLiquidOnly: boolean): (readonly [from: number, to: number])[] {
  const windows: (readonly [number, number])[] = [];
  for (let i = 0; i < day.edges.length; i += 2) {
    const from = Math.max(day.edges[i] as number, isLiquidOnly ? day.liquidFrom : 0);
    const to = Math.min(day.edges[i + 1] as number, isLiquidOnly ? day.liquidTo : Number.POSITIVE_INFINITY);
    if (to > from) windows.push([from, to]);
  }
  return windows;
}

/** `tradingHours` and `liquidHours` for the days from `now` on, in the instrument's zone. */
export function hoursTexts(instrument: Instrument, now: number): { readonly tradingHours: string; readonly liquidHours: string } {
  return { tradingHours: hoursText(instrument, now, false), liquidHours: hoursText(instrument, now, true) };
}

function hoursText(instrument: Instrument, now: number, isLiquidOnly: boolean): string {
  const calendar = calendarOf(instrument.calendar);
  const zone = calendar.rule.zone;
  const today = Math.floor(localMs(zone, now) / DAY_MS);
  const index = calendar.indexAt(now);
  const parts: string[] = [];
  for (let day = Math.min(today, dayOfIndex(index)), i = index; day < today + HOURS_DAYS; day++) {
    if (weekdayOf(day) > 4) {
      parts.push(`${textOfDay(day)}:CLOSED`);
      continue;
    }
    if (day < dayOfIndex(index)) continue;
    const open = calendar.open(i);
    i += 1;
    if (open === undefined) parts.push(`${textOfDay(day)}:CLOSED`);
    else for (const [from, to] of windowsOf(open, isLiquidOnly)) parts.push(`${stamp(zone, from)}-${stamp(zone, to)}`);
  }
  return parts.join(';');
}

/** yyyyMMdd:HHmm. */
function stamp(zone: string, instant: number): string {
  const local = new Date(localMs(zone, instant));
  const time = local.getUTCHours() * 100 + local.getUTCMinutes();
  return `${textOfDay(Math.floor(local.getTime() / DAY_MS))}:${String(time).padStart(4, '0')}`;
}
