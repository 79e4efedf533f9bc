// Only what is understood leaves: a property that no table and no list of options knows is refused by its name.
import { hintOrNames } from '../../input/checks.js';
import type { RecordTable, Rows } from '../../protocol/schema/rows.js';
import { unknownIn } from '../../protocol/schema/unknown.js';
import { InputError } from './input-error.js';

type Names<T> = { readonly [K in T extends unknown ? keyof T : never]: true };

/** The names of an interface, or of all the members of a union; complete by type. */
export function namesOf<T>(names: Names<T>): ReadonlySet<string> {
  return new Set(Object.keys(names));
}

/** The one field where an infinite number means something: up to the middle. */
const MAY_BE_INFINITE = 'competeAgainstBestOffset';

/** Looks through a message or record, all nested ones included. @throws {InputError} for what its table lacks, and for no number. */
export function refuseUnknown(table: RecordTable<Rows>, value: object, at = ''): void {
  const unknown = unknownIn(table, value);
  if (unknown !== undefined) throw new InputError(`${at}${unknown.path}`, meantProperty(unknown.meant));
  refuseNoNumber(value, at);
}

/** Looks through a message of any depth for what is called a number and is none. @throws {InputError} that names it */
export function refuseNoNumber(value: object, at = ''): void {
  for (const name in value) {
    const held = (value as Record<string, unknown>)[name];
    if (typeof held === 'number' && !Number.isFinite(held) && (name !== MAY_BE_INFINITE || Number.isNaN(held)))
      throw new InputError(`${at}${name}`, `must be a number, got ${held}`);
    if (Array.isArray(held)) {
      for (const [i, one] of held.entries()) refuseNoNumber(Object(one), `${at}${name}[${i}].`);
    } else if (typeof held === 'object' && held !== null) refuseNoNumber(held, `${at}${name}.`);
  }
}

/** Why a property is refused, and which was meant. */
export function meantProperty(meant: string | undefined): string {
  return `no such property${meant === undefined ? '' : `, did you mean ${meant}?`}`;
}

/** @throws {InputError} for a property that is not among the names; unset ones do not count. */
export function refuseOthers(names: ReadonlySet<string>, value: object, at = ''): void {
  for (const name in value) {
    if (names.has(name) || (value as Record<string, unknown>)[name] === undefined) continue;
    throw new InputError(`${at}${name}`, `no such property${hintOrNames(name, names)}`);
  }
}
