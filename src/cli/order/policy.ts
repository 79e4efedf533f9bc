// The caps that were given on the command line, over the rules' own.

import { SEC_TYPES } from '../../client/contracts/draft.js';
import type { Policy } from '../../rules/types.js';
import type { TicketOptions } from './ticket.js';

/** Only what was said; the rest stays as the rules have it. */
export function policyOf({ maxQuantity, collar }: TicketOptions): Partial<Policy> {
  return {
    ...(maxQuantity === undefined
      ? {}
      : { maxQuantity: Object.fromEntries(SEC_TYPES.map((type) => [type, String(maxQuantity)])) }),
    ...(collar === undefined ? {} : { priceCollar: String(collar / 100) }),
  };
}
