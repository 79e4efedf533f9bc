/** Exact amounts as scaled bigints: quantities in 1e-8, cash in 1e-16, so that price × quantity never rounds. */

/** A quantity in units of 1e-8. */
export type Quantity = bigint;
/** An amount of money in units of 1e-16 of its currency. */
export type Cash = bigint;

const QUANTITY_DIGITS = 8;
const QUANTITY_SCALE = 10n ** 8n;
/** Units of cash in one of its currency. */
export const CASH_SCALE = 10n ** 16n;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Quantity of a decimal text; undefined when it is no number, finer than 1e-8, or absurdly large. */
export function quantityOf(text: string): Quantity | undefined {
  const match = DECIMAL.exec(text.trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const shift = QUANTITY_DIGITS - fraction.length + Number(exponent);
  if (shift > 40) return undefined;
  let digits = BigInt(`${whole}${fraction}` || '0');
  if (shift >= 0) digits *= 10n ** BigInt(shift);
  else {
    const divisor = 10n ** BigInt(-shift);
    if (digits % divisor !== 0n) return undefined;
    digits /= divisor;
  }
  return sign === '-' ? -digits : digits;
}

/** Decimal text of a quantity without trailing zeros. */
export function quantityText(quantity: Quantity): string {
  return decimalText(quantity, QUANTITY_DIGITS);
}

function decimalText(units: bigint, digits: number): string {
  const negative = units < 0n;
  const text = (negative ? -units : units).toString().padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/(?<!0)0+$/, '');
  const whole = text.slice(0, -digits);
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** Quantity of a size that a market states as a number. */
export function quantityOfSize(size: number): Quantity {
  if (Number.isSafeInteger(size)) return BigInt(size) * QUANTITY_SCALE;
  return BigInt(Math.round(size * 1e8));
}

export function quantityNumber(quantity: Quantity): number {
  return Number(quantity) / 1e8;
}

/** The largest multiple of `step` that is not above the quantity (which must not be negative). */
export function floorToStep(quantity: Quantity, step: Quantity): Quantity {
  return step > 0n ? quantity - (quantity % step) : quantity;
}

/** Price in units of 1e-8; prices on a grid have at most eight decimals. */
export function priceUnits(price: number): bigint {
  const scaled = price * 1e8;
  if (Math.abs(scaled) < Number.MAX_SAFE_INTEGER) return BigInt(Math.round(scaled));
  return BigInt(Math.round(price * 1e2)) * 1_000_000n;
}

/** Price × quantity × money per point, exact as long as the product has at most sixteen decimals. */
export function worthOf(price: number, quantity: Quantity, multiplier: number, magnifier = 1): Cash {
  const product = priceUnits(price) * quantity;
  const scaled = Number.isSafeInteger(multiplier)
    ? product * BigInt(multiplier)
    : divideRounded(product * priceUnits(multiplier), QUANTITY_SCALE);
  return magnifier === 1 ? scaled : divideRounded(scaled, BigInt(magnifier));
}

/** Quotient rounded half away from zero. */
export function divideRounded(numerator: bigint, divisor: bigint): bigint {
  const half = (divisor < 0n ? -divisor : divisor) / 2n;
  return (numerator + (numerator < 0n ? -half : half)) / divisor;
}

/** Cash of a number, rounded to 1e-8 (fees and rates are numbers). */
export function cashOf(amount: number): Cash {
  return priceUnits(amount) * QUANTITY_SCALE;
}

/** The nearest double: one exact division, or the text where the digits do not fit a double. */
export function cashNumber(cash: Cash): number {
  const units = Number(cash / QUANTITY_SCALE);
  return cash % QUANTITY_SCALE === 0n && Number.isSafeInteger(units) ? units / 1e8 : Number(cashExactText(cash));
}

/** Cash as text with a fixed number of decimals, rounded half away from zero. */
export function cashText(cash: Cash, decimals = 2): string {
  const units = divideRounded(cash, CASH_SCALE / 10n ** BigInt(decimals));
  const negative = units < 0n;
  const text = (negative ? -units : units).toString().padStart(decimals + 1, '0');
  return `${negative ? '-' : ''}${text.slice(0, text.length - decimals)}${decimals ? `.${text.slice(-decimals)}` : ''}`;
}

/** Cash as exact text, nothing rounded. */
export function cashExactText(cash: Cash): string {
  return decimalText(cash, 16);
}

export function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
