// Numbers in texts: what counts as one, which words mean "unset", and how they are written.

/** The largest double, written out: "unset" on the text wire. */
export const MAX_DOUBLE_TEXT = '1.7976931348623157E308';
export const MAX_INT = 2147483647;
export const MAX_INT_TEXT = '2147483647';
export const MAX_LONG_TEXT = '9223372036854775807';
export const MIN_LONG_TEXT = '-9223372036854775808';

/** Powers of ten that a double holds exactly, as far as fifteen digits need them. */
export const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

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
