// The day of the clock in the band: New York's, on the gateway's own time where it keeps one.

import { createMemo, createRoot } from 'solid-js';
import { desk } from './desk.js';
import { dayIn, NEW_YORK } from './instants.js';
import { instruments } from './instruments.js';

/** Its published hours, holidays and half days among them, are those of New York's market. */
export const OF_NEW_YORK = 'SPY';

/** How far the gateway's clock is before ours, as far as it was told; 0 where it is the same. */
export function ahead(): number {
  if (desk.status()?.connected !== true) return 0;
  instruments.hours(OF_NEW_YORK);
  return instruments.ahead(OF_NEW_YORK);
}

const today = createRoot(() => createMemo(() => dayIn(desk.now() + ahead(), NEW_YORK)));

/** Whether an instant lies in that day; what cannot be read as one is not said to be of another day. */
export function isToday(time: string): boolean {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) || dayIn(at, NEW_YORK) === today();
}
