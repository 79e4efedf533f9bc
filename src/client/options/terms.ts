// What an option model needs to know, with its limits.

import type { Right } from '../contracts/draft.js';
import { InputError } from '../input/input-error.js';
import { namesOf, refuseOthers } from '../input/known-properties.js';

/** What a model has to know of an option. Prices in one currency, rates as fractions of a year. */
export interface OptionTerms {
  readonly right: Right;
  /** Price of the underlying. */
  readonly spot: number;
  readonly strike: number;
  /** Time to expiry in years; 0 at expiry. */
  readonly years: number;
  /** Continuous yearly interest rate: 0.05 is five percent. */
  readonly rate: number;
  /** Continuous yearly yield of the underlying: dividends, the foreign rate; for options on futures the rate itself. Default 0. */
  readonly yield?: number;
}

/** Terms together with a volatility per year: 0.2 is twenty percent. */
export interface PricedTerms extends OptionTerms {
  readonly volatility: number;
}

/** A price and what it depends on. Theta is per year, vega per 1.00 of volatility, rho per 1.00 of rate; see `perDayAndPoint`. */
export interface Greeks {
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
  readonly theta: number;
  readonly vega: number;
  readonly rho: number;
}

/** The same figures as market data quotes them: theta per calendar day, vega and rho per percentage point. */
export function perDayAndPoint(greeks: Greeks): Greeks {
  return { ...greeks, theta: greeks.theta / 365, vega: greeks.vega / 100, rho: greeks.rho / 100 };
}

const YEAR_MS = 365 * 24 * 3_600_000;

/** Years from now until an expiry (both epoch milliseconds), 0 when it is past. */
export function yearsUntil(expiry: number, now: number): number {
  return Math.max(0, (expiry - now) / YEAR_MS);
}

/** A volatility may stand beside the terms where it is looked for: programs keep both together. */
const termNames = namesOf<PricedTerms>({
  right: true,
  spot: true,
  strike: true,
  years: true,
  rate: true,
  yield: true,
  volatility: true,
});

/** Throws InputError for terms no model can price: beyond these limits doubles overflow. */
export function checkTerms(terms: OptionTerms): Required<OptionTerms> {
  refuseOthers(termNames, terms);
  const { right, spot, strike, years, rate, yield: paid = 0 } = terms;
  if (right !== 'C' && right !== 'P') throw new InputError('right', 'must be C or P');
  const within = (field: string, value: number, least: number, most: number): void => {
    if (!(value >= least && value <= most))
      throw new InputError(field, `must be a number from ${least} to ${most}, got ${value}`);
  };
  within('spot', spot, 1e-9, 1e12);
  within('strike', strike, 1e-9, 1e12);
  within('years', years, 0, 100);
  within('rate', rate, -1, 2);
  within('yield', paid, -1, 2);
  // Less than 32 milliseconds is no time.
  return { right, spot, strike, years: years < 1e-9 ? 0 : years, rate, yield: paid };
}

/** The same with a volatility from 0 to 50. */
export function checkPriced(terms: PricedTerms): Required<PricedTerms> {
  const { volatility } = terms;
  if (!(volatility >= 0 && volatility <= 50))
    throw new InputError('volatility', `must be a number from 0 to 50, got ${volatility}`);
  return { ...checkTerms(terms), volatility };
}
