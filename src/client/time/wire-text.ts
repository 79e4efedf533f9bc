// Reads the digits of a date or time text; what they mean depends on the zone, which is somebody else's work.

import { DAY, HOUR, MINUTE } from './zone.js';

/** What stands in a text. A `reading` is epoch milliseconds as if the clock were on UTC. */
export type TimeText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  | { readonly kind: 'date'; readonly year: number; readonly month: number; readonly day: number }
  | { readonly kind: 'timeOfDay'; readonly ms: number }
  | { readonly kind: 'epoch'; readonly ms: number }
  /** `dash`: the form `yyyyMMdd-HH:mm:ss`. `zone`: the name as it stands there; empty when there is none. */
  | { readonly kind: 'clock'; readonly reading: number; readonly dash: boolean; readonly zone: string };

const empty: TimeText = { kind: 'empty' };
const invalid: TimeText = { kind: 'invalid' };
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads a text in any form the gateway has been seen to send. Never throws. */
export function readTimeText(text: string): TimeText {
  const length = text.length;
  if (length >= 17 && text.charCodeAt(11) === 58 && text.charCodeAt(14) === 58) return readCompact(text, 9, 8);
  if (length >= 18 && text.charCodeAt(12) === 58 && text.charCodeAt(15) === 58) return readCompact(text, 10, 8);
  return readRare(text.trim());
}

/** `yyyyMMdd HH:mm:ss`, `yyyyMMdd  HH:mm:ss` and `yyyyMMdd-HH:mm:ss`, each with anything behind it. */
function readCompact(text: string, hourAt: number, gapAt: number): TimeText {
  const gap = text.charCodeAt(gapAt);
  const dash = gap === 45;
  if (!(gap === 32 || dash) || (hourAt === 10 && text.charCodeAt(9) !== 32)) return readRare(text.trim());
  const midnight = dayOf(digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2));
  const clock = timeOf(digits(text, hourAt, 2), digits(text, hourAt + 3, 2), digits(text, hourAt + 6, 2));
  const end = hourAt + 8;
  if (text.length === end) return clockText(midnight + clock, dash, '');
  const fraction = /^\.(\d{1,9})/.exec(text.slice(end));
  const ms = fraction === null ? 0 : Math.floor(Number(`0.${fraction[1]}`) * 1000);
  const zone = text.slice(end + (fraction?.[0].length ?? 0)).trim();
  // Behind the seconds: a blank and a zone, the letter Z, or an offset; more digits are a fault.
  if (/^\d/.test(zone)) return invalid;
  return clockText(midnight + clock + ms, dash, zone);
}

/** Everything that is not a full date-time without dashes. */
function readRare(text: string): TimeText {
  if (text === '') return empty;
  if (/^\d+$/.test(text)) return readDigits(text);
  const date = /^(\d{4})(-?)(\d{2})\2(\d{2})(?:(-|[ T]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(?![\d:.])\s*(.*)$/s.exec(
    text,
  );
  if (date !== null) return readDate(date);
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock !== null) {
    const ms = timeOf(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0));
    return !Number.isNaN(ms) ? { kind: 'timeOfDay', ms } : invalid;
  }
  return readMonthName(text);
}

/** Digits only: `yyyyMM`, `yyyyMMdd`, epoch seconds (9 or 10 digits) or milliseconds (12 or 13). */
function readDigits(text: string): TimeText {
  switch (text.length) {
    case 6:
      return monthText(digits(text, 0, 4), digits(text, 4, 2));
    case 8: {
      const [year, month, day] = [digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2)];
      return Number.isNaN(dayOf(year, month, day)) ? invalid : { kind: 'date', year, month, day };
    }
    case 9:
    case 10:
      return { kind: 'epoch', ms: Number(text) * 1000 };
    case 12:
    case 13:
      return { kind: 'epoch', ms: Number(text) };
    default:
      return invalid;
  }
}

function readDate(found: RegExpExecArray): TimeText {
  const [year, month, day] = [Number(found[1]), Number(found[3]), Number(found[4])];
  const midnight = dayOf(year, month, day);
  const zone = found[10] ?? '';
  if (Number.isNaN(midnight)) return invalid;
  if (found[6] === undefined) return zone === '' ? { kind: 'date', year, month, day } : invalid;
  const fraction = found[9] === undefined ? 0 : Math.floor(Number(`0.${found[9]}`) * 1000);
  const clock = timeOf(Number(found[6]), Number(found[7]), Number(found[8] ?? 0));
  return clockText(midnight + clock + fraction, found[5] === '-', zone);
}

/** `DEC22`, `DEC 22`, `Dec2022`, as old expiries are written. */
function readMonthName(text: string): TimeText {
  const found = /^([a-z]{3})[ '-]*(\d{2}|\d{4})$/i.exec(text);
  const month = months.indexOf(found?.[1]?.toLowerCase() ?? '') + 1;
  if (found === null || month === 0) return invalid;
  const year = Number(found[2]);
  return monthText(year < 100 ? 2000 + year : year, month);
}

function monthText(year: number, month: number): TimeText {
  return isYear(year) && month >= 1 && month <= 12 ? { kind: 'month', year, month } : invalid;
}

function clockText(reading: number, dash: boolean, zone: string): TimeText {
  return !Number.isNaN(reading) ? { kind: 'clock', reading, dash, zone } : invalid;
}

/** A number of `count` digits; NaN when one is no digit. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const isYear = (year: number): boolean => year >= 1600 && year <= 9999;

/** Midnight of a date as if on UTC; NaN for a date that does not exist. */
export function dayOf(year: number, month: number, day: number): number {
  if (!(isYear(year) && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
  const midnight = Date.UTC(year, month - 1, day);
  return day > 28 && new Date(midnight).getUTCDate() !== day ? Number.NaN : midnight;
}

function timeOf(hour: number, minute: number, second: number): number {
  return hour <= 23 && minute <= 59 && second <= 59 ? hour * HOUR + minute * MINUTE + second * 1000 : Number.NaN;
}

/** A date in numbers, of a reading. */
export function dateOf(reading: number): { readonly year: number; readonly month: number; readonly day: number } {
  const date = new Date(Math.floor(reading / DAY) * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
