// Exact decimals as scaled integers: text in, text out, nothing rounded on the way.

/** Digits kept after the point of every number that is read. */
export const DIGITS = 18;
/** One, as a number that was read (quantity, price, rate). */
export const ONE = 10n ** 18n;
/** Factor from the scale of a product of three numbers to the scale of amounts. */
export const CUBE_TO_AMOUNT = 10n ** 18n;
/** Factor from the scale of a number that was read to the scale of amounts (72 digits). */
export const TO_AMOUNT = 10n ** 54n;
const AMOUNT_DIGITS = 72;

const PATTERN = /^-?\d{1,40}(?:\.\d{1,18})?$/;
const UNSET_TEXT = /^1\.79769\d*[eE]\+?308$/;

/** True for undefined, null, empty text and the wire's unset sentinel (the largest double, as number or text). */
export function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === Number.MAX_VALUE) return true;
  return typeof value === 'string' && value.length > 10 && UNSET_TEXT.test(value);
}

/** What was read lately: the rows of the book ask for the same few numbers again and again. */
const lately = new Map<string, bigint>();
const MOST_LATELY = 4_096;

/**
 * Reads plain decimal text (`-12.5`, `007`), scaled by 10^18. Undefined for everything else: exponents, signs other than
 * minus, spaces, more than 18 decimals, NaN, Infinity, numbers that are not text.
 */
export function readDecimal(value: unknown): bigint | undefined {
  if (typeof value !== 'string') return undefined;
  const known = lately.get(value);
  if (known !== undefined) return known;
  const read = readAnew(value);
  if (read === undefined) return undefined;
  if (lately.size >= MOST_LATELY) lately.clear();
  lately.set(value, read);
  return read;
}

function readAnew(value: string): bigint | undefined {
  if (!PATTERN.test(value)) return undefined;
  const point = value.indexOf('.');
  if (point < 0) return BigInt(value) * ONE;
  return BigInt(value.slice(0, point) + value.slice(point + 1).padEnd(DIGITS, '0'));
}

/** Like `readDecimal`, and undefined unless above zero. */
export function readPositive(value: unknown): bigint | undefined {
  const read = readDecimal(value);
  return read !== undefined && read > 0n ? read : undefined;
}

function write(scaled: bigint, digits: number): string {
  const negative = scaled < 0n;
  const text = (negative ? -scaled : scaled).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, -digits);
  const fraction = text.slice(-digits).replace(/(?<!0)0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Plain text of a number at the scale of `readDecimal`. */
export function writeDecimal(scaled: bigint): string {
  return write(scaled, DIGITS);
}

/** Plain text of an amount of money. */
export function writeAmount(amount: bigint): string {
  return write(amount, AMOUNT_DIGITS);
}

/** The amount of a number that was read, for example of cash. */
export function amountOf(value: bigint): bigint {
  return value * TO_AMOUNT;
}

/** Division that rounds away from zero, so that a cost is never understated. The divisor is positive. */
export function divideUp(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return quotient * divisor < value ? quotient + 1n : quotient;
}

/** Largest multiple of `step` not above `value`; both not negative, `step` positive. */
export function floorTo(value: bigint, step: bigint): bigint {
  return value - (value % step);
}

export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const absolute = (a: bigint): bigint => (a < 0n ? -a : a);
