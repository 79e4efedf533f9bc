// Orders and executions as the broker lists them: three forms with three spellings, read as one.

import { decimalText } from '../endpoints/decode.js';

/** What is listed of an order. Undefined: not told in this row, which is no change. */
export interface ListedOrder {
  readonly orderId: string;
  readonly account: string | undefined;
  readonly conId: number | undefined;
  readonly symbol: string | undefined;
  readonly secType: string | undefined;
  readonly action: 'BUY' | 'SELL' | undefined;
  readonly orderType: string | undefined;
  readonly tif: string | undefined;
  readonly status: string | undefined;
  readonly total: string | undefined;
  readonly filled: string | undefined;
  readonly remaining: string | undefined;
  readonly lmtPrice: string | undefined;
  /** Of a stop. */
  readonly auxPrice: string | undefined;
  readonly averagePrice: string | undefined;
  /** The reference of whoever placed it. */
  readonly orderRef: string | undefined;
  /** Why the system ended it, or other words. */
  readonly text: string | undefined;
}

export interface ListedFill {
  readonly execId: string;
  readonly orderId: string | undefined;
  readonly account: string | undefined;
  readonly conId: number | undefined;
  readonly symbol: string | undefined;
  readonly side: 'BOT' | 'SLD' | undefined;
  readonly shares: string | undefined;
  readonly price: string | undefined;
  /** Undefined until it comes. */
  readonly commission: string | undefined;
  readonly orderRef: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number | undefined;
  readonly exchange: string | undefined;
}

type Row = Readonly<Record<string, unknown>>;

/** The first of these names that says something. */
function said(row: Row, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = row[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return decimalText(value);
  }
  return undefined;
}

const amount = (row: Row, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const read = decimalText(row[name]);
    if (read !== undefined) return read;
  }
  return undefined;
};

function sideOf(value: string | undefined): 'BUY' | 'SELL' | undefined {
  if (value === undefined) return undefined;
  if (/^(?:B|BUY|BOT)$/i.test(value)) return 'BUY';
  return /^(?:S|SELL|SLD|SSHORT)$/i.test(value) ? 'SELL' : undefined;
}

/** Words of the lists for the official names of order types. */
const TYPES: Readonly<Record<string, string>> = {
  LIMIT: 'LMT',
  MARKET: 'MKT',
  STOP: 'STP',
  STOP_LIMIT: 'STP LMT',
  'STOP LIMIT': 'STP LMT',
  STP_LIMIT: 'STP LMT',
  TRAILING_STOP: 'TRAIL',
  'TRAILING STOP': 'TRAIL',
  TRAILING_STOP_LIMIT: 'TRAIL LIMIT',
  TRAILLMT: 'TRAIL LIMIT',
  MARKETONCLOSE: 'MOC',
  LIMITONCLOSE: 'LOC',
  MIDPRICE: 'MIDPRICE',
};

const typeOf = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : (TYPES[value.toUpperCase()] ?? value.toUpperCase());

/** Undefined for a row without an order id: it says nothing of any order. */
export function readListedOrder(row: Row): ListedOrder | undefined {
  const orderId = said(row, 'orderId', 'order_id');
  if (orderId === undefined || !(Number(orderId) > 0)) return undefined;
  const conId = Number(said(row, 'conid'));
  // `size` is what remains in one form, and the total in none.
  const total = amount(row, 'totalSize', 'total_size');
  return {
    orderId,
    account: said(row, 'acct', 'account'),
    conId: Number.isSafeInteger(conId) && conId > 0 ? conId : undefined,
    symbol: said(row, 'ticker', 'symbol'),
    secType: said(row, 'secType', 'sec_type'),
    action: sideOf(said(row, 'side')),
    orderType: typeOf(said(row, 'origOrderType', 'order_type', 'orderType')),
    tif: said(row, 'timeInForce', 'tif'),
    status: said(row, 'status', 'order_status'),
    total,
    filled: amount(row, 'filledQuantity', 'cum_fill'),
    remaining: amount(row, 'remainingQuantity') ?? (row['total_size'] === undefined ? undefined : amount(row, 'size')),
    lmtPrice: amount(row, 'price', 'limit_price'),
    auxPrice: amount(row, 'auxPrice', 'stop_price'),
    averagePrice: amount(row, 'avgPrice', 'average_price'),
    orderRef: said(row, 'order_ref'),
    text: said(row, 'order_cancellation_by_system_reason', 'text'),
  };
}

/** Undefined for a row without an execution id. */
export function readListedFill(row: Row): ListedFill | undefined {
  const execId = said(row, 'execution_id');
  if (execId === undefined) return undefined;
  const conId = Number(said(row, 'conid'));
  const action = sideOf(said(row, 'side'));
  const at = Number(row['trade_time_r']);
  return {
    execId,
    orderId: said(row, 'order_id'),
    account: said(row, 'account', 'accountCode'),
    conId: Number.isSafeInteger(conId) && conId > 0 ? conId : undefined,
    symbol: said(row, 'symbol'),
    side: action === undefined ? undefined : action === 'BUY' ? 'BOT' : 'SLD',
    shares: amount(row, 'size'),
    price: amount(row, 'price'),
    commission: amount(row, 'commission'),
    orderRef: said(row, 'order_ref'),
    at: at > 0 ? at : undefined,
    exchange: said(row, 'exchange'),
  };
}

/** Later rows over earlier ones; what a row does not tell stays as it was. */
export function merged<T extends object>(before: T | undefined, row: T): T {
  if (before === undefined) return row;
  const told = Object.entries(row).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(told) };
}
