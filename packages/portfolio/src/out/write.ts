// CSV and Parquet of flat columns.

import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Cell, Columns } from './columns.js';

/** A cell that a spreadsheet would take for a formula is led by an apostrophe, unless it is a number. */
function csvCell(cell: Cell): string {
  const text = cell === undefined ? '' : String(cell);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv(columns: Columns): string {
  const length = columns[0]?.[1].length ?? 0;
  const rows = Array.from({ length }, (_, index) => columns.map(([, cells]) => csvCell(cells[index])).join(','));
  return `${[columns.map(([name]) => csvCell(name)).join(','), ...rows].join('\n')}\n`;
}

/** Decimals are strings in it, exact as they came. */
export function toParquet(columns: Columns): Uint8Array {
  const columnData = columns.map(([name, cells]) => ({
    name,
    data: cells.map((cell) => cell ?? null),
    type: name.startsWith('is') ? ('BOOLEAN' as const) : ('STRING' as const),
    nullable: true,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
