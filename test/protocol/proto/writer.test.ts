import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CursorError } from '../../../src/protocol/errors.js';
import { ProtoReader } from '../../../src/protocol/proto/reader.js';
import { ProtoWriter } from '../../../src/protocol/proto/writer.js';

function written(write: (w: ProtoWriter) => void): number[] {
  const writer = new ProtoWriter();
  writer.begin(1, true);
  write(writer);
  return [...writer.finish().subarray(8)];
}

function back<T>(write: (w: ProtoWriter) => void, read: (r: ProtoReader) => T): T {
  const bytes = Uint8Array.from(written(write));
  const reader = new ProtoReader();
  reader.reset(bytes, 0, 0, bytes.length);
  const value = read(reader);
  expect(reader.at).toBe(bytes.length);
  return value;
}

describe('numbers', () => {
  it('are varints; a negative int32 takes ten bytes', () => {
    expect(written((w) => w.int32(300))).toEqual([0xac, 0x02]);
    expect(written((w) => w.int32(-1))).toEqual([255, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
    expect(written((w) => w.long('9223372036854775807'))).toEqual([255, 255, 255, 255, 255, 255, 255, 255, 127]);
    expect(written((w) => w.bool(true))).toEqual([1]);
    expect(written((w) => w.double(1))).toEqual([0, 0, 0, 0, 0, 0, 240, 63]);
  });

  it.each<[string, (w: ProtoWriter) => void]>([
    ['an int32 beyond 32 bits', (w) => w.int32(2147483648)],
    ['a fraction', (w) => w.int32(0.5)],
    ['an int64 beyond 64 bits', (w) => w.long('9223372036854775808')],
    ['a word as int64', (w) => w.long('x')],
    ['an unsafe number as int64', (w) => w.long(2 ** 60)],
    ['a word as a double', (w) => w.doubleAsText('ten')],
    ['a word as a decimal', (w) => w.decimal('ten')],
    ['Infinity as a size', (w) => w.size(Infinity)],
    ['a number as a text', (w) => w.string(5 as unknown as string)], // what a caller without types may give
  ])('refuse %s', (_, write) => {
    expect(() => written(write)).toThrow(CursorError);
  });
});

describe('bodies inside', () => {
  it.each([0, 1, 127, 128, 300, 16383, 16384, 100_000, 2_200_000])('of %i bytes have the right length in front', (length) => {
    const value = 'x'.repeat(length);
    expect(
      back(
        (w) => w.string(value),
        (r) => r.string(),
      ),
    ).toBe(value);
    const wide = 'ü'.repeat(length >> 1);
    expect(
      back(
        (w) => w.string(wide),
        (r) => r.string(),
      ),
    ).toBe(wide);
  });

  it('are masks and map entries too', () => {
    expect(
      back(
        (w) => w.bits(5),
        (r) => r.bits(),
      ),
    ).toBe(5);
    expect(
      back(
        (w) => w.entry({ tag: 'a', value: '' }),
        (r) => r.entry(),
      ),
    ).toEqual({ tag: 'a', value: '' });
  });
});

describe('properties', () => {
  it('what was written is read', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.maxSafeInteger(),
        fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
        fc.double(),
        fc.string({ unit: 'grapheme' }),
        (int, safe, long, double, text) => {
          expect(
            back(
              (w) => w.int32(int),
              (r) => r.int32(),
            ),
          ).toBe(int);
          expect(
            back(
              (w) => w.safe(safe),
              (r) => r.safe(),
            ),
          ).toBe(safe === 0 ? 0 : safe);
          expect(
            back(
              (w) => w.long(String(long)),
              (r) => r.long(),
            ),
          ).toBe(String(long));
          expect(
            back(
              (w) => w.double(double),
              (r) => r.double(),
            ),
          ).toBe(double);
          expect(
            back(
              (w) => w.string(text),
              (r) => r.string(),
            ),
          ).toBe(text);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });
});
