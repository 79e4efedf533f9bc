// Trading hours of a contract: sessions as instants, closed days, and an honest "unknown" for days that are not listed.

import { dayOf } from './wire-text.js';
import { DAY, HOUR, MINUTE, toReading, type Zone } from './zone.js';
import { plainZones, type Zones } from './zones.js';

/** One session. Instants in epoch milliseconds; the session holds `open` and not `close`. */
export interface TradingSession {
  /** The day it is listed under, `yyyyMMdd`. */
  readonly date: string;
  readonly open: number;
  readonly close: number;
}

export interface TradingHours {
  readonly zone: Zone;
  /** By opening time. */
  readonly sessions: readonly TradingSession[];
  /** Days listed without a session, `yyyyMMdd`. */
  readonly closed: readonly string[];
  /** Parts that could not be read; nothing is assumed for them. */
  readonly unread: readonly string[];
}

/** Why there are no instants: the contract names no zone (redeemed bonds), or one that nobody knows. */
export type NoTradingHours = { readonly zone: undefined; readonly why: 'noZone' | 'unknownZone' };

/**
 * Parses `tradingHours` or `liquidHours` with the `timeZoneId` of the same contract. Forms:
 * `20260406:0400-20260406:2000`, the older `20190530:0400-2000` with commas between sessions, `20260405:CLOSED`. In the
 * older form a session that ends at or before its start began the day before.
 */
export function parseTradingHours(text: string, timeZoneId: string, zones: Zones = plainZones): TradingHours | NoTradingHours {
  const zone = zones.find(timeZoneId);
  if (zone === undefined) return { zone: undefined, why: timeZoneId.trim() === '' ? 'noZone' : 'unknownZone' };
  const sessions: TradingSession[] = [];
  const closed: string[] = [];
  const unread: string[] = [];
  for (const part of text.split(';')) {
    if (part.trim() === '') continue;
    const [date, rest] = cut(part.trim());
    if (rest.toUpperCase() === 'CLOSED' && !Number.isNaN(midnightOf(date))) closed.push(date);
    else {
      const read = rest.split(',').map((span) => readSession(date, span.trim(), zone));
      const whole = read.filter((session) => session !== undefined);
      if (whole.length === read.length) sessions.push(...whole);
      else unread.push(part);
    }
  }
  return { zone, sessions: sessions.sort((a, b) => a.open - b.open), closed, unread };
}

/** Whether the market is open at an instant. A day that is not listed is `unknown`, not closed: about a week is covered. */
export function openAt(hours: TradingHours, instant: number): 'open' | 'closed' | 'unknown' {
  if (hours.sessions.some(({ open, close }) => open <= instant && instant < close)) return 'open';
  const today = new Date(toReading(hours.zone, instant)).toISOString().slice(0, 10).replaceAll('-', '');
  return hours.closed.includes(today) || hours.sessions.some(({ date }) => date === today) ? 'closed' : 'unknown';
}

function readSession(date: string, span: string, zone: Zone): TradingSession | undefined {
  const found = /^(\d{4})-(?:(\d{8}):)?(\d{4})$/.exec(span);
  if (found === null) return undefined;
  const midnight = midnightOf(date);
  const lastMidnight = found[2] === undefined ? midnight : midnightOf(found[2]);
  let open = midnight + minutesOf(found[1] ?? '');
  const close = lastMidnight + minutesOf(found[3] ?? '');
  if (found[2] === undefined && close <= open) open -= DAY;
  return open < close ? { date, open: zone.toInstant(open), close: zone.toInstant(close) } : undefined;
}

function cut(part: string): readonly [string, string] {
  const colon = part.indexOf(':');
  return colon < 0 ? [part, ''] : [part.slice(0, colon), part.slice(colon + 1)];
}

function midnightOf(date: string): number {
  return /^\d{8}$/.test(date) ? dayOf(Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6))) : Number.NaN;
}

/** `HHmm` in milliseconds; 2400 is the end of the day. NaN when it is no time. */
function minutesOf(text: string): number {
  const [hour, minute] = [Number(text.slice(0, 2)), Number(text.slice(2))];
  return minute <= 59 && (hour <= 23 || (hour === 24 && minute === 0)) ? hour * HOUR + minute * MINUTE : Number.NaN;
}
