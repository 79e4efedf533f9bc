// A clock that moves only when it is told to.

import type { Timer } from '../../src/client/wire/timer.js';

export interface HandTimer extends Timer {
  /** Timers that are set. */
  readonly pending: number;
  /** Moves on, runs what is due in order, and lets promises settle after each. */
  advance(ms: number): Promise<void>;
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

export function handTimer(start = 1_788_357_600_000): HandTimer {
  let now = start;
  let made = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    after(ms, run) {
      const id = made++;
      timers.set(id, { at: now + ms, run });
      return () => void timers.delete(id);
    },
    get pending() {
      return timers.size;
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        let due: [number, { readonly at: number; readonly run: () => void }] | undefined;
        for (const entry of timers) if (entry[1].at <= end && (due === undefined || entry[1].at < due[1].at)) due = entry;
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
