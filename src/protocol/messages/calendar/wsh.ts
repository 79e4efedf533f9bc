// The Wall Street Horizon event calendar.

import { bool, intLiteralMax, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, since } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const wshMetaData = incoming({
  kind: 'wshMetaData',
  id: 104,
  key: 'reqId',
  since: V.WSHE_CALENDAR,
  protobuf: ['WshMetaData', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
    dataJson: field(2, string),
  },
});
export interface WshMetaData extends Of<typeof wshMetaData> {}

export const wshEventData = incoming({
  kind: 'wshEventData',
  id: 105,
  key: 'reqId',
  since: V.WSHE_CALENDAR,
  protobuf: ['WshEventData', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
    dataJson: field(2, string),
  },
});
export interface WshEventData extends Of<typeof wshEventData> {}

export const reqWshMetaData = outgoing({
  kind: 'reqWshMetaData',
  id: 100,
  key: 'reqId',
  since: V.WSHE_CALENDAR,
  protobuf: ['WshMetaDataRequest', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface ReqWshMetaData extends Of<typeof reqWshMetaData> {}

export const cancelWshMetaData = outgoing({
  kind: 'cancelWshMetaData',
  id: 101,
  key: 'reqId',
  since: V.WSHE_CALENDAR,
  protobuf: ['CancelWshMetaData', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelWshMetaData extends Of<typeof cancelWshMetaData> {}

export const reqWshEventData = outgoing({
  kind: 'reqWshEventData',
  id: 102,
  key: 'reqId',
  since: V.WSHE_CALENDAR,
  protobuf: ['WshEventDataRequest', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
    conId: field(2, intLiteralMax),
    filter: field(3, string, since(V.WSH_EVENT_DATA_FILTERS)),
    fillWatchlist: field(4, bool, since(V.WSH_EVENT_DATA_FILTERS)),
    fillPortfolio: field(5, bool, since(V.WSH_EVENT_DATA_FILTERS)),
    fillCompetitors: field(6, bool, since(V.WSH_EVENT_DATA_FILTERS)),
    startDate: field(7, string, since(V.WSH_EVENT_DATA_FILTERS_DATE)),
    endDate: field(8, string, since(V.WSH_EVENT_DATA_FILTERS_DATE)),
    totalLimit: field(9, intLiteralMax, since(V.WSH_EVENT_DATA_FILTERS_DATE)),
  },
});
export interface ReqWshEventData extends Of<typeof reqWshEventData> {}

export const cancelWshEventData = outgoing({
  kind: 'cancelWshEventData',
  id: 103,
  key: 'reqId',
  since: V.WSHE_CALENDAR,
  protobuf: ['CancelWshEventData', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelWshEventData extends Of<typeof cancelWshEventData> {}
