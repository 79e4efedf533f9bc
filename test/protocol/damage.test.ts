import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decoder } from '../../src/protocol/decode.js';
import { Encoder } from '../../src/protocol/encode.js';
import { DecodeError } from '../../src/protocol/errors.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { incomingKinds, outgoingKinds } from '../../src/protocol/registry.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { carriedByProtobuf, carriedByText, telltaleVersions } from '../arbitraries/carried.js';
import { anyMessage } from '../arbitraries/messages.js';
import { damage } from '../helpers/damage.js';
import { randomFrom } from '../helpers/random.js';
import { bothOutcomes, type Outcome, wiresOf } from '../helpers/wire.js';

const tables: readonly MessageTable[] = [...incomingKinds, ...outgoingKinds];
const seed = 20260821;

/** Encoded frames of a kind with the versions and wires they are for. */
function framesOf(table: MessageTable, count: number): { version: number; wire: 'text' | 'protobuf'; frame: Uint8Array }[] {
  const versions = telltaleVersions(table);
  return fc.sample(anyMessage(table), { numRuns: count, seed }).flatMap((message, i) => {
    const version = versions[(i * 7) % versions.length]!;
    const encoder = new Encoder<string>(table.direction, version);
    return wiresOf(table, version).map((wire) => {
      const { given } = wire === 'text' ? carriedByText(table, version, message) : carriedByProtobuf(table, version, message);
      return { version, wire, frame: encoder.encode(table.kind, given, { wire }) };
    });
  });
}

function decoded(decoder: Decoder<object>, bytes: Uint8Array, start: number, end: number): Outcome {
  try {
    return { message: decoder.decode(bytes, start, end) };
  } catch (error) {
    if (error instanceof DecodeError)
      return { reason: `${error.kind}.${error.row}: ${error.reason}`, offset: error.offset ?? -1 };
    throw error;
  }
}

describe.each(tables)('a damaged $direction $kind', (table) => {
  it('ends in a message or a DecodeError with kind, row and offset, whatever stands around the frame', () => {
    const random = randomFrom(table.id);
    for (const { version, wire, frame } of framesOf(table, 6)) {
      const decoder = new Decoder<object>(table.direction, version);
      const keep = version >= 201 ? 4 : frame.indexOf(0, 4) - 3;
      for (let i = 0; i < 12; i++) {
        const payload = damage(frame.subarray(4), keep, frame, random);
        const alone = decoded(decoder, payload, 0, payload.length);
        if ('reason' in alone) {
          expect(alone.reason.startsWith(`${table.kind}.`), alone.reason).toBe(true);
          expect(alone.offset).toBeGreaterThanOrEqual(0);
          expect(alone.offset).toBeLessThanOrEqual(payload.length);
        }
        for (const filler of [0x00, 0x31, 0xff]) {
          const around = new Uint8Array(payload.length + 64).fill(filler);
          around.set(payload, 32);
          const inside = decoded(decoder, around, 32, 32 + payload.length);
          if (!isDeepStrictEqual(inside, alone))
            expect(inside, `${wire} at ${version}: ${payload.join(' ')}`).toStrictEqual(alone);
        }
      }
    }
  });

  it('is read, or refused for the same reason at the same place, by compiled function and interpreter', () => {
    const random = randomFrom(table.id + 1);
    for (const { version, wire, frame } of framesOf(table, 6)) {
      const keep = version >= 201 ? 8 : frame.indexOf(0, 4) + 1;
      for (let i = 0; i < 12; i++) {
        const damaged = damage(frame, keep, frame, random);
        const [compiled, interpreted] = bothOutcomes(table, version, wire, damaged);
        if (!isDeepStrictEqual(compiled, interpreted))
          expect(compiled, `${wire} at ${version}: ${damaged.join(' ')}`).toStrictEqual(interpreted);
      }
    }
  });
});

describe('a stream of all kinds', () => {
  it('gives the same messages however it is split', () => {
    const frames = tables
      .filter((table) => table.direction === 'incoming')
      .flatMap((table) => {
        const version = 203;
        const encoder = new Encoder<string>('incoming', version);
        return fc.sample(anyMessage(table), { numRuns: 2, seed }).flatMap((message) =>
          wiresOf(table, version).map((wire) => {
            const { given } = (wire === 'text' ? carriedByText : carriedByProtobuf)(table, version, message);
            return encoder.encode(table.kind, given, { wire });
          }),
        );
      });
    const stream = Buffer.concat(frames);
    const messages = (cuts: readonly number[]): readonly Outcome[] => {
      const decoder = new Decoder<object>('incoming', 203);
      const framing = new FrameDecoder({ least: 4 });
      const all: Outcome[] = [];
      let from = 0;
      for (const to of [...cuts, stream.length]) {
        framing.push(stream.subarray(from, to), (bytes, start, end) => all.push(decoded(decoder, bytes, start, end)));
        from = to;
      }
      return all;
    };
    const whole = messages([]);
    expect(whole).toHaveLength(frames.length);
    expect(whole.filter((one) => 'reason' in one)).toEqual([]);
    const cuts = fc.array(fc.nat(stream.length), { maxLength: 60 }).map((places) => places.sort((a, b) => a - b));
    fc.assert(
      fc.property(cuts, (places) => isDeepStrictEqual(messages(places), whole)),
      { numRuns: 25, seed },
    );
    const everyByte = Array.from({ length: stream.length - 1 }, (_, i) => i + 1);
    expect(isDeepStrictEqual(messages(everyByte), whole)).toBe(true);
  });
});
