// Finds the link that looks open and is dead: silence brings a probe, a probe without an answer the end.

import type { Timer } from './timer.js';

export interface Watched {
  /** Epoch milliseconds at which something was last heard. */
  heardAt(): number;
  probe(): void;
  /** Nothing was heard since `since`, not even an answer to the probe. */
  dead(since: number): void;
}

/** Watches until the answer is called. `silence`: milliseconds before a probe; `probeWithin`: for its answer. */
export function watchSilence(timer: Timer, silence: number, probeWithin: number, watched: Watched): () => void {
  let stop = (): void => {};
  const check = (): void => {
    const silent = timer.now() - watched.heardAt();
    if (silent < silence) {
      stop = timer.after(silence - silent, check);
      return;
    }
    const before = watched.heardAt();
    watched.probe();
    stop = timer.after(probeWithin, () => {
      if (watched.heardAt() === before) watched.dead(before);
      else check();
    });
  };
  if (silence > 0) stop = timer.after(silence, check);
  return () => stop();
}
