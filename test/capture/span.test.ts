import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueSpan } from '../../src/capture/span.js';

const span = (...bytes: number[]): number | 'bad' => valueSpan(Uint8Array.from(bytes), 0, bytes.length);

describe('valueSpan', () => {
  it('counts a value that ends in the bytes given', () => {
    expect(span(0x07)).toBe(1);
    expect(span(0xa2, 0x69, 0x6e)).toBe(3);
    expect(span(0x93, 0x00, 0xa2, 0x69, 0x6e, 0xc4, 0x01, 0xff)).toBe(8);
    expect(span(0x81, 0xa1, 0x61, 0xcb, 0, 0, 0, 0, 0, 0, 0, 0)).toBe(12);
    expect(span(0xd6, 0xff, 0, 0, 0, 0)).toBe(6);
    expect(span(0xc7, 0x02, 0x01, 0xaa, 0xbb)).toBe(5);
  });

  it('says the least that is missing of an unfinished value', () => {
    expect(span()).toBe(1);
    expect(span(0x93, 0x00)).toBe(3);
    expect(span(0xc4)).toBe(2);
    expect(span(0xc6, 0x00, 0x01)).toBe(5);
    expect(span(0xc4, 0x05, 0x00)).toBe(7);
  });

  it('tells the length of 4 GiB of missing bytes without having them', () => {
    expect(span(0x93, 0xc6, 0xff, 0xff, 0xff, 0xff)).toBeGreaterThan(4_294_967_295);
  });

  it('refuses the head without a meaning and a value with too many parts', () => {
    expect(span(0xc1)).toBe('bad');
    expect(span(0x92, 0x01, 0xc1)).toBe('bad');
    expect(span(0xdd, 0xff, 0xff, 0xff, 0xff, 0x00)).toBe('bad');
    expect(span(...Array.from({ length: 20_000 }, () => 0x91))).toBe('bad');
  });

  describe('properties', () => {
    it('is the length of whatever the encoder writes, wherever it stands', () =>
      fc.assert(
        fc.property(fc.anything({ withDate: true, withTypedArray: false }), fc.nat({ max: 9 }), (value, at) => {
          const bytes = encode(value, { ignoreUndefined: true });
          const longer = new Uint8Array(at + bytes.length + 5);
          longer.set(bytes, at);
          expect(valueSpan(longer, at, longer.length)).toBe(bytes.length);
        }),
        { seed: 11, numRuns: 300 },
      ));

    it('asks for more bytes than there are of every shortened value, and never for more than it takes', () =>
      fc.assert(
        fc.property(fc.anything(), (value) => {
          const bytes = encode(value, { ignoreUndefined: true });
          for (let end = 0; end < bytes.length; end++) {
            const least = valueSpan(bytes, 0, end);
            expect(least).toBeGreaterThan(end);
            expect(least).toBeLessThanOrEqual(bytes.length);
          }
        }),
        { seed: 12, numRuns: 100 },
      ));
  });
});
