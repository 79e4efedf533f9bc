// Which executions to report.

import { account, int, intLiteralMax, string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, recordTable, scalars } from '../schema/rows.js';

export const executionFilter = recordTable('ExecutionFilter', {
  clientId: field(1, int),
  acctCode: field(2, account),
  time: field(3, string),
  symbol: field(4, string),
  secType: field(5, string),
  exchange: field(6, string),
  side: field(7, string),
  lastNDays: field(8, intLiteralMax),
  specificDates: scalars(9, int),
});
export interface ExecutionFilter extends Of<typeof executionFilter> {}
