// The short line by which people know an instrument.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSymbol, type NamedContract } from '../../../src/client/contracts/format-symbol.js';
import { MARKETS } from '../../../src/client/contracts/markets.js';
import { symbol } from '../../../src/client/contracts/symbol.js';

describe('formatSymbol', () => {
  it.each<readonly [string, NamedContract]>([
    ['AAPL', { symbol: 'AAPL', secType: 'STK' }],
    ['AAPL', { conId: 265598, symbol: 'AAPL', secType: 'STK', primaryExchange: 'NASDAQ', exchange: 'SMART', currency: 'USD' }],
    ['BRK.B', { symbol: 'BRK B', secType: 'STK', primaryExchange: 'NYSE', currency: 'USD' }],
    ['0700.HK', { symbol: '700', secType: 'STK', primaryExchange: 'SEHK', currency: 'HKD' }],
    ['BP.L', { symbol: 'BP.', secType: 'STK', primaryExchange: 'LSE', currency: 'GBP' }],
    ['VOLV-B.ST', { symbol: 'VOLV.B', secType: 'STK', exchange: 'SMART', primaryExchange: 'SFB', currency: 'SEK' }],
    ['005930.KS', { symbol: '005930', secType: 'STK', exchange: 'KSE', currency: 'KRW' }],
    ['SAP', { symbol: 'SAP', secType: 'STK', exchange: 'SMART', currency: 'EUR' }],
    ['EUR.USD', { symbol: 'EUR', secType: 'CASH', currency: 'USD', localSymbol: 'EUR.USD' }],
    [
      'AAPL 20270115 C 105',
      { symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20270115', strike: 105, right: 'CALL' },
    ],
    [
      'ES 20261218 P 5999.5',
      { symbol: 'ES', secType: 'FOP', lastTradeDateOrContractMonth: '20261218', strike: 5999.5, right: 'P' },
    ],
    ['ES 202612', { symbol: 'ES', secType: 'FUT', lastTradeDateOrContractMonth: '202612' }],
    ['ES 202612', { symbol: 'ES', secType: 'FUT', lastTradeDateOrContractMonth: '20261218', localSymbol: 'ESZ6' }],
    // Crude oil of December ends in November.
    [
      'CL 202612',
      { symbol: 'CL', secType: 'FUT', lastTradeDateOrContractMonth: '20261120 14:30:00 US/Eastern', localSymbol: 'CLZ6' },
    ],
    ['CL 202701', { symbol: 'CL', secType: 'FUT', lastTradeDateOrContractMonth: '20261221', localSymbol: 'CLF7' }],
    ['ES 20261218', { symbol: 'ES', secType: 'FUT', lastTradeDateOrContractMonth: '20261218' }],
    ['DAX 20261218', { symbol: 'DAX', secType: 'FUT', lastTradeDateOrContractMonth: '20261218', localSymbol: 'FDAX 202612 M' }],
    ['ESZ6', { symbol: 'ES', secType: 'FUT', localSymbol: 'ESZ6' }],
    ['SPX', { symbol: 'SPX', secType: 'IND', exchange: 'CBOE' }],
    [
      'SPX +1 id:11 -2 id:12',
      {
        symbol: 'SPX',
        secType: 'BAG',
        comboLegs: [
          { conId: 11, ratio: 1, action: 'BUY' },
          { conId: 12, ratio: 2, action: 'SELL' },
        ],
      },
    ],
    ['SPX combo', { symbol: 'SPX', secType: 'BAG', comboLegs: [] }],
    ['id:7', { conId: 7 }],
    ['', {}],
    ['AA\\u001b[31mPL', { symbol: 'AA\u001b[31mPL', secType: 'STK' }],
  ])('%s', (line, contract) => expect(formatSymbol(contract)).toBe(line));

  it('calls the legs of a combination as it is told to', () => {
    const legs = [
      { conId: 11, ratio: 1, action: 'SELL' },
      { conId: 12, ratio: 1, action: 'BUY' },
    ];
    const names = (conId: number): string => (conId === 11 ? 'SPX 20270115 C 5000' : `id:${conId}`);
    expect(formatSymbol({ symbol: 'SPX', secType: 'BAG', comboLegs: legs }, names)).toBe('SPX -1 SPX 20270115 C 5000 +1 id:12');
  });

  it('property: what symbol has read is written as it reads', () => {
    const suffixes = [...MARKETS.keys()].filter((suffix) => suffix !== 'US');
    const letters = fc.string({ unit: fc.constantFrom(...'ABCDEFGHJK'), minLength: 3, maxLength: 4 });
    const word = fc.oneof(
      letters,
      letters.map((text) => `${text}.B`),
      fc.tuple(letters, fc.constantFrom(...suffixes.filter((suffix) => suffix !== 'HK'))).map((parts) => parts.join('.')),
      fc.integer({ min: 1, max: 9999 }).map((code) => `${String(code).padStart(4, '0')}.HK`),
      fc.constantFrom('EUR.USD', 'GBP.JPY', 'BP.L', 'VOLV-B.ST'),
    );
    fc.assert(
      fc.property(word, (text) => {
        const contract = symbol(text);
        expect(symbol(formatSymbol(contract))).toEqual(contract);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
