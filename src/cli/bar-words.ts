// Bar sizes, durations and instants as people type them.

import { type BarSize, barSizes, isBarSize } from '../client/history/bar-size.js';
import { CliError, EXIT } from './exit-codes.js';

const units: Readonly<Record<string, readonly [one: string, many: string]>> = {
  s: ['1 secs', 'secs'],
  m: ['1 min', 'mins'],
  h: ['1 hour', 'hours'],
  d: ['1 day', 'day'],
  w: ['1 week', 'week'],
  mo: ['1 month', 'month'],
};

/** `1h`, `5m`, `30s`, `1d`, `1w`, `1mo`, or the gateway's own `5 mins`. @throws {CliError} usage. */
export function barSizeOf(text: string): BarSize {
  if (isBarSize(text)) return text;
  const [, count, unit = ''] = /^(\d+) ?(s|m|h|d|w|mo)$/.exec(text) ?? [];
  const names = units[unit];
  const spelled = names === undefined ? text : count === '1' ? names[0] : `${count} ${names[1]}`;
  if (isBarSize(spelled)) return spelled;
  throw new CliError(EXIT.usage, `'${text}' is no bar size.`, `They are ${barSizes.join(', ')}; short: 30s 5m 1h 1d 1w 1mo.`);
}

/** `5d`, `2w`, `3mo`, `1y`, `3600s`, or the gateway's own `5 D`. @throws {CliError} usage. */
export function durationOf(text: string): string {
  const [, count, unit = ''] = /^([1-9]\d*) ?(s|d|w|mo?|y)$/i.exec(text) ?? [];
  if (count === undefined)
    throw new CliError(
      EXIT.usage,
      `'${text}' is no duration.`,
      'Write 3600s, 5d, 2w, 3mo, 1y, or the official 3600 S, 5 D, 2 W, 3 M, 1 Y.',
    );
  return `${count} ${unit.slice(0, 1).toUpperCase()}`;
}

/** `2026-09-02`, `2026-09-02T14:30`, with or without a zone; without one it is UTC. @throws {CliError} usage. */
export function instantOf(text: string): Date {
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text) && text.length > 10;
  const at = new Date(/^\d{4}-\d\d-\d\d$/.test(text) || hasZone ? text : `${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(at.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new CliError(
      EXIT.usage,
      `'${text}' is no date.`,
      'Write 2026-09-02, 2026-09-02T14:30 (UTC) or 2026-09-02T09:30-04:00.',
    );
  return at;
}
