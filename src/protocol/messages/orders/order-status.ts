// Status of an order.

import { decimal, double, int, orderId, permId, string } from '../../schema/codecs.js';
import { incoming, type Of } from '../../schema/message.js';
import { before, field, messageVersion, since, sinceMessage } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const orderStatus = incoming({
  kind: 'orderStatus',
  id: 3,
  key: 'orderId',
  protobuf: ['OrderStatus', V.PROTOBUF_PLACE_ORDER],
  version: messageVersion(6, before(V.MARKET_CAP_PRICE)),
  rows: {
    orderId: field(1, orderId),
    /** A word of the server; unknown ones pass. Only executions prove fills. */
    status: field(2, string),
    filled: field(3, decimal),
    remaining: field(4, decimal),
    avgFillPrice: field(5, double),
    permId: field(6, permId, sinceMessage(2)),
    parentId: field(7, int, sinceMessage(3)),
    lastFillPrice: field(8, double, sinceMessage(4)),
    clientId: field(9, int, sinceMessage(5)),
    /** Commas between: child, trigger, locate. */
    whyHeld: field(10, string, sinceMessage(6)),
    /** 0 or absent when no cap holds. */
    mktCapPrice: field(11, double, since(V.MARKET_CAP_PRICE)),
  },
});
export interface OrderStatus extends Of<typeof orderStatus> {}
