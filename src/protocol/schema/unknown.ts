// Properties that no table knows: a client's message that holds one is refused by name, for it would leave without what was meant.

import { nearest } from '../../input/nearest.js';
import type { RecordTable, Row, Rows } from './rows.js';

/** A property that no row is for, and the name that was meant; undefined where none is near. */
export interface Unknown {
  readonly path: string;
  readonly meant: string | undefined;
}

type Values = Readonly<Record<string, unknown>>;

/** The names of a record, and of what each holds: nothing more, a record, or a list of records. */
type Names = ReadonlyMap<string, Below>;
type Below = { readonly of: () => Names; readonly isList: boolean } | 'nothing';

const cache = new WeakMap<Rows, Names>();
const tagNames: Names = new Map([
  ['tag', 'nothing'],
  ['value', 'nothing'],
]);

function namesOf(rows: Rows): Names {
  const found = cache.get(rows);
  if (found !== undefined) return found;
  const made = new Map(Object.entries(rows).map(([name, row]) => [name, below(row)]));
  cache.set(rows, made);
  return made;
}

function below(row: Row): Below {
  if (row.row === 'tags') return { of: () => tagNames, isList: true };
  if (row.row !== 'record' && row.row !== 'list') return 'nothing';
  return { of: () => namesOf(row.record.rows), isList: row.row === 'list' };
}

/** The first property of the message, nested ones too, that is set and that no row is for; `kind` alone may stand beside the rows. */
export function unknownIn(table: RecordTable<Rows>, message: object): Unknown | undefined {
  return search(namesOf(table.rows), message as Values, '');
}

function search(names: Names, values: Values, path: string): Unknown | undefined {
  for (const name in values) {
    const value = values[name];
    const held = names.get(name);
    if (held === undefined) {
      if (value === undefined || (name === 'kind' && path === '')) continue;
      return { path: path + name, meant: nearest(name, names.keys()) };
    }
    if (held === 'nothing' || typeof value !== 'object' || value === null) continue;
    const at = path + name;
    const found = held.isList ? searchList(held.of(), value, at) : search(held.of(), value as Values, `${at}.`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function searchList(names: Names, list: object, path: string): Unknown | undefined {
  if (!Array.isArray(list)) return undefined;
  for (let i = 0; i < list.length; i++) {
    const element: unknown = list[i];
    if (typeof element !== 'object' || element === null) continue;
    const found = search(names, element as Values, `${path}[${i}].`);
    if (found !== undefined) return found;
  }
  return undefined;
}
