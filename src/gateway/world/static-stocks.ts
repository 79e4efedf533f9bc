/** Stocks, funds traded like them, and contracts for difference on them, built from their tables. */
import { ASIAN_MARKETS, type WorldMarket, type WorldStockRow } from '../data/asian-stocks.js';
import { EUROPEAN_MARKETS } from '../data/european-stocks.js';
import { ORDER_TYPES } from '../data/order-types.js';
import { CFDS } from '../data/others.js';
import { type StockRow, US_STOCKS } from '../data/us-stocks.js';
import { instrumentFrom } from './blank-instrument.js';
import { calendarOf } from './calendar.js';
import { madeUpConId } from './conid.js';
import type { Instrument, SecId } from './instrument.js';

/** A path of its own for an instrument: price and volume a day. */
export interface OwnDriver {
  readonly key: string;
  readonly calendar: string;
  readonly price: number;
  readonly volatility: number;
  readonly dailyVolume: number;
}

export interface Built {
  readonly instrument: Instrument;
  /** Unset when it follows a shared path. */
  readonly own: OwnDriver | undefined;
}

const US_EXCHANGES =
  'SMART,AMEX,NYSE,CBOE,PHLX,ISE,CHX,ARCA,NASDAQ,DRCTEDGE,BEX,BATS,EDGEA,BYX,IEX,EDGX,FOXRIVER,PEARL,NYSENAT,LTSE,MEMX,IBEOS,OVERNIGHT,TPLUS0,PSX,T24X';

/** Stocks whose price follows an index: symbol → driver, price over the driver's, volume over the driver's. */
const FOLLOWERS: Readonly<Record<string, readonly [driver: string, ratio: number, volumeScale: number]>> = {
  SPY: ['US500', 0.1, 45],
  QQQ: ['US100', 0.0243, 75],
  IWM: ['US2000', 0.1, 50],
  DIA: ['US30', 0.01, 7],
};

const isin = (value: string): SecId[] => (value === '' ? [] : [{ tag: 'ISIN', value }]);

function usStock(row: StockRow): Built {
  const [symbol, conId, longName, primaryExchange, tradingClass, price, volatility, millions] = row;
  const [, , , , , , , , industry, category, subcategory, stockType, id, borrow, fee, dividend] = row;
  const follows = FOLLOWERS[symbol];
  const key = `${symbol}.USD`;
  const instrument = instrumentFrom({
    conId: conId === 0 ? madeUpConId(`STK ${symbol} USD`) : conId,
    symbol,
    secType: 'STK',
    currency: 'USD',
    exchange: 'SMART',
    primaryExchange,
    localSymbol: symbol,
    tradingClass,
    longName,
    industry,
    category,
    subcategory,
    stockType,
    timeZoneId: 'US/Eastern',
    calendar: 'us-stock',
    ruleName: price < 5 ? 'usPenny' : 'usStock',
    orderTypes: ORDER_TYPES.stock,
    validExchanges: US_EXCHANGES,
    minSize: 0.0001,
    sizeIncrement: 0.0001,
    suggestedSizeIncrement: 100,
    aggGroup: 1,
    secIdList: isin(id),
    shortableShares: Math.round(borrow * 1e6),
    borrowFee: fee,
    isPartnership: stockType === 'MLP',
    driver: follows
      ? { key: follows[0], ratio: follows[1], carry: 0, volumeScale: follows[2] }
      : { key, ratio: 1, carry: 0, volumeScale: 1 },
    volatility,
    spreadTicks: price < 5 ? 8 : price > 1000 ? 60 : price > 400 ? 6 : price > 150 ? 2 : 1,
    dividendYield: dividend,
    listedSince: symbol === 'AAPL' ? '19801212' : '20050103',
  });
  const own = { key, calendar: 'us-stock', price, volatility, dailyVolume: millions * 1e6 };
  return { instrument, own: follows ? undefined : own };
}

function worldStock(market: WorldMarket, row: WorldStockRow): Built {
  const [symbol, conId, longName, localSymbol, tradingClass, price, volatility, millions, industry, category, id, lot, dividend] =
    row;
  const key = `${symbol}.${market.currency}.${market.exchange}`;
  const instrument = instrumentFrom({
    conId: conId === 0 ? madeUpConId(`STK ${key}`) : conId,
    symbol,
    secType: 'STK',
    currency: market.currency,
    exchange: market.route,
    primaryExchange: market.exchange,
    localSymbol,
    tradingClass,
    longName,
    industry,
    category,
    stockType: 'COMMON',
    timeZoneId: calendarOf(market.calendar).rule.zone,
    calendar: market.calendar,
    ruleName: market.rule,
    orderTypes: ORDER_TYPES.stock,
    validExchanges: market.validExchanges,
    priceMagnifier: market.magnifier,
    minSize: lot,
    sizeIncrement: lot,
    suggestedSizeIncrement: lot,
    secIdList: isin(id),
    shortableShares: Math.round(millions * 2e5),
    borrowFee: 0.75,
    driver: { key, ratio: 1, carry: 0, volumeScale: lot === 1 ? 1 : lot },
    volatility,
    dividendYield: dividend,
  });
  return {
    instrument,
    own: { key, calendar: market.calendar, price, volatility, dailyVolume: (millions * 1e6) / lot },
  };
}

function cfd(stock: Instrument): Built {
  const instrument: Instrument = {
    ...stock,
    conId: madeUpConId(`CFD ${stock.symbol} ${stock.currency}`),
    secType: 'CFD',
    exchange: 'SMART',
    primaryExchange: undefined,
    localSymbol: `${stock.symbol}n`,
    tradingClass: `${stock.symbol}n`,
    marketName: `${stock.symbol}n`,
    stockType: undefined,
    orderTypes: ORDER_TYPES.cfd,
    validExchanges: 'SMART',
    marketRuleIds: String(stock.rule.marketRuleId),
    minSize: 1,
    sizeIncrement: 1,
    suggestedSizeIncrement: 1,
    secIdList: [],
    underConId: stock.conId,
    underSymbol: stock.symbol,
    underSecType: 'STK',
    isPartnership: false,
  };
  return { instrument, own: undefined };
}

/** All stocks of the universe and the CFDs on some of them. */
export function buildStocks(): Built[] {
  const built = US_STOCKS.map(usStock);
  for (const market of [...ASIAN_MARKETS, ...EUROPEAN_MARKETS]) {
    for (const row of market.rows) built.push(worldStock(market, row));
  }
  const cfds = CFDS.flatMap((symbol) => built.filter((each) => each.instrument.symbol === symbol).slice(0, 1));
  return [...built, ...cfds.map((each) => cfd(each.instrument))];
}
