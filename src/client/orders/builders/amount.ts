// Money and quantities as users write them (number, text, Big) turned into exact decimals and wire values.
import Big from 'big.js';
import { shown } from '../../../input/shown.js';
import type { DecimalText } from '../../../protocol/schema/codecs.js';
import { InputError } from '../../input/input-error.js';

/** A number, plain decimal text (`'187.50'`) or a Big. */
export type Amount = number | string | Big;

const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const LONGEST = 40;

/** The exact decimal of an amount. Throws InputError for NaN, infinities, thousands separators, exponents in text. */
export function decimal(field: string, value: Amount): Big {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new InputError(field, `must be a finite number, got ${String(value)}`);
    return new Big(value);
  }
  if (typeof value === 'string') {
    if (value.length > LONGEST || !PLAIN.test(value))
      throw new InputError(field, `must be plain decimal text, got ${shown(value)}`);
    return new Big(value);
  }
  if (value instanceof Big) return value;
  // A Big of the caller's own copy of big.js.
  const foreign: unknown = value;
  if (isBigLike(foreign)) return new Big(foreign.toString());
  throw new InputError(field, `must be a number, decimal text or Big, got ${shown(foreign)}`);
}

function isBigLike(value: unknown): value is { toString(): string } {
  return typeof value === 'object' && value !== null && 'c' in value && Array.isArray(value.c) && 'e' in value && 's' in value;
}

/** A price for the wire, where prices are doubles: refuses digits that a double would change. May be negative or 0. */
export function price(field: string, value: Amount): number {
  const exact = decimal(field, value);
  const carried = Number(exact.toString());
  if (!Number.isFinite(carried) || !new Big(carried).eq(exact)) {
    throw new InputError(field, `${exact.toFixed()} has more digits than a price can carry`);
  }
  return carried === 0 ? 0 : carried;
}

/** A price above zero. */
export function positive(field: string, value: Amount): number {
  const carried = price(field, value);
  if (carried <= 0) throw new InputError(field, `must be above 0, got ${carried}`);
  return carried;
}

/** A price of zero or more. */
export function nonNegative(field: string, value: Amount): number {
  const carried = price(field, value);
  if (carried < 0) throw new InputError(field, `must not be below 0, got ${carried}`);
  return carried;
}

/** A percentage above 0 and at most 100. */
export function percent(field: string, value: Amount): number {
  const carried = positive(field, value);
  if (carried > 100) throw new InputError(field, `must be a percentage up to 100, got ${carried}`);
  return carried;
}

/** A quantity above zero as exact text: text keeps the digits it was given. */
export function quantity(field: string, value: Amount): DecimalText {
  const exact = decimal(field, value);
  if (exact.lte(0)) throw new InputError(field, `must be above 0, got ${exact.toFixed()}; the side goes into the action`);
  return typeof value === 'string' ? value : exact.toFixed();
}

/** A whole number from `least` on that fits the wire's 32 bits. */
export function whole(field: string, value: number, least = 0): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > 2_147_483_646) {
    throw new InputError(field, `must be a whole number from ${least} on, got ${shown(value)}`);
  }
  return value;
}

/** Text for the wire: not empty, no NUL, no other control characters. */
export function text(field: string, value: string): string {
  if (typeof value !== 'string' || value === '')
    throw new InputError(field, `must be text that is not empty, got ${shown(value)}`);
  if (/[\u0000-\u001f\u007f]/.test(value)) throw new InputError(field, `must not hold control characters, got ${shown(value)}`);
  return value;
}

/** A flag; JavaScript's truthy values are refused. */
export function flag(field: string, value: boolean): boolean {
  if (typeof value !== 'boolean') throw new InputError(field, `must be true or false, got ${shown(value)}`);
  return value;
}

/** A parser for one of a few literals. */
export function oneOf<const T extends string | number>(...choices: readonly T[]): (field: string, value: T) => T {
  return (field, value) => {
    if (!choices.includes(value)) throw new InputError(field, `must be one of ${choices.join(', ')}, got ${shown(value)}`);
    return value;
  };
}
