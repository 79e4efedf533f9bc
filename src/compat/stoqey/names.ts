// The constants by the names that programs for @stoqey/ib import; their values are the gateway's own words and numbers.

/** Kinds of instruments. */
export const SecType = {
  STK: 'STK',
  OPT: 'OPT',
  FUT: 'FUT',
  CONTFUT: 'CONTFUT',
  CASH: 'CASH',
  BOND: 'BOND',
  CFD: 'CFD',
  FOP: 'FOP',
  WAR: 'WAR',
  IOPT: 'IOPT',
  BAG: 'BAG',
  IND: 'IND',
  BILL: 'BILL',
  FUND: 'FUND',
  NEWS: 'NEWS',
  CMDTY: 'CMDTY',
  CRYPTO: 'CRYPTO',
} as const;
/** A kind of instrument, as the wire writes it. */
export type SecType = (typeof SecType)[keyof typeof SecType];

/** Right of an option. */
export const OptionType = { Put: 'P', Call: 'C' } as const;
/** `P` or `C`. */
export type OptionType = (typeof OptionType)[keyof typeof OptionType];

/** Sides of an order. */
export const OrderAction = { BUY: 'BUY', SELL: 'SELL', SSHORT: 'SSHORT', SLONG: 'SLONG' } as const;
/** The side of an order. */
export type OrderAction = (typeof OrderAction)[keyof typeof OrderAction];

/** The usual types of orders; others may be written as the wire has them. */
export const OrderType = {
  MKT: 'MKT',
  LMT: 'LMT',
  STP: 'STP',
  STP_LMT: 'STP LMT',
  STP_PRT: 'STP PRT',
  TRAIL: 'TRAIL',
  TRAIL_LIMIT: 'TRAIL LIMIT',
  REL: 'REL',
  MIT: 'MIT',
  LIT: 'LIT',
  MOC: 'MOC',
  LOC: 'LOC',
  MTL: 'MTL',
  MKT_PRT: 'MKT PRT',
  MIDPRICE: 'MIDPRICE',
  BOX_TOP: 'BOX TOP',
  FIX_PEGGED: 'FIX PEGGED',
  PASSV_REL: 'PASSV REL',
  PEG_BENCH: 'PEG BENCH',
  PEG_BEST: 'PEG BEST',
  PEG_MID: 'PEG MID',
  PEG_MKT: 'PEG MKT',
  PEG_PRIM: 'PEG PRIM',
  PEG_STK: 'PEG STK',
  REL_PLUS_LMT: 'REL + LMT',
  REL_PLUS_MKT: 'REL + MKT',
  LMT_PLUS_MKT: 'LMT + MKT',
  SNAP_MID: 'SNAP MID',
  SNAP_MKT: 'SNAP MKT',
  SNAP_PRIM: 'SNAP PRIM',
  TRAIL_LIT: 'TRAIL LIT',
  TRAIL_MIT: 'TRAIL MIT',
  VOL: 'VOL',
  VWAP: 'VWAP',
} as const;
/** A type of order, as the wire writes it. */
export type OrderType = (typeof OrderType)[keyof typeof OrderType];

/** How long an order works. */
export const TimeInForce = {
  DAY: 'DAY',
  GTC: 'GTC',
  OPG: 'OPG',
  IOC: 'IOC',
  GTD: 'GTD',
  AUC: 'AUC',
  FOK: 'FOK',
  DTC: 'DTC',
  Minutes: 'Minutes',
} as const;
/** The time in force of an order. */
export type TimeInForce = (typeof TimeInForce)[keyof typeof TimeInForce];

/** What the gateway calls the states of an order. */
export const OrderStatus = {
  ApiPending: 'ApiPending',
  ApiCancelled: 'ApiCancelled',
  PendingSubmit: 'PendingSubmit',
  PendingCancel: 'PendingCancel',
  PreSubmitted: 'PreSubmitted',
  Submitted: 'Submitted',
  Filled: 'Filled',
  Cancelled: 'Cancelled',
  Inactive: 'Inactive',
  Unknown: 'Unknown',
} as const;
/** The status of an order. */
export type OrderStatus = (typeof OrderStatus)[keyof typeof OrderStatus];

/** Lengths of bars. */
export const BarSizeSetting = {
  SECONDS_ONE: '1 secs',
  SECONDS_FIVE: '5 secs',
  SECONDS_TEN: '10 secs',
  SECONDS_FIFTEEN: '15 secs',
  SECONDS_THIRTY: '30 secs',
  MINUTES_ONE: '1 min',
  MINUTES_TWO: '2 mins',
  MINUTES_THREE: '3 mins',
  MINUTES_FIVE: '5 mins',
  MINUTES_TEN: '10 mins',
  MINUTES_FIFTEEN: '15 mins',
  MINUTES_TWENTY: '20 mins',
  MINUTES_THIRTY: '30 mins',
  HOURS_ONE: '1 hour',
  HOURS_TWO: '2 hours',
  HOURS_THREE: '3 hours',
  HOURS_FOUR: '4 hours',
  HOURS_EIGHT: '8 hours',
  DAYS_ONE: '1 day',
  WEEKS_ONE: '1 week',
  MONTHS_ONE: '1 month',
} as const;
/** The length of a bar. */
export type BarSizeSetting = (typeof BarSizeSetting)[keyof typeof BarSizeSetting];

/** What bars are made of. */
export const WhatToShow = {
  None: '',
  TRADES: 'TRADES',
  MIDPOINT: 'MIDPOINT',
  BID: 'BID',
  ASK: 'ASK',
  BID_ASK: 'BID_ASK',
  HISTORICAL_VOLATILITY: 'HISTORICAL_VOLATILITY',
  OPTION_IMPLIED_VOLATILITY: 'OPTION_IMPLIED_VOLATILITY',
  YIELD_ASK: 'YIELD_ASK',
  YIELD_BID: 'YIELD_BID',
  YIELD_BID_ASK: 'YIELD_BID_ASK',
  YIELD_LAST: 'YIELD_LAST',
  ADJUSTED_LAST: 'ADJUSTED_LAST',
  SCHEDULE: 'SCHEDULE',
  AGGTRADES: 'AGGTRADES',
} as const;
/** What a bar is made of. */
export type WhatToShow = (typeof WhatToShow)[keyof typeof WhatToShow];

/** Streams of single ticks. */
export const TickByTickDataType = { Last: 'Last', AllLast: 'AllLast', BidAsk: 'BidAsk', MidPoint: 'MidPoint' } as const;
/** A stream of single ticks. */
export type TickByTickDataType = (typeof TickByTickDataType)[keyof typeof TickByTickDataType];

/** Kinds of market data. */
export const MarketDataType = { REALTIME: 1, FROZEN: 2, DELAYED: 3, DELAYED_FROZEN: 4 } as const;
/** The number of a kind of market data. */
export type MarketDataType = (typeof MarketDataType)[keyof typeof MarketDataType];

/** Units of a histogram's period. */
export const DurationUnit = { SECOND: 'SECOND', DAY: 'DAY', WEEK: 'WEEK', MONTH: 'MONTH', YEAR: 'YEAR' } as const;
/** A unit of a histogram's period. */
export type DurationUnit = (typeof DurationUnit)[keyof typeof DurationUnit];

/** What happens to an option on demand. */
export const OptionExerciseAction = { EXERCISE: 1, LAPSE: 2 } as const;
/** 1 exercise, 2 lapse. */
export type OptionExerciseAction = (typeof OptionExerciseAction)[keyof typeof OptionExerciseAction];

/** Advisor data. */
export const FADataType = { NA: 0, GROUPS: 1, PROFILES: 2, ALIASES: 3 } as const;
/** The number of a kind of advisor data. */
export type FADataType = (typeof FADataType)[keyof typeof FADataType];

/** How much the gateway logs. */
export const LogLevel = { SYSTEM: 1, ERROR: 2, WARN: 3, INFO: 4, DETAIL: 5 } as const;
/** The number of a log level. */
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];

/** How conditions are joined. */
export const ConjunctionConnection = { AND: 'a', OR: 'o' } as const;
/** `a` and, `o` or. */
export type ConjunctionConnection = (typeof ConjunctionConnection)[keyof typeof ConjunctionConnection];

/** Codes that the client itself gives, and those of the gateway that programs ask for by name. */
export const ErrorCode = {
  NO_VALID_ID: -1,
  ORDER_CANCELLED: 202,
  MISSING_ORDER_EXCHANGE: 321,
  REQ_MKT_DATA_NOT_AVAIL: 354,
  ORDER_MESSAGE: 399,
  NO_TRADING_PERMISSIONS: 460,
  SCANNER_LOW_PRECISION: 492,
  ALREADY_CONNECTED: 501,
  CONNECT_FAIL: 502,
  UPDATE_TWS: 503,
  NOT_CONNECTED: 504,
  UNKNOWN_ID: 505,
  UNSUPPORTED_VERSION: 506,
  FAIL_SEND: 509,
  FAIL_SEND_ORDER: 512,
  FAIL_CONNECTION_LOST_BETWEEN_SERVER_AND_TWS: 1100,
  CONNECTIVITY_RESTORED_DATA_LOST: 1101,
  CONNECTIVITY_RESTORED_DATA_MAINTAINED: 1102,
  FAIL_CONNECTION_LOST_BETWEEN_TWS_AND_SERVER: 2110,
  PART_OF_REQUESTED_DATA_NOT_SUBSCRIBED: 10090,
  DISPLAYING_DELAYED_DATA: 10167,
  NEWS_FEED_NOT_ALLOWED: 10276,
} as const;
/** A code of an error; most are numbers of the gateway without a name here. */
export type ErrorCode = number;

/** Whether an error leaves its request alone. */
export function isNonFatalError(code: number, error: Error): boolean {
  if ((code >= 2100 && code < 3000) || error.message.includes('Warning:')) return true;
  return NON_FATAL.has(code);
}

const NON_FATAL: ReadonlySet<number> = new Set([
  ErrorCode.ORDER_MESSAGE,
  ErrorCode.SCANNER_LOW_PRECISION,
  ErrorCode.PART_OF_REQUESTED_DATA_NOT_SUBSCRIBED,
  ErrorCode.DISPLAYING_DELAYED_DATA,
]);
