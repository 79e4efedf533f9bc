// What a terminal or a program gets: tables in plain text, one JSON document, errors on the other channel.

import { visibleText } from 'ibwire';
import { CliError, codeOf, exitCodeOf } from './exit.js';

/** Where a command writes; a test gives its own. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Ends what runs until it is stopped; unset: Ctrl-C. */
  readonly stop?: AbortSignal;
  /** Waits; unset: by the clock. */
  readonly pause?: (ms: number) => Promise<void>;
  /** Epoch milliseconds; unset: the clock's. */
  readonly now?: () => number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Writes to `io`, and nothing of what it writes moves a cursor, rings a bell or hides: JSON stays the same JSON. */
export function legibleIo(io: Io): Io {
  const lines = (text: string): string => text.split('\n').map(visibleText).join('\n');
  return { ...io, out: (text) => io.out(lines(text)), err: (text) => io.err(lines(text)) };
}

/** A heading, `>` before it puts its column to the right. */
export function table(headings: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string {
  const isRight = headings.map((one) => one.startsWith('>'));
  const cells = [headings.map((one) => one.replace(/^>/, '')), ...rows.map((row) => row.map((cell) => visibleText(cell ?? '-')))];
  const widths = headings.map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, at) => (isRight[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  ')}`.trimEnd();
  return cells.map(line).join('\n');
}

/** Thousands with commas, digit by digit. */
export function grouped(decimal: string | undefined): string | undefined {
  if (decimal === undefined) return undefined;
  const [whole = '', fraction] = decimal.split('.');
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

/** An error for people, or as an object on the same channel. */
export function tellError(error: unknown, asJson: boolean, io: Io): number {
  const exitCode = exitCodeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof CliError ? error.hint : undefined;
  const code = codeOf(error);
  if (asJson)
    io.err(
      JSON.stringify({ error: { message, exitCode, ...(code !== undefined && { code }), ...(hint !== undefined && { hint }) } }),
    );
  else io.err([`error: ${visibleText(message)}`, ...(hint === undefined ? [] : [visibleText(hint)])].join('\n'));
  return exitCode;
}
