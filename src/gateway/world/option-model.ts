/** Which terms the simulated market prices an option with: its smile, its time, the rates. */
import { cumulativeNormal, type OptionTerms } from './black-scholes.js';
import { BLOCK_MS } from './calendar.js';
import type { Instrument } from './instrument.js';

/** One rate for all currencies, per year. */
export const INTEREST_RATE = 0.04;
const YEAR_MS = 365 * 86_400_000;

/** True for what is priced by the model: options, options on futures, warrants. */
export function isModelled({ secType }: Instrument): boolean {
  return secType === 'OPT' || secType === 'FOP' || secType === 'WAR';
}

/**
 * Terms for the quarter of an hour that begins at `block`. They stay the same within it, so that over a bar the price
 * depends on the underlying alone and rises or falls with it.
 * `reference` is the underlying's close of the day before: the smile sticks to strikes for a day.
 */
export function termsAt(option: Instrument, block: number, reference: number): OptionTerms {
  const strike = option.strike ?? 0;
  const years = Math.max(BLOCK_MS / 4, (option.lastTradeAt ?? block) - block) / YEAR_MS;
  const distance = Math.log(strike / reference) / Math.sqrt(years + 0.08);
  const smile = Math.min(2.5, Math.max(0.6, 1 - 0.28 * distance + 0.35 * distance * distance));
  return {
    strike,
    isPut: option.right === 'P',
    years,
    volatility: option.volatility * 1.08 * smile,
    rate: INTEREST_RATE,
    yield: option.secType === 'FOP' ? INTEREST_RATE : option.dividendYield,
    isAmerican: option.exerciseStyle === 'american',
  };
}

/** The same as `optionPrice`, with all that does not depend on the underlying computed beforehand. */
export function pricerOf(terms: OptionTerms): (spot: number) => number {
  const { strike, isPut, years, volatility, isAmerican } = terms;
  const width = volatility * Math.sqrt(years);
  const growth = Math.exp(-terms.yield * years);
  const presentStrike = strike * Math.exp(-terms.rate * years);
  return (spot) => {
    const forward = spot * growth;
    const d1 = Math.log(forward / presentStrike) / width + width / 2;
    const fair = isPut
      ? presentStrike * cumulativeNormal(width - d1) - forward * cumulativeNormal(-d1)
      : forward * cumulativeNormal(d1) - presentStrike * cumulativeNormal(d1 - width);
    const european = isPut ? presentStrike - forward : forward - presentStrike;
    const exercise = isAmerican ? (isPut ? strike - spot : spot - strike) : 0;
    return Math.max(fair, european, exercise, 0);
  };
}
