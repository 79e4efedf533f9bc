// Times in the zone of an instrument, and in the viewer's own.

export const NEW_YORK = 'America/New_York';

const made = new Map<string, Intl.DateTimeFormat>();

/** `UTC+01:00` is `+01:00` to the browser; a zone that it does not know is UTC. */
function format(zone: string | undefined, kind: 'clock' | 'day' | 'whole'): Intl.DateTimeFormat {
  const key = `${kind} ${zone ?? ''}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const options: Intl.DateTimeFormatOptions = {
    ...(kind === 'clock' ? {} : { year: '2-digit', month: '2-digit', day: '2-digit' }),
    ...(kind === 'day' ? {} : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    ...(kind === 'clock' ? { second: '2-digit' } : {}),
  };
  let one: Intl.DateTimeFormat;
  try {
    one = new Intl.DateTimeFormat('sv-SE', {
      ...options,
      ...(zone === undefined ? {} : { timeZone: zone.replace(/^UTC(?=[+-])/, '') }),
    });
  } catch {
    one = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: 'UTC' });
  }
  made.set(key, one);
  return one;
}

/** Without a zone: the viewer's. */
export const clockIn = (at: number | Date, zone?: string): string => format(zone, 'clock').format(at);
export const dayIn = (at: number | Date, zone?: string): string => format(zone, 'day').format(at);
export const wholeIn = (at: number | Date, zone?: string): string => format(zone, 'whole').format(at);
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
