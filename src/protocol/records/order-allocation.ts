// An account's part in a what-if of an allocated order.

import { account, bool, decimal } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, recordTable } from '../schema/rows.js';

export const orderAllocation = recordTable('OrderAllocation', {
  account: field(1, account),
  position: field(2, decimal),
  positionDesired: field(3, decimal),
  positionAfter: field(4, decimal),
  desiredAllocQty: field(5, decimal),
  allowedAllocQty: field(6, decimal),
  isMonetary: field(7, bool),
});
export interface OrderAllocation extends Of<typeof orderAllocation> {}
