/** One instrument of the simulated universe: its terms, its grid, and the facts a broker attaches to it. */

export type SecType =
  | 'STK'
  | 'OPT'
  | 'FUT'
  | 'CASH'
  | 'BOND'
  | 'CFD'
  | 'FOP'
  | 'WAR'
  | 'IND'
  | 'FUND'
  | 'CRYPTO'
  | 'CMDTY'
  | 'CONTFUT';

/** Call or put. */
export type Right = 'C' | 'P';

/** From this price (inclusive, in the instrument's currency) upward prices move in steps of `increment`. */
export interface PriceBand {
  readonly lowEdge: number;
  readonly increment: number;
}

/** A market rule as `reqMarketRule` answers it: bands in ascending order, the first one from 0. */
export interface MarketRule {
  readonly marketRuleId: number;
  readonly bands: readonly PriceBand[];
}

/** Margin of one contract in its currency. Options on futures and combinations are computed by the accounts. */
export interface FutureMargin {
  readonly initial: number;
  readonly maintenance: number;
  /** Overnight values are `initial`/`maintenance`; inside liquid hours these are asked instead. */
  readonly intradayInitial: number;
  readonly intradayMaintenance: number;
}

/** A security identifier: `ISIN`, `CUSIP`, `SEDOL` or `FIGI` with its value. */
export interface SecId {
  readonly tag: string;
  readonly value: string;
}

/** What a mutual fund's details carry beyond the others (server version 179 on). */
export interface FundFacts {
  readonly fundName: string;
  readonly fundFamily: string;
  readonly fundType: string;
  readonly fundFrontLoad: string;
  readonly fundBackLoad: string;
  readonly fundBackLoadTimeInterval: string;
  readonly fundManagementFee: string;
  readonly fundClosed: boolean;
  readonly fundClosedForNewInvestors: boolean;
  readonly fundClosedForNewMoney: boolean;
  readonly fundNotifyAmount: string;
  readonly fundMinimumInitialPurchase: string;
  readonly fundSubsequentMinimumPurchase: string;
  readonly fundBlueSkyStates: string;
  readonly fundBlueSkyTerritories: string;
  readonly fundDistributionPolicyIndicator: string;
  readonly fundAssetType: string;
}

/** What a bond's details carry beyond the others. */
export interface BondFacts {
  readonly cusip: string;
  readonly coupon: number;
  /** yyyyMMdd. */
  readonly maturity: string;
  readonly issueDate: string;
  readonly ratings: string;
  readonly bondType: string;
  readonly couponType: string;
  readonly callable: boolean;
  readonly putable: boolean;
  readonly convertible: boolean;
  readonly descAppend: string;
  readonly notes: string;
}

/** Which prices an instrument follows. Instruments with one `key` move together (all expiries of ES, the SPX, their options). */
export interface Driver {
  readonly key: string;
  /** Price of the instrument = price of the driver × ratio, grown by `carry` per year until the last trade day when there is one. */
  readonly ratio: number;
  readonly carry: number;
  /** Volume of the instrument = volume of the driver × this, rounded down where it is cut. */
  readonly volumeScale: number;
}

/** An instrument of the simulated market, with everything that its details tell. */
export interface Instrument {
  readonly conId: number;
  readonly symbol: string;
  readonly secType: SecType;
  readonly currency: string;
  /** The exchange a plain question is answered with: `SMART`, or the only one for futures, indices and currencies. */
  readonly exchange: string;
  readonly primaryExchange: string | undefined;
  readonly localSymbol: string;
  readonly tradingClass: string | undefined;

  /** Last trade day, yyyyMMdd; unset for what does not expire. */
  readonly lastTradeDate: string | undefined;
  /** Time of the last trade in `timeZoneId`, HH:mm:ss; unset with `lastTradeDate`. */
  readonly lastTradeTime: string | undefined;
  /** Instant of the last trade, epoch ms; unset with `lastTradeDate`. */
  readonly lastTradeAt: number | undefined;
  readonly contractMonth: string | undefined;
  readonly realExpirationDate: string | undefined;
  readonly strike: number | undefined;
  readonly right: Right | undefined;
  /** Money per point of price: 1 for a stock, 100 for its option, 50 for ES. */
  readonly multiplier: number;
  /** Text of the multiplier on the wire; unset where the gateway sends none. */
  readonly multiplierText: string | undefined;

  readonly marketName: string | undefined;
  readonly longName: string;
  readonly industry: string | undefined;
  readonly category: string | undefined;
  readonly subcategory: string | undefined;
  readonly stockType: string | undefined;
  readonly timeZoneId: string;
  /** Which sessions it trades; the texts for details come from `hoursTexts(instrument, now)`. */
  readonly calendar: string;

  readonly minTick: number;
  /** The market rule its prices obey; `marketRuleIds` names one per valid exchange. */
  readonly rule: MarketRule;
  readonly marketRuleIds: string;
  readonly orderTypes: string;
  readonly validExchanges: string;
  /** 100 where prices are quoted in hundredths of the currency (pence), else 1. */
  readonly priceMagnifier: number;
  readonly minSize: number;
  readonly sizeIncrement: number;
  readonly suggestedSizeIncrement: number;
  readonly aggGroup: number;
  readonly evRule: string | undefined;
  readonly evMultiplier: number | undefined;
  readonly settlementMethod: string | undefined;
  readonly secIdList: readonly SecId[];

  readonly underConId: number | undefined;
  readonly underSymbol: string | undefined;
  readonly underSecType: SecType | undefined;
  /** `'european'` options cannot be exercised early; unset for what is not an option. */
  readonly exerciseStyle: 'american' | 'european' | undefined;

  /** Shares that can be borrowed; 0: none to locate; unset: nothing to borrow about it (futures, currencies). */
  readonly shortableShares: number | undefined;
  /** Yearly borrow fee in percent; unset with `shortableShares`. */
  readonly borrowFee: number | undefined;
  readonly margin: FutureMargin | undefined;
  /** A partnership, whose income is taxed inside a retirement account. */
  readonly isPartnership: boolean;
  readonly fund: FundFacts | undefined;
  readonly bond: BondFacts | undefined;

  readonly driver: Driver;
  /** Yearly volatility of its price (0.3 = 30 %); for options that of the underlying. */
  readonly volatility: number;
  /** Usual distance of bid and ask in steps of the grid, at least 1. */
  readonly spreadTicks: number;
  /** Yearly dividend yield as a fraction (0.005 = 0.5 %). */
  readonly dividendYield: number;
  /** First day with history, yyyyMMdd. */
  readonly listedSince: string;
}
