// Order types of option and combination trading: box top, volatility, price improvement, legged combinations.
import type { Action, OrderOf } from '../draft.js';
import type { Amount } from './amount.js';
import { assemble } from './assemble.js';
import type { MarketOptions, RestingOptions } from './attributes.js';
import type { StockRange } from './pegged.js';
import { moved, type StartedTrail, type Trail, type TrailLimitPrice } from './trailing.js';

/** At the best price; what is left rests at the price of the fill (BOX). */
export function boxTop(action: Action, size: Amount, options: RestingOptions = {}): OrderOf<'BOX TOP'> {
  return assemble('BOX TOP', action, size, {}, options);
}

/** What a volatility order says. `volatility` in percent. */
export interface VolatilityTerms extends StockRange {
  readonly volatility: Amount;
  readonly per: 'day' | 'year';
  readonly continuousUpdate?: boolean;
  /** Which price of the stock: the average of bid and ask, or the one that limits risk. */
  readonly reference?: 'average' | 'bidOrAsk';
  readonly lmtPrice?: Amount;
}

const volatilityPrices = ({ per, reference, ...rest }: VolatilityTerms) => ({
  ...rest,
  volatilityType: per === 'day' ? (1 as const) : (2 as const),
  ...(reference !== undefined && { referencePriceType: reference === 'average' ? (1 as const) : (2 as const) }),
});

/** Limited by implied volatility. A delta-neutral part goes into the options. */
export function volatility(
  action: Action,
  size: Amount,
  terms: VolatilityTerms,
  options: RestingOptions = {},
): OrderOf<'VOL', 'volatility'> {
  return assemble('VOL', action, size, volatilityPrices(terms), options);
}

/** A volatility pegged to primary, midpoint, market or the surface. */
export function pegVolatility(
  to: 'primary' | 'midpoint' | 'market' | 'surface',
  action: Action,
  size: Amount,
  terms: VolatilityTerms,
  options: RestingOptions = {},
): OrderOf<'PPV' | 'PDV' | 'PMV' | 'PSV', 'volatility'> {
  const types = { primary: 'PPV', midpoint: 'PDV', market: 'PMV', surface: 'PSV' } as const;
  return assemble<'PPV' | 'PDV' | 'PMV' | 'PSV', 'volatility'>(types[to], action, size, volatilityPrices(terms), options);
}

/** A limit order in a price improvement auction of BOX. */
export function boxAuction(
  action: Action,
  size: Amount,
  lmtPrice: Amount,
  terms: {
    readonly strategy: 'match' | 'improvement' | 'transparent';
    readonly startingPrice: Amount;
    readonly stockRefPrice?: Amount;
    readonly delta?: Amount;
  },
  options: RestingOptions = {},
): OrderOf<'LMT', 'lmtPrice' | 'auctionStrategy'> {
  const { strategy, ...prices } = terms;
  const auctionStrategy = ({ match: 1, improvement: 2, transparent: 3 } as const)[strategy];
  return assemble('LMT', action, size, { lmtPrice, ...prices }, { ...options, auctionStrategy });
}

/** A request for a quote. */
export function requestForQuote(action: Action, size: Amount, options: MarketOptions = {}): OrderOf<'QUOTE'> {
  return assemble('QUOTE', action, size, {}, options);
}

/** The guaranteed VWAP order type; gateways no longer offer it (for the algo see `vwap`). */
export function guaranteedVwap(action: Action, size: Amount, options: MarketOptions = {}): OrderOf<'VWAP'> {
  return assemble('VWAP', action, size, {}, options);
}

/** A combination: one leg at a limit, then the others at the market. */
export function comboLimitMarket(
  action: Action,
  size: Amount,
  lmtPrice: Amount,
  options: RestingOptions = {},
): OrderOf<'LMT + MKT', 'lmtPrice'> {
  return assemble('LMT + MKT', action, size, { lmtPrice }, options);
}

/** A combination: one leg relative, then the others at a limit. */
export function comboRelativeLimit(
  action: Action,
  size: Amount,
  lmtPrice: Amount,
  offset: Amount,
  options: RestingOptions = {},
): OrderOf<'REL + LMT', 'lmtPrice' | 'auxPrice'> {
  return assemble('REL + LMT', action, size, { lmtPrice, auxPrice: offset }, options);
}

/** A combination: one leg relative, then the others at the market. */
export function comboRelativeMarket(
  action: Action,
  size: Amount,
  offset: Amount,
  options: RestingOptions = {},
): OrderOf<'REL + MKT', 'auxPrice'> {
  return assemble('REL + MKT', action, size, { auxPrice: offset }, options);
}

/** A combination: a trailing limit, then the others at the market. */
export function comboTrailLimitMarket(
  action: Action,
  size: Amount,
  by: StartedTrail,
  limit: TrailLimitPrice,
  options: RestingOptions = {},
): OrderOf<'TRAIL LMT + MKT'> {
  return assemble('TRAIL LMT + MKT', action, size, { ...moved(by), ...limit }, options);
}

/** A combination: a trailing relative order, then the others at the market. */
export function comboTrailRelativeMarket(
  action: Action,
  size: Amount,
  by: Trail,
  options: RestingOptions = {},
): OrderOf<'TRAIL REL + MKT'> {
  return assemble('TRAIL REL + MKT', action, size, moved(by), options);
}
