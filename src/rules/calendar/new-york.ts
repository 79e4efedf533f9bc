// New York dates and hours of an instant, by the rule of daylight saving in force since 2007.

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Milliseconds since 1970 of an ISO time with an offset; undefined when malformed or without an offset. */
export function instantOf(text: unknown): number | undefined {
  const parts = typeof text === 'string' ? PATTERN.exec(text) : null;
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone = 'Z'] = parts;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  if (new Date(local).getUTCDate() !== Number(day) || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const digits = zone.replace(/[^\d]/g, '');
  const offset = zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
  return local + Number(fraction) * 1000 - offset * 60_000;
}

/** Day of the month of the n-th Sunday. */
function sunday(year: number, month: number, count: number): number {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return 1 + ((7 - first) % 7) + (count - 1) * 7;
}

/** Hours New York is behind UTC: 4 from the second Sunday of March to the first of November, 2 o'clock local, else 5. */
function hoursBehind(instant: number): number {
  const year = new Date(instant).getUTCFullYear();
  const start = Date.UTC(year, 2, sunday(year, 2, 2), 7);
  const end = Date.UTC(year, 10, sunday(year, 10, 1), 6);
  return instant >= start && instant < end ? 4 : 5;
}

/** New York day number and hour of an instant. */
export function newYork(instant: number): { readonly day: number; readonly hour: number } {
  const local = instant - hoursBehind(instant) * HOUR_MS;
  const day = Math.floor(local / DAY_MS);
  return { day, hour: Math.floor((local - day * DAY_MS) / HOUR_MS) };
}
