// ibwire: a client for Trader Workstation and IB Gateway.

export { default as Big } from 'big.js';
export type { AccountsFacade, LinkedAccount } from './client/accounts/facade.js';
export type { LiveAccount, LiveAccounts, LivePart, LiveTotals } from './client/accounts/live.js';
export type { Pnl, PositionPnl } from './client/accounts/pnl.js';
export type { Portfolio, PortfolioItem, PortfolioRow } from './client/accounts/portfolio.js';
export type { PositionField } from './client/accounts/position.js';
export { type Position, positionsFromJson, positionsToJson } from './client/accounts/position.js';
export type { CsvOptions, CsvProblem } from './client/accounts/position-csv.js';
export { type CsvReading, positionsFromCsv, positionsToCsv } from './client/accounts/position-csv.js';
export { type MergedPosition, mergePositions } from './client/accounts/position-merge.js';
export { type AccountPosition, type HeldContract, type PositionsView, positionKey } from './client/accounts/position-row.js';
export type { AccountNumbers, AccountValue, Ledger, ValuesView } from './client/accounts/values.js';
export type { Budget as AdmissionBudget, SlotBudget, WindowBudget } from './client/admission/budgets.js';
export { type AdmissionLimits, type Lane as AdmissionLane, limitsForLines } from './client/admission/limits.js';
export type { AdmissionView, BudgetView } from './client/admission/snapshot.js';
export type { AdvisorData, AdvisorFacade, SoftDollarTier } from './client/advisor/facade.js';
export type { AdvisorGroup } from './client/advisor/groups.js';
export type { CalendarFacade, EventRequest } from './client/calendar/facade.js';
// --- contracts and orders as plain data ---
export { byConId, cfd, combo, commodity, crypto, forex, fund, index, news, stock } from './client/contracts/builders.js';
export type { DayOverride } from './client/contracts/day-overrides.js';
export { type BondName, bill, bond } from './client/contracts/debt.js';
export {
  continuousFuture,
  eventContract,
  future,
  futureOption,
  option,
  structured,
  warrant,
} from './client/contracts/derivatives.js';
export type { ContractInput, DetailsMessage } from './client/contracts/details.js';
export type {
  ComboLegDraft,
  ContractDraft,
  ContractOf,
  DeltaNeutralDraft,
  Right,
  SecIdType,
  SecType,
} from './client/contracts/draft.js';
export type { ContractOptions, ContractsFacade, HoursQuestion } from './client/contracts/facade.js';
// --- orders, contracts and options through the facades ---
export { fileContractStore } from './client/contracts/file-store.js';
export { formatSymbol, type NamedContract } from './client/contracts/format-symbol.js';
export type { Identified as IdentifiedContract, Knowledge } from './client/contracts/knowledge.js';
export { checkSize, type SizeRules, snapSize } from './client/contracts/lots.js';
export type { MarketSuffix } from './client/contracts/markets.js';
export {
  isOnGrid,
  limitMode,
  type PriceGrid,
  type PriceIncrement,
  priceGrid,
  type SnapMode,
  snap,
} from './client/contracts/price-grid.js';
export type { QualifyOptions } from './client/contracts/qualify.js';
export {
  AmbiguousContractError,
  type ContractStore,
  type Qualification,
  type QualifiedContract,
  UnknownContractError,
} from './client/contracts/qualify.js';
export { type SymbolOptions, symbol } from './client/contracts/symbol.js';
export {
  isOpen,
  nextOpen,
  type Session as TradingSession,
  sessionsOf,
  type TradingHours,
} from './client/contracts/trading-hours.js';
export type { DerivativeWhere, Where } from './client/contracts/where.js';
export { type Batch, type BatchOptions, type Condense, type Overflow, OverflowError } from './client/conversation/batches.js';
export type { Feed as StreamFeed, StreamState } from './client/conversation/source.js';
export { feedStream, type StreamSource, Subscription } from './client/conversation/subscription.js';
export type { Call, Gap, GapCause } from './client/core.js';
export type { BarsRequest } from './client/history/ask-bars.js';
export { type Bar, mergeBars } from './client/history/bar.js';
export type { BarColumns } from './client/history/bar-columns.js';
export type { BarRows } from './client/history/bar-rows.js';
export { type BarSize, barSizes, type WhatToShow } from './client/history/bar-size.js';
export type { HistoryFacade, PriceVolume } from './client/history/facade.js';
export type { OpenHours } from './client/history/gaps.js';
export { type BarGap, findGaps } from './client/history/gaps.js';
export type { LiveBarsRequest } from './client/history/live-bars.js';
export type { Schedule, ScheduledSession, ScheduleRequest } from './client/history/schedule.js';
export type { Span, SpanPage, SpanProgress, SpanRequest, SpanResult } from './client/history/span.js';
export type { BidAskTick, EveryTick, MidPointTick, TradeTick } from './client/history/tick.js';
export type { TicksRequest } from './client/history/ticks.js';
export { connect, type Ib } from './client/index.js';
export { InputError } from './client/input/input-error.js';
export type { Book, BookChange, BookLevel, BookSide } from './client/market/book.js';
export { columnFields } from './client/market/columns/fields.js';
export type { ColumnRequest, ColumnStream } from './client/market/columns/open.js';
export type { ColumnBatch, ColumnEnd, ColumnGap } from './client/market/columns/queue.js';
export type { WantedDataType } from './client/market/data-type.js';
export type { DepthRequest } from './client/market/depth.js';
export type { MarketFacade, TickByTickRequest } from './client/market/facade.js';
export type { FiveSecondRequest } from './client/market/five-second-bars.js';
export type { SeenPrice } from './client/market/followed-quotes.js';
export type {
  DataTypeTick,
  GreeksTick,
  NumberTick,
  OtherTick,
  ParamsTick,
  QuoteParams,
  ResetTick,
  TextTick,
} from './client/market/quote.js';
export { type DataSource, type Greeks, type Quote, type QuoteTick, valuesOf } from './client/market/quote.js';
export type { TickMessage } from './client/market/quote-maker.js';
export type { QuoteRequest } from './client/market/quotes.js';
export { type Retold, retoldBook, retoldQuote } from './client/market/retold.js';
export { shortQuestion } from './client/market/short-question.js';
export { type Dividends, type RtVolume, readDividends, readRatios, readRtVolume } from './client/market/text-ticks.js';
export type { TickByTickType, TickOfType } from './client/market/tick-by-tick.js';
export type { GreeksField, NumberField, TextField } from './client/market/tick-types.js';
export { type QuoteField, quoteFields } from './client/market/tick-types.js';
export type { Article, Bulletin, Headline, HistoricalNewsRequest, NewsFacade, NewsProvider } from './client/news/facade.js';
export type { HeadlineFacts } from './client/news/headline.js';
export type { ExplainContext } from './client/notices/explain.js';
export { type Explanation, explain } from './client/notices/explain.js';
export type { FarmHealth, FarmNotice, FarmServes, FarmState, FarmsHealth } from './client/notices/farms.js';
export type {
  CodeRow,
  NoticeClass,
  Refusal as RefusalKind,
  StreamEffect,
  TaughtBudget,
  TextReading,
  TextRule,
} from './client/notices/row.js';
export { addCodes } from './client/notices/table.js';
export type { OrderState as WordOfState } from './client/notices/texts.js';
export type { Verdict } from './client/notices/verdict.js';
// --- option mathematics ---
export { bjerksundStensland } from './client/options/bjerksund-stensland.js';
export { blackScholes } from './client/options/black-scholes.js';
export type { ChainParameters, ExpiryWindow } from './client/options/chain.js';
export type { ChainQuestion, MarketGreeks, OptionChain, OptionsFacade, OptionsOptions } from './client/options/facade.js';
export type { ImpliedVolatility, NoVolatility, Style as ExerciseStyle } from './client/options/implied.js';
export { impliedVolatility } from './client/options/implied.js';
export type { ModelTerms } from './client/options/model.js';
export type { Greeks as ModelledGreeks, OptionTerms, PricedTerms } from './client/options/terms.js';
export type { AlgoBase } from './client/orders/algos/algos.js';
export {
  accumulateDistribute,
  adaptive,
  algo,
  arrivalPrice,
  balanceImpactRisk,
  closePrice,
  darkIce,
  minimiseImpact,
  percentOfVolume,
  percentOfVolumeByPrice,
  percentOfVolumeBySize,
  percentOfVolumeByTime,
  twap,
  vwap,
} from './client/orders/algos/algos.js';
export type { AlgoParams, AlgoStrategy } from './client/orders/algos/table.js';
export { type AlgoHouse, thirdParty } from './client/orders/algos/third-party.js';
export type { BookEvent } from './client/orders/book-events.js';
export type { Amount } from './client/orders/builders/amount.js';
export type { CashAmount, PricesGiven, Size as OrderSize } from './client/orders/builders/assemble.js';
export { assemble, cash } from './client/orders/builders/assemble.js';
export type { ComboRouting } from './client/orders/builders/attachments.js';
export {
  type Adjustment,
  adjustable,
  attached,
  COMBO_ROUTING,
  type Hedge,
  hedge,
  legPrices,
  routed,
  type Scale,
  scale,
} from './client/orders/builders/attachments.js';
export type {
  Attributes as OrderAttributes,
  ClosingLifetime,
  ClosingOptions,
  FixedOptions,
  Lifetime as OrderLifetime,
  MarketClosingOptions,
  MarketFixedOptions,
  MarketOptions,
  RestingOptions,
} from './client/orders/builders/attributes.js';
export {
  auction,
  block,
  discretionary,
  iceberg,
  limit,
  limitIfTouched,
  limitOnClose,
  limitOnOpen,
  market,
  marketIfTouched,
  marketOnClose,
  marketOnOpen,
  marketToLimit,
  marketWithProtection,
  stop,
  stopLimit,
  stopWithProtection,
  sweepToFill,
} from './client/orders/builders/basic.js';
export { bracket, type Exits, type StopLoss, snapBracket } from './client/orders/builders/bracket.js';
export type { GroupMember, GroupRole, IdentifiedOrder, OcaEffect } from './client/orders/builders/group.js';
export { family, type OrderGroup, oca, withIds } from './client/orders/builders/group.js';
export type { Instant } from './client/orders/builders/instants.js';
export type { Change as FieldChange, Changeable } from './client/orders/builders/modification.js';
export { type Modification, modification } from './client/orders/builders/modification.js';
export type { VolatilityTerms } from './client/orders/builders/option-orders.js';
export {
  boxAuction,
  boxTop,
  comboLimitMarket,
  comboRelativeLimit,
  comboRelativeMarket,
  comboTrailLimitMarket,
  comboTrailRelativeMarket,
  guaranteedVwap,
  pegVolatility,
  requestForQuote,
  volatility,
} from './client/orders/builders/option-orders.js';
export type { Benchmark, Competing, PegMid, PegOffset, RelativeOffset, StockRange } from './client/orders/builders/pegged.js';
export {
  discretionaryPeg,
  fixPegged,
  midprice,
  passiveRelative,
  pegBench,
  pegBest,
  pegMarket,
  pegMid,
  pegPrimary,
  pegStock,
  relative,
  snapMarket,
  snapMid,
  snapPrimary,
} from './client/orders/builders/pegged.js';
export type { StartedTrail, Trail, TrailLimitPrice } from './client/orders/builders/trailing.js';
export { trail, trailLimit, trailLimitIfTouched, trailMarketIfTouched } from './client/orders/builders/trailing.js';
export type { BagOptions, OptionName, Signed as SignedLeg, UnderlyingLeg } from './client/orders/combos/legs.js';
export { type Bag, bag, buy, type ChainOption, pick, sell } from './client/orders/combos/legs.js';
export type { DatedStrike, FromChain } from './client/orders/combos/strategies.js';
export {
  butterfly,
  calendar,
  collar,
  coveredCall,
  diagonal,
  ironCondor,
  straddle,
  strangle,
  vertical,
} from './client/orders/combos/strategies.js';
export type {
  ConditionDraft,
  ExecutionConditionDraft,
  MarginConditionDraft,
  PercentChangeConditionDraft,
  PriceConditionDraft,
  TimeConditionDraft,
  VolumeConditionDraft,
} from './client/orders/conditions/draft.js';
export type { ConditionOptions, Leaf as LoneCondition } from './client/orders/conditions/expression.js';
export { activateWhen, type Condition, cancelWhen, when } from './client/orders/conditions/expression.js';
export type { Comparison, TriggerMethod, Watched as WatchedContract } from './client/orders/conditions/kinds.js';
export { execution, margin, percentChange, price, time, volume } from './client/orders/conditions/kinds.js';
export type { AttemptedMember, AttemptedOrder, ConfirmationOptions } from './client/orders/confirmations.js';
// --- guards and the journal ---
export { type Attempt, type Confirmations, confirmations } from './client/orders/confirmations.js';
export type {
  Action,
  AdjustmentFields,
  AttributeFields,
  DeltaNeutralFields,
  LifetimeFields,
  LinkFields,
  OrderDraft,
  OrderOf,
  OrderType,
  PriceFields,
  ProgramFields,
  ScaleFields,
  TagValue,
  Tif,
} from './client/orders/draft.js';
export type { BookFacade, OrdersFacade, PrepareCall } from './client/orders/facade.js';
export type {
  AttemptEntry,
  JournalAction,
  JournalEntry,
  JournalIds,
  JournalInput,
  JournalSink,
  OutcomeEntry,
} from './client/orders/journal/entry.js';
export type { GatewaySays } from './client/orders/journal/explain-ids.js';
export { type ExplainedId, explainIds, type IdFate } from './client/orders/journal/explain-ids.js';
export type { FileSinkOptions } from './client/orders/journal/file-sink.js';
export { fileSink, readJournalFiles } from './client/orders/journal/file-sink.js';
export { createJournal, type Journal, JournalError, memorySink } from './client/orders/journal/journal.js';
export type { DamagedLine, JournalReading } from './client/orders/journal/read.js';
export { readJournal } from './client/orders/journal/read.js';
export type { OrderStory, StoryState } from './client/orders/journal/stories.js';
export { storiesOf } from './client/orders/journal/stories.js';
export type { AccountRulesOptions } from './client/orders/judge/accounts.js';
export type { ExtraFacts } from './client/orders/judge/contract-facts.js';
export type { MarketSources } from './client/orders/judge/facts.js';
export { NotAcceptedError, NotChangedError, NotFilledError, OrderStateError, RuleError } from './client/orders/order-errors.js';
export type { OrderOptions } from './client/orders/policy.js';
export type { OrderNotice, TradeAlarm, TradeEvent } from './client/orders/record/events.js';
export type { ExecutedContract, Fill, FillCommission } from './client/orders/record/fills.js';
export type { ReconcileCause } from './client/orders/record/order-event.js';
export type { Patience as OrderPatience } from './client/orders/record/order-record.js';
export type { StatusLine } from './client/orders/record/status.js';
export type { Doubt, EndReason, TradeEnd, TradeState } from './client/orders/record/trade-state.js';
export type {
  ActionCall,
  CancelOutcome,
  ModifyOutcome,
  ReportedOrder,
  TradedContract,
} from './client/orders/record/trade-types.js';
export type { ExecutionQuery, Which as WhichOrders } from './client/orders/recover/queries.js';
export type { ReconcileTimes } from './client/orders/recover/reconcile.js';
export type { ReconcileReport } from './client/orders/recover/reconcile-report.js';
export type { PlaceOptions, TradableContract } from './client/orders/send/call.js';
export type { ExerciseTerms } from './client/orders/send/exercise.js';
export type { ModifyCall } from './client/orders/send/modify.js';
export type { MarginChange, OrderPreview } from './client/orders/send/preview.js';
export type { Trade } from './client/orders/trade.js';
export type { Raw } from './client/raw.js';
export type { ScannerFacade, ScanRequest, ScanRow, ScanView } from './client/scanner/facade.js';
export type { ScanCode, ScannerOffer } from './client/scanner/offer.js';
export type { ConnectOptions } from './client/session/connect-options.js';
export type { Oddity, SessionEvents, SessionNotice, SessionState } from './client/session/events.js';
export type { Health } from './client/session/health.js';
export type { RestartTime } from './client/session/options.js';
export type { ConfigChange, GroupContent, GroupLink, LogLevel, TerminalFacade } from './client/terminal/facade.js';
export type { BackOff } from './client/time/back-off.js';
export type { Maintenance, MaintenanceWindow, Region } from './client/time/maintenance.js';
export type { Zone } from './client/time/zone.js';
export type { Zones } from './client/time/zones.js';
export type { ClientError, UnusableError } from './client/wire/errors.js';
export {
  AdmissionError,
  ClosedError,
  ConnectError,
  type ConnectPhase,
  GatewayError,
  IdRangeError,
  ReadOnlyError,
  TimeoutError,
  TooManyRowsError,
} from './client/wire/errors.js';
export { type Timer, wallTimer } from './client/wire/timer.js';
export type { Keyed } from './input/keyed.js';
export { OptionError } from './input/option-error.js';
export type { Unknown } from './protocol/decode.js';
export { DecodeError, EncodeError, FrameError, IbwireError, TooOldError } from './protocol/errors.js';
export type { IncomingKind, MessageOf, OutgoingKind, RequestInput } from './protocol/registry.js';
export { visibleText } from './protocol/visible-text.js';
export type { Facts, Finding } from './rules/finding.js';
export {
  maxNotional,
  maxOpenOrders,
  maxOrdersPerMinute,
  maxQuantity,
  noDuplicate,
  priceCollar,
  uniqueOrderRef,
} from './rules/guards/caps.js';
export { type Guard, guardedBy, passes, type Remark } from './rules/guards/guard.js';
export { type KillSwitch, killSwitch } from './rules/guards/kill-switch.js';
export { allowOnly, deny, liveData, liveSwitch, openMarket, readOnly } from './rules/guards/permission.js';
export { isPaper } from './rules/naming.js';
export type { Policy } from './rules/policy-types.js';
export type { DecimalText, OrderFacts, Severity, Situation } from './rules/types.js';
