/** Times as clients and the gateway write them: `yyyyMMdd HH:mm:ss zone`, `yyyyMMdd-HH:mm:ss` (UTC), `HH:mm:ss zone`. */
import { DAY_MS, dayOfText, textOfDay } from '../world/civil.js';
import { instantOf, localMs } from '../world/zone.js';

const FORM = /^(?:(\d{8})(?:[ -]|$))?(?:(\d{1,2}):(\d{2})(?::(\d{2}))?)?(?: (.+))?$/;

/** Instant of a time text; a missing date is the day of `now`, a missing zone is `zone`. Undefined when it cannot be read. */
export function readTime(text: string, zone: string, now: number): number | undefined {
  const match = FORM.exec(text.trim());
  if (!match || (match[1] === undefined && match[2] === undefined)) return undefined;
  const [, date, hours = '0', minutes = '0', seconds = '0', named] = match;
  const where = named ?? (/^\d{8}-/.test(text.trim()) ? 'UTC' : zone);
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  try {
    const day = date === undefined ? Math.floor(localMs(where, now) / DAY_MS) : dayOfText(date);
    return day === undefined ? undefined : instantOf(where, day, ms);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // Intl's answer to a zone it does not know
    throw error;
  }
}

function clockText(local: number): string {
  return new Date(local).toISOString().slice(11, 19);
}

/** `yyyyMMdd HH:mm:ss zone`. */
export function writeTime(instant: number, zone: string): string {
  const local = localMs(zone, instant);
  return `${textOfDay(Math.floor(local / DAY_MS))} ${clockText(local)} ${zone}`;
}

/** `yyyy-MM-dd HH:mm:ss zone`, the form of warning 399. */
export function writeDashedTime(instant: number, zone: string): string {
  const local = localMs(zone, instant);
  return `${new Date(local).toISOString().slice(0, 10)} ${clockText(local)} ${zone}`;
}
