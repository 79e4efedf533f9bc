// Virtual time for client and gateway together, timer by timer, with everything that is promised settled after each.

import type { Timer } from '../../src/client/wire/timer.js';
import type { VirtualClock } from '../../src/gateway/clock.js';
import { virtualTimer } from './virtual-timer.js';

/** A turn of promises: all that can settle has settled. (A tick that is planned by a promise comes after every promise.) */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** Lets `ms` pass. */
export async function pass(clock: VirtualClock, ms: number): Promise<void> {
  const end = clock.now() + ms;
  await settled();
  while (clock.step(end)) await settled();
}

/** Lets time pass until a promise has settled. */
export async function passUntil<T>(clock: VirtualClock, promise: Promise<T>, within: number): Promise<T> {
  const end = clock.now() + within;
  let isSettled = false;
  const note = (): void => {
    isSettled = true;
  };
  promise.then(note, note);
  await settled();
  while (!isSettled && clock.step(end)) await settled();
  if (!isSettled) throw new Error(`not settled within ${within} ms`);
  return promise;
}

export interface CountedTimer extends Timer {
  /** Timers that are set and have neither run nor been taken back. */
  readonly pending: number;
}

/** What a planted fault does to a timer: it stays when it is taken back, or never runs. */
export type TimerFate = 'good' | 'stays' | 'never';

/** The client's timer on the clock, counted. */
export function countedTimer(clock: VirtualClock, fateOf: (ms: number) => TimerFate): CountedTimer {
  const timer = virtualTimer(clock);
  let pending = 0;
  return {
    now: timer.now,
    get pending() {
      return pending;
    },
    after(ms, act) {
      const fate = fateOf(ms);
      if (fate === 'never') return () => {};
      let isSet = true;
      const over = (): void => {
        if (isSet) pending--;
        isSet = false;
      };
      pending++;
      const stop = timer.after(ms, () => {
        over();
        act();
      });
      return () => {
        if (fate === 'stays') return;
        over();
        stop();
      };
    },
  };
}
