import { describe, expect, it } from 'vitest';
import { currencyLines, sumOf, totalOf } from '../../src/web/state/ledger.js';

const lines = currencyLines({
  EUR: { ExchangeRate: { value: '1.5' }, NetLiquidationByCurrency: { value: '100' } },
  USD: { ExchangeRate: { value: '1' }, NetLiquidationByCurrency: { value: '50.25' } },
});

describe('the total of the currencies', () => {
  it('adds up to net liquidation, or says by how much not', () => {
    expect(totalOf(lines, '200.25')).toEqual({ value: '200.25', off: '0.00', left: [] });
    expect(totalOf(lines, '201')).toEqual({ value: '200.25', off: '0.75', left: [] });
  });

  it('is unknown, not 0.00, where no line is told, and nothing is said to be off', () => {
    expect(totalOf([], '200')).toEqual({ value: undefined, off: undefined, left: [] });
    expect(totalOf(currencyLines({ EUR: { TotalCashBalance: { value: '5' } } }), '200')).toEqual({
      value: undefined,
      off: undefined,
      left: ['no rate for EUR', 'the worth of EUR is not told'],
    });
  });

  it('is of the lines that are told, and says of the others whether a rate or their worth is missing', () => {
    const usd = { ExchangeRate: { value: '1' }, NetLiquidationByCurrency: { value: '0' } };
    const of = (more: Parameters<typeof currencyLines>[0]) => totalOf(currencyLines({ ...more, USD: usd }), '200');
    const chf = { CHF: { NetLiquidationByCurrency: { value: '5' } } };
    expect(of(chf)).toEqual({ value: '0.00', off: undefined, left: ['no rate for CHF'] });
    const jpy = { JPY: { ExchangeRate: { value: '0.0067' } } };
    expect(of({ ...chf, ...jpy }).left).toEqual(['no rate for CHF', 'the worth of JPY is not told']);
  });
});

describe('a sum of amounts', () => {
  it('of which nothing is told is unknown in its currency and in the base currency', () => {
    expect(sumOf([{ currency: 'USD', amount: undefined }], 'USD', lines)).toEqual({
      byCurrency: [{ currency: 'USD', amount: undefined, untold: 1 }],
      inBase: undefined,
      missing: [],
      rates: [],
    });
    expect(sumOf([], 'USD', lines).inBase).toBeUndefined();
  });

  it('counts what is told, a zero too, and how many are not', () => {
    const amounts = [
      { currency: 'USD', amount: '0' },
      { currency: 'EUR', amount: '10' },
      { currency: 'EUR', amount: '-4' },
      { currency: 'USD', amount: undefined },
      { currency: 'EUR', amount: 'N/A' },
    ];
    expect(sumOf(amounts, 'USD', lines)).toEqual({
      byCurrency: [
        { currency: 'EUR', amount: '6.00', untold: 1 },
        { currency: 'USD', amount: '0.00', untold: 1 },
      ],
      inBase: '9.00',
      missing: [],
      rates: [{ currency: 'EUR', rate: '1.5' }],
    });
  });

  it('has no sum in the base currency without a rate', () => {
    expect(sumOf([{ currency: 'JPY', amount: '1' }], 'USD', lines)).toMatchObject({ inBase: undefined, missing: ['JPY'] });
  });
});
