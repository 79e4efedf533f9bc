// Attributes of a cancellation.

import { intLiteralMax, string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, recordTable } from '../schema/rows.js';

export const orderCancel = recordTable('OrderCancel', {
  manualOrderCancelTime: field(1, string),
  extOperator: field(2, string),
  manualOrderIndicator: field(3, intLiteralMax),
});
export interface OrderCancel extends Of<typeof orderCancel> {}
