// Numbers in texts: what counts as one, which words mean "unset", and how they are written.

/** The largest double, written out: "unset" on the text wire. */
export const MAX_DOUBLE_TEXT = '1.7976931348623157E308';
export const MAX_INT = 2147483647;
export const MAX_INT_TEXT = '2147483647';
export const MAX_LONG_TEXT = '9223372036854775807';
export const MIN_LONG_TEXT = '-9223372036854775808';

/** Powers of ten that a double holds exactly. */
export const POWERS = [
  1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/**
 * The double nearest to (high × 10^more + low) / 10^decimals, or NaN when that needs a closer look. `high` and `low` have at most nine
 * digits, `more` is at most 9 and `decimals` between -22 and 22. Mantissas up to 2^53 take one exact operation; longer ones, as option
 * models print them, are divided with the remainder of the division taken into account.
 */
export function scaled(high: number, more: number, low: number, decimals: number): number {
  const value = more > 0 ? high * POWERS[more]! + low : high;
  if (value <= Number.MAX_SAFE_INTEGER) return decimals >= 0 ? value / POWERS[decimals]! : value * POWERS[-decimals]!;
  return decimals >= 0 ? longQuotient(high, POWERS[more]!, low, POWERS[decimals]!) : Number.NaN;
}

const SPLIT = 134217729;

/** Correctly rounded (high × power + low) / divisor, NaN when it stands too near to the middle between two doubles to tell. */
function longQuotient(high: number, power: number, low: number, divisor: number): number {
  // The dividend as the exact sum of two doubles.
  const below = high & 32767;
  const upper = (high - below) * power;
  const lower = below * power + low;
  const quotient = (upper + lower) / divisor;
  // quotient × divisor as the exact sum of product and rest (Dekker).
  const product = quotient * divisor;
  let high1 = SPLIT * quotient;
  high1 = high1 - (high1 - quotient);
  let high2 = SPLIT * divisor;
  high2 = high2 - (high2 - divisor);
  const low1 = quotient - high1;
  const low2 = divisor - high2;
  const rest = low1 * low2 - (product - high1 * high2 - low1 * high2 - high1 * low2);
  const correction = (upper - product + lower - rest) / divisor;
  const rounded = quotient + correction;
  const isSure = quotient + correction * (1 + 2 ** -45) === rounded && quotient + correction * (1 - 2 ** -45) === rounded;
  return isSure ? rounded : Number.NaN;
}

const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
const SCIENTIFIC = /^[+-]?(\d+(\.\d*)?|\.\d+)[eE][+-]?\d+$/;
const GROUPED = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;

/** Texts that stand for "no value" in a decimal field (protobuf-routing.json, `unsetDecimalTexts`). */
export function isUnsetDecimal(text: string): boolean {
  return text === '' || text === MAX_INT_TEXT || text === MAX_LONG_TEXT || text === MIN_LONG_TEXT || isMaxDouble(text);
}

/** The largest double in any of the spellings that clients and servers use. */
export function isMaxDouble(text: string): boolean {
  return text.length > 20 && Number(text) === Number.MAX_VALUE;
}

/** A number, or undefined when the text is none. Thousands may be grouped by commas (some locales do). */
export function numberOf(text: string): number | undefined {
  if (PLAIN.test(text) || SCIENTIFIC.test(text)) return Number(text);
  if (GROUPED.test(text)) return Number(text.replaceAll(',', ''));
  if (text === 'Infinity' || text === '+Infinity' || text === 'Infinite' || text === '+Inf' || text === 'Inf') return Infinity;
  if (text === '-Infinity' || text === '-Inf') return -Infinity;
  return text === 'NaN' ? NaN : undefined;
}

/** Decimal text as sent, commas between thousands removed; undefined when it is no number. */
export function decimalOf(text: string): string | undefined {
  if (PLAIN.test(text) || SCIENTIFIC.test(text)) return text;
  if (GROUPED.test(text)) return text.replaceAll(',', '');
  return undefined;
}

/** The two lowest bits of a mask exchanged. */
export function swapLowBits(mask: number): number {
  return (mask & ~3) | ((mask & 1) << 1) | ((mask >> 1) & 1);
}

/** A finite double without exponent and without trailing zeros: `100`, `0.1`, `0.00000001`. */
export function plainText(value: number): string {
  const text = String(value);
  const e = text.indexOf('e');
  if (e < 0) return text;
  const negative = text.startsWith('-');
  const exponent = Number(text.slice(e + 1));
  const [whole = '', fraction = ''] = text.slice(negative ? 1 : 0, e).split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const body =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits + '0'.repeat(point - digits.length)
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return negative ? `-${body}` : body;
}
