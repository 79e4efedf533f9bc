// Checks shared by the contract builders: symbols, expiries, strikes, codes.
import Big from 'big.js';
import { shown } from '../../input/shown.js';
import { InputError } from '../input/input-error.js';
import type { Right, SecIdType } from './draft.js';
import { SEC_ID_TYPES } from './draft.js';

/** Text that names something on the wire: not empty, no control characters, no blanks at its ends. */
export function name(field: string, value: string): string {
  if (typeof value !== 'string' || value === '' || value !== value.trim()) {
    throw new InputError(field, `must be text without blanks at its ends, got ${shown(value)}`);
  }
  if (/[\u0000-\u001f\u007f]/.test(value)) throw new InputError(field, 'must not hold control characters');
  return value;
}

/** A three-letter currency code. CNH and other unofficial codes pass. */
export function currency(field: string, value: string): string {
  if (typeof value !== 'string' || !/^[A-Z]{3}$/.test(value)) {
    throw new InputError(field, `must be three capital letters, got ${shown(value)}`);
  }
  return value;
}

/** A contract id as the gateway assigned it. */
export function conId(field: string, value: number): number {
  if (!Number.isSafeInteger(value) || value <= 0)
    throw new InputError(field, `must be a positive contract id, got ${shown(value)}`);
  return value;
}

/** `yyyyMMdd` or `yyyyMM`; dashes as in `2026-06-18` are taken too. */
export function expiry(field: string, value: string): string {
  const compact = typeof value === 'string' ? value.replace(/^(\d{4})-(\d{2})(?:-(\d{2}))?$/, '$1$2$3') : '';
  if (!/^\d{6}(?:\d{2})?$/.test(compact)) throw new InputError(field, `must be yyyyMMdd or yyyyMM, got ${shown(value)}`);
  const [y, m, d] = [Number(compact.slice(0, 4)), Number(compact.slice(4, 6)), Number(compact.slice(6, 8) || '1')];
  const day = new Date(Date.UTC(y, m - 1, d));
  if (day.getUTCMonth() !== m - 1 || day.getUTCDate() !== d) throw new InputError(field, `${shown(value)} is not a date`);
  return compact;
}

/** A strike: a positive decimal that a double carries exactly. */
export function strike(field: string, value: number | string | Big): number {
  const exact = decimalOf(field, value);
  const carried = Number(exact.toString());
  if (exact.lte(0) || !new Big(carried).eq(exact)) throw new InputError(field, `must be a price above 0, got ${exact.toFixed()}`);
  return carried;
}

/** Text of a multiplier, from a number or text: above zero, without exponent. */
export function multiplier(field: string, value: number | string): string {
  const exact = decimalOf(field, value);
  if (exact.lte(0)) throw new InputError(field, `must be above 0, got ${exact.toFixed()}`);
  return exact.toFixed();
}

/** `C` or `P`; the long words are taken and shortened. */
export function right(field: string, value: Right | 'CALL' | 'PUT'): Right {
  if (value === 'C' || value === 'CALL') return 'C';
  if (value === 'P' || value === 'PUT') return 'P';
  throw new InputError(field, `must be C or P, got ${shown(value)}`);
}

/** A security id with its check digit proven where its kind has one (ISIN, CUSIP, SEDOL). */
export function secId(secIdType: SecIdType, value: string): string {
  if (!SEC_ID_TYPES.includes(secIdType))
    throw new InputError('secIdType', `must be one of ${SEC_ID_TYPES.join(', ')}, got ${shown(secIdType)}`);
  const id = name('secId', value);
  const proof = PROOFS[secIdType];
  if (proof !== undefined && !proof(id)) throw new InputError('secId', `${shown(value)} is not a valid ${secIdType}`);
  return id;
}

function decimalOf(field: string, value: number | string | Big): Big {
  try {
    return new Big(value);
  } catch {
    throw new InputError(field, `must be a decimal number, got ${shown(value)}`);
  }
}

const PROOFS: Readonly<Partial<Record<SecIdType, (id: string) => boolean>>> = {
  ISIN: (id) => /^[A-Z]{2}[A-Z0-9]{9}\d$/.test(id) && doubled([...id].map(digits).join(''), 0) % 10 === 0,
  CUSIP: (id) => /^[A-Z0-9*@#]{8}\d$/.test(id) && (10 - (cusipSum(id.slice(0, 8)) % 10)) % 10 === Number(id[8]),
  SEDOL: (id) => /^[B-DF-HJ-NP-TV-Z0-9]{6}\d$/.test(id) && weighted(id) % 10 === 0,
};

function digits(character: string): string {
  return String(Number.parseInt(character, 36));
}

/** Luhn sum: every second digit doubled, counted from the right; `offset` 0 leaves the last digit as it is. */
function doubled(text: string, offset: number): number {
  return [...text].reverse().reduce((sum, digit, i) => {
    const value = Number(digit) * ((i + offset) % 2 === 1 ? 2 : 1);
    return sum + Math.floor(value / 10) + (value % 10);
  }, 0);
}

function cusipSum(body: string): number {
  return [...body].reduce((sum, character, i) => {
    const special = '*@#'.indexOf(character);
    const value = (special >= 0 ? 36 + special : Number.parseInt(character, 36)) * (i % 2 === 1 ? 2 : 1);
    return sum + Math.floor(value / 10) + (value % 10);
  }, 0);
}

const SEDOL_WEIGHTS = [1, 3, 1, 7, 3, 9, 1];
function weighted(id: string): number {
  return [...id].reduce((sum, character, i) => sum + Number.parseInt(character, 36) * (SEDOL_WEIGHTS[i] ?? 0), 0);
}
