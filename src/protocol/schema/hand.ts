// Fields of a message handed to a sink by position, instead of an object: who takes them, and in which order.

import { safeName } from './generate-names.js';
import type { MessageTable } from './message.js';

/** Takes fields by position, a method for each kind that it wants: `tickPrice(tickType, price, size, attribMask)`. */
export type AnySink = { readonly [kind: string]: ((...fields: never[]) => void) | undefined };
/** Sinks by the request id that messages carry; `undefined` takes those of kinds without one. */
export type Owners = ReadonlyMap<number | undefined, AnySink>;

/** Rows of a kind in the order in which a sink gets them. */
export function handedRows(table: MessageTable): readonly string[] {
  return table.hot.length > 0 ? table.hot : Object.keys(table.rows);
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
  return (
    `const o = ${owner}; r.owner = o;\n` +
    `if (owners !== undefined) { const s = owners.get(o); if (s !== undefined && s.${kind} !== undefined) ` +
    `{ s.${kind}(${handedRows(table).map(value).join(', ')}); return undefined; } }\n` +
    `return ${object};`
  );
}

/** The same for a message that the interpreter has read. */
export function handOver(
  table: MessageTable,
  message: Readonly<Record<string, unknown>>,
  cursor: { owner: number | undefined },
  owners: Owners | undefined,
): unknown {
  if (table.direction === 'outgoing') return message;
  const row = ownerRow(table);
  const owner = row === undefined ? undefined : (message[row] as number | undefined);
  cursor.owner = owner;
  const sink = owners?.get(owner);
  if (sink?.[table.kind] === undefined) return message;
  sink[table.kind]?.(...(handedRows(table).map((name) => message[name]) as never[]));
  return undefined;
}
