// SnapTrade's account activities as transactions. Their ids may change when they are asked for again: they are none of ours.

import { isCashEquivalent } from '../cash-equivalent.js';
import { decimalOf, signed } from '../decimal.js';
import { objectOf, textOf } from '../http.js';
import { type AccountKey, present, type Transaction, type TransactionKind } from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';

const KINDS: Readonly<Record<string, TransactionKind>> = {
  BUY: 'buy',
  SELL: 'sell',
  DIVIDEND: 'dividend',
  CONTRIBUTION: 'deposit',
  WITHDRAWAL: 'withdrawal',
  REI: 'buy',
  STOCK_DIVIDEND: 'split',
  INTEREST: 'interest',
  FEE: 'fee',
  TAX: 'tax',
  OPTIONEXPIRATION: 'option-expired',
  OPTIONASSIGNMENT: 'option-assigned',
  OPTIONEXERCISE: 'option-exercised',
  TRANSFER: 'transfer',
  EXTERNAL_ASSET_TRANSFER_IN: 'transfer',
  EXTERNAL_ASSET_TRANSFER_OUT: 'transfer',
  SPLIT: 'split',
};
const OPTION_KINDS: Readonly<Record<string, TransactionKind>> = {
  BUY_TO_OPEN: 'buy-to-open',
  BUY_TO_CLOSE: 'buy-to-close',
  SELL_TO_OPEN: 'sell-to-open',
  SELL_TO_CLOSE: 'sell-to-close',
};

const inner = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** One activity. Unknown types are kept as kind `unknown`. */
export function readSnapTradeActivity(one: unknown, account: AccountKey, source: string): Transaction {
  const raw = objectOf(one, 'SnapTrade activity');
  const code = textOf(raw['type']) ?? '';
  const date = (textOf(raw['trade_date']) ?? textOf(raw['settlement_date']) ?? '').slice(0, 10);
  const currency = textOf(raw['currency']) ?? textOf(inner(raw['currency'])['code']);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || currency === undefined)
    throw new PortfolioError('answer-unreadable', 'SnapTrade activity: no date or no currency');
  const settle = textOf(raw['settlement_date'])?.slice(0, 10);
  const [named, series] = [inner(raw['symbol']), inner(raw['option_symbol'])];
  const occ = textOf(series['ticker']);
  const option = occ === undefined ? undefined : optionOf(occ);
  const symbol = occ ?? textOf(named['symbol']) ?? textOf(named['raw_symbol']);
  const name = textOf(named['description']) ?? textOf(raw['description']);
  const kind = OPTION_KINDS[textOf(raw['option_type']) ?? ''] ?? KINDS[code] ?? 'unknown';
  const units = decimalOf(raw['units']);
  const isTrade = /^(?:buy|sell)/.test(kind);
  const unsigned = units?.replace('-', '');
  const quantity = isTrade && unsigned !== undefined ? signed(unsigned, kind.startsWith('buy') ? 1 : -1) : units;
  const isCash = isCashEquivalent(symbol, name);
  return present({
    account,
    source,
    raw,
    kind,
    date,
    settle: settle === date ? undefined : settle,
    instrument:
      symbol === undefined
        ? undefined
        : present({
            class: isCash ? ('cash' as const) : option === undefined ? ('stock' as const) : ('option' as const),
            symbol,
            name,
            figi: textOf(named['figi_code']),
            option,
          }),
    // 0 units is how payments without shares are told
    quantity: quantity === undefined || Number(quantity) === 0 ? undefined : quantity,
    price: isTrade ? decimalOf(raw['price']) : undefined,
    fees: decimalOf(raw['fee']),
    amount: decimalOf(raw['amount']),
    currency,
    isReinvestment: code === 'REI',
    isCashEquivalent: isCash,
    code,
  }) as Transaction;
}
