// The protobuf fields of the JSON tables and of our own tables in one notation: number, name, type, gate.

import type { FieldRow, RecordTable, Row, Rows, Slot } from '../../src/protocol/schema/rows.js';

export interface JsonProtoField {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly repeated: boolean;
  readonly message?: boolean;
  readonly sinceServerVersion?: number;
}

export type ProtoMessages = { readonly [name: string]: { readonly fields: readonly JsonProtoField[] } };

/** `3 name: type` of every field by message, from the message on down. */
export type ProtoFields = ReadonlyMap<string, readonly string[]>;

/** `gates`: whether the version is said since which a field may be sent. */
export function protoFieldsOfJson(messages: ProtoMessages, root: string, gates: boolean): ProtoFields {
  const seen = new Map<string, readonly string[]>();
  const walk = (name: string): void => {
    if (seen.has(name)) return;
    const { fields } = messages[name] ?? { fields: [] };
    seen.set(
      name,
      [...fields]
        .sort((a, b) => a.number - b.number)
        .map((field) => {
          const since = !gates || field.sinceServerVersion === undefined ? '' : ` since ${field.sinceServerVersion}`;
          return `${field.number} ${field.name}: ${field.repeated ? 'repeated ' : ''}${field.type}${since}`;
        }),
    );
    for (const field of fields) if (field.message === true) walk(field.type);
  };
  walk(root);
  return seen;
}

/** The same of our table. */
export function protoFieldsOfTable(table: RecordTable<Rows>, messages: ProtoMessages, root: string, gates: boolean): ProtoFields {
  const seen = new Map<string, string[]>();
  const walk = (record: RecordTable<Rows>, name: string): void => {
    if (seen.has(name)) return;
    seen.set(name, []);
    const add = (message: string, n: number, what: string, row: Row): void => {
      const json = messages[message]?.fields.find((field) => field.number === n);
      // A gate is said where the JSON table has one: other gates of rows belong to the text wire.
      const own = row.row === 'field' && row.never ? json?.sinceServerVersion : row.gate.since;
      const since = !gates || json?.sinceServerVersion === undefined || own === undefined ? '' : ` since ${own}`;
      const lines = seen.get(message) ?? [];
      seen.set(message, lines);
      const line = `${n} ${what}${since}`;
      if (!lines.includes(line)) lines.push(line);
    };
    for (const [own, row] of Object.entries(record.rows)) {
      switch (row.row) {
        case 'field':
          for (const slot of row.slots) slotLines(own, row, slot, name, add);
          break;
        case 'tags':
          add(name, row.n, `${row.as ?? own}: map`, row);
          break;
        case 'scalars':
          add(name, row.n, `${row.as ?? own}: repeated ${row.codec.proto}`, row);
          break;
        default:
          add(name, row.n, `${row.as ?? own}: ${row.row === 'list' ? 'repeated ' : ''}${row.record.name}`, row);
          walk(row.record, row.record.name);
      }
    }
  };
  const slotLines = (
    own: string,
    row: FieldRow<unknown>,
    slot: Slot,
    name: string,
    add: (message: string, n: number, what: string, row: Row) => void,
  ): void => {
    let message = name;
    if (slot.in !== undefined) {
      message = typeOfField(messages, name, slot.in.n);
      add(name, slot.in.n, `${slot.in.as}: ${message}`, row);
    }
    if (row.codec.proto !== 'flags') {
      add(message, slot.n, `${slot.as ?? own}: ${row.codec.proto}`, row);
      return;
    }
    const mask = typeOfField(messages, message, slot.n);
    add(message, slot.n, `${slot.as ?? own}: ${mask}`, row);
    for (const [bit, flag] of (slot.flags ?? row.codec.flags ?? []).entries()) add(mask, bit + 1, `${flag}: bool`, row);
  };
  walk(table, root);
  for (const lines of seen.values()) lines.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return seen;
}

/** Type of a message field that our tables do not name: wrappers and attribute flags are flat there. */
function typeOfField(messages: ProtoMessages, message: string, n: number): string {
  return messages[message]?.fields.find((field) => field.number === n)?.type ?? '?';
}
