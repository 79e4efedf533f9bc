// Waiting for Ctrl-C, or for as long as was said.

import type { Io } from './io.js';

/** Resolves at Ctrl-C, and after `seconds` when they are given. */
export function untilStopped(io: Io, seconds?: number): Promise<void> {
  if (io.stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = seconds === undefined ? undefined : setTimeout(done, seconds * 1000);
    function done(): void {
      clearTimeout(timer);
      io.stop.removeEventListener('abort', done);
      resolve();
    }
    io.stop.addEventListener('abort', done, { once: true });
  });
}
