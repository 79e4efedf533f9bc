// Vanguard: two tables in one file, holdings and transactions; every line ends in a comma.

import { isCashEquivalent } from '../cash-equivalent.js';
import { emptyReading, type Instrument, type Position, present, type Transaction, type TransactionKind } from '../model.js';
import { PortfolioError } from '../problem.js';
import { byAmount, transactionOf } from './draft.js';
import { type Form, isEmpty, type ReadOptions, unknownCodes } from './form.js';
import { type Columns, type CsvRecord, columnsOf, recordOf } from './table.js';
import { day, dayIfAny, money, nonZero } from './values.js';

const HOLDINGS = ['accountnumber', 'investmentname', 'symbol', 'shares', 'shareprice', 'totalvalue'];
const TRANSACTIONS = ['accountnumber', 'tradedate', 'transactiontype', 'symbol', 'shares', 'shareprice', 'netamount'];

const KINDS: readonly (readonly [RegExp, TransactionKind | 'by-amount'])[] = [
  [/^(buy|reinvestment|sweep in|buy \(exchange\))$/i, 'buy'],
  [/^(sell|sweep out|sell \(exchange\))$/i, 'sell'],
  [/^dividend/i, 'dividend'],
  [/capital gain/i, 'capital-gain'],
  [/^interest/i, 'interest'],
  [/^return of capital/i, 'return-of-capital'],
  [/\bfee\b/i, 'fee'],
  [/withholding|\btax\b/i, 'tax'],
  [/split/i, 'split'],
  [/^(funds received|contribution|distribution|withdrawal|wire|funds sent|conversion)/i, 'by-amount'],
  [/^(transfer|rollover)/i, 'transfer'],
];

function kindOf(type: string, amount: string | undefined): TransactionKind {
  const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'unknown';
  return kind === 'by-amount' ? byAmount(amount) : kind;
}

function position(record: CsvRecord, options: ReadOptions): Position {
  const { line } = record;
  const [symbol, name] = [record.text('symbol'), record.text('investmentname')];
  const isCash = isCashEquivalent(symbol, name);
  return present({
    account: { broker: 'vanguard', number: options.account ?? record.text('accountnumber') },
    source: options.source ?? 'vanguard',
    raw: record.raw,
    instrument: { class: isCash ? 'cash' : /^[A-Z]{4}X$/.test(symbol) ? 'fund' : 'stock', symbol, name } satisfies Instrument,
    quantity: money(record.text('shares'), line, 'Shares'),
    price: money(record.text('shareprice'), line, 'Share Price'),
    value: money(record.text('totalvalue'), line, 'Total Value'),
    currency: 'USD',
    isCashEquivalent: isCash,
  }) as Position;
}

function transaction(record: CsvRecord, options: ReadOptions): Transaction {
  const { line } = record;
  const type = record.text('transactiontype');
  const amount = money(record.text('netamount'), line, 'Net Amount');
  const quantity = nonZero(record.text('shares'), line, 'Shares');
  const kind = kindOf(type, amount);
  return transactionOf({
    record,
    account: { broker: 'vanguard', number: options.account ?? record.text('accountnumber') },
    source: options.source ?? 'vanguard',
    kind,
    code: type,
    date: day(record.text('tradedate'), line),
    settle: dayIfAny(record.text('settlementdate'), line),
    symbol: record.text('symbol'),
    name: record.text('investmentname'),
    quantity,
    // without shares the column says 1 for anything
    price: quantity === undefined ? undefined : money(record.text('shareprice'), line, 'Share Price'),
    fees: nonZero(record.text('commissionsandfees', 'commissionfees', 'commissions&fees'), line, 'Commissions and Fees'),
    amount,
    isReinvestment: /^reinvestment/i.test(type),
  });
}

export const vanguard: Form = {
  broker: 'vanguard',
  name: 'Vanguard holdings and transactions',
  fits: (rows) => rows.some((row) => (columnsOf(row, HOLDINGS) ?? columnsOf(row, TRANSACTIONS)) !== undefined),
  read(rows, options) {
    const positions: Position[] = [];
    const transactions: Transaction[] = [];
    let table: { of: 'holdings' | 'transactions'; columns: Columns } | undefined;
    let hasTransactions = false;
    let ignoredRows = 0;
    for (const row of rows) {
      const holdings = columnsOf(row, HOLDINGS);
      const moves = columnsOf(row, TRANSACTIONS);
      if (moves !== undefined) table = { of: 'transactions', columns: moves };
      else if (holdings !== undefined) table = { of: 'holdings', columns: holdings };
      else if (table === undefined || isEmpty(row)) ignoredRows += 1;
      else if (row.cells.length < table.columns.width + 1)
        throw new PortfolioError('file-cut', 'this row is cut', { line: row.line });
      else if (table.of === 'holdings') positions.push(position(recordOf(row, table.columns), options));
      else transactions.push(transaction(recordOf(row, table.columns), options));
      hasTransactions ||= moves !== undefined;
    }
    if (!hasTransactions) throw new PortfolioError('file-cut', 'the table of transactions is missing: the file is cut');
    return {
      ...emptyReading(options.source ?? 'vanguard', 'vanguard'),
      positions,
      transactions,
      ignoredRows,
      unknownCodes: unknownCodes(transactions),
    };
  },
};
