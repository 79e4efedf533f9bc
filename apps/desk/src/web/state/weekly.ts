// When the login ends by itself: IBKR asks for it anew every week, Sunday 01:00 in New York.

import { NEW_YORK } from './instants.js';

const HOUR = 3_600_000;
const format = new Intl.DateTimeFormat('en-US', { timeZone: NEW_YORK, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });

/** The next Sunday 01:00 in New York after an instant; clocks there change at 02:00, so it always comes. */
export function nextLogin(now: number): number {
  for (let at = Math.floor(now / HOUR) * HOUR + HOUR; ; at += HOUR) {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    if (parts.get('weekday') === 'Sun' && parts.get('hour') === '01') return at;
  }
}
