// What the broker says of an order beside its attributes: status, margins, commission.

import { amount, decimal, doubleMax, string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, recordTable, repeated } from '../schema/rows.js';
import { orderAllocation } from './order-allocation.js';

export const orderState = recordTable('OrderState', {
  status: field(1, string),
  initMarginBefore: field(2, amount),
  maintMarginBefore: field(3, amount),
  equityWithLoanBefore: field(4, amount),
  initMarginChange: field(5, amount),
  maintMarginChange: field(6, amount),
  equityWithLoanChange: field(7, amount),
  initMarginAfter: field(8, amount),
  maintMarginAfter: field(9, amount),
  equityWithLoanAfter: field(10, amount),
  /** A running sum while an order fills, with rounding noise. */
  commissionAndFees: field(11, doubleMax),
  minCommissionAndFees: field(12, doubleMax),
  maxCommissionAndFees: field(13, doubleMax),
  commissionAndFeesCurrency: field(14, string),
  marginCurrency: field(15, string),
  initMarginBeforeOutsideRTH: field(16, doubleMax),
  maintMarginBeforeOutsideRTH: field(17, doubleMax),
  equityWithLoanBeforeOutsideRTH: field(18, doubleMax),
  initMarginChangeOutsideRTH: field(19, doubleMax),
  maintMarginChangeOutsideRTH: field(20, doubleMax),
  equityWithLoanChangeOutsideRTH: field(21, doubleMax),
  initMarginAfterOutsideRTH: field(22, doubleMax),
  maintMarginAfterOutsideRTH: field(23, doubleMax),
  equityWithLoanAfterOutsideRTH: field(24, doubleMax),
  /** Of a what-if. */
  suggestedSize: field(25, decimal),
  rejectReason: field(26, string),
  orderAllocations: repeated(27, orderAllocation),
  warningText: field(28, string),
  completedTime: field(29, string),
  /** May hold line feeds. */
  completedStatus: field(30, string),
});
/** What the gateway says of an order besides its fields: status, margin, commission. */
export interface OrderState extends Of<typeof orderState> {}
