// What gateways leave out of protobuf although it has a value.

import { describe, expect, it } from 'vitest';
import { incomingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { incomingKinds } from '../../src/protocol/registry.js';
import type { RecordTable, Rows } from '../../src/protocol/schema/rows.js';

/** Rows whose absence is a value, as paths. */
function leftOut(record: RecordTable<Rows>, path: string): string[] {
  return Object.entries(record.rows).flatMap(([name, row]) => {
    if (row.row === 'field') return row.codec.absent === undefined ? [] : [`${path}.${name}`];
    return row.row === 'record' || row.row === 'list' ? leftOut(row.record, `${path}.${name}`) : [];
  });
}

describe('smart components', () => {
  /** smartComponents (82) at 220: reqId 7, then A without a bit, B with bit 1. */
  const frame = Uint8Array.from([
    0x00, 0x00, 0x01, 0x1a, 0x08, 0x07, 0x12, 0x09, 0x12, 0x04, 0x41, 0x4d, 0x45, 0x58, 0x1a, 0x01, 0x41, 0x12, 0x08, 0x08, 0x01,
    0x12, 0x01, 0x42, 0x1a, 0x01, 0x42,
  ]);
  const components = [
    { bitNumber: 0, exchange: 'AMEX', exchangeLetter: 'A' },
    { bitNumber: 1, exchange: 'B', exchangeLetter: 'B' },
  ];

  it('the bit that is not written is the first', () => {
    expect(incomingDecoder(220).decode(frame, 0, frame.length)).toMatchObject({ kind: 'smartComponents', reqId: 7, components });
  });

  it('the simulated gateway leaves it out as gateways do', () => {
    expect(incomingEncoder(220).encode('smartComponents', { reqId: 7, components }).subarray(4)).toEqual(frame);
  });

  it('the text wire writes it', () => {
    const bytes = incomingEncoder(176).encode('smartComponents', { reqId: 7, components });
    expect(Buffer.from(bytes).subarray(4).toString('latin1')).toBe(
      '82\u00007\u00002\u00000\u0000AMEX\u0000A\u00001\u0000B\u0000B\u0000',
    );
  });
});

it('recordings show it of nothing else: every other number is written, 0 included', () => {
  expect(incomingKinds.flatMap((table) => leftOut(table, table.kind))).toEqual(['smartComponents.components.bitNumber']);
});
