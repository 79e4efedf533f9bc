// Schwab's transactions: a title line that may name the account, and a last row whose total must agree.

import { isZero, minus, signed, sum } from '../decimal.js';
import { emptyReading, type OptionTerms, type Transaction, type TransactionKind } from '../model.js';
import { occOf, optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';
import { byAmount, transactionOf } from './draft.js';
import { type Form, isEmpty, type ReadOptions, unknownCodes } from './form.js';
import { type Columns, type CsvRecord, columnsOf, type Row, recordOf } from './table.js';
import { day, money, nonZero } from './values.js';

const NEEDED = ['date', 'action', 'symbol', 'quantity', 'price', 'fees&comm', 'amount'];

const KINDS: readonly (readonly [RegExp, TransactionKind | 'by-amount'])[] = [
  [/^buy to open$/i, 'buy-to-open'],
  [/^sell to open$/i, 'sell-to-open'],
  [/^buy to close$/i, 'buy-to-close'],
  [/^sell to close$/i, 'sell-to-close'],
  [/^(buy|reinvest shares)$/i, 'buy'],
  [/^(sell|sell short)$/i, 'sell'],
  [/^expired$/i, 'option-expired'],
  [/^assigned$/i, 'option-assigned'],
  [/^exchange or exercise$/i, 'option-exercised'],
  [/^return of capital$/i, 'return-of-capital'],
  [/cap gain/i, 'capital-gain'],
  [/^margin interest$/i, 'margin-interest'],
  [/tax|withholding/i, 'tax'],
  [/\bdiv(idend)?\b|qual div/i, 'dividend'],
  [/interest/i, 'interest'],
  [/\bfee\b/i, 'fee'],
  [/^(stock split|reverse split)$/i, 'split'],
  [/^cash in lieu$/i, 'cash-in-lieu'],
  [/^(moneylink|wire|funds|internal transfer|journal|auto s1|ach|cash transfer|transfer|visa|atm)/i, 'by-amount'],
  [/^(security transfer|stock plan activity)$/i, 'transfer'],
];

function kindOf(action: string, amount: string | undefined): TransactionKind {
  const kind = KINDS.find(([pattern]) => pattern.test(action))?.[1] ?? 'unknown';
  return kind === 'by-amount' ? byAmount(amount) : kind;
}

/** An expired option's size is not signed: what opened it in the same file says which way it lay. */
function expirySign(option: OptionTerms, records: readonly CsvRecord[]): 1 | -1 | undefined {
  for (const record of records) {
    const other = optionOf(record.text('symbol'));
    if (other === undefined || occOf(other) !== occOf(option)) continue;
    if (/^sell to open$/i.test(record.text('action'))) return 1;
    if (/^buy to open$/i.test(record.text('action'))) return -1;
  }
  return undefined;
}

function read(record: CsvRecord, all: readonly CsvRecord[], number: string, options: ReadOptions): Transaction {
  const { line } = record;
  const [posted, effective] = record.text('date').split(/\s+as of\s+/i);
  const action = record.text('action');
  const amount = money(record.text('amount'), line, 'Amount');
  const kind = kindOf(action, amount);
  const symbol = record.text('symbol');
  const option = optionOf(symbol);
  const size = money(record.text('quantity'), line, 'Quantity');
  const sign = kind === 'option-expired' && option !== undefined ? expirySign(option, all) : undefined;
  return transactionOf({
    record,
    account: { broker: 'schwab', number },
    source: options.source ?? 'schwab',
    kind,
    code: action,
    date: day(posted!, line),
    effective: effective === undefined ? undefined : day(effective, line),
    symbol,
    name: record.text('description'),
    option,
    quantity: size === undefined || sign === undefined ? size : signed(size, sign),
    price: money(record.text('price'), line, 'Price'),
    fees: nonZero(record.text('fees&comm'), line, 'Fees & Comm'),
    amount,
    isReinvestment: /^reinvest shares$/i.test(action),
  });
}

function headerOf(rows: readonly Row[]): { index: number; columns: Columns } | undefined {
  for (const [index, row] of rows.slice(0, 5).entries()) {
    const columns = columnsOf(row, NEEDED);
    if (columns !== undefined) return { index, columns };
  }
  return undefined;
}

const isTotal = (row: Row): boolean =>
  /^transactions total$/i.test(row.cells[0] ?? '') || row.cells.some((cell) => /^transactions total$/i.test(cell));

export const schwab: Form = {
  broker: 'schwab',
  name: 'Schwab transactions',
  fits: (rows) => headerOf(rows) !== undefined,
  read(rows, options) {
    const { index, columns } = headerOf(rows)!;
    const named = /\baccount\s+(\S+)/i.exec(
      rows
        .slice(0, index)
        .flatMap((row) => row.cells)
        .join(' '),
    )?.[1];
    const body = rows.slice(index + 1);
    const data: CsvRecord[] = [];
    let ignoredRows = 0;
    let total: string | undefined;
    for (const row of body) {
      if (isEmpty(row)) ignoredRows += 1;
      else if (isTotal(row)) {
        ignoredRows += 1;
        total = money(recordOf(row, columns).text('amount'), row.line, 'Amount');
      } else if (row.cells.length < columns.width) throw new PortfolioError('file-cut', 'this row is cut', { line: row.line });
      else data.push(recordOf(row, columns));
    }
    if (total === undefined) throw new PortfolioError('file-cut', 'the row "Transactions Total" is missing: the file is cut');
    const number = options.account ?? named ?? 'unnamed';
    const transactions = data.map((record) => read(record, data, number, options));
    const added = sum(transactions.map((one) => one.amount ?? '0'));
    if (!isZero(minus(added, total)))
      throw new PortfolioError('file-total', `the rows add up to ${added}, the file's own total is ${total}`, {
        line: body.at(-1)!.line,
      });
    return {
      ...emptyReading(options.source ?? 'schwab', 'schwab'),
      transactions,
      ignoredRows,
      unknownCodes: unknownCodes(transactions),
      end: 'proven',
    };
  },
};
