// One bar of history.

import { dateText, double, int, size, string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { before, field, recordTable, textOnly } from '../schema/rows.js';
import { V } from '../versions.js';

export const bar = recordTable('HistoricalDataBar', {
  /** yyyymmdd for days and longer; else a date-time, or epoch seconds when asked with formatDate 2. */
  date: field(1, dateText),
  open: field(2, double),
  high: field(3, double),
  low: field(4, double),
  close: field(5, double),
  /** -1: not available. */
  volume: field(6, size),
  wap: field(7, size, {}, { as: 'WAP' }),
  hasGaps: textOnly(string, before(V.SYNT_REALTIME_BARS)),
  /** -1: not available. */
  barCount: field(8, int),
});
export interface Bar extends Of<typeof bar> {}
