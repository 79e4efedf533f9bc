import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FrameError } from '../../src/protocol/errors.js';
import { FrameDecoder, frame, MAX_FRAME } from '../../src/protocol/frames.js';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** Payloads as copies, in order. */
function collect(decoder: FrameDecoder, ...chunks: readonly Uint8Array[]): string[] {
  const payloads: string[] = [];
  for (const chunk of chunks) {
    decoder.push(chunk, (all, start, end) => payloads.push(Buffer.from(all.subarray(start, end)).toString('latin1')));
  }
  return payloads;
}

function thrown(act: () => unknown): FrameError {
  try {
    act();
  } catch (error) {
    if (error instanceof FrameError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('frames', () => {
  it('finds a frame after its four bytes of length, most significant first', () => {
    expect(collect(new FrameDecoder(), bytes(0, 0, 0, 3, 57, 0, 49))).toEqual(['9\x001']);
  });

  it('finds many in one chunk and one over many chunks', () => {
    const two = bytes(0, 0, 0, 1, 65, 0, 0, 0, 2, 66, 67);
    expect(collect(new FrameDecoder(), two)).toEqual(['A', 'BC']);
    expect(collect(new FrameDecoder(), ...[...two].map((byte) => bytes(byte)))).toEqual(['A', 'BC']);
  });

  it('hands out a complete frame from the chunk itself and copies only the unfinished tail', () => {
    const decoder = new FrameDecoder();
    const chunk = bytes(0, 0, 0, 1, 65, 0, 0, 0, 2, 66);
    const seen: Uint8Array[] = [];
    decoder.push(chunk, (all) => seen.push(all));
    expect(seen).toEqual([chunk]);
    expect(seen[0]).toBe(chunk);
    expect(decoder.pending).toBe(5);
    chunk.fill(255);
    expect(collect(decoder, bytes(67))).toEqual(['BC']);
    expect(decoder.pending).toBe(0);
  });

  it('survives a listener that keeps nothing and one that pushes nothing', () => {
    expect(collect(new FrameDecoder(), bytes(), bytes(0, 0), bytes(), bytes(0, 1, 65))).toEqual(['A']);
  });

  it('refuses a length of 0: no frame is without a message id', () => {
    const error = thrown(() => collect(new FrameDecoder(), bytes(0, 0, 0, 1, 65, 0, 0, 0, 0)));
    expect(error).toMatchObject({ code: 'FRAME_LENGTH', offset: 5, length: 0 });
    expect(error.message).toContain('offset 5');
  });

  it('refuses a length of 3 where ids have four bytes', () => {
    expect(thrown(() => collect(new FrameDecoder({ least: 4 }), bytes(0, 0, 0, 3, 1, 2, 3)))).toMatchObject({ length: 3 });
    expect(collect(new FrameDecoder({ least: 4 }), bytes(0, 0, 0, 4, 0, 0, 0, 9))).toHaveLength(1);
  });

  it('refuses 4 GiB, at once and also when the length comes in pieces', () => {
    const lie = bytes(255, 255, 255, 255);
    expect(thrown(() => collect(new FrameDecoder(), lie))).toMatchObject({ length: 0xffffffff, offset: 0 });
    expect(thrown(() => collect(new FrameDecoder(), ...[...lie].map((byte) => bytes(byte)), bytes(0)))).toMatchObject({
      length: 0xffffffff,
    });
  });

  it('takes the limit and refuses one more', () => {
    expect(MAX_FRAME).toBe(16 * 1024 * 1024 - 1);
    expect(collect(new FrameDecoder({ limit: 5 }), frame(bytes(1, 2, 3, 4, 5)))).toHaveLength(1);
    expect(thrown(() => collect(new FrameDecoder({ limit: 4 }), frame(bytes(1, 2, 3, 4, 5))))).toMatchObject({ length: 5 });
    const longest = frame(new Uint8Array(MAX_FRAME).fill(7));
    let length = 0;
    const decoder = new FrameDecoder();
    for (let at = 0; at < longest.length; at += 1 << 20) {
      decoder.push(longest.subarray(at, at + (1 << 20)), (_, start, end) => {
        length = end - start;
      });
    }
    expect(length).toBe(MAX_FRAME);
    expect(() => frame(new Uint8Array(MAX_FRAME + 1))).toThrow(FrameError);
    expect(thrown(() => collect(new FrameDecoder(), bytes(1, 0, 0, 0)))).toMatchObject({ length: MAX_FRAME + 1 });
  });

  it('hands out the frames before a bad one, then throws the same error at every call', () => {
    const decoder = new FrameDecoder();
    const seen: number[] = [];
    const push = (chunk: Uint8Array): void => decoder.push(chunk, (_, start, end) => seen.push(end - start));
    const first = thrown(() => push(bytes(0, 0, 0, 2, 65, 66, 0, 0, 0, 0, 0, 0, 0, 1, 67)));
    expect(seen).toEqual([2]);
    expect(thrown(() => push(bytes(0, 0, 0, 1, 65)))).toBe(first);
    expect(seen).toEqual([2]);
  });

  it('counts the offset of a bad frame from the first byte of the stream, over chunks', () => {
    const decoder = new FrameDecoder();
    collect(decoder, bytes(0, 0, 0, 2, 65), bytes(66, 0, 0, 0, 1), bytes(67, 0, 0));
    expect(thrown(() => collect(decoder, bytes(0, 0)))).toMatchObject({ offset: 11, length: 0 });
  });

  it('gives a liar no memory for nothing: 16 MiB are announced, a few bytes come', () => {
    const before = process.memoryUsage().arrayBuffers;
    const decoders = Array.from({ length: 40 }, () => {
      const decoder = new FrameDecoder();
      decoder.push(bytes(0, 255, 255, 255, 1, 2, 3), () => undefined);
      decoder.push(bytes(4, 5, 6), () => undefined);
      return decoder;
    });
    expect(decoders.every((decoder) => decoder.pending === 10)).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 16 * 1024);
  });

  it('does not keep the room of one giant', () => {
    const decoder = new FrameDecoder();
    const giant = frame(new Uint8Array(4 << 20));
    collect(decoder, giant.subarray(0, 100), giant.subarray(100));
    const rooms: number[] = [];
    decoder.push(bytes(0, 0), () => undefined);
    decoder.push(bytes(0, 1, 65), (all) => rooms.push(all.length));
    expect(rooms[0]).toBeLessThan(0x10000);
  });

  it('is linear when a long frame dribbles in', () => {
    const long = frame(new Uint8Array(1 << 22));
    const decoder = new FrameDecoder();
    const set = vi.spyOn(Uint8Array.prototype, 'set');
    let frames = 0;
    for (let at = 0; at < long.length; at += 100) decoder.push(long.subarray(at, at + 100), () => frames++);
    const copied = set.mock.calls.reduce((sum, [from]) => sum + from.length, 0);
    set.mockRestore();
    expect(frames).toBe(1);
    // Each byte once, and once more with every doubling of the room: a copy with every piece would be 20,000 times as much.
    expect(copied / long.length).toBeLessThan(3);
  });
});

describe('properties', () => {
  const payloads = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 12 });

  it('any split of a stream gives the same frames', () => {
    fc.assert(
      fc.property(payloads, fc.array(fc.nat(400), { maxLength: 30 }), (parts, places) => {
        const stream = Buffer.concat(parts.map((part) => frame(part)));
        const cuts = [...places.filter((place) => place < stream.length).sort((a, b) => a - b), stream.length];
        const decoder = new FrameDecoder();
        let from = 0;
        const seen = cuts.flatMap((to) => {
          // A chunk of its own: what the decoder keeps must be a copy.
          const chunk = Uint8Array.from(stream.subarray(from, to));
          from = to;
          const found = collect(decoder, chunk);
          chunk.fill(0xee);
          return found;
        });
        expect(seen).toEqual(parts.map((part) => Buffer.from(part).toString('latin1')));
        expect(decoder.pending).toBe(0);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('any bytes end in frames, in a wait for more, or in a FrameError', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 10 }), (chunks) => {
        const decoder = new FrameDecoder({ limit: 64, least: 4 });
        try {
          for (const payload of collect(decoder, ...chunks)) expect(payload.length).toBeGreaterThanOrEqual(4);
          expect(decoder.pending).toBeLessThan(68);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
      { numRuns: 300, seed: 8 },
    );
  });
});
