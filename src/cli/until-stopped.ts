// Waiting for Ctrl-C, or for as long as was said.

import type { Io } from './io.js';

/** Resolves at Ctrl-C, after `seconds` when they are given, and when `end` settles. No timer stays behind it: the process could not end. */
export function untilStopped(io: Io, seconds?: number, end?: Promise<unknown>): Promise<void> {
  if (io.stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = seconds === undefined ? undefined : setTimeout(done, seconds * 1000);
    function done(): void {
      clearTimeout(timer);
      io.stop.removeEventListener('abort', done);
      resolve();
    }
    io.stop.addEventListener('abort', done, { once: true });
    end?.then(done, done);
  });
}
