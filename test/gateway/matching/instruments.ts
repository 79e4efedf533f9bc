/** The instruments of the tests, and the instant and the account they start with. */
import type { Instrument } from '../../../src/gateway/world/instrument.js';

/** Wednesday 15 April 2026, 14:00 UTC: 10:00 in New York. */
export const OPEN_TIME = Date.UTC(2026, 3, 15, 14);
export const ACCOUNT = 'DU9000001';

const STOCK: Instrument = {
  conId: 265598,
  symbol: 'AAPL',
  secType: 'STK',
  currency: 'USD',
  exchange: 'SMART',
  primaryExchange: 'NASDAQ',
  localSymbol: 'AAPL',
  tradingClass: 'NMS',
  lastTradeDate: undefined,
  lastTradeTime: undefined,
  lastTradeAt: undefined,
  contractMonth: undefined,
  realExpirationDate: undefined,
  strike: undefined,
  right: undefined,
  multiplier: 1,
  multiplierText: undefined,
  marketName: 'NMS',
  longName: 'APPLE INC',
  industry: undefined,
  category: undefined,
  subcategory: undefined,
  stockType: 'COMMON',
  timeZoneId: 'US/Eastern',
  calendar: 'us-stocks',
  minTick: 0.01,
  rule: { marketRuleId: 26, bands: [{ lowEdge: 0, increment: 0.01 }] },
  marketRuleIds: '26,26',
  orderTypes: '',
  validExchanges: 'SMART,NYSE,ARCA,NASDAQ',
  priceMagnifier: 1,
  minSize: 1,
  sizeIncrement: 1,
  suggestedSizeIncrement: 100,
  aggGroup: 1,
  evRule: undefined,
  evMultiplier: undefined,
  settlementMethod: undefined,
  secIdList: [],
  underConId: undefined,
  underSymbol: undefined,
  underSecType: undefined,
  exerciseStyle: undefined,
  shortableShares: 10_000_000,
  borrowFee: 0.25,
  margin: undefined,
  isPartnership: false,
  fund: undefined,
  bond: undefined,
  driver: { key: 'AAPL', ratio: 1, carry: 0, volumeScale: 1 },
  volatility: 0.3,
  spreadTicks: 2,
  dividendYield: 0,
  listedSince: '20000103',
};

export const AAPL = STOCK;
export const MSFT: Instrument = { ...STOCK, conId: 272093, symbol: 'MSFT', localSymbol: 'MSFT' };
export const EPD: Instrument = { ...STOCK, conId: 4001, symbol: 'EPD', localSymbol: 'EPD', isPartnership: true };
export const HARD: Instrument = { ...STOCK, conId: 4002, symbol: 'HARD', localSymbol: 'HARD', shortableShares: 0 };
export const ES: Instrument = {
  ...STOCK,
  conId: 495512563,
  symbol: 'ES',
  secType: 'FUT',
  exchange: 'CME',
  primaryExchange: undefined,
  localSymbol: 'ESM6',
  tradingClass: 'ES',
  lastTradeDate: '20260619',
  lastTradeAt: Date.UTC(2026, 5, 19, 13, 30),
  multiplier: 50,
  multiplierText: '50',
  minTick: 0.25,
  rule: { marketRuleId: 67, bands: [{ lowEdge: 0, increment: 0.25 }] },
  validExchanges: 'CME',
  margin: { initial: 20_000, maintenance: 18_000, intradayInitial: 10_000, intradayMaintenance: 9_000 },
  shortableShares: undefined,
};
export const EURUSD: Instrument = {
  ...STOCK,
  conId: 12087792,
  symbol: 'EUR',
  secType: 'CASH',
  exchange: 'IDEALPRO',
  primaryExchange: undefined,
  localSymbol: 'EUR.USD',
  tradingClass: 'EUR.USD',
  minTick: 0.00005,
  rule: { marketRuleId: 239, bands: [{ lowEdge: 0, increment: 0.00005 }] },
  validExchanges: 'IDEALPRO',
  shortableShares: undefined,
};

export function option(
  conId: number,
  right: 'C' | 'P',
  strike: number,
  lastTradeDate: string,
  exerciseStyle: 'american' | 'european' = 'american',
): Instrument {
  return {
    ...STOCK,
    conId,
    secType: 'OPT',
    localSymbol: `AAPL  ${lastTradeDate.slice(2)}${right}${String(strike * 1000).padStart(8, '0')}`,
    tradingClass: 'AAPL',
    lastTradeDate,
    lastTradeAt: Date.UTC(2026, 11, 18, 20),
    strike,
    right,
    multiplier: 100,
    multiplierText: '100',
    underConId: AAPL.conId,
    underSymbol: 'AAPL',
    underSecType: 'STK',
    exerciseStyle,
    validExchanges: 'SMART,CBOE',
    shortableShares: undefined,
  };
}
export const CALL_250 = option(7001, 'C', 250, '20261218');
export const CALL_260 = option(7002, 'C', 260, '20261218');
export const PUT_240 = option(7003, 'P', 240, '20261218');
