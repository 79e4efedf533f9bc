// One leg of a combination.

import { conId, doubleMax, int, or, string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, recordTable } from '../schema/rows.js';

export const comboLeg = recordTable('ComboLeg', {
  conId: field(1, conId),
  ratio: field(2, int),
  action: field(3, string),
  exchange: field(4, string),
  openClose: field(5, int),
  shortSaleSlot: field(6, int, {}, { as: 'shortSalesSlot' }),
  designatedLocation: field(7, string),
  exemptCode: field(8, or(int, '-1', -1)),
  perLegPrice: field(9, doubleMax, {}, { text: false }),
});
export interface ComboLeg extends Of<typeof comboLeg> {}
