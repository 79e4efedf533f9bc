// Trading hours as the gateway publishes them, read into instants: open, closed, or not published.
import { DAY } from '../time/zone.js';
import { plainZones, type Zones } from '../time/zones.js';

/** Epoch milliseconds; `close` is the first moment after. */
export interface Session {
  readonly open: number;
  readonly close: number;
}

export interface TradingHours {
  /** By opening time. */
  readonly sessions: readonly Session[];
  /** The stretches of time the text speaks about; outside them nothing is known. */
  readonly covered: readonly Session[];
  /** Parts of the text that could not be read; their days are not covered. */
  readonly unread: readonly string[];
}

type Day = number;
interface Reading {
  readonly open: number;
  readonly close: number;
}

/**
 * Reads `tradingHours` or `liquidHours` of a contract in all forms seen: `20190530:0400-2000`, `20260406:0400-20260406:2000`,
 * `20260405:CLOSED`, lists by `,` and `;`, an empty first element, sessions across midnight. In the old form without a second
 * date a session whose end is not after its start began on the day before. Never throws: an unknown zone or an element that
 * cannot be read leaves its time uncovered.
 */
export function sessionsOf(text: string, timeZoneId: string, zones: Zones = plainZones): TradingHours {
  const elements = text.split(';').flatMap((element) => (element.trim() === '' ? [] : [element.trim()]));
  const zone = zones.find(timeZoneId);
  if (zone === undefined) return { sessions: [], covered: [], unread: elements };
  const unread: string[] = [];
  const readings: Reading[] = [];
  const listed = new Set<Day>();
  for (const element of elements) {
    const read = readElement(element);
    if (read === undefined) unread.push(element);
    else {
      listed.add(read.day);
      readings.push(...read.sessions);
    }
  }
  for (const element of unread) {
    const day = dayOf(element.slice(0, 8));
    if (day !== undefined) listed.delete(day);
  }
  const at = ({ open, close }: Reading): Session => ({ open: zone.toInstant(open), close: zone.toInstant(close) });
  const isReal = (session: Session): boolean => session.open < session.close;
  return {
    sessions: joined(readings).map(at).filter(isReal),
    covered: joined(coverage(readings, listed)).map(at).filter(isReal),
    unread,
  };
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

/** What is spoken about: the listed days as a whole, each session, and the rest of a session's last day when the next day is listed. */
function coverage(readings: readonly Reading[], listed: ReadonlySet<Day>): readonly Reading[] {
  const days = [...listed].map((day) => ({ open: day * DAY, close: (day + 1) * DAY }));
  const rests = readings.flatMap((session) => {
    const midnight = Math.ceil(session.close / DAY) * DAY;
    return listed.has(midnight / DAY) ? [{ open: session.close, close: midnight }] : [];
  });
  return [...days, ...readings, ...rests];
}

/** Stretches in order, touching and overlapping ones made one. */
function joined(stretches: readonly Reading[]): readonly Reading[] {
  const out: { open: number; close: number }[] = [];
  for (const { open, close } of [...stretches].sort((a, b) => a.open - b.open)) {
    const last = out.at(-1);
    if (last !== undefined && open <= last.close) last.close = Math.max(last.close, close);
    else out.push({ open, close });
  }
  return out;
}

const LONGEST = 8 * DAY;

function readElement(element: string): { readonly day: Day; readonly sessions: readonly Reading[] } | undefined {
  const day = dayOf(element.slice(0, 8));
  if (day === undefined || element[8] !== ':') return undefined;
  const rest = element.slice(9);
  if (rest === 'CLOSED') return { day, sessions: [] };
  const sessions: Reading[] = [];
  for (const range of rest.split(',')) {
    const session = readRange(day, range.trim());
    if (session === undefined) return undefined;
    sessions.push(session);
  }
  return { day, sessions };
}

const RANGE = /^(?:(\d{8}):)?(\d{4})-(?:(\d{8}):)?(\d{4})$/;

function readRange(day: Day, range: string): Reading | undefined {
  const found = RANGE.exec(range);
  if (found === null) return undefined;
  const [, firstDate, start = '', secondDate, end = ''] = found;
  const from = firstDate === undefined ? day : dayOf(firstDate);
  const to = secondDate === undefined ? from : dayOf(secondDate);
  const [first, second] = [timeOf(start), timeOf(end)];
  if (from === undefined || to === undefined || first === undefined || second === undefined) return undefined;
  const close = to * DAY + second;
  const open = secondDate === undefined && first > second ? (from - 1) * DAY + first : from * DAY + first;
  return open < close && close - open <= LONGEST ? { open, close } : undefined;
}

/** Days since 1970 of `yyyyMMdd`; undefined when that is no date. */
function dayOf(text: string): Day | undefined {
  if (!/^\d{8}$/.test(text)) return undefined;
  const [year, month, date] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8))];
  const made = new Date(Date.UTC(year, month - 1, date));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === date ? made.getTime() / DAY : undefined;
}

/** Milliseconds since midnight of `HHmm`; `2400` is the end of the day. */
function timeOf(text: string): number | undefined {
  const [hours, minutes] = [Number(text.slice(0, 2)), Number(text.slice(2, 4))];
  return (hours < 24 && minutes < 60) || (hours === 24 && minutes === 0) ? (hours * 60 + minutes) * 60_000 : undefined;
}
