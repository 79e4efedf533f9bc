// Trading hours: old and new forms, days that are not listed, zones that are not known.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAt, parseTradingHours, type TradingHours } from '../../../src/client/time/trading-hours.js';

function hours(text: string, zone = 'US/Eastern'): TradingHours {
  const parsed = parseTradingHours(text, zone);
  if (parsed.zone === undefined) throw new Error(parsed.why);
  return parsed;
}
const spans = (text: string, zone?: string) =>
  hours(text, zone).sessions.map(
    ({ date, open, close }) => `${date} ${[open, close].map((ms) => new Date(ms).toISOString().slice(0, 16)).join(' ')}`,
  );

describe('trading hours', () => {
  it('reads the new form, closed days and an empty first part', () => {
    const parsed = hours(';20260405:CLOSED;20260406:0400-20260406:2000;20260407:0400-20260407:2000');
    expect(parsed.closed).toEqual(['20260405']);
    expect(parsed.unread).toEqual([]);
    expect(spans(';20260405:CLOSED;20260406:0400-20260406:2000')).toEqual(['20260406 2026-04-06T08:00 2026-04-07T00:00']);
  });

  it('reads the old form, several sessions of a day, and one that began the evening before', () => {
    expect(spans('20190530:0400-2000')).toEqual(['20190530 2019-05-30T08:00 2019-05-31T00:00']);
    expect(spans('20170801:1700-1515,1530-1600', 'US/Central')).toEqual([
      '20170801 2017-07-31T22:00 2017-08-01T20:15',
      '20170801 2017-08-01T20:30 2017-08-01T21:00',
    ]);
    expect(spans('20260406:0000-2400', 'UTC')).toEqual(['20260406 2026-04-06T00:00 2026-04-07T00:00']);
  });

  it('sessions cross midnight and the change of the clocks', () => {
    expect(spans('20260307:1800-20260308:1700')).toEqual(['20260307 2026-03-07T23:00 2026-03-08T21:00']);
    expect(spans('20261031:1800-20261101:1700')).toEqual(['20261031 2026-10-31T22:00 2026-11-01T22:00']);
  });

  it('open inside a session, closed on a listed day outside it, unknown on any other day', () => {
    const week = hours('20260403:CLOSED;20260406:0930-20260406:1600');
    const at = (iso: string) => openAt(week, Date.parse(iso));
    expect(at('2026-04-06T13:30:00Z')).toBe('open');
    expect(at('2026-04-06T19:59:59Z')).toBe('open');
    expect(at('2026-04-06T20:00:00Z')).toBe('closed');
    expect(at('2026-04-03T15:00:00Z')).toBe('closed');
    expect(at('2026-04-05T15:00:00Z')).toBe('unknown');
    expect(at('2026-04-20T15:00:00Z')).toBe('unknown');
  });

  it('without a known zone there are no instants', () => {
    expect(parseTradingHours('20260406:0930-20260406:1600', '')).toEqual({ zone: undefined, why: 'noZone' });
    expect(parseTradingHours('20260406:0930-20260406:1600', 'Mars/Olympus')).toEqual({ zone: undefined, why: 'unknownZone' });
  });

  it('shows what it cannot read, and assumes nothing for it', () => {
    const parsed = hours(
      '20260406:0930-1600,lunch;20261399:CLOSED;closed;20260407:1600-20260407:0930;20260408:2500-20260408:2600',
    );
    expect(parsed).toMatchObject({ sessions: [], closed: [] });
    expect(parsed.unread).toHaveLength(5);
  });

  it('any text is read without throwing, and every session ends after it begins', () => {
    const part = fc.oneof(
      fc.stringMatching(/^2026[01][0-9][0-3][0-9]:[0-2][0-9]{3}-(2026[01][0-9][0-3][0-9]:)?[0-2][0-9]{3}$/),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        for (const { open, close } of hours(parts.join(';')).sessions) expect(open < close).toBe(true);
      }),
      { seed: 301, numRuns: 500 },
    );
  });
});
