// Black–Scholes–Merton: European options on an underlying with a continuous yield.
import { cumulative, density } from './normal.js';
import { checkPriced, type Greeks, type PricedTerms } from './terms.js';

/** Price and Greeks of a European option. Never NaN: at expiry or without volatility the limits. Throws InputError. */
export function blackScholes(terms: PricedTerms): Greeks {
  const { right, spot, strike, years, rate, yield: paid, volatility } = checkPriced(terms);
  const sign = right === 'C' ? 1 : -1;
  const discounted = spot * Math.exp(-paid * years);
  const owed = strike * Math.exp(-rate * years);
  const deviation = volatility * Math.sqrt(years);
  if (deviation < 1e-12) return certain(sign, discounted, owed, terms.spot, paid, rate, years);
  const d1 = Math.log(discounted / owed) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  const [near, far] = [cumulative(sign * d1), cumulative(sign * d2)];
  const bell = density(d1);
  const price = Math.max(sign * (discounted * near - owed * far), 0);
  return {
    price,
    delta: (sign * discounted * near) / spot,
    gamma: (discounted * bell) / (spot * spot * deviation),
    theta: -(discounted * bell * volatility) / (2 * Math.sqrt(years)) + sign * (paid * discounted * near - rate * owed * far),
    vega: discounted * bell * Math.sqrt(years),
    rho: sign * years * owed * far,
  };
}

/** Only the price, for solvers. The terms are taken as checked. */
export function europeanPrice({ right, spot, strike, years, rate, yield: paid, volatility }: Required<PricedTerms>): number {
  const sign = right === 'C' ? 1 : -1;
  const discounted = spot * Math.exp(-paid * years);
  const owed = strike * Math.exp(-rate * years);
  const deviation = volatility * Math.sqrt(years);
  if (deviation < 1e-12) return Math.max(sign * (discounted - owed), 0);
  const d1 = Math.log(discounted / owed) / deviation + deviation / 2;
  return Math.max(sign * (discounted * cumulative(sign * d1) - owed * cumulative(sign * (d1 - deviation))), 0);
}

/** Nothing is left to chance: the option is its discounted intrinsic value. Exactly at the money delta is the mean of both sides. */
function certain(
  sign: number,
  discounted: number,
  owed: number,
  spot: number,
  paid: number,
  rate: number,
  years: number,
): Greeks {
  const worth = sign * (discounted - owed);
  const share = worth > 0 ? 1 : worth === 0 ? 0.5 : 0;
  return {
    price: Math.max(worth, 0),
    delta: (sign * share * discounted) / spot,
    gamma: 0,
    theta: sign * share * (paid * discounted - rate * owed),
    vega: 0,
    rho: sign * share * years * owed,
  };
}
