/** When futures and options expire: day numbers from the rules of their products. */
import type { FutureProduct } from '../data/futures.js';
import { civilOf, dayOf, lastWeekday, nthWeekday, weekdayOf } from './civil.js';
import { isHoliday } from './holidays.js';

/** The day itself or the last one before it that is traded in the US. */
export function businessDayBefore(day: number): number {
  let at = day;
  while (weekdayOf(at) > 4 || isHoliday('us', at)) at -= 1;
  return at;
}

/** `count` trading days before a day. */
function back(day: number, count: number): number {
  let at = day;
  for (let i = 0; i < count; i++) at = businessDayBefore(at - 1);
  return at;
}

/** Last trade day of a delivery month. */
export function futureExpiry(rule: FutureProduct['expiry'], year: number, month: number): number {
  switch (rule) {
    case 'thirdFriday':
      return businessDayBefore(nthWeekday(year, month, 4, 3));
    case 'crude': {
      // Three business days before the 25th of the month before delivery, counted from a business day.
      const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1];
      return back(businessDayBefore(dayOf(y, m, 25)), 3);
    }
    case 'metal': {
      const [y, m] = month === 12 ? [year + 1, 1] : [year, month + 1];
      return back(dayOf(y, m, 1), 3);
    }
    case 'gas':
      return back(dayOf(year, month, 1), 3);
  }
}

export type ExpiryPlan = 'equity' | 'monthly' | 'daily' | 'quarterly' | 'monthEnd';

/** Expiry days of an option class from `today` on, ascending. */
export function optionExpiries(plan: ExpiryPlan, today: number): number[] {
  const days = new Set<number>();
  const { year, month } = civilOf(today);
  const months = (count: number, step: number, pick: (year: number, month: number) => number): void => {
    for (let i = 0; i < count; i += 1) {
      const at = month - 1 + i;
      const y = year + Math.floor(at / 12);
      const m = (at % 12) + 1;
      if (m % step === 0) days.add(pick(y, m));
    }
  };
  const third = (y: number, m: number): number => businessDayBefore(nthWeekday(y, m, 4, 3));
  const fridays = (weeks: number): void => {
    const friday = today + ((4 - weekdayOf(today) + 7) % 7);
    for (let i = 0; i < weeks; i++) days.add(businessDayBefore(friday + 7 * i));
  };
  switch (plan) {
    case 'equity':
      fridays(6);
      months(7, 1, third);
      months(28, 6, third);
      days.add(third(year + 1, 1));
      days.add(third(year + 2, 1));
      break;
    case 'monthly':
      months(13, 1, third);
      months(36, 6, third);
      break;
    case 'daily':
      for (let i = 0; i < 14; i++) if (weekdayOf(today + i) < 5) days.add(businessDayBefore(today + i));
      fridays(8);
      months(7, 1, (y, m) => lastTradingDay(y, m));
      break;
    case 'quarterly':
      months(16, 3, third);
      break;
    case 'monthEnd':
      months(7, 1, (y, m) => lastTradingDay(y, m));
      break;
  }
  return [...days].filter((day) => day >= today).sort((a, b) => a - b);
}

function lastTradingDay(year: number, month: number): number {
  return Math.max(...[0, 1, 2, 3, 4].map((weekday) => lastWeekday(year, month, weekday)).map(businessDayBefore));
}
