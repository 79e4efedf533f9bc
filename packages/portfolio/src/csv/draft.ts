// From what a row says to a transaction of the model: signs by direction, the absent left out, cash equivalents marked.

import { isCashEquivalent } from '../cash-equivalent.js';
import { signed } from '../decimal.js';
import {
  type AccountKey,
  type DecimalText,
  type Instrument,
  type OptionTerms,
  present,
  type Transaction,
  type TransactionKind,
} from '../model.js';
import type { CsvRecord } from './table.js';

export interface Draft {
  readonly record: CsvRecord;
  readonly account: AccountKey;
  readonly source: string;
  readonly kind: TransactionKind;
  readonly code: string;
  readonly date: string;
  readonly settle?: string | undefined;
  readonly effective?: string | undefined;
  readonly symbol?: string | undefined;
  readonly name?: string | undefined;
  readonly cusip?: string | undefined;
  readonly option?: OptionTerms | undefined;
  readonly quantity?: DecimalText | undefined;
  readonly price?: DecimalText | undefined;
  readonly fees?: DecimalText | undefined;
  readonly amount?: DecimalText | undefined;
  readonly currency?: string | undefined;
  readonly isReinvestment?: boolean | undefined;
}

/** +1 for what adds to a position, -1 for what takes from it, undefined where the kind does not tell. */
export function direction(kind: TransactionKind): 1 | -1 | undefined {
  switch (kind) {
    case 'buy':
    case 'buy-to-open':
    case 'buy-to-close':
    case 'option-assigned': // an assigned option was short
      return 1;
    case 'sell':
    case 'sell-to-open':
    case 'sell-to-close':
    case 'option-exercised':
      return -1;
    default:
      return undefined;
  }
}

function instrumentOf(draft: Draft): Instrument | undefined {
  const { option, symbol, name, cusip } = draft;
  if (option !== undefined) return present({ class: 'option' as const, name, option });
  if (symbol === undefined || symbol === '') return undefined;
  return present({
    class: isCashEquivalent(symbol, name) ? ('cash' as const) : ('stock' as const),
    symbol,
    name,
    cusip,
  }) as Instrument;
}

export function transactionOf(draft: Draft): Transaction {
  const { record, kind, date, quantity } = draft;
  const sign = direction(kind);
  return present({
    account: draft.account,
    source: draft.source,
    raw: record.raw,
    kind,
    code: draft.code,
    date,
    settle: draft.settle === date ? undefined : draft.settle,
    effective: draft.effective === date ? undefined : draft.effective,
    instrument: instrumentOf(draft),
    quantity: quantity === undefined || sign === undefined ? quantity : signed(quantity, sign),
    price: draft.price,
    fees: draft.fees,
    amount: draft.amount,
    currency: draft.currency ?? 'USD',
    isReinvestment: draft.isReinvestment === true,
    isCashEquivalent: isCashEquivalent(draft.symbol, draft.name),
  }) as Transaction;
}

/** Deposit or withdrawal by the sign of the amount. */
export function byAmount(amount: DecimalText | undefined): TransactionKind {
  if (amount === undefined) return 'transfer';
  return amount.startsWith('-') ? 'withdrawal' : 'deposit';
}
