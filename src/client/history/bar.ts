// Bars as users hold them, made of the gateway's.

import type { MessageOf } from '../../protocol/registry.js';
import { parseInstant } from '../time/parse.js';

/**
 * A bar. `time` is its beginning; prices are in the contract's currency. What the gateway does not give (volume of quotes) is
 * undefined, never 0.
 */
export interface Bar {
  /** Start of the bar; of daily bars midnight UTC of their date. */
  readonly time: Date;
  /** `yyyyMMdd` of bars of a day and more, a day of the instrument's exchange; undefined for shorter ones. */
  readonly date: string | undefined;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Undefined where there is none, as for midpoints. */
  readonly volume: number | undefined;
  /** Weighted average price; undefined where there is none. */
  readonly wap: number | undefined;
  /** Trades in the bar; undefined where there is none. */
  readonly count: number | undefined;
  /** The bar is not over yet: its values will change. */
  readonly isForming: boolean;
}

export type WireBar = Omit<NonNullable<MessageOf<'historicalData'>['bars']>[number], 'hasGaps'>;

/** A bar time as `formatDate` 2 gives it: epoch seconds, or a date. NaN for what cannot be read. */
export function barTime(date: string | number): number {
  if (isDate(date)) return dateTime(Number(date));
  const ms = typeof date === 'string' && date.trim() === '' ? Number.NaN : Number(date) * 1000;
  if (!Number.isNaN(ms)) return Math.abs(ms) <= FARTHEST_MS ? ms : Number.NaN;
  return parseInstant(String(date)) ?? Number.NaN;
}

/** No Date is farther from 1970. */
const FARTHEST_MS = 8.64e15;

/** Of eight digits. */
function isDate(date: string | number): boolean {
  return typeof date === 'number' ? date >= 10_000_000 && date < 100_000_000 : date.length === 8;
}

/** NaN for a day that no calendar has: the thirteenth month would be the next January. */
function dateTime(digits: number): number {
  const [month, day] = [Math.floor(digits / 100) % 100, digits % 100];
  const time = new Date(Date.UTC(Math.floor(digits / 10_000), month - 1, day));
  return time.getUTCMonth() + 1 === month && time.getUTCDate() === day ? time.getTime() : Number.NaN;
}

/** -1 and less stand for nothing. */
export const orNone = (value: number | undefined): number | undefined =>
  value === undefined || value < 0 ? undefined : orNumber(value);

/** Prices may be below zero: -1 alone stands for none. */
export const orUntold = (price: number | undefined): number | undefined => (price === -1 ? undefined : orNumber(price));

const orNumber = (value: number | undefined): number | undefined => (isPrice(value) ? value : undefined);

/** No price is so far from 0: the largest doubles, of either sign, mean "not set". */
const UNSET = 1e300;

/** False where there is none: gateways send `?`, an empty field, or no number. A bar has all four or is none. */
export function isPrice(value: number | undefined): value is number {
  return value !== undefined && value > -UNSET && value < UNSET;
}

/** Undefined for a bar without prices, as of a day without a trade or of an update before the opening. @throws {RangeError} for a time that is none. */
export function toBar({ date, open, high, low, close, volume, wap, barCount }: WireBar, formingFrom: number): Bar | undefined {
  if (!isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close)) return undefined;
  const text = date ?? '';
  const time = barTime(text);
  if (Number.isNaN(time)) throw new RangeError(`a bar has a time that cannot be read: '${text}'`);
  return barOf(time, dayOf(text), open, high, low, close, orNone(volume), orUntold(wap), orNone(barCount), formingFrom);
}

/** The date of a bar of a day and more as it is sent; undefined for shorter ones. */
export function dayOf(date: string | number): string | undefined {
  return isDate(date) ? String(date) : undefined;
}

/** `formingFrom`: bars that begin at or after this instant are not over yet. */
export function barOf(
  time: number,
  date: string | undefined,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number | undefined,
  wap: number | undefined,
  count: number | undefined,
  formingFrom: number,
): Bar {
  return { time: new Date(time), date, open, high, low, close, volume, wap, count, isForming: time >= formingFrom };
}

/** Bars of several answers, in order and each once; of two with one time the later answer's counts. */
export function mergeBars(...lists: readonly (readonly Bar[])[]): readonly Bar[] {
  const byTime = new Map<number, Bar>();
  for (const bars of lists) for (const bar of bars) byTime.set(bar.time.getTime(), bar);
  return [...byTime.values()].sort((a, b) => a.time.getTime() - b.time.getTime());
}
