// Bar sizes, how long they are, and how much of the past one request for them should ask.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Bar sizes as the gateway spells them; `4 mins` from TWS 10.44 on. */
export type BarSize =
  | '1 secs'
  | '5 secs'
  | '10 secs'
  | '15 secs'
  | '30 secs'
  | '1 min'
  | '2 mins'
  | '3 mins'
  | '4 mins'
  | '5 mins'
  | '10 mins'
  | '15 mins'
  | '20 mins'
  | '30 mins'
  | '1 hour'
  | '2 hours'
  | '3 hours'
  | '4 hours'
  | '8 hours'
  | '1 day'
  | '1 week'
  | '1 month';

/** What bars are made of. FX has no TRADES: MIDPOINT; crypto AGGTRADES. */
export type WhatToShow =
  | 'TRADES'
  | 'MIDPOINT'
  | 'BID'
  | 'ASK'
  | 'BID_ASK'
  | 'ADJUSTED_LAST'
  | 'HISTORICAL_VOLATILITY'
  | 'OPTION_IMPLIED_VOLATILITY'
  | 'FEE_RATE'
  | 'YIELD_BID'
  | 'YIELD_ASK'
  | 'YIELD_BID_ASK'
  | 'YIELD_LAST'
  | 'AGGTRADES';

interface SizeFacts {
  /** Length; of weeks and months the shortest. */
  readonly ms: number;
  /** One request of a pager asks for this much: some thousand bars. */
  readonly page: string;
  /** The least of the calendar that such a page spans. */
  readonly pageMs: number;
}

// `S` counts trading seconds, so a page of them spans at least as much of the calendar.
const sizes: Readonly<Record<BarSize, SizeFacts>> = {
  '1 secs': { ms: SECOND, page: '1800 S', pageMs: 1800 * SECOND },
  '5 secs': { ms: 5 * SECOND, page: '7200 S', pageMs: 7200 * SECOND },
  '10 secs': { ms: 10 * SECOND, page: '14400 S', pageMs: 14_400 * SECOND },
  '15 secs': { ms: 15 * SECOND, page: '14400 S', pageMs: 14_400 * SECOND },
  '30 secs': { ms: 30 * SECOND, page: '28800 S', pageMs: 28_800 * SECOND },
  '1 min': { ms: MINUTE, page: '1 W', pageMs: 7 * DAY },
  '2 mins': { ms: 2 * MINUTE, page: '1 W', pageMs: 7 * DAY },
  '3 mins': { ms: 3 * MINUTE, page: '2 W', pageMs: 14 * DAY },
  '4 mins': { ms: 4 * MINUTE, page: '2 W', pageMs: 14 * DAY },
  '5 mins': { ms: 5 * MINUTE, page: '1 M', pageMs: 28 * DAY },
  '10 mins': { ms: 10 * MINUTE, page: '1 M', pageMs: 28 * DAY },
  '15 mins': { ms: 15 * MINUTE, page: '1 M', pageMs: 28 * DAY },
  '20 mins': { ms: 20 * MINUTE, page: '2 M', pageMs: 56 * DAY },
  '30 mins': { ms: 30 * MINUTE, page: '2 M', pageMs: 56 * DAY },
  '1 hour': { ms: HOUR, page: '6 M', pageMs: 180 * DAY },
  '2 hours': { ms: 2 * HOUR, page: '6 M', pageMs: 180 * DAY },
  '3 hours': { ms: 3 * HOUR, page: '1 Y', pageMs: 365 * DAY },
  '4 hours': { ms: 4 * HOUR, page: '1 Y', pageMs: 365 * DAY },
  '8 hours': { ms: 8 * HOUR, page: '1 Y', pageMs: 365 * DAY },
  '1 day': { ms: DAY, page: '10 Y', pageMs: 3650 * DAY },
  '1 week': { ms: 7 * DAY, page: '20 Y', pageMs: 7300 * DAY },
  '1 month': { ms: 28 * DAY, page: '20 Y', pageMs: 7300 * DAY },
};

/** Every size that a bar can have, by official name, from `1 secs` to `1 month`. */
export const barSizes = Object.keys(sizes) as readonly BarSize[];

export function isBarSize(text: string): text is BarSize {
  return Object.hasOwn(sizes, text);
}

export function sizeFacts(size: BarSize): SizeFacts {
  return sizes[size];
}

/** True for sizes whose bars carry a date, not an instant. */
export function isDaily(size: BarSize): boolean {
  return sizes[size].ms >= DAY;
}

/** The shortest duration text that surely reaches back over `ms` of the calendar. */
export function durationFor(ms: number, size: BarSize): string {
  const { page, pageMs, ms: sizeMs } = sizes[size];
  if (ms >= pageMs) return page;
  if (isDaily(size)) return ms > 360 * DAY ? `${Math.ceil(ms / (365 * DAY))} Y` : `${Math.max(1, Math.ceil(ms / DAY))} D`;
  if (ms > DAY) return `${Math.ceil(ms / DAY)} D`;
  return `${Math.max(30, Math.ceil(Math.max(ms, sizeMs) / SECOND))} S`;
}

/** A duration long enough to reach from now back to an instant, in one request: for data that knows no end date. */
export function durationBack(ms: number): string {
  if (ms <= DAY) return `${Math.max(30, Math.ceil(ms / SECOND))} S`;
  const days = Math.ceil(ms / DAY);
  return days <= 365 ? `${days} D` : `${Math.min(68, Math.ceil(days / 365))} Y`;
}
