// What option models cost: a price with Greeks, an implied volatility, a whole chain.
import { bench, describe } from 'vitest';
import { bjerksundStensland } from '../src/client/options/bjerksund-stensland.js';
import { blackScholes } from '../src/client/options/black-scholes.js';
import { impliedVolatility } from '../src/client/options/implied.js';

const terms = { right: 'P', spot: 187.5, strike: 190, years: 0.21, rate: 0.045, yield: 0.005, volatility: 0.27 } as const;
const [european, american] = [blackScholes(terms).price, bjerksundStensland(terms).price];
const strikes = Array.from({ length: 100 }, (_, i) => 140 + i);

describe('options', () => {
  bench('Black–Scholes price and Greeks', () => {
    blackScholes(terms);
  });
  bench('Bjerksund–Stensland price and Greeks', () => {
    bjerksundStensland(terms);
  });
  bench('implied volatility, European', () => {
    impliedVolatility(terms, european);
  });
  bench('implied volatility, American', () => {
    impliedVolatility(terms, american, 'american');
  });
  bench('a chain of 200 options, implied volatility and Greeks, European', () => {
    for (const strike of strikes) {
      for (const right of ['C', 'P'] as const) {
        const one = { ...terms, strike, right };
        const found = impliedVolatility(one, blackScholes(one).price);
        if (found.at === 'found') blackScholes({ ...one, volatility: found.volatility });
      }
    }
  });
});
