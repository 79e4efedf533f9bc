// Positions rebuilt from transactions and held against the reported ones; every difference has a name.

import { isZero, minus, sum } from './decimal.js';
import { matchOf, nameOf } from './identity.js';
import { keyOf, type Portfolio } from './merge.js';
import type { DecimalText, Instrument, Transaction } from './model.js';

export interface Rebuilt {
  readonly account: string;
  readonly instrument: Instrument;
  readonly quantity: DecimalText;
  readonly transactions: number;
  /** Rows that move units in a way the file does not tell. */
  readonly untold: readonly string[];
}

export interface Difference {
  readonly account: string;
  readonly instrument: string;
  readonly rebuilt: DecimalText;
  readonly reported: DecimalText;
  readonly difference: DecimalText;
  readonly why: 'earlier-transactions-missing' | 'not-reported' | 'not-in-transactions' | 'quantity-untold';
}

const MOVES: ReadonlySet<Transaction['kind']> = new Set([
  'buy',
  'sell',
  'buy-to-open',
  'sell-to-open',
  'buy-to-close',
  'sell-to-close',
  'option-expired',
  'option-assigned',
  'option-exercised',
  'split',
  'transfer',
  'unknown',
]);
/** These move units always: without a quantity something is untold. */
const MUST_MOVE = (kind: Transaction['kind']): boolean => MOVES.has(kind) && kind !== 'transfer' && kind !== 'unknown';

/** Sums the signed quantities; dividends reinvested are purchases, splits add or remove shares. */
export function rebuild(transactions: readonly Transaction[]): readonly Rebuilt[] {
  const books: { account: string; instrument: Instrument; quantities: DecimalText[]; untold: string[] }[] = [];
  for (const one of transactions) {
    if (one.instrument === undefined || !MOVES.has(one.kind)) continue;
    const account = keyOf(one.account);
    let book = books.find((other) => other.account === account && matchOf(other.instrument, one.instrument!).at === 'same');
    if (book === undefined) {
      book = { account, instrument: one.instrument, quantities: [], untold: [] };
      books.push(book);
    }
    if (one.quantity !== undefined) book.quantities.push(one.quantity);
    else if (MUST_MOVE(one.kind)) book.untold.push(`${one.date} ${one.code}`);
  }
  return books.map(({ account, instrument, quantities, untold }) => ({
    account,
    instrument,
    quantity: sum(quantities),
    transactions: quantities.length,
    untold,
  }));
}

/** Only accounts that report positions are compared: no report is no difference. */
export function compare({ positions, transactions }: Portfolio): readonly Difference[] {
  const reporting = new Set(positions.map(({ account }) => keyOf(account)));
  const rebuilt = rebuild(transactions).filter(({ account }) => reporting.has(account));
  const found: Difference[] = [];
  const told = (account: string, instrument: Instrument): readonly DecimalText[] =>
    positions
      .filter((one) => keyOf(one.account) === account && matchOf(one.instrument, instrument).at === 'same')
      .flatMap(({ quantity }) => quantity ?? []);
  for (const { account, instrument, quantity, untold } of rebuilt) {
    const reported = told(account, instrument);
    const difference = minus(sum(reported), quantity);
    if (isZero(difference)) continue;
    const why = untold.length > 0 ? 'quantity-untold' : reported.length === 0 ? 'not-reported' : 'earlier-transactions-missing';
    found.push({ account, instrument: nameOf(instrument), rebuilt: quantity, reported: sum(reported), difference, why });
  }
  const withTransactions = new Set(rebuilt.map(({ account }) => account));
  for (const { account, instrument, quantity } of positions) {
    const key = keyOf(account);
    if (quantity === undefined || isZero(quantity) || !withTransactions.has(key)) continue;
    if (rebuilt.some((one) => one.account === key && matchOf(one.instrument, instrument).at === 'same')) continue;
    found.push({
      account: key,
      instrument: nameOf(instrument),
      rebuilt: '0',
      reported: quantity,
      difference: quantity,
      why: 'not-in-transactions',
    });
  }
  return found;
}
