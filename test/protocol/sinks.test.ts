import { describe, expect, expectTypeOf, it } from 'vitest';
import { incomingDecoder } from '../../src/protocol/decode.js';
import { DecodeError } from '../../src/protocol/errors.js';
import { incomingKinds } from '../../src/protocol/registry.js';
import type { Rows } from '../../src/protocol/schema/rows.js';
import { type Sink, Sinks } from '../../src/protocol/sinks.js';

const TICK_PRICE = 1;
const text = (fields: string): Uint8Array => new TextEncoder().encode(fields);
const price = text('1\x006\x007\x002\x00187.01\x00300\x005\0');
/** tickPrice (201) for request 7: ask 187.5, size 300, flags 5. */
const binaryPrice = Uint8Array.of(...[0, 0, 0, 201, 8, 7, 16, 2, 25, 0, 0, 0, 0, 0, 112, 103, 64], ...[34, 3, 51, 48, 48, 40, 5]);

function taking(): { readonly sink: Sink; readonly taken: unknown[][] } {
  const taken: unknown[][] = [];
  return { sink: { tickPrice: (...fields) => taken.push(fields) }, taken };
}

describe.each([
  [176, price, 187.01],
  [225, binaryPrice, 187.5],
] as const)('a tick at %i', (version, frame, value) => {
  const whole = { kind: 'tickPrice', reqId: 7, tickType: 2, price: value, size: 300, attribMask: 5 };

  it('is handed to the sink of its request by position, and no object is left', () => {
    const decoder = incomingDecoder(version);
    const sinks = new Sinks();
    const { sink, taken } = taking();
    sinks.own(7, sink);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toBeUndefined();
    expect(taken).toEqual([[2, value, 300, 5]]);
    expect(decoder).toMatchObject({ id: TICK_PRICE, owner: 7, trailing: 0, unknownFields: 0 });
  });

  it('is an object where nobody takes it: another owner, another kind, none at all', () => {
    const decoder = incomingDecoder(version);
    const sinks = new Sinks();
    sinks.own(8, taking().sink);
    sinks.own(undefined, taking().sink);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toEqual(whole);
    sinks.own(7, { tickSize: () => expect.fail('a price is no size') });
    expect(decoder.hand(frame, 0, frame.length, sinks)).toEqual(whole);
    expect(decoder.hand(frame, 0, frame.length, undefined)).toEqual(whole);
    expect(decoder.owner).toBe(7);
  });

  it('is an object while somebody wants the kind whole, or once the sink is gone', () => {
    const decoder = incomingDecoder(version);
    const sinks = new Sinks();
    const { sink, taken } = taking();
    sinks.own(7, sink);
    sinks.want(TICK_PRICE, true);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toEqual(whole);
    sinks.want(TICK_PRICE, false);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toBeUndefined();
    sinks.disown(7);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toEqual(whole);
    expect(taken).toHaveLength(1);
  });

  it('is not handed over in part: what cannot be read throws with its row', () => {
    const decoder = incomingDecoder(version);
    const sinks = new Sinks();
    const { sink, taken } = taking();
    sinks.own(7, sink);
    const cutOff = version === 176 ? text('1\x006\x007\x002\x00187.01\0') : frame.subarray(0, frame.length - 1);
    expect(() => decoder.hand(cutOff, 0, cutOff.length, sinks)).toThrow(DecodeError);
    expect(taken).toEqual([]);
  });

  it('what a sink throws comes out as it is, and the next tick is read', () => {
    const decoder = incomingDecoder(version);
    const sinks = new Sinks();
    const reason = new RangeError('full');
    sinks.own(7, {
      tickPrice() {
        throw reason;
      },
    });
    expect(() => decoder.hand(frame, 0, frame.length, sinks)).toThrow(reason);
    expect(decoder.id).toBe(TICK_PRICE);
    sinks.disown(7);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toEqual(whole);
  });
});

it('fields that no row asked for are counted when the rest is handed over', () => {
  const sinks = new Sinks();
  const { sink, taken } = taking();
  sinks.own(7, sink);
  const longer = text('1\x006\x007\x002\x00187.01\x00300\x005\0new\0er\0');
  const decoder = incomingDecoder(176);
  expect(decoder.hand(longer, 0, longer.length, sinks)).toBeUndefined();
  expect(decoder.trailing).toBe(2);
  const field = Uint8Array.of(...binaryPrice, 0xfa, 1, 1, 65); // field 31, a text of one letter
  const binary = incomingDecoder(225);
  expect(binary.hand(field, 0, field.length, sinks)).toBeUndefined();
  expect(binary.unknownFields).toBe(1);
  expect(taken).toHaveLength(2);
});

it('kinds without a request id have the owner undefined', () => {
  const sinks = new Sinks();
  const taken: unknown[][] = [];
  sinks.own(undefined, { currentTime: (...fields: unknown[]) => taken.push(fields) } as Sink);
  const frame = text('49\x001\x001700000000\0');
  expect(incomingDecoder(176).hand(frame, 0, frame.length, sinks)).toBeUndefined();
  expect(taken).toEqual([[1_700_000_000]]);
});

it('the column of hot kinds names rows of the table, each once', () => {
  const hot = incomingKinds.filter((table) => table.hot.length > 0);
  expect(hot.map(({ kind }) => kind)).toContain('tickPrice');
  for (const { kind, hot: names, rows } of hot) {
    const inLists = Object.entries(rows as Rows).flatMap(([name, row]) =>
      row.row === 'list' ? Object.keys(row.record.rows).map((inside) => `${name}.${inside}`) : [],
    );
    expect([...Object.keys(rows), ...inLists], kind).toEqual(expect.arrayContaining([...names]));
    const lists = new Set(names.map((name) => name.split('.').slice(0, -1).join()));
    expect(lists.size, `${kind}: all of one list, or of none`).toBe(1);
    expect(new Set(names).size, kind).toBe(names.length);
  }
});

it('positions have the types of their rows', () => {
  type Size = number | undefined;
  expectTypeOf<Parameters<NonNullable<Sink['tickPrice']>>>().toEqualTypeOf<[Size, Size, Size, Size]>();
  expectTypeOf<Parameters<NonNullable<Sink['tickString']>>>().toEqualTypeOf<[Size, string | undefined]>();
});
