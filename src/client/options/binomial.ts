// American options by a binomial tree, for the corners where no closed approximation is defined.
import type { PricedTerms } from './terms.js';

const STEPS = 400;

/** The price; undefined where the tree has no probabilities (hardly any volatility). The terms are taken as checked. */
export function binomialPrice(terms: Required<PricedTerms>, steps = STEPS): number | undefined {
  const { right, spot, strike, years, rate, yield: paid, volatility } = terms;
  const sign = right === 'C' ? 1 : -1;
  const step = years / steps;
  const up = Math.exp(volatility * Math.sqrt(step));
  const chance = (Math.exp((rate - paid) * step) - 1 / up) / (up - 1 / up);
  if (!(chance >= 0 && chance <= 1)) return undefined;
  const discount = Math.exp(-rate * step);
  const [rise, fall] = [discount * chance, discount * (1 - chance)];
  const values = new Float64Array(steps + 1);
  for (let i = 0; i <= steps; i++) values[i] = Math.max(sign * (spot * up ** (2 * i - steps) - strike), 0);
  for (let n = steps - 1; n >= 0; n--) {
    let price = spot * up ** -n;
    for (let i = 0; i <= n; i++) {
      const held = rise * (values[i + 1] ?? 0) + fall * (values[i] ?? 0);
      values[i] = Math.max(held, sign * (price - strike));
      price *= up * up;
    }
  }
  return values[0];
}
