// Robinhood's account activity: descriptions over several lines, codes for directions, a disclaimer at the end.

import Big from 'big.js';
import { plain, signed } from '../decimal.js';
import { type DecimalText, emptyReading, type OptionTerms, type Transaction, type TransactionKind } from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';
import { byAmount, transactionOf } from './draft.js';
import { type Form, isEmpty, type ReadOptions, unknownCodes } from './form.js';
import { type CsvRecord, columnsOf, recordOf } from './table.js';
import { day, dayIfAny, money } from './values.js';

const NEEDED = ['activitydate', 'transcode', 'description', 'quantity', 'price', 'amount'];

const KINDS: Readonly<Record<string, TransactionKind>> = {
  Buy: 'buy',
  Sell: 'sell',
  BTO: 'buy-to-open',
  STO: 'sell-to-open',
  BTC: 'buy-to-close',
  STC: 'sell-to-close',
  OEXP: 'option-expired',
  OASGN: 'option-assigned',
  OEXCS: 'option-exercised',
  CDIV: 'dividend',
  SDIV: 'dividend',
  MDIV: 'dividend',
  INT: 'interest',
  SLIP: 'interest', // stock lending
  MINT: 'margin-interest',
  GOLD: 'fee',
  AFEE: 'fee',
  DFEE: 'fee',
  NRAT: 'tax',
  DIVNRA: 'tax',
  DTAX: 'tax',
  ROC: 'return-of-capital',
  SPL: 'split',
  SPR: 'split',
  CIL: 'cash-in-lieu',
  ITRF: 'transfer',
  ACATI: 'transfer',
  ACATO: 'transfer',
};
/** The sign of the amount gives the direction. */
const MONEY_MOVES: ReadonlySet<string> = new Set(['ACH', 'RTP', 'XENT_CC', 'WIRE', 'DCF', 'FUTSWP']);
const DISCLAIMER = /data provided is for informational purposes/i;

function optionIn(description: string, code: string): OptionTerms | undefined {
  const first = description.split('\n')[0]!.trim();
  const named = /^Option (?:Expiration|Assignment|Exercise) for (.*)$/i.exec(first)?.[1] ?? first;
  return code === 'Buy' || code === 'Sell' ? undefined : optionOf(named);
}

/** Fees hide in the amount: what is missing between quantity × price and it, in whole cents. */
function hiddenFee(kind: TransactionKind, quantity?: DecimalText, price?: DecimalText, amount?: DecimalText, multiplier = '1') {
  if (quantity === undefined || price === undefined || amount === undefined) return undefined;
  const gross = new Big(quantity).abs().times(price).times(multiplier).round(2, Big.roundHalfUp);
  const paid = new Big(amount).abs();
  const fee = kind.startsWith('buy') ? paid.minus(gross) : gross.minus(paid);
  return fee.gt(0) ? plain(fee) : undefined;
}

function signOf(code: string, isShort: boolean): 1 | -1 | undefined {
  if (code === 'SPR') return -1;
  if (code === 'OEXP') return isShort ? 1 : -1;
  return undefined;
}

function read(record: CsvRecord, options: ReadOptions): Transaction {
  const { line } = record;
  const description = record.text('description');
  const code = record.text('transcode');
  const date = day(record.text('activitydate'), line);
  const size = record.text('quantity');
  const isShort = /S$/i.test(size);
  const unsigned = money(size.replace(/S$/i, ''), line, 'Quantity');
  const price = money(record.text('price'), line, 'Price');
  const amount = money(record.text('amount'), line, 'Amount');
  const kind = MONEY_MOVES.has(code) ? byAmount(amount) : (KINDS[code] ?? 'unknown');
  const option = optionIn(description, code);
  const sign = signOf(code, isShort);
  const isTrade = kind.startsWith('buy') || kind.startsWith('sell');
  return transactionOf({
    record,
    account: { broker: 'robinhood', number: options.account ?? 'unnamed' },
    source: options.source ?? 'robinhood',
    kind,
    code,
    date,
    settle: dayIfAny(record.text('settledate'), line),
    symbol: record.text('instrument'),
    name: description.split('\n')[0]!,
    cusip: /\bCUSIP:?\s*([0-9A-Z]{9})\b/.exec(description)?.[1],
    option,
    quantity: unsigned === undefined || sign === undefined ? unsigned : signed(unsigned, sign),
    price,
    amount,
    fees: isTrade ? hiddenFee(kind, unsigned, price, amount, option === undefined ? '1' : '100') : undefined,
    isReinvestment: /^\s*Dividend Reinvestment\b/im.test(description),
  });
}

export const robinhood: Form = {
  broker: 'robinhood',
  name: 'Robinhood account activity',
  fits: (rows) => rows[0] !== undefined && columnsOf(rows[0], NEEDED) !== undefined,
  read(rows, options) {
    const [header, ...body] = rows;
    const columns = columnsOf(header!, NEEDED)!;
    const last = body.at(-1);
    if (last === undefined || !DISCLAIMER.test(last.cells.join(' ')))
      throw new PortfolioError('file-cut', 'the disclaimer that ends this file is missing: the file is cut');
    const transactions: Transaction[] = [];
    let ignoredRows = 0;
    for (const row of body) {
      if (isEmpty(row) || DISCLAIMER.test(row.cells.join(' '))) ignoredRows += 1;
      else if (row.cells.length < columns.width) throw new PortfolioError('file-cut', 'this row is cut', { line: row.line });
      else transactions.push(read(recordOf(row, columns), options));
    }
    return {
      ...emptyReading(options.source ?? 'robinhood', 'robinhood'),
      transactions,
      ignoredRows,
      unknownCodes: unknownCodes(transactions),
      end: 'proven',
    };
  },
};
