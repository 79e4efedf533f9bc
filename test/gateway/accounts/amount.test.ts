/** Exact amounts: what goes in as text comes out as text, products do not round. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cashExactText,
  cashNumber,
  cashOf,
  cashText,
  floorToStep,
  quantityOf,
  quantityOfSize,
  quantityText,
  worthOf,
} from '../../../src/gateway/accounts/amount.js';

describe('quantities', () => {
  it.each([
    ['1', '1'],
    ['0.7143', '0.7143'],
    ['100.50', '100.5'],
    ['-3', '-3'],
    ['1E-4', '0.0001'],
    ['.5', '0.5'],
    ['0', '0'],
  ])('%s is %s', (text, expected) => expect(quantityText(quantityOf(text) ?? -1n)).toBe(expected));

  it.each(['', 'ten', '1.2.3', '0.000000001', '1e99', '--1', '.'])('%s is no quantity', (text) =>
    expect(quantityOf(text)).toBeUndefined(),
  );

  it('of a market size are exact for whole numbers of any length and for eight decimals', () => {
    expect(quantityText(quantityOfSize(123_456_789_012))).toBe('123456789012');
    expect(quantityText(quantityOfSize(0.1 + 0.2))).toBe('0.3');
  });

  it('are cut to steps', () => expect(quantityText(floorToStep(quantityOf('1.27') ?? 0n, quantityOf('0.1') ?? 1n))).toBe('1.2'));
});

describe('money', () => {
  it('three times 0.1 is 0.3', () => expect(cashExactText(worthOf(0.1, quantityOf('3') ?? 0n, 1))).toBe('0.3'));
  it('knows multipliers below one and prices in pence', () => {
    expect(cashExactText(worthOf(12.34, quantityOf('100') ?? 0n, 0.01))).toBe('12.34');
    expect(cashExactText(worthOf(1234.5, quantityOf('10') ?? 0n, 1, 100))).toBe('123.45');
  });
  it('is shown with cents rounded half away from zero', () => {
    expect([cashText(cashOf(1.005)), cashText(cashOf(-1.005)), cashText(cashOf(0.004)), cashText(cashOf(12), 0)]).toEqual([
      '1.01',
      '-1.01',
      '0.00',
      '12',
    ]);
  });
});

describe('properties', () => {
  const decimal = fc
    .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 8 }))
    .map(([n, d]) => ({ text: (n / 10 ** d).toFixed(d), n: BigInt(n), d }));
  it('text survives', () =>
    fc.assert(
      fc.property(decimal, ({ text }) => Number(quantityText(quantityOf(text) ?? 0n)) === Number(text)),
      { seed: 1 },
    ));
  it('worth is linear in the quantity', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e8 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        (ticks, a, b) => {
          const price = ticks / 10_000;
          const one = (n: number): bigint => worthOf(price, quantityOfSize(n), 100);
          return one(a) + one(b) === one(a + b);
        },
      ),
      { seed: 2 },
    ));
  it('the number of an amount is the nearest double', () =>
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (cents) => cashNumber(cashOf(cents / 100)) === cents / 100),
      { seed: 3 },
    ));
});
