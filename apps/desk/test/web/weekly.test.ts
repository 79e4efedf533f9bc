// The weekly log-in is Sunday 01:00 in New York, summer and winter.

import { describe, expect, it } from 'vitest';
import { nextLogin } from '../../src/web/state/weekly.js';

describe('the next weekly log-in', () => {
  it.each([
    ['2026-11-29T05:59:00Z', '2026-11-29T06:00:00Z'],
    ['2026-11-29T06:00:00Z', '2026-12-06T06:00:00Z'],
    ['2026-07-01T12:00:00Z', '2026-07-05T05:00:00Z'],
    // Clocks go forward at 02:00 of this Sunday, back at 02:00 of the other.
    ['2026-03-07T12:00:00Z', '2026-03-08T06:00:00Z'],
    ['2026-10-31T12:00:00Z', '2026-11-01T05:00:00Z'],
  ])('after %s is %s', (now, next) => {
    expect(new Date(nextLogin(Date.parse(now))).toISOString()).toBe(next.replace('Z', '.000Z'));
  });
});
