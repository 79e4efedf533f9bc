// Which requests can bring a message: needed to find the request that a recorded message answered.
import type { IncomingKind, OutgoingKind } from '../../protocol/registry.js';

const ORDER_REQUESTS = ['placeOrder', 'cancelOrder', 'exerciseOptions', 'reqGlobalCancel'] as const;
const ORDER_LISTS = ['reqOpenOrders', 'reqAllOpenOrders', 'reqAutoOpenOrders'] as const;
const MARKET_DATA = ['reqMktData', 'cancelMktData'] as const;
const ACCOUNT_UPDATES = ['reqAccountUpdates'] as const;

/** Kinds that are not here come unasked, or, as errors, can answer anything. */
export const CAUSES: Readonly<Partial<Record<IncomingKind, readonly OutgoingKind[]>>> = {
  accountDownloadEnd: ACCOUNT_UPDATES,
  accountSummary: ['reqAccountSummary', 'cancelAccountSummary'],
  accountSummaryEnd: ['reqAccountSummary'],
  accountUpdateMulti: ['reqAccountUpdatesMulti', 'cancelAccountUpdatesMulti'],
  accountUpdateMultiEnd: ['reqAccountUpdatesMulti'],
  bondContractDetails: ['reqContractDetails'],
  completedOrder: ['reqCompletedOrders'],
  completedOrdersEnd: ['reqCompletedOrders'],
  configResponse: ['reqConfig'],
  contractDetails: ['reqContractDetails'],
  contractDetailsEnd: ['reqContractDetails'],
  currentTime: ['reqCurrentTime'],
  currentTimeInMillis: ['reqCurrentTimeInMillis'],
  deltaNeutralValidation: MARKET_DATA,
  displayGroupList: ['queryDisplayGroups'],
  displayGroupUpdated: ['subscribeToGroupEvents', 'updateDisplayGroup'],
  execDetails: ['reqExecutions', ...ORDER_REQUESTS],
  execDetailsEnd: ['reqExecutions'],
  familyCodes: ['reqFamilyCodes'],
  fundamentalData: ['reqFundamentalData'],
  headTimestamp: ['reqHeadTimestamp'],
  histogramData: ['reqHistogramData'],
  historicalData: ['reqHistoricalData'],
  historicalDataEnd: ['reqHistoricalData'],
  historicalDataUpdate: ['reqHistoricalData', 'cancelHistoricalData'],
  historicalNews: ['reqHistoricalNews'],
  historicalNewsEnd: ['reqHistoricalNews'],
  historicalSchedule: ['reqHistoricalData'],
  historicalTicks: ['reqHistoricalTicks'],
  historicalTicksBidAsk: ['reqHistoricalTicks'],
  historicalTicksLast: ['reqHistoricalTicks'],
  managedAccounts: ['reqManagedAccts'],
  marketDataType: MARKET_DATA,
  marketRule: ['reqMarketRule'],
  mktDepthExchanges: ['reqMktDepthExchanges'],
  newsArticle: ['reqNewsArticle'],
  newsProviders: ['reqNewsProviders'],
  nextValidId: ['reqIds'],
  openOrder: [...ORDER_REQUESTS, ...ORDER_LISTS],
  openOrderEnd: ORDER_LISTS,
  orderStatus: [...ORDER_REQUESTS, ...ORDER_LISTS, 'reqCompletedOrders'],
  pnl: ['reqPnL', 'cancelPnL'],
  pnlSingle: ['reqPnLSingle', 'cancelPnLSingle'],
  position: ['reqPositions', 'cancelPositions'],
  positionEnd: ['reqPositions'],
  positionMulti: ['reqPositionsMulti', 'cancelPositionsMulti'],
  positionMultiEnd: ['reqPositionsMulti'],
  realtimeBar: ['reqRealTimeBars', 'cancelRealTimeBars'],
  receiveFA: ['requestFA'],
  replaceFAEnd: ['replaceFA'],
  rerouteMktDataReq: MARKET_DATA,
  rerouteMktDepthReq: ['reqMktDepth', 'cancelMktDepth'],
  scannerData: ['reqScannerSubscription', 'cancelScannerSubscription'],
  scannerParameters: ['reqScannerParameters'],
  securityDefinitionOptionParameter: ['reqSecDefOptParams'],
  securityDefinitionOptionParameterEnd: ['reqSecDefOptParams'],
  smartComponents: ['reqSmartComponents'],
  softDollarTiers: ['reqSoftDollarTiers'],
  symbolSamples: ['reqMatchingSymbols'],
  tickByTick: ['reqTickByTickData', 'cancelTickByTickData'],
  tickEFP: MARKET_DATA,
  tickGeneric: MARKET_DATA,
  tickNews: MARKET_DATA,
  tickOptionComputation: [...MARKET_DATA, 'calculateImpliedVolatility', 'calculateOptionPrice'],
  tickPrice: MARKET_DATA,
  tickReqParams: MARKET_DATA,
  tickSize: MARKET_DATA,
  tickSnapshotEnd: MARKET_DATA,
  tickString: MARKET_DATA,
  updateAccountTime: ACCOUNT_UPDATES,
  updateAccountValue: ACCOUNT_UPDATES,
  updateConfigResponse: ['updateConfig'],
  updateMktDepth: ['reqMktDepth', 'cancelMktDepth'],
  updateMktDepthL2: ['reqMktDepth', 'cancelMktDepth'],
  updateNewsBulletin: ['reqNewsBulletins', 'cancelNewsBulletins'],
  updatePortfolio: ACCOUNT_UPDATES,
  userInfo: ['reqUserInfo'],
  verifyAndAuthCompleted: ['verifyAndAuthMessage'],
  verifyAndAuthMessageAPI: ['verifyAndAuthRequest'],
  verifyCompleted: ['verifyMessage'],
  verifyMessageAPI: ['verifyRequest'],
  wshEventData: ['reqWshEventData'],
  wshMetaData: ['reqWshMetaData'],
};

/** Requests that a gateway takes without an answer: not finding them in a recording is nothing to complain about. */
const SILENT: ReadonlySet<string> = new Set([
  'reqMarketDataType',
  'setServerLogLevel',
  'startApi',
  'unsubscribeFromGroupEvents',
] satisfies OutgoingKind[]);

/** True for a request that ends another one with the same reqId, or a subscription of its kind. */
export function isCancel(kind: OutgoingKind): boolean {
  return kind.startsWith('cancel') && kind !== 'cancelOrder';
}

export function isSilent(kind: OutgoingKind, message: object): boolean {
  if (kind === 'reqAccountUpdates') return !('subscribe' in message && message.subscribe === true);
  return isCancel(kind) || SILENT.has(kind);
}
