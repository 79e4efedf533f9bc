import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CursorError } from '../../../src/protocol/errors.js';
import { ProtoReader } from '../../../src/protocol/proto/reader.js';

function over(...bytes: readonly number[]): ProtoReader {
  const reader = new ProtoReader();
  reader.reset(Uint8Array.from(bytes), 0, 0, bytes.length);
  return reader;
}

function error(act: () => unknown): CursorError {
  try {
    act();
  } catch (caught) {
    if (caught instanceof CursorError) return caught;
    throw caught;
  }
  throw new Error('nothing was thrown');
}

const varint = (value: bigint): number[] => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
};
const text = (value: string): number[] => [...varint(BigInt(Buffer.byteLength(value))), ...Buffer.from(value)];
const ones = (count: number): number[] => new Array<number>(count).fill(255);

describe('numbers', () => {
  it.each([
    [[0], 0],
    [[1], 1],
    [[0xac, 0x02], 300],
    [[0xff, 0xff, 0xff, 0xff, 0x07], 2147483647],
    [[0xff, 0xff, 0xff, 0xff, 0x0f], -1], // five bytes: some write int32 so
    [[...ones(9), 0x01], -1], // ten bytes: sign-extended
    [[0x80, 0x80, 0x80, 0x80, 0xf8, ...ones(4), 0x01], -2147483648],
    [[0x81, 0x80, 0x80, 0x00], 1], // longer than needed
    [[0x85, 0x80, 0x80, 0x80, 0x80, 0x01], 5], // bits beyond 32 are dropped
  ])('int32 of %j is %i', (bytes, value) => {
    const reader = over(...bytes);
    expect(reader.int32()).toBe(value);
    expect(reader.at).toBe(bytes.length);
  });

  it('int64 is exact text beyond 2^53', () => {
    expect(over(...varint(9007199254740993n)).long()).toBe('9007199254740993');
    expect(over(...varint((1n << 63n) - 1n)).long()).toBe('9223372036854775807');
    expect(over(...varint(-(1n << 63n))).long()).toBe('-9223372036854775808');
    expect(over(...varint(-1n)).long()).toBe('-1');
    expect(over(...varint((1n << 63n) - 1n)).longMax()).toBeUndefined();
  });

  it('int64 as a number is refused beyond 2^53, never rounded', () => {
    expect(over(...varint(1755788400123n)).safe()).toBe(1755788400123);
    expect(over(...varint(-1n)).safe()).toBe(-1);
    expect(error(() => over(...varint(1n << 53n)).safe()).message).toContain('too large');
  });

  it('a flag is true for any varint that is not zero', () => {
    expect(over(0).bool()).toBe(false);
    expect(over(0x80, 0x00).bool()).toBe(false);
    expect(over(1).bool()).toBe(true);
    expect(over(0x80, 0x80, 0x80, 0x80, 0x80, 0x01).bool()).toBe(true); // 2^35
    expect([0, 1, 2].map((value) => over(value).boolThreeState())).toEqual([false, true, undefined]);
  });

  it('a double is eight bytes, least significant first; the largest is unset', () => {
    const bytes = [...new Uint8Array(new Float64Array([187.5]).buffer)];
    expect(over(...bytes).double()).toBe(187.5);
    const largest = [...new Uint8Array(new Float64Array([Number.MAX_VALUE]).buffer)];
    expect(over(...largest).double()).toBe(Number.MAX_VALUE);
    expect(over(...largest).doubleMax()).toBeUndefined();
    expect(over(...largest).doubleAsText()).toBeUndefined();
    expect(over(...bytes).doubleAsText()).toBe('187.5');
  });

  it.each([
    ['cut off', [0x80]],
    ['cut off after nine bytes', ones(9)],
    ['longer than ten bytes', [...ones(10), 0x01]],
  ])('%s is an error at its first byte', (_, bytes) => {
    for (const method of ['int32', 'long', 'safe', 'bool', 'varint'] as const) {
      expect(error(() => over(...bytes)[method]()).offset, method).toBe(0);
    }
  });

  it('seven bytes of a double are an error', () => {
    expect(error(() => over(...ones(7)).double()).message).toBe('a number is cut off');
  });
});

describe('texts', () => {
  it('differ in empty and absent', () => {
    expect(over(0).string()).toBe('');
    expect(over(...text('AAPL')).string()).toBe('AAPL');
    expect(over(...text('中国')).string()).toBe('中国');
  });

  it('hold decimals and sizes', () => {
    expect(over(...text('100.00')).decimal()).toBe('100.00');
    expect(over(...text('9223372036854775807')).decimal()).toBeUndefined();
    expect(over(0).decimal()).toBeUndefined();
    expect(error(() => over(...text('ten')).decimal()).message).toBe("'ten' is not a decimal");
    expect(['0', '7', '300', '0.5', '-1', '2147483647', ''].map((value) => over(...text(value)).size())).toEqual([
      0,
      7,
      300,
      0.5,
      -1,
      undefined,
      undefined,
    ]);
    expect(error(() => over(...text('x')).size()).message).toBe("'x' is not a number");
    expect(over(...text('0.01')).numberText()).toBe(0.01);
  });

  it('refuse what JavaScript alone takes for a number', () => {
    for (const value of ['0x1', ' 1', '1 ', '\n', '0b1', '1_0']) {
      expect(error(() => over(...text(value)).size()).message, value).toContain('is not a number');
    }
  });

  it.each([
    ['past the end', [5, 65, 66]],
    ['of 4 GiB', [0xff, 0xff, 0xff, 0xff, 0x0f]],
    ['that is negative', [...ones(9), 0x01]],
    ['that is missing', []],
  ])('with a length %s are refused', (_, bytes) => {
    expect(() => over(...bytes).string()).toThrow(CursorError);
  });
});

describe('nested bodies', () => {
  it('end where they say, and a length past the outer end is refused', () => {
    const reader = over(2, 8, 1, 8, 2);
    const outer = reader.enter();
    expect([reader.end, outer]).toEqual([3, 5]);
    expect([reader.tag(), reader.int32(), reader.at]).toEqual([8, 1, 3]);
    reader.leave(outer);
    expect(reader.end).toBe(5);
    const inside = over(3, 10, 5, 65, 66, 67, 68, 69);
    inside.enter();
    inside.tag();
    expect(error(() => inside.string()).message).toBe('a length reaches past the end');
  });

  it('stop at a depth no message has', () => {
    const bomb: number[] = [];
    for (let i = 0; i < 300; i++) bomb.unshift(10, ...varint(BigInt(bomb.length)));
    const reader = over(...bomb);
    const dive = (): void => {
      reader.tag();
      reader.enter();
      dive();
    };
    expect(error(dive).message).toBe('messages are nested too deeply');
    const groups = over(...new Array<number>(5000).fill(0x0b));
    expect(error(() => groups.skip(groups.tag())).message).toBe('groups are nested too deeply');
  });

  it('of flags are a mask, of a map a tag and its value', () => {
    expect(over(4, 8, 1, 16, 1).bits()).toBe(3);
    expect(over(4, 8, 0, 16, 1).bits()).toBe(2);
    expect(over(0).bits()).toBe(0);
    expect(over(...varint(6n), 10, 1, 97, 18, 1, 98).entry()).toEqual({ tag: 'a', value: 'b' });
    expect(over(3, 18, 1, 98).entry()).toEqual({ tag: '', value: 'b' });
  });
});

describe('fields nobody asked for', () => {
  it('are passed over by their wire type', () => {
    const skipped = (tag: number, ...bytes: readonly number[]): number => {
      const reader = over(...bytes);
      reader.skip(tag);
      return reader.at;
    };
    expect(skipped(8, 0x96, 0x01)).toBe(2);
    expect(skipped(9, ...ones(8))).toBe(8);
    expect(skipped(10, 2, 65, 66)).toBe(3);
    expect(skipped(13, ...ones(4))).toBe(4);
    expect(skipped(11, 16, 5, 11, 8, 1, 12, 12)).toBe(7); // a group with a group inside
  });

  it.each([
    ['wire type 4 without a group', 12, []],
    ['wire type 6', 14, [1]],
    ['wire type 7', 15, [1]],
    ['a cut 64-bit field', 9, ones(7)],
    ['a cut 32-bit field', 13, ones(3)],
    ['a group that is not closed', 11, [8, 1]],
    ['a group closed by another', 11, [20]],
  ])('are refused: %s', (_, tag, bytes) => {
    expect(() => over(...bytes).skip(tag)).toThrow(CursorError);
  });

  it('have no number 0', () => {
    expect(error(() => over(0, 0).tag()).message).toBe('field number 0');
    expect(error(() => over(0x80, 0x00).tag()).message).toBe('field number 0');
  });
});

describe('properties', () => {
  it('every int64 is read exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), (value) => {
        expect(over(...varint(value)).long()).toBe(String(value));
        expect(over(...varint(value)).int32()).toBe(Number(BigInt.asIntN(32, value)));
        expect(over(...varint(value)).bool()).toBe(value !== 0n);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('any bytes are skipped or refused, and the cursor never passes the end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const reader = over(...bytes);
        try {
          while (reader.at < reader.end) reader.skip(reader.tag());
          expect(reader.at).toBe(bytes.length);
        } catch (caught) {
          expect(caught).toBeInstanceOf(CursorError);
        }
      }),
      { numRuns: 2000, seed: 2 },
    );
  });
});
