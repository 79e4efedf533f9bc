// Days that are not as published, put over trading hours.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withOverrides } from '../../../src/client/contracts/day-overrides.js';
import { isOpen, sessionsOf } from '../../../src/client/contracts/trading-hours.js';
import type { Zone } from '../../../src/client/time/zone.js';
import { plainZones } from '../../../src/client/time/zones.js';

const newYork = plainZones.find('US/Eastern') as Zone;
const chicago = plainZones.find('US/Central') as Zone;
const stocks = sessionsOf('20260902:0930-20260902:1600;20260903:0930-20260903:1600', 'US/Eastern');
/** Futures trade over midnight. */
const futures = sessionsOf('20260901:1700-20260902:1600;20260902:1700-20260903:1600', 'US/Central');
const at = (text: string): number => Date.parse(text);

describe('a day that is not as published', () => {
  it('is closed from midnight to midnight of the exchange, and the days beside stay', () => {
    const hours = withOverrides(futures, [{ date: '20260902', sessions: [] }], chicago);
    expect(isOpen(hours, at('2026-09-02T04:59:59Z'))).toBe('open'); // 23:59:59 of September 1
    expect(isOpen(hours, at('2026-09-02T05:00:00Z'))).toBe('closed');
    expect(isOpen(hours, at('2026-09-03T04:59:59Z'))).toBe('closed');
    expect(isOpen(hours, at('2026-09-03T05:00:00Z'))).toBe('open');
  });

  it('has several sessions, and the last that was given counts', () => {
    const lunch = {
      date: '20260902',
      sessions: [
        { open: '09:30', close: '12:00' },
        { open: '13:00', close: '24:00' },
      ],
    };
    const hours = withOverrides(stocks, [{ date: '20260902', sessions: [] }, lunch], newYork);
    const open = ['13:30', '15:59', '16:00', '17:00'].map((time) => isOpen(hours, at(`2026-09-02T${time}:00Z`)));
    expect(open).toEqual(['open', 'open', 'closed', 'open']);
    expect(isOpen(hours, at('2026-09-03T03:59:59Z'))).toBe('open');
  });

  it('is spoken about although nothing was published for it', () => {
    const hours = withOverrides(stocks, [{ date: '20261225', sessions: [] }], newYork);
    expect(isOpen(hours, at('2026-12-25T15:00:00Z'))).toBe('closed');
    expect(isOpen(hours, at('2026-12-26T15:00:00Z'))).toBe('unknown');
  });

  it('has 23 or 25 hours where the clock is changed', () => {
    const hours = withOverrides(stocks, [{ date: '20261101', sessions: [{ open: '00:00', close: '24:00' }] }], newYork);
    const [day] = hours.sessions.slice(-1);
    expect((day?.close ?? 0) - (day?.open ?? 0)).toBe(25 * 3_600_000);
  });

  it.each([
    [{ date: '20260931', sessions: [] }, 'yyyyMMdd'],
    [{ date: '2026-09-02', sessions: [] }, 'yyyyMMdd'],
    [{ date: '20260902', sessions: [{ open: '9:30', close: '13:00' }] }, 'HH:mm'],
    [{ date: '20260902', sessions: [{ open: '09:30', close: '24:01' }] }, 'HH:mm'],
    [{ date: '20260902', sessions: [{ open: '13:00', close: '09:30' }] }, 'end after they begin'],
  ])('%j is refused: %s', (day, text) => expect(() => withOverrides(stocks, [day], newYork)).toThrow(text));

  it('property: outside the days given nothing changes', () => {
    const day = fc.constantFrom('20260901', '20260902', '20260903');
    const minute = fc.integer({ min: at('2026-09-01T05:00:00Z') / 60_000, max: at('2026-09-04T05:00:00Z') / 60_000 - 1 });
    fc.assert(
      fc.property(day, minute, (date, minutes) => {
        const instant = minutes * 60_000;
        const hours = withOverrides(futures, [{ date, sessions: [] }], chicago);
        const today = new Date(instant - 5 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
        expect(isOpen(hours, instant)).toBe(today === date ? 'closed' : isOpen(futures, instant));
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
