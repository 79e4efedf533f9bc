import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARKETS } from '../../../src/client/contracts/markets.js';
import { symbol } from '../../../src/client/contracts/symbol.js';
import { InputError } from '../../../src/client/input/input-error.js';

const us = (name: string) => ({ secType: 'STK', symbol: name, exchange: 'SMART', currency: 'USD' });
const smart = (name: string, primaryExchange: string, currency: string) => ({ ...us(name), primaryExchange, currency });

describe('symbol', () => {
  it.each([
    ['AAPL', us('AAPL')],
    ['BRK B', us('BRK B')],
    ['BRK.B', us('BRK B')],
    ['BF-B', us('BF B')],
    ['AAPL.US', us('AAPL')],
    ['0700.HK', smart('700', 'SEHK', 'HKD')],
    ['00700.HK', smart('700', 'SEHK', 'HKD')],
    ['00700', smart('700', 'SEHK', 'HKD')],
    ['VOD.L', smart('VOD', 'LSE', 'GBP')],
    ['BP.L', smart('BP.', 'LSE', 'GBP')],
    ['7203.T', smart('7203', 'TSEJ', 'JPY')],
    ['SAP.DE', smart('SAP', 'IBIS', 'EUR')],
    ['MC.PA', smart('MC', 'SBF', 'EUR')],
    ['ASML.AS', smart('ASML', 'AEB', 'EUR')],
    ['ENI.MI', smart('ENI', 'BVME', 'EUR')],
    ['NESN.SW', smart('NESN', 'EBS', 'CHF')],
    ['RY.TO', smart('RY', 'TSE', 'CAD')],
    ['TECK-B.TO', smart('TECK.B', 'TSE', 'CAD')],
    ['VOLV-B.ST', smart('VOLV.B', 'SFB', 'SEK')],
    ['BHP.AX', smart('BHP', 'ASX', 'AUD')],
    ['D05.SI', smart('D05', 'SGX', 'SGD')],
    ['005930.KS', { secType: 'STK', symbol: '005930', exchange: 'KSE', currency: 'KRW' }],
    ['EUR.USD', { secType: 'CASH', symbol: 'EUR', exchange: 'IDEALPRO', currency: 'USD' }],
  ])('reads %s', (text, expected) => {
    expect(symbol(text)).toStrictEqual(expected);
  });

  it.each(['700', '0700', '00700', '00700.HK'])('reads %s as one share of Hong Kong when told so', (text) => {
    expect(symbol(text, { market: 'HK' })).toStrictEqual(smart('700', 'SEHK', 'HKD'));
  });

  it('lets the market decide what a single letter behind a dot means', () => {
    expect(symbol('XYZ.V')).toStrictEqual(smart('XYZ', 'VENTURE', 'CAD'));
    expect(symbol('XYZ.V', { market: 'US' })).toStrictEqual(us('XYZ V'));
  });

  it.each(['', 'aapl', '700', '7203', 'ABC.XYZ', ' AAPL', 'AA\u0000', '000000.HK', 'ABC.HK', '.HK'])('refuses %j', (text) => {
    expect(() => symbol(text)).toThrowError(InputError);
  });

  describe('properties', () => {
    it('answers or refuses any text, and never leaves a suffix in the symbol of its market', () => {
      fc.assert(
        fc.property(
          fc.oneof(fc.stringMatching(/^[A-Z]{1,5}$/), fc.string({ maxLength: 12 })),
          fc.constantFrom(...MARKETS.keys()),
          (head, suffix) => {
            try {
              const found = symbol(`${head}.${suffix}`);
              expect(found.symbol.endsWith(`.${suffix}`)).toBe(false);
              expect(found.currency).toBe(MARKETS.get(suffix)?.currency);
            } catch (error) {
              expect(error).toBeInstanceOf(InputError);
            }
          },
        ),
        { seed: 6, numRuns: 500 },
      );
    });

    it('pads and strips Hong Kong codes to one share', () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 99999 }), fc.nat(4), (code, zeros) => {
          const padded = `${'0'.repeat(zeros)}${code}`.slice(-5).padStart(String(code).length, '0');
          expect(symbol(`${padded}.HK`).symbol).toBe(String(code));
        }),
        { seed: 7 },
      );
    });
  });
});
