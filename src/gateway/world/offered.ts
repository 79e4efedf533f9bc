/** Which series exist for which instrument. */
import type { WhatToShow } from './bar-sizes.js';
import { WorldError } from './errors.js';
import type { Instrument } from './instrument.js';
import { hasNoTrades } from './valuation.js';

const TWO_YEARS_MS = 730 * 86_400_000;

/** Refuses (`noSuchData`) series that the gateway does not have: trades of currencies, quotes of indices, expired options. */
export function checkOffered(instrument: Instrument, what: WhatToShow, now: number): void {
  const { secType, lastTradeAt } = instrument;
  const refuse = (why: string): never => {
    throw new WorldError('noSuchData', why);
  };
  if (lastTradeAt !== undefined && lastTradeAt < now) {
    if (secType !== 'FUT') refuse(`${instrument.localSymbol} has expired`);
    if (lastTradeAt < now - TWO_YEARS_MS) refuse(`${instrument.localSymbol} expired more than two years ago`);
  }
  const isTrades = what === 'TRADES' || what === 'ADJUSTED_LAST' || what === 'AGGTRADES';
  if (what === 'AGGTRADES' ? secType !== 'CRYPTO' : what === 'TRADES' && secType === 'CRYPTO')
    refuse(`${secType} has no ${what}`);
  if (isTrades && hasNoTrades(instrument)) refuse(`${secType} has no ${what}`);
  if (what === 'ADJUSTED_LAST' && secType !== 'STK' && secType !== 'FUT') refuse(`${secType} has no ${what}`);
  if (secType === 'IND' && (what === 'MIDPOINT' || what.startsWith('BID') || what === 'ASK')) refuse(`${secType} has no ${what}`);
  if (what.endsWith('VOLATILITY') && secType !== 'STK' && secType !== 'IND') refuse(`${secType} has no ${what}`);
  if (what === 'FEE_RATE' && instrument.borrowFee === undefined) refuse(`${secType} has no ${what}`);
  if (what.startsWith('YIELD') && secType !== 'BOND') refuse(`${secType} has no ${what}`);
  if (what === 'SCHEDULE') refuse('a schedule has no bars');
}
