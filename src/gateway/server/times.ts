// Instants as texts: the host's zone, the forms of old and new server versions.
import { V } from '../../protocol/versions.js';
import { readTime, writeTime } from '../matching/gateway-time.js';
import { DAY_MS, textOfDay } from '../world/civil.js';
import { localMs } from '../world/zone.js';

function clockOf(local: number): string {
  return new Date(local).toISOString().slice(11, 19);
}

/** `yyyyMMdd HH:mm:ss zone` from 174 on, before it `yyyyMMdd  HH:mm:ss` with two blanks and no zone. */
export function timeText(instant: number, zone: string, serverVersion: number): string {
  if (serverVersion >= V.INSTRUMENT_TIMEZONE) return writeTime(instant, zone);
  const local = localMs(zone, instant);
  return `${textOfDay(Math.floor(local / DAY_MS))}  ${clockOf(local)}`;
}

/** The greeting: a date, a time, and what the host calls its zone. */
export function greetingText(instant: number, zone: string, zoneText: string): string {
  const local = localMs(zone, instant);
  return `${textOfDay(Math.floor(local / DAY_MS))} ${clockOf(local)} ${zoneText}`;
}

/** `yyyyMMdd-HH:mm:ss` in a zone that is named elsewhere (default UTC). */
export function dashText(instant: number, zone = 'UTC'): string {
  const local = localMs(zone, instant);
  return `${textOfDay(Math.floor(local / DAY_MS))}-${clockOf(local)}`;
}

/** `yyyy-MM-dd HH:mm:ss.0`, UTC: historical news. */
export function newsTimeText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')}.0`;
}

/** `HH:mm` of the account time. */
export function minuteText(instant: number, zone: string): string {
  return clockOf(localMs(zone, instant)).slice(0, 5);
}

/** The instant a request names: undefined for none, `bad` for a text that is no time. */
export function askedTime(text: string | undefined, zone: string, now: number): number | undefined | 'bad' {
  const asked = text?.trim() ?? '';
  if (asked === '') return undefined;
  return readTime(asked.replace(/Z$/, ''), zone, now) ?? 'bad';
}
