// Walks one protobuf body: tags, lengths, nested bodies, and what is passed over. Nothing is trusted.

import { CursorError } from '../errors.js';

const DEEPEST = 64;

export class ProtoCursor {
  bytes: Uint8Array = new Uint8Array(0);
  base = 0;
  at = 0;
  /** End of the body being read: the frame's, or a nested message's. */
  end = 0;
  /** Fields of the message that nobody asked for: a newer server's. */
  passed = 0;
  /** Request id of the message that was read last; undefined for kinds that are not sent by it. */
  owner: number | undefined;
  private depth = 0;

  reset(bytes: Uint8Array, base: number, at: number, end: number): void {
    if (this.bytes !== bytes) this.bytes = bytes; // a store that the collector has to know of
    this.base = base;
    this.at = at;
    this.end = end;
    this.depth = 0;
    this.passed = 0;
  }

  fail(reason: string, at: number): never {
    throw new CursorError(reason, at - this.base);
  }

  /** Next tag: field number times eight plus wire type. */
  tag(): number {
    const start = this.at;
    const first = this.bytes[start]!;
    if (first < 128 && first > 7) {
      this.at = start + 1;
      return first;
    }
    const tag = this.varint() >>> 0;
    if (tag < 8) this.fail('field number 0', start);
    return tag;
  }

  /** A varint's low 32 bits; up to ten bytes, the rest is dropped as every decoder does. */
  varint(): number {
    const { bytes, at } = this;
    if (at + 1 < this.end) {
      const first = bytes[at]!;
      if (first < 128) {
        this.at = at + 1;
        return first;
      }
      const second = bytes[at + 1]!;
      if (second < 128) {
        this.at = at + 2;
        return (first & 127) | (second << 7);
      }
    }
    return this.longVarint();
  }

  private longVarint(): number {
    const { bytes, end } = this;
    const start = this.at;
    // Five bytes, as our request ids have.
    if (start + 4 < end && bytes[start + 4]! < 128 && bytes[start + 2]! > 127 && bytes[start + 3]! > 127) {
      this.at = start + 5;
      return (
        (bytes[start]! & 127) |
        ((bytes[start + 1]! & 127) << 7) |
        ((bytes[start + 2]! & 127) << 14) |
        ((bytes[start + 3]! & 127) << 21) |
        (bytes[start + 4]! << 28)
      );
    }
    let at = start;
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= end) this.fail('a number is cut off', start);
      const byte = bytes[at++]!;
      if (shift < 32) value |= (byte & 127) << shift;
      if (byte < 128) {
        this.at = at;
        return value;
      }
    }
    return this.fail('a number is longer than ten bytes', start);
  }

  /** Length of a nested body, a text or a packed list, checked against what is left. */
  length(): number {
    const start = this.at;
    const length = this.varint() >>> 0;
    if (length > this.end - this.at) this.fail('a length reaches past the end', start);
    return length;
  }

  /** Steps into a nested body; returns the outer end for `leave`. */
  enter(): number {
    const length = this.length();
    if (++this.depth > DEEPEST) this.fail('messages are nested too deeply', this.at);
    const outer = this.end;
    this.end = this.at + length;
    return outer;
  }

  leave(outer: number): void {
    this.depth--;
    this.at = this.end;
    this.end = outer;
  }

  /** Passes over a field of a newer server. A field of one of these numbers is known, and came in another form than it has. */
  pass(tag: number, known: readonly number[]): void {
    if (known.includes(tag >>> 3)) this.fail(`field ${tag >>> 3} comes with wire type ${tag & 7}`, this.at);
    this.passed++;
    this.skip(tag);
  }

  /** Passes over a field nobody asked for. */
  skip(tag: number): void {
    const start = this.at;
    switch (tag & 7) {
      case 0:
        this.varint();
        return;
      case 1:
        this.advance(8, start);
        return;
      case 2:
        this.advance(this.length(), start);
        return;
      case 3:
        this.skipGroup(tag >>> 3);
        return;
      case 5:
        this.advance(4, start);
        return;
      default:
        this.fail(`wire type ${tag & 7}`, start);
    }
  }

  private advance(by: number, start: number): void {
    if (by > this.end - this.at) this.fail('a field is cut off', start);
    this.at += by;
  }

  private skipGroup(number: number): void {
    const start = this.at;
    if (++this.depth > DEEPEST) this.fail('groups are nested too deeply', start);
    while (this.at < this.end) {
      const tag = this.tag();
      if ((tag & 7) === 4) {
        if (tag >>> 3 !== number) this.fail('a group ends that did not begin', start);
        this.depth--;
        return;
      }
      this.skip(tag);
    }
    this.fail('a group is not closed', start);
  }
}
