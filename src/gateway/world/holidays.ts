/** Days without trading, by rule, so that any year works. */
import { civilOf, dayOf, lastWeekday, nthWeekday, weekdayOf } from './civil.js';

export type HolidayRule = 'us' | 'cme' | 'europe' | 'london' | 'hongkong' | 'korea' | 'fx' | 'none';

const cache = new Map<string, ReadonlySet<number>>();

/** Easter Sunday of the Gregorian calendar (Gauss, in the corrected form). */
export function easter(year: number): number {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const d = Math.floor((8 * century + 13) / 25);
  const h = (19 * a + century - Math.floor(century / 4) - d + 15) % 30;
  const k = h - Math.floor(h / 28) * (1 - Math.floor(29 / (h + 1)) * Math.floor((21 - a) / 11));
  const j = (year + Math.floor(year / 4) + k + 2 - century + Math.floor(century / 4)) % 7;
  const l = k - j;
  const month = 3 + Math.floor((l + 40) / 44);
  return dayOf(year, month, l + 28 - 31 * Math.floor(month / 4));
}

/** A US holiday on Saturday is kept on Friday, one on Sunday on Monday. */
function observed(day: number): number {
  const weekday = weekdayOf(day);
  return weekday === 5 ? day - 1 : weekday === 6 ? day + 1 : day;
}

function unitedStates(year: number): number[] {
  const newYear = dayOf(year, 1, 1);
  return [
    weekdayOf(newYear) === 5 ? newYear : observed(newYear),
    nthWeekday(year, 1, 0, 3),
    nthWeekday(year, 2, 0, 3),
    easter(year) - 2,
    lastWeekday(year, 5, 0),
    observed(dayOf(year, 6, 19)),
    observed(dayOf(year, 7, 4)),
    nthWeekday(year, 9, 0, 1),
    nthWeekday(year, 11, 3, 4),
    observed(dayOf(year, 12, 25)),
  ];
}

const RULES: Readonly<Record<HolidayRule, (year: number) => number[]>> = {
  us: unitedStates,
  cme: (year) => [observed(dayOf(year, 1, 1)), easter(year) - 2, observed(dayOf(year, 12, 25))],
  europe: (year) => [
    dayOf(year, 1, 1),
    easter(year) - 2,
    easter(year) + 1,
    dayOf(year, 5, 1),
    dayOf(year, 12, 25),
    dayOf(year, 12, 26),
  ],
  london: (year) => [
    observed(dayOf(year, 1, 1)),
    easter(year) - 2,
    easter(year) + 1,
    nthWeekday(year, 5, 0, 1),
    lastWeekday(year, 5, 0),
    lastWeekday(year, 8, 0),
    dayOf(year, 12, 25),
    dayOf(year, 12, 26),
  ],
  hongkong: (year) => [
    dayOf(year, 1, 1),
    easter(year) - 2,
    easter(year) + 1,
    dayOf(year, 5, 1),
    dayOf(year, 7, 1),
    dayOf(year, 10, 1),
    dayOf(year, 12, 25),
    dayOf(year, 12, 26),
  ],
  korea: (year) => [
    dayOf(year, 1, 1),
    dayOf(year, 3, 1),
    dayOf(year, 5, 5),
    dayOf(year, 8, 15),
    dayOf(year, 10, 3),
    dayOf(year, 12, 25),
  ],
  fx: (year) => [dayOf(year, 1, 1), dayOf(year, 12, 25)],
  none: () => [],
};

/** True when markets of this rule stay closed on the day. Moving lunar holidays are not known. */
export function isHoliday(rule: HolidayRule, day: number): boolean {
  const { year } = civilOf(day);
  const key = `${rule}|${year}`;
  let days = cache.get(key);
  if (days === undefined) {
    days = new Set(RULES[rule](year));
    cache.set(key, days);
  }
  return days.has(day);
}

/** True when US stocks close at 13:00: before Independence Day, after Thanksgiving, on Christmas Eve. */
export function isHalfDay(rule: HolidayRule, day: number): boolean {
  if (rule !== 'us' || isHoliday(rule, day) || weekdayOf(day) > 4) return false;
  const { year, month, day: date } = civilOf(day);
  return (month === 7 && date === 3) || (month === 12 && date === 24) || day === nthWeekday(year, 11, 3, 4) + 1;
}
