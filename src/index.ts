// ibwire: a client for Trader Workstation and IB Gateway.

export type { AccountsFacade, LinkedAccount } from './client/accounts/facade.js';
export type { LiveAccount, LiveAccounts, LivePart, LiveTotals } from './client/accounts/live.js';
export type { Pnl, PositionPnl } from './client/accounts/pnl.js';
export type { Portfolio, PortfolioItem, PortfolioRow } from './client/accounts/portfolio.js';
export { type Position, positionsFromJson, positionsToJson } from './client/accounts/position.js';
export { type CsvReading, positionsFromCsv, positionsToCsv } from './client/accounts/position-csv.js';
export { type MergedPosition, mergePositions } from './client/accounts/position-merge.js';
export { type AccountPosition, type HeldContract, type PositionsView, positionKey } from './client/accounts/positions.js';
export type { AccountNumbers, AccountValue, Ledger, ValuesView } from './client/accounts/values.js';
export type { AdvisorData, AdvisorFacade } from './client/advisor/facade.js';
export type { AdvisorGroup } from './client/advisor/groups.js';
export { type Batch, type BatchOptions, type Overflow, OverflowError } from './client/batches.js';
export type { CalendarFacade, EventRequest } from './client/calendar/facade.js';
export { type ConnectOptions, connect, type Ib } from './client/connect.js';
export type { ContractInput, ContractsFacade, DetailsMessage } from './client/contracts/facade.js';
export type { Call, Gap, GapCause } from './client/core.js';
export {
  AdmissionError,
  ClosedError,
  ConnectError,
  type ConnectPhase,
  GatewayError,
  IdRangeError,
  ReadOnlyError,
  TimeoutError,
} from './client/errors.js';
export type { Health } from './client/health.js';
export type { BarsRequest } from './client/history/ask-bars.js';
export { type Bar, mergeBars } from './client/history/bar.js';
export { type BarSize, barSizes, type WhatToShow } from './client/history/bar-size.js';
export type { HistoryFacade, PriceVolume } from './client/history/facade.js';
export { type BarGap, findGaps } from './client/history/gaps.js';
export type { LiveBarsRequest } from './client/history/live-bars.js';
export type { Schedule, ScheduledSession, ScheduleRequest } from './client/history/schedule.js';
export type { Span, SpanPage, SpanProgress, SpanRequest, SpanResult } from './client/history/span.js';
export type { TicksRequest } from './client/history/ticks.js';
export type { Book, BookChange, BookLevel, BookSide } from './client/market/book.js';
export type { WantedDataType } from './client/market/data-type.js';
export type { DepthRequest } from './client/market/depth.js';
export type { MarketFacade, TickByTickRequest } from './client/market/facade.js';
export type { FiveSecondRequest } from './client/market/five-second-bars.js';
export { type DataSource, type Greeks, type Quote, type QuoteTick, valuesOf } from './client/market/quote.js';
export type { TickMessage } from './client/market/quote-maker.js';
export type { QuoteRequest } from './client/market/quotes.js';
export { type Dividends, type RtVolume, readDividends, readRatios, readRtVolume } from './client/market/text-ticks.js';
export type { BidAskTick, EveryTick, MidPointTick, TickByTickType, TradeTick } from './client/market/tick-by-tick.js';
export { type QuoteField, quoteFields } from './client/market/tick-types.js';
export type { Article, Bulletin, Headline, HistoricalNewsRequest, NewsFacade, NewsProvider } from './client/news/facade.js';
export { type Explanation, explain } from './client/notices/explain.js';
export type { Raw } from './client/raw.js';
export type { ScannerFacade, ScanRequest, ScanRow } from './client/scanner/facade.js';
export type { ScannerOffer } from './client/scanner/offer.js';
export type { SessionEvents, SessionNotice, SessionState } from './client/session-events.js';
export { type StreamState, Subscription } from './client/subscription.js';
export type { ConfigChange, GroupLink, LogLevel, TerminalFacade } from './client/terminal/facade.js';
export { type Timer, wallTimer } from './client/timer.js';
export { DecodeError, EncodeError, FrameError, IbwireError, TooOldError } from './protocol/errors.js';
