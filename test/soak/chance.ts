// Chance that is the same for the same seed.

import { randomFrom } from '../helpers/random.js';

export interface Chance {
  /** From 0 up to but not including 1. */
  next(): number;
  /** True so often out of one. */
  is(share: number): boolean;
  whole(least: number, most: number): number;
  of<T>(list: readonly T[]): T;
  /** A wait with this mean, never below a tenth of it. */
  wait(mean: number): number;
}

export function chanceFrom(seed: number): Chance {
  const random = randomFrom(seed);
  const next = (): number => random() / 2 ** 32;
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    is: (share) => next() < share,
    whole,
    of: (list) => list[whole(0, list.length - 1)] as (typeof list)[number],
    wait: (mean) => Math.max(mean / 10, -Math.log(1 - next()) * mean),
  };
}
