import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, virtualClock, wallClock } from '../../src/gateway/clock.js';

const START = Date.UTC(2026, 8, 1);
const open: Clock[] = [];
afterEach(() => {
  for (const clock of open.splice(0)) clock.close();
});
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('the virtual clock', () => {
  it('stands still until it is advanced', () => {
    const clock = virtualClock(START);
    expect(clock.now()).toBe(START);
    clock.advance(1500);
    expect(clock.now()).toBe(START + 1500);
  });

  it('runs timers in order of time, those of one instant in order of creation, each seeing its own time', () => {
    const clock = virtualClock(START);
    const seen: [string, number][] = [];
    const note = (name: string) => () => void seen.push([name, clock.now() - START]);
    clock.at(START + 20, note('c'));
    clock.at(START + 10, note('a'));
    clock.at(START + 20, note('d'));
    clock.at(START + 10, note('b'));
    expect(clock.advance(15)).toBe(2);
    expect(clock.advance(15)).toBe(2);
    expect(seen).toEqual([
      ['a', 10],
      ['b', 10],
      ['c', 20],
      ['d', 20],
    ]);
  });

  it('runs a timer made by a timer within the same advance', () => {
    const clock = virtualClock(START);
    const seen: number[] = [];
    clock.at(START + 1, () => clock.at(clock.now() + 1, () => seen.push(clock.now() - START)));
    clock.advance(5);
    expect(seen).toEqual([2]);
  });

  it('runs a timer of the past at the next advance, not before', () => {
    const clock = virtualClock(START);
    let ran = 0;
    clock.at(START - 5000, () => (ran += 1));
    expect(ran).toBe(0);
    clock.advance(0);
    expect(ran).toBe(1);
    expect(clock.now()).toBe(START);
  });

  it('takes one step: a single timer, or time up to the instant when none is due', () => {
    const clock = virtualClock(START);
    const seen: number[] = [];
    clock.at(START + 10, () => seen.push(1));
    clock.at(START + 10, () => seen.push(2));
    clock.at(START + 30, () => seen.push(3));
    expect([clock.step(START + 20), [...seen], clock.now() - START]).toEqual([true, [1], 10]);
    expect([clock.step(START + 20), clock.step(START + 20), clock.now() - START]).toEqual([true, false, 20]);
    expect(seen).toEqual([1, 2]);
    expect(() => clock.step(START + 19)).toThrow(RangeError);
  });

  it('repeats until cancelled, also when cancelled from inside', () => {
    const clock = virtualClock(START);
    const seen: number[] = [];
    const timer = clock.every(100, () => {
      seen.push(clock.now() - START);
      if (seen.length === 3) timer.cancel();
    });
    clock.advance(1000);
    expect(seen).toEqual([100, 200, 300]);
    expect(clock.pending).toBe(0);
  });

  it('refuses to go back', () => {
    const clock = virtualClock(START);
    expect(() => clock.advanceTo(START - 1)).toThrow(RangeError);
  });

  it('forgets all timers when closed and takes no new ones', () => {
    const clock = virtualClock(START);
    clock.at(START + 1, () => expect.unreachable());
    clock.close();
    clock.at(START + 2, () => expect.unreachable());
    expect(clock.pending).toBe(0);
    expect(clock.advance(10)).toBe(0);
  });

  it('lets a trading day with a timer every quarter second pass in less than a second', () => {
    const clock = virtualClock(START);
    let ran = 0;
    clock.every(250, () => (ran += 1));
    const began = performance.now();
    clock.advance(6.5 * 3_600_000);
    expect(ran).toBe(93_600);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('the wall clock', () => {
  it('starts where it is told and runs at its speed', async () => {
    const clock = wallClock({ startAt: START, speed: 1000 });
    open.push(clock);
    await new Promise<void>((done) => clock.at(START + 20_000, done));
    expect(clock.now()).toBeGreaterThanOrEqual(START + 20_000);
    expect(clock.now()).toBeLessThan(START + 2_000_000);
  });

  it('leaves no timer when closed', () => {
    const before = timers();
    const clock = wallClock();
    clock.at(clock.now() + 60_000, () => expect.unreachable());
    clock.every(1000, () => expect.unreachable());
    expect(timers()).toBe(before + 2);
    clock.close();
    expect(timers()).toBe(before);
    clock.at(clock.now() + 60_000, () => expect.unreachable());
    expect(timers()).toBe(before);
  });

  it('does not run a cancelled timer', async () => {
    const clock = wallClock();
    open.push(clock);
    clock.at(clock.now() + 1, () => expect.unreachable()).cancel();
    await new Promise<void>((done) => clock.at(clock.now() + 15, done));
  });

  it('refuses a speed that is not above 0', () => {
    expect(() => wallClock({ speed: 0 })).toThrow(RangeError);
  });
});

describe('properties', () => {
  it('whatever is scheduled and cancelled, what remains runs exactly once, in order, however time is advanced', () => {
    const plan = fc.array(fc.record({ at: fc.integer({ min: 0, max: 50 }), isCancelled: fc.boolean() }), { maxLength: 200 });
    const steps = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 10 });
    fc.assert(
      fc.property(plan, steps, (timersWanted, advances) => {
        const clock = virtualClock(START);
        const ran: number[] = [];
        const made = timersWanted.map(({ at }, i) => clock.at(START + at, () => void ran.push(i)));
        timersWanted.forEach(({ isCancelled }, i) => {
          if (isCancelled) made[i]?.cancel();
        });
        for (const step of advances) clock.advance(step);
        clock.advance(100);
        const expected = timersWanted
          .map((wanted, i) => ({ ...wanted, i }))
          .filter(({ isCancelled }) => !isCancelled)
          .sort((a, b) => a.at - b.at || a.i - b.i)
          .map(({ i }) => i);
        expect(ran).toEqual(expected);
        expect(clock.pending).toBe(0);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
