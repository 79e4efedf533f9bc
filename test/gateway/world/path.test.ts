import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, indexOfDay } from '../../../src/gateway/world/calendar.js';
import { dayOf } from '../../../src/gateway/world/civil.js';
import { type DriverSpec, PathCursor } from '../../../src/gateway/world/path.js';

const ANCHOR = indexOfDay(dayOf(2026, 9, 1));
const spec = (calendar = 'us-stock', key = 'AAPL.USD'): DriverSpec => ({
  key,
  calendar: calendarOf(calendar),
  reference: 311,
  anchor: ANCHOR,
  volatility: 0.26,
  dailyVolume: 48e6,
});
const read = (cursor: PathCursor, from: number, to: number): readonly number[] => {
  cursor.range(from, to);
  return [cursor.open, cursor.high, cursor.low, cursor.close, cursor.volume];
};

describe('a price path', () => {
  it('ends the anchor day at the reference price', () => {
    expect(new PathCursor(spec(), 1).dayClose(ANCHOR)).toBe(311);
  });

  it('is the same for the same seed and another for another seed or driver', () => {
    const at = (seed: number, key?: string): readonly number[] => {
      const cursor = new PathCursor(spec('us-stock', key), seed);
      cursor.seek(ANCHOR + 3);
      return read(cursor, 0, 57_600);
    };
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(2));
    expect(at(1)).not.toEqual(at(1, 'MSFT.USD'));
  });

  it('does not depend on what was read before', () => {
    const fresh = new PathCursor(spec(), 7);
    fresh.seek(ANCHOR);
    const expected = read(fresh, 31_234, 31_999);
    const used = new PathCursor(spec(), 7);
    for (const index of [ANCHOR - 900, ANCHOR + 40, ANCHOR]) {
      used.seek(index);
      read(used, 100, 5000);
    }
    expect(read(used, 31_234, 31_999)).toEqual(expected);
  });

  it('moves about as much in a year as its volatility says', () => {
    const cursor = new PathCursor(spec(), 3);
    let squares = 0;
    const days = 2520;
    for (let i = 0; i < days; i++) squares += Math.log(cursor.dayClose(ANCHOR - i) / cursor.dayClose(ANCHOR - i - 1)) ** 2;
    const volatility = Math.sqrt((squares / days) * 252);
    expect(volatility).toBeGreaterThan(0.24);
    expect(volatility).toBeLessThan(0.28);
  });

  it('keeps its roughness from the quarter of an hour down to the second: the range grows with the root of time', () => {
    const cursor = new PathCursor(spec(), 5);
    const perRoot = (seconds: number): number => {
      let sum = 0;
      let count = 0;
      for (let day = 0; day < 10; day++) {
        cursor.seek(ANCHOR - day);
        for (let at = 19_800; at + seconds <= 43_200; at += seconds, count++) {
          cursor.range(at, at + seconds);
          sum += cursor.high - cursor.low;
        }
      }
      return sum / count / Math.sqrt(seconds);
    };
    const ratio = perRoot(1) / perRoot(900);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.3);
  });

  it('trades most in liquid hours', () => {
    const cursor = new PathCursor(spec(), 5);
    cursor.seek(ANCHOR);
    const [, , , , before = 0] = read(cursor, 0, 19_800);
    const [, , , , liquid = 0] = read(cursor, 19_800, 43_200);
    expect(liquid).toBeGreaterThan(4 * before);
  });
});

describe('properties', () => {
  const calendars = fc.constantFrom('us-stock', 'cme', 'sehk', 'fx', 'crypto', 'europe');
  const place = fc.record({
    calendar: calendars,
    seed: fc.integer(),
    day: fc.integer({ min: -2000, max: 2000 }),
    from: fc.nat(19_000),
    length: fc.integer({ min: 2, max: 3000 }),
    cut: fc.double({ min: 0.0001, max: 0.9999, noNaN: true }),
  });

  it('any stretch holds together: low ≤ open, close ≤ high, and it is the sum of any two parts of it', () => {
    fc.assert(
      fc.property(place, ({ calendar, seed, day, from, length, cut }) => {
        const cursor = new PathCursor(spec(calendar), seed);
        cursor.seek(ANCHOR + day);
        const to = Math.min(cursor.seconds, from + length);
        const middle = Math.min(to - 1, Math.max(from + 1, Math.floor(from + (to - from) * cut)));
        fc.pre(from < middle && middle < to);
        const [open = 0, high = 0, low = 0, close = 0, volume = 0] = read(cursor, from, to);
        const left = read(cursor, from, middle);
        const right = read(cursor, middle, to);
        expect(low).toBeGreaterThan(0);
        expect(low).toBeLessThanOrEqual(Math.min(open, close));
        expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
        expect(left[0]).toBe(open);
        expect(right[3]).toBe(close);
        expect(left[3]).toBe(right[0]);
        expect(Math.max(left[1] ?? 0, right[1] ?? 0)).toBe(high);
        expect(Math.min(left[2] ?? 0, right[2] ?? 0)).toBe(low);
        expect((left[4] ?? 0) + (right[4] ?? 0)).toBe(volume);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('the four ticks of a second make its bar, and its volume is theirs, at least one each', () => {
    fc.assert(
      fc.property(place, ({ calendar, seed, day, from }) => {
        const cursor = new PathCursor(spec(calendar), seed);
        cursor.seek(ANCHOR + day);
        const second = from % cursor.seconds;
        const [open, high, low, close, volume = 0] = read(cursor, second, second + 1);
        const ticks = [0, 1, 2, 3].map((place4) => cursor.tick(second * 4 + place4));
        expect([ticks[0], Math.max(...ticks), Math.min(...ticks), ticks[3]]).toEqual([open, high, low, close]);
        let before = cursor.volumeBefore(second);
        const start = before;
        for (let i = 0; i < 4; i++) {
          const through = cursor.volumeThrough(second * 4 + i);
          expect(through).toBeGreaterThan(before);
          before = through;
        }
        expect(before - start).toBe(volume);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('volume before a second is the volume of all before it', () => {
    fc.assert(
      fc.property(place, ({ calendar, seed, day, from }) => {
        const cursor = new PathCursor(spec(calendar), seed);
        cursor.seek(ANCHOR + day);
        const second = 1 + (from % (cursor.seconds - 1));
        const before = cursor.volumeBefore(second);
        expect(read(cursor, 0, second)[4]).toBe(before);
      }),
      { seed: 13, numRuns: 100 },
    );
  });
});
