import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beyondAscii,
  escapeText,
  hasRawBytes,
  latin1,
  rawBytes,
  reinterpret,
  unescapeText,
} from '../../../src/protocol/text/bytes.js';
import { plainText } from '../../../src/protocol/text/numbers.js';

const text = (...bytes: readonly number[]): string => beyondAscii(Uint8Array.from(bytes), 0, bytes.length);

describe('text of bytes', () => {
  it('is UTF-8 where it is UTF-8', () => {
    expect(text(0x5a, 0xc3, 0xbc)).toBe('Zü');
    expect(text(0xf0, 0x9f, 0x98, 0x80)).toBe('😀');
    expect(hasRawBytes('Zü😀')).toBe(false);
  });

  it('keeps a Latin-1 letter, seen as 0xE1 inside a time zone, and gives the byte back', () => {
    const zone = text(0x41, 0xe1, 0x42);
    expect(hasRawBytes(zone)).toBe(true);
    expect([...rawBytes(zone)]).toEqual([0x41, 0xe1, 0x42]);
    expect(reinterpret(zone, 'latin1')).toBe('AáB');
  });

  it('keeps a GBK name beside good UTF-8', () => {
    const bytes = [0xd6, 0xd0, 0xb9, 0xfa, 0x20, 0xc3, 0xbc];
    expect([...rawBytes(text(...bytes))]).toEqual(bytes);
    expect(reinterpret(text(0xd6, 0xd0, 0xb9, 0xfa), 'gbk')).toBe('中国');
  });

  it('takes no overlong form, no surrogate and nothing above U+10FFFF for UTF-8', () => {
    for (const bytes of [
      [0xc0, 0x80],
      [0xe0, 0x80, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf8, 0x88],
      [0xe4, 0xb8],
    ]) {
      expect(hasRawBytes(text(...bytes)), bytes.join(' ')).toBe(true);
      expect([...rawBytes(text(...bytes))]).toEqual(bytes);
    }
  });

  it('is Latin-1 letter by letter where bytes are wanted', () => {
    const all = Uint8Array.from({ length: 10_000 }, (_, i) => i & 255);
    const plain = latin1(all, 3, 9_999);
    expect([plain.length, plain.charCodeAt(0), plain.charCodeAt(252)]).toEqual([9_996, 3, 255]);
    expect(latin1(Buffer.from(all), 3, 9_999)).toBe(plain);
    expect(latin1(all, 5, 5)).toBe('');
  });
});

describe('properties', () => {
  it('no byte is lost', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect([...rawBytes(text(...bytes))]).toEqual([...bytes]);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('an escaped text comes back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\\')),
        (value) => {
          expect(escapeText(value)).toMatch(/^[\0-\x7f]*$/);
          expect(unescapeText(escapeText(value))).toBe(value);
        },
      ),
      { numRuns: 500, seed: 2 },
    );
  });

  it('a number without exponent is the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(plainText(value)).not.toMatch(/e/i);
        expect(Number(plainText(value))).toBe(value === 0 ? 0 : value);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});
