// Bars as users hold them, made of the gateway's.

import type { MessageOf } from '../../protocol/registry.js';
import { parseInstant } from '../time/parse.js';

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
export function barTime(text: string): number {
  if (text.length === 8) return dateTime(text);
  const seconds = Number(text);
  if (!Number.isNaN(seconds)) return seconds * 1000;
  return parseInstant(text) ?? Number.NaN;
}

function dateTime(text: string): number {
  const digits = Number(text);
  return Date.UTC(Math.floor(digits / 10_000), (Math.floor(digits / 100) % 100) - 1, digits % 100);
}

/** -1 and less stand for nothing. */
export const orNone = (value: number | undefined): number | undefined =>
  value === undefined || value < 0 ? undefined : orNumber(value);

/** Prices may be below zero: -1 alone stands for none. */
export const orUntold = (price: number | undefined): number | undefined => (price === -1 ? undefined : orNumber(price));

const orNumber = (value: number | undefined): number | undefined => (Number.isFinite(value) ? value : undefined);

type Prices = Pick<Bar, 'open' | 'high' | 'low' | 'close'>;

/** The four prices; undefined where one of them is none: gateways send `?`, an empty field, or no number. */
export function pricesOf({ open, high, low, close }: { readonly [P in keyof Prices]: number | undefined }): Prices | undefined {
  const isWhole = [open, high, low, close].every((price) => Number.isFinite(price));
  return isWhole ? ({ open, high, low, close } as Prices) : undefined;
}

/**
 * `formingFrom`: bars that begin at or after this instant are not over yet. Undefined for a bar without prices, as of a day
 * without a trade or of an update before the opening.
 * @throws {RangeError} for a time that is none.
 */
export function toBar(bar: WireBar, formingFrom: number): Bar | undefined {
  const prices = pricesOf(bar);
  if (prices === undefined) return undefined;
  const text = bar.date ?? '';
  const time = barTime(text);
  if (Number.isNaN(time)) throw new RangeError('a bar has a time that cannot be read');
  return {
    time: new Date(time),
    date: text.length === 8 ? text : undefined,
    ...prices,
    volume: orNone(bar.volume),
    wap: orUntold(bar.wap),
    count: orNone(bar.barCount),
    isForming: time >= formingFrom,
  };
}

/** Bars of several answers, in order and each once; of two with one time the later answer's counts. */
export function mergeBars(...lists: readonly (readonly Bar[])[]): readonly Bar[] {
  const byTime = new Map<number, Bar>();
  for (const bars of lists) for (const bar of bars) byTime.set(bar.time.getTime(), bar);
  return [...byTime.values()].sort((a, b) => a.time.getTime() - b.time.getTime());
}
