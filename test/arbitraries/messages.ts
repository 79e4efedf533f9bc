// Messages of any kind, made from its table: every row set or not, lists of any short length, choices met on purpose.

import fc from 'fast-check';
import { entriesOf } from '../../src/protocol/schema/entries.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import type { RecordTable, Row, Rows, Test, TextEntry } from '../../src/protocol/schema/rows.js';
import { anyValueOf, tagValues } from './values.js';

export type Plain = { readonly [name: string]: unknown };

/** Values that decide about the layout: a random text would never meet `BAG` or `PEG BENCH`. */
type Telling = Map<string, unknown[]>;

const made = new Map<MessageTable, fc.Arbitrary<Plain>>();

/** A message with every property of its table; what one wire at one version carries of it says `carried`. */
export function anyMessage(table: MessageTable): fc.Arbitrary<Plain> {
  let arbitrary = made.get(table);
  if (arbitrary === undefined) {
    arbitrary = anyRecord(table, '', tellingOf(table)).map((rows) => ({ kind: table.kind, ...rows }));
    made.set(table, arbitrary);
  }
  return arbitrary;
}

function anyRecord(record: RecordTable<Rows>, prefix: string, telling: Telling): fc.Arbitrary<Plain> {
  return fc.record(
    Object.fromEntries(Object.entries(record.rows).map(([name, row]) => [name, anyRow(row, prefix + name, telling)])),
    { noNullPrototype: true },
  );
}

function anyRow(row: Row, path: string, telling: Telling): fc.Arbitrary<unknown> {
  switch (row.row) {
    case 'field': {
      const told = telling.get(path);
      const value = anyValueOf(row.codec);
      const some = told === undefined ? value : fc.oneof(fc.constantFrom(...told), value);
      return fc.option(some, { nil: undefined, freq: 3 });
    }
    case 'record':
      return fc.option(anyRecord(row.record, `${path}.`, telling), { nil: undefined, freq: 5 });
    case 'list':
      return fc.array(anyRecord(row.record, '', tellingOf(row.record)), { maxLength: 3 });
    case 'scalars':
      return fc.array(anyValueOf(row.codec), { maxLength: 4 });
    default:
      return tagValues;
  }
}

function tellingOf(record: RecordTable<Rows>): Telling {
  const telling: Telling = new Map();
  const add = (path: string, values: readonly unknown[]): void =>
    void telling.set(path, [...(telling.get(path) ?? []), ...values]);
  const ofTest = (test: Test): void => {
    if (test.op === 'in') add(test.path, test.values);
    else if (test.op === 'infinite') add(test.path, [Infinity]);
    else if (test.op === 'positive') add(test.path, [0.25, 0, -1]);
    else if (test.op === 'any' || test.op === 'all') test.tests.forEach(ofTest);
  };
  const ofEntry = (entry: TextEntry): void => {
    if (typeof entry === 'string') return;
    if (entry.item === 'choose') add(entry.path, Object.keys(entry.cases).map(Number));
    if (entry.item === 'when') ofTest(entry.test);
    if (entry.item === 'when' || entry.item === 'present') entry.of.forEach(ofEntry);
  };
  entriesOf(record).forEach(ofEntry);
  for (const row of Object.values(record.rows)) {
    if (row.row !== 'field') continue;
    for (const { in: wrapper } of row.slots) if (wrapper?.on !== undefined) add(wrapper.on.row, wrapper.on.values);
  }
  return telling;
}
