// Business days by arithmetic on dates written YYYY-MM-DD; holidays are given.

const DAY_MS = 86_400_000;
const PATTERN = /^(\d{4})-?(\d{2})-?(\d{2})$/;

/** Days since 1970-01-01 of `YYYY-MM-DD` or `YYYYMMDD`; undefined for anything that is not a day of the calendar. */
export function dayNumber(date: unknown): number | undefined {
  const parts = typeof date === 'string' ? PATTERN.exec(date) : null;
  if (parts === null) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const time = Date.UTC(year, month - 1, day);
  const made = new Date(time);
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? time / DAY_MS : undefined;
}

/** `YYYY-MM-DD` of a day number. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** A calendar of business days: Monday to Friday without the holidays given. */
export interface BusinessDays {
  readonly isOpen: (day: number) => boolean;
  /** The day itself if it is a business day, else the next one. */
  readonly onOrAfter: (day: number) => number;
  /** The day itself if it is a business day, else the one before. */
  readonly onOrBefore: (day: number) => number;
  /** The business day `count` business days later, or earlier when negative. */
  readonly shift: (day: number, count: number) => number;
}

/** Longest run of days without a business day that is believed. */
const LONGEST_CLOSURE = 400;

export function businessDays(holidays: readonly string[]): BusinessDays {
  const closed = new Set(holidays.map(dayNumber));
  const isOpen = (day: number): boolean => {
    const weekday = (((day + 4) % 7) + 7) % 7;
    return weekday !== 0 && weekday !== 6 && !closed.has(day);
  };
  const seek = (day: number, step: number): number => {
    let at = day;
    for (let left = LONGEST_CLOSURE; left > 0 && !isOpen(at); left--) at += step;
    return at;
  };
  return {
    isOpen,
    onOrAfter: (day) => seek(day, 1),
    onOrBefore: (day) => seek(day, -1),
    shift: (day, count) => {
      const step = count < 0 ? -1 : 1;
      let at = day;
      for (let left = Math.abs(count); left > 0; left--) at = seek(at + step, step);
      return at;
    },
  };
}
