import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARKET_RULES, marketRuleOf } from '../../../src/gateway/data/market-rules.js';
import { gridOf } from '../../../src/gateway/world/grid.js';

const hongKong = gridOf(MARKET_RULES.hongKong);

describe('a grid', () => {
  it.each([
    [0.2, 0.001],
    [0.25, 0.005],
    [9.99, 0.01],
    [10, 0.02],
    [99.95, 0.05],
    [100, 0.1],
    [596, 0.5],
    [5000, 5],
  ])('steps in Hong Kong at %f by %f', (price, step) => {
    expect(hongKong.tickAt(price)).toBe(step);
  });

  it('crosses the edge of a band without a gap', () => {
    expect(hongKong.price(hongKong.floor(10) - 1)).toBe(9.99);
    expect(hongKong.price(hongKong.floor(10))).toBe(10);
    expect(hongKong.price(hongKong.floor(10) + 1)).toBe(10.02);
  });

  it('takes half pips, quarters and cents as clean decimals', () => {
    expect(gridOf(MARKET_RULES.halfPip).round(1.171234)).toBe(1.17125);
    expect(gridOf(MARKET_RULES.es).round(6450.3)).toBe(6450.25);
    expect(gridOf(MARKET_RULES.usStock).price(31_147)).toBe(311.47);
    expect(gridOf(MARKET_RULES.usPenny).tickAt(0.99)).toBe(0.0001);
  });

  it('says what lies on it', () => {
    const option = gridOf(MARKET_RULES.option);
    expect(option.isOn(2.97)).toBe(true);
    expect(option.isOn(3.05)).toBe(true);
    expect(option.isOn(3.07)).toBe(false);
    expect(option.isOn(-1)).toBe(false);
    expect(option.isOn(Number.NaN)).toBe(false);
  });

  it('answers a rule by its number and knows no others', () => {
    expect(marketRuleOf(26)?.bands).toEqual([{ lowEdge: 0, increment: 0.01 }]);
    expect(marketRuleOf(123456)).toBeUndefined();
  });
});

describe('properties', () => {
  const rules = fc.constantFrom(...Object.values(MARKET_RULES));

  it('a step has a price that lies on the grid, is its own floor, and rises with the step', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 60_000 }), (rule, step) => {
        const grid = gridOf(rule);
        const price = grid.price(step);
        expect(grid.isOn(price)).toBe(true);
        expect(grid.floor(price)).toBe(step);
        expect(grid.round(price)).toBe(price);
        expect(grid.price(step + 1)).toBeGreaterThan(price);
      }),
      { seed: 21, numRuns: 2000 },
    );
  });

  it('rounding moves a price by at most one step', () => {
    fc.assert(
      fc.property(rules, fc.double({ min: 0, max: 20_000, noNaN: true }), (rule, price) => {
        const grid = gridOf(rule);
        expect(Math.abs(grid.round(price) - price)).toBeLessThanOrEqual(grid.tickAt(price) * 0.5 + 1e-9);
        expect(grid.price(grid.floor(price))).toBeLessThanOrEqual(price + grid.tickAt(price) * 1e-5);
      }),
      { seed: 22, numRuns: 2000 },
    );
  });
});
