import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../../src/gateway/clock.js';
import { Schedule } from '../../../src/gateway/replay/schedule.js';

const due = (sent: string[], name: string, wait: number, owner?: object) => ({ wait, send: () => void sent.push(name), owner });

describe('Schedule', () => {
  it('without a clock sends at once', () => {
    const sent: string[] = [];
    new Schedule(undefined).add([due(sent, 'a', 500), due(sent, 'b', 0)]);
    expect(sent).toStrictEqual(['a', 'b']);
  });

  it('on a clock sends each at its time, those of one time in the order they were added', () => {
    const [sent, clock] = [[] as string[], virtualClock(1000)];
    const schedule = new Schedule(clock);
    schedule.add([due(sent, 'c', 30), due(sent, 'a', 10), due(sent, 'b', 10)]);
    expect(sent).toStrictEqual([]);
    clock.advance(10);
    expect(sent).toStrictEqual(['a', 'b']);
    schedule.add([due(sent, 'd', 0)]);
    clock.advance(20);
    expect(sent).toStrictEqual(['a', 'b', 'd', 'c']);
  });

  it('can be faster than recorded', () => {
    const [sent, clock] = [[] as string[], virtualClock(0)];
    new Schedule(clock, { speed: 4 }).add([due(sent, 'a', 400)]);
    clock.advance(99);
    expect(sent).toStrictEqual([]);
    clock.advance(1);
    expect(sent).toStrictEqual(['a']);
  });

  it('stepwise sends as many as asked for and says how many there were', () => {
    const sent: string[] = [];
    const schedule = new Schedule(undefined, { isStepwise: true });
    schedule.add([due(sent, 'a', 9), due(sent, 'b', 1), due(sent, 'c', 1)]);
    expect([schedule.step(2), schedule.step(2), schedule.step(2)]).toStrictEqual([2, 1, 0]);
    expect(sent).toStrictEqual(['a', 'b', 'c']);
  });

  it('drops what an owner still waits for, and everything when closed', () => {
    const [sent, clock, owner] = [[] as string[], virtualClock(0), {}];
    const schedule = new Schedule(clock);
    schedule.add([due(sent, 'a', 1, owner), due(sent, 'b', 2), due(sent, 'c', 3, owner), due(sent, 'd', 9)]);
    schedule.drop(owner);
    clock.advance(5);
    schedule.close();
    clock.advance(5);
    expect(sent).toStrictEqual(['b']);
    expect(clock.pending).toBe(0);
  });

  it('sends everything once and in the order of time, whenever it is added', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 20 })), { maxLength: 30 }), (plan) => {
        const clock = virtualClock(0);
        const schedule = new Schedule(clock);
        const sent: { at: number; when: number }[] = [];
        for (const [wait, pause] of plan) {
          const when = clock.now() + wait;
          schedule.add([{ wait, send: () => void sent.push({ at: clock.now(), when }), owner: undefined }]);
          clock.advance(pause);
        }
        clock.advance(100);
        expect(sent.length).toBe(plan.length);
        for (const { at, when } of sent) expect(at).toBe(when);
      }),
      { seed: 71, numRuns: 200 },
    ));
});
