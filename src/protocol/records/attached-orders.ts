// Preset stop-loss and profit-taker orders, from server version 218.

import { intMax, string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { protoOnly, recordTable, since } from '../schema/rows.js';
import { V } from '../versions.js';

export const attachedOrders = recordTable('AttachedOrders', {
  slOrderId: protoOnly(1, intMax, since(V.ATTACHED_ORDERS)),
  slOrderType: protoOnly(2, string, since(V.ATTACHED_ORDERS)),
  ptOrderId: protoOnly(3, intMax, since(V.ATTACHED_ORDERS)),
  ptOrderType: protoOnly(4, string, since(V.ATTACHED_ORDERS)),
});
export interface AttachedOrders extends Of<typeof attachedOrders> {}
