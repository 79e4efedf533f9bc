// A clock that belongs to someone else, with only our own timers closed at the end.
import type { Clock, Timer } from '../clock.js';

/** The same time, with what fails in a timer told to `onError` instead of ending the process; `close` cancels what was planned through it and leaves the clock running. */
export function scopedClock(clock: Clock, onError: (error: Error) => void): Clock {
  const live = new Set<Timer>();
  let isOpen = true;
  const keep = (plan: (forget: () => void) => Timer): Timer => {
    if (!isOpen) return { cancel: () => {} };
    const inner = plan(() => live.delete(timer));
    const timer: Timer = {
      cancel: () => {
        live.delete(timer);
        inner.cancel();
      },
    };
    live.add(timer);
    return timer;
  };
  const guarded = (run: () => void) => (): void => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      onError(error);
    }
  };
  return {
    now: () => clock.now(),
    at: (when, run) =>
      keep((forget) =>
        clock.at(when, () => {
          forget();
          guarded(run)();
        }),
      ),
    every: (period, run, first) => keep(() => clock.every(period, guarded(run), first)),
    close: () => {
      isOpen = false;
      for (const timer of [...live]) timer.cancel();
      live.clear();
    },
  };
}
