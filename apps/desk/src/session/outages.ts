// Times in which nothing certain came, as far back as they are kept.

import type { Timer } from '../clock.js';

/** A time in which nothing certain came: the link, or the broker behind the gateway, was away. Epoch milliseconds. */
export interface Outage {
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
  readonly cause: string;
}

const MOST = 50;

export function createOutages(timer: Timer) {
  let all: readonly Outage[] = [];
  return {
    /** The newest, oldest first. */
    get all() {
      return all;
    },
    /** One for one time, however many words there are for it. */
    away(cause: string): void {
      if (all.at(-1)?.to !== undefined || all.length === 0)
        all = [...all.slice(1 - MOST), { from: timer.now(), to: undefined, cause }];
    },
    back(): void {
      all = all.map((one) => (one.to === undefined ? { ...one, to: timer.now() } : one));
    },
  };
}
