import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Right } from '../../../src/client/contracts/draft.js';
import { InputError } from '../../../src/client/input/input-error.js';
import { binomialPrice } from '../../../src/client/options/binomial.js';
import { bjerksundStensland } from '../../../src/client/options/bjerksund-stensland.js';
import { blackScholes } from '../../../src/client/options/black-scholes.js';
import { impliedVolatility } from '../../../src/client/options/implied.js';
import { bivariate, cumulative } from '../../../src/client/options/normal.js';
import { type Greeks, type PricedTerms, perDayAndPoint, yearsUntil } from '../../../src/client/options/terms.js';

type Row = readonly [Right, number, number, number, number, number, number, keyof Greeks, string];
interface Reference {
  readonly european: readonly { readonly source: string; readonly row: Row }[];
  readonly american: {
    readonly rows: readonly (readonly [spot: number, volatility: number, years: number, call: string, put: string])[];
  };
}
const reference: Reference = JSON.parse(
  readFileSync(new URL('../../../fixtures/options/reference-values.json', import.meta.url), 'utf8'),
);
const digits = (value: string): number => value.split('.')[1]?.length ?? 0;

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1, 0.15865525393145705],
    [-3, 0.0013498980316300946],
    [-5, 2.866515718791939e-7],
    [-10, 7.61985302416052e-24],
    [40, 1],
    [-40, 0],
  ])('up to %d is %d', (x, expected) => {
    expect(Math.abs(cumulative(x) - expected)).toBeLessThanOrEqual(1e-12 * expected);
  });

  it.each([
    [0, 0, 0.5, 1 / 3],
    [0, 0, -0.5, 1 / 6],
    [0, 0, Math.SQRT1_2, 3 / 8],
    [1, 40, 0.5, 0.8413447460685429],
    [-40, 1, 0.5, 0],
    [0.7, -0.2, 0, 0.31897],
  ])('of two variables up to %d and %d with correlation %d is %d', (a, b, rho, expected) => {
    expect(bivariate(a, b, rho)).toBeCloseTo(expected, expected === 0.31897 ? 4 : 13);
  });

  it('of two variables agrees with a plain sum over the one given the other', () => {
    const plain = (a: number, b: number, rho: number): number => {
      const [steps, from] = [20_000, -9];
      const width = (a - from) / steps;
      let sum = 0;
      for (let i = 0; i < steps; i++) {
        const x = from + (i + 0.5) * width;
        sum += Math.exp(-0.5 * x * x) * cumulative((b - rho * x) / Math.sqrt(1 - rho * rho)) * width;
      }
      return sum / Math.sqrt(2 * Math.PI);
    };
    for (const [a, b, rho] of [
      [0.5, -0.3, 0.786],
      [-1.2, 0.4, -0.786],
      [2, 1.5, 0.786],
      [-2.5, -2, 0.786],
    ] as const) {
      expect(bivariate(a, b, rho)).toBeCloseTo(plain(a, b, rho), 8);
    }
  });
});

describe('Black–Scholes–Merton', () => {
  it.each(reference.european)('gives the published value: $source', ({ row }) => {
    const [right, spot, strike, years, rate, paid, volatility, figure, value] = row;
    const greeks = blackScholes({ right, spot, strike, years, rate, yield: paid, volatility });
    expect(greeks[figure].toFixed(digits(value))).toBe(value);
  });

  it('gives limits at expiry and without volatility', () => {
    const terms = { spot: 110, strike: 100, rate: 0.05, volatility: 0.2, years: 0 };
    expect(blackScholes({ ...terms, right: 'C' })).toMatchObject({ price: 10, delta: 1, gamma: 0, vega: 0 });
    expect(blackScholes({ ...terms, right: 'P' })).toMatchObject({ price: 0, gamma: 0 });
    expect(blackScholes({ ...terms, right: 'C', spot: 100 })).toMatchObject({ price: 0, delta: 0.5 });
    expect(blackScholes({ ...terms, right: 'C', years: 1, volatility: 0 }).price).toBeCloseTo(110 - 100 * Math.exp(-0.05), 12);
  });

  it('quotes theta per day, vega and rho per point', () => {
    expect(perDayAndPoint({ price: 1, delta: 2, gamma: 3, theta: 365, vega: 100, rho: 200 })).toStrictEqual({
      price: 1,
      delta: 2,
      gamma: 3,
      theta: 1,
      vega: 1,
      rho: 2,
    });
  });

  it('counts years to an expiry, none when it is past', () => {
    expect(yearsUntil(365 * 86_400_000, 0)).toBe(1);
    expect(yearsUntil(0, 1)).toBe(0);
  });

  it.each([
    ['spot', { spot: 0 }],
    ['spot', { spot: Number.NaN }],
    ['strike', { strike: -1 }],
    ['years', { years: -0.1 }],
    ['years', { years: Number.POSITIVE_INFINITY }],
    ['rate', { rate: 5 }],
    ['volatility', { volatility: -0.1 }],
    ['volatility', { volatility: Number.NaN }],
    ['right', { right: 'X' }],
  ])('refuses a wrong %s', (field, wrong) => {
    const terms = { right: 'C', spot: 100, strike: 100, years: 1, rate: 0.05, volatility: 0.2, ...wrong } as PricedTerms;
    for (const model of [blackScholes, bjerksundStensland]) {
      expect(() => model(terms)).toThrowError(InputError);
      expect(() => model(terms)).toThrowError(expect.objectContaining({ field }));
    }
  });
});

describe('Bjerksund–Stensland', () => {
  it.each(reference.american.rows)(
    'gives the published values at %d, volatility %d, %d years',
    (spot, volatility, years, call, put) => {
      const terms = { spot, strike: 100, years, rate: 0.1, yield: 0.1, volatility };
      expect(bjerksundStensland({ ...terms, right: 'C' }).price.toFixed(4)).toBe(call);
      expect(bjerksundStensland({ ...terms, right: 'P' }).price.toFixed(4)).toBe(put);
    },
  );

  it('prices a call without yield as a European one', () => {
    const terms = { right: 'C', spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 } as const;
    expect(bjerksundStensland(terms).price).toBe(blackScholes(terms).price);
  });

  it('is worth exercising at once where it is deep in the money', () => {
    const greeks = bjerksundStensland({ right: 'P', spot: 50, strike: 100, years: 1, rate: 0.08, volatility: 0.2 });
    expect(greeks.price).toBe(50);
    expect(greeks.delta).toBeCloseTo(-1, 9);
    expect(greeks.gamma).toBeCloseTo(0, 6);
  });

  it('stands on a tree where rates below zero make early exercise of a call pay', () => {
    const terms = { right: 'C', spot: 120, strike: 100, years: 1, rate: -0.05, yield: 0.02, volatility: 0.1 } as const;
    const { price } = bjerksundStensland(terms);
    expect(price).toBeGreaterThanOrEqual(20);
    expect(price).toBeGreaterThan(blackScholes(terms).price);
  });
});

describe('implied volatility', () => {
  it('finds the published one (Hull: 1.875 for a three-month call, 23.5 percent)', () => {
    const found = impliedVolatility({ right: 'C', spot: 21, strike: 20, years: 0.25, rate: 0.1 }, 1.875);
    expect(found.at === 'found' ? found.volatility.toFixed(3) : found.why).toBe('0.235');
  });

  const call = { right: 'C', spot: 110, strike: 100, years: 0.5, rate: 0.05 } as const;
  const least = 110 - 100 * Math.exp(-0.025);
  it.each([
    ['expired', { ...call, years: 0 }, 12],
    ['belowIntrinsic', call, 5],
    ['noTimeValue', call, least],
    ['aboveBound', call, 110.5],
    ['notANumber', call, Number.NaN],
    ['notANumber', call, Number.POSITIVE_INFINITY],
    ['noTimeValue', { ...call, strike: 1e6 }, 0],
    ['belowIntrinsic', call, -1],
  ] as const)('says %s where there is none', (why, terms, price) => {
    expect(impliedVolatility(terms, price)).toStrictEqual({ at: 'none', why });
  });

  it('finds one for American options', () => {
    const terms = { right: 'P', spot: 100, strike: 100, years: 0.5, rate: 0.1, yield: 0.1 } as const;
    const found = impliedVolatility(terms, bjerksundStensland({ ...terms, volatility: 0.25 }).price, 'american');
    expect(found.at === 'found' && found.volatility).toBeCloseTo(0.25, 8);
    expect(impliedVolatility({ ...terms, spot: 50 }, 50, 'american')).toStrictEqual({ at: 'none', why: 'noTimeValue' });
    expect(impliedVolatility({ ...terms, spot: 50 }, 49, 'american')).toStrictEqual({ at: 'none', why: 'belowIntrinsic' });
  });
});

describe('properties', () => {
  const right = fc.constantFrom<Right>('C', 'P');
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const usual = fc.record({
    right,
    spot: number(20, 200),
    strike: number(20, 200),
    years: number(0.01, 3),
    rate: number(0, 0.12),
    yield: number(0, 0.12),
    volatility: number(0.05, 1),
  });
  const wild = fc.record({
    right,
    spot: fc.oneof(number(1e-9, 1e12), number(1, 200), fc.constant(100)),
    strike: fc.oneof(number(1e-9, 1e12), number(1, 200), fc.constant(100)),
    years: fc.oneof(number(0, 100), number(0, 1e-6), fc.constant(0)),
    rate: fc.oneof(number(-1, 2), fc.constant(0)),
    yield: fc.oneof(number(-1, 2), fc.constant(0)),
    volatility: fc.oneof(number(0, 50), number(0, 1e-3), fc.constant(0)),
  });
  const run = { seed: 24, numRuns: 400 };
  const models = [
    ['Black–Scholes', blackScholes],
    ['Bjerksund–Stensland', bjerksundStensland],
  ] as const;

  it.each(models)('%s never gives NaN, an infinity, or less than nothing, however wild the terms', (_, model) => {
    fc.assert(
      fc.property(wild, (terms) => {
        const greeks = model(terms);
        for (const figure of Object.values(greeks)) expect(Number.isFinite(figure)).toBe(true);
        expect(greeks.price).toBeGreaterThanOrEqual(0);
      }),
      run,
    );
  });

  it('put and call are in parity', () => {
    fc.assert(
      fc.property(usual, (terms) => {
        const { spot, strike, years, rate, yield: paid } = terms;
        const [call, put] = [blackScholes({ ...terms, right: 'C' }), blackScholes({ ...terms, right: 'P' })];
        const forward = spot * Math.exp(-paid * years) - strike * Math.exp(-rate * years);
        expect(call.price - put.price).toBeCloseTo(forward, 9);
        expect(call.delta - put.delta).toBeCloseTo(Math.exp(-paid * years), 9);
        expect(call.gamma).toBeCloseTo(put.gamma, 9);
        expect(call.vega).toBeCloseTo(put.vega, 9);
      }),
      run,
    );
  });

  it('prices stay within their bounds, and American ones are never below European ones or exercise', () => {
    fc.assert(
      fc.property(usual, (terms) => {
        const { spot, strike } = terms;
        const [european, american] = [blackScholes(terms).price, bjerksundStensland(terms).price];
        const intrinsic = Math.max(terms.right === 'C' ? spot - strike : strike - spot, 0);
        expect(european).toBeLessThanOrEqual(terms.right === 'C' ? spot : strike);
        expect(american).toBeLessThanOrEqual(terms.right === 'C' ? spot : strike);
        expect(american).toBeGreaterThanOrEqual(Math.max(european, intrinsic));
      }),
      run,
    );
  });

  it.each(models)(
    '%s rises with volatility, and with the spot for a call, falls with it for a put',
    (_, model) => {
      fc.assert(
        fc.property(usual, number(1.001, 1.5), (terms, factor) => {
          const { price } = model(terms);
          const slack = 1e-9 * terms.spot + 2e-3 * price;
          expect(model({ ...terms, volatility: terms.volatility * factor }).price).toBeGreaterThanOrEqual(price - slack);
          const moved = model({ ...terms, spot: terms.spot * factor }).price;
          if (terms.right === 'C') expect(moved).toBeGreaterThanOrEqual(price - slack);
          else expect(moved).toBeLessThanOrEqual(price + slack);
        }),
        run,
      );
    },
    120_000,
  );

  it('Greeks are the differences of prices', () => {
    fc.assert(
      fc.property(usual, (terms) => {
        const { spot, years, rate, volatility } = terms;
        fc.pre(volatility * Math.sqrt(years) > 0.02);
        const greeks = blackScholes(terms);
        const price = (change: Partial<PricedTerms>): number => blackScholes({ ...terms, ...change }).price;
        const h = 1e-5;
        const near = (value: number, expected: number): void =>
          expect(Math.abs(value - expected)).toBeLessThan(1e-4 * (1 + Math.abs(expected) + spot / 100));
        near((price({ spot: spot * (1 + h) }) - price({ spot: spot * (1 - h) })) / (2 * spot * h), greeks.delta);
        near((price({ volatility: volatility + h }) - price({ volatility: volatility - h })) / (2 * h), greeks.vega);
        near((price({ rate: rate + h }) - price({ rate: rate - h })) / (2 * h), greeks.rho);
        near(-(price({ years: years * (1 + h) }) - price({ years: years * (1 - h) })) / (2 * years * h), greeks.theta);
        near(
          (blackScholes({ ...terms, spot: spot * (1 + h) }).delta - blackScholes({ ...terms, spot: spot * (1 - h) }).delta) /
            (2 * spot * h),
          greeks.gamma,
        );
      }),
      run,
    );
  });

  it('the American approximation is near a binomial tree of 300 steps', () => {
    fc.assert(
      fc.property(usual, (terms) => {
        const tree = binomialPrice(terms, 300);
        fc.pre(tree !== undefined);
        const { price } = bjerksundStensland(terms);
        expect(Math.abs(price - (tree ?? 0))).toBeLessThan(0.02 * price + 0.003 * terms.spot);
      }),
      { seed: 25, numRuns: 150 },
    );
  });

  it('the implied volatility of a price gives that price back', () => {
    fc.assert(
      fc.property(usual, fc.constantFrom('european' as const, 'american' as const), (terms, style) => {
        const model = style === 'american' ? bjerksundStensland : blackScholes;
        const { price } = model(terms);
        const found = impliedVolatility(terms, price, style);
        if (found.at === 'found') expect(model({ ...terms, volatility: found.volatility }).price).toBeCloseTo(price, 7);
        else expect(found.why).toBe('noTimeValue');
      }),
      { seed: 26, numRuns: 200 },
    );
  });

  it('the search for a volatility always ends in a number or a reason', () => {
    fc.assert(
      fc.property(
        wild,
        fc.oneof(number(0, 1e12), number(0, 200)),
        fc.constantFrom('european' as const, 'american' as const),
        (terms, price, style) => {
          const found = impliedVolatility(terms, price, style);
          if (found.at === 'found') expect(found.volatility > 0 && found.volatility <= 50).toBe(true);
        },
      ),
      { seed: 27, numRuns: 200 },
    );
  });
});
