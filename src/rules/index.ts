// Pre-trade rules as pure functions: order check, sizing, rebalancing, day trades and reports. Not advice; the broker decides.
export { accountKindOf, type KindVerdict } from './account-kind.js';
export { type GuardCode, guardCodes } from './book/guard-codes.js';
export { type RuleCode, ruleCodes } from './book/list.js';
export type { CodeEntry, Grade, Row } from './book/row.js';
export { check, prepare } from './check.js';
export { type DayTradeError, type DayTradeFill, type DayTradeInput, type DayTradeReport, dayTrades } from './day-trades.js';
export { withWorkingOrder } from './facts/snapshot.js';
export { decisionOf, type Facts, type Finding } from './finding.js';
export {
  maxNotional,
  maxOpenOrders,
  maxOrdersPerMinute,
  maxQuantity,
  noDuplicate,
  priceCollar,
  uniqueOrderRef,
} from './guards/caps.js';
export { type Guard, guardedBy, passes, type Remark } from './guards/guard.js';
export { type KillSwitch, killSwitch } from './guards/kill-switch.js';
export { allowOnly, confirmed, deny, liveData, liveSwitch, openMarket, readOnly } from './guards/permission.js';
export {
  type IntradayMargin,
  type IntradayMarginError,
  type IntradayMarginInput,
  intradayMargin,
  type MarginEvent,
} from './intraday-margin.js';
export {
  type PlannedBuy,
  type PlannedSale,
  type RebalanceAccount,
  type RebalanceError,
  type RebalanceInput,
  type RebalancePlan,
  rebalance,
  type When,
} from './plans/rebalance.js';
export { type SizeBinding, type SizeError, type SizeInput, type SizeResult, sizePosition } from './plans/size-position.js';
export { defaultPolicy } from './policy.js';
export { type BuyingPower, buyingPower, type CurrencyPower } from './reports/buying-power.js';
export { type MarginLine, type MarginQuestion, marginReport } from './reports/margin-report.js';
export { type RecentSale, type SettledCashInput, settledCashOf } from './reports/settled-cash.js';
export { type ShortLine, type ShortQuestion, type ShortStatus, shortSaleReport } from './reports/short-sale-report.js';
export type {
  AccountFacts,
  AccountKind,
  ComboLeg,
  ContractFacts,
  CorporateAction,
  DecimalText,
  Decision,
  LossSale,
  OrderFacts,
  Policy,
  Position,
  PriceBand,
  Restriction,
  Severity,
  Situation,
  WhatIfAnswer,
  WorkingOrder,
} from './types.js';
