// Why an instrument cannot be traded.

import { string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, recordTable } from '../schema/rows.js';

export const ineligibilityReason = recordTable('IneligibilityReason', {
  id: field(1, string),
  description: field(2, string),
});
export interface IneligibilityReason extends Of<typeof ineligibilityReason> {}
