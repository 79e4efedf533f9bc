import { describe, expect, it } from 'vitest';
import { arrowTable } from '../../../examples/arrow-columns.js';
import type { ColumnBatch } from '../../../src/client/market/columns/queue.js';

describe('a batch of columns as a table of Apache Arrow', () => {
  const room = new Float64Array([1, 2, 3, 4]);
  const batch: ColumnBatch = {
    length: 2,
    time: new Float64Array([1_700_000_000_000, 1_700_000_000_001]),
    instrument: new Int32Array([0, 7]),
    field: new Int16Array([1, -1000]),
    value: room.subarray(0, 2),
    texts: [],
    gaps: [],
    ended: [],
    dropped: 0,
  };

  it('has its rows', () => {
    const table = arrowTable(batch);
    expect(table.numRows).toBe(2);
    expect(table.toArray().map((row) => row.toJSON())).toEqual([
      { time: 1_700_000_000_000, instrument: 0, field: 1, value: 1 },
      { time: 1_700_000_000_001, instrument: 7, field: -1000, value: 2 },
    ]);
  });

  it('stands on its memory', () => {
    const [data] = arrowTable(batch).getChild('value')?.data ?? [];
    expect(data?.values.buffer).toBe(room.buffer);
    room[1] = 9;
    expect(arrowTable(batch).getChild('value')?.get(1)).toBe(9);
  });
});
