// Fields of snapshots and quote streams: the field of a quote that each number stands for.

import type { QuoteField } from 'ibwire';

/** `percent`: written in percent, held as a fraction. `text`: as it is written. */
export type FieldForm = 'number' | 'percent' | 'text';

/** Fields that a quote has; ids as documented. `7762` and not `87`, which is rounded; `7741` and not `7296`, which is today's. */
export const QUOTE_FIELDS = [
  ['31', 'last', 'number'],
  ['84', 'bid', 'number'],
  ['86', 'ask', 'number'],
  ['88', 'bidSize', 'number'],
  ['85', 'askSize', 'number'],
  ['7059', 'lastSize', 'number'],
  ['70', 'high', 'number'],
  ['71', 'low', 'number'],
  ['7762', 'volume', 'number'],
  ['7295', 'open', 'number'],
  ['7741', 'close', 'number'],
  ['7635', 'markPrice', 'number'],
  ['7293', 'high52Week', 'number'],
  ['7294', 'low52Week', 'number'],
  ['7282', 'avgVolume', 'number'],
  ['7636', 'shortableShares', 'number'],
  ['7697', 'futuresOpenInterest', 'number'],
  ['7698', 'lastYield', 'number'],
  ['7699', 'bidYield', 'number'],
  ['7720', 'askYield', 'number'],
  ['7283', 'optionImpliedVol', 'percent'],
  ['7087', 'optionHistoricalVol', 'percent'],
  ['7068', 'bidExch', 'text'],
  ['7057', 'askExch', 'text'],
  ['7058', 'lastExch', 'text'],
] as const satisfies readonly (readonly [id: string, field: QuoteField, form: FieldForm])[];

/** Parts of the Greeks of the broker's model. */
export const GREEK_FIELDS = [
  ['7308', 'delta', 'number'],
  ['7309', 'gamma', 'number'],
  ['7310', 'theta', 'number'],
  ['7311', 'vega', 'number'],
  ['7633', 'impliedVol', 'percent'],
] as const satisfies readonly (readonly [id: string, part: string, form: FieldForm])[];

/** What is asked for every quote: fewer than the fifty that one question may have. `6509` says what the data is. */
export const ASKED_FIELDS: readonly string[] = [...QUOTE_FIELDS.map(([id]) => id), ...GREEK_FIELDS.map(([id]) => id), '6509'];
