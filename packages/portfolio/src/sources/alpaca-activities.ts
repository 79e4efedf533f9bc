// Alpaca's account activities as transactions: fills, and what moves cash or shares without a trade.

import { decimalOf, signed, times } from '../decimal.js';
import { objectOf, textOf } from '../http.js';
import { type AccountKey, present, type Transaction, type TransactionKind } from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';

const KINDS: Readonly<Record<string, TransactionKind>> = {
  DIV: 'dividend',
  DIVCGL: 'capital-gain',
  DIVCGS: 'capital-gain',
  DIVROC: 'return-of-capital',
  DIVFEE: 'fee',
  DIVFT: 'tax',
  DIVNRA: 'tax',
  DIVTW: 'tax',
  INT: 'interest',
  INTNRA: 'tax',
  INTTW: 'tax',
  CSD: 'deposit',
  CSW: 'withdrawal',
  FEE: 'fee',
  CFEE: 'fee',
  PTC: 'fee',
  ACATC: 'transfer',
  ACATS: 'transfer',
  JNLC: 'transfer',
  JNLS: 'transfer',
  SPLIT: 'split',
  SSO: 'split',
  OPASN: 'option-assigned',
  OPEXP: 'option-expired',
  OPXRC: 'option-exercised',
};
/** Here the quantity is what a payment was counted on, not what the position changed by. */
const PAID_ON: ReadonlySet<TransactionKind> = new Set([
  'dividend',
  'capital-gain',
  'return-of-capital',
  'tax',
  'fee',
  'interest',
]);

/** One activity of `/v2/account/activities`. Unknown types are kept as kind `unknown`. */
export function readAlpacaActivity(one: unknown, account: AccountKey, currency: string, source: string): Transaction {
  const raw = objectOf(one, 'Alpaca activity');
  const code = textOf(raw['activity_type']) ?? '';
  const date = (textOf(raw['transaction_time']) ?? textOf(raw['date']) ?? '').slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new PortfolioError('answer-unreadable', 'Alpaca activity: no date');
  const symbol = textOf(raw['symbol']);
  const option = symbol === undefined ? undefined : optionOf(symbol);
  const side = textOf(raw['side']);
  const kind: TransactionKind = code === 'FILL' ? (side === 'buy' ? 'buy' : 'sell') : (KINDS[code] ?? 'unknown');
  const [qty, price] = [decimalOf(raw['qty']), decimalOf(raw['price'])];
  const isFill = code === 'FILL';
  const quantity = isFill && qty !== undefined ? signed(qty, side === 'buy' ? 1 : -1) : PAID_ON.has(kind) ? undefined : qty;
  // A fill names no amount: its fees are activities of their own.
  const paid = qty === undefined || price === undefined ? undefined : times(qty, price, option === undefined ? '1' : '100');
  const amount = isFill && paid !== undefined ? signed(paid, side === 'buy' ? -1 : 1) : decimalOf(raw['net_amount']);
  return present({
    account,
    source,
    raw,
    kind,
    date,
    instrument:
      symbol === undefined
        ? undefined
        : present({ class: option === undefined ? ('stock' as const) : ('option' as const), symbol, option }),
    quantity,
    price: isFill ? price : undefined,
    amount,
    currency,
    isReinvestment: false,
    isCashEquivalent: false,
    code,
    id: textOf(raw['id']),
  }) as Transaction;
}
