// Cuts a byte stream into frames: 4-byte big-endian length, then that many bytes. Any split of the stream gives the same frames.

import { FrameError } from './errors.js';

/** Longest payload that both sides accept: 16 MiB - 1. */
export const MAX_FRAME = 0xffffff;

/** One frame's payload is `bytes[start, end)`; the bytes are only good until the call returns. */
export type OnFrame = (bytes: Uint8Array, start: number, end: number) => void;

/** Takes whole frames, with their lengths in front, from `bytes[at, end)`: as many as it likes. Answers where it stopped. */
export type OnRun = (bytes: Uint8Array, at: number, end: number) => number;

/** Cuts a stream of bytes into frames. @throws {FrameError} for a length that no frame has: the stream is lost then. */
export class FrameDecoder {
  /** Bytes of the stream before the first byte that is still held or comes next. */
  private passed = 0;
  private tail: Uint8Array = new Uint8Array(0);
  private held = 0;
  private broken: FrameError | undefined;
  private limit: number;
  private least: number;

  /** `least` is the shortest payload that can hold a message id: 4 from server version 201 on, else 1. */
  constructor(options: { readonly limit?: number; readonly least?: number } = {}) {
    this.limit = options.limit ?? MAX_FRAME;
    this.least = options.least ?? 1;
  }

  /** Other bounds from the next frame on: after the greeting frames may be long. */
  raise(options: { readonly limit?: number; readonly least?: number }): void {
    this.limit = options.limit ?? MAX_FRAME;
    this.least = options.least ?? 1;
  }

  /** Bytes that wait for the rest of their frame. */
  get pending(): number {
    return this.held;
  }

  /**
   * Takes a chunk and hands out every frame that is complete, in order; only an unfinished tail is copied. `onRun` gets the chance to take
   * several at once before each.
   * @throws {FrameError} for a length that cannot be: nothing after it can be trusted. The next call throws it again.
   */
  push(chunk: Uint8Array, onFrame: OnFrame, onRun?: OnRun): void {
    if (this.broken !== undefined) throw this.broken;
    let at = 0;
    if (this.held > 0) {
      at = this.fill(chunk, onFrame);
      if (at < 0) return;
    }
    const end = chunk.length;
    for (;;) {
      if (onRun !== undefined) at = onRun(chunk, at, end);
      if (end - at < 4) break;
      const length = lengthAt(chunk, at);
      if (length > this.limit || length < this.least) this.refuse(length, at);
      const next = at + 4 + length;
      if (next > end) break;
      onFrame(chunk, at + 4, next);
      at = next;
    }
    if (at < end) this.keep(chunk, at);
    this.passed += at;
  }

  /** Completes the frame that an earlier chunk began; returns where in this chunk it ended, -1 when it is still open. */
  private fill(chunk: Uint8Array, onFrame: OnFrame): number {
    let at = 0;
    while (this.held < 4) {
      if (at === chunk.length) return -1;
      this.tail[this.held++] = chunk[at++]!;
    }
    const length = lengthAt(this.tail, 0);
    if (length > this.limit || length < this.least) this.refuse(length, 0);
    const whole = 4 + length;
    const need = whole - this.held;
    const there = chunk.length - at;
    this.grow(Math.min(whole, this.held + there), whole);
    if (there < need) {
      this.tail.set(chunk.subarray(at), this.held);
      this.held += there;
      return -1;
    }
    this.tail.set(chunk.subarray(at, at + need), this.held);
    const frame = this.tail;
    const before = at + need;
    this.passed += whole - before;
    this.held = 0;
    if (frame.length > 0x100000) this.tail = new Uint8Array(0); // one giant does not keep its room
    onFrame(frame, 4, whole);
    return before;
  }

  /** Room for what has come; doubling towards the announced length, so that a liar gets no memory for nothing. */
  private grow(now: number, whole: number): void {
    if (now <= this.tail.length) return;
    const larger = new Uint8Array(Math.min(whole, Math.max(now, this.tail.length * 2, 4096)));
    larger.set(this.tail.subarray(0, this.held));
    this.tail = larger;
  }

  private keep(chunk: Uint8Array, at: number): void {
    const rest = chunk.length - at;
    if (this.tail.length < Math.max(rest, 4)) this.tail = new Uint8Array(Math.max(rest, 4096));
    this.tail.set(chunk.subarray(at), 0);
    this.held = rest;
  }

  private refuse(length: number, at: number): never {
    const offset = this.passed + at;
    const what = length > this.limit ? `longer than the limit of ${this.limit}` : 'too short for a message id';
    this.broken = new FrameError('FRAME_LENGTH', `frame at offset ${offset} announces ${length} bytes, ${what}`, offset, length);
    throw this.broken;
  }
}

/** The length that stands there. */
export function lengthAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! * 0x1000000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
}

/** A payload with its length in front. @throws {FrameError} when it is longer than a frame may be. */
export function frame(payload: Uint8Array): Uint8Array {
  if (payload.length > MAX_FRAME)
    throw new FrameError('FRAME_LENGTH', `a payload of ${payload.length} bytes does not fit in a frame`, 0, payload.length);
  const whole = new Uint8Array(payload.length + 4);
  new DataView(whole.buffer).setUint32(0, payload.length);
  whole.set(payload, 4);
  return whole;
}
