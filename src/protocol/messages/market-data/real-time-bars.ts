// Five-second bars.

import { contract, namedContract } from '../../records/contract.js';
import { bool, double, epoch, int, reqId, size, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion, record, tagString } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const realtimeBar = incoming({
  kind: 'realtimeBar',
  id: 50,
  key: 'reqId',
  protobuf: ['RealTimeBarTick', V.PROTOBUF_HISTORICAL_DATA],
  version: messageVersion(3),
  hot: ['time', 'open', 'high', 'low', 'close', 'volume', 'wap', 'count'],
  rows: {
    reqId: field(1, reqId),
    time: field(2, epoch),
    open: field(3, double),
    high: field(4, double),
    low: field(5, double),
    close: field(6, double),
    volume: field(7, size),
    wap: field(8, size, {}, { as: 'WAP' }),
    count: field(9, int),
  },
});
export interface RealtimeBar extends Of<typeof realtimeBar> {}

export const reqRealTimeBars = outgoing({
  kind: 'reqRealTimeBars',
  id: 50,
  key: 'reqId',
  protobuf: ['RealTimeBarsRequest', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    barSize: field(3, int),
    whatToShow: field(4, string),
    useRTH: field(5, bool),
    realTimeBarsOptions: tagString(6),
  },
  text: [messageVersion(3), 'reqId', ...namedContract, 'barSize', 'whatToShow', 'useRTH', 'realTimeBarsOptions'],
});
export interface ReqRealTimeBars extends Of<typeof reqRealTimeBars> {}

export const cancelRealTimeBars = outgoing({
  kind: 'cancelRealTimeBars',
  id: 51,
  key: 'reqId',
  protobuf: ['CancelRealTimeBars', V.PROTOBUF_HISTORICAL_DATA],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelRealTimeBars extends Of<typeof cancelRealTimeBars> {}
