/** Currencies, indices, crypto, funds, bonds, metal and warrants, built from their tables. */
import { ORDER_TYPES } from '../data/order-types.js';
import { BONDS, CRYPTO, CURRENCY_PAIRS, FUNDS, INDICES, WARRANTS } from '../data/others.js';
import { instrumentFrom } from './blank-instrument.js';
import { calendarOf } from './calendar.js';
import { dayOfText } from './civil.js';
import { madeUpConId } from './conid.js';
import type { Built } from './static-stocks.js';
import { instantOf } from './zone.js';

function currencies(): Built[] {
  return CURRENCY_PAIRS.map(([base, quote, conId, price, volatility]) => {
    const name = `${base}.${quote}`;
    const isWide = price > 20;
    const instrument = instrumentFrom({
      conId: conId === 0 ? madeUpConId(`CASH ${name}`) : conId,
      symbol: base,
      secType: 'CASH',
      currency: quote,
      exchange: 'IDEALPRO',
      localSymbol: name,
      tradingClass: name,
      longName: `${base}/${quote} spot`,
      timeZoneId: 'US/Eastern',
      calendar: 'fx',
      ruleName: isWide ? 'yenHalfPip' : 'halfPip',
      orderTypes: ORDER_TYPES.forex,
      validExchanges: 'IDEALPRO',
      aggGroup: 4,
      driver: { key: `CASH ${name}`, ratio: 1, carry: 0, volumeScale: 0 },
      volatility,
      spreadTicks: 2,
    });
    return { instrument, own: { key: `CASH ${name}`, calendar: 'fx', price, volatility, dailyVolume: 1 } };
  });
}

function indices(): Built[] {
  return INDICES.map((row) => {
    const key = row.driver ?? `IND ${row.symbol}`;
    const instrument = instrumentFrom({
      conId: row.conId === 0 ? madeUpConId(`IND ${row.symbol}`) : row.conId,
      symbol: row.symbol,
      secType: 'IND',
      currency: row.currency,
      exchange: row.exchange,
      localSymbol: row.symbol,
      longName: row.longName,
      industry: 'Indices',
      category: row.category,
      subcategory: '*',
      timeZoneId: calendarOf(row.calendar).rule.zone,
      calendar: row.calendar,
      ruleName: 'index',
      orderTypes: ORDER_TYPES.index,
      validExchanges: row.exchange,
      driver: { key, ratio: 1, carry: 0, volumeScale: 0 },
      volatility: row.volatility,
    });
    const own = { key, calendar: row.calendar, price: row.price, volatility: row.volatility, dailyVolume: 1 };
    return { instrument, own: row.driver === undefined ? own : undefined };
  });
}

function crypto(): Built[] {
  return CRYPTO.map(([symbol, conId, longName, price, volatility, dailyVolume, ruleName]) => {
    const key = `CRYPTO ${symbol}`;
    const instrument = instrumentFrom({
      conId: conId === 0 ? madeUpConId(key) : conId,
      symbol,
      secType: 'CRYPTO',
      currency: 'USD',
      exchange: 'PAXOS',
      localSymbol: `${symbol}.USD`,
      tradingClass: symbol,
      longName,
      timeZoneId: 'US/Eastern',
      calendar: 'crypto',
      ruleName,
      orderTypes: ORDER_TYPES.crypto,
      validExchanges: 'PAXOS',
      minSize: 0.00000001,
      sizeIncrement: 0.00000001,
      suggestedSizeIncrement: 0.00000001,
      driver: { key, ratio: 1, carry: 0, volumeScale: 1 },
      volatility,
      spreadTicks: 4,
    });
    return { instrument, own: { key, calendar: 'crypto', price, volatility, dailyVolume } };
  });
}

function funds(): Built[] {
  return FUNDS.map((row) => {
    const key = `FUND ${row.symbol}`;
    const instrument = instrumentFrom({
      conId: row.conId,
      symbol: row.symbol,
      secType: 'FUND',
      currency: 'USD',
      exchange: 'FUNDSERV',
      localSymbol: row.cusip,
      tradingClass: row.cusip,
      marketName: row.symbol,
      longName: row.longName,
      timeZoneId: 'US/Eastern',
      calendar: 'fund',
      ruleName: 'fund',
      orderTypes: ORDER_TYPES.fund,
      validExchanges: 'FUNDSERV',
      minSize: 0.001,
      sizeIncrement: 0.001,
      secIdList: row.isin === '' ? [] : [{ tag: 'ISIN', value: row.isin }],
      fund: row.facts,
      driver: { key, ratio: 1, carry: 0, volumeScale: 0 },
      volatility: 0.16,
    });
    return { instrument, own: { key, calendar: 'fund', price: row.price, volatility: 0.16, dailyVolume: 1 } };
  });
}

function bonds(): Built[] {
  return BONDS.map((row) => {
    const conId = row.conId === 0 ? madeUpConId(`BOND ${row.facts.descAppend}`) : row.conId;
    const key = `BOND ${conId}`;
    const instrument = instrumentFrom({
      conId,
      symbol: row.tradingClass,
      secType: 'BOND',
      currency: 'USD',
      exchange: 'SMART',
      localSymbol: `IBCID${conId}`,
      tradingClass: row.tradingClass,
      longName: row.issuer,
      contractMonth: row.facts.maturity.slice(0, 6),
      industry: 'Technology',
      category: 'Computers',
      subcategory: 'Computers',
      timeZoneId: 'US/Eastern',
      calendar: 'us-bond',
      ruleName: 'corporateBond',
      orderTypes: ORDER_TYPES.bond,
      validExchanges: 'SMART',
      minSize: 2,
      aggGroup: 7,
      multiplier: 10,
      secIdList: [{ tag: 'CUSIP', value: row.facts.cusip }, ...(row.isin === '' ? [] : [{ tag: 'ISIN', value: row.isin }])],
      bond: row.facts,
      driver: { key, ratio: 1, carry: 0, volumeScale: 0.01 },
      volatility: row.volatility,
      spreadTicks: 150,
    });
    return { instrument, own: { key, calendar: 'us-bond', price: row.price, volatility: row.volatility, dailyVolume: 1 } };
  });
}

function metal(): Built {
  const instrument = instrumentFrom({
    conId: 69067924,
    symbol: 'XAUUSD',
    secType: 'CMDTY',
    currency: 'USD',
    exchange: 'SMART',
    localSymbol: 'XAUUSD',
    tradingClass: 'XAUUSD',
    longName: 'London Gold',
    timeZoneId: 'US/Eastern',
    calendar: 'metal',
    ruleName: 'metal',
    orderTypes: ORDER_TYPES.metal,
    validExchanges: 'SMART',
    aggGroup: 14,
    driver: { key: 'GOLD', ratio: 1, carry: 0, volumeScale: 0 },
    volatility: 0.18,
    spreadTicks: 35,
  });
  return { instrument, own: undefined };
}

function warrants(tencent: number): Built[] {
  return WARRANTS.map(([conId, localSymbol, lastTradeDate, realExpirationDate, strike, right, isin, multiplier]) => {
    const instrument = instrumentFrom({
      conId: conId === 0 ? madeUpConId(`WAR ${localSymbol}`) : conId,
      symbol: '700',
      secType: 'WAR',
      currency: 'HKD',
      exchange: 'SEHK',
      localSymbol,
      tradingClass: '700',
      longName: 'TENCENT HOLDINGS LTD',
      lastTradeDate,
      lastTradeTime: '16:00:00',
      lastTradeAt: instantOf('Hongkong', dayOfText(lastTradeDate) ?? 0, 16 * 3_600_000),
      contractMonth: lastTradeDate.slice(0, 6),
      realExpirationDate,
      strike,
      right,
      multiplier,
      multiplierText: String(multiplier),
      industry: 'Communications',
      category: 'Internet',
      subcategory: 'Internet Content-Info/Ne',
      timeZoneId: 'Hongkong',
      calendar: 'sehk',
      ruleName: 'warrant',
      orderTypes: ORDER_TYPES.warrant,
      validExchanges: 'SEHK',
      minSize: 10000,
      sizeIncrement: 10000,
      suggestedSizeIncrement: 10000,
      settlementMethod: 'Cash',
      secIdList: isin === '' ? [] : [{ tag: 'ISIN', value: isin }],
      underConId: tencent,
      underSymbol: '700',
      underSecType: 'STK',
      exerciseStyle: 'european',
      driver: { key: '700.HKD.SEHK', ratio: 1, carry: 0, volumeScale: 0.00002 },
      volatility: 0.36,
      spreadTicks: 1,
    });
    return { instrument, own: undefined };
  });
}

/** Everything that is neither a stock nor generated. */
export function buildOthers(tencent: number): Built[] {
  return [...currencies(), ...indices(), ...crypto(), ...funds(), ...bonds(), metal(), ...warrants(tencent)];
}
