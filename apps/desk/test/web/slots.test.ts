// The axis of a chart: nights are left out, holes within a session keep their width and have a reason.

import { describe, expect, it } from 'vitest';
import { type Bar, holesOf, NO_TRADES, slotsOf } from '../../src/web/parts/slots.js';

const bar = (time: string, volume?: string): Bar => ({
  time: `2026-09-${time}:00Z`,
  ...{ open: '1', high: '2', low: '0.5', close: '1.5' },
  ...(volume === undefined ? {} : { volume }),
});
const at = (time: string): number => Date.parse(`2026-09-${time}:00Z`);
const axis = { seconds: 300, outages: [], sessions: undefined, now: 0 };
const day = (of: string) => ({ start: at(`${of}T13:30`), end: at(`${of}T20:00`) });

describe('slots', () => {
  it('are the bars, side by side, with the volume where it is told', () => {
    const slots = slotsOf([bar('01T14:00', '7'), bar('01T14:05')], axis);
    expect(slots.map(({ bar }) => bar?.volume)).toEqual([7, undefined]);
    expect(slots.some(({ isBreak }) => isBreak)).toBe(false);
  });

  it('mark a new session, and leave the night out', () => {
    const bars = [bar('01T19:55'), bar('02T13:30')];
    for (const sessions of [undefined, [day('01'), day('02')]]) {
      const slots = slotsOf(bars, { ...axis, sessions });
      expect(slots.map(({ isBreak }) => isBreak)).toEqual([false, true]);
    }
  });

  it('know a pause at noon by the sessions; without them it is a hole', () => {
    const bars = [bar('01T03:55'), bar('01T05:00')];
    const sessions = [
      { start: at('01T01:30'), end: at('01T04:00') },
      { start: at('01T05:00'), end: at('01T08:00') },
    ];
    expect(slotsOf(bars, { ...axis, sessions }).map(({ isBreak }) => isBreak)).toEqual([false, true]);
    expect(slotsOf(bars, axis).filter(({ bar }) => bar === undefined)).toHaveLength(12);
  });

  it('are missing within a session, with the reason where one is known', () => {
    const outages = [{ from: at('01T14:06'), to: at('01T14:12'), cause: 'the broker was away' }];
    const slots = slotsOf([bar('01T14:00'), bar('01T14:20')], { ...axis, outages });
    expect(slots.map(({ why }) => why)).toEqual([undefined, 'the broker was away', 'the broker was away', NO_TRADES, undefined]);
    expect(holesOf(slots, 300)).toEqual([
      { from: new Date(at('01T14:05')), to: new Date(at('01T14:15')), why: 'the broker was away' },
      { from: new Date(at('01T14:15')), to: new Date(at('01T14:20')), why: NO_TRADES },
    ]);
  });

  it('grow while an outage lasts, to this moment and not beyond the session', () => {
    const outages = [{ from: at('01T19:50'), to: undefined, cause: 'away' }];
    const bars = [bar('01T19:45')];
    const sessions = [day('01')];
    expect(slotsOf(bars, { ...axis, outages, sessions, now: at('01T19:56') })).toHaveLength(3);
    expect(slotsOf(bars, { ...axis, outages, sessions, now: at('01T23:00') })).toHaveLength(3);
    expect(slotsOf(bars, { ...axis, outages, sessions, now: at('01T19:50') })).toHaveLength(1);
  });
});
