// Any other CSV, by a mapping that says which column holds what; names of columns, never their places.

import { isCashEquivalent } from '../cash-equivalent.js';
import { decimalOf } from '../decimal.js';
import {
  emptyReading,
  type Instrument,
  type Position,
  present,
  type Reading,
  type Transaction,
  type TransactionKind,
} from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';
import { transactionOf } from './draft.js';
import { isEmpty, type ReadOptions, unknownCodes } from './form.js';
import { columnName, columnsOf, recordOf, rowsOf } from './table.js';
import { day, dayIfAny, money } from './values.js';

export interface Mapping {
  readonly broker: string;
  readonly holds: 'transactions' | 'positions';
  /** What is in which column, by the column's name. */
  readonly columns: Readonly<
    Partial<
      Record<
        | 'account'
        | 'symbol'
        | 'name'
        | 'cusip'
        | 'isin'
        | 'quantity'
        | 'price'
        | 'currency'
        | 'date'
        | 'settle'
        | 'code'
        | 'fees'
        | 'amount'
        | 'value'
        | 'costBasis',
        string
      >
    >
  >;
  /** What each code means; a code that is not here is kept as unknown. */
  readonly kinds?: Readonly<Record<string, TransactionKind>>;
  /** For files without a column of it. */
  readonly currency?: string;
  /** A row whose first cell begins so ends the table; without it the end is not proven. */
  readonly endsWith?: string;
}

const NEEDED = { transactions: ['date', 'code', 'amount'], positions: ['symbol', 'quantity'] } as const;

/** A mapping from JSON. @throws {PortfolioError} `config` naming what is missing. */
export function mappingOf(value: unknown): Mapping {
  const mapping = value as Mapping;
  if (typeof mapping?.broker !== 'string' || typeof mapping.columns !== 'object' || !(mapping.holds in NEEDED))
    throw new PortfolioError('config', 'a mapping needs broker, holds (transactions or positions) and columns');
  const missing = NEEDED[mapping.holds].filter((name) => mapping.columns[name] === undefined);
  if (missing.length > 0) throw new PortfolioError('config', `the mapping has no column for ${missing.join(', ')}`);
  if (mapping.columns.currency === undefined && mapping.currency === undefined)
    throw new PortfolioError('config', 'the mapping says no currency: neither a column nor one for all rows');
  return mapping;
}

export function readMapped(text: string, mapping: Mapping, options: ReadOptions = {}): Reading {
  const rows = rowsOf(text);
  const needed = Object.values(mapping.columns).map(columnName);
  const index = rows.findIndex((row) => columnsOf(row, needed) !== undefined);
  if (index < 0) throw new PortfolioError('column-missing', `no header has all of: ${Object.values(mapping.columns).join(', ')}`);
  const columns = columnsOf(rows[index]!, needed)!;
  const source = options.source ?? mapping.broker;
  const positions: Position[] = [];
  const transactions: Transaction[] = [];
  let ignoredRows = 0;
  let hasEnd = false;
  for (const row of rows.slice(index + 1)) {
    const isEnd = mapping.endsWith !== undefined && row.cells[0]!.startsWith(mapping.endsWith);
    if (isEnd || isEmpty(row)) {
      ignoredRows += 1;
      hasEnd ||= isEnd;
      continue;
    }
    if (row.cells.length < columns.width) throw new PortfolioError('file-cut', 'this row is cut', { line: row.line });
    const record = recordOf(row, columns);
    const cell = (name: keyof Mapping['columns']): string => {
      const column = mapping.columns[name];
      return column === undefined ? '' : record.text(columnName(column));
    };
    const number = (name: keyof Mapping['columns']): string | undefined => money(cell(name), record.line, name);
    const account = { broker: mapping.broker, number: options.account ?? (cell('account') || 'unnamed') };
    const currency = cell('currency') || mapping.currency || '';
    if (currency === '') throw new PortfolioError('row-unreadable', 'this row says no currency', { line: row.line });
    const [symbol, name, option] = [cell('symbol'), cell('name') || undefined, optionOf(cell('symbol'))];
    if (mapping.holds === 'transactions') {
      const kind = mapping.kinds?.[cell('code')] ?? 'unknown';
      transactions.push(
        transactionOf({
          record,
          account,
          source,
          kind,
          symbol,
          name,
          option,
          currency,
          code: cell('code'),
          date: day(cell('date'), record.line),
          settle: dayIfAny(cell('settle'), record.line),
          cusip: cell('cusip') || undefined,
          quantity: number('quantity'),
          price: number('price'),
          fees: number('fees'),
          amount: number('amount'),
        }),
      );
      continue;
    }
    const isCash = isCashEquivalent(symbol, name);
    const instrument = {
      class: option ? 'option' : isCash ? 'cash' : 'stock',
      symbol,
      name,
      option,
      isin: cell('isin') || undefined,
      cusip: cell('cusip') || undefined,
    };
    positions.push(
      present({
        account,
        source,
        currency,
        raw: record.raw,
        instrument: present(instrument) as Instrument,
        quantity: decimalOf(number('quantity')),
        price: number('price'),
        value: number('value'),
        costBasis: number('costBasis'),
        isCashEquivalent: isCash,
      }) as Position,
    );
  }
  if (mapping.endsWith !== undefined && !hasEnd)
    throw new PortfolioError('file-cut', `the row "${mapping.endsWith}" is missing: the file is cut`);
  return {
    ...emptyReading(source, mapping.broker),
    positions,
    transactions,
    ignoredRows,
    unknownCodes: unknownCodes(transactions),
    end: mapping.endsWith === undefined ? 'unproven' : 'proven',
  };
}
