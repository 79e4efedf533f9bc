// Random headers and records of captures.
import fc from 'fast-check';
import { type CaptureHeader, type CaptureRecord, OUT_OF_REACH } from '../../src/capture/format.js';

// Objects with a prototype, as the reader makes them.
const plain = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });
const text = fc.string({ maxLength: 40 });
const count = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const direction = fc.constantFrom('in', 'out');

const oldHeader: fc.Arbitrary<CaptureHeader> = plain({
  serverVersion: maybe(fc.integer({ min: 100, max: 300 })),
  serverVersionBounds: maybe(fc.tuple(fc.integer({ min: 100, max: 200 }), fc.integer({ min: 200, max: 300 }))),
  start: maybe(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })),
  redactions: fc.uniqueArray(fc.constantFrom('account', 'name', 'orderRef')),
  source: maybe(
    plain({
      kind: text,
      where: text,
      client: text,
      licence: text,
      provenance: maybe(text),
      notes: fc.array(text, { maxLength: 3 }),
    }),
  ),
});

const learnt = plain({ account: count, name: count, orderRef: count });
const reach = fc.uniqueArray(fc.constantFrom(...OUT_OF_REACH));

export const anyHeader: fc.Arbitrary<CaptureHeader> = fc.oneof(
  oldHeader,
  fc.tuple(oldHeader, reach).map(([header, outOfReach]) => ({ ...header, outOfReach })),
  fc.tuple(oldHeader, reach, learnt).map(([header, outOfReach, counts]) => ({ ...header, outOfReach, learnt: counts })),
);

const anyRecord: fc.Arbitrary<CaptureRecord> = fc.oneof(
  plain({ what: fc.constant('bytes'), micros: count, direction, bytes: fc.uint8Array({ maxLength: 300 }) }),
  plain({ what: fc.constant('connected'), micros: count, serverVersion: maybe(count) }),
  plain({ what: fc.constant('cut'), micros: count }),
  plain({ what: fc.constant('eof'), micros: count, direction }),
  plain({ what: fc.constant('disconnected'), micros: count }),
  plain({ what: fc.constant('failed'), micros: count, direction, text }),
  plain({ what: fc.constant('dropped'), micros: count, records: count, bytes: count }),
  plain({
    what: fc.constant('about'),
    micros: count,
    doubts: fc.uniqueArray(fc.constantFrom('partial', 'ambiguous', 'reconstructed')),
    serverVersion: maybe(count),
    text: maybe(text),
  }),
  plain({ what: fc.constant('note'), micros: count, text }),
);

/** Records in the order of their times, as a file has them. */
export const anyRecords: fc.Arbitrary<CaptureRecord[]> = fc
  .array(anyRecord, { maxLength: 12 })
  .map((records) => records.sort((a, b) => a.micros - b.micros));

/** Lengths into which a byte array may be cut. */
export const anyCuts: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 });

/** The bytes in pieces of these lengths, over and over. */
export function* pieces(bytes: Uint8Array, cuts: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = cuts[turn % cuts.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
