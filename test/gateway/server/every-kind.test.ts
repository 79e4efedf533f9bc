// Every request a client can send is answered, on text and on protobuf.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answers } from '../../../src/gateway/server/answers.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { tableOfKind } from '../../../src/protocol/encode.js';
import { type IncomingKind, type OutgoingKind, outgoingKinds, type RequestInput } from '../../../src/protocol/registry.js';
import { AAPL, closeAll, EURUSD, type WireClient, wireClient } from './wire-client.js';

type Case<K extends OutgoingKind> = {
  readonly ask: RequestInput<K>;
  /** The kind that must come, an error code, or why nothing comes. */
  readonly gives: IncomingKind | number | { readonly nothing: string };
  /** First version that can carry these fields; unset: the first that knows the kind. */
  readonly since?: number;
  /** What must happen next for the answer to come. */
  readonly after?: (client: WireClient, gateway: SimulatedGateway) => Promise<void> | void;
};

const bars = {
  endDateTime: '',
  barSizeSetting: '1 hour',
  durationStr: '1 D',
  useRTH: true,
  whatToShow: 'TRADES',
  formatDate: 1,
  keepUpToDate: false,
};
const OPTION = 'AAPL  260918C00315000';
const option = { localSymbol: OPTION, secType: 'OPT', exchange: 'SMART', currency: 'USD' };
const quiet = (nothing: string) => ({ nothing });

const cases: { readonly [K in OutgoingKind]: Case<K> } = {
  reqMktData: {
    ask: { reqId: 1, contract: AAPL, genericTickList: '233,236', snapshot: false, regulatorySnapshot: false },
    gives: 'tickPrice',
  },
  cancelMktData: { ask: { reqId: 404 }, gives: 300 },
  placeOrder: {
    ask: {
      orderId: 1,
      contract: AAPL,
      order: { action: 'BUY', orderType: 'MKT', totalQuantity: '1', tif: 'DAY', transmit: true },
    },
    gives: 'orderStatus',
  },
  cancelOrder: { ask: { orderId: 999 }, gives: 10147 },
  reqOpenOrders: { ask: {}, gives: 'openOrderEnd' },
  reqAccountUpdates: { ask: { subscribe: true, acctCode: '' }, gives: 'accountDownloadEnd' },
  reqExecutions: { ask: { reqId: 2, filter: {} }, gives: 'execDetailsEnd' },
  reqIds: { ask: { numIds: 1 }, gives: 'nextValidId' },
  reqContractDetails: { ask: { reqId: 3, contract: AAPL }, gives: 'contractDetailsEnd' },
  reqMktDepth: { ask: { reqId: 4, contract: AAPL, numRows: 5, isSmartDepth: false }, gives: 'updateMktDepthL2' },
  cancelMktDepth: { ask: { reqId: 404 }, gives: 310 },
  reqNewsBulletins: { ask: { allMsgs: true }, gives: 'updateNewsBulletin' },
  cancelNewsBulletins: { ask: {}, gives: quiet('nothing confirms it') },
  setServerLogLevel: { ask: { logLevel: 5 }, gives: quiet('nothing confirms it') },
  reqAutoOpenOrders: { ask: { autoBind: true }, gives: 327 },
  reqAllOpenOrders: { ask: {}, gives: 'openOrderEnd' },
  reqManagedAccts: { ask: {}, gives: 'managedAccounts' },
  requestFA: { ask: { faDataType: 1 }, gives: 321 },
  replaceFA: { ask: { faDataType: 1, cxml: '<a/>', reqId: 5 }, gives: 321, since: 157 },
  reqHistoricalData: { ask: { reqId: 6, contract: AAPL, ...bars }, gives: 'historicalData' },
  exerciseOptions: {
    ask: { reqId: 7, contract: option, exerciseAction: 1, exerciseQuantity: 1, account: 'DU9000001', override: 0 },
    gives: 322,
  },
  reqScannerSubscription: {
    ask: { reqId: 8, subscription: { instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'TOP_PERC_GAIN' } },
    gives: 'scannerData',
  },
  cancelScannerSubscription: { ask: { reqId: 404 }, gives: 365 },
  reqScannerParameters: { ask: {}, gives: 'scannerParameters' },
  cancelHistoricalData: { ask: { reqId: 404 }, gives: 366 },
  reqCurrentTime: { ask: {}, gives: 'currentTime' },
  reqRealTimeBars: {
    ask: { reqId: 9, contract: AAPL, barSize: 5, whatToShow: 'TRADES', useRTH: false },
    gives: 'realtimeBar',
    after: (client, gateway) => client.fence().then(() => gateway.advance(6_000)),
  },
  cancelRealTimeBars: { ask: { reqId: 404 }, gives: 300 },
  reqFundamentalData: { ask: { reqId: 10, contract: AAPL, reportType: 'ReportsFinSummary' }, gives: 430 },
  cancelFundamentalData: { ask: { reqId: 10 }, gives: quiet('nothing confirms it') },
  calculateImpliedVolatility: {
    ask: { reqId: 11, contract: option, optionPrice: 20, underPrice: 315 },
    gives: 'tickOptionComputation',
  },
  calculateOptionPrice: {
    ask: { reqId: 12, contract: option, volatility: 0.3, underPrice: 315 },
    gives: 'tickOptionComputation',
  },
  cancelCalculateImpliedVolatility: { ask: { reqId: 11 }, gives: quiet('nothing confirms it') },
  cancelCalculateOptionPrice: { ask: { reqId: 12 }, gives: quiet('nothing confirms it') },
  reqGlobalCancel: { ask: { orderCancel: {} }, gives: quiet('nothing works that could be cancelled') },
  reqMarketDataType: { ask: { marketDataType: 3 }, gives: quiet('a preference; each stream says what it gets') },
  reqPositions: { ask: {}, gives: 'positionEnd' },
  reqAccountSummary: { ask: { reqId: 13, group: 'All', tags: 'NetLiquidation' }, gives: 'accountSummaryEnd' },
  cancelAccountSummary: { ask: { reqId: 404 }, gives: quiet('nothing confirms it') },
  cancelPositions: { ask: {}, gives: quiet('nothing confirms it') },
  verifyRequest: { ask: { apiName: 'x', apiVersion: '1' }, gives: 'verifyCompleted' },
  verifyMessage: { ask: { apiData: 'x' }, gives: 'verifyCompleted' },
  queryDisplayGroups: { ask: { reqId: 14 }, gives: 'displayGroupList' },
  subscribeToGroupEvents: { ask: { reqId: 15, groupId: 1 }, gives: 'displayGroupUpdated' },
  updateDisplayGroup: { ask: { reqId: 404, contractInfo: '265598@SMART' }, gives: 321 },
  unsubscribeFromGroupEvents: { ask: { reqId: 15 }, gives: quiet('nothing confirms it') },
  startApi: { ask: { clientId: 1, optionalCapabilities: '' }, gives: quiet('a second one changes nothing') },
  verifyAndAuthRequest: { ask: { apiName: 'x', apiVersion: '1', opaqueIsvKey: 'k' }, gives: 'verifyAndAuthCompleted' },
  verifyAndAuthMessage: { ask: { apiData: 'x', xyzResponse: 'y' }, gives: 'verifyAndAuthCompleted' },
  reqPositionsMulti: { ask: { reqId: 16, account: 'DU9000001', modelCode: '' }, gives: 'positionMultiEnd' },
  cancelPositionsMulti: { ask: { reqId: 16 }, gives: quiet('nothing confirms it') },
  reqAccountUpdatesMulti: {
    ask: { reqId: 17, account: 'DU9000001', modelCode: '', ledgerAndNLV: true },
    gives: 'accountUpdateMultiEnd',
  },
  cancelAccountUpdatesMulti: { ask: { reqId: 17 }, gives: quiet('nothing confirms it') },
  reqSecDefOptParams: {
    ask: { reqId: 18, underlyingSymbol: 'AAPL', futFopExchange: '', underlyingSecType: 'STK', underlyingConId: 265598 },
    gives: 'securityDefinitionOptionParameterEnd',
  },
  reqSoftDollarTiers: { ask: { reqId: 19 }, gives: 'softDollarTiers' },
  reqFamilyCodes: { ask: {}, gives: 'familyCodes' },
  reqMatchingSymbols: { ask: { reqId: 20, pattern: 'AA' }, gives: 'symbolSamples' },
  reqMktDepthExchanges: { ask: {}, gives: 'mktDepthExchanges' },
  reqSmartComponents: { ask: { reqId: 21, bboExchange: '9c0001' }, gives: 'smartComponents' },
  reqNewsArticle: { ask: { reqId: 22, providerCode: 'DJ-N', articleId: 'DJ-N$00000001' }, gives: 'newsArticle' },
  reqNewsProviders: { ask: {}, gives: 'newsProviders' },
  reqHistoricalNews: {
    ask: { reqId: 23, conId: 265598, providerCodes: 'BRFG+DJ-N', startDateTime: '', endDateTime: '', totalResults: 10 },
    gives: 'historicalNewsEnd',
  },
  reqHeadTimestamp: {
    ask: { reqId: 24, contract: AAPL, useRTH: true, whatToShow: 'TRADES', formatDate: 1 },
    gives: 'headTimestamp',
  },
  reqHistogramData: { ask: { reqId: 25, contract: AAPL, useRTH: true, timePeriod: '2 days' }, gives: 'histogramData' },
  cancelHistogramData: { ask: { reqId: 25 }, gives: quiet('nothing confirms it') },
  cancelHeadTimestamp: { ask: { reqId: 24 }, gives: quiet('nothing confirms it') },
  reqMarketRule: { ask: { marketRuleId: 26 }, gives: 'marketRule' },
  reqPnL: { ask: { reqId: 26, account: 'DU9000001', modelCode: '' }, gives: 'pnl' },
  cancelPnL: { ask: { reqId: 26 }, gives: quiet('nothing confirms it') },
  reqPnLSingle: { ask: { reqId: 27, account: 'DU9000001', modelCode: '', conId: 265598 }, gives: 'pnlSingle' },
  cancelPnLSingle: { ask: { reqId: 27 }, gives: quiet('nothing confirms it') },
  reqHistoricalTicks: {
    ask: {
      reqId: 28,
      contract: AAPL,
      startDateTime: '',
      endDateTime: '20260902 09:45:00 US/Eastern',
      numberOfTicks: 10,
      whatToShow: 'TRADES',
      useRth: true,
      ignoreSize: false,
    },
    gives: 'historicalTicksLast',
  },
  reqTickByTickData: {
    ask: { reqId: 29, contract: EURUSD, tickType: 'BidAsk', numberOfTicks: 5, ignoreSize: false },
    since: 140,
    gives: 'historicalTicksBidAsk',
  },
  cancelTickByTickData: { ask: { reqId: 404 }, gives: 300 },
  reqCompletedOrders: { ask: { apiOnly: true }, gives: 'completedOrdersEnd' },
  reqWshMetaData: { ask: { reqId: 30 }, gives: 'wshMetaData' },
  cancelWshMetaData: { ask: { reqId: 30 }, gives: 10278 },
  reqWshEventData: { ask: { reqId: 31, conId: 265598 }, gives: 10282 },
  cancelWshEventData: { ask: { reqId: 31 }, gives: quiet('nothing confirms it') },
  reqUserInfo: { ask: { reqId: 32 }, gives: 'userInfo' },
  reqCurrentTimeInMillis: { ask: {}, gives: 'currentTimeInMillis' },
  cancelContractData: { ask: { reqId: 3 }, gives: quiet('nothing confirms it') },
  cancelHistoricalTicks: { ask: { reqId: 28 }, gives: quiet('nothing confirms it') },
  reqConfig: { ask: { reqId: 33 }, gives: 'configResponse' },
  updateConfig: { ask: { reqId: 34, api: { settings: { readOnlyApi: true } } }, gives: 'updateConfigResponse' },
};

describe('every request is answered', () => {
  let gateway: SimulatedGateway;
  beforeAll(async () => {
    gateway = await simulate({ clock: 'virtual', pacing: 'off', serverVersion: 225 });
  });
  afterEach(closeAll);
  afterAll(() => gateway.close());

  it('has an answer in the registry for each outgoing kind', () => {
    expect(Object.keys(answers).sort()).toEqual(outgoingKinds.map(({ kind }) => kind).sort());
  });

  describe.each(outgoingKinds.map(({ kind }) => kind))('%s', (kind) => {
    const table = tableOfKind('outgoing', kind);
    const lowest = Math.max(cases[kind].since ?? table.since ?? 100, table.hasText ? 100 : (table.protobuf?.since ?? 100));
    it.each([...new Set([lowest, Math.max(lowest, 200), 225])])('at server version %i', async (version) => {
      const client = await wireClient(gateway.port, { version, clientId: version });
      client.clear();
      const { ask, gives, after } = cases[kind] as Case<OutgoingKind>;
      client.send(kind, ask);
      await after?.(client, gateway);
      if (typeof gives === 'object') {
        // Answers come in the order of the requests: what had none is over when the next has one.
        client.send('reqCurrentTime', {});
        await client.wait('currentTime');
        expect(client.messages.map((message) => message.kind)).toEqual(['currentTime']);
      } else if (typeof gives === 'number') {
        expect(await client.wait('error')).toMatchObject({ errorCode: gives });
      } else await client.wait(gives);
      expect(gateway.log.filter(({ what }) => what === 'trouble')).toEqual([]);
    });
  });
});
