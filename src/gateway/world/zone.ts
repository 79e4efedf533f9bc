/** Offsets of time zones, found once per zone and year and then compared, because asking Intl each time costs microseconds. */
import { dayOf } from './civil.js';

const HOUR = 3_600_000;

/** Zones by the gateway's own names. */
const IANA: Readonly<Record<string, string>> = {
  'US/Eastern': 'America/New_York',
  'US/Central': 'America/Chicago',
  'GB-Eire': 'Europe/London',
  MET: 'Europe/Berlin',
  Hongkong: 'Asia/Hong_Kong',
  ROK: 'Asia/Seoul',
};

interface Year {
  readonly first: number;
  /** Change to `second` and back to `first`; both equal when the zone has no summer time. */
  readonly change: number;
  readonly second: number;
  readonly back: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const years = new Map<string, Year>();

function ask(zone: string, instant: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: IANA[zone] ?? zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  const read: Record<string, number> = {};
  for (const part of format.formatToParts(instant)) read[part.type] = Number(part.value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = read;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / 60_000) * 60_000;
}

function change(zone: string, from: number, to: number): number {
  const before = ask(zone, from);
  let low = from;
  let high = to;
  while (high - low > HOUR / 2) {
    const middle = low + Math.floor((high - low) / HOUR) * (HOUR / 2);
    if (ask(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function yearOf(zone: string, year: number): Year {
  const key = `${zone}|${year}`;
  let entry = years.get(key);
  if (entry === undefined) {
    const start = dayOf(year, 1, 1) * 24 * HOUR;
    const middle = dayOf(year, 7, 1) * 24 * HOUR;
    const end = dayOf(year + 1, 1, 1) * 24 * HOUR;
    const first = ask(zone, start);
    const second = ask(zone, middle);
    entry =
      first === second
        ? { first, second, change: end, back: end }
        : { first, second, change: change(zone, start, middle), back: change(zone, middle, end) };
    years.set(key, entry);
  }
  return entry;
}

/** What to add to UTC to get local time at an instant, ms. */
export function offsetAt(zone: string, instant: number): number {
  if (zone === 'UTC') return 0;
  const year = yearOf(zone, new Date(instant).getUTCFullYear());
  return instant >= year.change && instant < year.back ? year.second : year.first;
}

/** The instant of a local time given as day number and ms after midnight (may be negative or above a day). */
export function instantOf(zone: string, day: number, ms: number): number {
  const asUtc = day * 24 * HOUR + ms;
  const guess = asUtc - offsetAt(zone, asUtc);
  return asUtc - offsetAt(zone, guess);
}

/** Local date and time of an instant, as if it were UTC: epoch ms of the local wall clock. */
export function localMs(zone: string, instant: number): number {
  return instant + offsetAt(zone, instant);
}
