// A CSV text as rows with their lines, and tables in it found by the names of their columns.

import { CsvError, parse } from 'csv-parse/sync';
import { PortfolioError } from '../problem.js';

export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** All rows; blank lines are none, a row of empty cells is one. @throws when a quote is never closed. */
export function rowsOf(text: string): readonly Row[] {
  try {
    const records: { record: string[]; info: { lines: number } }[] = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as never;
    return records
      .map(({ record, info }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }))
      .filter(({ cells }) => cells.length > 1 || cells[0] !== '');
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as unknown as { lines?: number };
    throw new PortfolioError('file-cut', `no whole CSV file (${error.code})`, lines === undefined ? {} : { line: lines });
  }
}

/** `Price ($)` and `PRICE` are the same column. */
export function columnName(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9&#]/g, '');
}

export interface Columns {
  readonly width: number;
  readonly at: ReadonlyMap<string, number>;
}

/** Columns of a header row; undefined when one that is needed is missing. @throws when a needed one stands there twice. */
export function columnsOf(row: Row, needed: readonly string[]): Columns | undefined {
  const names = row.cells.map(columnName);
  while (names.at(-1) === '') names.pop();
  if (!needed.every((name) => names.includes(name))) return undefined;
  for (const name of needed)
    if (names.indexOf(name) !== names.lastIndexOf(name))
      throw new PortfolioError('file-unreadable', `column ${name} stands there twice`, { line: row.line });
  return { width: names.length, at: new Map(names.map((name, index) => [name, index])) };
}

/** One data row, read by column name. */
export interface CsvRecord {
  readonly line: number;
  /** Text of the first of these columns that the file has; '' when it has none. */
  text(...names: readonly string[]): string;
  readonly raw: Readonly<Record<string, string>>;
}

export function recordOf(row: Row, columns: Columns): CsvRecord {
  return {
    line: row.line,
    text(...names) {
      for (const name of names) {
        const index = columns.at.get(name);
        if (index !== undefined) return row.cells[index] ?? '';
      }
      return '';
    },
    raw: Object.fromEntries([...columns.at].map(([name, index]) => [name, row.cells[index] ?? ''])),
  };
}
