// What a protobuf message looks like on the wire, worked out from the rows of its table: wrappers and flag messages unfolded.

import type { FieldRow, RecordTable, Row, Rows, Slot } from '../schema/rows.js';

export type ShapeType = 'int32' | 'int64' | 'double' | 'bool' | 'string' | 'map' | Shape;

export interface ShapeField {
  readonly n: number;
  /** Name in the protobuf message. */
  readonly name: string;
  readonly type: ShapeType;
  readonly isRepeated: boolean;
  /** Members of a oneof: the last one on the wire counts. */
  readonly isOneOf: boolean;
}

/** Fields in ascending order, and by number. */
export interface Shape {
  readonly fields: readonly ShapeField[];
  readonly byNumber: ReadonlyMap<number, ShapeField>;
}

const shapes = new WeakMap<RecordTable<Rows>, Shape>();

/** The shape of a table's protobuf message; made once. */
export function shapeOf(record: RecordTable<Rows>): Shape {
  let shape = shapes.get(record);
  if (shape === undefined) {
    shape = makeShape(record.rows);
    shapes.set(record, shape);
  }
  return shape;
}

function shapeFrom(fields: readonly ShapeField[]): Shape {
  const sorted = [...fields].sort((a, b) => a.n - b.n);
  return { fields: sorted, byNumber: new Map(sorted.map((field) => [field.n, field])) };
}

function makeShape(rows: Rows): Shape {
  const fields: ShapeField[] = [];
  const wrappers = new Map<number, { readonly name: string; readonly isOneOf: boolean; readonly fields: ShapeField[] }>();
  for (const [name, row] of Object.entries(rows)) {
    if (row.row !== 'field') {
      fields.push(nestedField(name, row));
      continue;
    }
    for (const slot of row.slots) {
      const field: ShapeField = { n: slot.n, name: slot.as ?? name, type: typeOf(row, slot), isRepeated: false, isOneOf: false };
      if (slot.in === undefined) {
        fields.push(field);
        continue;
      }
      const wrapper = wrappers.get(slot.in.n) ?? { name: slot.in.as, isOneOf: slot.in.on !== undefined, fields: [] };
      wrappers.set(slot.in.n, wrapper);
      wrapper.fields.push(field);
    }
  }
  for (const [n, wrapper] of wrappers) {
    fields.push({ n, name: wrapper.name, type: shapeFrom(wrapper.fields), isRepeated: false, isOneOf: wrapper.isOneOf });
  }
  return shapeFrom(fields);
}

function nestedField(name: string, row: Exclude<Row, FieldRow<unknown>>): ShapeField {
  const as = row.as ?? name;
  switch (row.row) {
    case 'tags':
      return { n: row.n, name: as, type: 'map', isRepeated: true, isOneOf: false };
    case 'scalars':
      return { n: row.n, name: as, type: row.codec.proto as ShapeType, isRepeated: true, isOneOf: false };
    default:
      return { n: row.n, name: as, type: shapeOf(row.record), isRepeated: row.row === 'list', isOneOf: false };
  }
}

function typeOf(row: FieldRow<unknown>, slot: Slot): ShapeType {
  const { proto } = row.codec;
  if (proto !== 'flags') return proto as ShapeType;
  const flags = slot.flags ?? row.codec.flags ?? [];
  return shapeFrom(flags.map((name, bit) => ({ n: bit + 1, name, type: 'bool', isRepeated: false, isOneOf: false })));
}
