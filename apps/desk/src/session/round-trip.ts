// How long the gateway takes to answer: a question about its clock now and then, the newest hundred kept.

import type { Ib } from 'ibwire';
import type { Timer } from '../clock.js';

export interface RoundTrips {
  /** Asks when the last answer is old; does not wait for it. */
  ask(ib: Ib): void;
  /** Milliseconds; undefined before the first answer of this session. */
  readonly shown: { readonly medianMs: number; readonly p99Ms: number; readonly count: number } | undefined;
  forget(): void;
}

const EVERY_MS = 5_000;
const WITHIN_MS = 5_000;
const KEPT = 100;

export function createRoundTrips(timer: Timer): RoundTrips {
  let samples: readonly number[] = [];
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    ask(ib) {
      const began = timer.now();
      if (ib.state.at !== 'ready' || began - askedAt < EVERY_MS) return;
      askedAt = began;
      const from = performance.now();
      ib.terminal.time({ timeout: WITHIN_MS }).then(
        () => {
          samples = [...samples.slice(1 - KEPT), performance.now() - from];
        },
        () => {
          // What is not answered shows as silence.
        },
      );
    },
    get shown() {
      if (samples.length === 0) return undefined;
      const sorted = [...samples].sort((a, b) => a - b);
      const at = (part: number): number =>
        Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 10) / 10;
      return { medianMs: at(0.5), p99Ms: at(0.99), count: sorted.length };
    },
    forget() {
      samples = [];
      askedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
