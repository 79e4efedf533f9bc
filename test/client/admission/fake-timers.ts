// A clock and timers that move only when they are told to.

import type { Timers } from '../../../src/client/admission/queue.js';

export interface FakeTimers extends Timers {
  /** Timers that are set. */
  readonly pending: number;
  /** Moves on, runs what is due in order, and lets promises settle after each. */
  advance(ms: number): Promise<void>;
}

export function createFakeTimers(start = 1_000_000): FakeTimers {
  let now = start;
  let made = 0;
  const timers = new Map<number, { at: number; run: () => void }>();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 6; turn++) await Promise.resolve();
  };
  return {
    now: () => now,
    after(ms, run) {
      const id = made++;
      timers.set(id, { at: now + ms, run });
      return () => timers.delete(id);
    },
    get pending() {
      return timers.size;
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= end).sort(([a, one], [b, two]) => one.at - two.at || a - b)[0];
        if (due === undefined) break;
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].run();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
