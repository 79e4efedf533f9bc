import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decoder } from '../../src/protocol/decode.js';
import { Encoder } from '../../src/protocol/encode.js';
import { incomingKinds, outgoingKinds } from '../../src/protocol/registry.js';
import { entriesOf } from '../../src/protocol/schema/entries.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { hasProto, leaves } from '../../src/protocol/schema/plan.js';
import type { RecordTable, Row, Rows, TextEntry } from '../../src/protocol/schema/rows.js';
import { at, carriedByProtobuf, carriedByText, isLeftOut, set } from '../arbitraries/carried.js';
import { anyMessage, type Plain } from '../arbitraries/messages.js';
import { oneWireRows } from './one-wire-rows.js';

const tables: readonly MessageTable[] = [...incomingKinds, ...outgoingKinds];
const seed = 20260821;
const onBoth = tables.filter((table) => table.hasText && table.protobuf !== undefined);

/** Only what both wires carry. */
function shared(table: MessageTable, version: number, message: Plain): Plain {
  let given = message;
  for (let i = 0; i < 3; i++) given = carriedByProtobuf(table, version, carriedByText(table, version, given).given).given;
  return given;
}

/** A client says less on one wire than on the other about what is not set, false or empty: only what says something is compared. */
function silenced(table: MessageTable, message: Plain, given: Plain): Plain {
  const copy = structuredClone(message) as { [name: string]: unknown };
  for (const { path, row } of leaves(table.rows)) {
    const value = at(given, path);
    if (row.row === 'field' && (value === undefined || isLeftOut(row, value))) set(copy, path, undefined);
    if (row.row === 'list') set(copy, path, ((at(copy, path) ?? []) as unknown[]).length);
  }
  return copy;
}

describe.each(onBoth)('$direction $kind', (table) => {
  it('decodes to one object from its text and from its protobuf', () => {
    const versions = [201, 213, 225].filter((version) => version >= (table.since ?? 0));
    fc.assert(
      fc.property(anyMessage(table), (message) => {
        for (const version of versions) {
          const given = shared(table, version, message);
          const encoder = new Encoder<string>(table.direction, version);
          const decoder = new Decoder<Plain>(table.direction, version);
          const [text, protobuf] = (['text', 'protobuf'] as const).map((wire) => {
            const frame = encoder.encode(table.kind, given, { wire });
            const decoded = decoder.decode(frame, 4, frame.length);
            return table.direction === 'outgoing' ? silenced(table, decoded as Plain, given) : decoded;
          });
          if (!isDeepStrictEqual(text, protobuf)) expect(text, `at ${version}`).toStrictEqual(protobuf);
        }
      }),
      { numRuns: 12, seed },
    );
  });
});

describe('rows that only one wire carries', () => {
  it('are exactly those that are listed with a reason', () => {
    const wires = new Map<string, Set<string>>();
    for (const table of onBoth) {
      for (const { owner, name, row, isText } of rowsOf(table, table.kind)) {
        const key = `${owner}.${name}`;
        const known = wires.get(key) ?? new Set<string>();
        if (isText) known.add('text');
        if (hasProto(row)) known.add('protobuf');
        wires.set(key, known);
      }
    }
    const found = [...wires].filter(([, known]) => known.size === 1).map(([key, known]) => `${key}: ${[...known][0]}`);
    const listed = oneWireRows.flatMap(({ wire, rows }) => rows.map((row) => `${row}: ${wire}`));
    expect(found.sort()).toEqual(listed.sort());
  });
});

interface OwnedRow {
  readonly owner: string;
  readonly name: string;
  readonly row: Row;
  readonly isText: boolean;
}

/** All rows with the record that owns them, and whether they stand on the text wire of this kind at any version. */
function rowsOf(table: RecordTable<Rows>, owner: string): OwnedRow[] {
  const onText = new Map<string, readonly TextEntry[] | undefined>();
  const add = (entry: TextEntry): void => {
    if (typeof entry === 'string') onText.set(entry, undefined);
    else if (entry.item === 'field') onText.set(entry.path, undefined);
    else if (entry.item === 'list') onText.set(entry.path, entry.of);
    else if (entry.item === 'alongside') onText.set(`${entry.path}.${entry.name}`, undefined);
    else if (entry.item === 'when' || entry.item === 'present') entry.of.forEach(add);
    else if (entry.item === 'choose') for (const entries of Object.values(entry.cases)) entries.forEach(add);
  };
  entriesOf(table).forEach(add);
  return walk(table.rows, owner, '');

  function walk(rows: Rows, of: string, prefix: string): OwnedRow[] {
    return Object.entries(rows).flatMap(([name, row]): OwnedRow[] => {
      const path = prefix + name;
      if (row.row === 'record') return walk(row.record.rows, row.record.name, `${path}.`);
      const own = { owner: of, name, row, isText: onText.has(path) };
      if (row.row !== 'list') return [own];
      const inner = rowsOf({ ...row.record, text: onText.get(path) ?? row.record.text }, row.record.name);
      return [own, ...inner.map((one) => ({ ...one, isText: own.isText && (one.isText || onText.has(`${path}.${one.name}`)) }))];
    });
  }
}
