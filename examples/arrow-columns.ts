// Example: batches of columns as tables of Apache Arrow, without a copy.
import { Field, Float64, Int16, Int32, makeData, RecordBatch, Schema, Struct, Table } from 'apache-arrow';
import type { ColumnBatch } from 'ibwire';

const schema = new Schema([
  new Field('time', new Float64()),
  new Field('instrument', new Int32()),
  new Field('field', new Int16()),
  new Field('value', new Float64()),
]);

/** A table over the memory of the batch. Not for batches that were asked for with `reuse`: their arrays are written again. */
export function arrowTable({ length, time, instrument, field, value }: ColumnBatch): Table {
  const children = [
    makeData({ type: new Float64(), data: time }),
    makeData({ type: new Int32(), data: instrument }),
    makeData({ type: new Int16(), data: field }),
    makeData({ type: new Float64(), data: value }),
  ];
  return new Table([new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children, nullCount: 0 }))]);
}
