// A soft dollar tier.

import { string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, recordTable } from '../schema/rows.js';

export const softDollarTier = recordTable('SoftDollarTier', {
  name: field(1, string),
  value: field(2, string),
  displayName: field(3, string, {}, { told: true }),
});
export interface SoftDollarTier extends Of<typeof softDollarTier> {}
