import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { find } from '../../../src/gateway/world/find.js';
import { AAPL, at, OPEN, optionAt } from './world-at.js';

describe('option values', () => {
  it('agree with the quote: a delta between 0 and 1, a price inside the spread, a volatility that gives the price', () => {
    const here = at(OPEN);
    const { market } = here;
    const call = optionAt(here, 310, 'C');
    const quote = market.quote(call);
    const values = market.optionValues(call, 'model');
    if (values === undefined) return expect.unreachable();
    expect(values.price).toBeGreaterThanOrEqual(quote.bid);
    expect(values.price).toBeLessThanOrEqual(quote.ask);
    expect(values.delta).toBeGreaterThan(0.4);
    expect(values.delta).toBeLessThan(0.8);
    expect(values.underlyingPrice).toBeCloseTo(market.quote(AAPL).last, 1);
    expect(market.optionValues(AAPL, 'model')).toBeUndefined();
    const bid = market.optionValues(call, 'bid');
    expect(bid?.impliedVolatility).toBeLessThan(values.impliedVolatility);
  });

  it('price an option at its end with what exercise brings', () => {
    const { world, market, clock } = at(Date.parse('2026-09-04T19:50:00Z'));
    const now = clock.now();
    const [deep] = find(
      world.universe,
      { symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20260904', strike: 250, right: 'C' },
      now,
    );
    const worth = market.quote(AAPL).last - 250;
    expect(Math.abs(market.quote(deep?.conId ?? 0).last - worth)).toBeLessThan(0.15);
  });
});

describe('properties', () => {
  it('an option is never worth less than exercise nor more than its bounds, wherever its underlying is set', () => {
    const here = at(OPEN);
    const { market } = here;
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 450 }),
        fc.constantFrom(250, 280, 300, 310, 330, 360),
        fc.constantFrom('C', 'P'),
        (price, strike, right) => {
          market.set('AAPL', price);
          const conId = optionAt(here, strike, right);
          const { ask, bid } = market.quote(conId);
          const exercise = Math.max(0, right === 'C' ? price - strike : strike - price);
          expect(ask).toBeGreaterThanOrEqual(exercise - 0.02);
          expect(bid).toBeLessThanOrEqual(right === 'C' ? price : strike);
        },
      ),
      { seed: 53, numRuns: 100 },
    );
  });
});
