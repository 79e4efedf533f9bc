// Positions as CSV, in and out: exact decimals, quoting, and cells that a spreadsheet would take for formulas.
import { type Checks, number, oneOf, record, text } from '../../input/checks.js';
import { mustBe } from '../input/check-call.js';
import { InputError } from '../input/input-error.js';
import { fieldsOf, POSITION_FIELDS, type Position, type PositionField, positionFrom } from './position.js';

const COLUMNS = Object.keys(POSITION_FIELDS) as PositionField[];
const NUMBERS: ReadonlySet<PositionField> = new Set([
  ...(['conId', 'strike', 'multiplier', 'position', 'avgCost', 'marketPrice'] as const),
  ...(['marketValue', 'unrealizedPNL', 'realizedPNL', 'lastTradeDateOrContractMonth'] as const),
]);

/** CSV with a header, comma and CRLF (RFC 4180). Text a spreadsheet would run as a formula gets an apostrophe in front. */
export function positionsToCsv(positions: readonly Position[]): string {
  const lines = positions.map((position) => {
    const fields = fieldsOf(position);
    return COLUMNS.map((column) => cell(column, fields[column] ?? '')).join(',');
  });
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function cell(column: PositionField, value: string): string {
  const safe = !NUMBERS.has(column) && /^['=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A row that could not be taken, and why. Rows are counted from 1, the header being row 1. */
export interface CsvProblem {
  readonly row: number;
  readonly field: string;
  readonly problem: string;
}

/** What came of reading a CSV: the positions, every row that was left out with its reason, and columns nobody knows. */
export interface CsvReading {
  readonly positions: readonly Position[];
  /** Rows that are missing from `positions`. Look at them before you trust the sum. */
  readonly problems: readonly CsvProblem[];
  /** Columns of the file that no position has. */
  readonly ignoredColumns: readonly string[];
}

/** How a CSV of positions is read. */
export interface CsvOptions {
  readonly separator?: ',' | ';' | '\t';
  /** Values for columns the file lacks, for example `{ broker: 'other', account: 'A1' }`. */
  readonly defaults?: Readonly<Partial<Record<PositionField, string>>>;
  /** Default 64 Mi characters. */
  readonly maxLength?: number;
}

const defaults = Object.fromEntries(COLUMNS.map((name) => [name, text])) as Checks<Readonly<Record<PositionField, string>>>;
const csvOptions = record<CsvOptions>({ separator: oneOf(',', ';', '\t'), defaults: record(defaults), maxLength: number(1) });

/**
 * Reads CSV with a header of the record's field names, in any order. A malformed row is reported and left out; a file that
 * is no table at all (no header, a column twice, an open quote) throws InputError.
 */
export function positionsFromCsv(csv: string, options: CsvOptions = {}): CsvReading {
  mustBe(csvOptions, '', options);
  const { separator = ',', defaults = {}, maxLength = 64 * 1024 * 1024 } = options;
  if (csv.length > maxLength) throw new InputError('csv', `has ${csv.length} characters, at most ${maxLength} are read`);
  const rows = table(csv.startsWith('\ufeff') ? csv.slice(1) : csv, separator);
  const header = rows[0]?.cells.map((name) => name.trim());
  if (header === undefined) throw new InputError('csv', 'has no header');
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) throw new InputError('csv', `has the column ${JSON.stringify(twice)} twice`);
  const isKnown = (name: string): boolean => Object.hasOwn(POSITION_FIELDS, name);
  if (!header.some(isKnown)) throw new InputError('csv', `has none of the columns ${COLUMNS.join(', ')}`);
  const positions: Position[] = [];
  const problems: CsvProblem[] = [];
  for (const { row, cells } of rows.slice(1)) {
    if (cells.length === 1 && cells[0] === '') continue;
    try {
      if (cells.length !== header.length)
        throw new InputError('row', `has ${cells.length} cells, the header has ${header.length}`);
      positions.push(positionFrom(fieldsOfRow(header, cells, defaults)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push({ row, field: error.field, problem: error.message.slice(error.field.length + 2) });
    }
  }
  return { positions, problems, ignoredColumns: header.filter((name) => !isKnown(name)) };
}

function fieldsOfRow(
  header: readonly string[],
  cells: readonly string[],
  defaults: CsvOptions['defaults'],
): Readonly<Record<string, string | undefined>> {
  const out: Record<string, string | undefined> = { ...defaults };
  header.forEach((name, i) => {
    const value = cells[i] ?? '';
    if (!Object.hasOwn(POSITION_FIELDS, name) || value === '') return;
    out[name] = /^'['=+\-@\t]/.test(value) ? value.slice(1) : value;
  });
  return out;
}

interface Row {
  /** Line of the table, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** Cells of a CSV text. One pass over the characters: no pattern that could run away. */
function table(csv: string, separator: string): readonly Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let at = 0;
  const endRow = (): void => {
    rows.push({ row: rows.length + 1, cells });
    cells = [];
  };
  while (at < csv.length) {
    const [value, next] = csv[at] === '"' ? quoted(csv, at, rows.length + 1) : plain(csv, at, separator);
    cells.push(value);
    at = next;
    const mark = csv[at];
    if (mark === separator) {
      at++;
      if (at === csv.length) cells.push('');
    } else if (mark === '\r' || mark === '\n') {
      at += mark === '\r' && csv[at + 1] === '\n' ? 2 : 1;
      endRow();
    } else if (mark !== undefined) {
      throw new InputError('csv', `row ${rows.length + 1} has text behind a closing quote`);
    }
  }
  if (cells.length > 0) endRow();
  return rows;
}

function plain(csv: string, from: number, separator: string): readonly [value: string, next: number] {
  let at = from;
  while (at < csv.length && csv[at] !== separator && csv[at] !== '\r' && csv[at] !== '\n') at++;
  return [csv.slice(from, at), at];
}

function quoted(csv: string, from: number, row: number): readonly [value: string, next: number] {
  const parts: string[] = [];
  let start = from + 1;
  for (;;) {
    const end = csv.indexOf('"', start);
    if (end === -1) throw new InputError('csv', `row ${row} has a quote that is never closed`);
    if (csv[end + 1] !== '"') {
      parts.push(csv.slice(start, end));
      return [parts.join(''), end + 1];
    }
    parts.push(csv.slice(start, end + 1));
    start = end + 2;
  }
}
