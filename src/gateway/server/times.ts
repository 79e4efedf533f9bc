// Instants as texts: the host's zone, the forms of old and new server versions.
import { V } from '../../protocol/versions.js';
import { readTime, writeTime } from '../matching/gateway-time.js';
import { DAY_MS, textOfDay } from '../world/civil.js';
import { localMs } from '../world/zone.js';
import type { TerminalSettings } from './terminal-settings.js';

function clockOf(local: number): string {
  return new Date(local).toISOString().slice(11, 19);
}

/** `yyyyMMdd HH:mm:ss zone` from 174 on, before it `yyyyMMdd  HH:mm:ss` with two blanks and no zone. */
export function timeText(instant: number, zone: string, serverVersion: number): string {
  if (serverVersion >= V.INSTRUMENT_TIMEZONE) return writeTime(instant, zone);
  const local = localMs(zone, instant);
  return `${textOfDay(Math.floor(local / DAY_MS))}  ${clockOf(local)}`;
}

/** What the times of an instrument are told by. */
export interface TimeSettings {
  readonly settings: { readonly hostZone: string };
  readonly memory: { readonly terminal: Pick<TerminalSettings, 'sendInstrumentTimezone'> };
}

/** An instant of an instrument in the zone that the terminal is set to tell; servers before 174 tell it in the host's. */
export function toldTime(by: TimeSettings, instant: number, timeZoneId: string, serverVersion: number): string {
  const { hostZone } = by.settings;
  if (serverVersion < V.INSTRUMENT_TIMEZONE) return timeText(instant, hostZone, serverVersion);
  const zone = by.memory.terminal.sendInstrumentTimezone;
  switch (zone) {
    case 'instrument':
      return writeTime(instant, timeZoneId);
    case 'operator':
      return writeTime(instant, hostZone);
    case 'UTC':
      return dashText(instant);
    default:
      return unreachable(zone);
  }
}

function unreachable(zone: never): never {
  throw new RangeError(`times in the zone of ${zone}`);
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
