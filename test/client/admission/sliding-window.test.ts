// The window that counts units in any span of time, against a slow model that tries every millisecond.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyedWindows, createSlidingWindow } from '../../../src/client/admission/sliding-window.js';

describe('sliding window', () => {
  it('a unit counts for one span and then no more', () => {
    const window = createSlidingWindow(1000);
    window.add(2, 100);
    window.add(1, 600);
    expect([window.used(600), window.used(1099), window.used(1100), window.used(1600)]).toEqual([3, 3, 1, 0]);
  });

  it('tells the wait for one, for several, and behind others', () => {
    const window = createSlidingWindow(1000);
    window.add(2, 0);
    window.add(1, 400);
    expect(window.waitFor(1, 3, 500)).toBe(500);
    expect(window.waitFor(3, 3, 500)).toBe(900);
    expect(window.waitFor(1, 3, 500, 2)).toBe(900);
    expect(window.waitFor(1, 3, 500, 3)).toBe(1500);
    expect(window.waitFor(1, 4, 500)).toBe(0);
    expect(window.waitFor(4, 3, 500)).toBe(Number.POSITIVE_INFINITY);
  });

  it('counts on when its limit has been lowered below what is used', () => {
    const window = createSlidingWindow(1000);
    for (let at = 0; at < 10; at++) window.add(1, at * 10);
    expect(window.waitFor(1, 5, 100)).toBe(950);
  });

  it('a clock that goes backwards frees nothing', () => {
    const window = createSlidingWindow(1000);
    window.add(1, 5000);
    expect(window.used(10)).toBe(1);
    expect(window.waitFor(1, 1, 10)).toBe(1000);
  });

  it('forgets keys that are used up no more', () => {
    const windows = createKeyedWindows(1000);
    for (let at = 0; at < 5000; at++) windows.of(`k${at}`, at * 100).add(1, at * 100);
    expect(windows.size).toBeLessThan(100);
  });
});

describe('properties', () => {
  const moves = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 60 }), units: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 30,
  });

  it('a wait is exact: the units fit after it, not a millisecond before, and others ahead are counted one by one', () => {
    fc.assert(
      fc.property(
        moves,
        fc.integer({ min: 3, max: 8 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 25 }),
        (all, limit, units, ahead) => {
          const span = 100;
          const window = createSlidingWindow(span);
          const entered: number[] = [];
          const fits = (at: number) => entered.filter((moment) => moment > at - span).length < limit;
          let now = 0;
          for (const move of all) {
            now += move.wait;
            const wait = window.waitFor(move.units, limit, now);
            // Times at which all units of the move fit together.
            const together = (at: number) => entered.filter((moment) => moment > at - span).length + move.units <= limit;
            expect(together(now + wait)).toBe(true);
            if (wait > 0) expect(together(now + wait - 1)).toBe(false);
            now += wait;
            window.add(move.units, now);
            for (let unit = 0; unit < move.units; unit++) entered.push(now);
          }
          const told = window.waitFor(units, limit, now, ahead);
          let at = now;
          for (let unit = 0; unit < ahead + units; unit++) {
            while (!fits(at)) at++;
            entered.push(at);
          }
          expect(told).toBe(at - now);
        },
      ),
      { seed: 61, numRuns: 300 },
    );
  });
});
