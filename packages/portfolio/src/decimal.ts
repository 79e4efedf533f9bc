// Decimal text: reading it as written, and sums that are exact.

import Big from 'big.js';
import type { DecimalText } from './model.js';

const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Text of a service's number or decimal string; undefined for null, empty or anything that is no number. */
export function decimalOf(value: unknown): DecimalText | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? plain(new Big(String(value))) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (!PLAIN.test(text)) return undefined;
  return /e/i.test(text) ? plain(new Big(text)) : text.replace(/^\+/, '');
}

/** Without exponent and without a minus at zero. */
export function plain(value: Big): DecimalText {
  return value.eq(0) ? '0' : value.toFixed();
}

export function sum(values: readonly DecimalText[]): DecimalText {
  return plain(values.reduce((total, value) => total.plus(value), new Big(0)));
}

export function times(...factors: readonly DecimalText[]): DecimalText {
  return plain(factors.reduce((product, factor) => product.times(factor), new Big(1)));
}

export function minus(a: DecimalText, b: DecimalText): DecimalText {
  return plain(new Big(a).minus(b));
}

export function isZero(value: DecimalText): boolean {
  return new Big(value).eq(0);
}

/** The same digits with this sign; zero stays as it is. */
export function signed(value: DecimalText, sign: 1 | -1): DecimalText {
  const size = value.replace(/^[+-]/, '');
  return sign < 0 && !isZero(size) ? `-${size}` : size;
}
