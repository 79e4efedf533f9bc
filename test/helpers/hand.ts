// What a sink is handed of a frame, and what its message says of the same rows.

import type { Decoder } from '../../src/protocol/decode.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { type Sink, Sinks } from '../../src/protocol/sinks.js';

/** Fields by position; the object that came instead where no sink was asked. */
export function handed(
  decoder: Pick<Decoder<object>, 'hand'>,
  table: MessageTable,
  owner: number | undefined,
  frame: Uint8Array,
): readonly unknown[] | object | undefined {
  const sinks = new Sinks();
  const calls: unknown[][] = [];
  const sink = { [table.kind]: (...fields: unknown[]) => calls.push(fields) };
  sinks.own(owner, sink as Sink); // kinds that are not hot have no type
  const left = decoder.hand(frame, 4, frame.length, sinks);
  if (calls.length > 1) throw new Error(`${table.kind} was handed ${calls.length} times`);
  return calls[0] ?? left;
}

/** The rows that a sink is owed, read from the message. */
export function owed(table: MessageTable, message: object): readonly unknown[] {
  const rows = table.hot.length > 0 ? table.hot : Object.keys(table.rows);
  return rows.map((row) => (message as Readonly<Record<string, unknown>>)[row]);
}

/** The request id that its messages are sent by. */
export function ownerIn(table: MessageTable, message: object): number | undefined {
  return table.key === 'reqId' ? (message as { readonly reqId?: number }).reqId : undefined;
}
