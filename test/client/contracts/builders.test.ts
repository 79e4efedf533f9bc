import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  byConId,
  cfd,
  combo,
  commodity,
  crypto,
  forex,
  fund,
  index,
  news,
  stock,
} from '../../../src/client/contracts/builders.js';
import { bill, bond } from '../../../src/client/contracts/debt.js';
import {
  continuousFuture,
  eventContract,
  future,
  futureOption,
  option,
  structured,
  warrant,
} from '../../../src/client/contracts/derivatives.js';
import { InputError } from '../../../src/client/input/input-error.js';

const legs = [
  { conId: 43645865, ratio: 1, action: 'BUY', exchange: 'SMART' },
  { conId: 9408, ratio: 2, action: 'SELL', exchange: 'SMART' },
] as const;

describe('contract builders', () => {
  it.each([
    ['stock', stock('AAPL'), { secType: 'STK', symbol: 'AAPL', exchange: 'SMART', currency: 'USD' }],
    [
      'stock elsewhere',
      stock('SAP', { exchange: 'IBIS', currency: 'EUR', primaryExchange: 'IBIS' }),
      { secType: 'STK', symbol: 'SAP', exchange: 'IBIS', currency: 'EUR', primaryExchange: 'IBIS' },
    ],
    [
      'option',
      option('SPY', '2026-06-18', '612.5', 'C', { multiplier: 100, tradingClass: 'SPY' }),
      {
        secType: 'OPT',
        symbol: 'SPY',
        lastTradeDateOrContractMonth: '20260618',
        strike: 612.5,
        right: 'C',
        multiplier: '100',
        exchange: 'SMART',
        currency: 'USD',
        tradingClass: 'SPY',
      },
    ],
    [
      'futureOption',
      futureOption('ES', '20260619', 5900, 'P', 'CME'),
      {
        secType: 'FOP',
        symbol: 'ES',
        lastTradeDateOrContractMonth: '20260619',
        strike: 5900,
        right: 'P',
        exchange: 'CME',
        currency: 'USD',
      },
    ],
    [
      'warrant',
      warrant('DAX', '20261218', 18000, 'C', { exchange: 'FWB', currency: 'EUR' }),
      {
        secType: 'WAR',
        symbol: 'DAX',
        lastTradeDateOrContractMonth: '20261218',
        strike: 18000,
        right: 'C',
        exchange: 'FWB',
        currency: 'EUR',
      },
    ],
    [
      'structured',
      structured('HSI', '20261218', '20000', 'P', { exchange: 'SEHK', currency: 'HKD' }),
      {
        secType: 'IOPT',
        symbol: 'HSI',
        lastTradeDateOrContractMonth: '20261218',
        strike: 20000,
        right: 'P',
        exchange: 'SEHK',
        currency: 'HKD',
      },
    ],
    [
      'eventContract',
      eventContract('ECES', '20260619', 5900, 'C', 'CME'),
      {
        secType: 'EC',
        symbol: 'ECES',
        lastTradeDateOrContractMonth: '20260619',
        strike: 5900,
        right: 'C',
        exchange: 'CME',
        currency: 'USD',
      },
    ],
    [
      'future',
      future('ES', '202606', 'CME', { multiplier: '50', localSymbol: 'ESM6' }),
      {
        secType: 'FUT',
        symbol: 'ES',
        lastTradeDateOrContractMonth: '202606',
        exchange: 'CME',
        currency: 'USD',
        multiplier: '50',
        localSymbol: 'ESM6',
      },
    ],
    ['continuousFuture', continuousFuture('ES', 'CME'), { secType: 'CONTFUT', symbol: 'ES', exchange: 'CME', currency: 'USD' }],
    ['forex', forex('EUR.USD'), { secType: 'CASH', symbol: 'EUR', exchange: 'IDEALPRO', currency: 'USD' }],
    ['forex in two', forex('USD', 'JPY'), { secType: 'CASH', symbol: 'USD', exchange: 'IDEALPRO', currency: 'JPY' }],
    ['crypto', crypto('BTC'), { secType: 'CRYPTO', symbol: 'BTC', exchange: 'PAXOS', currency: 'USD' }],
    [
      'bond',
      bond({ isin: 'US459200KA85' }),
      { secType: 'BOND', secIdType: 'ISIN', secId: 'US459200KA85', exchange: 'SMART', currency: 'USD' },
    ],
    [
      'bond by cusip',
      bond({ cusip: '459200KA8' }),
      { secType: 'BOND', secIdType: 'CUSIP', secId: '459200KA8', exchange: 'SMART', currency: 'USD' },
    ],
    ['bill', bill({ conId: 12345 }), { secType: 'BILL', conId: 12345, exchange: 'SMART', currency: 'USD' }],
    ['cfd', cfd('IBUS500'), { secType: 'CFD', symbol: 'IBUS500', exchange: 'SMART', currency: 'USD' }],
    ['index', index('SPX', 'CBOE'), { secType: 'IND', symbol: 'SPX', exchange: 'CBOE', currency: 'USD' }],
    ['fund', fund('VINIX'), { secType: 'FUND', symbol: 'VINIX', exchange: 'FUNDSERV', currency: 'USD' }],
    ['commodity', commodity('XAUUSD'), { secType: 'CMDTY', symbol: 'XAUUSD', exchange: 'SMART', currency: 'USD' }],
    ['news', news('BRFG'), { secType: 'NEWS', symbol: 'BRFG:BRFG_ALL', exchange: 'BRFG' }],
    ['combo', combo('GOOG', legs), { secType: 'BAG', symbol: 'GOOG', exchange: 'SMART', currency: 'USD', comboLegs: legs }],
    ['byConId', byConId('STK', 265598), { secType: 'STK', conId: 265598, exchange: 'SMART' }],
  ])('%s is plain data', (_, built, expected) => {
    expect(built).toStrictEqual(expected);
  });

  it.each<[string, () => unknown, string]>([
    ['an option without a right', () => Reflect.apply(option, null, ['AAPL', '20260618', 200]), 'right'],
    ['an empty symbol', () => stock(''), 'symbol'],
    ['a strike of zero', () => option('AAPL', '20260618', 0, 'C'), 'strike'],
    ['a date that does not exist', () => option('AAPL', '20260231', 200, 'C'), 'lastTradeDateOrContractMonth'],
    ['a lower-case currency', () => stock('AAPL', { currency: 'usd' }), 'currency'],
    ['a misspelt field', () => Reflect.apply(stock, null, ['AAPL', { curency: 'USD' }]), 'curency'],
    ['a pair of one currency', () => forex('USD.USD'), 'currency'],
    ['an ISIN with a wrong check digit', () => bond({ isin: 'US459200KA86' }), 'secId'],
    ['a CUSIP with a wrong check digit', () => bond({ cusip: '459200KA7' }), 'secId'],
    ['a SEDOL with a wrong check digit', () => bond({ sedol: '0263495' }), 'secId'],
    ['a bond with two names', () => Reflect.apply(bond, null, [{ isin: 'US459200KA85', conId: 1 }]), 'bond'],
    ['a combination of one leg', () => combo('GOOG', legs.slice(0, 1)), 'comboLegs'],
    ['a leg that stands twice', () => combo('GOOG', [legs[0], legs[0]]), 'comboLegs[1].conId'],
    ['a leg with a negative ratio', () => combo('GOOG', [{ ...legs[0], ratio: -1 }, legs[1]]), 'comboLegs[0].ratio'],
    [
      'a warrant without a currency',
      () => Reflect.apply(warrant, null, ['DAX', '20261218', 1, 'C', { exchange: 'FWB' }]),
      'currency',
    ],
    ['a symbol with a NUL', () => stock('AA\u0000PL'), 'symbol'],
  ])('refuses %s', (_, build, field) => {
    expect(build).toThrowError(InputError);
    expect(build).toThrowError(expect.objectContaining({ code: 'INVALID_INPUT', field }));
  });

  it('takes a SEDOL with a right check digit', () => {
    expect(bond({ sedol: '0263494' })).toMatchObject({ secId: '0263494' });
  });
});

describe('contract types', () => {
  it('knows what each builder is sure of', () => {
    expectTypeOf(option('AAPL', '20260618', 200, 'C').right).toEqualTypeOf<'C' | 'P'>();
    expectTypeOf(stock('AAPL').secType).toEqualTypeOf<'STK'>();
    expectTypeOf(byConId('FUT', 1).conId).toEqualTypeOf<number>();
  });

  it('does not compile wrong combinations', () => {
    const never = (): void => {
      // @ts-expect-error an option needs a right
      option('AAPL', '20260618', 200);
      // @ts-expect-error a right is C or P
      option('AAPL', '20260618', 200, 'X');
      // @ts-expect-error a future needs its exchange
      future('ES', '202606');
      // @ts-expect-error a warrant needs its currency
      warrant('DAX', '20261218', 1, 'C', { exchange: 'FWB' });
      // @ts-expect-error a stock has no strike
      stock('AAPL', { strike: 5 });
      // @ts-expect-error a leg needs a direction
      combo('GOOG', [{ conId: 1, ratio: 1, exchange: 'SMART' }]);
    };
    expect(never).toBeTypeOf('function');
  });
});
