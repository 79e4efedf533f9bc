// Bars of the past, their end, and the bar that is still growing.

import { bar } from '../../records/bar.js';
import { contract, namedContract } from '../../records/contract.js';
import { bool, double, int, reqId, size, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import {
  at,
  before,
  both,
  field,
  isOneOf,
  list,
  messageVersion,
  record,
  repeated,
  since,
  sinceMessage,
  tagString,
  textOnly,
  when,
  wrapper,
} from '../../schema/rows.js';
import { V } from '../../versions.js';

export const historicalData = incoming({
  kind: 'historicalData',
  id: 17,
  key: 'reqId',
  protobuf: ['HistoricalData', V.PROTOBUF_HISTORICAL_DATA],
  hot: ['bars.date', 'bars.open', 'bars.high', 'bars.low', 'bars.close', 'bars.volume', 'bars.wap', 'bars.barCount'],
  rows: {
    reqId: field(1, reqId),
    /** Up to 195 here, from 196 in historicalDataEnd. */
    startDateStr: textOnly(string, both(before(V.HISTORICAL_DATA_END), sinceMessage(2))),
    endDateStr: textOnly(string, both(before(V.HISTORICAL_DATA_END), sinceMessage(2))),
    bars: repeated(2, bar, 'historicalDataBars'),
  },
  text: [
    messageVersion(3, before(V.SYNT_REALTIME_BARS)),
    'reqId',
    'startDateStr',
    'endDateStr',
    list('bars', [
      'date',
      'open',
      'high',
      'low',
      'close',
      'volume',
      'wap',
      at('hasGaps', before(V.SYNT_REALTIME_BARS)),
      at('barCount', sinceMessage(3)),
    ]),
  ],
});
export interface HistoricalData extends Of<typeof historicalData> {}

const historicalDataBar = wrapper(2, 'historicalDataBar');
export const historicalDataUpdate = incoming({
  kind: 'historicalDataUpdate',
  id: 90,
  key: 'reqId',
  since: V.SYNT_REALTIME_BARS,
  protobuf: ['HistoricalDataUpdate', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    barCount: field(historicalDataBar.at(8), int),
    date: field(historicalDataBar.at(1), string),
    open: field(historicalDataBar.at(2), double),
    close: field(historicalDataBar.at(5), double),
    high: field(historicalDataBar.at(3), double),
    low: field(historicalDataBar.at(4), double),
    wap: field(historicalDataBar.at(7, 'WAP'), size),
    volume: field(historicalDataBar.at(6), size),
  },
});
export interface HistoricalDataUpdate extends Of<typeof historicalDataUpdate> {}

export const historicalDataEnd = incoming({
  kind: 'historicalDataEnd',
  id: 108,
  key: 'reqId',
  since: V.HISTORICAL_DATA_END,
  protobuf: ['HistoricalDataEnd', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    startDateStr: field(2, string),
    endDateStr: field(3, string),
  },
});
export interface HistoricalDataEnd extends Of<typeof historicalDataEnd> {}

export const reqHistoricalData = outgoing({
  kind: 'reqHistoricalData',
  id: 20,
  key: 'reqId',
  protobuf: ['HistoricalDataRequest', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    endDateTime: field(3, string),
    barSizeSetting: field(4, string),
    durationStr: field(5, string, {}, { as: 'duration' }),
    useRTH: field(6, bool),
    whatToShow: field(7, string),
    formatDate: field(8, int),
    keepUpToDate: field(9, bool),
    chartOptions: tagString(10),
  },
  text: [
    messageVersion(6, before(V.SYNT_REALTIME_BARS)),
    'reqId',
    ...namedContract,
    'contract.includeExpired',
    'endDateTime',
    'barSizeSetting',
    'durationStr',
    'useRTH',
    'whatToShow',
    'formatDate',
    when(isOneOf('contract.secType', 'BAG'), [list('contract.comboLegs', ['conId', 'ratio', 'action', 'exchange'])]),
    at('keepUpToDate', since(V.SYNT_REALTIME_BARS)),
    'chartOptions',
  ],
  refuses: [{ field: 'whatToShow', needs: V.HISTORICAL_SCHEDULE, when: isOneOf('whatToShow', 'SCHEDULE') }],
});
export interface ReqHistoricalData extends Of<typeof reqHistoricalData> {}

export const cancelHistoricalData = outgoing({
  kind: 'cancelHistoricalData',
  id: 25,
  key: 'reqId',
  protobuf: ['CancelHistoricalData', V.PROTOBUF_HISTORICAL_DATA],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelHistoricalData extends Of<typeof cancelHistoricalData> {}
