// A test of a situation; what the product does not yet do is on one list, shown as open work, and run with OPEN=1.

import { it } from 'vitest';

export const NOT_YET: ReadonlySet<string> = new Set([
  '10000 sequences of orders leave no short, no debit, no uncovered option, no forbidden security',
]);

export function situation(title: string, run: () => Promise<void> | void): void {
  if (NOT_YET.has(title) && process.env['OPEN'] === undefined) it.todo(title);
  else it(title, run);
}

/** One situation a row, title first. */
export function situations<Row extends readonly [string, ...unknown[]]>(
  rows: readonly Row[],
  run: (...row: Row) => Promise<void> | void,
  title = '%s',
): void {
  for (const row of rows) situation(title.replace('%s', row[0]), () => run(...row));
}
