// Pre-trade rules as pure functions: order check, sizing, rebalancing, day trades and reports. Not advice; the broker decides.
//
// Comes in: plain data (`types.ts`), orders and the account at one moment. Goes out: findings, each with a code, numbers and what would pass.
// No clock, file, socket or chance. Read in this order:
//   check.ts        asks every row of the book that holds for the kind of account
//   book/           the rule book: one row a code (words, source, judgement), a file a subject; list.ts is its order
//   guards/         rules with a policy of their own: caps, collar, lists, switches; `(orders, situation) => findings`
//   fields.ts       every field of order and contract: understood, harmless by name, or refused
//   context.ts      what a row sees: orders read (facts/ask.ts), the account prepared (facts/snapshot.ts), the worst case
//   engine/         the worst case: every order that works filled in any subset and to any degree
//   facts/          contracts, prices at their worst, fees, exercise, partnerships, margin
//   plans/ reports/ sizing, rebalancing; buying power, margin, settled cash, short sales
export { OptionError } from '../input/option-error.js';
export { accountKindOf, type KindVerdict } from './account-kind.js';
export { type GuardCode, guardCodes } from './book/guard-codes.js';
export { type RuleCode, ruleCodes } from './book/list.js';
export type { CodeEntry, Grade, Row } from './book/row.js';
export { check, prepare } from './check.js';
export { type DayTradeError, type DayTradeFill, type DayTradeInput, type DayTradeReport, dayTrades } from './day-trades.js';
export { withWorkingOrder } from './facts/snapshot.js';
export { decisionOf, type Facts, type Finding } from './finding.js';
export type { Age, Collar } from './guards/caps.js';
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
export type { HoursPolicy, ListEntry } from './guards/permission.js';
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
export type { Policy, Restriction } from './policy-types.js';
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
  OrderCondition,
  OrderFacts,
  Picture,
  Position,
  PriceBand,
  SeenPrice,
  SentOrder,
  Severity,
  Situation,
  Told,
  WhatIfAnswer,
  WorkingOrder,
} from './types.js';
