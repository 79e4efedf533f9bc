// The hedging underlying of a delta-neutral combination.

import { conId, double } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, recordTable } from '../schema/rows.js';

export const deltaNeutralContract = recordTable('DeltaNeutralContract', {
  conId: field(1, conId),
  delta: field(2, double),
  price: field(3, double),
});
export interface DeltaNeutralContract extends Of<typeof deltaNeutralContract> {}
