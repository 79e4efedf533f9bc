// Offsets and clock readings: folds, gaps, and equality with what Intl says.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localZones } from '../../../src/client/time/local-zones.js';
import { toReading } from '../../../src/client/time/zone.js';
import { createZones, plainZones } from '../../../src/client/time/zones.js';

const zone = (name: string) => {
  const found = plainZones.find(name);
  if (found === undefined) throw new Error(`no zone ${name}`);
  return found;
};
const at = (iso: string) => Date.parse(`${iso}Z`);
const instantOf = (name: string, reading: string) => new Date(zone(name).toInstant(at(reading))).toISOString().slice(0, 16);

/** What Intl says, without any of our code: the clock reading of an instant in whole seconds. */
function intlReading(name: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

describe('zone', () => {
  it.each([
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30'],
    ['America/New_York', '2026-11-01T00:59', '2026-11-01T04:59'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T07:00'],
    ['Europe/London', '2026-10-25T01:30', '2026-10-25T00:30'],
    ['Europe/Zurich', '2026-10-25T02:00', '2026-10-25T00:00'],
    ['Australia/Sydney', '2026-04-05T02:30', '2026-04-04T15:30'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45'],
    ['America/St_Johns', '2026-11-01T01:15', '2026-11-01T03:45'],
    ['America/Nuuk', '2020-10-24T22:30', '2020-10-25T00:30'],
  ])('takes the earlier instant of a reading that comes twice: %s %s', (name, reading, instant) => {
    expect(instantOf(name, reading)).toBe(instant);
  });

  it.each([
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30'],
    ['America/New_York', '2026-03-08T03:00', '2026-03-08T07:00'],
    ['America/Chicago', '2026-03-08T02:00', '2026-03-08T08:00'],
    ['Europe/London', '2026-03-29T01:15', '2026-03-29T01:15'],
    ['Europe/Zurich', '2026-03-29T02:59', '2026-03-29T01:59'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45'],
    ['America/Santiago', '2025-09-07T00:30', '2025-09-07T04:30'],
    // Clocks that change on the evening before, when UTC is a day further.
    ['America/Nuuk', '2020-03-28T22:30', '2020-03-29T01:30'],
    ['America/Nuuk', '2020-03-28T23:30', '2020-03-29T01:30'],
    // A whole day that never was.
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00'],
    ['Pacific/Apia', '2011-12-31T00:30', '2011-12-30T10:30'],
  ])('pushes forward a reading that never comes: %s %s', (name, reading, instant) => {
    expect(instantOf(name, reading)).toBe(instant);
  });

  it('follows a daylight rule that is not one of spring and autumn', () => {
    expect(zone('Africa/Casablanca').offsetAt(at('2026-03-01T12:00'))).toBe(0);
    expect(zone('Africa/Casablanca').offsetAt(at('2026-05-01T12:00'))).toBe(3_600_000);
  });

  it('many dates, and dates far away, are no fault', () => {
    const tokyo = zone('Asia/Tokyo');
    for (let day = 0; day < 50_000; day++) tokyo.offsetAt(day * 86_400_000);
    expect(tokyo.offsetAt(at('2026-01-01T00:00'))).toBe(32_400_000);
    expect(zone('America/New_York').toInstant(at('9999-12-31T23:59'))).toBe(at('9999-12-31T23:59') + 5 * 3_600_000);
  });
});

describe('names', () => {
  it.each([
    ['US/Eastern', '2026-07-01T12:00', -4],
    ['US/Central', '2026-01-05T12:00', -6],
    ['GB-Eire', '2026-07-01T12:00', 1],
    ['EST5EDT', '2026-07-01T12:00', -4],
    ['EST', '2026-07-01T12:00', -4],
    ['PST', '2026-01-05T12:00', -8],
    ['CET', '2026-07-01T12:00', 2],
    ['Central European Standard Time', '2026-08-01T12:00', 2],
    ['Central European Summer Time', '2026-01-05T12:00', 1],
    ['Greenwich Mean Time', '2026-01-05T12:00', 0],
    ['British Summer Time', '2026-07-01T12:00', 1],
    ['Eastern European Time', '2026-07-01T12:00', 3],
    ['China Standard Time', '2026-07-01T12:00', 8],
    ['W. Europe Standard Time', '2026-07-01T12:00', 2],
    ['GMT Standard Time', '2026-07-01T12:00', 1],
    ['Greenwich Standard Time', '2026-07-01T12:00', 0],
    ['Australian Eastern Standard Time (New South Wales)', '2026-01-05T12:00', 11],
    ['Coordinated Universal Time', '2026-07-01T12:00', 0],
    ['GMT', '2026-07-01T12:00', 0],
    ['SGT', '2026-07-01T12:00', 8],
    ['EET', '2026-07-01T12:00', 3],
    ['GMT+01:00', '2026-07-01T12:00', 1],
    ['UTC-5', '2026-07-01T12:00', -5],
    ['+0530', '2026-07-01T12:00', 5.5],
    ['  eastern   standard TIME ', '2026-07-01T12:00', -4],
    ['america/new_york', '2026-07-01T12:00', -4],
    ['Etc/GMT-1', '2026-07-01T12:00', 1],
  ])('%s at %s is %d hours from UTC', (name, instant, hours) => {
    expect(zone(name).offsetAt(at(instant)) / 3_600_000).toBe(hours);
  });

  it.each(['', 'Mars/Olympus', '火星标准时间', 'UTC+25', 'X'.repeat(200), '20260101', 'America/', '__proto__'])(
    'nobody knows %j, and that is no error',
    (name) => {
      expect(plainZones.find(name)).toBeUndefined();
      expect(plainZones.find(name)).toBeUndefined();
    },
  );

  it('aliases of the user add names and change the meaning of known ones', () => {
    const zones = createZones({
      CST: 'Asia/Shanghai',
      中国标准时间: 'China Standard Time',
      'Trading Desk': 'UTC+02:00',
      Here: 'EST',
    });
    const hours = (name: string) => (zones.find(name)?.offsetAt(at('2026-07-01T00:00')) ?? Number.NaN) / 3_600_000;
    expect([hours('cst'), hours('中国标准时间'), hours('trading  desk'), hours('EST'), hours('here')]).toEqual([8, 8, 2, -4, -4]);
    expect(plainZones.find('Trading Desk')).toBeUndefined();
  });

  it('an alias that leads nowhere is refused when it is given', () => {
    expect(() => createZones({ Home: 'Nowhere/At_All' })).toThrow('"Home"');
  });
});

describe('properties', () => {
  const names = [
    'America/New_York',
    'America/Chicago',
    'America/St_Johns',
    'America/Santiago',
    'America/Nuuk',
    'Europe/London',
    'Europe/Zurich',
    'Africa/Casablanca',
    'Africa/Cairo',
    'Asia/Kolkata',
    'Asia/Tehran',
    'Asia/Hong_Kong',
    'Australia/Sydney',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Pacific/Chatham',
  ];
  const anyName = fc.constantFrom(...names);
  const anywhen = fc
    .integer({ min: at('1970-01-03T00:00') / 1000, max: at('2099-12-30T00:00') / 1000 })
    .map((seconds) => seconds * 1000);
  // Months in which most of these zones change, so that a good part of the samples lies beside a change.
  const nearChanges = fc
    .record({
      year: fc.integer({ min: 1975, max: 2037 }),
      month: fc.constantFrom(2, 3, 8, 9, 10),
      day: fc.integer({ min: 1, max: 31 }),
      second: fc.integer({ min: 0, max: 86_399 }),
    })
    .map(({ year, month, day, second }) => Date.UTC(year, month, day, 0, 0, second));
  const instant = fc.oneof(anywhen, nearChanges);

  it('the clock reading of any instant is the one of Intl', () => {
    fc.assert(
      fc.property(anyName, instant, (name, when) => {
        expect(toReading(zone(name), when)).toBe(intlReading(name, when));
      }),
      { seed: 101, numRuns: 3000 },
    );
  });

  it('a reading leads back to its instant, or to the earlier of two with the same reading', () => {
    fc.assert(
      fc.property(anyName, instant, (name, when) => {
        const back = zone(name).toInstant(toReading(zone(name), when));
        expect(back <= when).toBe(true);
        if (back !== when) expect(intlReading(name, back)).toBe(intlReading(name, when));
      }),
      { seed: 102, numRuns: 3000 },
    );
  });

  it('later readings that exist are later instants, and a reading that does not exist is pushed forward', () => {
    const hours = fc.integer({ min: 1, max: 4 * 3600 }).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(anyName, instant, hours, (name, when, ahead) => {
        const here = zone(name);
        const [first, second] = [toReading(here, when), toReading(here, when) + ahead];
        const pushed = toReading(here, here.toInstant(second));
        expect(pushed >= second).toBe(true);
        if (pushed === second) expect(here.toInstant(second) > here.toInstant(first)).toBe(true);
      }),
      { seed: 103, numRuns: 3000 },
    );
  });
});

describe('names in other languages', () => {
  it.each([
    ['中国标准时间', 'Asia/Shanghai'],
    ['中國標準時間', 'Asia/Shanghai'],
    ['香港標準時間', 'Asia/Hong_Kong'],
    ['台北標準時間', 'Asia/Taipei'],
    ['北美东部夏令时间', 'America/New_York'],
    ['日本標準時', 'Asia/Tokyo'],
    ['한국 표준시', 'Asia/Seoul'],
    ['Mitteleuropäische Sommerzeit', 'Europe/Paris'],
    ['Mitteleuropa\u0308ische Zeit', 'Europe/Paris'],
    ['heure d’été d’Europe centrale', 'Europe/Paris'],
    ["heure d'été d'Europe centrale", 'Europe/Paris'],
    ['Москва, стандартное время', 'Europe/Moscow'],
    ['Horário Padrão de Brasília', 'America/Sao_Paulo'],
  ])('%s is %s', (name, iana) => expect(zone(name).name).toBe(iana));

  it.each(['火星标准时间', 'hora estándar central', 'hora estándar del Pacífico', 'Osteuropäische Normalzeit', '�й���׼ʱ��'])(
    '%s is not known: no instant is better than a wrong one',
    (name) => expect(plainZones.find(name)).toBeUndefined(),
  );

  it('each of them means one zone, that of the language the host speaks', () => {
    const byName = new Map<string, string>();
    for (const [name, iana] of localZones) {
      expect(byName.get(name.toLowerCase()) ?? iana).toBe(iana);
      byName.set(name.toLowerCase(), iana);
      expect(zone(name).name).toBe(iana);
    }
    expect(byName.size).toBeGreaterThan(290);
  });
});
