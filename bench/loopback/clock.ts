// CPU of this process per tick, once it is warm.

import type { Flow, Reading } from './flow.js';

/** The first request id of the client: ids count up from it. */
export const FIRST_ID = 1_500_000_000;
/** Share of the ticks that is not counted. */
const WARM = 0.3;

export interface Clock {
  /** So many items have come. */
  saw(items: number): void;
  /** The connection is over: prints the reading and ends the process. */
  done(extra?: Partial<Reading>): void;
}

/** A tick can give more items than one, or none: what part of the ticks was counted is known at the end. */
export function createClock({ ticks }: Flow): Clock {
  let began: NodeJS.CpuUsage | undefined;
  let seen = 0;
  let seenBefore = 0;
  return {
    saw(items) {
      seen += items;
      if (began !== undefined || seen < ticks * WARM) return;
      began = process.cpuUsage();
      seenBefore = seen;
    },
    done(extra = {}) {
      const { user, system } = process.cpuUsage(began);
      const counted = (ticks * (seen - seenBefore)) / seen;
      const reading: Reading = { ns: ((user + system) * 1000) / counted, seen, ...extra };
      process.stdout.write(`${JSON.stringify(reading)}\n`, () => process.exit(0));
    },
  };
}
