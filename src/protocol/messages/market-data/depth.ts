// Order books and which exchanges offer them.

import { contract } from '../../records/contract.js';
import { bool, double, int, intMax, reqId, size, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import {
  at,
  before,
  field,
  list,
  messageVersion,
  of,
  record,
  recordTable,
  repeated,
  since,
  tagString,
  textOnly,
  wrapper,
} from '../../schema/rows.js';
import { V } from '../../versions.js';

export const depthMarketDataDescription = recordTable('DepthMarketDataDescription', {
  exchange: field(1, string),
  secType: field(2, string),
  listingExch: field(3, string),
  serviceDataType: field(4, string),
  aggGroup: field(5, intMax),
  isL2: textOnly(bool),
});
export interface DepthMarketDataDescription extends Of<typeof depthMarketDataDescription> {}

const marketDepthData = wrapper(2, 'marketDepthData');

export const updateMktDepth = incoming({
  kind: 'updateMktDepth',
  id: 12,
  key: 'reqId',
  protobuf: ['MarketDepth', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(1),
  hot: ['position', 'operation', 'side', 'price', 'size', 'marketMaker'],
  rows: {
    reqId: field(1, reqId),
    position: field(marketDepthData.at(1), int),
    /** 0 insert, 1 update, 2 delete. */
    operation: field(marketDepthData.at(2), int),
    /** 0 ask, 1 bid. */
    side: field(marketDepthData.at(3), int),
    price: field(marketDepthData.at(4), double),
    size: field(marketDepthData.at(5), size),
    marketMaker: field(marketDepthData.at(6), string, {}, { text: false }),
    isSmartDepth: field(marketDepthData.at(7), bool, {}, { text: false }),
  },
});
export interface UpdateMktDepth extends Of<typeof updateMktDepth> {}

export const updateMktDepthL2 = incoming({
  kind: 'updateMktDepthL2',
  id: 13,
  key: 'reqId',
  protobuf: ['MarketDepthL2', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(1),
  hot: ['position', 'operation', 'side', 'price', 'size', 'marketMaker'],
  rows: {
    reqId: field(1, reqId),
    position: field(marketDepthData.at(1), int),
    marketMaker: field(marketDepthData.at(6), string),
    operation: field(marketDepthData.at(2), int),
    side: field(marketDepthData.at(3), int),
    price: field(marketDepthData.at(4), double),
    size: field(marketDepthData.at(5), size),
    isSmartDepth: field(marketDepthData.at(7), bool, since(V.SMART_DEPTH)),
  },
});
export interface UpdateMktDepthL2 extends Of<typeof updateMktDepthL2> {}

export const mktDepthExchanges = incoming({
  kind: 'mktDepthExchanges',
  id: 80,
  key: 'kind',
  since: V.REQ_MKT_DEPTH_EXCHANGES,
  protobuf: ['MarketDepthExchanges', V.PROTOBUF_REST_MESSAGES_3],
  rows: {
    descriptions: repeated(1, depthMarketDataDescription, 'depthMarketDataDescriptions'),
  },
  text: [
    list('descriptions', [
      'exchange',
      'secType',
      at('listingExch', since(V.SERVICE_DATA_TYPE)),
      at('serviceDataType', since(V.SERVICE_DATA_TYPE)),
      at('aggGroup', since(V.SERVICE_DATA_TYPE)),
      at('isL2', before(V.SERVICE_DATA_TYPE)),
    ]),
  ],
});
export interface MktDepthExchanges extends Of<typeof mktDepthExchanges> {}

export const reqMktDepth = outgoing({
  kind: 'reqMktDepth',
  id: 10,
  key: 'reqId',
  protobuf: ['MarketDepthRequest', V.PROTOBUF_MARKET_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    numRows: field(3, int),
    isSmartDepth: field(4, bool),
    mktDepthOptions: tagString(5, 'marketDepthOptions'),
  },
  text: [
    messageVersion(5),
    'reqId',
    ...of('contract', 'conId', 'symbol', 'secType', 'lastTradeDateOrContractMonth', 'strike', 'right', 'multiplier', 'exchange'),
    at('contract.primaryExchange', since(V.MKT_DEPTH_PRIM_EXCHANGE)),
    ...of('contract', 'currency', 'localSymbol', 'tradingClass'),
    'numRows',
    at('isSmartDepth', since(V.SMART_DEPTH)),
    'mktDepthOptions',
  ],
});
export interface ReqMktDepth extends Of<typeof reqMktDepth> {}

export const cancelMktDepth = outgoing({
  kind: 'cancelMktDepth',
  id: 11,
  key: 'reqId',
  protobuf: ['CancelMarketDepth', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    isSmartDepth: field(2, bool, since(V.SMART_DEPTH)),
  },
});
export interface CancelMktDepth extends Of<typeof cancelMktDepth> {}

export const reqMktDepthExchanges = outgoing({
  kind: 'reqMktDepthExchanges',
  id: 82,
  key: 'kind',
  since: V.REQ_MKT_DEPTH_EXCHANGES,
  protobuf: ['MarketDepthExchangesRequest', V.PROTOBUF_REST_MESSAGES_3],
  rows: {},
});
export interface ReqMktDepthExchanges extends Of<typeof reqMktDepthExchanges> {}
