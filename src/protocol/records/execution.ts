// One fill.

import { account, bool, decimal, double, execId, int, intFlag, intMax, orderId, permId, string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, protoOnly, recordTable } from '../schema/rows.js';

export const execution = recordTable('Execution', {
  orderId: field(1, orderId),
  /** A correction comes with another number behind the last dot. */
  execId: field(2, execId),
  /** In the zone of the login, in UTC dash form, or without a zone below 174. */
  time: field(3, string),
  acctNumber: field(4, account),
  exchange: field(5, string),
  side: field(6, string),
  shares: field(7, decimal),
  price: field(8, double),
  permId: field(9, permId),
  clientId: field(10, int),
  isLiquidation: field(11, intFlag),
  cumQty: field(12, decimal),
  avgPrice: field(13, double),
  orderRef: field(14, string),
  evRule: field(15, string),
  /** Only of contracts with an economic value rule. */
  evMultiplier: field(16, double),
  modelCode: field(17, string),
  /** 0 none, 1 added, 2 removed, 3 routed out. */
  lastLiquidity: field(18, int),
  isPriceRevisionPending: field(19, bool),
  submitter: field(20, string),
  optExerciseOrLapseType: protoOnly(21, intMax),
});
/** An execution as messages carry it: quantities as exact text, prices as numbers. */
export interface Execution extends Of<typeof execution> {}
