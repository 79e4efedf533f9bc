/** Option prices and Greeks: Black and Scholes with a continuous yield (Merton), which is Black's model when yield equals rate. */

const ROOT_TWO_PI = 2.5066282746310002;

/** Cumulative normal distribution to about 15 digits (Hart's rational approximation and a continued fraction for the tails). */
export function cumulativeNormal(x: number): number {
  const y = Math.abs(x);
  let tail: number;
  if (y > 37) tail = 0;
  else {
    const e = Math.exp((-y * y) / 2);
    if (y < 7.07106781186547) {
      const upper =
        (((((0.0352624965998911 * y + 0.700383064443688) * y + 6.37396220353165) * y + 33.912866078383) * y + 112.079291497871) *
          y +
          221.213596169931) *
          y +
        220.206867912376;
      const lower =
        ((((((0.0883883476483184 * y + 1.75566716318264) * y + 16.064177579207) * y + 86.7807322029461) * y + 296.564248779674) *
          y +
          637.333633378831) *
          y +
          793.826512519948) *
          y +
        440.413735824752;
      tail = (e * upper) / lower;
    } else tail = e / (y + 1 / (y + 2 / (y + 3 / (y + 4 / (y + 0.65))))) / ROOT_TWO_PI;
  }
  return x > 0 ? 1 - tail : tail;
}

/** The terms of one option at one moment. */
export interface OptionTerms {
  readonly strike: number;
  readonly isPut: boolean;
  /** Years to expiry, above 0. */
  readonly years: number;
  /** Yearly volatility, above 0. */
  readonly volatility: number;
  /** Continuous rates per year. */
  readonly rate: number;
  readonly yield: number;
  /** May be exercised early: never worth less than exercise. */
  readonly isAmerican: boolean;
}

export interface Greeks {
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
  /** Per one point of volatility in percent. */
  readonly vega: number;
  /** Per calendar day. */
  readonly theta: number;
}

/** Fair value at a price of the underlying, within the bounds of no arbitrage. */
export function optionPrice(spot: number, terms: OptionTerms): number {
  const { strike, isPut, years, volatility, rate } = terms;
  const width = volatility * Math.sqrt(years);
  const forwardSpot = spot * Math.exp(-terms.yield * years);
  const presentStrike = strike * Math.exp(-rate * years);
  const d1 = Math.log(forwardSpot / presentStrike) / width + width / 2;
  const d2 = d1 - width;
  const fair = isPut
    ? presentStrike * cumulativeNormal(-d2) - forwardSpot * cumulativeNormal(-d1)
    : forwardSpot * cumulativeNormal(d1) - presentStrike * cumulativeNormal(d2);
  const european = isPut ? presentStrike - forwardSpot : forwardSpot - presentStrike;
  const exercise = terms.isAmerican ? (isPut ? strike - spot : spot - strike) : 0;
  return Math.max(fair, european, exercise, 0);
}

/** Value and sensitivities. */
export function greeks(spot: number, terms: OptionTerms): Greeks {
  const { strike, isPut, years, volatility, rate } = terms;
  const root = Math.sqrt(years);
  const width = volatility * root;
  const discount = Math.exp(-rate * years);
  const growth = Math.exp(-terms.yield * years);
  const d1 = (Math.log(spot / strike) + (rate - terms.yield) * years) / width + width / 2;
  const d2 = d1 - width;
  const density = Math.exp((-d1 * d1) / 2) / ROOT_TWO_PI;
  const sign = isPut ? -1 : 1;
  const decay = (-spot * growth * density * volatility) / (2 * root);
  const carry =
    terms.yield * spot * growth * cumulativeNormal(sign * d1) - rate * strike * discount * cumulativeNormal(sign * d2);
  return {
    price: optionPrice(spot, terms),
    delta: sign * growth * cumulativeNormal(sign * d1),
    gamma: (growth * density) / (spot * width),
    vega: (spot * growth * density * root) / 100,
    theta: (decay + sign * carry) / 365,
  };
}

/** Volatility at which the model gives a price; undefined when no volatility from 0.0001 to 10 does. */
export function impliedVolatility(price: number, spot: number, terms: Omit<OptionTerms, 'volatility'>): number | undefined {
  let low = 1e-4;
  let high = 10;
  const at = (volatility: number): number => optionPrice(spot, { ...terms, volatility });
  if (!(price >= at(low) - 1e-12) || !(price <= at(high))) return undefined;
  for (let i = 0; i < 80 && high - low > 1e-10; i++) {
    const middle = (low + high) / 2;
    if (at(middle) < price) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
