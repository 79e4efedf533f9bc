import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/client/input/input-error.js';
import { bag, buy, type ChainOption, sell } from '../../../../src/client/orders/combos/legs.js';
import * as spreads from '../../../../src/client/orders/combos/strategies.js';

const expiries = ['20260619', '20260717'];
const strikes = [90, 95, 100, 105, 110];
/** conId: expiry index * 100 + strike index * 10 + 1 for calls, 2 for puts. */
const chain = expiries.flatMap((lastTradeDateOrContractMonth, e) =>
  strikes.flatMap((strike, s) =>
    (['C', 'P'] as const).map((right, r) => ({
      conId: 1000 + e * 100 + s * 10 + r + 1,
      symbol: 'XYZ',
      lastTradeDateOrContractMonth,
      strike,
      right,
      multiplier: '100',
      tradingClass: 'XYZ',
    })),
  ),
) satisfies readonly ChainOption[];
const stock = { conId: 7, symbol: 'XYZ' };
const expiry = '20260619';
type Short = readonly [conId: number, signedRatio: number];
const signed = (
  built: spreads.FromChain & { readonly comboLegs: readonly { conId: number; ratio: number; action: string }[] },
): readonly Short[] => built.comboLegs.map(({ conId, ratio, action }): Short => [conId, action === 'BUY' ? ratio : -ratio]);

describe('spreads', () => {
  it('are a BAG with legs routed by SMART', () => {
    expect(spreads.vertical(chain, { expiry, right: 'C', long: 100, short: 105 })).toStrictEqual({
      secType: 'BAG',
      symbol: 'XYZ',
      exchange: 'SMART',
      currency: 'USD',
      comboLegs: [
        { conId: 1021, ratio: 1, action: 'BUY', exchange: 'SMART' },
        { conId: 1031, ratio: 1, action: 'SELL', exchange: 'SMART' },
      ],
    });
  });

  it.each([
    [
      'vertical of puts',
      spreads.vertical(chain, { expiry, right: 'P', long: 100, short: 95 }),
      [
        [1022, 1],
        [1012, -1],
      ],
    ],
    [
      'ironCondor',
      spreads.ironCondor(chain, { expiry, putWing: 90, shortPut: 95, shortCall: 105, callWing: 110 }),
      [
        [1002, 1],
        [1012, -1],
        [1031, -1],
        [1041, 1],
      ],
    ],
    [
      'butterfly',
      spreads.butterfly(chain, { expiry, right: 'C', low: 95, body: 100, high: 105 }),
      [
        [1011, 1],
        [1021, -2],
        [1031, 1],
      ],
    ],
    [
      'straddle',
      spreads.straddle(chain, { expiry, strike: 100 }),
      [
        [1021, 1],
        [1022, 1],
      ],
    ],
    [
      'strangle',
      spreads.strangle(chain, { expiry, put: 95, call: 105 }),
      [
        [1031, 1],
        [1012, 1],
      ],
    ],
    [
      'calendar',
      spreads.calendar(chain, { strike: 100, right: 'C', near: '20260619', far: '20260717' }),
      [
        [1021, -1],
        [1121, 1],
      ],
    ],
    [
      'diagonal',
      spreads.diagonal(chain, {
        right: 'C',
        near: { expiry: '20260619', strike: 105 },
        far: { expiry: '20260717', strike: 100 },
      }),
      [
        [1031, -1],
        [1121, 1],
      ],
    ],
    [
      'collar',
      spreads.collar(stock, chain, { expiry, put: 95, call: 105 }),
      [
        [7, 100],
        [1012, 1],
        [1031, -1],
      ],
    ],
    [
      'coveredCall',
      spreads.coveredCall(stock, chain, { expiry, strike: 105 }),
      [
        [7, 100],
        [1031, -1],
      ],
    ],
    [
      'explicit legs',
      bag([sell(stock, 3), buy({ conId: 8, symbol: 'XYZ' })], { exchange: 'CBOE' }),
      [
        [7, -3],
        [8, 1],
      ],
    ],
  ])('%s has the right signs', (_, built, legs) => {
    expect(signed(built)).toStrictEqual(legs);
  });

  it.each<[string, () => unknown]>([
    ['a strike the chain does not have', () => spreads.straddle(chain, { expiry, strike: 97 })],
    [
      'a condor whose strikes do not rise',
      () => spreads.ironCondor(chain, { expiry, putWing: 95, shortPut: 90, shortCall: 105, callWing: 110 }),
    ],
    ['a vertical of one strike', () => spreads.vertical(chain, { expiry, right: 'C', long: 100, short: 100 })],
    ['a lopsided butterfly', () => spreads.butterfly(chain, { expiry, right: 'C', low: 90, body: 100, high: 105 })],
    [
      'a calendar that goes backwards',
      () => spreads.calendar(chain, { strike: 100, right: 'C', near: '20260717', far: '20260619' }),
    ],
    [
      'a covered call of unknown multiplier',
      () =>
        spreads.coveredCall(
          stock,
          chain.map(({ multiplier: _, ...one }) => one),
          { expiry, strike: 105 },
        ),
    ],
    ['legs of two underlyings', () => spreads.coveredCall({ ...stock, symbol: 'ABC' }, chain, { expiry, strike: 105 })],
    ['legs of two currencies', () => spreads.coveredCall({ ...stock, currency: 'EUR' }, chain, { expiry, strike: 105 })],
  ])('refuse %s', (_, build) => {
    expect(build).toThrowError(InputError);
  });

  it('build a lopsided butterfly when told so', () => {
    expect(spreads.butterfly(chain, { expiry, right: 'C', low: 90, body: 100, high: 105, broken: true }).comboLegs).toHaveLength(
      3,
    );
  });

  it('take what the gateway tells of an option, and refuse what lacks a symbol or does not say which option it is', () => {
    const told = chain.map((option) => ({
      ...option,
      exchange: 'SMART',
      currency: 'USD',
      primaryExchange: undefined,
      description: '',
    }));
    expect(signed(spreads.vertical(told, { expiry, right: 'C', long: 95, short: 105 }))).toHaveLength(2);
    expect(() => bag([buy({ conId: 7 }), sell({ conId: 8, symbol: 'XYZ' })])).toThrowError(/legs\[0\]\.symbol: is needed/);
    expect(() => bag([buy({ conId: 7, symbol: 'XYZ' }), sell({ conId: 8 })])).toThrowError(/legs\[1\]\.symbol: must be XYZ/);
    const blank = chain.map(({ conId, symbol }) => ({ conId, symbol }));
    expect(() => spreads.vertical(blank, { expiry, right: 'C', long: 95, short: 105 })).toThrowError(/has no 20260619 95 C/);
  });

  it('ask for the class where a chain has two options of one name', () => {
    const two = [...chain, { ...chain[0], conId: 5001, tradingClass: 'XYZW' } as ChainOption];
    const terms = { expiry, right: 'C', long: 90, short: 95 } as const;
    expect(() => spreads.vertical(two, terms)).toThrowError(/XYZ, XYZW/);
    expect(signed(spreads.vertical(two, { ...terms, tradingClass: 'XYZ' }))).toStrictEqual([
      [1001, 1],
      [1011, -1],
    ]);
  });

  it('property: at expiry the legs pay what the strategy promises', () => {
    const payoff = (built: Parameters<typeof signed>[0], at: number): number =>
      signed(built).reduce((sum, [conId, ratio]) => {
        const one = chain.find((candidate) => candidate.conId === conId);
        if (one === undefined) return sum;
        return sum + ratio * Math.max(0, one.right === 'C' ? at - one.strike : one.strike - at);
      }, 0);
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 150 }), (at) => {
        expect(payoff(spreads.vertical(chain, { expiry, right: 'C', long: 95, short: 105 }), at)).toBe(
          Math.min(Math.max(at - 95, 0), 10),
        );
        expect(payoff(spreads.butterfly(chain, { expiry, right: 'P', low: 95, body: 100, high: 105 }), at)).toBe(
          Math.max(0, 5 - Math.abs(at - 100)),
        );
        expect(payoff(spreads.straddle(chain, { expiry, strike: 100 }), at)).toBe(Math.abs(at - 100));
        const condor = payoff(
          spreads.ironCondor(chain, { expiry, putWing: 90, shortPut: 95, shortCall: 105, callWing: 110 }),
          at,
        );
        expect(condor).toBe(-Math.min(5, Math.max(0, 95 - at, at - 105)) + 0);
      }),
      { seed: 13 },
    );
  });
});
