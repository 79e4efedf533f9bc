import { describe, expect, it } from 'vitest';
import { liveData } from '../../../../src/rules/guards/permission.js';
import { type Attempt, ask, type Facts } from '../../../helpers/guard-facts.js';

const attempt: Attempt = {
  contract: { secType: 'STK', symbol: 'AAPL', currency: 'USD' },
  order: { action: 'BUY', totalQuantity: '1', orderType: 'MKT', account: 'DU9000001' },
} as Attempt;
const at = (lastPrice: Facts['lastPrice'], closes?: boolean): Facts => ({ now: 100_000, lastPrice, closes }) as Facts;
const codes = (facts: Facts) => ask(liveData({ maxAgeMs: 1000 }), attempt, facts).map(({ code }) => code);

describe('live data before an order', () => {
  it('lets an order pass on a fresh live price', () => {
    expect(codes(at({ price: 10, at: 99_500, source: 'live' }))).toEqual([]);
  });

  it.each([
    ['none', undefined],
    ['delayed', { price: 10, at: 99_900, source: 'delayed' as const }],
    ['frozen', { price: 10, at: 99_900, source: 'frozen' as const }],
    ['of unknown kind', { price: 10, at: 99_900 }],
    ['old', { price: 10, at: 98_999, source: 'live' as const }],
    ['from the future', { price: 10, at: 100_001, source: 'live' as const }],
  ])('refuses when the price is %s', (_, price) => {
    expect(codes(at(price))).toEqual(['MARKET-DATA-NOT-LIVE']);
  });

  it('does not hold up an exit', () => {
    expect(codes(at(undefined, true))).toEqual([]);
  });
});
