import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decoder } from '../../src/protocol/decode.js';
import { Encoder } from '../../src/protocol/encode.js';
import { DecodeError } from '../../src/protocol/errors.js';
import { incomingKinds } from '../../src/protocol/registry.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { messageVersionAt } from '../../src/protocol/schema/plan.js';
import { carriedByText } from '../arbitraries/carried.js';
import { anyMessage } from '../arbitraries/messages.js';
import { interpretedFrame } from '../helpers/wire.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (version: number, ...fields: readonly string[]): object => {
  const bytes = ascii(`${fields.join('\0')}\0`);
  return new Decoder<object>('incoming', version).decode(bytes, 0, bytes.length);
};

describe('the version field of an old message', () => {
  it('says which fields follow', () => {
    expect(read(100, '1', '1', '7', '1', '187.5')).toEqual({
      kind: 'tickPrice',
      reqId: 7,
      tickType: 1,
      price: 187.5,
      size: undefined,
      attribMask: undefined,
    });
    expect(read(100, '1', '2', '7', '1', '187.5', '300')).toMatchObject({ size: 300, attribMask: undefined });
    expect(read(100, '1', '6', '7', '1', '187.5', '300', '1')).toMatchObject({ size: 300, attribMask: 1 });
  });

  it('is not trusted where it is not a number', () => {
    expect(read(176, '1', 'x', '7', '1', '187.5', '300', '1')).toMatchObject({ price: 187.5, size: 300 });
  });

  it('larger than known is read as the newest known', () => {
    expect(read(176, '1', '99', '7', '1', '187.5', '300', '1')).toMatchObject({ price: 187.5, attribMask: 1 });
  });

  it('costs no memory for each new value that a frame may claim', () => {
    const decoder = new Decoder<object>('incoming', 176);
    for (let version = -50; version < 5000; version++) {
      const bytes = ascii(`1\0${version}\0${['7', '1', '187.5', '300', '1'].join('\0')}\0`);
      expect(decoder.decode(bytes, 0, bytes.length)).toMatchObject({ reqId: 7 });
    }
  });
});

const tables: readonly MessageTable[] = incomingKinds;
const versioned = tables.filter((table) => Number.isFinite(messageVersionAt(table, 100)));

describe.each(versioned)('$kind', (table) => {
  it('comes back at each of its own versions', () => {
    const usual = messageVersionAt(table, 100);
    fc.assert(
      fc.property(anyMessage(table), fc.integer({ min: 1, max: usual }), (message, version) => {
        const { given, read: expected } = carriedByText(table, 100, message, version);
        const frame = new Encoder<string>('incoming', 100).encode(table.kind, given, { wire: 'text', messageVersion: version });
        const decoder = new Decoder<object>('incoming', 100);
        const decoded = decoder.decode(frame, 4, frame.length);
        if (!isDeepStrictEqual(decoded, expected)) expect(decoded, `version ${version}`).toStrictEqual(expected);
        expect(decoder.trailing).toBe(0);
        expect(frame).toEqual(interpretedFrame(table, 100, 'text', given, version));
      }),
      { numRuns: 15, seed: 1 },
    );
  });

  it('names the row also when a version of its own is at fault', () => {
    const bytes = ascii(`${[table.id, 1].join('\0')}\0`);
    try {
      new Decoder<object>('incoming', 100).decode(bytes, 0, bytes.length);
    } catch (error) {
      expect(error).toBeInstanceOf(DecodeError);
      expect((error as DecodeError).kind).toBe(table.kind);
      expect((error as DecodeError).row).not.toBe('');
    }
  });
});
