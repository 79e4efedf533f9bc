/** Currencies, indices, crypto, funds, bonds, warrants: everything that is neither a stock nor a future nor an option. */
import type { BondFacts, FundFacts } from '../world/instrument.js';
import type { RuleName } from './market-rules.js';

/** base, quote, conId, price, yearly volatility; yen pairs move in half pips of 0.005. */
export const CURRENCY_PAIRS: readonly (readonly [
  base: string,
  quote: string,
  conId: number,
  price: number,
  volatility: number,
])[] = [
  ['EUR', 'USD', 12087792, 1.1712, 0.075],
  ['GBP', 'USD', 0, 1.3504, 0.078],
  ['AUD', 'USD', 0, 0.6541, 0.1],
  ['NZD', 'USD', 0, 0.5893, 0.1],
  ['USD', 'JPY', 0, 147.05, 0.1],
  ['USD', 'CHF', 0, 0.8001, 0.08],
  ['USD', 'CAD', 0, 1.3742, 0.06],
  ['USD', 'HKD', 0, 7.796, 0.008],
  ['USD', 'KRW', 0, 1390.2, 0.09],
  ['USD', 'SEK', 0, 9.452, 0.1],
  ['USD', 'MXN', 0, 18.66, 0.12],
  ['EUR', 'GBP', 0, 0.8671, 0.06],
  ['EUR', 'JPY', 0, 172.2, 0.09],
  ['EUR', 'CHF', 0, 0.9372, 0.05],
  ['GBP', 'JPY', 0, 198.6, 0.1],
];

export interface IndexRow {
  readonly symbol: string;
  readonly conId: number;
  readonly longName: string;
  readonly exchange: string;
  readonly currency: string;
  readonly calendar: string;
  readonly price: number;
  readonly volatility: number;
  /** Shared path and its ratio; unset: a path of its own. */
  readonly driver?: string;
  readonly category: string;
}

export const INDICES: readonly IndexRow[] = [
  {
    symbol: 'SPX',
    conId: 416904,
    longName: 'S&P 500 Stock Index',
    exchange: 'CBOE',
    currency: 'USD',
    calendar: 'us-index',
    price: 6450,
    volatility: 0.16,
    driver: 'US500',
    category: 'Broad Range Equity Index',
  },
  {
    symbol: 'NDX',
    conId: 0,
    longName: 'NASDAQ 100 Stock Index',
    exchange: 'NASDAQ',
    currency: 'USD',
    calendar: 'us-index',
    price: 23500,
    volatility: 0.2,
    driver: 'US100',
    category: 'Broad Range Equity Index',
  },
  {
    symbol: 'RUT',
    conId: 0,
    longName: 'Russell 2000 Stock Index',
    exchange: 'RUSSELL',
    currency: 'USD',
    calendar: 'us-index',
    price: 2350,
    volatility: 0.22,
    driver: 'US2000',
    category: 'Broad Range Equity Index',
  },
  {
    symbol: 'INDU',
    conId: 0,
    longName: 'Dow Jones Industrial Average',
    exchange: 'CME',
    currency: 'USD',
    calendar: 'us-index',
    price: 45500,
    volatility: 0.15,
    driver: 'US30',
    category: 'Broad Range Equity Index',
  },
  {
    symbol: 'VIX',
    conId: 0,
    longName: 'CBOE Volatility Index',
    exchange: 'CBOE',
    currency: 'USD',
    calendar: 'us-index',
    price: 16.8,
    volatility: 0.8,
    category: 'Volatility Index',
  },
  {
    symbol: 'DAX',
    conId: 0,
    longName: 'DAX 40 Index (Deutsche Aktien Xchange 40)',
    exchange: 'EUREX',
    currency: 'EUR',
    calendar: 'europe',
    price: 23900,
    volatility: 0.17,
    category: 'Broad Range Equity Index',
  },
  {
    symbol: 'ESTX50',
    conId: 0,
    longName: 'Dow Jones Euro STOXX50',
    exchange: 'EUREX',
    currency: 'EUR',
    calendar: 'europe',
    price: 5360,
    volatility: 0.17,
    category: 'Broad Range Equity Index',
  },
  {
    symbol: 'HSI',
    conId: 0,
    longName: 'Hang Seng Stock Index',
    exchange: 'HKFE',
    currency: 'HKD',
    calendar: 'sehk',
    price: 25100,
    volatility: 0.22,
    category: 'Broad Range Equity Index',
  },
];

/** symbol, conId, name, price, volatility, coins a day × 10000, market rule. */
export const CRYPTO: readonly (readonly [
  symbol: string,
  conId: number,
  longName: string,
  price: number,
  volatility: number,
  volume: number,
  rule: RuleName,
])[] = [
  ['BTC', 479624278, 'Bitcoin cryptocurrency', 109000, 0.45, 12_000_000, 'bitcoin'],
  ['ETH', 0, 'Ethereum cryptocurrency', 4380, 0.6, 90_000_000, 'crypto'],
  ['LTC', 0, 'Litecoin cryptocurrency', 111, 0.65, 400_000_000, 'crypto'],
  ['BCH', 0, 'Bitcoin Cash cryptocurrency', 548, 0.65, 100_000_000, 'crypto'],
];

const VANGUARD = {
  fundFamily: 'Vanguard',
  fundType: '',
  fundFrontLoad: '0',
  fundBackLoad: '0',
  fundBackLoadTimeInterval: '0',
  fundClosed: false,
  fundClosedForNewInvestors: false,
  fundClosedForNewMoney: false,
  fundNotifyAmount: '10000000',
  fundSubsequentMinimumPurchase: '1',
  fundBlueSkyStates: 'All',
  fundBlueSkyTerritories: 'ARE,ASM,FSM,GUM,MHL,MNP,PLW,PRI,VIR',
  fundDistributionPolicyIndicator: 'Y',
  fundAssetType: '003',
} as const;

export interface FundRow {
  readonly symbol: string;
  readonly conId: number;
  readonly longName: string;
  readonly cusip: string;
  readonly isin: string;
  readonly price: number;
  readonly facts: FundFacts;
}

export const FUNDS: readonly FundRow[] = [
  {
    symbol: 'VTSAX',
    conId: 48013650,
    longName: 'Vanguard Morningstar Total Stock Market (Vanguard)',
    cusip: '922908728',
    isin: 'US9229087286',
    price: 154.3,
    facts: {
      ...VANGUARD,
      fundName: 'Vanguard Morningstar Total Stock Market',
      fundManagementFee: '0.04',
      fundMinimumInitialPurchase: '3000',
    },
  },
  {
    symbol: 'VINIX',
    conId: 89349472,
    longName: 'Vanguard Institutional Index (Vanguard)',
    cusip: 'VINIX',
    isin: '',
    price: 527.1,
    facts: {
      ...VANGUARD,
      fundName: 'Vanguard Institutional Index',
      fundManagementFee: '0.035',
      fundMinimumInitialPurchase: '5000000',
    },
  },
];

export interface BondRow {
  readonly conId: number;
  readonly tradingClass: string;
  readonly issuer: string;
  readonly isin: string;
  readonly price: number;
  readonly volatility: number;
  readonly facts: BondFacts;
}

const PLAIN = { bondType: 'CORP', couponType: 'FIXED', callable: false, putable: false, convertible: false, notes: '' } as const;

export const BONDS: readonly BondRow[] = [
  {
    conId: 0,
    tradingClass: 'AAPL',
    issuer: 'APPLE INC',
    isin: '',
    price: 99.2,
    volatility: 0.02,
    facts: {
      ...PLAIN,
      cusip: 'IBCID1800000001',
      coupon: 2.45,
      maturity: '20280804',
      issueDate: '20160804',
      ratings: 'Aaa/AA+',
      descAppend: 'AAPL 2.45 08/04/28',
    },
  },
  {
    conId: 363526143,
    tradingClass: 'IBM',
    issuer: 'INTL BUSINESS MACHINES CORP',
    isin: '',
    price: 95.4,
    volatility: 0.05,
    facts: {
      ...PLAIN,
      cusip: 'IBCID363526143',
      coupon: 3.5,
      maturity: '20290515',
      issueDate: '20190515',
      ratings: 'A3/A-',
      descAppend: 'IBM 3.5 05/15/29',
    },
  },
];

/** Structured warrants of Hong Kong: conId, local symbol, last trade day, expiry, strike, right, ISIN, shares per warrant. */
export const WARRANTS: readonly (readonly [
  conId: number,
  localSymbol: string,
  lastTradeDate: string,
  realExpirationDate: string,
  strike: number,
  right: 'C' | 'P',
  isin: string,
  multiplier: number,
])[] = [
  [890086191, '13299', '20261223', '20261230', 700, 'C', 'HK0001320016', 0.01],
  [0, '13402', '20270623', '20270629', 650, 'C', '', 0.01],
  [0, '13518', '20270323', '20270330', 520, 'P', '', 0.01],
];

/** Stocks that also exist as a contract for difference. */
export const CFDS: readonly string[] = ['AAPL', 'MSFT', 'IBM', 'TSLA', 'SAP'];
