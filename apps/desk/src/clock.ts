// Time of the desk as text; the clock itself is an argument everywhere.

import type { Timer } from 'ibwire';

export type { Timer };

export function iso(timer: Pick<Timer, 'now'>): string {
  return new Date(timer.now()).toISOString();
}
