// Dates and times as the gateway sends them, told apart: an instant, a date, a month, a time of day, or a clock of unknown zone.

import { readTimeText } from './wire-text.js';
import type { Zone } from './zone.js';
import { plainZones, utc, type Zones } from './zones.js';

export type WireTime =
  /** A point in time, epoch milliseconds. `zone`: whose clock the text showed; undefined for epoch numbers. */
  | { readonly kind: 'instant'; readonly epochMs: number; readonly zone: string | undefined }
  /** A day of some exchange's calendar: no instant, and not to be made one without its zone. */
  | { readonly kind: 'date'; readonly year: number; readonly month: number; readonly day: number }
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  /** Since midnight, as in `14:34` of the account time: neither date nor zone is known. */
  | { readonly kind: 'timeOfDay'; readonly ms: number }
  /** A clock whose zone is not named, or bears a name that nobody knows. `reading`: epoch milliseconds as if on UTC. */
  | { readonly kind: 'clock'; readonly reading: number; readonly zone: string; readonly why: 'noZone' | 'unknownZone' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly text: string };

export interface ParseHow {
  /** The zone of a text that names none, for example the one of TWS (executions below server 174) or of a contract. */
  readonly zone?: Zone | undefined;
  /**
   * What `yyyyMMdd-HH:mm:ss` is in: UTC everywhere, but the sessions of a historical schedule, which are on the clock of the
   * zone that their message names.
   */
  readonly dash?: 'utc' | 'zone';
  /** Names of zones, with the user's own. */
  readonly zones?: Zones;
}

/**
 * Parses a date or time in any form seen from a gateway: `yyyyMMdd`, `yyyyMM`, `DEC22`, `yyyyMMdd HH:mm:ss Zone` (one blank
 * or two, zone or none, seconds or none), `yyyyMMdd-HH:mm:ss` with or without `Z`, `yyyy-MM-dd HH:mm:ss.f`, epoch seconds
 * and milliseconds, `HH:mm`. Never throws: what cannot be read is `invalid`, a zone that nobody knows leaves a `clock`.
 */
export function parseTime(text: string, how: ParseHow = {}): WireTime {
  const read = readTimeText(text);
  switch (read.kind) {
    case 'clock': {
      const zone = zoneFor(read.zone, read.dash, how);
      if (zone !== undefined) return { kind: 'instant', epochMs: zone.toInstant(read.reading), zone: zone.name };
      return { kind: 'clock', reading: read.reading, zone: read.zone, why: read.zone === '' ? 'noZone' : 'unknownZone' };
    }
    case 'epoch':
      return { kind: 'instant', epochMs: read.ms, zone: undefined };
    case 'invalid':
      return { kind: 'invalid', text };
    default:
      return read;
  }
}

/** As `parseTime`, for what has to be an instant: epoch milliseconds, or undefined for anything else. */
export function parseInstant(text: string, how: ParseHow = {}): number | undefined {
  const read = readTimeText(text);
  if (read.kind === 'epoch') return read.ms;
  return read.kind === 'clock' ? zoneFor(read.zone, read.dash, how)?.toInstant(read.reading) : undefined;
}

function zoneFor(name: string, dash: boolean, how: ParseHow): Zone | undefined {
  if (name !== '') return (how.zones ?? plainZones).find(name);
  return dash && how.dash !== 'zone' ? utc : how.zone;
}

/**
 * How far the gateway's clock is ahead of UTC, in minutes: from the time it shows in its greeting and the true time just
 * then. The greeting's zone name cannot tell, because names of winter time are used in summer. Offsets are whole quarters
 * of an hour; undefined when the greeting shows no time, or when the two clocks are more than five minutes from such a one.
 */
export function hostOffset(greeting: string, now: number): number | undefined {
  const read = readTimeText(greeting);
  if (read.kind !== 'clock') return undefined;
  const minutes = (read.reading - now) / 60_000;
  const quarters = Math.round(minutes / 15) * 15;
  return Math.abs(minutes - quarters) <= 5 && Math.abs(quarters) <= 14 * 60 ? quarters : undefined;
}
