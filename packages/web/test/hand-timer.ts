// A clock that a test moves by hand, letting promises settle on the way.

import type { Timer } from 'ibwire';

export interface HandTimer extends Timer {
  /** Runs what is due up to then, in order. */
  advance(ms: number): Promise<void>;
  readonly waiting: number;
}

/** Lets what hangs on promises alone run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

export function handTimer(start = 1_788_357_600_000): HandTimer {
  let now = start;
  let count = 0;
  const due = new Map<number, { readonly at: number; readonly act: () => void }>();
  return {
    now: () => now,
    after(ms, act) {
      count += 1;
      const id = count;
      due.set(id, { at: now + ms, act });
      return () => void due.delete(id);
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        let next: { id: number; at: number; act: () => void } | undefined;
        for (const [id, one] of due) if (one.at <= end && (next === undefined || one.at < next.at)) next = { id, ...one };
        if (next === undefined) break;
        now = Math.max(now, next.at);
        due.delete(next.id);
        next.act();
      }
      now = end;
      await settle();
    },
    get waiting() {
      return due.size;
    },
  };
}
