// Builders of derivatives: options, warrants, event contracts, futures.
import type { ContractOf, Right, SecType } from './draft.js';
import * as field from './fields.js';
import { type DerivativeWhere, where } from './where.js';

/** A strike: number, decimal text or Big. */
type Decimal = Parameters<typeof field.strike>[1];
type OptionKeys = 'symbol' | 'lastTradeDateOrContractMonth' | 'strike' | 'right' | 'exchange' | 'currency';

function derivative<T extends SecType>(
  secType: T,
  symbol: string,
  expiry: string,
  strike: Decimal,
  right: Right,
  at: DerivativeWhere,
  defaults: { readonly exchange: string; readonly currency: string },
): ContractOf<T, OptionKeys> {
  return {
    secType,
    symbol: field.name('symbol', symbol),
    lastTradeDateOrContractMonth: field.expiry('lastTradeDateOrContractMonth', expiry),
    strike: field.strike('strike', strike),
    right: field.right('right', right),
    ...defaults,
    ...where(at),
  };
}

/** An option on a stock or index. Defaults: SMART, USD. Expiry `yyyyMMdd` (or `2026-06-18`). */
export function option(
  symbol: string,
  expiry: string,
  strike: Decimal,
  right: Right,
  at: DerivativeWhere = {},
): ContractOf<'OPT', OptionKeys> {
  return derivative('OPT', symbol, expiry, strike, right, at, { exchange: 'SMART', currency: 'USD' });
}

/** An option on a future: the exchange has no default. Default currency USD. */
export function futureOption(
  symbol: string,
  expiry: string,
  strike: Decimal,
  right: Right,
  exchange: string,
  at: DerivativeWhere = {},
): ContractOf<'FOP', OptionKeys> {
  return derivative('FOP', symbol, expiry, strike, right, at, { exchange: field.name('exchange', exchange), currency: 'USD' });
}

/** A warrant. The currency has no default: few trade in USD. */
export function warrant(
  symbol: string,
  expiry: string,
  strike: Decimal,
  right: Right,
  at: DerivativeWhere & { readonly exchange: string; readonly currency: string },
): ContractOf<'WAR', OptionKeys> {
  return derivative('WAR', symbol, expiry, strike, right, at, needed(at));
}

/** A structured product (Dutch warrant). Exchange and currency have no default. */
export function structured(
  symbol: string,
  expiry: string,
  strike: Decimal,
  right: Right,
  at: DerivativeWhere & { readonly exchange: string; readonly currency: string },
): ContractOf<'IOPT', OptionKeys> {
  return derivative('IOPT', symbol, expiry, strike, right, at, needed(at));
}

/** An event contract. Default currency USD. */
export function eventContract(
  symbol: string,
  expiry: string,
  strike: Decimal,
  right: Right,
  exchange: string,
  at: DerivativeWhere = {},
): ContractOf<'EC', OptionKeys> {
  return derivative('EC', symbol, expiry, strike, right, at, { exchange: field.name('exchange', exchange), currency: 'USD' });
}

function needed(at: { readonly exchange: string; readonly currency: string }): { exchange: string; currency: string } {
  return { exchange: field.name('exchange', at?.exchange), currency: field.currency('currency', at?.currency) };
}

/** A future of one month (`yyyyMM`) or last trade date (`yyyyMMdd`). Default currency USD. */
export function future(
  symbol: string,
  expiry: string,
  exchange: string,
  at: DerivativeWhere = {},
): ContractOf<'FUT', 'symbol' | 'lastTradeDateOrContractMonth' | 'exchange' | 'currency'> {
  return {
    secType: 'FUT',
    symbol: field.name('symbol', symbol),
    lastTradeDateOrContractMonth: field.expiry('lastTradeDateOrContractMonth', expiry),
    exchange: field.name('exchange', exchange),
    currency: 'USD',
    ...where(at),
  };
}

/** The continuous future: for history only, it cannot be ordered. */
export function continuousFuture(
  symbol: string,
  exchange: string,
  at: DerivativeWhere = {},
): ContractOf<'CONTFUT', 'symbol' | 'exchange' | 'currency'> {
  return {
    secType: 'CONTFUT',
    symbol: field.name('symbol', symbol),
    exchange: field.name('exchange', exchange),
    currency: 'USD',
    ...where(at),
  };
}
