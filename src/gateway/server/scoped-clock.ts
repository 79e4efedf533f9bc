// A clock that belongs to someone else, with only our own timers closed at the end.
import type { Clock, Timer } from '../clock.js';

/** The same time; `close` cancels what was planned through it and leaves the clock running. */
export function scopedClock(clock: Clock): Clock {
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
  return {
    now: () => clock.now(),
    at: (when, run) =>
      keep((forget) =>
        clock.at(when, () => {
          forget();
          run();
        }),
      ),
    every: (period, run, first) => keep(() => clock.every(period, run, first)),
    close: () => {
      isOpen = false;
      for (const timer of [...live]) timer.cancel();
      live.clear();
    },
  };
}
