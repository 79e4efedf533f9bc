// The other calls of @stoqey/ib: instruments, market data, the past, and the rest.

import type { RequestInput } from '../../protocol/registry.js';
import { AccountRequests } from './account-requests.js';
import type { BarSizeSetting, DurationUnit, LogLevel, MarketDataType, TickByTickDataType, WhatToShow } from './names.js';
import { type Contract, type TagValue, wireContract } from './records.js';

/** What is scanned for: the gateway's own names. */
export type ScannerSubscription = NonNullable<RequestInput<'reqScannerSubscription'>['subscription']>;

/** All calls. */
export abstract class Requests extends AccountRequests {
  // --- instruments ---
  reqContractDetails(reqId: number, contract: Contract): this {
    return this.ask('reqContractDetails', { reqId, contract: wireContract(contract) });
  }
  reqMatchingSymbols(reqId: number, pattern: string): this {
    return this.ask('reqMatchingSymbols', { reqId, pattern });
  }
  reqMarketRule(marketRuleId: number): this {
    return this.ask('reqMarketRule', { marketRuleId });
  }
  reqSecDefOptParams(reqId: number, symbol: string, futFopExchange: string, secType: string, underlyingConId: number): this {
    const underlying = { underlyingSymbol: symbol, underlyingSecType: secType, underlyingConId };
    return this.ask('reqSecDefOptParams', { reqId, futFopExchange, ...underlying });
  }
  calculateImpliedVolatility(reqId: number, contract: Contract, optionPrice: number, underPrice: number): this {
    return this.ask('calculateImpliedVolatility', { reqId, contract: wireContract(contract), optionPrice, underPrice });
  }
  cancelCalculateImpliedVolatility(reqId: number): this {
    return this.ask('cancelCalculateImpliedVolatility', { reqId });
  }
  calculateOptionPrice(reqId: number, contract: Contract, volatility: number, underPrice: number): this {
    return this.ask('calculateOptionPrice', { reqId, contract: wireContract(contract), volatility, underPrice });
  }
  cancelCalculateOptionPrice(reqId: number): this {
    return this.ask('cancelCalculateOptionPrice', { reqId });
  }

  // --- market data ---
  reqMktData(reqId: number, contract: Contract, generic: string | null, snapshot: boolean, regulatorySnapshot: boolean): this {
    const how = { genericTickList: generic ?? '', snapshot, regulatorySnapshot };
    return this.ask('reqMktData', { reqId, contract: wireContract(contract), ...how });
  }
  cancelMktData(reqId: number): this {
    return this.ask('cancelMktData', { reqId });
  }
  reqMarketDataType(marketDataType: MarketDataType): this {
    return this.ask('reqMarketDataType', { marketDataType });
  }
  reqMktDepth(
    reqId: number,
    contract: Contract,
    numRows: number,
    isSmartDepth: boolean,
    options: readonly TagValue[] = [],
  ): this {
    const how = { numRows, isSmartDepth, mktDepthOptions: options };
    return this.ask('reqMktDepth', { reqId, contract: wireContract(contract), ...how });
  }
  cancelMktDepth(reqId: number, isSmartDepth: boolean): this {
    return this.ask('cancelMktDepth', { reqId, isSmartDepth });
  }
  reqMktDepthExchanges(): this {
    return this.ask('reqMktDepthExchanges', {});
  }
  reqSmartComponents(reqId: number, bboExchange: string): this {
    return this.ask('reqSmartComponents', { reqId, bboExchange });
  }
  reqTickByTickData(
    reqId: number,
    contract: Contract,
    type: TickByTickDataType,
    numberOfTicks: number,
    ignoreSize: boolean,
  ): this {
    const how = { tickType: type, numberOfTicks, ignoreSize };
    return this.ask('reqTickByTickData', { reqId, contract: wireContract(contract), ...how });
  }
  cancelTickByTickData(reqId: number): this {
    return this.ask('cancelTickByTickData', { reqId });
  }
  reqRealTimeBars(reqId: number, contract: Contract, barSize: number, whatToShow: WhatToShow, useRTH: boolean): this {
    return this.ask('reqRealTimeBars', { reqId, contract: wireContract(contract), barSize, whatToShow, useRTH });
  }
  cancelRealTimeBars(reqId: number): this {
    return this.ask('cancelRealTimeBars', { reqId });
  }

  // --- the past ---
  reqHistoricalData(
    reqId: number,
    contract: Contract,
    endDateTime: string | undefined,
    durationStr: string,
    barSizeSetting: BarSizeSetting,
    whatToShow: WhatToShow,
    useRTH: number | boolean,
    formatDate: number,
    keepUpToDate: boolean,
  ): this {
    const what = { endDateTime: endDateTime ?? '', durationStr, barSizeSetting, whatToShow };
    const how = { useRTH: Boolean(useRTH), formatDate, keepUpToDate };
    return this.ask('reqHistoricalData', { reqId, contract: wireContract(contract), ...what, ...how });
  }
  cancelHistoricalData(reqId: number): this {
    return this.ask('cancelHistoricalData', { reqId });
  }
  reqHistoricalTicks(
    reqId: number,
    contract: Contract,
    startDateTime: string,
    endDateTime: string | undefined | null,
    numberOfTicks: number,
    whatToShow: WhatToShow,
    useRTH: number | boolean,
    ignoreSize: boolean,
  ): this {
    const what = { startDateTime, endDateTime: endDateTime ?? '', numberOfTicks, whatToShow };
    const how = { useRth: Boolean(useRTH), ignoreSize };
    return this.ask('reqHistoricalTicks', { reqId, contract: wireContract(contract), ...what, ...how });
  }
  reqHeadTimestamp(reqId: number, contract: Contract, whatToShow: WhatToShow, useRTH: boolean, formatDate: number): this {
    return this.ask('reqHeadTimestamp', { reqId, contract: wireContract(contract), whatToShow, useRTH, formatDate });
  }
  cancelHeadTimestamp(reqId: number): this {
    return this.ask('cancelHeadTimestamp', { reqId });
  }
  reqHistogramData(reqId: number, contract: Contract, useRTH: boolean, period: number, unit: DurationUnit): this {
    const timePeriod = `${period} ${unit.toLowerCase()}`;
    return this.ask('reqHistogramData', { reqId, contract: wireContract(contract), useRTH, timePeriod });
  }
  cancelHistogramData(reqId: number): this {
    return this.ask('cancelHistogramData', { reqId });
  }

  // --- the rest ---
  reqCurrentTime(): this {
    return this.ask('reqCurrentTime', {});
  }
  reqScannerParameters(): this {
    return this.ask('reqScannerParameters', {});
  }
  reqScannerSubscription(
    reqId: number,
    subscription: ScannerSubscription,
    options: readonly TagValue[] = [],
    filters: readonly TagValue[] = [],
  ): this {
    const more = { scannerSubscriptionOptions: options, scannerSubscriptionFilterOptions: filters };
    return this.ask('reqScannerSubscription', { reqId, subscription: { ...subscription, ...more } });
  }
  cancelScannerSubscription(reqId: number): this {
    return this.ask('cancelScannerSubscription', { reqId });
  }
  reqNewsProviders(): this {
    return this.ask('reqNewsProviders', {});
  }
  reqNewsArticle(reqId: number, providerCode: string, articleId: string): this {
    return this.ask('reqNewsArticle', { reqId, providerCode, articleId });
  }
  reqHistoricalNews(reqId: number, conId: number, providerCodes: string, from: string, to: string, totalResults: number): this {
    const span = { startDateTime: from, endDateTime: to };
    return this.ask('reqHistoricalNews', { reqId, conId, providerCodes, ...span, totalResults });
  }
  reqNewsBulletins(allMsgs: boolean): this {
    return this.ask('reqNewsBulletins', { allMsgs });
  }
  cancelNewsBulletins(): this {
    return this.ask('cancelNewsBulletins', {});
  }
  reqFundamentalData(reqId: number, contract: Contract, reportType: string): this {
    return this.ask('reqFundamentalData', { reqId, contract: wireContract(contract), reportType });
  }
  cancelFundamentalData(reqId: number): this {
    return this.ask('cancelFundamentalData', { reqId });
  }
  reqWshMetaData(reqId: number): this {
    return this.ask('reqWshMetaData', { reqId });
  }
  reqCancelWshMetaData(reqId: number): this {
    return this.ask('cancelWshMetaData', { reqId });
  }
  reqWshEventData(reqId: number, wanted: number | Omit<RequestInput<'reqWshEventData'>, 'reqId'>): this {
    return this.ask('reqWshEventData', { reqId, ...(typeof wanted === 'number' ? { conId: wanted } : wanted) });
  }
  reqCancelWshEventData(reqId: number): this {
    return this.ask('cancelWshEventData', { reqId });
  }
  queryDisplayGroups(reqId: number): this {
    return this.ask('queryDisplayGroups', { reqId });
  }
  subscribeToGroupEvents(reqId: number, groupId: number): this {
    return this.ask('subscribeToGroupEvents', { reqId, groupId });
  }
  updateDisplayGroup(reqId: number, contractInfo: string): this {
    return this.ask('updateDisplayGroup', { reqId, contractInfo });
  }
  unsubscribeFromGroupEvents(reqId: number): this {
    return this.ask('unsubscribeFromGroupEvents', { reqId });
  }
  setServerLogLevel(logLevel: LogLevel): this {
    return this.ask('setServerLogLevel', { logLevel });
  }
  reqUserInfo(reqId: number): this {
    return this.ask('reqUserInfo', { reqId });
  }
}
