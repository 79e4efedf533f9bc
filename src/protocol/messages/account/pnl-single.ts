// Profit and loss of one position.

import { account, conId, decimal, doubleMax, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, since } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const pnlSingle = incoming({
  kind: 'pnlSingle',
  id: 95,
  key: 'reqId',
  since: V.PNL,
  protobuf: ['PnLSingle', V.PROTOBUF_SCAN_DATA],
  rows: {
    reqId: field(1, reqId),
    position: field(2, decimal),
    dailyPnL: field(3, doubleMax),
    unrealizedPnL: field(4, doubleMax, since(V.UNREALIZED_PNL)),
    realizedPnL: field(5, doubleMax, since(V.REALIZED_PNL)),
    value: field(6, doubleMax),
  },
});
export interface PnlSingle extends Of<typeof pnlSingle> {}

export const reqPnLSingle = outgoing({
  kind: 'reqPnLSingle',
  id: 94,
  key: 'reqId',
  since: V.PNL,
  protobuf: ['PnLSingleRequest', V.PROTOBUF_SCAN_DATA],
  rows: {
    reqId: field(1, reqId),
    account: field(2, account),
    modelCode: field(3, string),
    conId: field(4, conId),
  },
});
export interface ReqPnLSingle extends Of<typeof reqPnLSingle> {}

export const cancelPnLSingle = outgoing({
  kind: 'cancelPnLSingle',
  id: 95,
  key: 'reqId',
  since: V.PNL,
  protobuf: ['CancelPnLSingle', V.PROTOBUF_SCAN_DATA],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelPnLSingle extends Of<typeof cancelPnLSingle> {}
