import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, nextOpen, sessionsOf } from '../../../src/client/contracts/trading-hours.js';

const at = (text: string): number => Date.parse(text);
const MINUTE = 60_000;
const iso = (sessions: readonly { open: number; close: number }[]) =>
  sessions.map(({ open, close }) => [new Date(open).toISOString().slice(0, 16), new Date(close).toISOString().slice(0, 16)]);

describe('trading hours', () => {
  it.each([
    ['the old form', '20190530:0400-2000', 'EST5EDT', [['2019-05-30T08:00', '2019-05-31T00:00']]],
    ['the new form', '20260406:0400-20260406:2000;20260405:CLOSED', 'US/Eastern', [['2026-04-06T08:00', '2026-04-07T00:00']]],
    ['an empty first element', ';20260406:0930-20260406:1600', 'US/Eastern', [['2026-04-06T13:30', '2026-04-06T20:00']]],
    [
      'several sessions of one day',
      '20260406:0930-20260406:1200;20260406:1300-20260406:1600',
      'Asia/Hong_Kong',
      [
        ['2026-04-06T01:30', '2026-04-06T04:00'],
        ['2026-04-06T05:00', '2026-04-06T08:00'],
      ],
    ],
    [
      'a list by commas',
      '20090507:0700-1200,1300-1830;20090508:CLOSED',
      'GB-Eire',
      [
        ['2009-05-07T06:00', '2009-05-07T11:00'],
        ['2009-05-07T12:00', '2009-05-07T17:30'],
      ],
    ],
    ['a session across midnight', '20260405:1700-20260406:1600', 'US/Central', [['2026-04-05T22:00', '2026-04-06T21:00']]],
    [
      'an old session that began the day before',
      '20160404:1700-1515,1530-1600',
      'US/Central',
      [
        ['2016-04-03T22:00', '2016-04-04T20:15'],
        ['2016-04-04T20:30', '2016-04-04T21:00'],
      ],
    ],
    ['the end of a day as 2400', '20260406:0000-20260406:2400', 'UTC', [['2026-04-06T00:00', '2026-04-07T00:00']]],
    ['a day that loses an hour', '20260308:0000-20260308:2400', 'US/Eastern', [['2026-03-08T05:00', '2026-03-09T04:00']]],
    ['a day that gains an hour', '20261101:0000-20261101:2400', 'US/Eastern', [['2026-11-01T04:00', '2026-11-02T05:00']]],
  ])('reads %s', (_, text, zone, expected) => {
    const hours = sessionsOf(text, zone);
    expect(iso(hours.sessions)).toStrictEqual(expected);
    expect(hours.unread).toStrictEqual([]);
  });

  const week = sessionsOf(
    '20260404:CLOSED;20260405:1700-20260406:1600;20260406:1700-20260407:1600;20260409:1700-20260410:1600;20260411:CLOSED',
    'US/Central',
  );
  it.each([
    ['2026-04-05T21:59:59Z', 'closed'],
    ['2026-04-05T22:00:00Z', 'open'],
    ['2026-04-06T20:59:59.999Z', 'open'],
    ['2026-04-06T21:00:00Z', 'closed'],
    ['2026-04-06T22:00:00Z', 'open'],
    ['2026-04-07T20:59:59Z', 'open'],
    ['2026-04-07T21:00:00Z', 'unknown'],
    ['2026-04-08T12:00:00Z', 'unknown'],
    ['2026-04-09T21:00:00Z', 'closed'],
    ['2026-04-10T21:00:00Z', 'closed'],
    ['2026-04-11T12:00:00Z', 'closed'],
    ['2026-04-12T05:00:00Z', 'unknown'],
    ['2026-04-03T12:00:00Z', 'unknown'],
  ])('at %s the market is %s', (instant, expected) => {
    expect(isOpen(week, at(instant))).toBe(expected);
  });

  it('finds the next opening only where everything before it is published', () => {
    expect(nextOpen(week, at('2026-04-04T12:00:00Z'))).toBe(at('2026-04-05T22:00:00Z'));
    expect(nextOpen(week, at('2026-04-05T22:00:00Z'))).toBe(at('2026-04-06T22:00:00Z'));
    expect(nextOpen(week, at('2026-04-07T12:00:00Z'))).toBeUndefined();
    expect(nextOpen(week, at('2026-04-11T12:00:00Z'))).toBeUndefined();
    expect(nextOpen(week, at('2026-03-01T12:00:00Z'))).toBeUndefined();
  });

  it.each([
    ['an unknown zone', '20260406:0930-20260406:1600', 'Mars/Olympus', '20260406:0930-20260406:1600'],
    ['no zone', '20260406:0930-20260406:1600', '', '20260406:0930-20260406:1600'],
    ['a date that does not exist', '20260231:0930-20260231:1600', 'UTC', '20260231:0930-20260231:1600'],
    ['a session that ends before it starts', '20260406:1600-20260406:0930', 'UTC', '20260406:1600-20260406:0930'],
    ['a time that does not exist', '20260406:0960-20260406:1600', 'UTC', '20260406:0960-20260406:1600'],
    ['words', '20260406:HOLIDAY', 'UTC', '20260406:HOLIDAY'],
    ['a session of a year', '20260406:0930-20270406:1600', 'UTC', '20260406'],
  ])('knows nothing from %s, and says what it did not read', (_, text, zone, unread) => {
    const hours = sessionsOf(text, zone);
    expect(hours.unread).toStrictEqual([unread]);
    expect(isOpen(hours, at('2026-04-06T12:00:00Z'))).toBe('unknown');
  });

  it('does not call a day closed of which one session could not be read', () => {
    const hours = sessionsOf('20260406:0930-20260406:1200;20260406:13xx-20260406:1600', 'UTC');
    expect(isOpen(hours, at('2026-04-06T10:00:00Z'))).toBe('open');
    expect(isOpen(hours, at('2026-04-06T14:00:00Z'))).toBe('unknown');
  });

  it('says unknown for an empty text', () => {
    expect(isOpen(sessionsOf('', 'UTC'), 0)).toBe('unknown');
  });

  describe('properties', () => {
    const zone = fc.constantFrom('US/Eastern', 'Europe/London', 'Asia/Hong_Kong', 'Australia/Sydney', 'UTC');
    const form = (ms: number): string => {
      const text = new Date(ms).toISOString();
      return `${text.slice(0, 10).replaceAll('-', '')}:${text.slice(11, 13)}${text.slice(14, 16)}`;
    };

    it('is open exactly inside published sessions and never closed outside the published days', () => {
      const week = fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 730 })), {
        minLength: 1,
        maxLength: 7,
      });
      fc.assert(
        fc.property(week, zone, fc.integer({ min: -3 * 1440, max: 10 * 1440 }), (days, zoneId, probe) => {
          const start = Date.UTC(2026, 4, 4);
          const readings = days.map(([from, length], i) => {
            const open = start + (i * 1440 + from) * MINUTE;
            return { open, close: open + length * MINUTE };
          });
          const hours = sessionsOf(readings.map(({ open, close }) => `${form(open)}-${form(close)}`).join(';'), zoneId);
          const offset = (hours.sessions[0]?.open ?? 0) - (readings[0]?.open ?? 0);
          const reading = start + probe * MINUTE;
          const state = isOpen(hours, reading + offset);
          const inside = readings.some(({ open, close }) => open <= reading && reading < close);
          const published = probe >= 0 && probe < days.length * 1440;
          expect(state).toBe(inside ? 'open' : published ? 'closed' : 'unknown');
        }),
        { seed: 16, numRuns: 400 },
      );
    });

    it('reads any text without throwing, and gives sessions in order that do not overlap', () => {
      const scrap = fc.constantFrom('20260406', ':', '0930', '-', ';', ',', 'CLOSED', '1600', '9', '20260407', ' ');
      fc.assert(
        fc.property(fc.array(scrap, { maxLength: 30 }), zone, (parts, zoneId) => {
          const { sessions } = sessionsOf(parts.join(''), zoneId);
          sessions.forEach(({ open, close }, i) => {
            expect(open).toBeLessThan(close);
            expect(open).toBeGreaterThan(sessions[i - 1]?.close ?? 0);
          });
        }),
        { seed: 17, numRuns: 500 },
      );
    });
  });
});
