// Lists whose elements are handed to a sink one by one: historical bars.

import { describe, expect, expectTypeOf, it } from 'vitest';
import { incomingDecoder } from '../../src/protocol/decode.js';
import { DecodeError } from '../../src/protocol/errors.js';
import { type Sink, Sinks } from '../../src/protocol/sinks.js';

const HISTORICAL_DATA = 17;
const text = (fields: string): Uint8Array => new TextEncoder().encode(fields);
const letters = (word: string): readonly number[] => [...text(word)];

const textHead = '17\x007\0from\0to\x002\0';
const textBars = '1700000000\x001\x002\x000.5\x001.5\x0010\x001.25\x003\x00' + '20240105\0\x004\x002\x003\x00-1\x00-1\x00-1\0';
const textFrame = text(textHead + textBars);

const seven = [8, 7];
/** Date, close 1.5 and count 3; the second without a close. */
const firstBar = [18, 23, 10, 10, ...letters('1700000000'), 41, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 64, 3];
const secondBar = [18, 12, 10, 8, ...letters('20240105'), 64, 4];
const binary = (...parts: readonly (readonly number[])[]): Uint8Array => Uint8Array.of(0, 0, 0, 217, ...parts.flat());
const binaryFrame = binary(seven, firstBar, secondBar);

const textRows = [
  [1_700_000_000, 1, 2, 0.5, 1.5, 10, 1.25, 3],
  [20_240_105, undefined, 4, 2, 3, -1, -1, -1],
];
const none = undefined;
const binaryRows = [
  [1_700_000_000, none, none, none, 1.5, none, none, 3],
  [20_240_105, none, none, none, none, none, none, 4],
];

/** What a sink has begun, and what of it has come to an end. */
function taking() {
  const begun: unknown[][][] = [];
  const about: number[] = [];
  const ended: unknown[] = [];
  const sink: Sink = {
    historicalData(count) {
      about.push(count);
      const rows: unknown[][] = [];
      begun.push(rows);
      return { add: (...fields) => void rows.push(fields), end: (bytes) => void ended.push({ rows, bytes }) };
    },
  };
  return { sink, begun, ended, about };
}

describe.each([
  [176, textFrame, textRows],
  [225, binaryFrame, binaryRows],
] as const)('bars at %i', (version, frame, rows) => {
  it('are handed over one by one, then the length of the payload, and no object is left', () => {
    const decoder = incomingDecoder(version);
    const sinks = new Sinks();
    const { sink, ended, about } = taking();
    sinks.own(7, sink);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toBeUndefined();
    expect(ended).toEqual([{ rows, bytes: frame.length }]);
    // Text says how many come; protobuf only how long the first is, of all that is left.
    expect(about).toEqual([version === 176 ? 2 : 38 / 25]);
    expect(decoder).toMatchObject({ id: HISTORICAL_DATA, owner: 7, trailing: 0, unknownFields: 0 });
  });

  it('are objects for another owner, and while somebody wants the kind whole', () => {
    const decoder = incomingDecoder(version);
    const whole = decoder.decode(frame, 0, frame.length);
    const sinks = new Sinks();
    const { sink, begun } = taking();
    sinks.own(8, sink);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toEqual(whole);
    expect(whole).toMatchObject({ reqId: 7, bars: rows.map(([date, , , , close]) => ({ date: String(date), close })) });
    sinks.own(7, sink);
    sinks.want(HISTORICAL_DATA, true);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toEqual(whole);
    expect(begun).toEqual([]);
  });

  it.each([
    ['1', 1],
    ['999999999999999', 999_999_999_999_999],
    ['1000000000000000', '1000000000000000'],
    ['01700000000', '01700000000'],
    ['0', '0'],
    ['20240105 09:30:00 US/Eastern', '20240105 09:30:00 US/Eastern'],
    ['-1', '-1'],
    ['1.5', '1.5'],
    ['', version === 176 ? undefined : ''],
  ])('have the date %j as %j', (date, value) => {
    const { sink, begun } = taking();
    const sinks = new Sinks();
    sinks.own(7, sink);
    const one =
      version === 176
        ? text(`17\x007\0from\0to\x001\0${date}\x001\x002\x000.5\x001.5\x0010\x001.25\x003\0`)
        : binary(seven, [18, date.length + 2, 10, date.length, ...letters(date)]);
    expect(incomingDecoder(version).hand(one, 0, one.length, sinks)).toBeUndefined();
    expect(begun[0]?.[0]?.[0]).toBe(value);
  });

  it('have no end where one of them cannot be read', () => {
    const decoder = incomingDecoder(version);
    const sinks = new Sinks();
    const { sink, begun, ended } = taking();
    sinks.own(7, sink);
    const cutOff = frame.slice(0, frame.length - (version === 176 ? 3 : 1));
    expect(() => decoder.hand(cutOff, 0, cutOff.length, sinks)).toThrow(DecodeError);
    expect(begun).toHaveLength(1);
    expect(ended).toEqual([]);
    expect(decoder.hand(frame, 0, frame.length, sinks)).toBeUndefined();
    expect(ended).toEqual([{ rows, bytes: frame.length }]);
  });
});

it('an answer without bars is begun and ended', () => {
  const { sink, ended } = taking();
  const sinks = new Sinks();
  sinks.own(7, sink);
  const empty = text('17\x007\0from\0to\x000\0');
  expect(incomingDecoder(176).hand(empty, 0, empty.length, sinks)).toBeUndefined();
  const bare = binary(seven);
  expect(incomingDecoder(225).hand(bare, 0, bare.length, sinks)).toBeUndefined();
  expect(ended).toEqual([
    { rows: [], bytes: empty.length },
    { rows: [], bytes: bare.length },
  ]);
});

it('elements before the id that says whose they are make an object, all of them', () => {
  const { sink, begun } = taking();
  const sinks = new Sinks();
  sinks.own(7, sink);
  const turned = binary(firstBar, seven, secondBar);
  const message = incomingDecoder(225).hand(turned, 0, turned.length, sinks);
  expect(message).toMatchObject({ kind: 'historicalData', reqId: 7, bars: [{ barCount: 3 }, { barCount: 4 }] });
  expect(begun).toEqual([]);
});

it('a field of a newer server in an element is counted', () => {
  const { sink, ended } = taking();
  const sinks = new Sinks();
  sinks.own(7, sink);
  const newer = binary(seven, [18, 5, 64, 4, 0xfa, 1, 0]);
  const decoder = incomingDecoder(225);
  expect(decoder.hand(newer, 0, newer.length, sinks)).toBeUndefined();
  expect(decoder.unknownFields).toBe(1);
  expect(ended).toHaveLength(1);
});

it('positions have the types of the rows of the element', () => {
  type Take = ReturnType<NonNullable<Sink['historicalData']>>['add'];
  type Value = number | undefined;
  expectTypeOf<Parameters<Take>>().toEqualTypeOf<
    [string | number | undefined, Value, Value, Value, Value, Value, Value, Value]
  >();
});
