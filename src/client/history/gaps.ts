// Holes in a row of bars.

import type { Bar } from './bar.js';

/** A hole between bars; `isCertain` is true where the exchange's schedule says that it was open. */
export interface BarGap {
  /** Start of the first bar that is missing, and the instant up to which bars are missing. */
  readonly from: Date;
  readonly to: Date;
  /** True when the exchange was open by its schedule; false when no schedule was there to tell. */
  readonly isCertain: boolean;
}

/** A session during which bars are expected. */
export interface OpenHours {
  readonly start: Date;
  readonly end: Date;
}

/**
 * Where bars of `sizeMs` are missing between two instants. With the sessions of the exchange only missing bars within them
 * count; an illiquid instrument has such all the same, because no trade means no bar.
 */
export function findGaps(
  bars: readonly Bar[],
  sizeMs: number,
  from: number,
  to: number,
  sessions?: readonly OpenHours[],
): readonly BarGap[] {
  const times = bars.map((bar) => bar.time.getTime());
  if (sessions === undefined) return stepGaps(times, sizeMs);
  const gaps: BarGap[] = [];
  let at = 0;
  for (const { start, end } of [...sessions].sort((a, b) => a.start.getTime() - b.start.getTime())) {
    const open = Math.max(start.getTime(), from);
    const close = Math.min(end.getTime(), to);
    if (open >= close) continue;
    while (at < times.length && (times[at] ?? 0) + sizeMs <= open) at++;
    let expected = open;
    for (; at < times.length && (times[at] ?? 0) < close; at++) {
      const time = times[at] ?? 0;
      if (time - expected >= sizeMs) gaps.push(gap(expected, time, true));
      expected = Math.max(expected, time + sizeMs);
    }
    if (close - expected >= sizeMs) gaps.push(gap(expected, close, true));
  }
  return gaps;
}

function stepGaps(times: readonly number[], sizeMs: number): readonly BarGap[] {
  const gaps: BarGap[] = [];
  for (let at = 1; at < times.length; at++) {
    const expected = (times[at - 1] ?? 0) + sizeMs;
    const time = times[at] ?? 0;
    if (time > expected) gaps.push(gap(expected, time, false));
  }
  return gaps;
}

function gap(from: number, to: number, isCertain: boolean): BarGap {
  return { from: new Date(from), to: new Date(to), isCertain };
}
