// Streaming quotes: the request, its ticks, what kind of data they are, the end of a snapshot.

import { contract, namedContract } from '../../records/contract.js';
import { bool, double, int, reqId, size, string, tick } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import {
  at,
  field,
  isOneOf,
  list,
  messageVersion,
  of,
  present,
  protoOnly,
  record,
  since,
  sinceMessage,
  tagString,
  when,
} from '../../schema/rows.js';
import { V } from '../../versions.js';

export const tickPrice = incoming({
  kind: 'tickPrice',
  id: 1,
  key: 'reqId',
  protobuf: ['TickPrice', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(6),
  hot: ['tickType', 'price', 'size', 'attribMask'],
  rows: {
    reqId: field(1, reqId),
    tickType: field(2, int),
    /** -1: no price at present; 0 is a legal price. */
    price: field(3, double),
    size: field(4, size, sinceMessage(2)),
    /** Bit 0 can auto execute, 1 past limit (109), 2 before the open (132); below 109 the number 1 means can auto execute. */
    attribMask: field(5, int, sinceMessage(3), { as: 'attrMask' }),
  },
});
export interface TickPrice extends Of<typeof tickPrice> {}

export const tickSize = incoming({
  kind: 'tickSize',
  id: 2,
  key: 'reqId',
  protobuf: ['TickSize', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(6),
  hot: ['tickType', 'size'],
  rows: {
    reqId: field(1, reqId),
    tickType: field(2, int),
    size: field(3, size),
  },
});
export interface TickSize extends Of<typeof tickSize> {}

export const tickGeneric = incoming({
  kind: 'tickGeneric',
  id: 45,
  key: 'reqId',
  protobuf: ['TickGeneric', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(6),
  hot: ['tickType', 'value'],
  rows: {
    reqId: field(1, reqId),
    tickType: field(2, int),
    value: field(3, double),
  },
});
export interface TickGeneric extends Of<typeof tickGeneric> {}

export const tickString = incoming({
  kind: 'tickString',
  id: 46,
  key: 'reqId',
  protobuf: ['TickString', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(6),
  hot: ['tickType', 'value'],
  rows: {
    reqId: field(1, reqId),
    tickType: field(2, int),
    value: field(3, string),
  },
});
export interface TickString extends Of<typeof tickString> {}

export const marketDataType = incoming({
  kind: 'marketDataType',
  id: 58,
  key: 'reqId',
  protobuf: ['MarketDataType', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    marketDataType: field(2, int),
  },
});
export interface MarketDataType extends Of<typeof marketDataType> {}

export const tickSnapshotEnd = incoming({
  kind: 'tickSnapshotEnd',
  id: 57,
  key: 'reqId',
  protobuf: ['TickSnapshotEnd', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface TickSnapshotEnd extends Of<typeof tickSnapshotEnd> {}

export const tickReqParams = incoming({
  kind: 'tickReqParams',
  id: 81,
  key: 'reqId',
  since: V.REQ_SMART_COMPONENTS,
  protobuf: ['TickReqParams', V.PROTOBUF_MARKET_DATA],
  rows: {
    reqId: field(1, reqId),
    minTick: field(2, tick),
    bboExchange: field(3, string),
    /** Seen: 0, 2, 4. */
    snapshotPermissions: field(4, int),
    lastPricePrecision: protoOnly(5, string),
    lastSizePrecision: protoOnly(6, string),
  },
});
export interface TickReqParams extends Of<typeof tickReqParams> {}

export const reqMktData = outgoing({
  kind: 'reqMktData',
  id: 1,
  key: 'reqId',
  protobuf: ['MarketDataRequest', V.PROTOBUF_MARKET_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    genericTickList: field(3, string),
    snapshot: field(4, bool),
    regulatorySnapshot: field(5, bool),
    mktDataOptions: tagString(6, 'marketDataOptions'),
  },
  text: [
    messageVersion(11),
    'reqId',
    ...namedContract,
    when(isOneOf('contract.secType', 'BAG'), [list('contract.comboLegs', ['conId', 'ratio', 'action', 'exchange'])]),
    present('contract.deltaNeutralContract', [...of('contract.deltaNeutralContract', 'conId', 'delta', 'price')]),
    'genericTickList',
    'snapshot',
    at('regulatorySnapshot', since(V.REQ_SMART_COMPONENTS)),
    'mktDataOptions',
  ],
});
export interface ReqMktData extends Of<typeof reqMktData> {}

export const cancelMktData = outgoing({
  kind: 'cancelMktData',
  id: 2,
  key: 'reqId',
  protobuf: ['CancelMarketData', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(2),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelMktData extends Of<typeof cancelMktData> {}

export const reqMarketDataType = outgoing({
  kind: 'reqMarketDataType',
  id: 59,
  key: 'kind',
  protobuf: ['MarketDataTypeRequest', V.PROTOBUF_MARKET_DATA],
  version: messageVersion(1),
  rows: {
    marketDataType: field(1, int),
  },
});
export interface ReqMarketDataType extends Of<typeof reqMarketDataType> {}
