// The known times at which IBKR resets its servers: alarms are softer then, and orders wait.

import { DAY, MINUTE, toReading } from './zone.js';
import { plainZones, utc, type Zones } from './zones.js';

export const regions = ['northAmerica', 'europe', 'asiaPacific'] as const;
/** Whose servers a login uses; it decides which nights are maintenance. Default of `connect`: `northAmerica`. */
export type Region = (typeof regions)[number];

/** A time of the week at which the servers may be away, on the clock of a zone. Real resets last seconds to minutes of it. */
export interface MaintenanceWindow {
  readonly what: 'dailyReset' | 'weekend' | 'observedReset';
  readonly region: Region | 'all';
  readonly zone: string;
  /** `HH:mm` of the start; the end is the next such time after it. */
  readonly from: string;
  readonly to: string;
  /** Days on which it starts, Sunday is 0. */
  readonly days: readonly number[];
  /** Two copies of the page are in circulation; `observed` was seen by one operator. */
  readonly source: 'newerPage' | 'olderPage' | 'observed';
}

const sundayToFriday = [0, 1, 2, 3, 4, 5];
const saturdayToThursday = [6, 0, 1, 2, 3, 4];
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const newYork = 'America/New_York';
const berlin = 'Europe/Berlin';
const hongKong = 'Asia/Hong_Kong';
const reset = 'dailyReset';

export const maintenanceWindows: readonly MaintenanceWindow[] = [
  { what: reset, region: 'northAmerica', zone: newYork, from: '00:15', to: '01:45', days: sundayToFriday, source: 'newerPage' },
  {
    what: reset,
    region: 'northAmerica',
    zone: newYork,
    from: '23:45',
    to: '00:45',
    days: saturdayToThursday,
    source: 'olderPage',
  },
  { what: reset, region: 'europe', zone: berlin, from: '06:25', to: '07:45', days: sundayToFriday, source: 'newerPage' },
  { what: reset, region: 'europe', zone: berlin, from: '05:45', to: '06:45', days: saturdayToThursday, source: 'olderPage' },
  { what: reset, region: 'asiaPacific', zone: hongKong, from: '04:45', to: '06:05', days: sundayToFriday, source: 'newerPage' },
  { what: reset, region: 'asiaPacific', zone: hongKong, from: '20:15', to: '21:15', days: sundayToFriday, source: 'newerPage' },
  {
    what: reset,
    region: 'asiaPacific',
    zone: newYork,
    from: '16:45',
    to: '17:45',
    days: saturdayToThursday,
    source: 'olderPage',
  },
  {
    what: reset,
    region: 'asiaPacific',
    zone: hongKong,
    from: '20:15',
    to: '21:00',
    days: saturdayToThursday,
    source: 'olderPage',
  },
  { what: 'weekend', region: 'all', zone: newYork, from: '23:00', to: '03:00', days: [5], source: 'newerPage' },
  { what: 'observedReset', region: 'all', zone: 'UTC', from: '04:27', to: '04:33', days: everyDay, source: 'observed' },
];

/** A window with the instants at which it begins and ends this time. */
export interface Maintenance {
  readonly window: MaintenanceWindow;
  readonly from: number;
  readonly to: number;
}

/** The maintenance that may be going on at an instant, the one that lasts longest; undefined when none is known. */
export function maintenanceAt(instant: number, region: Region, windows = maintenanceWindows): Maintenance | undefined {
  const now = occurrences(instant, region, windows).filter(({ from, to }) => from <= instant && instant < to);
  return now.sort((a, b) => b.to - a.to)[0];
}

/** The next maintenance that begins after an instant; undefined only when there are no windows for the region. */
export function nextMaintenance(instant: number, region: Region, windows = maintenanceWindows): Maintenance | undefined {
  const later = occurrences(instant, region, windows).filter(({ from }) => from > instant);
  return later.sort((a, b) => a.from - b.from)[0];
}

/**
 * The next time a clock shows `HH:mm`, as for the automatic restart of TWS (a setting, 23:45 of its host by default) or, with
 * `weekday` 0, the weekly end of the login (Sunday 01:00 in New York). Undefined for an unknown zone or a text that is no time.
 */
export function nextClockTime(
  instant: number,
  clock: { readonly at: string; readonly zone: string; readonly weekday?: number },
  zones: Zones = plainZones,
): number | undefined {
  const zone = zones.find(clock.zone);
  const at = minutesOf(clock.at);
  if (zone === undefined || at === undefined) return undefined;
  const today = Math.floor(toReading(zone, instant) / DAY);
  for (let day = today; day <= today + 8; day++) {
    const found = zone.toInstant(day * DAY + at);
    if (found > instant && (clock.weekday === undefined || weekdayOf(day) === clock.weekday)) return found;
  }
  return undefined;
}

/** From two days before to nine days after, so that every weekly window is there once before and once after. */
function occurrences(instant: number, region: Region, windows: readonly MaintenanceWindow[]): Maintenance[] {
  return windows.flatMap((window) => {
    const zone = plainZones.find(window.zone) ?? utc;
    const [start, end] = [minutesOf(window.from), minutesOf(window.to)];
    if (!(window.region === 'all' || window.region === region) || start === undefined || end === undefined) return [];
    const today = Math.floor(toReading(zone, instant) / DAY);
    return Array.from({ length: 12 }, (_, at) => today - 2 + at)
      .filter((day) => window.days.includes(weekdayOf(day)))
      .map((day) => ({
        window,
        from: zone.toInstant(day * DAY + start),
        to: zone.toInstant(day * DAY + end + (end <= start ? DAY : 0)),
      }));
  });
}

/** Sunday is 0; the first of January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function minutesOf(text: string): number | undefined {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return found === null ? undefined : (Number(found[1]) * 60 + Number(found[2])) * MINUTE;
}
