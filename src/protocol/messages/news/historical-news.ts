// Headlines of the past.

import { bool, conId, int, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, since, tagString } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const historicalNews = incoming({
  kind: 'historicalNews',
  id: 86,
  key: 'reqId',
  since: V.REQ_HISTORICAL_NEWS,
  protobuf: ['HistoricalNews', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
    time: field(2, string),
    providerCode: field(3, string),
    articleId: field(4, string),
    headline: field(5, string),
  },
});
export interface HistoricalNews extends Of<typeof historicalNews> {}

export const historicalNewsEnd = incoming({
  kind: 'historicalNewsEnd',
  id: 87,
  key: 'reqId',
  since: V.REQ_HISTORICAL_NEWS,
  protobuf: ['HistoricalNewsEnd', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
    hasMore: field(2, bool),
  },
});
export interface HistoricalNewsEnd extends Of<typeof historicalNewsEnd> {}

export const reqHistoricalNews = outgoing({
  kind: 'reqHistoricalNews',
  id: 86,
  key: 'reqId',
  since: V.REQ_HISTORICAL_NEWS,
  protobuf: ['HistoricalNewsRequest', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
    conId: field(2, conId),
    providerCodes: field(3, string),
    startDateTime: field(4, string),
    endDateTime: field(5, string),
    totalResults: field(6, int),
    historicalNewsOptions: tagString(7, undefined, since(V.NEWS_QUERY_ORIGINS)),
  },
});
export interface ReqHistoricalNews extends Of<typeof reqHistoricalNews> {}
