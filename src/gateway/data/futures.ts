/** Futures products: their expiries follow from the rules, their conIds from recordings where known. */
import type { RuleName } from './market-rules.js';

export interface FutureProduct {
  readonly symbol: string;
  readonly longName: string;
  readonly exchange: string;
  readonly validExchanges: string;
  readonly currency: string;
  readonly calendar: string;
  readonly multiplier: number;
  readonly rule: RuleName;
  /** Delivery months: quarterly (March, June, …) or every month. */
  readonly cycle: 'quarterly' | 'monthly';
  /** How many months ahead are listed. */
  readonly horizon: number;
  readonly expiry: 'thirdFriday' | 'crude' | 'metal' | 'gas';
  /** HH:mm:ss of the last trade. */
  readonly lastTradeTime: string;
  readonly settlement: 'Cash' | 'Physical Delivery';
  readonly underConId: number;
  readonly driver: string;
  readonly ratio: number;
  /** Yearly growth of the price along the curve. */
  readonly carry: number;
  /** Contracts a day over the volume of the driver. */
  readonly volumeScale: number;
  readonly initialMargin: number;
  readonly volatility: number;
  /** Month (yyyyMM) → conId, from recordings. */
  readonly known: Readonly<Record<string, number>>;
}

const EQUITY = {
  currency: 'USD',
  exchange: 'CME',
  validExchanges: 'CME,QBALGO',
  calendar: 'cme',
  cycle: 'quarterly',
  horizon: 21,
  expiry: 'thirdFriday',
  lastTradeTime: '08:30:00',
  settlement: 'Cash',
  carry: 0.03,
  known: {},
} as const;

export const FUTURES: readonly FutureProduct[] = [
  {
    ...EQUITY,
    symbol: 'ES',
    longName: 'E-mini S&P 500',
    multiplier: 50,
    rule: 'es',
    underConId: 11004968,
    driver: 'US500',
    ratio: 1,
    volumeScale: 1,
    initialMargin: 24500,
    volatility: 0.16,
    known: {
      '202506': 620731015,
      '202509': 637533641,
      '202606': 495512552,
      '202609': 649180671,
      '202612': 515416632,
      '202703': 649180684,
      '202706': 649180661,
      '202709': 649180681,
      '202712': 586139767,
      '202803': 649180666,
      '202806': 649180690,
      '202809': 649180675,
      '202812': 654503299,
      '202903': 672387437,
      '202906': 691171642,
      '202909': 711280049,
    },
  },
  {
    ...EQUITY,
    symbol: 'MES',
    longName: 'Micro E-Mini S&P 500 Stock Price Index',
    multiplier: 5,
    rule: 'es',
    underConId: 362673777,
    driver: 'US500',
    ratio: 1,
    volumeScale: 0.8,
    initialMargin: 2450,
    volatility: 0.16,
    known: { '202312': 586139726, '202603': 750150186 },
  },
  {
    ...EQUITY,
    symbol: 'NQ',
    longName: 'E-mini NASDAQ 100',
    multiplier: 20,
    rule: 'es',
    underConId: 0,
    driver: 'US100',
    ratio: 1,
    volumeScale: 1,
    initialMargin: 35200,
    volatility: 0.2,
  },
  {
    ...EQUITY,
    symbol: 'MNQ',
    longName: 'Micro E-Mini Nasdaq-100 Index',
    multiplier: 2,
    rule: 'es',
    underConId: 0,
    driver: 'US100',
    ratio: 1,
    volumeScale: 2,
    initialMargin: 3520,
    volatility: 0.2,
  },
  {
    ...EQUITY,
    symbol: 'RTY',
    longName: 'E-Mini Russell 2000 Index',
    multiplier: 50,
    rule: 'rty',
    underConId: 0,
    driver: 'US2000',
    ratio: 1,
    volumeScale: 0.4,
    initialMargin: 9800,
    volatility: 0.22,
  },
  {
    ...EQUITY,
    symbol: 'YM',
    longName: 'Mini Sized Dow Jones Industrial Average $5',
    exchange: 'CBOT',
    validExchanges: 'CBOT,QBALGO',
    multiplier: 5,
    rule: 'ym',
    underConId: 0,
    driver: 'US30',
    ratio: 1,
    volumeScale: 0.3,
    initialMargin: 15800,
    volatility: 0.15,
  },
  {
    symbol: 'CL',
    longName: 'Light Sweet Crude Oil',
    exchange: 'NYMEX',
    validExchanges: 'NYMEX,QBALGO',
    currency: 'USD',
    calendar: 'nymex',
    multiplier: 1000,
    rule: 'crude',
    cycle: 'monthly',
    horizon: 24,
    expiry: 'crude',
    lastTradeTime: '14:30:00',
    settlement: 'Physical Delivery',
    underConId: 0,
    driver: 'CRUDE',
    ratio: 1,
    carry: -0.02,
    volumeScale: 0.9,
    initialMargin: 6400,
    volatility: 0.34,
    known: { '202602': 304037410, '202606': 296574762, '202612': 296574787, '202701': 304037396 },
  },
  {
    symbol: 'GC',
    longName: 'Gold',
    exchange: 'COMEX',
    validExchanges: 'COMEX,QBALGO',
    currency: 'USD',
    calendar: 'nymex',
    multiplier: 100,
    rule: 'gold',
    cycle: 'monthly',
    horizon: 18,
    expiry: 'metal',
    lastTradeTime: '13:30:00',
    settlement: 'Physical Delivery',
    underConId: 0,
    driver: 'GOLD',
    ratio: 1,
    carry: 0.04,
    volumeScale: 0.5,
    initialMargin: 17600,
    volatility: 0.18,
    known: { '202801': 834270058, '203112': 835061502 },
  },
  {
    symbol: 'NG',
    longName: 'Henry Hub Natural Gas',
    exchange: 'NYMEX',
    validExchanges: 'NYMEX,QBALGO',
    currency: 'USD',
    calendar: 'nymex',
    multiplier: 10000,
    rule: 'gas',
    cycle: 'monthly',
    horizon: 24,
    expiry: 'gas',
    lastTradeTime: '14:30:00',
    settlement: 'Physical Delivery',
    underConId: 36552980,
    driver: 'GAS',
    ratio: 1,
    carry: 0.05,
    volumeScale: 0.6,
    initialMargin: 4200,
    volatility: 0.6,
    known: { '202709': 269460134 },
  },
];

/** Paths that several instruments follow: key, calendar, price, yearly volatility, volume a day. */
export const SHARED_DRIVERS: readonly (readonly [
  key: string,
  calendar: string,
  price: number,
  volatility: number,
  volume: number,
])[] = [
  ['US500', 'cme', 6450, 0.16, 1_500_000],
  ['US100', 'cme', 23500, 0.2, 600_000],
  ['US2000', 'cme', 2350, 0.22, 600_000],
  ['US30', 'cme', 45500, 0.15, 600_000],
  ['CRUDE', 'nymex', 64.2, 0.34, 600_000],
  ['GOLD', 'metal', 3450, 0.18, 600_000],
  ['GAS', 'nymex', 3.05, 0.6, 600_000],
];
