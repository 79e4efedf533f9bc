// A protobuf body exactly as it is on the wire, under the names of the protobuf messages: for dumps, vectors and tests.

import type { RecordTable, Rows } from '../schema/rows.js';
import { ProtoReader } from './reader.js';
import { type Shape, type ShapeField, type ShapeType, shapeOf } from './shape.js';
import { ProtoWriter } from './writer.js';

/**
 * Fields that are on the wire, zeros, empty texts and false included; absent ones are absent. Maps are objects.
 * A 64-bit integer beyond 2^53 is a decimal text; NaN, Infinity, -Infinity and -0 are texts.
 */
export interface View {
  [name: string]: ViewValue;
}
export type ViewValue = number | string | boolean | View | ViewValue[];

const WIRE_TYPES: { readonly [type: string]: number } = { int32: 0, int64: 0, bool: 0, double: 1, string: 2, map: 2 };

/**
 * The body in `bytes[start, end)`. Unknown fields, and known ones of a wrong wire type, are passed over.
 * @throws {CursorError} when the body is malformed.
 */
export function viewProto(table: RecordTable<Rows>, bytes: Uint8Array, start: number, end: number): View {
  const reader = new ProtoReader();
  reader.reset(bytes, start, start, end);
  const view: View = {};
  readMessage(shapeOf(table), reader, view);
  return view;
}

function readMessage(shape: Shape, r: ProtoReader, into: View): void {
  while (r.at < r.end) {
    const tag = r.tag();
    const field = shape.byNumber.get(tag >>> 3);
    if (field === undefined || !readField(field, shape, tag & 7, r, into)) r.skip(tag);
  }
}

/** False when the wire type does not fit. */
function readField(field: ShapeField, shape: Shape, wireType: number, r: ProtoReader, into: View): boolean {
  const { type, name } = field;
  const own = typeof type === 'string' ? (WIRE_TYPES[type] ?? 2) : 2;
  if (field.isRepeated && own !== 2 && wireType === 2) {
    const values = listAt(into, name);
    const outer = r.enter();
    while (r.at < r.end) values.push(readScalar(type, r));
    r.leave(outer);
    return true;
  }
  if (wireType !== own) return false;
  if (type === 'map') {
    const { tag, value } = r.entry();
    Object.defineProperty(objectAt(into, name), tag, { value, enumerable: true, configurable: true, writable: true });
  } else if (typeof type === 'string') {
    const value = readScalar(type, r);
    if (field.isRepeated) listAt(into, name).push(value);
    else into[name] = value;
  } else {
    if (field.isOneOf) for (const other of shape.fields) if (other.isOneOf && other !== field) delete into[other.name];
    const outer = r.enter();
    const nested = field.isRepeated ? {} : objectAt(into, name);
    if (field.isRepeated) listAt(into, name).push(nested);
    readMessage(type, r, nested);
    r.leave(outer);
  }
  return true;
}

function objectAt(into: View, name: string): View {
  const made = (into[name] ?? {}) as View;
  into[name] = made;
  return made;
}

function listAt(into: View, name: string): ViewValue[] {
  const list = into[name];
  if (Array.isArray(list)) return list;
  const made: ViewValue[] = [];
  into[name] = made;
  return made;
}

function readScalar(type: ShapeType, r: ProtoReader): ViewValue {
  switch (type) {
    case 'int32':
      return r.int32();
    case 'int64': {
      const text = r.long();
      return Number.isSafeInteger(Number(text)) ? Number(text) : text;
    }
    case 'bool':
      return r.bool();
    case 'double': {
      const value = r.double();
      if (Object.is(value, -0)) return '-0';
      return Number.isFinite(value) ? value : String(value);
    }
    default:
      return r.string();
  }
}

/**
 * The body that holds exactly the fields of a view, in ascending order, map entries by key.
 * @throws {CursorError} when a value does not fit its field. Names that the message does not have are passed over.
 */
export function writeView(table: RecordTable<Rows>, view: View): Uint8Array {
  const writer = new ProtoWriter();
  writeMessage(shapeOf(table), view, writer);
  return writer.bytes.slice(0, writer.at);
}

function writeMessage(shape: Shape, view: View, w: ProtoWriter): void {
  for (const field of shape.fields) {
    const value = view[field.name];
    if (value === undefined) continue;
    if (field.type === 'map') writeMap(field.n, value as { [key: string]: string }, w);
    else if (!field.isRepeated) writeField(field, value, w);
    else if (typeof field.type === 'string' && field.type !== 'string') writePacked(field, value as ViewValue[], w);
    else for (const element of value as ViewValue[]) writeField(field, element, w);
  }
}

function writeMap(n: number, map: { readonly [key: string]: string }, w: ProtoWriter): void {
  for (const tag of Object.keys(map).sort(byCodePoint)) {
    w.varint(n * 8 + 2);
    w.entry({ tag, value: map[tag] ?? '' });
  }
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (const [i, letter] of left.entries()) {
    const difference = (letter.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? -1);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function writePacked(field: ShapeField, values: readonly ViewValue[], w: ProtoWriter): void {
  if (values.length === 0) return;
  w.varint(field.n * 8 + 2);
  const start = w.open();
  for (const value of values) writeScalar(field.type, value, w);
  w.close(start);
}

function writeField(field: ShapeField, value: ViewValue, w: ProtoWriter): void {
  const { type } = field;
  w.varint(field.n * 8 + (typeof type === 'string' ? (WIRE_TYPES[type] ?? 2) : 2));
  if (typeof type === 'string') {
    writeScalar(type, value, w);
    return;
  }
  const start = w.open();
  writeMessage(type, value as View, w);
  w.close(start);
}

function writeScalar(type: ShapeType, value: ViewValue, w: ProtoWriter): void {
  switch (type) {
    case 'int32':
      w.int32(value as number);
      return;
    case 'int64':
      w.long(value as number | string);
      return;
    case 'bool':
      w.bool(value as boolean);
      return;
    case 'double':
      w.double(Number(value));
      return;
    default:
      w.string(value as string);
  }
}
