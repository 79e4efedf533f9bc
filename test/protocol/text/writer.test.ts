import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CursorError } from '../../../src/protocol/errors.js';
import { TextReader } from '../../../src/protocol/text/reader.js';
import { TextWriter } from '../../../src/protocol/text/writer.js';

function written(write: (w: TextWriter) => void, strict = false): string {
  const writer = new TextWriter();
  writer.strict = strict;
  writer.begin(9, false);
  write(writer);
  return Buffer.from(writer.finish()).toString('latin1').slice(6);
}

describe('fields', () => {
  it('end in NUL, and unset is empty', () => {
    expect(written((w) => w.int(5))).toBe('5\0');
    for (const method of [
      'int',
      'intMax',
      'long',
      'double',
      'size',
      'decimal',
      'amount',
      'bool',
      'boolThreeState',
      'conjunction',
      'text',
      'escaped',
      'tagString',
    ] as const) {
      expect(
        written((w) => w[method](undefined)),
        method,
      ).toBe('\0');
    }
  });

  it('hold numbers as JavaScript writes them, quantities without exponent', () => {
    expect(written((w) => w.double(187.5))).toBe('187.5\0');
    expect(written((w) => w.double(1e-7))).toBe('1e-7\0');
    expect(written((w) => w.double(Infinity))).toBe('Infinity\0');
    expect(written((w) => w.size(1e-8))).toBe('0.00000001\0');
    expect(written((w) => w.size(1e21))).toBe('1000000000000000000000\0');
    expect(written((w) => w.decimal(1e-8))).toBe('0.00000001\0');
    expect(written((w) => w.decimal('100.00'))).toBe('100.00\0');
    expect(written((w) => w.decimal('1,000'))).toBe('1000\0');
    expect(written((w) => w.long('9223372036854775807'))).toBe('9223372036854775807\0');
  });

  it('hold flags, options and escapes', () => {
    expect(written((w) => [true, false].forEach((flag) => void w.bool(flag)))).toBe('1\x000\0');
    expect(written((w) => [true, false].forEach((flag) => void w.conjunction(flag)))).toBe('a\0o\0');
    expect(
      written((w) =>
        w.tagString([
          { tag: 'a', value: '1' },
          { tag: 'b', value: '' },
        ]),
      ),
    ).toBe('a=1;b=;\0');
    expect(written((w) => w.escaped('tamaño'))).toBe('tama\\u00f1o\0');
    expect(written((w) => w.text('ü'))).toBe('\xc3\xbc\0');
  });

  it.each<[string, (w: TextWriter) => void]>([
    ['a fraction as an integer', (w) => w.int(1.5)],
    ['NaN as an integer', (w) => w.int(Number.NaN)],
    ['NaN as a number', (w) => w.double(Number.NaN)],
    ['Infinity as a quantity', (w) => w.size(Infinity)],
    ['a word as a quantity', (w) => w.decimal('ten')],
    ['NaN as a quantity', (w) => w.decimal(Number.NaN)],
    ['a word as a 64-bit integer', (w) => w.long('x')],
    ['a NUL inside a text', (w) => w.text('a\0b')],
    ['a number as a text', (w) => w.text(5 as unknown as string)], // what a caller without types may give
    ['a separator inside an option', (w) => w.tagString([{ tag: 'a=b', value: '' }])],
    ['a separator inside an option value', (w) => w.tagString([{ tag: 'a', value: 'x;y' }])],
  ])('refuse %s', (_, write) => {
    expect(() => written(write)).toThrow(CursorError);
  });

  it('of a client are ASCII', () => {
    expect(written((w) => w.text('a b\t\n'), true)).toBe('a b\t\n\0');
    expect(() => written((w) => w.text('ü'), true)).toThrow('U+00fc');
    expect(() => written((w) => w.text('\x07'), true)).toThrow('U+0007');
  });
});

describe('the buffer', () => {
  it('grows as it must', () => {
    const long = 'x'.repeat(100_000);
    expect(written((w) => [long, '1'].forEach((text) => void w.text(text)))).toBe(`${long}\x001\0`);
    const wide = 'ü'.repeat(2000);
    const bytes = written((w) => ['x', wide, `x${wide}`].forEach((text) => void w.text(text)));
    expect(Buffer.from(bytes, 'latin1').toString('utf8')).toBe(`x\0${wide}\0x${wide}\0`);
  });

  it('hands out a copy', () => {
    const writer = new TextWriter();
    writer.begin(1, true);
    writer.int(5);
    const first = writer.finish();
    writer.begin(2, true);
    writer.int(6);
    expect([...first]).toEqual([0, 0, 0, 6, 0, 0, 0, 1, 53, 0]);
  });
});

describe('properties', () => {
  it('bytes that were not UTF-8 go out as they came', () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, max: 255, minLength: 1, maxLength: 40 }), (bytes) => {
        const reader = new TextReader();
        const field = Uint8Array.from([...bytes, 0]);
        reader.reset(field, 0, 0, field.length);
        const text = reader.text();
        expect(
          Buffer.from(
            written((w) => w.text(text)),
            'latin1',
          ),
        ).toEqual(Buffer.from(field));
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});
