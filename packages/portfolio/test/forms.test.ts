// Forms without an example file: rows made up in the seen form.

import { describe, expect, it } from 'vitest';
import { readCsv } from '../src/csv/read-csv.js';
import { normalised } from '../src/normalised.js';
import { occOf, optionOf } from '../src/option-symbol.js';

describe('option symbols', () => {
  const aapl = { underlying: 'AAPL', expiry: '2026-06-20', right: 'C', strike: '200' };
  it.each([
    'AAPL 6/20/2026 Call $200',
    'AAPL 06/20/2026 200 C',
    '-AAPL260620C200',
    'AAPL  260620C00200000',
    'AAPL--260620C00200000',
    "AAPL Jun 20 '26 $200 Call",
    'AAPL 20JUN26 200 C',
    'CALL AAPL 06/20/26 200',
  ])('%s', (symbol) => expect(optionOf(symbol)).toEqual(aapl));
  it('have 21 characters in the manner of the OCC', () =>
    expect(occOf(optionOf('-MU260926P150.5')!)).toBe('MU    260926P00150500'));
  it.each(['AAPL', 'BRK.B', 'VAB.TO', 'SPAXX'])('%s is none', (symbol) => expect(optionOf(symbol)).toBeUndefined());
});

describe('E*Trade', () => {
  it('has the account above its table, years of two digits and a sign at what was sold', () => {
    const reading = readCsv(
      [
        'For Account:,####2641',
        '',
        'TransactionDate,TransactionType,SecurityType,Symbol,Quantity,Amount,Price,Commission,Description',
        '06/18/26,Bought,EQ,VTI,2,-500.20,250.1,0,VANGUARD TOTAL STOCK',
        '06/17/26,Sold,EQ,MSFT,-4,1991.94,498,0.06,MICROSOFT',
        "06/16/26,Sold Short,OPTN,AAPL Jun 20 '26 $200 Call,-1,124.35,1.25,0.65,AAPL CALL",
        '06/15/26,Dividend,EQ,VTI,0,2.6,0,0,VANGUARD TOTAL STOCK',
        '06/12/26,Transfer,UNKNOWN,,0,-1500,0,0,ACH WITHDRAWL',
        '',
      ].join('\n'),
    );
    expect(normalised(reading)).toEqual({
      broker: 'etrade',
      account: '####2641',
      currency: 'USD',
      transactions: [
        { date: '2026-06-18', kind: 'buy', symbol: 'VTI', quantity: '2', price: '250.1', amount: '-500.20' },
        { date: '2026-06-17', kind: 'sell', symbol: 'MSFT', quantity: '-4', price: '498', fees: '0.06', amount: '1991.94' },
        {
          date: '2026-06-16',
          kind: 'sell-to-open',
          option: { underlying: 'AAPL', expiry: '2026-06-20', right: 'C', strike: '200' },
          quantity: '-1',
          price: '1.25',
          fees: '0.65',
          amount: '124.35',
        },
        { date: '2026-06-15', kind: 'dividend', symbol: 'VTI', amount: '2.6' },
        { date: '2026-06-12', kind: 'withdrawal', amount: '-1500' },
      ],
      ignoredRows: 0,
    });
  });
});

describe("Fidelity's positions", () => {
  it('a money market line has no quantity, pending activity is no position, rows have one comma more', () => {
    const reading = readCsv(
      [
        '\uFEFFAccount Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,Cost Basis Total,Average Cost Basis,Type',
        'Z12345678,ROTH IRA,SPAXX**,HELD IN MONEY MARKET,,,,$1234.56,,,Cash,',
        'Z12345678,ROTH IRA,VTI,VANGUARD INDEX FDS,10,$300.00,+$1.00,$3000.00,$2500.00,$250.00,Cash,',
        'Z12345678,ROTH IRA,Pending Activity,,,,,-$10.00,,,,',
        '',
        '"Date downloaded 09/30/2026 2:35 am"',
        '',
      ].join('\n'),
    );
    expect(normalised(reading)).toEqual({
      broker: 'fidelity',
      account: 'Z12345678',
      currency: 'USD',
      positions: [
        { account: 'Z12345678', symbol: 'SPAXX', value: '1234.56', currency: 'USD', cashEquivalent: true },
        {
          account: 'Z12345678',
          symbol: 'VTI',
          quantity: '10',
          price: '300.00',
          value: '3000.00',
          costBasis: '2500.00',
          averageCost: '250.00',
          currency: 'USD',
        },
      ],
      transactions: [],
      ignoredRows: 2,
    });
  });
});
