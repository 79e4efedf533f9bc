import { describe, expect, it } from 'vitest';
import { calendarOf, dayOfIndex, indexOfDay } from '../../../src/gateway/world/calendar.js';
import { dayOf, dayOfText, textOfDay } from '../../../src/gateway/world/civil.js';
import { easter, isHalfDay, isHoliday } from '../../../src/gateway/world/holidays.js';
import { instantOf, offsetAt } from '../../../src/gateway/world/zone.js';

const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 16);
const day = (text: string): number => dayOfText(text) ?? Number.NaN;

describe('zones', () => {
  it.each([
    ['US/Eastern', '2026-03-08T06:59:00Z', -5],
    ['US/Eastern', '2026-03-08T07:00:00Z', -4],
    ['US/Eastern', '2026-11-01T05:59:00Z', -4],
    ['US/Eastern', '2026-11-01T06:00:00Z', -5],
    ['MET', '2026-10-25T00:59:00Z', 2],
    ['MET', '2026-10-25T01:00:00Z', 1],
    ['GB-Eire', '2026-07-01T00:00:00Z', 1],
    ['Hongkong', '2026-07-01T00:00:00Z', 8],
    ['UTC', '2026-07-01T00:00:00Z', 0],
  ])('%s at %s is %i hours from UTC', (zone, at, hours) => {
    expect(offsetAt(zone, Date.parse(at))).toBe(hours * 3_600_000);
  });

  it('turns a local time into the instant, before and after the change of the clocks', () => {
    expect(iso(instantOf('US/Eastern', day('20260306'), 9.5 * 3_600_000))).toBe('2026-03-06T14:30');
    expect(iso(instantOf('US/Eastern', day('20260309'), 9.5 * 3_600_000))).toBe('2026-03-09T13:30');
  });
});

describe('holidays', () => {
  it.each([
    [2024, '20240331'],
    [2025, '20250420'],
    [2026, '20260405'],
    [2027, '20270328'],
    [2038, '20380425'],
  ])('Easter of %i is %s', (year, text) => {
    expect(textOfDay(easter(year))).toBe(text);
  });

  it('knows the days of 2026 on which New York does not trade', () => {
    const found: string[] = [];
    for (let i = dayOf(2026, 1, 1); i < dayOf(2027, 1, 1); i++) if (isHoliday('us', i)) found.push(textOfDay(i));
    expect(found).toEqual([
      '20260101',
      '20260119',
      '20260216',
      '20260403',
      '20260525',
      '20260619',
      '20260703',
      '20260907',
      '20261126',
      '20261225',
    ]);
  });

  it('closes early after Thanksgiving and on Christmas Eve', () => {
    expect(isHalfDay('us', day('20261127'))).toBe(true);
    expect(isHalfDay('us', day('20261224'))).toBe(true);
    expect(isHalfDay('us', day('20260703'))).toBe(false); // a holiday itself
    expect(calendarOf('us-option').open(indexOfDay(day('20261127')))?.to).toBe(Date.parse('2026-11-27T18:00:00Z'));
  });
});

describe('calendars', () => {
  it('trades US stocks from 04:00 to 20:00 with liquid hours from 09:30 to 16:00', () => {
    const tuesday = calendarOf('us-stock').open(indexOfDay(day('20260901')));
    expect(tuesday?.edges.map(iso)).toEqual(['2026-09-01T08:00', '2026-09-02T00:00']);
    expect([tuesday?.liquidFrom ?? 0, tuesday?.liquidTo ?? 0].map(iso)).toEqual(['2026-09-01T13:30', '2026-09-01T20:00']);
  });

  it('opens Chicago futures the evening before, on Sunday for Monday', () => {
    const monday = calendarOf('cme').open(indexOfDay(day('20260831')));
    expect(monday?.edges.map(iso)).toEqual(['2026-08-30T22:00', '2026-08-31T21:00']);
  });

  it('breaks Hong Kong for lunch', () => {
    const tuesday = calendarOf('sehk').open(indexOfDay(day('20260901')));
    expect(tuesday?.edges.map(iso)).toEqual(['2026-09-01T01:30', '2026-09-01T04:00', '2026-09-01T05:00', '2026-09-01T08:00']);
    expect(tuesday?.blocks).toBe(22);
  });

  it('has no day on a holiday and finds the next and the previous one', () => {
    const calendar = calendarOf('us-stock');
    const labourDay = indexOfDay(day('20260907'));
    expect(calendar.open(labourDay)).toBeUndefined();
    expect(calendar.next(labourDay).text).toBe('20260908');
    expect(calendar.previous(labourDay).text).toBe('20260904');
    expect(calendar.dayAt(Date.parse('2026-09-05T12:00:00Z')).text).toBe('20260908');
  });

  it('numbers weekdays without gaps', () => {
    const friday = indexOfDay(day('20260828'));
    expect(indexOfDay(day('20260831'))).toBe(friday + 1);
    expect(indexOfDay(day('20260829'))).toBe(friday + 1);
    for (let i = friday; i < friday + 400; i++) expect(indexOfDay(dayOfIndex(i))).toBe(i);
  });
});
