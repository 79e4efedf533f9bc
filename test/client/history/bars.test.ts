// Bars, their times, their sizes, and the holes between them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bar, barTime, mergeBars, toBar } from '../../../src/client/history/bar.js';
import { barSizes, durationBack, durationFor, isDaily, sizeFacts } from '../../../src/client/history/bar-size.js';
import { findGaps } from '../../../src/client/history/gaps.js';
import { readToken, writeToken } from '../../../src/client/history/span-token.js';
import { durationOf } from '../../../src/gateway/world/bar-sizes.js';

const wire = { date: '1788357600', open: 1, high: 2, low: 0.5, close: 1.5, volume: 10, wap: 1.2, barCount: 3 };
/** A bar that has its prices. */
function made(bar: Parameters<typeof toBar>[0], formingFrom: number): Bar {
  const found = toBar(bar, formingFrom);
  if (found === undefined) throw new Error('a bar without prices');
  return found;
}
const barAt = (time: number): Bar => ({ ...made({ ...wire }, Number.POSITIVE_INFINITY), time: new Date(time) });

describe('a bar', () => {
  it('has an instant from epoch seconds, and a date for bars of a day', () => {
    expect(barTime('1788357600')).toBe(1_788_357_600_000);
    expect(made({ ...wire, date: '20231110' }, Number.POSITIVE_INFINITY)).toMatchObject({
      date: '20231110',
      time: new Date('2023-11-10T00:00:00Z'),
    });
    expect(made(wire, Number.POSITIVE_INFINITY).date).toBeUndefined();
  });

  it('reads the other forms a server may fall back to, and is NaN for nonsense', () => {
    expect(barTime('20260406 07:37:52 US/Eastern')).toBe(Date.UTC(2026, 3, 6, 11, 37, 52));
    expect(barTime('nonsense')).toBeNaN();
  });

  it('has no volume, count or average where -1 stands', () => {
    const bar = made({ ...wire, volume: -1, wap: -1, barCount: -1 }, Number.POSITIVE_INFINITY);
    expect([bar.volume, bar.wap, bar.count]).toEqual([undefined, undefined, undefined]);
  });

  it('is forming from the instant on that is given', () => {
    expect(made(wire, 1_788_357_600_000).isForming).toBe(true);
    expect(made(wire, 1_788_357_600_001).isForming).toBe(false);
  });

  it('is there once when lists are merged, the later one counting', () => {
    const merged = mergeBars([barAt(3), barAt(1)], [{ ...barAt(3), close: 99 }, barAt(2)]);
    expect(merged.map(({ time }) => time.getTime())).toEqual([1, 2, 3]);
    expect(merged[2]?.close).toBe(99);
  });
});

describe('durations', () => {
  it('are never above what the gateway takes, and reach back far enough', () => {
    const day = 86_400_000;
    const units = { S: 1000, D: day, W: 7 * day, M: 30 * day, Y: 365 * day };
    fc.assert(
      fc.property(fc.constantFrom(...barSizes), fc.integer({ min: 1000, max: 20 * 365 * day }), (size, ms) => {
        for (const text of [durationFor(ms, size), durationBack(ms)]) {
          const { count, unit } = durationOf(text); // throws for what no gateway takes
          const reach = count * units[unit];
          if (text === durationFor(ms, size))
            expect(reach).toBeGreaterThanOrEqual(Math.min(ms, sizeFacts(size).pageMs) - day * 5);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('know which sizes carry dates', () => {
    expect(barSizes.filter(isDaily)).toEqual(['1 day', '1 week', '1 month']);
  });
});

describe('gaps', () => {
  const minute = 60_000;
  const open = Date.UTC(2026, 8, 2, 13, 30);
  const session = { start: new Date(open), end: new Date(open + 10 * minute) };
  const bars = (...at: readonly number[]) => at.map((n) => barAt(open + n * minute));
  const inMinutes = (gaps: readonly { from: Date; to: Date }[]) =>
    gaps.map(({ from, to }) => [(from.getTime() - open) / minute, (to.getTime() - open) / minute]);

  it('are missing bars within sessions only', () => {
    const found = findGaps(bars(0, 1, 4, 5, 6, 7, 8, 9), minute, open - 100 * minute, open + 100 * minute, [session]);
    expect(inMinutes(found)).toEqual([[2, 4]]);
    expect(found[0]?.isCertain).toBe(true);
  });

  it('are found at both ends of a session and in an empty one, and cut at the bounds', () => {
    expect(inMinutes(findGaps(bars(2, 3), minute, open, open + 6 * minute, [session]))).toEqual([
      [0, 2],
      [4, 6],
    ]);
    expect(inMinutes(findGaps([], minute, open, open + 60 * minute, [session]))).toEqual([[0, 10]]);
  });

  it('are steps, and not certain, without a schedule', () => {
    const found = findGaps(bars(0, 1, 4), minute, open, open + 10 * minute);
    expect(inMinutes(found)).toEqual([[2, 4]]);
    expect(found[0]?.isCertain).toBe(false);
  });
});

describe('a token', () => {
  it('gives its place back to the same span only', () => {
    const token = writeToken({ key: 'a', cursor: 123 });
    expect(readToken(token, 'a')).toBe(123);
    expect(() => readToken(token, 'b')).toThrow(/another span/);
    expect(() => readToken('!!', 'a')).toThrow(/no token|not a token/);
  });
});
