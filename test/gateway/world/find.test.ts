import { describe, expect, it } from 'vitest';
import { type ContractQuery, find, resolve } from '../../../src/gateway/world/find.js';
import { MAX_MATCHES, matchingSymbols } from '../../../src/gateway/world/matching-symbols.js';
import { buildUniverse } from '../../../src/gateway/world/universe.js';

const NOW = Date.parse('2026-09-01T18:30:00Z');
const universe = buildUniverse(1, NOW);
const names = (query: ContractQuery): string[] => find(universe, query, NOW).map((each) => each.localSymbol);

describe('finding contracts', () => {
  it.each([
    [{ symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' }, 'AAPL'],
    [{ conId: 265598 }, 'AAPL'],
    [{ conId: 265598, exchange: 'ISLAND' }, 'AAPL'],
    [{ symbol: 'AAPL', secType: 'STK', primaryExchange: 'NASDAQ' }, 'AAPL'],
    [{ localSymbol: 'BRK B', secType: 'STK' }, 'BRK B'],
    [{ symbol: 'EUR', secType: 'CASH', currency: 'USD', exchange: 'IDEALPRO' }, 'EUR.USD'],
    [{ localSymbol: 'USD.JPY', secType: 'CASH' }, 'USD.JPY'],
    [{ secIdType: 'ISIN', secId: 'US0378331005', secType: 'STK', exchange: 'SMART' }, 'AAPL'],
    [{ secIdType: 'CUSIP', secId: '037833100', secType: 'STK' }, 'AAPL'],
    [{ symbol: 'SPX', secType: 'IND', exchange: 'CBOE' }, 'SPX'],
    [{ symbol: 'ES', secType: 'FUT', exchange: 'CME', lastTradeDateOrContractMonth: '202612' }, 'ESZ6'],
    [{ symbol: 'ES', secType: 'FUT', exchange: 'CME', lastTradeDateOrContractMonth: '20261218' }, 'ESZ6'],
    [{ localSymbol: 'ESZ6', secType: 'FUT', exchange: 'CME' }, 'ESZ6'],
    [{ symbol: 'ES', secType: 'CONTFUT', exchange: 'CME' }, 'ESU6'],
    [
      { symbol: 'AAPL', secType: 'OPT', exchange: 'SMART', lastTradeDateOrContractMonth: '20261218', strike: 300, right: 'CALL' },
      'AAPL  261218C00300000',
    ],
    [{ localSymbol: 'AAPL  261218C00300000', secType: 'OPT', exchange: 'SMART' }, 'AAPL  261218C00300000'],
    [{ symbol: '700', secType: 'WAR', lastTradeDateOrContractMonth: '202612', strike: 700, right: 'C' }, '13299'],
    [{ symbol: 'AAPL', secType: 'CFD' }, 'AAPLn'],
    [{ symbol: 'IBCID363526143', secType: 'BOND' }, 'IBCID363526143'],
  ])('%j is one instrument', (query, localSymbol) => {
    expect(names(query)).toEqual([localSymbol]);
    expect(resolve(universe, query, NOW).at).toBe('one');
  });

  it.each([
    [{ symbol: 'NOSUCH', secType: 'STK' }],
    [{ symbol: 'AAPL', secType: 'STK', currency: 'EUR' }],
    [{ symbol: 'AAPL', secType: 'STK', exchange: 'SEHK' }],
    [{ conId: 1 }],
    [{ conId: 265598, exchange: 'CME' }],
    [{ conId: 265598, symbol: 'MSFT' }],
    [{ symbol: 'USD', secType: 'CASH', currency: 'EUR' }],
    [{ symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20261217', strike: 300, right: 'C' }],
    [{ symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20261218', strike: 301.37, right: 'C' }],
    [{ symbol: 'ES', secType: 'FUT', lastTradeDateOrContractMonth: '202606' }],
    [{ secType: 'STK' }],
    [{ secIdType: 'ISIN', secId: 'US0000000000' }],
    [{ secIdType: 'CUSIP', secId: '037833100', symbol: 'MSFT' }],
  ])('%j is nothing', (query) => {
    expect(resolve(universe, query, NOW)).toEqual({ at: 'none' });
  });

  it('finds an expired future only when expired ones are wanted', () => {
    expect(names({ symbol: 'ES', secType: 'FUT', lastTradeDateOrContractMonth: '202606', includeExpired: true })).toEqual([
      'ESM6',
    ]);
    expect(find(universe, { conId: 495512552 }, NOW)[0]?.localSymbol).toBe('ESM6');
  });

  it('drops a warrant with its last trade', () => {
    const after = Date.parse('2026-12-24T09:00:00Z');
    const query = { symbol: '700', secType: 'WAR', localSymbol: '13299' };
    expect(find(universe, query, after)).toEqual([]);
    expect(find(universe, { ...query, includeExpired: true }, after)).toHaveLength(1);
  });

  it('returns the whole chain for a partial future or option', () => {
    expect(names({ symbol: 'CL', secType: 'FUT', exchange: 'NYMEX' }).length).toBeGreaterThan(20);
    const december = find(universe, { symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '202612' }, NOW);
    expect(december.length).toBeGreaterThan(20);
    expect(new Set(december.map((each) => each.lastTradeDate))).toEqual(new Set(['20261218']));
    const puts = find(universe, { symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20261218', right: 'P' }, NOW);
    expect(puts.every((each) => each.right === 'P')).toBe(true);
    expect(puts.length * 2).toBe(december.length);
  });

  it('is ambiguous where two classes share a strike and a day, until the class is said', () => {
    const query = { symbol: 'SPX', secType: 'OPT', lastTradeDateOrContractMonth: '20260918', strike: 6400, right: 'C' };
    const both = resolve(universe, query, NOW);
    expect(both.at === 'many' && both.candidates.map((each) => each.tradingClass)).toEqual(['SPX', 'SPXW']);
    expect(resolve(universe, { ...query, tradingClass: 'SPXW' }, NOW).at).toBe('one');
  });
});

describe('matching symbols', () => {
  it('puts the exact symbol first, then prefixes, then names, at most sixteen', () => {
    const found = matchingSymbols(universe, 'a').map(({ instrument }) => instrument.symbol);
    expect(found.length).toBeLessThanOrEqual(MAX_MATCHES);
    expect(found[0]).toBe('AAPL');
    expect(found.every((symbol) => symbol.startsWith('A'))).toBe(true);
    expect(matchingSymbols(universe, 'T')[0]?.instrument.symbol).toBe('T');
    expect(matchingSymbols(universe, 'tesla').map(({ instrument }) => instrument.symbol)).toEqual(['TSLA']);
    expect(matchingSymbols(universe, 'co')).toHaveLength(MAX_MATCHES);
    expect(matchingSymbols(universe, ' ')).toEqual([]);
    expect(matchingSymbols(universe, 'zzzz')).toEqual([]);
  });

  it('says what trades on a symbol', () => {
    expect(matchingSymbols(universe, 'AAPL')[0]?.derivativeSecTypes).toEqual(['CFD', 'OPT', 'BAG']);
    expect(matchingSymbols(universe, '700')[0]?.derivativeSecTypes).toEqual(['WAR']);
  });
});
