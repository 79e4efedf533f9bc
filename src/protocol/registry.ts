// Every message kind, once.

import {
  accountSummary,
  accountSummaryEnd,
  cancelAccountSummary,
  reqAccountSummary,
} from './messages/account/account-summary.js';
import {
  accountDownloadEnd,
  reqAccountUpdates,
  updateAccountTime,
  updateAccountValue,
  updatePortfolio,
} from './messages/account/account-updates.js';
import {
  accountUpdateMulti,
  accountUpdateMultiEnd,
  cancelAccountUpdatesMulti,
  reqAccountUpdatesMulti,
} from './messages/account/account-updates-multi.js';
import { familyCodes, reqFamilyCodes } from './messages/account/family-codes.js';
import { managedAccounts, reqManagedAccts } from './messages/account/managed-accounts.js';
import { cancelPnL, pnl, reqPnL } from './messages/account/pnl.js';
import { cancelPnLSingle, pnlSingle, reqPnLSingle } from './messages/account/pnl-single.js';
import { cancelPositions, position, positionEnd, reqPositions } from './messages/account/positions.js';
import { cancelPositionsMulti, positionMulti, positionMultiEnd, reqPositionsMulti } from './messages/account/positions-multi.js';
import { receiveFA, replaceFA, replaceFAEnd, requestFA } from './messages/advisor/fa.js';
import {
  cancelWshEventData,
  cancelWshMetaData,
  reqWshEventData,
  reqWshMetaData,
  wshEventData,
  wshMetaData,
} from './messages/calendar/wsh.js';
import {
  bondContractDetails,
  cancelContractData,
  contractDetails,
  contractDetailsEnd,
  reqContractDetails,
} from './messages/contracts/contract-details.js';
import { marketRule, reqMarketRule } from './messages/contracts/market-rule.js';
import { reqMatchingSymbols, symbolSamples } from './messages/contracts/matching-symbols.js';
import {
  reqSecDefOptParams,
  securityDefinitionOptionParameter,
  securityDefinitionOptionParameterEnd,
} from './messages/contracts/option-chain.js';
import { reqSoftDollarTiers, softDollarTiers } from './messages/contracts/soft-dollar-tiers.js';
import { cancelFundamentalData, fundamentalData, reqFundamentalData } from './messages/fundamentals/fundamental-data.js';
import { cancelHeadTimestamp, headTimestamp, reqHeadTimestamp } from './messages/history/head-timestamp.js';
import { cancelHistogramData, histogramData, reqHistogramData } from './messages/history/histogram.js';
import {
  cancelHistoricalData,
  historicalData,
  historicalDataEnd,
  historicalDataUpdate,
  reqHistoricalData,
} from './messages/history/historical-data.js';
import { historicalSchedule } from './messages/history/historical-schedule.js';
import {
  cancelHistoricalTicks,
  historicalTicks,
  historicalTicksBidAsk,
  historicalTicksLast,
  reqHistoricalTicks,
} from './messages/history/historical-ticks.js';
import {
  cancelMktDepth,
  mktDepthExchanges,
  reqMktDepth,
  reqMktDepthExchanges,
  updateMktDepth,
  updateMktDepthL2,
} from './messages/market-data/depth.js';
import {
  calculateImpliedVolatility,
  calculateOptionPrice,
  cancelCalculateImpliedVolatility,
  cancelCalculateOptionPrice,
  tickOptionComputation,
} from './messages/market-data/option-computation.js';
import { cancelRealTimeBars, realtimeBar, reqRealTimeBars } from './messages/market-data/real-time-bars.js';
import { rerouteMktDataReq, rerouteMktDepthReq } from './messages/market-data/reroutes.js';
import { reqSmartComponents, smartComponents } from './messages/market-data/smart-components.js';
import { cancelTickByTickData, reqTickByTickData, tickByTick } from './messages/market-data/tick-by-tick.js';
import { tickEFP } from './messages/market-data/tick-efp.js';
import {
  cancelMktData,
  marketDataType,
  reqMarketDataType,
  reqMktData,
  tickGeneric,
  tickPrice,
  tickReqParams,
  tickSize,
  tickSnapshotEnd,
  tickString,
} from './messages/market-data/ticks.js';
import { newsArticle, reqNewsArticle } from './messages/news/article.js';
import { cancelNewsBulletins, reqNewsBulletins, updateNewsBulletin } from './messages/news/bulletins.js';
import { historicalNews, historicalNewsEnd, reqHistoricalNews } from './messages/news/historical-news.js';
import { newsProviders, reqNewsProviders } from './messages/news/providers.js';
import { tickNews } from './messages/news/tick-news.js';
import { cancelOrder, reqGlobalCancel } from './messages/orders/cancel-order.js';
import { completedOrder, completedOrdersEnd, reqCompletedOrders } from './messages/orders/completed-orders.js';
import { deltaNeutralValidation } from './messages/orders/delta-neutral.js';
import { commissionAndFeesReport, execDetails, execDetailsEnd, reqExecutions } from './messages/orders/executions.js';
import { exerciseOptions } from './messages/orders/exercise-options.js';
import { nextValidId, reqIds } from './messages/orders/ids.js';
import {
  openOrder,
  openOrderEnd,
  orderBound,
  reqAllOpenOrders,
  reqAutoOpenOrders,
  reqOpenOrders,
} from './messages/orders/open-orders.js';
import { orderStatus } from './messages/orders/order-status.js';
import { placeOrder } from './messages/orders/place-order.js';
import { reqScannerParameters, scannerParameters } from './messages/scanner/parameters.js';
import { cancelScannerSubscription, reqScannerSubscription, scannerData } from './messages/scanner/subscription.js';
import { configResponse, reqConfig, updateConfig, updateConfigResponse } from './messages/session/config.js';
import { currentTime, currentTimeInMillis, reqCurrentTime, reqCurrentTimeInMillis } from './messages/session/current-time.js';
import {
  displayGroupList,
  displayGroupUpdated,
  queryDisplayGroups,
  subscribeToGroupEvents,
  unsubscribeFromGroupEvents,
  updateDisplayGroup,
} from './messages/session/display-groups.js';
import { error } from './messages/session/error.js';
import { setServerLogLevel } from './messages/session/log-level.js';
import { startApi } from './messages/session/start-api.js';
import { reqUserInfo, userInfo } from './messages/session/user-info.js';
import {
  verifyAndAuthCompleted,
  verifyAndAuthMessage,
  verifyAndAuthMessageAPI,
  verifyAndAuthRequest,
  verifyCompleted,
  verifyMessage,
  verifyMessageAPI,
  verifyRequest,
} from './messages/session/verify.js';
import type { Input, MessageTable, Of } from './schema/message.js';

/** What the gateway sends, by id. */
export const incomingKinds = [
  tickPrice,
  tickSize,
  orderStatus,
  error,
  openOrder,
  updateAccountValue,
  updatePortfolio,
  updateAccountTime,
  nextValidId,
  contractDetails,
  execDetails,
  updateMktDepth,
  updateMktDepthL2,
  updateNewsBulletin,
  managedAccounts,
  receiveFA,
  historicalData,
  bondContractDetails,
  scannerParameters,
  scannerData,
  tickOptionComputation,
  tickGeneric,
  tickString,
  tickEFP,
  currentTime,
  realtimeBar,
  fundamentalData,
  contractDetailsEnd,
  openOrderEnd,
  accountDownloadEnd,
  execDetailsEnd,
  deltaNeutralValidation,
  tickSnapshotEnd,
  marketDataType,
  commissionAndFeesReport,
  position,
  positionEnd,
  accountSummary,
  accountSummaryEnd,
  verifyMessageAPI,
  verifyCompleted,
  displayGroupList,
  displayGroupUpdated,
  verifyAndAuthMessageAPI,
  verifyAndAuthCompleted,
  positionMulti,
  positionMultiEnd,
  accountUpdateMulti,
  accountUpdateMultiEnd,
  securityDefinitionOptionParameter,
  securityDefinitionOptionParameterEnd,
  softDollarTiers,
  familyCodes,
  symbolSamples,
  mktDepthExchanges,
  tickReqParams,
  smartComponents,
  newsArticle,
  tickNews,
  newsProviders,
  historicalNews,
  historicalNewsEnd,
  headTimestamp,
  histogramData,
  historicalDataUpdate,
  rerouteMktDataReq,
  rerouteMktDepthReq,
  marketRule,
  pnl,
  pnlSingle,
  historicalTicks,
  historicalTicksBidAsk,
  historicalTicksLast,
  tickByTick,
  orderBound,
  completedOrder,
  completedOrdersEnd,
  replaceFAEnd,
  wshMetaData,
  wshEventData,
  historicalSchedule,
  userInfo,
  historicalDataEnd,
  currentTimeInMillis,
  configResponse,
  updateConfigResponse,
] as const;

/** What the client sends, by id. */
export const outgoingKinds = [
  reqMktData,
  cancelMktData,
  placeOrder,
  cancelOrder,
  reqOpenOrders,
  reqAccountUpdates,
  reqExecutions,
  reqIds,
  reqContractDetails,
  reqMktDepth,
  cancelMktDepth,
  reqNewsBulletins,
  cancelNewsBulletins,
  setServerLogLevel,
  reqAutoOpenOrders,
  reqAllOpenOrders,
  reqManagedAccts,
  requestFA,
  replaceFA,
  reqHistoricalData,
  exerciseOptions,
  reqScannerSubscription,
  cancelScannerSubscription,
  reqScannerParameters,
  cancelHistoricalData,
  reqCurrentTime,
  reqRealTimeBars,
  cancelRealTimeBars,
  reqFundamentalData,
  cancelFundamentalData,
  calculateImpliedVolatility,
  calculateOptionPrice,
  cancelCalculateImpliedVolatility,
  cancelCalculateOptionPrice,
  reqGlobalCancel,
  reqMarketDataType,
  reqPositions,
  reqAccountSummary,
  cancelAccountSummary,
  cancelPositions,
  verifyRequest,
  verifyMessage,
  queryDisplayGroups,
  subscribeToGroupEvents,
  updateDisplayGroup,
  unsubscribeFromGroupEvents,
  startApi,
  verifyAndAuthRequest,
  verifyAndAuthMessage,
  reqPositionsMulti,
  cancelPositionsMulti,
  reqAccountUpdatesMulti,
  cancelAccountUpdatesMulti,
  reqSecDefOptParams,
  reqSoftDollarTiers,
  reqFamilyCodes,
  reqMatchingSymbols,
  reqMktDepthExchanges,
  reqSmartComponents,
  reqNewsArticle,
  reqNewsProviders,
  reqHistoricalNews,
  reqHeadTimestamp,
  reqHistogramData,
  cancelHistogramData,
  cancelHeadTimestamp,
  reqMarketRule,
  reqPnL,
  cancelPnL,
  reqPnLSingle,
  cancelPnLSingle,
  reqHistoricalTicks,
  reqTickByTickData,
  cancelTickByTickData,
  reqCompletedOrders,
  reqWshMetaData,
  cancelWshMetaData,
  reqWshEventData,
  cancelWshEventData,
  reqUserInfo,
  reqCurrentTimeInMillis,
  cancelContractData,
  cancelHistoricalTicks,
  reqConfig,
  updateConfig,
] as const;

/** A message as the gateway sends it. */
export type Incoming = Of<(typeof incomingKinds)[number]>;
/** A message as the client sends it. */
export type Outgoing = Of<(typeof outgoingKinds)[number]>;
/** The name of a message that comes from a gateway. */
export type IncomingKind = (typeof incomingKinds)[number]['kind'];
/** The name of a request. */
export type OutgoingKind = (typeof outgoingKinds)[number]['kind'];
type ByKind<Tables extends readonly MessageTable[], K> = Extract<Tables[number], { readonly kind: K }>;
/** The decoded message of an incoming kind. */
export type MessageOf<K extends IncomingKind> = Of<ByKind<typeof incomingKinds, K>>;
/** The decoded message of an outgoing kind, as a gateway reads it. */
export type RequestOf<K extends OutgoingKind> = Of<ByKind<typeof outgoingKinds, K>>;
/** What may be given to send an outgoing kind. */
export type RequestInput<K extends OutgoingKind> = Input<ByKind<typeof outgoingKinds, K>>;
/** What may be given to send an incoming kind, for gateways. */
export type MessageInput<K extends IncomingKind> = Input<ByKind<typeof incomingKinds, K>>;
