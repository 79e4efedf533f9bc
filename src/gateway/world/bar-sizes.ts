/** Bar sizes, durations and periods as requests spell them, read into numbers or refused with a reason. */
import { WorldError } from './errors.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type BarSize =
  | { readonly kind: 'intraday'; readonly text: string; readonly ms: number }
  | { readonly kind: 'day' | 'week' | 'month'; readonly text: string; readonly ms: number };

/** Each size and its length; days, weeks and months as long as they are at least. */
const SIZES: readonly (readonly [text: string, ms: number])[] = [
  ['1 secs', SECOND],
  ['5 secs', 5 * SECOND],
  ['10 secs', 10 * SECOND],
  ['15 secs', 15 * SECOND],
  ['30 secs', 30 * SECOND],
  ['1 min', MINUTE],
  ['2 mins', 2 * MINUTE],
  ['3 mins', 3 * MINUTE],
  ['4 mins', 4 * MINUTE],
  ['5 mins', 5 * MINUTE],
  ['10 mins', 10 * MINUTE],
  ['15 mins', 15 * MINUTE],
  ['20 mins', 20 * MINUTE],
  ['30 mins', 30 * MINUTE],
  ['1 hour', HOUR],
  ['2 hours', 2 * HOUR],
  ['3 hours', 3 * HOUR],
  ['4 hours', 4 * HOUR],
  ['8 hours', 8 * HOUR],
  ['1 day', DAY],
  ['1 week', 7 * DAY],
  ['1 month', 28 * DAY],
];

const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  '1 sec': '1 secs',
  '1 mins': '1 min',
  '1 hours': '1 hour',
  '1W': '1 week',
  '1M': '1 month',
};
const bySize = new Map(SIZES);
export const BAR_SIZES: readonly string[] = SIZES.map(([text]) => text);

/** Bars this short are gone after six months and count in the pacing rules (`limits.md` §7). */
export const SMALL_BAR_MS = 30 * SECOND;

/** Reads a bar size; throws `WorldError` `badBarSize` for what is none. */
export function barSizeOf(text: string): BarSize {
  const name = OTHER_SPELLINGS[text] ?? text;
  const ms = bySize.get(name);
  if (ms === undefined) throw new WorldError('badBarSize', `'${text}' is not one of the bar sizes ${BAR_SIZES.join(', ')}`);
  const kind = name === '1 day' ? 'day' : name === '1 week' ? 'week' : name === '1 month' ? 'month' : 'intraday';
  return { kind, text: name, ms };
}

export type DurationUnit = 'S' | 'D' | 'W' | 'M' | 'Y';

export interface Duration {
  readonly count: number;
  /** `S` counts seconds of trading, the others days of the calendar (`D`: days that trade). */
  readonly unit: DurationUnit;
}

const LONGEST: Readonly<Record<DurationUnit, number>> = { S: 86_400, D: 365, W: 52, M: 12, Y: 68 };
/** A year of one-second bars is refused; so is more than this (`limits.md` §7). */
export const LONGEST_FOR_SECONDS = 2_000;

/** Reads a duration such as `3 D`; throws `badDuration` for another form and `durationTooLong` above the limit of its unit. */
export function durationOf(text: string): Duration {
  const parts = /^(\d{1,9}) ([SDWMY])$/.exec(text);
  const count = Number(parts?.[1] ?? 0);
  if (parts === null || count === 0) {
    throw new WorldError('badDuration', `'${text}' is not a duration: a whole number above 0, a blank, and S, D, W, M or Y`);
  }
  const unit = parts[2] as DurationUnit;
  if (count > LONGEST[unit]) throw new WorldError('durationTooLong', `'${text}' is longer than ${LONGEST[unit]} ${unit}`);
  return { count, unit };
}

/** Refuses (`durationTooLong`) a duration that holds too many of the smallest bars. */
export function checkDuration(duration: Duration, size: BarSize): void {
  if (size.ms > SECOND) return;
  const seconds = duration.unit === 'S' ? duration.count : Number.POSITIVE_INFINITY;
  if (seconds > LONGEST_FOR_SECONDS) {
    throw new WorldError(
      'durationTooLong',
      `bars of 1 secs go back at most ${LONGEST_FOR_SECONDS} S, not ${duration.count} ${duration.unit}`,
    );
  }
}

const PERIOD_UNITS: Readonly<Record<string, DurationUnit>> = { day: 'D', week: 'W', month: 'M', year: 'Y', second: 'S' };

/** Reads a histogram's period such as `3 days`; throws `badPeriod`. */
export function periodOf(text: string): Duration {
  const parts = /^(\d{1,6}) (second|minute|hour|day|week|month|year)s?$/.exec(text);
  const count = Number(parts?.[1] ?? 0);
  const word = parts?.[2];
  if (word === undefined || count === 0) {
    throw new WorldError('badPeriod', `'${text}' is not a period: a whole number above 0, a blank, and seconds to years`);
  }
  if (word === 'minute') return { count: count * 60, unit: 'S' };
  if (word === 'hour') return { count: count * 3600, unit: 'S' };
  return { count, unit: PERIOD_UNITS[word] ?? 'D' };
}

const WHAT_TO_SHOW = [
  'TRADES',
  'MIDPOINT',
  'BID',
  'ASK',
  'BID_ASK',
  'ADJUSTED_LAST',
  'HISTORICAL_VOLATILITY',
  'OPTION_IMPLIED_VOLATILITY',
  'FEE_RATE',
  'YIELD_BID',
  'YIELD_ASK',
  'YIELD_BID_ASK',
  'YIELD_LAST',
  'SCHEDULE',
  'AGGTRADES',
] as const;

export type WhatToShow = (typeof WHAT_TO_SHOW)[number];

/** Reads a what-to-show; throws `badWhatToShow`. */
export function whatToShowOf(text: string): WhatToShow {
  const found = WHAT_TO_SHOW.find((name) => name === text);
  if (found === undefined) throw new WorldError('badWhatToShow', `'${text}' is not one of ${WHAT_TO_SHOW.join(', ')}`);
  return found;
}
