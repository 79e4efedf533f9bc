// Instants in the forms that the gateway accepts.

import { toReading, type Zone } from './zone.js';

/**
 * `yyyyMMdd-HH:mm:ss` in UTC, the form every server takes and the one `ibwire` sends. Part seconds are cut off. From server
 * 214 on texts may carry a `Z`; ask for it with `suffix`. Throws a `RangeError` for what is not an instant between the
 * years 1600 and 9999.
 */
export function formatUtc(instant: number, suffix: '' | 'Z' = ''): string {
  return `${formatReading(instant, '-')}${suffix}`;
}

/** `yyyyMMdd HH:mm:ss Zone` on the clock of a zone that the gateway knows. Throws as `formatUtc`. */
export function formatInZone(instant: number, zone: Zone): string {
  return `${formatReading(toReading(zone, instant), ' ')} ${zone.name}`;
}

/** `yyyyMMdd` of a date given in numbers. Throws a `RangeError` when they are out of range. */
export function formatDate(year: number, month: number, day: number): string {
  return formatReading(Date.UTC(year, month - 1, day), '-').slice(0, 8);
}

function formatReading(reading: number, between: string): string {
  const date = new Date(reading);
  const year = date.getUTCFullYear();
  if (!(year >= 1600 && year <= 9999)) throw new RangeError(`${reading} is no instant between the years 1600 and 9999.`);
  const day = `${year}${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}`;
  return `${day}${between}${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
