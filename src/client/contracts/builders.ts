// Builders of contracts that are no derivatives: plain data out.

import { shown } from '../../input/shown.js';
import { InputError } from '../input/input-error.js';
import type { ComboLegDraft, ContractOf, SecType } from './draft.js';
import { SEC_TYPES } from './draft.js';
import * as field from './fields.js';
import { type Where, where } from './where.js';

/** A share or fund share traded on an exchange. Defaults: SMART, USD. */
export function stock(symbol: string, at: Where = {}): ContractOf<'STK', 'symbol' | 'exchange' | 'currency'> {
  return { secType: 'STK', symbol: field.name('symbol', symbol), exchange: 'SMART', currency: 'USD', ...where(at) };
}

/** A currency pair: `forex('EUR.USD')`, `forex('EURUSD')` or `forex('EUR', 'USD')`. Default exchange IDEALPRO. */
export function forex(
  pair: string,
  quote?: string,
  at: Omit<Where, 'currency'> = {},
): ContractOf<'CASH', 'symbol' | 'exchange' | 'currency'> {
  const [base, other] = quote === undefined ? split(pair) : [pair, quote];
  const symbol = field.currency('symbol', base);
  const currency = field.currency('currency', other);
  if (symbol === currency) throw new InputError('currency', `must differ from ${symbol}`);
  return { secType: 'CASH', symbol, exchange: 'IDEALPRO', ...where(at), currency };
}

function split(pair: string): readonly [string, string] {
  const found = typeof pair === 'string' ? /^([A-Z]{3})[./]?([A-Z]{3})$/.exec(pair) : null;
  if (found?.[1] === undefined || found[2] === undefined)
    throw new InputError('symbol', `must be a pair such as EUR.USD, got ${shown(pair)}`);
  return [found[1], found[2]];
}

/** A coin. Defaults: USD, PAXOS. */
export function crypto(
  symbol: string,
  currency = 'USD',
  at: Omit<Where, 'currency'> = {},
): ContractOf<'CRYPTO', 'symbol' | 'exchange' | 'currency'> {
  return {
    secType: 'CRYPTO',
    symbol: field.name('symbol', symbol),
    exchange: 'PAXOS',
    ...where(at),
    currency: field.currency('currency', currency),
  };
}

/** A contract for difference. Defaults: SMART, USD. */
export function cfd(symbol: string, at: Where = {}): ContractOf<'CFD', 'symbol' | 'exchange' | 'currency'> {
  return { secType: 'CFD', symbol: field.name('symbol', symbol), exchange: 'SMART', currency: 'USD', ...where(at) };
}

/** An index: data only. The exchange has no default, the currency is USD. */
export function index(symbol: string, exchange: string, at: Where = {}): ContractOf<'IND', 'symbol' | 'exchange' | 'currency'> {
  return {
    secType: 'IND',
    symbol: field.name('symbol', symbol),
    exchange: field.name('exchange', exchange),
    currency: 'USD',
    ...where(at),
  };
}

/** A mutual fund. Defaults: FUNDSERV, USD. */
export function fund(symbol: string, at: Where = {}): ContractOf<'FUND', 'symbol' | 'exchange' | 'currency'> {
  return { secType: 'FUND', symbol: field.name('symbol', symbol), exchange: 'FUNDSERV', currency: 'USD', ...where(at) };
}

/** A spot commodity such as XAUUSD. Defaults: SMART, USD. */
export function commodity(symbol: string, at: Where = {}): ContractOf<'CMDTY', 'symbol' | 'exchange' | 'currency'> {
  return { secType: 'CMDTY', symbol: field.name('symbol', symbol), exchange: 'SMART', currency: 'USD', ...where(at) };
}

/** A news feed: `news('BRFG')` subscribes to `BRFG:BRFG_ALL`. */
export function news(provider: string, feed = `${provider}_ALL`): ContractOf<'NEWS', 'symbol' | 'exchange'> {
  const code = field.name('exchange', provider);
  return { secType: 'NEWS', symbol: `${code}:${field.name('symbol', feed)}`, exchange: code };
}

/** A combination of at least two legs. Buying it buys its BUY legs and sells its SELL legs. Defaults: SMART, USD. */
export function combo(
  symbol: string,
  legs: readonly ComboLegDraft[],
  at: Where = {},
): ContractOf<'BAG', 'symbol' | 'exchange' | 'currency' | 'comboLegs'> {
  if (!Array.isArray(legs) || legs.length < 2) throw new InputError('comboLegs', 'needs at least two legs');
  const seen = new Set<number>();
  const comboLegs = legs.map((leg, i): ComboLegDraft => {
    const at = `comboLegs[${i}]`;
    field.conId(`${at}.conId`, leg.conId);
    field.conId(`${at}.ratio`, leg.ratio);
    field.name(`${at}.exchange`, leg.exchange);
    if (leg.action !== 'BUY' && leg.action !== 'SELL')
      throw new InputError(`${at}.action`, `must be BUY or SELL, got ${shown(leg.action)}`);
    if (seen.has(leg.conId)) throw new InputError(`${at}.conId`, `${leg.conId} stands in two legs`);
    seen.add(leg.conId);
    return { ...leg };
  });
  return { secType: 'BAG', symbol: field.name('symbol', symbol), exchange: 'SMART', currency: 'USD', ...where(at), comboLegs };
}

/** Any contract by its id: the exchange is the route. Default SMART. */
export function byConId<T extends SecType>(secType: T, conId: number, at: Where = {}): ContractOf<T, 'conId' | 'exchange'> {
  if (!SEC_TYPES.includes(secType))
    throw new InputError('secType', `must be one of ${SEC_TYPES.join(', ')}, got ${shown(secType)}`);
  return { secType, exchange: 'SMART', ...where(at), conId: field.conId('conId', conId) };
}
