// Amounts of the gateway as exact decimals.

import Big from 'big.js';

/** Largest whole numbers, of 32, 64 and 128 bits: they stand for "not set" (limits §12). */
const UNSET: ReadonlySet<string> = new Set([
  '2147483647',
  '9223372036854775807',
  '-9223372036854775808',
  '170141183460469231731687303715884105727',
]);
/** Nothing is worth that much: doubles up to the largest one, 1.7976931348623157E308, mean "not set". */
const UNSET_EXPONENT = 300;

/** An amount; undefined for what is not there, not set, or no number (`N/A`, a name, a date). */
export function money(value: string | number | undefined): Big | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? told(new Big(value)) : undefined;
  // Some settings of the host put commas between thousands.
  const text = value.trim().replaceAll(',', '');
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/.test(text) && !UNSET.has(text) ? told(new Big(text)) : undefined;
}

function told(amount: Big): Big | undefined {
  return amount.e < UNSET_EXPONENT ? amount : undefined;
}
