// Instants in a capture as people write them: `90s` after its start, or `2026-03-02T14:30:00Z`.

import { InvalidArgumentError } from 'commander';
import type { Stretch } from '../capture/frames.js';
import { openCapture } from '../capture/reader.js';
import { CliError, EXIT } from './exit-codes.js';

/** Microseconds after the start of a capture, or epoch milliseconds. */
export type CaptureTime = { readonly at: 'after'; readonly micros: number } | { readonly at: 'instant'; readonly ms: number };

const MICROS: Readonly<Record<string, number>> = { us: 1, ms: 1e3, s: 1e6, m: 60e6, h: 3600e6, '': 1e6 };
const AFTER = /^\+?(\d{1,12}(?:\.\d{1,6})?)(us|ms|s|m|h|)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Reads `90`, `1.5s`, `+20m`, `2h`, `250ms`, or an instant with its zone. */
export function captureTime(text: string): CaptureTime {
  const [, number, unit = ''] = AFTER.exec(text) ?? [];
  if (number !== undefined) return { at: 'after', micros: Math.round(Number(number) * (MICROS[unit] ?? 1)) };
  const ms = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('It is a time after the start (90s, 1.5m, 2h) or an instant (2026-03-02T14:30:00Z).');
  return { at: 'instant', ms };
}

export interface TimeOptions {
  readonly from?: CaptureTime;
  readonly to?: CaptureTime;
}

/** The stretch of a capture that the options mean. */
export async function stretchOf(file: string, { from, to }: TimeOptions): Promise<Stretch> {
  const isInstant = from?.at === 'instant' || to?.at === 'instant';
  const start = isInstant ? await startOf(file) : 0;
  const micros = (time: CaptureTime): number => (time.at === 'after' ? time.micros : (time.ms - start) * 1000);
  const stretch = { from: from === undefined ? 0 : micros(from), to: to === undefined ? Number.POSITIVE_INFINITY : micros(to) };
  if (stretch.from > stretch.to) throw new CliError(EXIT.usage, '--from is after --to.');
  return stretch;
}

async function startOf(file: string): Promise<number> {
  await using capture = await openCapture(file);
  const { start } = capture.header;
  if (start === undefined)
    throw new CliError(EXIT.usage, `${file} does not say when it began: --from and --to are times after its start, such as 90s.`);
  return start.getTime();
}
