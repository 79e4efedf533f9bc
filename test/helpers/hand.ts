// What a sink is handed of a frame, and what its message says of the same rows.

import type { Decoder } from '../../src/protocol/decode.js';
import type { Elements } from '../../src/protocol/schema/hand.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { type Sink, Sinks } from '../../src/protocol/sinks.js';

/** Fields by position, or those of each element of a list; the object that came instead where no sink was asked. */
export function handed(
  decoder: Pick<Decoder<object>, 'hand'>,
  table: MessageTable,
  owner: number | undefined,
  frame: Uint8Array,
): readonly unknown[] | object | undefined {
  const sinks = new Sinks();
  const calls: unknown[][] = [];
  const take = (...fields: unknown[]): void => void calls.push(fields);
  const takeEach = (): Elements<never[]> => {
    const elements: unknown[][] = [];
    return {
      add: (...fields) => void elements.push(fields),
      end(bytes) {
        if (bytes !== frame.length - 4) throw new Error(`${table.kind} says that it had ${bytes} bytes`);
        calls.push(elements);
      },
    };
  };
  const sink = { [table.kind]: listOf(table) === undefined ? take : takeEach };
  sinks.own(owner, sink as Sink); // kinds that are not hot have no type
  const left = decoder.hand(frame, 4, frame.length, sinks);
  if (calls.length > 1) throw new Error(`${table.kind} was handed ${calls.length} times`);
  return calls[0] ?? left;
}

/** The list whose elements are handed over one by one. */
function listOf({ hot }: MessageTable): string | undefined {
  return hot[0]?.includes('.') === true ? hot[0].slice(0, hot[0].indexOf('.')) : undefined;
}

/** Dates of bars come as numbers where they are. */
function asHanded(kind: string, path: string, value: unknown): unknown {
  const isNumber = kind === 'historicalData' && path === 'bars.date' && /^[1-9]\d{0,14}$/.test(String(value));
  return isNumber ? Number(value) : value;
}

type Fields = Readonly<Record<string, unknown>>;

/** The rows that a sink is owed, read from the message. */
export function owed(table: MessageTable, message: object): readonly unknown[] {
  const list = listOf(table);
  if (list === undefined) {
    const rows = table.hot.length > 0 ? table.hot : Object.keys(table.rows);
    return rows.map((row) => (message as Fields)[row]);
  }
  const elements = (message as Fields)[list] as readonly Fields[];
  return elements.map((element) => table.hot.map((path) => asHanded(table.kind, path, element[path.slice(list.length + 1)])));
}

/** The request id that its messages are sent by. */
export function ownerIn(table: MessageTable, message: object): number | undefined {
  return table.key === 'reqId' ? (message as { readonly reqId?: number }).reqId : undefined;
}
