/** What the accounts need of the market: a mark per instrument and rates between currencies. */
import type { Instrument } from '../world/instrument.js';

export interface Prices {
  /** Price to value a holding at, in the instrument's currency. */
  mark(instrument: Instrument): number;
  /** Price of the underlying of a derivative; undefined when it is not known. */
  underlying(instrument: Instrument): number | undefined;
  /** Units of `to` for one unit of `from`. Throws when there is no rate: nothing is valued at a guess. */
  rate(from: string, to: string): number;
}

/** Money per point of price. */
export function pointValue(instrument: Instrument): number {
  return instrument.multiplier / instrument.priceMagnifier;
}

/** Instruments whose holding is settled by variation: no money moves for the value, only for the result. */
export function isVariation(instrument: Instrument): boolean {
  return instrument.secType === 'FUT' || instrument.secType === 'CONTFUT' || instrument.secType === 'CFD';
}
