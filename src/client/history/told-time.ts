// Times that answers have to tell: what cannot be read is said with its words, and is no instant.

import { DecodeError } from '../../protocol/errors.js';
import type { Core } from '../core.js';
import { type ParseHow, parseTime } from '../time/parse.js';

/** Where a time stands: kind of the message and row. */
export interface TimePlace {
  readonly kind: string;
  readonly row: string;
}

/** Epoch milliseconds. @throws {DecodeError} for a text that is no instant, or whose zone nobody knows; it names both. */
export function toldInstant(
  core: Pick<Core, 'serverVersion'>,
  text: string | undefined,
  how: ParseHow,
  place: TimePlace,
): number {
  const time = parseTime(text ?? '', how);
  if (time.kind === 'instant') return time.epochMs;
  throw new DecodeError(whyNone(text ?? '', time), { ...place, serverVersion: core.serverVersion, offset: undefined });
}

function whyNone(text: string, time: Exclude<ReturnType<typeof parseTime>, { kind: 'instant' }>): string {
  if (time.kind === 'empty') return 'is missing';
  if (time.kind !== 'clock') return `'${text}' is no point in time`;
  return time.why === 'noZone' ? `'${text}' names no time zone` : `'${text}' is in a time zone that is not known: '${time.zone}'`;
}
