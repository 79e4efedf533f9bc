import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aligned } from '../../../src/capture/diff/align.js';
import { type Difference, diffCaptures } from '../../../src/capture/diff/diff.js';
import { type CaptureRecord, encodeHeader, encodeRecord } from '../../../src/capture/format.js';
import { incomingEncoder, outgoingEncoder } from '../../../src/protocol/encode.js';
import type { IncomingKind, OutgoingKind, RequestInput } from '../../../src/protocol/registry.js';
import { captureNames } from '../captures.js';
import { bytes, framed, headerAt } from '../redact/frames.js';

const VERSION = 225;
const came = (kind: IncomingKind, fields: Record<string, unknown>, micros = 0): CaptureRecord =>
  bytes('in', incomingEncoder(VERSION).encode(kind, fields as never), micros);
const went = <K extends OutgoingKind>(kind: K, fields: RequestInput<K>, micros = 0): CaptureRecord =>
  bytes('out', outgoingEncoder(VERSION).encode(kind, fields), micros);
const file = (records: readonly CaptureRecord[]): Uint8Array[] => [encodeHeader(headerAt(VERSION)), ...records.map(encodeRecord)];

const brief = (difference: Difference): string => {
  if (difference.what !== 'changed') return `${difference.what} ${difference.message.kind}`;
  const fields = difference.fields.map(({ path, a, b }) => `${path} ${String(a)}→${String(b)}`);
  return `${difference.a.kind} ${fields.join(', ')}`;
};
async function diff(a: readonly CaptureRecord[], b: readonly CaptureRecord[]): Promise<{ differences: string[]; equal: number }> {
  const { differences, equal } = await diffCaptures(file(a), file(b));
  return { differences: differences.map(brief), equal };
}

/** A session with a quote and an order, under ids of its own. */
function session(
  ids: { req: number; order: number; perm: string; exec: string; time: number },
  status = 'Filled',
): CaptureRecord[] {
  const { req, order, perm, exec, time } = ids;
  const contract = { conId: 265598, symbol: 'AAPL' };
  return [
    went('reqMktData', { reqId: req, contract, genericTickList: '' }),
    went('placeOrder', { orderId: order, contract, order: { action: 'BUY', tif: 'DAY' } }),
    came('tickPrice', { reqId: req, tickType: 1, price: 187.5, size: 3, attribMask: 0 }),
    came('tickString', { reqId: req, tickType: 45, value: String(time) }),
    came('openOrder', { orderId: order, contract, order: { permId: perm, action: 'BUY' }, orderState: { status: 'Submitted' } }),
    came('execDetails', {
      reqId: -1,
      contract,
      execution: { orderId: order, execId: exec, permId: perm, time: `${time}`, price: 187.5 },
    }),
    came('commissionAndFeesReport', { execId: exec, commissionAndFees: 1, currency: 'USD' }),
    came('orderStatus', { orderId: order, status, filled: '1', remaining: '0', permId: perm }),
    came('error', { reqId: order, errorCode: 399, errorString: 'a warning', errorTime: time }),
    came('currentTime', { time }),
  ];
}
const one = { req: 7, order: 5, perm: '1001', exec: '0001.01', time: 1_700_000_000 };
const two = { req: 9001, order: 77, perm: '2002', exec: '0009.01', time: 1_800_000_000 };

describe('diffCaptures', () => {
  it('finds every fixture equal to itself', async () => {
    for (const name of captureNames) {
      const path = `fixtures/captures/${name}.ibcap`;
      const found = await diffCaptures(path, path);
      expect(found.differences, name).toStrictEqual([]);
      expect(found.equal, name).toBeGreaterThan(0);
    }
  }, 60_000);

  it('takes a session for equal that ran under other ids at another time', async () => {
    expect(await diff(session(one), session(two))).toStrictEqual({ differences: [], equal: 10 });
  });

  it('does not mind what came between the answers of another request, nor how bytes were cut', async () => {
    const [q, o, tick, stamp, ...rest] = session(two) as [CaptureRecord, CaptureRecord, CaptureRecord, CaptureRecord];
    const mixed = [q, o, rest, tick, stamp].flat() as Extract<CaptureRecord, { what: 'bytes' }>[];
    const cut = mixed.flatMap((record) => [
      bytes(record.direction, record.bytes.subarray(0, 3)),
      bytes(record.direction, record.bytes.subarray(3)),
    ]);
    expect((await diff(session(one), cut)).differences).toStrictEqual([]);
  });

  it('names the field that says something else, and the status of an order', async () => {
    const found = await diff(session(one), session(two, 'Cancelled'));
    expect(found).toStrictEqual({ differences: ['orderStatus status Filled→Cancelled'], equal: 9 });
  });

  it('says what stands in one of them alone, without shifting what follows', async () => {
    const extra = went('reqCurrentTime', {});
    const tick = came('tickPrice', { reqId: one.req, tickType: 2, price: 188, size: 1, attribMask: 0 });
    const longer = [extra, ...session(one).slice(0, 3), tick, ...session(one).slice(3)];
    expect((await diff(longer, session(two))).differences).toStrictEqual(['onlyA reqCurrentTime', 'onlyA tickPrice']);
    expect((await diff(session(two), longer)).differences).toStrictEqual(['onlyB reqCurrentTime', 'onlyB tickPrice']);
  });

  it('finds an answer that went to another request than before', async () => {
    const ask = (a: number, b: number): CaptureRecord[] => [
      went('reqMktData', { reqId: a, contract: { symbol: 'AAPL' }, genericTickList: '' }),
      went('reqMktData', { reqId: b, contract: { symbol: 'MSFT' }, genericTickList: '' }),
    ];
    const tick = (reqId: number): CaptureRecord => came('tickPrice', { reqId, tickType: 1, price: 1, size: 1, attribMask: 0 });
    expect((await diff([...ask(1, 2), tick(1)], [...ask(8, 9), tick(8)])).differences).toStrictEqual([]);
    expect((await diff([...ask(1, 2), tick(1)], [...ask(8, 9), tick(9)])).differences).toStrictEqual([
      'onlyA tickPrice',
      'onlyB tickPrice',
    ]);
  });

  it('finds an id that stands for two, and a permId that was swapped', async () => {
    const status = (orderId: number, permId: string): CaptureRecord =>
      came('orderStatus', { orderId, status: 'Submitted', filled: '0', remaining: '1', permId });
    const found = await diff([status(1, '11'), status(1, '11')], [status(5, '55'), status(5, '56')]);
    expect(found.differences).toStrictEqual(['orderStatus permId 11→56']);
    expect((await diff([status(1, '0')], [status(5, '55')])).differences).toStrictEqual(['orderStatus permId 0→55']);
  });

  it('binds orders that no recorded request placed in the order in which they are heard of', async () => {
    const order = (orderId: number, symbol: string): CaptureRecord =>
      came('openOrder', { orderId, contract: { symbol }, order: { permId: `${orderId}00` }, orderState: {} });
    expect((await diff([order(1, 'A'), order(2, 'B')], [order(8, 'A'), order(4, 'B')])).differences).toStrictEqual([]);
  });

  it('compares the bars of history with their dates', async () => {
    const bar = (date: string) => ({ date, open: 1, high: 1, low: 1, close: 1, volume: 1, wap: 1, barCount: 1 });
    const bars = (date: string): CaptureRecord => came('historicalData', { reqId: 1, bars: [bar(date)] });
    expect((await diff([bars('20260101')], [bars('20260101')])).differences).toStrictEqual([]);
    expect((await diff([bars('20260101')], [bars('20260102')])).differences.length).toBe(1);
  });

  it('compares what cannot be read byte by byte, and the ends of streams', async () => {
    const bad = (text: string): CaptureRecord => bytes('in', framed(Buffer.from(`\0\0\0\x02${text}\0`, 'latin1')));
    const half = bytes('in', Buffer.from([0, 0, 0, 9, 1]));
    expect((await diff([bad('x'), half], [bad('x'), half])).differences).toStrictEqual([]);
    expect((await diff([bad('x')], [bad('y')])).differences[0]).toContain('unreadable');
    expect((await diff([half], [])).differences).toStrictEqual(['onlyA unfinished']);
  });

  it('compares thousands of ticks that all differ in time that goes with their number', async () => {
    const ticks = (price: number): CaptureRecord[] =>
      Array.from({ length: 5000 }, (_, n) =>
        came('tickPrice', { reqId: 1, tickType: 1, price: price + n / 1e4, size: 1, attribMask: 0 }),
      );
    expect((await diff(ticks(1), ticks(100))).differences.length).toBe(5000);
  }, 60_000);
});

describe('aligned', () => {
  const steps = (a: string, b: string): string =>
    aligned(
      [...a],
      [...b],
      (x, y) => x === y,
      (x, y) => x.toLowerCase() === y.toLowerCase(),
    )
      .map((step) =>
        step.what === 'both'
          ? step.a === step.b
            ? step.a
            : `${step.a}~${step.b}`
          : step.what === 'onlyA'
            ? `-${step.a}`
            : `+${step.b}`,
      )
      .join(' ');

  it.each([
    ['abc', 'abc', 'a b c'],
    ['abc', 'axbc', 'a +x b c'],
    ['axbc', 'abc', 'a -x b c'],
    ['abc', 'aBc', 'a b~B c'],
    ['', 'ab', '+a +b'],
    ['ab', '', '-a -b'],
    ['abc', 'xyz', '-a -b -c +x +y +z'],
  ])('of %j and %j is %s', (a, b, expected) => {
    expect(steps(a, b)).toBe(expected);
  });

  it('loses nothing, keeps both orders, and finds a sequence equal to itself', () =>
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { maxLength: 150 }), fc.array(fc.nat({ max: 5 }), { maxLength: 150 }), (a, b) => {
        const found = aligned(
          a,
          b,
          (x, y) => x === y,
          (x, y) => x % 2 === y % 2,
        );
        expect(found.flatMap((step) => (step.what === 'onlyB' ? [] : [step.a]))).toStrictEqual(a);
        expect(found.flatMap((step) => (step.what === 'onlyA' ? [] : [step.b]))).toStrictEqual(b);
        expect(
          aligned(
            a,
            a,
            (x, y) => x === y,
            () => true,
          ).every((step) => step.what === 'both' && step.a === step.b),
        ).toBe(true);
      }),
      { seed: 44, numRuns: 200 },
    ));
});
