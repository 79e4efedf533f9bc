// What a frame says is what was put into it, whatever that was; and a frame of another making is refused.

import { BusFrameError, FRAME_VERSION, FrameWriter, frameOf, type Row, readFrame } from '@ibwire/bus';
import fc from 'fast-check';
import { quoteFields } from 'ibwire';
import { describe, expect, it } from 'vitest';
import { fromText, toText } from '../src/values.js';

const numbers = quoteFields.filter(
  (field) => !field.endsWith('Greeks') && !/Exch|Time|stamp|Ratios|Volume$|ibDividends|reuters|social/.test(field),
);
const price = fc.oneof(fc.double({ noNaN: true }), fc.constant(undefined));
const source = fc.constantFrom('unknown', 'live', 'frozen', 'delayed', 'delayedFrozen');
const beside = {
  time: fc.integer({ min: 0, max: 4e12 }),
  source,
  tickType: fc.integer({ min: -1, max: 200 }),
  attribMask: fc.constantFrom(undefined, 0, 1, 7),
};
const level = fc.record({
  price: fc.double({ noNaN: true }),
  size: fc.double({ noNaN: true }),
  marketMaker: fc.constantFrom(undefined, 'NSDQ'),
});
const cause = fc.constantFrom('disconnected', 'broker', 'dataLost', 'silent', 'competing', 'asked', 'unreadable');
const rows = fc.oneof(
  fc.record({ field: fc.constantFrom(...numbers), value: price, ...beside }),
  fc.record({ field: fc.constantFrom('bidExch', 'rtVolume', 'lastTimestamp'), value: fc.string({ unit: 'binary' }), ...beside }),
  fc.record({
    field: fc.constantFrom('modelGreeks', 'bidGreeks'),
    value: fc.record({
      impliedVol: price,
      delta: price,
      gamma: price,
      vega: price,
      theta: price,
      optPrice: price,
      pvDividend: price,
      undPrice: price,
      tickAttrib: price,
    }),
    ...beside,
  }),
  fc.record({ field: fc.constant('other'), value: fc.oneof(price, fc.string()), ...beside }),
  fc.record({ field: fc.constant('dataType'), value: source, ...beside }),
  fc.record({ field: fc.constant('reset'), value: fc.constant(undefined), ...beside }),
  fc.record({
    field: fc.constant('params'),
    value: fc.record({ minTick: price, bboExchange: fc.constantFrom(undefined, 'a6'), snapshotPermissions: price }),
    ...beside,
  }),
  fc.record({
    change: fc.constantFrom('insert', 'update', 'delete'),
    side: fc.constantFrom('bid', 'ask'),
    position: fc.integer({ min: 0, max: 100 }),
    level,
    time: beside.time,
  }),
  fc.record({ change: fc.constant('reset'), why: fc.constantFrom('gateway', 'gap'), time: beside.time }),
  fc.record({ change: fc.constant('book'), bids: fc.array(level), asks: fc.array(level) }),
  fc.record({
    time: fc.date({ noInvalidDate: true }),
    date: fc.constantFrom(undefined, '20260302'),
    open: fc.double({ noNaN: true }),
    high: fc.double({ noNaN: true }),
    low: fc.double({ noNaN: true }),
    close: fc.double({ noNaN: true }),
    volume: price,
    wap: price,
    count: price,
    isForming: fc.boolean(),
  }),
  fc.record({
    type: fc.constantFrom('Last', 'AllLast'),
    time: beside.time,
    price,
    size: price,
    exchange: fc.constantFrom(undefined, 'NYSE'),
    specialConditions: fc.constantFrom(undefined, ' T'),
    pastLimit: fc.boolean(),
    unreported: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('BidAsk'),
    time: beside.time,
    bidPrice: price,
    askPrice: price,
    bidSize: price,
    askSize: price,
    bidPastLow: fc.boolean(),
    askPastHigh: fc.boolean(),
  }),
  fc.record({ type: fc.constant('MidPoint'), time: beside.time, midPoint: price }),
  fc.record({ gap: fc.record({ from: beside.time, to: beside.time, cause }) }),
  fc.record({
    state: fc.constantFrom('opening', 'live', 'stale'),
    since: beside.time,
    cause: fc.option(cause, { nil: undefined }),
  }),
  fc.record({ ended: fc.string() }),
) as fc.Arbitrary<Row>;

describe('frames', () => {
  it('give back every row as it was', () => {
    fc.assert(
      fc.property(
        fc.array(rows, { maxLength: 120 }),
        fc.integer({ min: 1, max: 0xffff_ffff }),
        fc.integer({ min: 1, max: 2 ** 50 }),
        (said, run, seq) => {
          const { isPlain, ...frame } = readFrame(frameOf(run, seq, said));
          expect(frame).toEqual({ run, seq, rows: said });
          expect(isPlain).toBe(!said.some((row) => 'gap' in row || 'state' in row || 'ended' in row));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('are numbered on', () => {
    const writer = new FrameWriter(7, 1);
    const row: Row = { gap: { from: 1, to: 2, cause: 'silent' } };
    for (const _ of [1, 2, 3]) writer.add(row);
    const first = readFrame(writer.take());
    writer.add(row);
    const second = readFrame(writer.take());
    expect([first.seq, first.rows.length, second.seq, second.rows.length]).toEqual([1, 3, 4, 1]);
  });

  it('stand byte for byte', () => {
    const bytes = frameOf(0x01020304, 5, [
      { field: 'bid', value: 187.41, time: 1_700_000_000_000, source: 'live', tickType: 1, attribMask: undefined },
    ]);
    expect(bytes.toString('hex')).toBe(
      `${'02000100'}${'04030201'}${'0000000000001440'}${'00'}${'01'}${'85eb51b81e6d6740'}${'00008056febc7842'}${'01'}${'0100'}${'00000080'}`,
    );
  });

  it.each([
    ['of another version', (bytes: Buffer) => bytes.fill(FRAME_VERSION + 1, 0, 1), 'version 3, this reads 2'],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1), 'longer than its frame'],
    ['with bytes behind', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from([0])]), '1 bytes too many'],
    ['of a row that nobody knows', (bytes: Buffer) => bytes.fill(200, 16, 17), 'row 200'],
    ['shorter than its head', (bytes: Buffer) => bytes.subarray(0, 9), '9 bytes'],
  ])('%s are refused', (_what, change, says) => {
    const bytes = frameOf(1, 1, [{ ended: 'closed' }]);
    expect(() => readFrame(change(bytes))).toThrow(BusFrameError);
    expect(() => readFrame(change(frameOf(1, 1, [{ ended: 'closed' }])))).toThrow(says);
  });

  it('never hang or throw anything else, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (noise, isHeaded) => {
        const bytes = isHeaded ? Buffer.concat([frameOf(1, 1, []).fill(9, 2, 3), noise]) : noise;
        try {
          readFrame(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(BusFrameError);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('values', () => {
  it('keep decimals, dates, maps and numbers that JSON has no word for', async () => {
    const { Big } = await import('big.js');
    const value = {
      quantity: new Big('1.10'),
      at: new Date(5),
      none: undefined,
      most: Number.POSITIVE_INFINITY,
      by: new Map([['USD', new Big('0.1')]]),
      list: [1, [2, { $: 'x', of: 3 }]],
    };
    expect(fromText(toText(value))).toEqual({
      quantity: new Big('1.1'),
      at: new Date(5),
      most: Number.POSITIVE_INFINITY,
      by: new Map([['USD', new Big('0.1')]]),
      list: [1, [2, { $: 'x', of: 3 }]],
    });
  });
});
