// Every form of date and time that gateways were seen to send.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, formatInZone, formatUtc } from '../../../src/client/time/format.js';
import { hostOffset, parseInstant, parseTime } from '../../../src/client/time/parse.js';
import { createZones, plainZones, utc } from '../../../src/client/time/zones.js';

const eastern = plainZones.find('US/Eastern') ?? utc;
const instant = (iso: string, zone: string | undefined) => ({ kind: 'instant', epochMs: Date.parse(iso), zone });

describe('parseTime', () => {
  it.each([
    // bars, historical end, executions
    ['20260406 07:37:52 US/Eastern', instant('2026-04-06T11:37:52Z', 'US/Eastern')],
    ['20231115 09:20:44 GB-Eire', instant('2023-11-15T09:20:44Z', 'GB-Eire')],
    ['20231116-12:15:35', instant('2023-11-16T12:15:35Z', 'UTC')],
    ['20231116-12:15:35Z', instant('2023-11-16T12:15:35Z', 'UTC')],
    ['20180423  14:00:22 UTC', instant('2018-04-23T14:00:22Z', 'UTC')],
    ['20260824 20:51:58 UTC', instant('2026-08-24T20:51:58Z', 'UTC')],
    ['2026-04-14 14:58:42.5 UTC', instant('2026-04-14T14:58:42.500Z', 'UTC')],
    ['2026-08-25 09:30:00 US/Eastern', instant('2026-08-25T13:30:00Z', 'US/Eastern')],
    ['2026-04-14T14:58:42-04:00', instant('2026-04-14T18:58:42Z', 'UTC-04:00')],
    ['20240402-17:10:00.250', instant('2024-04-02T17:10:00.250Z', 'UTC')],
    // epoch
    ['1699999999', instant('2023-11-14T22:13:19Z', undefined)],
    ['1758294759000', instant('2025-09-19T15:12:39Z', undefined)],
    // expiries
    ['20250620', { kind: 'date', year: 2025, month: 6, day: 20 }],
    ['2026-06-20', { kind: 'date', year: 2026, month: 6, day: 20 }],
    ['20250620 08:30 US/Central', instant('2025-06-20T13:30:00Z', 'US/Central')],
    ['20260320 14:30:00 Europe/Zurich', instant('2026-03-20T13:30:00Z', 'Europe/Zurich')],
    ['202212', { kind: 'month', year: 2022, month: 12 }],
    ['DEC22', { kind: 'month', year: 2022, month: 12 }],
    ['Mar 2024', { kind: 'month', year: 2024, month: 3 }],
    // orders, greeting, account
    ['20261231 22:00:00 CET', instant('2026-12-31T21:00:00Z', 'Europe/Paris')],
    ['20260406 07:37:52 Central European Standard Time', instant('2026-04-06T05:37:52Z', 'Europe/Warsaw')],
    ['20260101 10:00:00 GMT+01:00', instant('2026-01-01T09:00:00Z', 'UTC+01:00')],
    ['14:34', { kind: 'timeOfDay', ms: 52_440_000 }],
    ['', { kind: 'empty' }],
    [' ', { kind: 'empty' }],
  ])('%j', (text, expected) => {
    expect(parseTime(text)).toEqual(expected);
  });

  it('two blanks and no zone is a clock, and an instant once the zone of TWS is given', () => {
    expect(parseTime('20230224  12:04:56')).toEqual({
      kind: 'clock',
      reading: Date.UTC(2023, 1, 24, 12, 4, 56),
      zone: '',
      why: 'noZone',
    });
    expect(parseTime('20230224  12:04:56', { zone: eastern })).toEqual(instant('2023-02-24T17:04:56Z', 'US/Eastern'));
    expect(parseTime('20230224  12:04:56 UTC', { zone: eastern })).toEqual(instant('2023-02-24T12:04:56Z', 'UTC'));
  });

  it('a zone that nobody knows leaves the clock and never throws; an alias makes it an instant', () => {
    const text = '20260406 07:37:52 火星标准时间';
    expect(parseTime(text)).toMatchObject({ kind: 'clock', zone: '火星标准时间', why: 'unknownZone' });
    const zones = createZones({ 火星标准时间: 'Asia/Shanghai' });
    expect(parseTime(text, { zones })).toEqual(instant('2026-04-05T23:37:52Z', 'Asia/Shanghai'));
  });

  it('the dash form of a schedule is on the clock of the zone that its message names', () => {
    expect(parseTime('20260312-09:30:00', { zone: eastern, dash: 'zone' })).toEqual(
      instant('2026-03-12T13:30:00Z', 'US/Eastern'),
    );
    expect(parseTime('20260312-09:30:00', { dash: 'zone' })).toMatchObject({ kind: 'clock', why: 'noZone' });
    expect(parseTime('20260312-09:30:00', { zone: eastern })).toEqual(instant('2026-03-12T09:30:00Z', 'UTC'));
  });

  it.each([
    '20260230',
    '20261301 10:00:00 UTC',
    '20260101 24:00:00 UTC',
    '20260101 10:60:00 UTC',
    '20260101 10:00:60 UTC',
    '20260101 10:00:0011',
    '20260101x10:00:00',
    '2026-04-14 nine',
    '00000000',
    '12345',
    '12345678901',
    'XYZ22',
    '25:00',
    '-1',
    '9223372036854775807',
    'finished',
  ])('%j is invalid, not a time that was not there', (text) => {
    expect(parseTime(text)).toEqual({ kind: 'invalid', text });
    expect(parseInstant(text)).toBeUndefined();
  });

  it('parseInstant answers instants only', () => {
    expect(parseInstant('20231116-12:15:35')).toBe(Date.UTC(2023, 10, 16, 12, 15, 35));
    expect(['20231116', '14:34', '', '202212', '20230224  12:04:56'].map((text) => parseInstant(text))).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('costs less than reading the same instants as ISO texts and writing them again, twice, once warm', () => {
    const instants = Array.from({ length: 1000 }, (_, at) => Date.UTC(2025, 0, 2) + at * 3_540_000);
    const [texts, isos] = [instants.map((at) => formatInZone(at, eastern)), instants.map((at) => new Date(at).toISOString())];
    const least = (list: readonly string[], act: (text: string) => unknown): number =>
      Math.min(
        ...Array.from({ length: 30 }, () => {
          const start = performance.now();
          for (const text of list) act(text);
          return performance.now() - start;
        }),
      );
    expect(least(texts, parseInstant) / least(isos, (text) => new Date(text).toISOString())).toBeLessThan(2);
  });
});

describe('hostOffset', () => {
  it('is the difference of the clocks, whatever the zone of the greeting is called', () => {
    expect(hostOffset('20260824 22:51:58 CET', Date.UTC(2026, 7, 24, 20, 51, 57))).toBe(120);
    expect(hostOffset('20260824 22:51:58 Central European Standard Time', Date.UTC(2026, 7, 24, 20, 53, 0))).toBe(120);
    expect(hostOffset('20260105 03:00:00 ????', Date.UTC(2026, 0, 4, 21, 30, 1))).toBe(330);
  });

  it('is not known when the clocks disagree by more than a zone can explain, or without a time', () => {
    expect(hostOffset('20260824 22:59:30 CET', Date.UTC(2026, 7, 24, 20, 51, 57))).toBeUndefined();
    expect(hostOffset('20260826 22:51:58 CET', Date.UTC(2026, 7, 24, 20, 51, 57))).toBeUndefined();
    expect(hostOffset('hello', 0)).toBeUndefined();
  });
});

describe('format', () => {
  it('writes the dash form in UTC, with a Z where it is wanted', () => {
    const when = Date.UTC(2026, 0, 5, 3, 4, 9, 999);
    expect([formatUtc(when), formatUtc(when, 'Z'), formatInZone(when, eastern)]).toEqual([
      '20260105-03:04:09',
      '20260105-03:04:09Z',
      '20260104 22:04:09 US/Eastern',
    ]);
    expect(formatDate(2026, 3, 8)).toBe('20260308');
  });

  it('refuses what is no instant', () => {
    expect(() => formatUtc(Number.NaN)).toThrow(RangeError);
    expect(() => formatUtc(Date.UTC(1599, 0, 1))).toThrow(RangeError);
    expect(() => formatInZone(Date.UTC(12_000, 0, 1), utc)).toThrow(RangeError);
  });
});

describe('properties', () => {
  const seconds = fc
    .integer({ min: Date.UTC(1971, 0, 1) / 1000, max: Date.UTC(2099, 0, 1) / 1000 })
    .map((second) => second * 1000);
  const zones = fc.constantFrom('America/New_York', 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC', 'UTC+05:30');

  it('what was formatted in UTC is parsed back, with and without Z', () => {
    fc.assert(
      fc.property(seconds, fc.constantFrom('' as const, 'Z' as const), (when, suffix) => {
        expect(parseInstant(formatUtc(when, suffix))).toBe(when);
      }),
      { seed: 201, numRuns: 500 },
    );
  });

  it('what was parsed in a zone is formatted back, for every reading that exists', () => {
    fc.assert(
      fc.property(seconds, zones, (when, name) => {
        const text = formatInZone(when, plainZones.find(name) ?? utc);
        const parsed = parseInstant(text);
        expect(parsed).toBeDefined();
        expect(formatInZone(parsed ?? 0, plainZones.find(name) ?? utc)).toBe(text);
        expect((parsed ?? 0) <= when).toBe(true);
      }),
      { seed: 202, numRuns: 1000 },
    );
  });

  it('any text is read without throwing, and only digits that are there make a time', () => {
    const noise = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.stringMatching(/^[0-9 :.-]{0,24}$/),
      fc.stringMatching(/^20[0-9]{6}[ -]{1,2}[0-9]{2}:[0-9]{2}:[0-9]{2}.{0,8}$/),
    );
    fc.assert(
      fc.property(noise, (text) => {
        const read = parseTime(text, { zone: utc });
        if (read.kind === 'instant') expect(Number.isFinite(read.epochMs)).toBe(true);
        if (read.kind === 'instant' && read.zone === 'UTC' && /^\d{8}[ -]\d\d:\d\d:\d\d$/.test(text)) {
          expect(formatUtc(read.epochMs)).toBe(text.replace(' ', '-'));
        }
      }),
      { seed: 203, numRuns: 3000 },
    );
  });
});
