import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/client/input/input-error.js';
import {
  byDelta,
  byExpiry,
  byMoneyness,
  candidates,
  daysTo,
  expiriesWithin,
  nearestDelta,
} from '../../../src/client/options/chain.js';

const NOW = Date.UTC(2026, 5, 1, 23, 59);
const parameters = {
  exchange: 'SMART',
  underlyingConId: 265598,
  tradingClass: 'AAPL',
  multiplier: '100',
  expirations: ['20260605', '20260529', '20260619', '20270115', '20260601'],
  strikes: [150, 190, 200, 210, 260],
};
const chain = candidates(parameters, 'AAPL');

describe('chains', () => {
  it('count whole days to an expiry', () => {
    expect(['20260601', '20260602', '20260531', '20260701'].map((expiry) => daysTo(expiry, NOW))).toStrictEqual([0, 1, -1, 30]);
  });

  it.each([
    [{}, ['20260601', '20260605', '20260619', '20270115']],
    [{ minDays: 1, maxDays: 18 }, ['20260605', '20260619']],
    [{ nearest: 1 }, ['20260601']],
    [{ minDays: -5, maxDays: -1 }, []],
  ])('keep the expiries of %j, nearest first, none that is past', (window, expected) => {
    expect(expiriesWithin(parameters.expirations, NOW, window)).toStrictEqual(expected);
  });

  it('list the contracts that may exist, whole or in a window', () => {
    expect(chain).toHaveLength(50);
    expect(
      candidates(parameters, 'AAPL', { expiries: ['20260605', '20260606'], strikes: [200, 201], rights: ['P'] }),
    ).toStrictEqual([
      {
        secType: 'OPT',
        symbol: 'AAPL',
        lastTradeDateOrContractMonth: '20260605',
        strike: 200,
        right: 'P',
        exchange: 'SMART',
        currency: 'USD',
        tradingClass: 'AAPL',
        multiplier: '100',
      },
    ]);
  });

  it('filter by expiry, also where the wire adds a time', () => {
    const timed = [
      { lastTradeDateOrContractMonth: '20260605 16:00:00 US/Eastern' },
      { lastTradeDateOrContractMonth: '20260619' },
    ];
    expect(byExpiry(timed, ['20260605'])).toStrictEqual([timed[0]]);
  });

  it('filter by moneyness', () => {
    const strikes = new Set(byMoneyness(chain, 200, { from: 0.95, to: 1.05 }).map(({ strike }) => strike));
    expect([...strikes]).toStrictEqual([190, 200, 210]);
    expect(() => byMoneyness(chain, Number.NaN, {})).toThrowError(InputError);
  });

  const deltas = [
    { name: 'a', delta: 0.7 },
    { name: 'b', delta: -0.28 },
    { name: 'c', delta: undefined },
    { name: 'd', delta: Number.NaN },
    { name: 'e', delta: 0.31 },
  ];
  it('filter by absolute delta and say how many deltas are not known', () => {
    const { options, unknown } = byDelta(deltas, (one) => one.delta, { from: 0.2, to: 0.35 });
    expect(options.map((one) => one.name)).toStrictEqual(['b', 'e']);
    expect(unknown).toBe(2);
  });

  it('find the option nearest to a delta', () => {
    expect(nearestDelta(deltas, (one) => one.delta, -0.3)?.name).toBe('e');
    expect(nearestDelta(deltas, () => undefined, 0.3)).toBeUndefined();
  });

  it('property: a wider window never loses an option', () => {
    const share = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(share, share, share, share, (a, b, c, d) => {
        const [from, inner, upper, to] = [a, b, c, d].sort((x, y) => x - y);
        if (from === undefined || inner === undefined || upper === undefined || to === undefined) return;
        const wide = new Set(byMoneyness(chain, 200, { from, to }));
        for (const one of byMoneyness(chain, 200, { from: inner, to: upper })) expect(wide.has(one)).toBe(true);
      }),
      { seed: 28 },
    );
  });
});
