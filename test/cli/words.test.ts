// Words of the command line and what they are turned into, figures and what they look like.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barSizeOf, durationOf, instantOf } from '../../src/cli/bar-words.js';
import { aroundMoney } from '../../src/cli/chain/quote-chain.js';
import { contractOf } from '../../src/cli/contract-argument.js';
import { EXIT, exitCodeOf } from '../../src/cli/exit-codes.js';
import { clip } from '../../src/cli/live-view.js';
import { duration, figure, signed, sparkline, table } from '../../src/cli/print.js';
import { NotFilledError, OrderStateError, RuleError } from '../../src/client/orders/order-errors.js';
import {
  AdmissionError,
  ClosedError,
  ConnectError,
  GatewayError,
  ReadOnlyError,
  TimeoutError,
} from '../../src/client/wire/errors.js';
import { TooOldError } from '../../src/protocol/errors.js';
import { plain } from './run-cli.js';

describe('contracts in a word', () => {
  it.each([
    ['AAPL', { secType: 'STK', symbol: 'AAPL', exchange: 'SMART', currency: 'USD' }],
    ['aapl', { symbol: 'AAPL' }],
    ['0700.HK', { symbol: '700', currency: 'HKD' }],
    ['EUR.USD', { secType: 'CASH', symbol: 'EUR', currency: 'USD', exchange: 'IDEALPRO' }],
    ['id:265598', { conId: 265598, exchange: 'SMART' }],
    ['id:265598@ISLAND', { conId: 265598, exchange: 'ISLAND' }],
    ['FUT:ES:202612@CME', { secType: 'FUT', symbol: 'ES', lastTradeDateOrContractMonth: '202612', exchange: 'CME' }],
    ['OPT:AAPL:20261218:190:C', { secType: 'OPT', strike: 190, right: 'C', lastTradeDateOrContractMonth: '20261218' }],
    ['IND:SPX@CBOE', { secType: 'IND', exchange: 'CBOE' }],
    ['STK:VOD@LSE/GBP', { symbol: 'VOD', exchange: 'LSE', currency: 'GBP' }],
    ['CONTFUT:ES@CME', { secType: 'CONTFUT' }],
    ['CRYPTO:BTC', { secType: 'CRYPTO', exchange: 'PAXOS' }],
  ])('%s', (word, contract) => {
    expect(contractOf(word)).toMatchObject(contract);
  });

  it.each([
    ['FUT:ES:202612', "'FUT:ES:202612' needs an exchange, as in FUT:ES:202612@CME."],
    ['XYZ:ES', "'XYZ' is not a type of contract."],
    ['STK:A:B', "'STK:A:B' has more parts than a contract of type STK."],
  ])('refuses %s and says what would be read', (word, message) => {
    expect(() => contractOf(word)).toThrow(
      expect.objectContaining({ message, exitCode: EXIT.usage, hint: expect.stringContaining('TYPE:SYMBOL') }),
    );
  });
});

describe('bars in words', () => {
  it.each([
    ['1h', '1 hour'],
    ['5m', '5 mins'],
    ['1m', '1 min'],
    ['30s', '30 secs'],
    ['1d', '1 day'],
    ['1w', '1 week'],
    ['1mo', '1 month'],
    ['15 mins', '15 mins'],
  ])('size %s is %s', (word, size) => expect(barSizeOf(word)).toBe(size));

  it.each([
    ['5d', '5 D'],
    ['2w', '2 W'],
    ['3mo', '3 M'],
    ['3m', '3 M'],
    ['1y', '1 Y'],
    ['3600s', '3600 S'],
    ['5 D', '5 D'],
  ])('duration %s is %s', (word, text) => expect(durationOf(word)).toBe(text));

  it.each([
    ['2026-09-02', '2026-09-02T00:00:00.000Z'],
    ['2026-09-02T14:30', '2026-09-02T14:30:00.000Z'],
    ['2026-09-02 14:30', '2026-09-02T14:30:00.000Z'],
    ['2026-09-02T09:30-04:00', '2026-09-02T13:30:00.000Z'],
  ])('instant %s is %s', (word, iso) => expect(instantOf(word).toISOString()).toBe(iso));

  it('refuses what it cannot read', () => {
    for (const word of ['7m', 'h', '1 hours', '']) expect(() => barSizeOf(word)).toThrow('is no bar size');
    for (const word of ['0d', '5', 'd5', '1.5d']) expect(() => durationOf(word)).toThrow('is no duration');
    for (const word of ['x', '2026-13-01', '02.09.2026', '2026']) expect(() => instantOf(word)).toThrow('is no date');
  });
});

describe('figures', () => {
  it('groups thousands and keeps every digit of a long decimal', () => {
    expect(figure(1234.5)).toBe('1,234.5');
    expect(figure('123456789012345678.123456789')).toBe('123,456,789,012,345,678.123456789');
    expect(figure(0.1, 2)).toBe('0.10');
    expect(figure(undefined)).toBeUndefined();
    expect(figure('INDIVIDUAL')).toBe('INDIVIDUAL');
  });

  it('shows the sign of a gain and of a loss', () => {
    expect([signed(1.5, 2), signed(-1.5, 2), signed(0, 2)].map((text) => plain(text ?? ''))).toEqual(['+1.50', '-1.50', '0.00']);
  });

  it('says times as people do', () => {
    expect([5, 12_500, 180_000, 7_200_000, 6_800_000_000].map(duration)).toEqual([
      '5 ms',
      '12.5 s',
      '3 min',
      '2 hours',
      '79 days',
    ]);
  });

  it('draws the lowest price lowest and the highest highest, and a flat line in the middle', () => {
    expect(sparkline([1, 4, 8])).toBe('▁▄█');
    expect(sparkline([5, 5])).toBe('▄▄');
  });

  it('aligns numbers to the right and puts a dash for what is not known', () => {
    const text = table(
      ['name', { name: 'value', align: 'right' }],
      [
        ['a', '1,000'],
        ['bb', undefined],
      ],
    );
    expect(plain(text).split('\n')).toEqual(['  name  value', '  a     1,000', '  bb        -']);
  });

  it('cuts a line to the width of the terminal, colours not counted', () => {
    expect(clip('\x1b[31mabcdef\x1b[39m', 3)).toBe('\x1b[31mabc\x1b[39m');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.nat(50), (text, columns) => {
        expect(clip(`\x1b[2m${text}\x1b[22m`, columns)).toBe(`\x1b[2m${text.slice(0, columns)}\x1b[22m`);
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});

describe('strikes around the money', () => {
  it('takes as many below as above', () => {
    expect(aroundMoney([90, 95, 100, 105, 110], 101, 1)).toEqual([100, 105]);
    expect(aroundMoney([90, 95, 100, 105, 110], 300, 2)).toEqual([105, 110]);
    expect(aroundMoney([90, 95, 100, 105, 110], undefined, 1)).toEqual([95, 100]);
  });
});

describe('exit codes', () => {
  const end = { at: 'cancelled', filled: { toFixed: () => '0' }, reason: undefined } as unknown as ConstructorParameters<
    typeof NotFilledError
  >[0]; // only what the message reads
  it.each([
    [new ConnectError('socket', 'x'), 3],
    [new ClosedError('x'), 3],
    [new RuleError([]), 4],
    [new ReadOnlyError('placeOrder', 'client'), 4],
    [new OrderStateError('x', 'y'), 4],
    [new GatewayError({ errorCode: 200, text: '', id: 1, asked: undefined }), 5],
    [new NotFilledError(end), 5],
    [new TimeoutError('x', 1), 6],
    [new AdmissionError('x', { budget: 'rate', because: '' }), 7],
    [new TooOldError('x', '', 200, 176), 8],
    [Object.assign(new Error('x'), { code: 'ENOENT' }), 2],
    [new Error('x'), 1],
  ])('%o', (error, code) => expect(exitCodeOf(error)).toBe(code));
});
