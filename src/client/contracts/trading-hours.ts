// When a contract's market is open, closed, or not spoken about: trading hours with the time they cover.
import { parseTradingHours } from '../time/trading-hours.js';
import { dayOf } from '../time/wire-text.js';
import { DAY, toReading, type Zone } from '../time/zone.js';
import { plainZones, type Zones } from '../time/zones.js';

/** Epoch milliseconds; `close` is the first moment after. */
export interface Session {
  readonly open: number;
  readonly close: number;
}

/** The sessions that are published, the days that they speak for, and what of the text could not be read. Epoch milliseconds. */
export interface TradingHours {
  /** By opening time; sessions that touch are one. */
  readonly sessions: readonly Session[];
  /** The stretches of time the text speaks about; outside them nothing is known. */
  readonly covered: readonly Session[];
  /** Parts of the text that could not be read; their days are not covered. */
  readonly unread: readonly string[];
}

/** No market publishes a session longer than its week; a longer one is a misprint. */
const LONGEST = 8 * DAY;

/**
 * Reads `tradingHours` or `liquidHours` of a contract in all forms seen. Never throws: an unknown zone or a part that
 * cannot be read leaves its time uncovered.
 */
export function sessionsOf(text: string, timeZoneId: string, zones: Zones = plainZones): TradingHours {
  const parsed = parseTradingHours(text, timeZoneId, zones);
  if (parsed.zone === undefined) {
    const unread = text.split(';').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
    return { sessions: [], covered: [], unread };
  }
  const misprints = parsed.sessions.filter(({ open, close }) => close - open > LONGEST);
  const unread = [...parsed.unread.map((part) => part.trim()), ...misprints.map(({ date }) => date)];
  const sessions = parsed.sessions.filter((session) => !misprints.includes(session));
  const doubtful = new Set(unread.map((part) => part.slice(0, 8)));
  const listed = new Set(
    [...parsed.closed, ...sessions.map(({ date }) => date)].filter((date) => !doubtful.has(date)).map(midnightOf),
  );
  return { sessions: joined(sessions), covered: joined([...sessions, ...around(sessions, listed, parsed.zone)]), unread };
}

/** Whether a session is on. `unknown` outside what was published. */
export function isOpen(hours: TradingHours, at: number): 'open' | 'closed' | 'unknown' {
  if (within(hours.sessions, at)) return 'open';
  return within(hours.covered, at) ? 'closed' : 'unknown';
}

/** When the next session after `at` opens; undefined when none is published, or when time not spoken about lies before it. */
export function nextOpen(hours: TradingHours, at: number): number | undefined {
  const next = hours.sessions.find((session) => session.open > at);
  const known = hours.covered.find((stretch) => stretch.open <= at && at < stretch.close);
  return next !== undefined && known !== undefined && next.open <= known.close ? next.open : undefined;
}

function within(stretches: readonly Session[], at: number): boolean {
  return stretches.some(({ open, close }) => open <= at && at < close);
}

/** The listed days as a whole, and the rest of a session's last day when the day after it is listed. */
function around(sessions: readonly Session[], listed: ReadonlySet<number>, zone: Zone): readonly Session[] {
  const days = [...listed].map((day) => ({ open: zone.toInstant(day), close: zone.toInstant(day + DAY) }));
  const rests = sessions.flatMap(({ close }) => {
    const midnight = Math.ceil(toReading(zone, close) / DAY) * DAY;
    return listed.has(midnight) ? [{ open: close, close: zone.toInstant(midnight) }] : [];
  });
  return [...days, ...rests].filter(({ open, close }) => open < close);
}

/** Stretches in order, touching and overlapping ones made one. */
export function joined(stretches: readonly Session[]): readonly Session[] {
  const out: { open: number; close: number }[] = [];
  for (const { open, close } of [...stretches].sort((a, b) => a.open - b.open)) {
    const last = out.at(-1);
    if (last !== undefined && open <= last.close) last.close = Math.max(last.close, close);
    else out.push({ open, close });
  }
  return out;
}

/** The clock reading at which a day `yyyyMMdd` begins. */
function midnightOf(date: string): number {
  return dayOf(Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6, 8)));
}
