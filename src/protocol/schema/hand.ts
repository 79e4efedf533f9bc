// Fields of a message handed to a sink by position, instead of an object: who takes them, and in which order.

import { safeName } from './generate-names.js';
import type { MessageTable } from './message.js';
import type { RecordTable, Row, Rows } from './rows.js';

/** Takes the elements of one list. */
export interface Elements<F extends readonly unknown[]> {
  add(...fields: F): void;
  /** The message is read to its end; `bytes`: how long its payload was. Not called for one that cannot be read. */
  end(bytes: number): void;
}

/** Takes fields by position, a method for each kind that it wants: `tickPrice(tickType, price, size, attribMask)`. */
export type AnySink = { readonly [kind: string]: ((...fields: never[]) => unknown) | undefined };
/** Sinks by the request id that messages carry; `undefined` takes those of kinds without one. */
export interface Owners {
  get(owner: number | undefined): AnySink | undefined;
}

/** Rows of a kind in the order in which a sink gets them. */
function handedRows(table: MessageTable): readonly string[] {
  return table.hot.length > 0 ? table.hot : Object.keys(table.rows);
}

/** The list of a kind whose elements a sink gets, with their rows in order. */
export interface HandedList {
  readonly name: string;
  readonly n: number;
  readonly record: RecordTable<Rows>;
  readonly rows: readonly string[];
}

/** Undefined for kinds that are handed over whole. */
export function handedList({ hot, rows }: MessageTable): HandedList | undefined {
  const [name, inside] = hot[0]?.split('.') ?? [];
  const row = inside === undefined || name === undefined ? undefined : rows[name];
  if (row?.row !== 'list' || name === undefined) return undefined;
  return { name, n: row.n, record: row.record, rows: hot.map((path) => path.slice(name.length + 1)) };
}

/** The row that says whose a message is; undefined where the kind alone says it. */
export function ownerRow(table: MessageTable): string | undefined {
  return table.key === 'reqId' ? 'reqId' : undefined;
}

/**
 * End of a generated decoder: hands over where somebody takes the fields, else returns the object. `value` gives the expression of
 * a row.
 */
export function handText(table: MessageTable, value: (row: string) => string, object: string): string {
  if (table.direction === 'outgoing') return `return ${object};`;
  const row = ownerRow(table);
  const owner = row === undefined ? 'undefined' : value(row);
  const kind = safeName(table.kind);
  const list = handedList(table);
  if (list !== undefined)
    return (
      `r.owner = ${owner};\nif (l === undefined && ${value(list.name)} === NONE) ${elementsText(table, owner, '0')}\n` +
      `if (l !== undefined) { l.end(r.end - r.base); return undefined; }\nreturn ${object};`
    );
  return (
    `const o = ${owner}; r.owner = o;\n` +
    `if (owners !== undefined) { const s = owners.get(o); if (s !== undefined && s.${kind} !== undefined) ` +
    `{ s.${kind}(${handedRows(table).map(value).join(', ')}); return undefined; } }\n` +
    `return ${object};`
  );
}

/** What a sink gets of an element's field that the message has. */
function handedValue(row: Row | undefined, value: unknown): unknown {
  const handing = row?.row === 'field' ? row.codec.handing : undefined;
  return handing === undefined || value === undefined ? value : handing.of(value);
}

/** Statement that finds what takes the elements of a list, before the first: `l`, undefined where nobody does. `count`: an expression. */
export function elementsText(table: MessageTable, owner: string, count: string): string {
  return `l = owners === undefined ? undefined : owners.get(${owner})?.${safeName(table.kind)}?.(${count});`;
}

/** The same for a message that the interpreter has read. */
export function handOver(
  table: MessageTable,
  message: Readonly<Record<string, unknown>>,
  cursor: { owner: number | undefined; readonly base: number; readonly end: number },
  owners: Owners | undefined,
): unknown {
  if (table.direction === 'outgoing') return message;
  const row = ownerRow(table);
  const owner = row === undefined ? undefined : (message[row] as number | undefined);
  cursor.owner = owner;
  const sink = owners?.get(owner);
  if (sink?.[table.kind] === undefined) return message;
  const list = handedList(table);
  if (list === undefined) {
    sink[table.kind]?.(...(handedRows(table).map((name) => message[name]) as never[]));
    return undefined;
  }
  const all = message[list.name] as readonly Readonly<Record<string, unknown>>[];
  const elements = sink[table.kind]?.(...([all.length] as never[])) as Elements<never[]>; // what it takes a list with
  for (const element of all)
    elements.add(...(list.rows.map((name) => handedValue(list.record.rows[name], element[name])) as never[]));
  elements.end(cursor.end - cursor.base);
  return undefined;
}
