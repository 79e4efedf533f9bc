// Fidelity's activity: the kind is in the Action's text, quantities are signed, a footer ends the file.

import { isZero, sum } from '../decimal.js';
import { emptyReading, type Transaction, type TransactionKind } from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';
import { byAmount, transactionOf } from './draft.js';
import { type Form, isEmpty, type ReadOptions, unknownCodes } from './form.js';
import { type Columns, type CsvRecord, columnsOf, type Row, recordOf } from './table.js';
import { day, dayIfAny, money } from './values.js';

const NEEDED = ['rundate', 'action', 'symbol', 'quantity', 'price', 'amount'];

/** First match decides; `by-amount` where the sign of the money gives the direction. */
const KINDS: readonly (readonly [RegExp, TransactionKind | 'by-amount'])[] = [
  [/^YOU BOUGHT OPENING/i, 'buy-to-open'],
  [/^YOU SOLD OPENING/i, 'sell-to-open'],
  [/^YOU BOUGHT CLOSING/i, 'buy-to-close'],
  [/^YOU SOLD CLOSING/i, 'sell-to-close'],
  [/^(YOU BOUGHT|REINVESTMENT|PURCHASE INTO CORE)/i, 'buy'],
  [/^(YOU SOLD|REDEMPTION FROM CORE|REDEMPTION PAYOUT)/i, 'sell'],
  [/^EXPIRED/i, 'option-expired'],
  [/^ASSIGNED/i, 'option-assigned'],
  [/^EXERCISED/i, 'option-exercised'],
  [/^DIVIDEND/i, 'dividend'],
  [/CAP(ITAL)? GAIN/i, 'capital-gain'],
  [/^MARGIN INTEREST/i, 'margin-interest'],
  [/^INTEREST/i, 'interest'],
  [/^RETURN OF CAPITAL/i, 'return-of-capital'],
  [/TAX (PAID|WITHHELD|W\/H)|^NON-RESIDENT TAX/i, 'tax'],
  [/\bFEE\b/i, 'fee'],
  [/^IN LIEU/i, 'cash-in-lieu'],
  [/SPLIT|^DISTRIBUTION/i, 'split'],
  [
    /^(ELECTRONIC FUNDS TRANSFER|DIRECT (DEPOSIT|DEBIT)|CASH CONTRIBUTION|WIRE|CHECK|BILL PAYMENT|CO CONTR|PARTIC CONTR|DEBIT CARD)/i,
    'by-amount',
  ],
  [/^(TRANSFER|JOURNAL|ROLLOVER|CONVERSION)/i, 'transfer'],
];
const FOOTER =
  /^(the data and information|date downloaded|brokerage services|informational purposes|provided to you|returns|fidelity|\W)/i;

function kindOf(action: string, amount: string | undefined): TransactionKind {
  const kind = KINDS.find(([pattern]) => pattern.test(action))?.[1] ?? 'unknown';
  return kind === 'by-amount' ? byAmount(amount) : kind;
}

function feesOf(record: CsvRecord): string | undefined {
  const parts = ['commission', 'fees'].map((name) => money(record.text(name), record.line, name) ?? '0');
  const fees = sum(parts);
  return isZero(fees) ? undefined : fees;
}

function read(record: CsvRecord, options: ReadOptions): Transaction {
  const { line } = record;
  const action = record.text('action');
  const amount = money(record.text('amount'), line, 'Amount');
  const symbol = record.text('symbol');
  const option = optionOf(symbol);
  const kind = kindOf(action, amount);
  return transactionOf({
    record,
    account: { broker: 'fidelity', number: options.account ?? (record.text('accountnumber', 'account') || 'unnamed') },
    source: options.source ?? 'fidelity',
    kind,
    code: action,
    date: day(record.text('rundate'), line),
    settle: dayIfAny(record.text('settlementdate'), line),
    symbol,
    name: record.text('description', 'securitydescription'),
    option,
    quantity: quantityOf(record),
    price: money(record.text('price'), line, 'Price'),
    fees: feesOf(record),
    amount,
    isReinvestment: /^REINVESTMENT/i.test(action),
  });
}

/** Newer files write 0.000 where nothing applies. */
function quantityOf(record: CsvRecord): string | undefined {
  const quantity = money(record.text('quantity'), record.line, 'Quantity');
  return quantity === undefined || isZero(quantity) ? undefined : quantity;
}

function headerOf(rows: readonly Row[]): { index: number; columns: Columns } | undefined {
  for (const [index, row] of rows.slice(0, 6).entries()) {
    const columns = columnsOf(row, NEEDED);
    if (columns !== undefined) return { index, columns };
  }
  return undefined;
}

export const fidelity: Form = {
  broker: 'fidelity',
  name: 'Fidelity activity',
  fits: (rows) => headerOf(rows) !== undefined,
  read(rows, options) {
    const { index, columns } = headerOf(rows)!;
    const transactions: Transaction[] = [];
    let ignoredRows = 0;
    for (const row of rows.slice(index + 1)) {
      const first = row.cells[0] ?? '';
      if (isEmpty(row) || (row.cells.length < columns.width && FOOTER.test(first))) ignoredRows += 1;
      else if (row.cells.length < columns.width) throw new PortfolioError('file-cut', 'this row is cut', { line: row.line });
      else transactions.push(read(recordOf(row, columns), options));
    }
    if (!/^date downloaded/i.test(rows.at(-1)?.cells[0] ?? ''))
      throw new PortfolioError('file-cut', 'the footer "Date downloaded …" is missing: the file is cut');
    return {
      ...emptyReading(options.source ?? 'fidelity', 'fidelity'),
      transactions,
      ignoredRows,
      unknownCodes: unknownCodes(transactions),
      end: 'proven',
    };
  },
};
