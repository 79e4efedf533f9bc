// Only what is understood leaves: a property that no table and no list of options knows is refused by its name.
import type { RecordTable, Rows } from '../../protocol/schema/rows.js';
import { InputError } from './input-error.js';

type Names<T> = { readonly [K in keyof Required<T>]: true };

/** The names of an interface, complete by type. */
export function namesOf<T>(names: Names<T>): ReadonlySet<string> {
  return new Set(Object.keys(names));
}

const tagValue = namesOf<{ tag: string; value: string }>({ tag: true, value: true });
const rowNames = new WeakMap<Rows, ReadonlySet<string>>();

/** The one field where an infinite number means something: up to the middle. */
const MAY_BE_INFINITE = 'competeAgainstBestOffset';

/** Looks through a message or record, all nested ones included. @throws {InputError} for what its table lacks, and for no number. */
export function refuseUnknown(table: RecordTable<Rows>, value: object, at = ''): void {
  let names = rowNames.get(table.rows);
  if (names === undefined) {
    names = new Set(Object.keys(table.rows));
    rowNames.set(table.rows, names);
  }
  refuseOthers(names, value, at);
  for (const name in value) {
    const held = (value as Record<string, unknown>)[name];
    const row = table.rows[name];
    if (typeof held === 'number' && !Number.isFinite(held) && (name !== MAY_BE_INFINITE || Number.isNaN(held)))
      throw new InputError(`${at}${name}`, `must be a number, got ${held}`);
    if (typeof held !== 'object' || held === null || row === undefined) continue;
    if (row.row === 'record') refuseUnknown(row.record, held, `${at}${name}.`);
    if (!Array.isArray(held)) continue;
    held.forEach((one: unknown, i) => {
      if (typeof one !== 'object' || one === null) return;
      if (row.row === 'list') refuseUnknown(row.record, one, `${at}${name}[${i}].`);
      if (row.row === 'tags') refuseOthers(tagValue, one, `${at}${name}[${i}].`);
    });
  }
}

/** @throws {InputError} for a property that is not among the names; unset ones do not count. */
export function refuseOthers(names: ReadonlySet<string>, value: object, at = ''): void {
  for (const name in value) {
    if (names.has(name) || (value as Record<string, unknown>)[name] === undefined) continue;
    const meant = nearest(name, names);
    throw new InputError(`${at}${name}`, `no such property${meant === undefined ? '' : `, did you mean ${meant}?`}`);
  }
}

/** The name that was meant: the same in other case, or at most two letters away. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let [best, least] = [undefined as string | undefined, 3];
  for (const one of names) {
    const away = one.toLowerCase() === name.toLowerCase() ? 0 : distance(one, name);
    if (away < least && away < one.length) [best, least] = [one, away];
  }
  return best;
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
