// The fuzzer's loop: damaged, foreign and random frames through frames and decode; whatever is not a message or a typed error is a find.

import { isDeepStrictEqual } from 'node:util';
import { Decoder } from '../../src/protocol/decode.js';
import { DecodeError, FrameError } from '../../src/protocol/errors.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { MAX_VERSION, MIN_VERSION } from '../../src/protocol/handshake.js';
import type { Direction } from '../../src/protocol/schema/message.js';
import { damage } from '../../test/helpers/damage.js';
import { type Random, randomFrom } from '../../test/helpers/random.js';
import { corpus, type Sample } from './corpus.js';

/** A frame that takes longer, three times in a row, is a find. */
const SLOWEST_MS = 50;
/** Values in a message for each byte of its frame: an empty protobuf element of two bytes can open a record of fifty rows. */
const VALUES_PER_BYTE = 80;

export interface Find {
  readonly what: string;
  readonly direction: Direction;
  readonly version: number;
  readonly hex: string;
}

export interface Totals {
  frames: number;
  bytes: number;
  slowestMs: number;
  /** Frames by how they ended. */
  readonly outcomes: Map<string, number>;
  readonly finds: Find[];
}

export class Fuzzer {
  readonly totals: Totals = { frames: 0, bytes: 0, slowestMs: 0, outcomes: new Map(), finds: [] };
  private readonly random: Random;
  private readonly samples: readonly Sample[];
  private readonly buckets = new Map<string, Sample[]>();
  private readonly decoders = new Map<string, Decoder<object>>();

  constructor(seed: number, samplesPerKind = 6) {
    this.random = randomFrom(seed);
    this.samples = corpus(seed, samplesPerKind);
    for (const sample of this.samples) this.bucketOf(sample).push(sample);
  }

  /** One stream of a few frames, cut anywhere. */
  step(): void {
    const { random } = this;
    const lead = this.sample();
    const version = random() % 4 === 0 ? this.version(random() % 8 === 0 ? undefined : lead) : lead.version;
    const direction: Direction = random() % 32 === 0 ? 'incoming' : lead.direction;
    const bucket = this.bucketOf(lead);
    const payloads = Array.from({ length: 1 + (random() % 8) }, (_, i) => this.payload(i === 0 ? lead : this.sample(bucket)));
    const stream = framed(payloads);
    if (random() % 50 === 0) stream[random() % stream.length] = random() & 255;
    this.push(stream, direction, version);
  }

  private sample(among = this.samples): Sample {
    return among[this.random() % among.length]!;
  }

  /** Samples that the same decoder may meet: of one direction, with ids of one form. */
  private bucketOf({ direction, version }: Sample): Sample[] {
    const key = `${direction}${version >= 201}`;
    const bucket = this.buckets.get(key) ?? [];
    this.buckets.set(key, bucket);
    return bucket;
  }

  /** Any version, or any with ids like those of a sample. */
  private version(like?: Sample): number {
    const lowest = like !== undefined && like.version >= 201 ? 201 : MIN_VERSION;
    const highest = like !== undefined && like.version < 201 ? 200 : MAX_VERSION;
    return lowest + (this.random() % (highest - lowest + 1));
  }

  private payload(sample: Sample): Uint8Array {
    const { random } = this;
    const kind = random() % 20;
    if (kind === 0) return sample.payload;
    if (kind === 1) return Uint8Array.from({ length: 1 + (random() % 80) }, () => random() & 255);
    const other = this.samples[random() % this.samples.length]!.payload;
    const damaged = damage(sample.payload, kind < 5 ? 0 : sample.body, other, random);
    return damaged.length === 0 ? Uint8Array.of(0) : damaged;
  }

  private push(stream: Uint8Array, direction: Direction, version: number): void {
    const { random } = this;
    const framing = new FrameDecoder({ least: version >= 201 ? 4 : 1, limit: 1 << 20 });
    const decoder = this.decoderOf(direction, version);
    const onFrame = (bytes: Uint8Array, start: number, end: number): void => this.one(decoder, direction, bytes, start, end);
    try {
      for (let from = 0; from < stream.length; ) {
        const to = random() % 4 === 0 ? Math.min(stream.length, from + 1 + (random() % stream.length)) : stream.length;
        framing.push(stream.subarray(from, to), onFrame);
        from = to;
      }
      if (framing.pending > 0) this.count('frame not complete');
    } catch (error) {
      if (error instanceof FrameError) this.count('FrameError');
      else this.find(`frames threw ${String(error)}`, direction, version, stream);
    }
  }

  private decoderOf(direction: Direction, version: number): Decoder<object> {
    const key = `${direction}${version}`;
    let decoder = this.decoders.get(key);
    if (decoder === undefined) {
      decoder = new Decoder<object>(direction, version);
      this.decoders.set(key, decoder);
    }
    return decoder;
  }

  private one(decoder: Decoder<object>, direction: Direction, bytes: Uint8Array, start: number, end: number): void {
    const { totals, random } = this;
    totals.frames++;
    totals.bytes += end - start;
    const before = performance.now();
    const outcome = attempt(decoder, bytes, start, end);
    const took = performance.now() - before;
    if (took > totals.slowestMs) totals.slowestMs = took;
    const say = (what: string): void => this.find(what, direction, decoder.serverVersion, bytes.slice(start, end));
    if (took > SLOWEST_MS && isSlow(decoder, bytes, start, end)) say(`took ${took.toFixed(0)} ms`);
    if ('thrown' in outcome) {
      this.count('other error');
      say(`threw ${String(outcome.thrown)}`);
      return;
    }
    if ('reason' in outcome) this.count(`DecodeError: ${outcome.reason.replace(/'.*'|-?\d+/gs, '…')}`);
    else this.count((outcome.message as { kind: string }).kind === 'unknown' ? 'unknown kind' : 'message');
    if (random() % 8 !== 0) return;
    if ('message' in outcome && valuesIn(outcome.message) > 1000 + VALUES_PER_BYTE * (end - start))
      say('holds more than its bytes can say');
    const alone = attempt(decoder, bytes.slice(start, end), 0, end - start);
    const filler = new Uint8Array(end - start + 32).fill([0, 49, 255, 128][random() & 3]!);
    filler.set(bytes.subarray(start, end), 16);
    const guarded = attempt(decoder, filler, 16, 16 + end - start);
    if (!isDeepStrictEqual(alone, outcome) || !isDeepStrictEqual(guarded, outcome)) say('reads outside the frame');
  }

  private count(outcome: string): void {
    const { outcomes } = this.totals;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }

  private find(what: string, direction: Direction, version: number, bytes: Uint8Array): void {
    this.totals.finds.push({ what, direction, version, hex: Buffer.from(bytes).toString('hex') });
  }
}

type Attempt =
  | { readonly message: unknown }
  | { readonly reason: string; readonly row: string; readonly offset: number }
  | { readonly thrown: unknown };

function attempt(decoder: Decoder<object>, bytes: Uint8Array, start: number, end: number): Attempt {
  try {
    return { message: decoder.decode(bytes, start, end) };
  } catch (error) {
    if (!(error instanceof DecodeError)) return { thrown: error };
    const { offset = -1 } = error;
    if (offset < 0 || offset > end - start) return { thrown: new RangeError(`offset ${offset} is outside the frame`) };
    return { reason: error.reason, row: error.row, offset };
  }
}

function isSlow(decoder: Decoder<object>, bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = 0; i < 3; i++) {
    const before = performance.now();
    attempt(decoder, bytes, start, end);
    if (performance.now() - before < SLOWEST_MS) return false;
  }
  return true;
}

function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + valuesIn(inner), 1);
}

function framed(payloads: readonly Uint8Array[]): Uint8Array {
  const stream = new Uint8Array(payloads.reduce((sum, payload) => sum + payload.length + 4, 0));
  const view = new DataView(stream.buffer);
  let at = 0;
  for (const payload of payloads) {
    view.setUint32(at, payload.length);
    stream.set(payload, at + 4);
    at += payload.length + 4;
  }
  return stream;
}
