// Profit and loss of an account.

import { account, doubleMax, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, since } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const pnl = incoming({
  kind: 'pnl',
  id: 94,
  key: 'reqId',
  since: V.PNL,
  protobuf: ['PnL', V.PROTOBUF_SCAN_DATA],
  rows: {
    reqId: field(1, reqId),
    /** Up to 17 digits. */
    dailyPnL: field(2, doubleMax),
    unrealizedPnL: field(3, doubleMax, since(V.UNREALIZED_PNL)),
    realizedPnL: field(4, doubleMax, since(V.REALIZED_PNL)),
  },
});
export interface Pnl extends Of<typeof pnl> {}

export const reqPnL = outgoing({
  kind: 'reqPnL',
  id: 92,
  key: 'reqId',
  since: V.PNL,
  protobuf: ['PnLRequest', V.PROTOBUF_SCAN_DATA],
  rows: {
    reqId: field(1, reqId),
    account: field(2, account),
    modelCode: field(3, string),
  },
});
export interface ReqPnL extends Of<typeof reqPnL> {}

export const cancelPnL = outgoing({
  kind: 'cancelPnL',
  id: 93,
  key: 'reqId',
  since: V.PNL,
  protobuf: ['CancelPnL', V.PROTOBUF_SCAN_DATA],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelPnL extends Of<typeof cancelPnL> {}
