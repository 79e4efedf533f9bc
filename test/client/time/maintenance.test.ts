// Known resets of the servers, and waits between attempts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOff } from '../../../src/client/time/back-off.js';
import { maintenanceAt, maintenanceWindows, nextClockTime, nextMaintenance } from '../../../src/client/time/maintenance.js';
import { plainZones } from '../../../src/client/time/zones.js';

const at = (iso: string) => Date.parse(iso);

describe('maintenance', () => {
  it('knows the nightly reset of each region, in winter and in summer', () => {
    expect(maintenanceAt(at('2026-01-06T05:30:00Z'), 'northAmerica')?.window.what).toBe('dailyReset');
    expect(maintenanceAt(at('2026-07-07T05:30:00Z'), 'northAmerica')?.to).toBe(at('2026-07-07T05:45:00Z'));
    expect(maintenanceAt(at('2026-07-07T04:50:00Z'), 'europe')?.window.region).toBe('europe');
    expect(maintenanceAt(at('2026-07-07T12:30:00Z'), 'asiaPacific')?.window.zone).toBe('Asia/Hong_Kong');
  });

  it('knows the weekend, which begins on Friday and ends on Saturday in New York', () => {
    const weekend = maintenanceAt(at('2026-07-11T06:00:00Z'), 'europe');
    expect(weekend).toMatchObject({
      window: { what: 'weekend' },
      from: at('2026-07-11T03:00:00Z'),
      to: at('2026-07-11T07:00:00Z'),
    });
    expect(maintenanceAt(at('2026-07-11T07:00:00Z'), 'northAmerica')).toBeUndefined();
  });

  it('says nothing in the middle of a trading day', () => {
    expect(maintenanceAt(at('2026-07-07T15:00:00Z'), 'northAmerica')).toBeUndefined();
    expect(maintenanceAt(at('2026-07-12T04:20:00Z'), 'northAmerica', [])).toBeUndefined();
  });

  it('tells which comes next', () => {
    expect(nextMaintenance(at('2026-07-07T15:00:00Z'), 'northAmerica')).toMatchObject({
      from: at('2026-07-08T03:45:00Z'),
      window: { source: 'olderPage' },
    });
    expect(nextMaintenance(0, 'europe', [])).toBeUndefined();
  });

  it('finds the next automatic restart and the weekly end of the login', () => {
    const now = at('2026-07-07T15:00:00Z');
    expect(nextClockTime(now, { at: '23:45', zone: 'Europe/Zurich' })).toBe(at('2026-07-07T21:45:00Z'));
    expect(nextClockTime(now, { at: '01:00', zone: 'America/New_York', weekday: 0 })).toBe(at('2026-07-12T05:00:00Z'));
    expect(nextClockTime(at('2026-07-12T05:00:00Z'), { at: '01:00', zone: 'US/Eastern', weekday: 0 })).toBe(
      at('2026-07-19T05:00:00Z'),
    );
    expect(nextClockTime(now, { at: '23:45', zone: 'Mars/Olympus' })).toBeUndefined();
    expect(nextClockTime(now, { at: '24:45', zone: 'UTC' })).toBeUndefined();
  });

  it('every window names a zone and two times of day', () => {
    for (const { zone, from, to } of maintenanceWindows) {
      expect([plainZones.find(zone)?.name, /^\d\d:\d\d$/.test(from), /^\d\d:\d\d$/.test(to)]).toEqual([zone, true, true]);
    }
  });

  it('inside a window the window is found, and what comes next begins later', () => {
    const when = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
    const region = fc.constantFrom('northAmerica' as const, 'europe' as const, 'asiaPacific' as const);
    fc.assert(
      fc.property(when, region, (instant, where) => {
        const next = nextMaintenance(instant, where);
        if (next === undefined) throw new Error('there is always a next one');
        expect(next.from > instant && next.from - instant <= 86_400_000 * 2).toBe(true);
        const then = maintenanceAt(next.from, where);
        expect(then !== undefined && then.from <= next.from && then.to >= next.to).toBe(true);
      }),
      { seed: 401, numRuns: 300 },
    );
  });
});

describe('back-off', () => {
  const rule = { baseMs: 500, capMs: 30_000, floorMs: 100 };

  it('doubles its upper end up to the cap, and never falls below the floor', () => {
    expect([1, 2, 3, 7, 8, 99].map((attempt) => backOff(attempt, () => 0.999999, rule))).toEqual([
      500, 1000, 2000, 30_000, 30_000, 30_000,
    ]);
    expect([1, 5, 99].map((attempt) => backOff(attempt, () => 0, rule))).toEqual([100, 100, 100]);
    expect(backOff(0, () => 0.5, { ...rule, floorMs: 900 })).toBe(900);
  });

  it('stays between floor and cap for any attempt and any chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 2000 }), fc.double({ min: 0, max: 0.9999999, noNaN: true }), (attempt, chance) => {
        const wait = backOff(attempt, () => chance, rule);
        expect(Number.isInteger(wait) && wait >= 100 && wait <= 30_000).toBe(true);
      }),
      { seed: 402, numRuns: 300 },
    );
  });
});
