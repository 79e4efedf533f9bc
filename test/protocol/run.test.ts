// Frames handed over in a run: the same as each by itself, whatever stands among them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decoder, incomingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { DecodeError } from '../../src/protocol/errors.js';
import { MAX_FRAME } from '../../src/protocol/frames.js';
import { type Incoming, incomingKinds } from '../../src/protocol/registry.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { type Sink, Sinks } from '../../src/protocol/sinks.js';
import { carriedByProtobuf, carriedByText } from '../arbitraries/carried.js';
import { anyMessage } from '../arbitraries/messages.js';
import { damage } from '../helpers/damage.js';
import { randomFrom } from '../helpers/random.js';
import { wiresOf } from '../helpers/wire.js';

const OWNED = 7;
const all: readonly MessageTable[] = incomingKinds;
const hot = all.filter((table) => table.hot.length > 0);

/** Frames of a version, with their lengths: three of each hot kind and one of each other, ours and others', some of them damaged. */
function streamOf(version: number): Uint8Array[] {
  const random = randomFrom(version);
  const frames: Uint8Array[] = [];
  for (const table of [...hot, ...hot, ...hot, ...all]) {
    if (table.since !== undefined && table.since > version) continue;
    const [sample = {}] = fc.sample(anyMessage(table), { numRuns: 1, seed: frames.length });
    const message = 'reqId' in table.rows ? { ...sample, reqId: frames.length % 3 === 0 ? 8 : OWNED } : sample;
    for (const wire of wiresOf(table, version)) {
      const { given } = wire === 'text' ? carriedByText(table, version, message) : carriedByProtobuf(table, version, message);
      const frame = incomingEncoder(version).encode(table.kind as never, given as never, { wire });
      frames.push(Uint8Array.from(frame));
      const keep = version >= 201 ? 4 : frame.indexOf(0, 4) - 3;
      if (random() % 4 === 0) frames.push(framed(damage(frame.subarray(4), keep, frame, random)));
    }
  }
  return frames;
}

function framed(payload: Uint8Array): Uint8Array {
  const length = payload.length;
  return Uint8Array.of(length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255, ...payload);
}

/** Writes down what it gets; the second price is more than it can take. */
function writing(told: unknown[]): Sinks {
  const sinks = new Sinks();
  let prices = 0;
  const takers = hot.map(({ kind, hot: [first = ''] }) => [
    kind,
    (...fields: unknown[]): unknown => {
      told.push([kind, ...(first.includes('.') ? [] : fields)]);
      if (kind === 'tickPrice' && ++prices === 2) throw new RangeError('the second');
      return { add: (...row: unknown[]) => told.push(row), end: (bytes: number) => told.push(bytes) };
    },
  ]);
  sinks.own(OWNED, Object.fromEntries(takers) as Sink);
  return sinks;
}

function noteBy(decoder: Decoder<Incoming>, told: unknown[], act: () => unknown): void {
  try {
    const message = act();
    const left = decoder.trailing + decoder.unknownFields;
    if (message !== undefined) told.push([message, decoder.id, decoder.owner]);
    if (left > 0) told.push([decoder.id, left]);
  } catch (error) {
    const { id } = decoder;
    told.push(error instanceof DecodeError ? [id, error.kind, error.row, error.offset, error.reason] : [id, String(error)]);
  }
}

function oneByOne(version: number, bytes: Uint8Array): unknown[] {
  const told: unknown[] = [];
  const sinks = writing(told);
  const decoder = incomingDecoder(version);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += 4 + view.getUint32(at))
    noteBy(decoder, told, () => decoder.hand(bytes, at + 4, at + 4 + view.getUint32(at), sinks));
  return told;
}

/** Answers how many frames were read in runs, too. */
function inRuns(version: number, bytes: Uint8Array): { readonly told: unknown[]; readonly byHand: number } {
  const told: unknown[] = [];
  const sinks = writing(told);
  const decoder = incomingDecoder(version);
  const view = new DataView(bytes.buffer);
  let byHand = 0;
  for (let at = 0; at < bytes.length; ) {
    noteBy(decoder, told, () => decoder.run(bytes, at, bytes.length, sinks));
    if (decoder.at > at) at = decoder.at;
    else {
      byHand++;
      const end = at + 4 + view.getUint32(at);
      noteBy(decoder, told, () => decoder.hand(bytes, at + 4, end, sinks));
      at = end;
    }
  }
  return { told, byHand };
}

describe.each([100, 176, 200, 201, 225])('frames in a run at %i', (version) => {
  it('tell what each tells by itself: fields, messages, what is left over and what cannot be read', () => {
    const frames = streamOf(version);
    // Twice: the second time every kind has its function.
    const bytes = Uint8Array.from(Buffer.concat([...frames, ...frames]));
    const { told, byHand } = inRuns(version, bytes);
    expect(told).toEqual(oneByOne(version, bytes));
    expect(told.map(String)).toContain(`${incomingKinds.find(({ kind }) => kind === 'tickPrice')?.id},RangeError: the second`);
    expect(byHand).toBeLessThan(frames.length * 1.5);
  });
});

describe.each([
  [176, Uint8Array.of(0, 0, 0, 13, ...new TextEncoder().encode('2\x006\x007\x000\x00100\0'), 0)],
  [225, Uint8Array.of(0, 0, 0, 13, 0, 0, 0, 202, 8, 7, 16, 0, 26, 3, 49, 48, 48)],
])('a run at %i', (version, frame) => {
  const sized = version === 176 ? framed(frame.subarray(4, frame.length - 1)) : frame;

  function taking() {
    const taken: unknown[][] = [];
    const sinks = new Sinks();
    sinks.own(OWNED, { tickSize: (...fields) => void taken.push(fields) });
    const decoder = incomingDecoder(version);
    decoder.hand(sized, 4, sized.length, sinks);
    taken.length = 0;
    return { taken, sinks, decoder };
  }

  it('stops before a frame that is not whole, and goes on where the rest has come', () => {
    const { taken, sinks, decoder } = taking();
    const two = Uint8Array.from([...sized, ...sized]);
    for (let end = sized.length; end < two.length; end++) {
      expect(decoder.run(two, 0, end, sinks)).toBeUndefined();
      expect(decoder.at).toBe(sized.length);
    }
    expect(taken).toHaveLength(sized.length);
    decoder.run(two, decoder.at, two.length, sinks);
    expect(decoder.at).toBe(two.length);
  });

  it('stops before a kind that somebody wants whole, and where nobody owns anything', () => {
    const { taken, sinks, decoder } = taking();
    sinks.want(2, true);
    decoder.run(sized, 0, sized.length, sinks);
    expect(decoder.at).toBe(0);
    sinks.want(2, false);
    sinks.disown(OWNED);
    decoder.run(sized, 0, sized.length, sinks);
    expect(decoder.at).toBe(0);
    expect(taken).toEqual([]);
  });

  it('answers what no sink has taken, and stands behind it', () => {
    const { sinks, decoder } = taking();
    sinks.disown(OWNED);
    sinks.own(8, { tickSize() {} });
    const message = decoder.run(sized, 0, sized.length, sinks);
    expect(message).toEqual({ kind: 'tickSize', reqId: OWNED, tickType: 0, size: 100 });
    expect([decoder.at, decoder.length, decoder.owner]).toEqual([sized.length, sized.length - 4, OWNED]);
  });

  it('leaves a length that no frame has to whoever cuts them', () => {
    const { sinks, decoder, taken } = taking();
    const giant = new Uint8Array(MAX_FRAME + 100);
    giant.set(sized);
    new DataView(giant.buffer).setUint32(0, MAX_FRAME + 1);
    decoder.run(giant, 0, giant.length, sinks);
    decoder.run(Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4), 0, 8, sinks);
    expect([decoder.at, taken.length]).toEqual([0, 0]);
  });
});
