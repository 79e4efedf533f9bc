// Cursor over the values of one protobuf body: numbers, texts, flags, map entries.

import { beyondAscii } from '../text/bytes.js';
import { intern } from '../text/intern.js';
import { decimalOf, isUnsetDecimal, MAX_INT, MAX_LONG_TEXT, numberOf, POWERS, plainText } from '../text/numbers.js';
import type { TagValue } from '../text/reader.js';
import { ProtoCursor } from './cursor.js';

export class ProtoReader extends ProtoCursor {
  private viewed: Uint8Array | undefined;
  private view: DataView = new DataView(new ArrayBuffer(0));

  int32(): number {
    return this.varint();
  }

  /** int32 in which the largest means unset. */
  intMax(): number | undefined {
    const value = this.varint();
    return value === MAX_INT ? undefined : value;
  }

  /** bool as the value of a varint of any length: not zero is true. */
  bool(): boolean {
    const { at } = this;
    if (at < this.end && this.bytes[at]! < 128) {
      this.at = at + 1;
      return this.bytes[at] !== 0;
    }
    return this.big() !== 0n;
  }

  /** 1 and 0 of a three-state flag; other values are the default. */
  boolThreeState(): boolean | undefined {
    const value = this.varint();
    return value === 1 ? true : value === 0 ? false : undefined;
  }

  private big(): bigint {
    const { bytes, end } = this;
    const start = this.at;
    let at = start;
    if (at < end && bytes[at]! < 128) {
      this.at = at + 1;
      return BigInt(bytes[at]!);
    }
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= end) this.fail('a number is cut off', start);
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) {
        this.at = at;
        return BigInt.asIntN(64, value);
      }
    }
    return this.fail('a number is longer than ten bytes', start);
  }

  /** int64 as exact text. */
  long(): string {
    const start = this.at;
    const low = this.shortVarint();
    if (low >= 0) return String(low);
    this.at = start;
    return this.big().toString();
  }

  /** int64 in which the largest means unset. */
  longMax(): string | undefined {
    const text = this.long();
    return text === MAX_LONG_TEXT ? undefined : text;
  }

  /** int64 as a number; beyond 2^53 it is an error. Times are such. */
  safe(): number {
    const start = this.at;
    const low = this.shortVarint();
    if (low >= 0) return low;
    this.at = start;
    const value = Number(this.big());
    if (!Number.isSafeInteger(value)) this.fail(`${value} is too large`, start);
    return value;
  }

  /** Value of a varint of at most seven bytes, else -1. */
  private shortVarint(): number {
    const { bytes, end } = this;
    let at = this.at;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 7 && at < end; i++) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) {
        this.at = at;
        return value;
      }
      scale *= 128;
    }
    return -1;
  }

  /** double as sent. */
  double(): number {
    const { bytes, at } = this;
    if (at + 8 > this.end) this.fail('a number is cut off', at);
    if (this.viewed !== bytes) {
      this.viewed = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.at = at + 8;
    return this.view.getFloat64(at, true);
  }

  /** double in which the largest one means unset. */
  doubleMax(): number | undefined {
    const value = this.double();
    return value === Number.MAX_VALUE ? undefined : value;
  }

  /** double in which -1 means not computed. */
  computed(): number | undefined {
    const value = this.doubleMax();
    return value === -1 ? undefined : value;
  }

  /** double in which -2 means not computed. */
  sensitivity(): number | undefined {
    const value = this.doubleMax();
    return value === -2 ? undefined : value;
  }

  /** double of an amount whose object form is text. */
  doubleAsText(): string | undefined {
    const value = this.double();
    return value === Number.MAX_VALUE ? undefined : Number.isFinite(value) ? plainText(value) : String(value);
  }

  /** Text; empty stays empty, for here it differs from absent. */
  string(): string {
    const length = this.length();
    const { bytes } = this;
    const start = this.at;
    const end = start + length;
    this.at = end;
    let hash = 0;
    let high = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      hash = (Math.imul(hash, 31) + byte) | 0;
      high |= byte;
    }
    if (length === 0) return '';
    return high < 128 ? intern(bytes, start, end, hash) : beyondAscii(bytes, start, end);
  }

  /** Text; one of at most 15 digits without a zero in front as a number. */
  digits(): string | number {
    const start = this.at;
    const length = this.length();
    const { bytes } = this;
    const end = this.at + length;
    let value = 0;
    for (let at = this.at; at < end && value >= 0; at++) {
      const byte = bytes[at]!;
      value = byte >= 48 && byte < 58 ? value * 10 + (byte - 48) : -1;
    }
    if (value < 0 || length > 15 || length === 0 || bytes[this.at] === 48) {
      this.at = start;
      return this.string();
    }
    this.at = end;
    return value;
  }

  /** Decimal text; its unset texts are undefined. */
  decimal(): string | undefined {
    const start = this.at;
    const text = this.string();
    if (isUnsetDecimal(text)) return undefined;
    return decimalOf(text) ?? this.fail(`'${text}' is not a decimal`, start);
  }

  /** Decimal text of market data as a number. */
  size(): number | undefined {
    const start = this.at;
    const length = this.length();
    const end = this.at + length;
    const { bytes } = this;
    let at = this.at;
    let value = 0;
    let point = end;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte >= 48 && byte < 58) value = value * 10 + (byte - 48);
      else if (byte === 46 && point === end) point = at + 1;
      else break;
    }
    // Ten digits and more may be one of the unset texts; a lone point is no number.
    if (
      at < end ||
      length > 15 ||
      length === 0 ||
      value >= MAX_INT ||
      (point < end ? length < 2 : point === end && bytes[end - 1] === 46)
    ) {
      this.at = start;
      return this.slowSize();
    }
    this.at = end;
    return point < end ? value / POWERS[end - point]! : value;
  }

  private slowSize(): number | undefined {
    const start = this.at;
    const text = this.string();
    if (isUnsetDecimal(text)) return undefined;
    return numberOf(text) ?? this.fail(`'${text}' is not a number`, start);
  }

  /** A number that is sent as text. */
  numberText(): number | undefined {
    const start = this.at;
    const text = this.string();
    if (text === '') return undefined;
    return numberOf(text) ?? this.fail(`'${text}' is not a number`, start);
  }

  /** bool where text has an integer. */
  boolAsInt(): number {
    return this.bool() ? 1 : 0;
  }

  /** bool where text has a word: `true` or `false`. */
  boolAsText(): string {
    return this.bool() ? 'true' : 'false';
  }

  int32AsText(): string {
    return String(this.int32());
  }

  /** A nested message of flags as a mask: field 1 is bit 0. */
  bits(): number {
    const outer = this.enter();
    let mask = 0;
    while (this.at < this.end) {
      const tag = this.tag();
      if ((tag & 7) === 0 && tag < 256) {
        const bit = 1 << ((tag >>> 3) - 1);
        mask = this.bool() ? mask | bit : mask & ~bit;
      } else this.skip(tag);
    }
    this.leave(outer);
    return mask;
  }

  /** One entry of a string map; an absent key or value reads as empty. */
  entry(): TagValue {
    const outer = this.enter();
    let tag = '';
    let value = '';
    while (this.at < this.end) {
      const what = this.tag();
      if (what === 10) tag = this.string();
      else if (what === 18) value = this.string();
      else this.skip(what);
    }
    this.leave(outer);
    return { tag, value };
  }
}
