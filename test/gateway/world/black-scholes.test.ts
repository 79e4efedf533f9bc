import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cumulativeNormal,
  greeks,
  impliedVolatility,
  type OptionTerms,
  optionPrice,
} from '../../../src/gateway/world/black-scholes.js';
import { pricerOf } from '../../../src/gateway/world/option-model.js';

const call: OptionTerms = { strike: 100, isPut: false, years: 1, volatility: 0.2, rate: 0.05, yield: 0, isAmerican: false };

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.96, 0.9750021048517795],
    [-3, 0.0013498980316300933],
    [-6, 9.865876450376946e-10],
  ])('is %f → %f', (x, expected) => {
    expect(Math.abs(cumulativeNormal(x) - expected)).toBeLessThan(1e-14);
  });
});

describe('the option model', () => {
  it('gives the textbook prices', () => {
    expect(optionPrice(100, call)).toBeCloseTo(10.450583572185565, 10);
    expect(optionPrice(100, { ...call, isPut: true })).toBeCloseTo(5.573526022256971, 10);
  });

  it('is worth its exercise when American and deep in the money', () => {
    const put = { ...call, isPut: true, isAmerican: true };
    expect(optionPrice(40, put)).toBe(60);
    expect(optionPrice(40, { ...put, isAmerican: false })).toBeLessThan(60);
  });

  it('has no implied volatility for a price below exercise', () => {
    expect(impliedVolatility(9, 110, { ...call, isAmerican: true })).toBeUndefined();
    expect(impliedVolatility(200, 100, call)).toBeUndefined();
  });
});

describe('properties', () => {
  const terms = fc.record({
    strike: fc.double({ min: 50, max: 200, noNaN: true }),
    isPut: fc.boolean(),
    years: fc.double({ min: 0.003, max: 3, noNaN: true }),
    volatility: fc.double({ min: 0.05, max: 1.2, noNaN: true }),
    rate: fc.double({ min: 0, max: 0.08, noNaN: true }),
    yield: fc.double({ min: 0, max: 0.08, noNaN: true }),
    isAmerican: fc.boolean(),
  });
  const spot = fc.double({ min: 60, max: 180, noNaN: true });

  it('prices stay within the bounds of no arbitrage', () => {
    fc.assert(
      fc.property(terms, spot, (given, price) => {
        const value = optionPrice(price, given);
        const forward = price * Math.exp(-given.yield * given.years);
        const strike = given.strike * Math.exp(-given.rate * given.years);
        expect(value).toBeGreaterThanOrEqual(Math.max(0, given.isPut ? strike - forward : forward - strike));
        expect(value).toBeLessThanOrEqual((given.isPut ? given.strike : price) + 1e-9);
        if (given.isAmerican) expect(value).toBeGreaterThanOrEqual(given.isPut ? given.strike - price : price - given.strike);
        expect(pricerOf(given)(price)).toBeCloseTo(value, 9);
      }),
      { seed: 31, numRuns: 1000 },
    );
  });

  it('put and call keep their parity', () => {
    fc.assert(
      fc.property(terms, spot, (given, price) => {
        const european = { ...given, isAmerican: false };
        const difference = optionPrice(price, { ...european, isPut: false }) - optionPrice(price, { ...european, isPut: true });
        const forward = price * Math.exp(-given.yield * given.years) - given.strike * Math.exp(-given.rate * given.years);
        expect(difference).toBeCloseTo(forward, 8);
      }),
      { seed: 32, numRuns: 1000 },
    );
  });

  it('Greeks are the slopes of the price', () => {
    fc.assert(
      fc.property(terms, spot, (given, price) => {
        const european = { ...given, isAmerican: false };
        const at = (s: number, change: Partial<OptionTerms> = {}): number => optionPrice(s, { ...european, ...change });
        const found = greeks(price, european);
        const h = price * 1e-4;
        expect(found.delta).toBeCloseTo((at(price + h) - at(price - h)) / (2 * h), 4);
        expect(Math.abs(found.gamma - (at(price + h) - 2 * at(price) + at(price - h)) / (h * h))).toBeLessThan(
          1e-3 + found.gamma * 0.02,
        );
        expect(found.vega).toBeCloseTo(
          (at(price, { volatility: given.volatility + 1e-5 }) - at(price, { volatility: given.volatility - 1e-5 })) / 2e-3,
          4,
        );
        expect(found.theta).toBeCloseTo(
          (at(price, { years: given.years - 1e-6 }) - at(price, { years: given.years + 1e-6 })) / 2e-6 / 365,
          3,
        );
      }),
      { seed: 33, numRuns: 500 },
    );
  });

  it('implied volatility finds the volatility again where the price says anything about it', () => {
    fc.assert(
      fc.property(terms, spot, (given, price) => {
        const european = { ...given, isAmerican: false };
        fc.pre(greeks(price, european).vega > 0.001);
        const found = impliedVolatility(optionPrice(price, european), price, european);
        expect(found).toBeDefined();
        expect(found ?? 0).toBeCloseTo(given.volatility, 5);
      }),
      { seed: 34, numRuns: 300 },
    );
  });
});
