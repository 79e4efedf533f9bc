// Amounts of the gateway as exact decimals.

import Big from 'big.js';

/** An amount; undefined for what is not there or is no number (`N/A`, a name, a date). */
export function money(value: string | number | undefined): Big | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? new Big(value) : undefined;
  // Some settings of the host put commas between thousands.
  const text = value.trim().replaceAll(',', '');
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/.test(text) ? new Big(text) : undefined;
}
