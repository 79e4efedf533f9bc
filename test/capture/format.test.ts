import { decodeMulti } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureError } from '../../src/capture/capture-error.js';
import { type CaptureHeader, type CaptureRecord, encodeHeader, encodeRecord } from '../../src/capture/format.js';
import { CaptureParser } from '../../src/capture/parser.js';
import { anyCuts, anyHeader, anyRecords, pieces } from './arbitraries.js';

const plain: CaptureHeader = {
  serverVersion: 176,
  serverVersionBounds: undefined,
  start: new Date(1_711_315_139_000),
  redactions: ['account'],
  source: undefined,
};
const file = (header: CaptureHeader, records: readonly CaptureRecord[]): Uint8Array =>
  Buffer.concat([encodeHeader(header), ...records.map(encodeRecord)]);

/** What a parser makes of chunks: the header, the records before the end or the error, and the error. */
function parse(chunks: Iterable<Uint8Array>): { header: CaptureHeader | undefined; records: CaptureRecord[]; error: unknown } {
  const parser = new CaptureParser();
  const records: CaptureRecord[] = [];
  try {
    for (const chunk of chunks) for (const record of parser.push(chunk)) records.push(record);
    parser.end();
  } catch (error) {
    return { header: parser.header, records, error };
  }
  return { header: parser.header, records, error: undefined };
}

const failure = (bytes: Uint8Array): { code: string; offset: number } => {
  const { error } = parse([bytes]);
  if (!(error instanceof CaptureError)) throw new Error(`expected a CaptureError, got ${String(error)}`);
  return { code: error.code, offset: error.offset };
};

describe('the format', () => {
  it('writes a read as [micros, "in", bytes]', () => {
    const bytes = Uint8Array.from([0, 0, 0, 2, 0x35, 0]);
    expect([...encodeRecord({ what: 'bytes', micros: 300, direction: 'in', bytes })]).toStrictEqual([
      0x93, 0xcd, 0x01, 0x2c, 0xa2, 0x69, 0x6e, 0xc4, 0x06, 0, 0, 0, 2, 0x35, 0,
    ]);
  });

  it('is a plain MessagePack stream', () => {
    const bytes = file(plain, [
      { what: 'connected', micros: 0, serverVersion: undefined },
      { what: 'bytes', micros: 5, direction: 'out', bytes: Uint8Array.of(1, 2) },
      { what: 'eof', micros: 9, direction: 'in' },
    ]);
    expect([...decodeMulti(new Uint8Array(bytes))]).toStrictEqual([
      { format: 'ibcap', version: 1, serverVersion: 176, start: 1_711_315_139_000, redactions: ['account'] },
      [0, 'connected', {}],
      [5, 'out', Uint8Array.of(1, 2)],
      [9, 'eof', { direction: 'in' }],
    ]);
  });

  it('passes over header keys it does not know', () => {
    const bytes = Uint8Array.from([
      0x84,
      ...text('format'),
      ...text('ibcap'),
      ...text('version'),
      1,
      ...text('redactions'),
      0x90,
      ...text('colour'),
      7,
    ]);
    expect(parse([bytes])).toStrictEqual({
      header: { serverVersion: undefined, serverVersionBounds: undefined, start: undefined, redactions: [], source: undefined },
      records: [],
      error: undefined,
    });
  });
});

const text = (value: string): number[] => [0xa0 + value.length, ...Buffer.from(value)];

describe('a file that cannot be read', () => {
  const head = encodeHeader(plain);
  const behindHead = (...bytes: number[]): Uint8Array => Buffer.concat([head, Uint8Array.from(bytes)]);

  it('is no capture when it is empty or starts as something else', () => {
    expect(failure(new Uint8Array(0))).toStrictEqual({ code: 'NOT_A_CAPTURE', offset: 0 });
    expect(failure(Buffer.from('{"source": 1}'))).toStrictEqual({ code: 'NOT_A_CAPTURE', offset: 0 });
    expect(failure(Uint8Array.from([0x81, ...text('format'), ...text('other')]))).toStrictEqual({
      code: 'NOT_A_CAPTURE',
      offset: 0,
    });
  });

  it('is refused when its format version is newer', () => {
    const newer = Uint8Array.from([0x82, ...text('format'), ...text('ibcap'), ...text('version'), 2]);
    expect(failure(newer)).toStrictEqual({ code: 'CAPTURE_VERSION', offset: 0 });
  });

  it('names the offset of the value that ends too early', () => {
    expect(failure(head.subarray(0, 10))).toStrictEqual({ code: 'CAPTURE_TRUNCATED', offset: 0 });
    expect(failure(behindHead(0x93, 0x00, 0xa2))).toStrictEqual({ code: 'CAPTURE_TRUNCATED', offset: head.length });
    expect(failure(behindHead(0x07, 0x93))).toStrictEqual({ code: 'CAPTURE_DAMAGED', offset: head.length });
  });

  it('names the offset of a value without a meaning', () => {
    const first = encodeRecord({ what: 'cut', micros: 9 });
    const second = (...bytes: number[]): Uint8Array => Buffer.concat([head, first, Uint8Array.from(bytes)]);
    const offset = head.length + first.length;
    expect(failure(second(0xc1))).toStrictEqual({ code: 'CAPTURE_DAMAGED', offset });
    expect(failure(second(0x93, 9, ...text('sideways'), 0x80))).toStrictEqual({ code: 'CAPTURE_DAMAGED', offset });
    expect(failure(second(0x93, 9, ...text('in'), 0x80))).toStrictEqual({ code: 'CAPTURE_DAMAGED', offset });
    expect(failure(second(0x93, 9, ...text('eof'), 0x80))).toStrictEqual({ code: 'CAPTURE_DAMAGED', offset });
    expect(failure(second(0x92, 9, ...text('cut')))).toStrictEqual({ code: 'CAPTURE_DAMAGED', offset });
    expect(failure(second(0x93, 8, ...text('cut'), 0x80))).toStrictEqual({ code: 'CAPTURE_DAMAGED', offset }); // time goes back
  });

  it('is refused at once when it announces more bytes than a value may have', () => {
    expect(failure(behindHead(0x93, 0x00, ...text('in'), 0xc6, 0xff, 0xff, 0xff, 0xff))).toStrictEqual({
      code: 'CAPTURE_TOO_LONG',
      offset: head.length,
    });
    expect(failure(behindHead(0x93, 0xc6, 0xff, 0xff, 0xff, 0xff))).toStrictEqual({
      code: 'CAPTURE_TOO_LONG',
      offset: head.length,
    });
  });

  it('gives the records before the damage, and the same error again when pushed on', () => {
    const parser = new CaptureParser();
    const records: CaptureRecord[] = [];
    const push = (chunk: Uint8Array): void => {
      for (const record of parser.push(chunk)) records.push(record);
    };
    const cut = { what: 'cut', micros: 1 } as const;
    const bytes = Buffer.concat([head, encodeRecord(cut), Uint8Array.of(0xc1), encodeRecord(cut)]);
    expect(() => push(bytes)).toThrow('not a MessagePack value');
    expect(() => push(encodeRecord(cut))).toThrow('not a MessagePack value');
    expect(records).toStrictEqual([cut]);
  });
});

describe('properties', () => {
  it('gives back what was written, however the file is split', () =>
    fc.assert(
      fc.property(anyHeader, anyRecords, anyCuts, (header, records, cuts) => {
        expect(parse(pieces(file(header, records), cuts))).toStrictEqual({ header, records, error: undefined });
      }),
      { seed: 1, numRuns: 300 },
    ));

  it('ends every shortened file with the whole records before the cut, then a truncation at their end or nothing', () =>
    fc.assert(
      fc.property(anyHeader, anyRecords, fc.nat(), (header, records, at) => {
        const parts = [encodeHeader(header), ...records.map(encodeRecord)];
        const whole = Buffer.concat(parts);
        const length = at % whole.length;
        const kept = parts.map((_, n) => Buffer.concat(parts.slice(0, n + 1)).length).filter((end) => end <= length);
        const result = parse([whole.subarray(0, length)]);
        expect(result.records).toStrictEqual(records.slice(0, Math.max(0, kept.length - 1)));
        const end = kept.at(-1) ?? 0;
        if (length === end && length > 0) expect(result.error).toBeUndefined();
        else expect(result.error).toMatchObject({ code: length === 0 ? 'NOT_A_CAPTURE' : 'CAPTURE_TRUNCATED', offset: end });
      }),
      { seed: 2, numRuns: 300 },
    ));

  it('ends every mutated file in records or a CaptureError inside it, the same however it is split', () =>
    fc.assert(
      fc.property(
        anyHeader,
        anyRecords,
        anyCuts,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        (header, records, cuts, changes) => {
          const bytes = Uint8Array.from(file(header, records));
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const whole = parse([bytes]);
          if (whole.error !== undefined) {
            expect(whole.error).toBeInstanceOf(CaptureError);
            expect(failure(bytes).offset).toBeLessThan(bytes.length);
          }
          const split = parse(pieces(bytes, cuts));
          expect(split.records).toStrictEqual(whole.records);
          expect(split.error).toStrictEqual(whole.error);
        },
      ),
      { seed: 3, numRuns: 500 },
    ));

  it('ends random bytes in a CaptureError', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(parse([bytes]).error).toBeInstanceOf(CaptureError);
      }),
      { seed: 4, numRuns: 500 },
    ));
});
