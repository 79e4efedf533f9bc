// One time zone: its offset at an instant, and the instant of a clock reading. Built on Intl, remembered day by day.

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A time zone. Clock readings are epoch milliseconds as if the clock were on UTC. */
export interface Zone {
  /** The IANA name, or `UTC+01:00` for a fixed offset. */
  readonly name: string;
  /** Milliseconds that the clock is ahead of UTC at the instant. */
  offsetAt(instant: number): number;
  /**
   * The instant of a clock reading. A reading that comes twice (clocks set back) is the earlier instant; one that never
   * comes (clocks set forward) is pushed forward by as much as the clocks were.
   */
  toInstant(reading: number): number;
}

/** A zone that is always the same number of milliseconds ahead of UTC. */
export function fixedZone(name: string, offset: number): Zone {
  return { name, offsetAt: () => offset, toInstant: (reading) => reading - offset };
}

/** The clock reading of an instant in a zone. */
export function toReading(zone: Zone, instant: number): number {
  return instant + zone.offsetAt(instant);
}

/** A day on which the offset changes, once: nowhere has it changed twice within a day of UTC since 1970. */
interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

// 55 years of days; beyond it the memory starts over, so that dates made up by somebody else cannot fill it.
const mostDays = 20_000;

/** A zone known to Intl; undefined when the runtime does not know the name. */
export function ianaZone(name: string): Zone | undefined {
  const readOffset = offsetReader(name);
  if (readOffset === undefined) return undefined;
  const days = new Map<number, number | Change>();
  const readingDays = new Map<number, number>();

  const ofDay = (day: number): number | Change => {
    const known = days.get(day);
    if (known !== undefined) return known;
    if (days.size >= mostDays) days.clear();
    const learned = learnDay(readOffset, day * DAY);
    days.set(day, learned);
    return learned;
  };
  const offsetAt = (instant: number): number => {
    const offset = ofDay(Math.floor(instant / DAY));
    if (typeof offset === 'number') return offset;
    return instant < offset.at ? offset.before : offset.after;
  };
  // The offset of all readings of a day when nothing changes around it, else NaN.
  const ofReadingDay = (day: number): number => {
    const known = readingDays.get(day);
    if (known !== undefined) return known;
    if (readingDays.size >= mostDays) readingDays.clear();
    const offset = ofDay(day);
    const isSteady = typeof offset === 'number' && ofDay(day - 1) === offset && ofDay(day + 1) === offset;
    const steady = isSteady ? offset : Number.NaN;
    readingDays.set(day, steady);
    return steady;
  };
  const toInstant = (reading: number): number => {
    const steady = ofReadingDay(Math.floor(reading / DAY));
    if (!Number.isNaN(steady)) return reading - steady;
    const before = offsetAt(reading - DAY);
    const after = offsetAt(reading + DAY);
    const [first, second] = before >= after ? [before, after] : [after, before];
    for (const offset of [first, second]) if (offsetAt(reading - offset) === offset) return reading - offset;
    return reading - before;
  };
  return { name, offsetAt, toInstant };
}

/** The offset of a day of UTC, or the one change in it, found to the second by halving. */
function learnDay(readOffset: (instant: number) => number, start: number): number | Change {
  const before = readOffset(start);
  const after = readOffset(start + DAY - 1000);
  if (before === after) return before;
  let low = start;
  let high = start + DAY - 1000;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (readOffset(middle) === before) low = middle;
    else high = middle;
  }
  return { at: high, before, after };
}

/** Reads the offset from what Intl prints; undefined for a name that Intl does not know. */
function offsetReader(name: string): ((instant: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    return undefined;
  }
  return (instant) => {
    const [month, day, year, hour, minute, second] = format.format(instant).split(/\D+/).map(Number);
    if (second === undefined) return Number.NaN;
    const reading = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
    return reading - Math.floor(instant / 1000) * 1000;
  };
}
