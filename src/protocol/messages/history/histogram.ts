// Volume by price.

import { contract, namedContract } from '../../records/contract.js';
import { bool, double, reqId, size, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, record, recordTable, repeated } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const histogramDataEntry = recordTable('HistogramDataEntry', {
  price: field(1, double),
  size: field(2, size),
});
export interface HistogramDataEntry extends Of<typeof histogramDataEntry> {}

export const histogramData = incoming({
  kind: 'histogramData',
  id: 89,
  key: 'reqId',
  since: V.REQ_HISTOGRAM,
  protobuf: ['HistogramData', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    items: repeated(2, histogramDataEntry, 'histogramDataEntries'),
  },
});
export interface HistogramData extends Of<typeof histogramData> {}

export const reqHistogramData = outgoing({
  kind: 'reqHistogramData',
  id: 88,
  key: 'reqId',
  since: V.REQ_HISTOGRAM,
  protobuf: ['HistogramDataRequest', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    useRTH: field(3, bool),
    timePeriod: field(4, string),
  },
  text: ['reqId', ...namedContract, 'contract.includeExpired', 'useRTH', 'timePeriod'],
});
export interface ReqHistogramData extends Of<typeof reqHistogramData> {}

export const cancelHistogramData = outgoing({
  kind: 'cancelHistogramData',
  id: 89,
  key: 'reqId',
  since: V.REQ_HISTOGRAM,
  protobuf: ['CancelHistogramData', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelHistogramData extends Of<typeof cancelHistogramData> {}
