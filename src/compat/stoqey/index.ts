// Programs written for @stoqey/ib, over a session of ours: import from 'ibwire/compat/stoqey' and leave the rest as it is.
//
// Comes in: its calls. Goes out: its events. Read in this order:
//   api.ts              `IBApi`: connecting, the queue before the session is ready, events
//   account-requests.ts, requests.ts   every call as the request that it is
//   events.ts           every message as its events
//   records.ts          contracts, orders, executions in both shapes
//   names.ts, event-name.ts, builders.ts   constants and small classes by their names
export type { ExecutionFilter, OrderCancel } from './account-requests.js';
export { IBApi, type IBApiCreationOptions } from './api.js';
export {
  Forex,
  Future,
  Index,
  LimitOrder,
  MarketCloseOrder,
  MarketOrder,
  Option,
  Stock,
  StopLimitOrder,
  StopOrder,
} from './builders.js';
export type { CommissionReport, ContractDetails, EventArguments } from './event-arguments.js';
export { EventName } from './event-name.js';
export {
  BarSizeSetting,
  ConjunctionConnection,
  DurationUnit,
  ErrorCode,
  FADataType,
  isNonFatalError,
  LogLevel,
  MarketDataType,
  OptionExerciseAction,
  OptionType,
  OrderAction,
  OrderStatus,
  OrderType,
  SecType,
  TickByTickDataType,
  TimeInForce,
  WhatToShow,
} from './names.js';
export type { ComboLeg, Contract, Execution, Order, OrderState, TagValue } from './records.js';
export type { ScannerSubscription } from './requests.js';
