// Values of snapshots and quote streams: text with letters, commas and suffixes, read exactly or not at all.

import { decimalText } from '../endpoints/decode.js';

/** `previousClose`: no trade yet today. `halted`: the price stands. */
export interface MarketValue {
  /** Exact decimal text. */
  readonly value: string;
  readonly is: 'price' | 'previousClose' | 'halted';
}

const SCALE: Readonly<Record<string, number>> = { K: 3, M: 6, B: 9 };

/** Reads `C188.36`, `1,200`, `12.3M`, `0.54%`. Undefined for what is no number: never 0. */
export function marketValue(raw: unknown): MarketValue | undefined {
  if (typeof raw === 'number') {
    const value = decimalText(raw);
    return value === undefined ? undefined : { value, is: 'price' };
  }
  if (typeof raw !== 'string') return undefined;
  const parts = /^([CH]?)([+-]?[\d,]*\.?\d*(?:[eE][+-]?\d+)?)([KMB]?)%?$/.exec(raw.trim());
  if (parts === null) return undefined;
  const [, letter = '', digits = '', suffix = ''] = parts;
  const value = decimalText(suffix === '' ? digits : `${digits}e${SCALE[suffix]}`);
  if (value === undefined) return undefined;
  return { value, is: letter === 'C' ? 'previousClose' : letter === 'H' ? 'halted' : 'price' };
}

/** What the letters of field 6509 say of the data. */
export type DataKind = 'live' | 'delayed' | 'frozen' | 'delayedFrozen' | 'none' | 'unknown';

/** The first letter tells. `S`, as recorded, is data that streams. */
export function dataKind(letters: unknown): DataKind {
  switch (typeof letters === 'string' ? letters[0] : undefined) {
    case 'R':
    case 'S':
      return 'live';
    case 'D':
      return 'delayed';
    case 'Z':
      return 'frozen';
    case 'Y':
      return 'delayedFrozen';
    case 'N':
      return 'none';
    default: // O: the acknowledgement is not complete
      return 'unknown';
  }
}
