// Numbers of options: what each may be, and the refusal of any other where the option is given.
import { InputError, shown } from './input-error.js';

/** Both ends included. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly whole?: true;
  /** What it counts, for people: `milliseconds`. */
  readonly of?: string;
}

/** The longest wait a timer of the machine can be set for: 24.8 days. */
const LONGEST_MS = 2_147_483_647;
export const MILLISECONDS: NumberRange = { least: 0, most: LONGEST_MS, of: 'milliseconds' };
/** A deadline may be none at all. */
export const DEADLINE: NumberRange = { least: 0, most: Number.POSITIVE_INFINITY, of: 'milliseconds' };
export const COUNT: NumberRange = { least: 1, most: Number.POSITIVE_INFINITY };

/** The ranges of an interface's numbers, complete by type. */
export type Ranges<T> = { readonly [K in keyof T as Exclude<T[K], undefined> extends number ? K : never]-?: NumberRange };

/** @throws {InputError} that names the option and what it may be. */
export function checkNumber(field: string, value: unknown, { least, most, whole, of }: NumberRange): void {
  if (typeof value === 'number' && value >= least && value <= most && (whole !== true || Number.isInteger(value))) return;
  const kind = `a ${whole === true ? 'whole number' : 'number'}${of === undefined ? '' : ` of ${of}`}`;
  const bounds = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new InputError(field, `must be ${kind} ${bounds}, got ${shown(value)}`);
}

/**
 * Checks every number of a table that is given; `required`: those too that are not given, where something is given at all.
 * @throws {InputError} for the first that is out of its range.
 */
export function checkNumbers(
  ranges: Readonly<Record<string, NumberRange>>,
  given: object | undefined,
  at = '',
  required?: 'required',
): void {
  if (given === undefined) return;
  for (const [name, range] of Object.entries(ranges)) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined || required !== undefined) checkNumber(`${at}${name}`, value, range);
  }
}
