// Contracts in the core's words, made of what the Web API tells of them. What it does not tell is undefined.

import type { QualifiedContract } from 'ibwire';
import { decimalText } from '../endpoints/decode.js';

type Row = Readonly<Record<string, unknown>>;

/** Every name of a contract: objects of one kind have one shape. */
const BLANK = {
  conId: undefined,
  symbol: undefined,
  secType: undefined,
  lastTradeDateOrContractMonth: undefined,
  strike: undefined,
  right: undefined,
  multiplier: undefined,
  exchange: undefined,
  primaryExchange: undefined,
  currency: undefined,
  localSymbol: undefined,
  tradingClass: undefined,
  secIdType: undefined,
  secId: undefined,
  description: undefined,
  issuerId: undefined,
  deltaNeutralContract: undefined,
  includeExpired: undefined,
  comboLegsDescrip: undefined,
  comboLegs: [],
  lastTradeDate: undefined,
} satisfies { readonly [K in keyof QualifiedContract]: undefined | readonly [] };

/** What is told of a contract, the rest undefined. */
export const contractWith = (told: Partial<QualifiedContract> & { readonly conId: number }): QualifiedContract => ({
  ...BLANK,
  ...told,
});

/** Text that says something. */
export const told = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

/** `0` stands for none in what is no derivative. */
const orNone = (value: unknown): string | undefined => {
  const text = decimalText(value);
  return text === '0' ? undefined : text;
};

const DERIVATIVES: ReadonlySet<string> = new Set(['OPT', 'FOP', 'WAR', 'FUT', 'IOPT', 'EC']);
const WITH_RIGHT: ReadonlySet<string> = new Set(['OPT', 'FOP', 'WAR', 'IOPT', 'EC']);

/** Where an order or a question goes when nothing else is said. */
function exchangeOf(secType: string, listed: string | undefined): string | undefined {
  if (secType === 'CASH') return 'IDEALPRO';
  return /^(?:STK|OPT|WAR|CFD|BOND)$/.test(secType) ? 'SMART' : listed;
}

/** Reads a row of `/trsrv/secdef`, or of positions. Undefined for one without a conid. */
export function contractOf(row: Row): QualifiedContract | undefined {
  const conId = Number(told(row['conid']));
  if (!Number.isSafeInteger(conId) || conId <= 0) return undefined;
  const secType = told(row['assetClass']) ?? told(row['secType']) ?? '';
  const isDerivative = DERIVATIVES.has(secType);
  const listed = told(row['listingExchange']);
  const strike = decimalText(row['strike']);
  const right = WITH_RIGHT.has(secType) ? told(row['putOrCall'])?.[0]?.toUpperCase() : undefined;
  const symbol = told(row['ticker']) ?? (secType === 'STK' ? told(row['contractDesc']) : undefined);
  return contractWith({
    conId,
    symbol,
    secType,
    lastTradeDateOrContractMonth: isDerivative ? (told(row['lastTradingDay']) ?? told(row['expiry'])) : undefined,
    strike: right === undefined || strike === undefined ? undefined : Number(strike),
    right,
    multiplier: isDerivative ? (orNone(row['multiplier']) as QualifiedContract['multiplier']) : undefined,
    exchange: exchangeOf(secType, listed),
    primaryExchange: listed,
    currency: told(row['currency']),
    description: told(row['name']),
  });
}
