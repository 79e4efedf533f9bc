// What a holding is worth in its own currency, or that this is unknown.

import { times } from '../decimal.js';
import type { DecimalText, Instrument, Position } from '../model.js';

export function multiplierOf(instrument: Instrument): DecimalText {
  return instrument.multiplier ?? (instrument.class === 'option' ? '100' : '1');
}

/** As the source says it, else quantity × price × multiplier. Undefined without a price: a missing price is not 0. */
export function worthOf({ value, quantity, price, instrument }: Position): DecimalText | undefined {
  if (value !== undefined) return value;
  return quantity === undefined || price === undefined ? undefined : times(quantity, price, multiplierOf(instrument));
}
