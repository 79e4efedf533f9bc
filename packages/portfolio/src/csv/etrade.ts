// E*Trade's transactions: the account above the table, sold quantities negative, years of two digits.

import { emptyReading, type Transaction, type TransactionKind } from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';
import { byAmount, transactionOf } from './draft.js';
import { type Form, isEmpty, type ReadOptions, unknownCodes } from './form.js';
import { type Columns, type CsvRecord, columnsOf, type Row, recordOf } from './table.js';
import { day, nonZero } from './values.js';

const NEEDED = ['transactiondate', 'transactiontype', 'securitytype', 'symbol', 'quantity', 'amount', 'price', 'commission'];

const KINDS: readonly (readonly [RegExp, TransactionKind | 'by-amount'])[] = [
  [/^(bought|buy) to open/i, 'buy-to-open'],
  [/^(sold|sell) (to open|short)/i, 'sell-to-open'],
  [/^(bought|buy) to (close|cover)/i, 'buy-to-close'],
  [/^(sold|sell) to close/i, 'sell-to-close'],
  [/^(bought|buy|reinvest|dividend reinvest)/i, 'buy'],
  [/^(sold|sell)/i, 'sell'],
  [/expir/i, 'option-expired'],
  [/assign/i, 'option-assigned'],
  [/exercis/i, 'option-exercised'],
  [/^(qualified )?dividend|\bdiv\b/i, 'dividend'],
  [/margin interest/i, 'margin-interest'],
  [/interest/i, 'interest'],
  [/cap(ital)? gain/i, 'capital-gain'],
  [/return of capital/i, 'return-of-capital'],
  [/\bfee\b|service charge/i, 'fee'],
  [/\btax\b|withholding/i, 'tax'],
  [/split/i, 'split'],
  [/cash in lieu/i, 'cash-in-lieu'],
  [/^(online )?transfer|^(wire|ach|deposit|withdrawal|contribution|direct d|check|bill payment|funds)/i, 'by-amount'],
];

function read(record: CsvRecord, number: string, options: ReadOptions): Transaction {
  const { line } = record;
  const type = record.text('transactiontype');
  const amount = nonZero(record.text('amount'), line, 'Amount');
  const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'unknown';
  const quantity = nonZero(record.text('quantity'), line, 'Quantity');
  const [symbol, name] = [record.text('symbol'), record.text('description')];
  const option = optionOf(symbol) ?? (/^OPTN/i.test(record.text('securitytype')) ? optionOf(name) : undefined);
  return transactionOf({
    record,
    account: { broker: 'etrade', number },
    source: options.source ?? 'etrade',
    kind: kind !== 'by-amount' ? kind : byAmount(amount),
    code: type,
    date: day(record.text('transactiondate'), line),
    settle: undefined,
    symbol,
    name,
    option,
    quantity,
    price: quantity === undefined ? undefined : nonZero(record.text('price'), line, 'Price'),
    fees: nonZero(record.text('commission'), line, 'Commission'),
    amount,
    isReinvestment: /reinvest/i.test(type) || (kind === 'buy' && /reinvest/i.test(name)),
  });
}

function headerOf(rows: readonly Row[]): { index: number; columns: Columns } | undefined {
  for (const [index, row] of rows.slice(0, 8).entries()) {
    const columns = columnsOf(row, NEEDED);
    if (columns !== undefined) return { index, columns };
  }
  return undefined;
}

export const etrade: Form = {
  broker: 'etrade',
  name: 'E*Trade transactions',
  fits: (rows) => headerOf(rows) !== undefined,
  read(rows, options) {
    const { index, columns } = headerOf(rows)!;
    const named = rows.slice(0, index).find((row) => /^for account/i.test(row.cells[0] ?? ''))?.cells[1];
    const number = options.account ?? (named || 'unnamed');
    const transactions: Transaction[] = [];
    let ignoredRows = 0;
    for (const row of rows.slice(index + 1)) {
      if (isEmpty(row)) ignoredRows += 1;
      else if (row.cells.length < columns.width) throw new PortfolioError('file-cut', 'this row is cut', { line: row.line });
      else transactions.push(read(recordOf(row, columns), number, options));
    }
    return {
      ...emptyReading(options.source ?? 'etrade', 'etrade'),
      transactions,
      ignoredRows,
      unknownCodes: unknownCodes(transactions),
    };
  },
};
