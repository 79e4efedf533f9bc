// Cancelling one order, or all.

import { orderCancel } from '../../records/order-cancel.js';
import { int, orderId, string } from '../../schema/codecs.js';
import { type Of, outgoing } from '../../schema/message.js';
import { at, before, between, constant, field, messageVersion, record, since } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const cancelOrder = outgoing({
  kind: 'cancelOrder',
  id: 4,
  key: 'orderId',
  protobuf: ['CancelOrderRequest', V.PROTOBUF_PLACE_ORDER],
  rows: {
    orderId: field(1, orderId),
    orderCancel: record(2, orderCancel),
  },
  text: [
    messageVersion(1, before(V.CME_TAGGING_FIELDS)),
    'orderId',
    at('orderCancel.manualOrderCancelTime', since(V.MANUAL_ORDER_TIME)),
    constant('rfqField1', '', string, between(V.RFQ_FIELDS, V.UNDO_RFQ_FIELDS)),
    constant('rfqField2', '', string, between(V.RFQ_FIELDS, V.UNDO_RFQ_FIELDS)),
    constant('rfqField3', '2147483647', int, between(V.RFQ_FIELDS, V.UNDO_RFQ_FIELDS)),
    at('orderCancel.extOperator', since(V.CME_TAGGING_FIELDS)),
    at('orderCancel.manualOrderIndicator', since(V.CME_TAGGING_FIELDS)),
  ],
});
export interface CancelOrder extends Of<typeof cancelOrder> {}

export const reqGlobalCancel = outgoing({
  kind: 'reqGlobalCancel',
  id: 58,
  key: 'kind',
  protobuf: ['GlobalCancelRequest', V.PROTOBUF_PLACE_ORDER],
  rows: {
    orderCancel: record(1, orderCancel),
  },
  text: [
    messageVersion(1, before(V.CME_TAGGING_FIELDS)),
    at('orderCancel.extOperator', since(V.CME_TAGGING_FIELDS)),
    at('orderCancel.manualOrderIndicator', since(V.CME_TAGGING_FIELDS)),
  ],
});
export interface ReqGlobalCancel extends Of<typeof reqGlobalCancel> {}
