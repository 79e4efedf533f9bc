// Time as an argument: the session, its deadlines and its waits run on this, tests on a hand-moved one.

/** Time, for tests: `now` in epoch milliseconds, `after` in milliseconds; what it returns stops the timer. */
export interface Timer {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `act` once after `ms`; the answer takes it back. All of them end with the session. */
  after(ms: number, act: () => void): () => void;
}

/** The machine's clock. */
export const wallTimer: Timer = {
  now: () => Date.now(),
  after(ms, act) {
    const handle = setTimeout(act, Math.min(ms, 2_147_483_647));
    return () => clearTimeout(handle);
  },
};

/** Waits; rejects with the signal's reason when that comes first. */
export function pause(timer: Timer, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      stop();
      reject(signal?.reason);
    };
    const stop = timer.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
