// The exact view of protobuf bodies: what is on the wire, no more and no less.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../src/protocol/decode.js';
import { type View, viewProto, writeView } from '../../../src/protocol/proto/view.js';
import type { Direction, MessageTable } from '../../../src/protocol/schema/message.js';

function table(direction: Direction, id: number): MessageTable {
  const found = tableOf(direction, id);
  if (found === undefined) throw new Error(`no table ${id}`);
  return found;
}

const view = (direction: Direction, id: number, hex: string): View => {
  const bytes = Uint8Array.from(Buffer.from(hex, 'hex'));
  return viewProto(table(direction, id), bytes, 0, bytes.length);
};
const body = (direction: Direction, id: number, value: View): string =>
  Buffer.from(writeView(table(direction, id), value)).toString('hex');

const TICK_PRICE = 1;
const ORDER_BOUND = 100;
const TICK_BY_TICK = 99;
const REQ_MKT_DATA = 1;
const REQ_EXECUTIONS = 7;

describe('viewProto', () => {
  it('keeps zeros and empty texts that are there, and leaves out what is not', () => {
    expect(view('incoming', TICK_PRICE, '08001900000000000000002200')).toStrictEqual({ reqId: 0, price: 0, size: '' });
    expect(view('incoming', TICK_PRICE, '')).toStrictEqual({});
  });

  it('says 64-bit integers beyond 2^53 as texts', () => {
    expect(view('incoming', ORDER_BOUND, '08ffffffffffffff7f')).toStrictEqual({ permId: '72057594037927935' });
    expect(view('incoming', ORDER_BOUND, '0801')).toStrictEqual({ permId: 1 });
  });

  it('says NaN, infinities and the negative zero as texts', () => {
    expect(view('incoming', TICK_PRICE, '19000000000000f07f')).toStrictEqual({ price: 'Infinity' });
    expect(view('incoming', TICK_PRICE, '190000000000000080')).toStrictEqual({ price: '-0' });
  });

  it('lets the last member of a oneof win and merges a message that comes twice', () => {
    // historicalTickLast { time 1 }, then historicalTickMidPoint { time 2 } and again { price 0.5 }
    expect(view('incoming', TICK_BY_TICK, '1a0208012a0208022a0911000000000000e03f')).toStrictEqual({
      historicalTickMidPoint: { time: 2, price: 0.5 },
    });
  });

  it('keeps the last value of a map key, also of a key that objects have of themselves', () => {
    expect(view('outgoing', REQ_MKT_DATA, '32060a01611201313206' + '0a0161120132')).toStrictEqual({
      marketDataOptions: { a: '2' },
    });
    const hex = body('outgoing', REQ_MKT_DATA, { marketDataOptions: JSON.parse('{"__proto__":"1"}') as View });
    expect(Object.keys(view('outgoing', REQ_MKT_DATA, hex)['marketDataOptions'] as View)).toStrictEqual(['__proto__']);
  });

  it('reads repeated numbers packed and one by one', () => {
    expect(view('outgoing', REQ_EXECUTIONS, '12044a020102')).toStrictEqual({ executionFilter: { specificDates: [1, 2] } });
    expect(view('outgoing', REQ_EXECUTIONS, '120448014802')).toStrictEqual({ executionFilter: { specificDates: [1, 2] } });
  });

  it('passes over unknown fields and known ones of a wrong wire type', () => {
    expect(view('incoming', TICK_PRICE, 'b83e010801')).toStrictEqual({ reqId: 1 });
    expect(view('incoming', TICK_PRICE, '0a0131')).toStrictEqual({});
  });

  it('throws where the body is cut', () => {
    expect(() => view('incoming', TICK_PRICE, '0880')).toThrow('cut off');
    expect(() => view('incoming', TICK_PRICE, '220531')).toThrow('past the end');
  });
});

describe('writeView', () => {
  it('writes fields in ascending order and map entries by key', () => {
    expect(body('incoming', TICK_PRICE, { size: '', reqId: 0 })).toBe('08002200');
    expect(body('outgoing', REQ_MKT_DATA, { marketDataOptions: { b: '2', a: '1' } })).toBe('32060a016112013132060a0162120132');
  });

  it('gives back what it wrote', () => {
    const scalar = fc.record(
      {
        reqId: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        price: fc
          .double({ noNaN: true })
          .map((value) => (Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : String(value))),
        size: fc.string({ unit: 'grapheme' }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(scalar, (value) => {
        expect(view('incoming', TICK_PRICE, body('incoming', TICK_PRICE, value as View))).toStrictEqual({ ...value });
      }),
      { seed: 20260101 },
    );
  });
});
