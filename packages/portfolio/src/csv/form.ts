// What every reader of a CSV form has in common.

import type { Reading, Transaction } from '../model.js';
import type { Row } from './table.js';

export interface ReadOptions {
  /** Name of the source in the records; default the broker's. */
  readonly source?: string;
  /** The account's number by the owner's word: where the file names none, or masks it. */
  readonly account?: string;
}

export interface Form {
  readonly broker: string;
  readonly name: string;
  /** Whether these rows are of this form: by the names of the columns, never by the file's. */
  fits(rows: readonly Row[]): boolean;
  read(rows: readonly Row[], options: ReadOptions): Reading;
}

/** How often each code that nobody knows occurs. */
export function unknownCodes(transactions: readonly Transaction[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, code } of transactions) if (kind === 'unknown') counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

export function isEmpty(row: Row): boolean {
  return row.cells.every((cell) => cell === '');
}
