// Instants as the wire accepts them without doubt about the zone (limits §10).
import { shown } from '../../../input/shown.js';
import { InputError } from '../../input/input-error.js';
import { formatUtc } from '../../time/format.js';

/** A Date, epoch milliseconds, or text already in one of the two wire forms. */
export type Instant = Date | number | string;

const UTC_FORM = /^\d{8}-\d{2}:\d{2}:\d{2}$/;
const ZONE_FORM = /^\d{8} \d{2}:\d{2}:\d{2} [A-Za-z][A-Za-z0-9_+\-/]*$/;

/**
 * `yyyyMMdd-HH:mm:ss` (UTC) for a Date or epoch milliseconds, cut to the second. Text must be in that form or in
 * `yyyyMMdd HH:mm:ss <zone>`: without a zone TWS would assume its own, so that form is refused.
 */
export function instant(field: string, value: Instant): string {
  if (typeof value === 'string') {
    if ((UTC_FORM.test(value) || ZONE_FORM.test(value)) && isCalendar(value)) return value;
    throw new InputError(field, `must be 'yyyyMMdd-HH:mm:ss' (UTC) or 'yyyyMMdd HH:mm:ss zone', got ${shown(value)}`);
  }
  const ms = value instanceof Date ? value.getTime() : value;
  if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0 || ms > MAX_MS) {
    throw new InputError(field, `must be a valid instant, got ${shown(value)}`);
  }
  return formatUtc(ms);
}

const MAX_MS = Date.UTC(9999, 11, 31, 23, 59, 59);

function isCalendar(form: string): boolean {
  const [y, m, d] = [Number(form.slice(0, 4)), Number(form.slice(4, 6)), Number(form.slice(6, 8))];
  const [hh, mm, ss] = [Number(form.slice(9, 11)), Number(form.slice(12, 14)), Number(form.slice(15, 17))];
  const day = new Date(Date.UTC(y, m - 1, d));
  return day.getUTCMonth() === m - 1 && day.getUTCDate() === d && hh < 24 && mm < 60 && ss < 60;
}

/** `HH:mm:ss zone`, the time of day an algo reads, or any instant. */
export function algoTime(field: string, value: Instant): string {
  if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d [A-Za-z][A-Za-z0-9_+\-/]*$/.test(value)) return value;
  return instant(field, value);
}
