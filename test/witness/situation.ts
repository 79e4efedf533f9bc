// Situations as tests, one a row, title first.

import { it } from 'vitest';

export function situations<Row extends readonly [string, ...unknown[]]>(
  rows: readonly Row[],
  run: (...row: Row) => Promise<void> | void,
  title = '%s',
): void {
  for (const row of rows) it(title.replace('%s', row[0]), () => run(...row));
}
