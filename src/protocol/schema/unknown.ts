// Properties that no table knows: a client's message that holds one is refused by name, for it would leave without what was meant.

import { nearest } from '../../input/nearest.js';
import type { RecordTable, Row, Rows } from './rows.js';

/** A property that no row is for, and the name that was meant; undefined where none is near. */
export interface Unknown {
  readonly path: string;
  readonly meant: string | undefined;
}

type Values = Readonly<Record<string, unknown>>;

/** What is below a record: its rows, and those that hold further names. */
interface Names {
  readonly known: ReadonlySet<string>;
  readonly nested: readonly (readonly [name: string, of: () => Names, isList: boolean])[];
}

const cache = new WeakMap<Rows, Names>();
const tagNames: Names = { known: new Set(['tag', 'value']), nested: [] };

function namesOf(rows: Rows): Names {
  const found = cache.get(rows);
  if (found !== undefined) return found;
  const nested = Object.entries(rows).flatMap(([name, row]): [string, () => Names, boolean][] => {
    const of = namesBelow(row);
    return of === undefined ? [] : [[name, of, row.row !== 'record']];
  });
  const made = { known: new Set(Object.keys(rows)), nested };
  cache.set(rows, made);
  return made;
}

function namesBelow(row: Row): (() => Names) | undefined {
  if (row.row === 'record' || row.row === 'list') return () => namesOf(row.record.rows);
  return row.row === 'tags' ? () => tagNames : undefined;
}

/** The first property of the message, nested ones too, that is set and that no row is for; `kind` alone may stand beside the rows. */
export function unknownIn(table: RecordTable<Rows>, message: object): Unknown | undefined {
  return search(namesOf(table.rows), message as Values, '');
}

function search({ known, nested }: Names, values: Values, path: string): Unknown | undefined {
  for (const name in values) {
    if (known.has(name) || values[name] === undefined || (name === 'kind' && path === '')) continue;
    return { path: path + name, meant: nearest(name, known) };
  }
  for (const [name, of, isList] of nested) {
    const value = values[name];
    if (typeof value !== 'object' || value === null) continue;
    const found = isList ? searchList(of(), value, path + name) : search(of(), value as Values, `${path}${name}.`);
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
