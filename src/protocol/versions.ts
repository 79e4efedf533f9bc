// Server versions by the name of what each brought: the official constants without MIN_SERVER_VER_ or UNIFIED_VERSION_.

/** First server version with the feature. */
export const V = {
  /** fractional quantities: totalQuantity, filled, remaining and position as decimals */
  FRACTIONAL_POSITIONS: 101,
  /** PEG BENCH orders, order conditions, adjusted stop orders */
  PEGGED_TO_BENCHMARK: 102,
  /** model codes; positionsMulti and accountUpdatesMulti; modelCode on executions and order */
  MODELS_SUPPORT: 103,
  /** option chain parameters request */
  SEC_DEF_OPT_PARAMS_REQ: 104,
  /** ext operator in placeOrder */
  EXT_OPERATOR: 105,
  /** soft dollar tiers in placeOrder, openOrder and as a request */
  SOFT_DOLLAR_TIER: 106,
  /** family codes request */
  REQ_FAMILY_CODES: 107,
  /** matching symbols request */
  REQ_MATCHING_SYMBOLS: 108,
  /** past-limit attribute mask in tick price */
  PAST_LIMIT: 109,
  /** market data size multiplier in contract details */
  MD_SIZE_MULTIPLIER: 110,
  /** cash quantity in orders */
  CASH_QTY: 111,
  /** market depth exchanges request */
  REQ_MKT_DEPTH_EXCHANGES: 112,
  /** tickNews message */
  TICK_NEWS: 113,
  /** smart components request; tickReqParams message; regulatory snapshot flag in reqMktData */
  REQ_SMART_COMPONENTS: 114,
  /** news providers request */
  REQ_NEWS_PROVIDERS: 115,
  /** news article request */
  REQ_NEWS_ARTICLE: 116,
  /** historical news request */
  REQ_HISTORICAL_NEWS: 117,
  /** head timestamp request */
  REQ_HEAD_TIMESTAMP: 118,
  /** histogram request */
  REQ_HISTOGRAM: 119,
  /** service data type and aggregation group in market depth exchange descriptions */
  SERVICE_DATA_TYPE: 120,
  /** aggregation group in contract details */
  AGG_GROUP: 121,
  /** underlying symbol and type in contract details */
  UNDERLYING_INFO: 122,
  /** cancel of the head timestamp request */
  CANCEL_HEADTIMESTAMP: 123,
  /** keepUpToDate historical bars; the version field disappears from reqHistoricalData and from historicalData */
  SYNT_REALTIME_BARS: 124,
  /** reroute messages for CFD market data and depth requests */
  CFD_REROUTE: 125,
  /** market rule request; market rule ids in contract details */
  MARKET_RULES: 126,
  /** profit and loss requests */
  PNL: 127,
  /** options strings in news article and historical news requests */
  NEWS_QUERY_ORIGINS: 128,
  /** unrealized profit and loss in pnl messages */
  UNREALIZED_PNL: 129,
  /** historical ticks request */
  HISTORICAL_TICKS: 130,
  /** market cap price in order status and orders */
  MARKET_CAP_PRICE: 131,
  /** pre-open bit in the tick price attribute mask */
  PRE_OPEN_BID_ASK: 132,
  /** real expiration date in contract details */
  REAL_EXPIRATION_DATE: 134,
  /** realized profit and loss in pnl messages */
  REALIZED_PNL: 135,
  /** last liquidity in executions */
  LAST_LIQUIDITY: 136,
  /** tick by tick data */
  TICK_BY_TICK: 137,
  /** MiFID II decision maker and decision algo in placeOrder */
  DECISION_MAKER: 138,
  /** MiFID II execution trader and execution algo in placeOrder */
  MIFID_EXECUTION: 139,
  /** number of ticks and ignore size in tick by tick requests */
  TICK_BY_TICK_IGNORE_SIZE: 140,
  /** don't-use-auto-price-for-hedge flag in orders */
  AUTO_PRICE_FOR_HEDGE: 141,
  /** before/change/after margin values in the order state */
  WHAT_IF_EXT_FIELDS: 142,
  /** generic scanner filter options; version field disappears from reqScannerSubscription */
  SCANNER_GENERIC_OPTS: 143,
  /** orderBound message; order binding */
  API_BIND_ORDER: 144,
  /** OMS container flag; version field disappears from placeOrder and from openOrder */
  ORDER_CONTAINER: 145,
  /** smart depth flag in market depth requests and answers */
  SMART_DEPTH: 146,
  /** gateway-side change for empty/all values; no layout change in the client */
  REMOVE_NULL_ALL_CASTING: 147,
  /** discretionary-up-to-limit-price flag (D-PEG) */
  D_PEG_ORDERS: 148,
  /** primaryExchange in market depth requests */
  MKT_DEPTH_PRIM_EXCHANGE: 149,
  /** completed orders request */
  COMPLETED_ORDERS: 150,
  /** price management algo flag in orders */
  PRICE_MGMT_ALGO: 151,
  /** stock type in contract details */
  STOCK_TYPE: 152,
  /** the gateway escapes non-ASCII characters in texts it sends (error messages, company names); the client un-escapes */
  ENCODE_MSG_ASCII7: 153,
  /** gateway-side: all family codes are sent */
  SEND_ALL_FAMILY_CODES: 154,
  /** gateway-side: no default for openClose on orders */
  NO_DEFAULT_OPEN_CLOSE: 155,
  /** tick attribute mask in option computation ticks (price based or return based volatility) */
  PRICE_BASED_VOLATILITY: 156,
  /** request id in replaceFA; replaceFAEnd message */
  REPLACE_FA_END: 157,
  /** duration in orders */
  DURATION: 158,
  /** gateway sends US stock sizes in shares instead of round lots */
  MARKET_DATA_IN_SHARES: 159,
  /** postToAts in orders */
  POST_TO_ATS: 160,
  /** Wall Street Horizon calendar requests */
  WSHE_CALENDAR: 161,
  /** autoCancelParent in orders */
  AUTO_CANCEL_PARENT: 162,
  /** sizes in ticks, depth, bars and volumes become decimals */
  FRACTIONAL_SIZE_SUPPORT: 163,
  /** min size, size increment and suggested size increment in contract details */
  SIZE_RULES: 164,
  /** whatToShow SCHEDULE; historicalSchedule message */
  HISTORICAL_SCHEDULE: 165,
  /** advanced order reject JSON in error messages; advancedErrorOverride in placeOrder */
  ADVANCED_ORDER_REJECT: 166,
  /** user info request (white branding id) */
  USER_INFO: 167,
  /** whatToShow AGGTRADES for crypto */
  CRYPTO_AGGREGATED_TRADES: 168,
  /** manual order time in placeOrder, manual order cancel time in cancelOrder */
  MANUAL_ORDER_TIME: 169,
  /** IBKRATS PEG BEST / PEG MID offset fields in orders */
  PEGBEST_PEGMID_OFFSETS: 170,
  /** filter and fill flags in the WSH event request */
  WSH_EVENT_DATA_FILTERS: 171,
  /** estimated IPO midpoint and final IPO price ticks */
  IPO_PRICES: 172,
  /** start date, end date and total limit in the WSH event request */
  WSH_EVENT_DATA_FILTERS_DATE: 173,
  /** gateway uses the instrument time zone setting for date texts */
  INSTRUMENT_TIMEZONE: 174,
  /** historical volumes of US stocks in shares */
  HMDS_MARKET_DATA_IN_SHARES: 175,
  /** issuer id in reqContractDetails and in symbol samples */
  BOND_ISSUERID: 176,
  /** FA profiles are gone: the faProfile field disappears from placeOrder and openOrder, faDataType 2 is refused */
  FA_PROFILE_DESUPPORT: 177,
  /** pending price revision flag in executions */
  PENDING_PRICE_REVISION: 178,
  /** fund fields in contract details */
  FUND_DATA_FIELDS: 179,
  /** manual order time in exerciseOptions */
  MANUAL_ORDER_TIME_EXERCISE_OPTIONS: 180,
  /** gateway-side: AD strategy parameters in open orders */
  OPEN_ORDER_AD_STRATEGY: 181,
  /** last trade date in contract details */
  LAST_TRADE_DATE: 182,
  /** customer account in placeOrder, openOrder, exerciseOptions */
  CUSTOMER_ACCOUNT: 183,
  /** professional customer in placeOrder, openOrder, exerciseOptions */
  PROFESSIONAL_CUSTOMER: 184,
  /** accrued interest of bonds in open and completed orders */
  BOND_ACCRUED_INTEREST: 185,
  /** ineligibility reasons in contract details */
  INELIGIBILITY_REASONS: 186,
  /** RFQ placeholder fields in placeOrder and cancelOrder (removed again at 190) */
  RFQ_FIELDS: 187,
  /** time zone and trading hours in bond contract details */
  BOND_TRADING_HOURS: 188,
  /** include overnight flag in orders */
  INCLUDE_OVERNIGHT: 189,
  /** the RFQ placeholder fields are gone */
  UNDO_RFQ_FIELDS: 190,
  /** permId is sent as a 64 bit integer in orderStatus, openOrder, executions, orderBound */
  PERM_ID_AS_LONG: 191,
  /** manual order indicator in placeOrder; ext operator and manual order indicator in cancelOrder and reqGlobalCancel; version field disappears from cancelOrder and reqGlobalCancel */
  CME_TAGGING_FIELDS: 192,
  /** ext operator and manual order indicator in openOrder */
  CME_TAGGING_FIELDS_IN_OPEN_ORDER: 193,
  /** time field in error messages; version field disappears from them */
  ERROR_TIME: 194,
  /** currency fields, order allocations and rejection reason in what-if order states */
  FULL_ORDER_PREVIEW_FIELDS: 195,
  /** separate historicalDataEnd message; start and end leave historicalData */
  HISTORICAL_DATA_END: 196,
  /** current time in milliseconds request */
  CURRENT_TIME_IN_MILLIS: 197,
  /** submitter in executions, open and completed orders */
  SUBMITTER: 198,
  /** imbalance-only flag in placeOrder and openOrder */
  IMBALANCE_ONLY: 199,
  /** last N days and specific dates in reqExecutions */
  PARAMETRIZED_DAYS_OF_EXECUTIONS: 200,
  /** binary message ids in both directions; first protobuf message from the client: reqExecutions */
  PROTOBUF: 201,
  /** a strike price of 0 is distinguished from no strike (called ZERO_STRIKE in the Python client) */
  ZERO_STRIKE_PRICE: 202,
  /** placeOrder, cancelOrder, reqGlobalCancel as protobuf */
  PROTOBUF_PLACE_ORDER: 203,
  /** open and completed order requests as protobuf */
  PROTOBUF_COMPLETED_ORDER: 204,
  /** contract data as protobuf */
  PROTOBUF_CONTRACT_DATA: 205,
  /** market data, depth and market data type as protobuf */
  PROTOBUF_MARKET_DATA: 206,
  /** account data, managed accounts, positions, account summary and the multi variants as protobuf */
  PROTOBUF_ACCOUNTS_POSITIONS: 207,
  /** historical data, real time bars, head timestamp, histogram, historical ticks, tick by tick as protobuf */
  PROTOBUF_HISTORICAL_DATA: 208,
  /** news, bulletins and WSH as protobuf */
  PROTOBUF_NEWS_DATA: 209,
  /** scanner, profit and loss (and fundamental data) as protobuf */
  PROTOBUF_SCAN_DATA: 210,
  /** FA, exercise options, option calculations as protobuf */
  PROTOBUF_REST_MESSAGES_1: 211,
  /** option chain parameters, soft dollar tiers, family codes, matching symbols, smart components, market rules, user info as protobuf */
  PROTOBUF_REST_MESSAGES_2: 212,
  /** ids, current time, startApi, log level, verification, display groups, depth exchanges as protobuf */
  PROTOBUF_REST_MESSAGES_3: 213,
  /** UTC date-time texts from the gateway may carry a 'Z' suffix */
  ADD_Z_SUFFIX_TO_UTC_DATE_TIME: 214,
  /** cancelContractData and cancelHistoricalTicks (protobuf only) */
  CANCEL_CONTRACT_DATA: 215,
  /** deactivate, postOnly, allowPreOpen, ignoreOpenAuction on orders (protobuf only) */
  ADDITIONAL_ORDER_PARAMS_1: 216,
  /** routeMarketableToBbo, seekPriceImprovement, whatIfType on orders (protobuf only) */
  ADDITIONAL_ORDER_PARAMS_2: 217,
  /** attached stop-loss and profit-taker orders in placeOrder (protobuf only) */
  ATTACHED_ORDERS: 218,
  /** configuration request (protobuf only) */
  CONFIG: 219,
  /** market data volumes of US stocks in shares */
  MARKET_DATA_VOLUMES_IN_SHARES: 220,
  /** configuration update (protobuf only) */
  UPDATE_CONFIG: 221,
  /** fractional last sizes in ticks */
  FRACTIONAL_LAST_SIZE: 222,
  /** hedgeMaxSize on orders (protobuf only) */
  HEDGE_MAX_SIZE: 223,
  /** price and size precision from security definitions (called USE_PRECISION_FROM_SEC_DEF in the Python client) */
  USE_PRECISION_FROM_SEC_DEFS: 224,
  /** odd lot bid and ask ticks (105..110) */
  ODD_LOT_BID_ASK_QUOTES: 225,
  /** conditionsIncludeOvernight on orders (protobuf only) */
  COND_ORDER_WITH_OVERNIGHT_PARAM: 226,
} as const;
