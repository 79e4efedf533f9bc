// A client's timer on a gateway's clock, so that both live in one time.

import type { Timer } from '../../src/client/wire/timer.js';
import type { Clock } from '../../src/gateway/clock.js';

export function virtualTimer(clock: Clock): Timer {
  return {
    now: () => clock.now(),
    after(ms, act) {
      const timer = clock.at(clock.now() + Math.min(ms, 1e12), act);
      return () => timer.cancel();
    },
  };
}
