// Writes one protobuf body, fields in ascending order. The counterpart of ProtoReader, method by method.

import { BytesWriter } from '../bytes-writer.js';
import { CursorError } from '../errors.js';
import { rawBytes } from '../text/bytes.js';
import { decimalOf, numberOf, plainText } from '../text/numbers.js';
import type { TagValue } from '../text/reader.js';
import type { Digits } from '../text/writer.js';

const scratch = new Float64Array(1);
const scratchBytes = new Uint8Array(scratch.buffer);
const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

export class ProtoWriter extends BytesWriter {
  private fail(reason: string): never {
    throw new CursorError(reason, this.at);
  }

  /** Unsigned varint of at most 32 bits. */
  varint(value: number): void {
    this.reserve(5);
    let rest = value >>> 0;
    while (rest > 127) {
      this.bytes[this.at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.at++] = rest;
  }

  int32(value: number): void {
    if (!Number.isInteger(value) || value < -2147483648 || value > 2147483647)
      this.fail(`${String(value)} is not a 32-bit integer`);
    if (value >= 0) this.varint(value);
    else this.long(value); // a negative int32 is sign-extended to ten bytes
  }

  intMax(value: number): void {
    this.int32(value);
  }

  bool(value: boolean): void {
    this.varint(value ? 1 : 0);
  }

  boolThreeState(value: boolean): void {
    this.bool(value);
  }

  long(value: Digits): void {
    if (typeof value === 'string' ? !/^[+-]?\d+$/.test(value) : !Number.isSafeInteger(value))
      this.fail(`'${String(value)}' is not an integer`);
    const whole = BigInt(value);
    if (whole < LONG_MIN || whole > LONG_MAX) this.fail(`${value} does not fit in 64 bits`);
    this.reserve(10);
    let rest = BigInt.asUintN(64, whole);
    while (rest > 127n) {
      this.bytes[this.at++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.bytes[this.at++] = Number(rest);
  }

  longMax(value: Digits): void {
    this.long(value);
  }

  safe(value: number): void {
    if (Number.isSafeInteger(value) && value >= 0 && value < 2147483648) this.varint(value);
    else this.long(value);
  }

  double(value: number): void {
    if (typeof value !== 'number') this.fail(`${String(value)} is not a number`);
    this.reserve(8);
    scratch[0] = value;
    this.bytes.set(scratchBytes, this.at);
    this.at += 8;
  }

  doubleMax(value: number): void {
    this.double(value);
  }

  computed(value: number): void {
    this.double(value);
  }

  sensitivity(value: number): void {
    this.double(value);
  }

  doubleAsText(value: string): void {
    const number = numberOf(String(value));
    if (number === undefined) this.fail(`'${value}' is not a number`);
    this.double(number);
  }

  string(value: string): void {
    if (typeof value !== 'string') this.fail(`a text was expected, not ${typeof value}`);
    const start = this.open();
    this.utf8(value, rawBytes);
    this.close(start);
  }

  decimal(value: Digits): void {
    const text = typeof value === 'number' && Number.isFinite(value) ? plainText(value) : String(value);
    this.string(decimalOf(text) ?? this.fail(`'${text}' is not a decimal`));
  }

  size(value: number): void {
    if (!Number.isFinite(value)) this.fail(`${String(value)} is not a finite number`);
    this.string(plainText(value));
  }

  numberText(value: number): void {
    this.string(Number.isFinite(value) ? plainText(value) : String(value));
  }

  boolAsInt(value: number): void {
    this.bool(value !== 0);
  }

  boolAsText(value: string): void {
    this.bool(value === 'true' || value === '1');
  }

  int32AsText(value: string): void {
    const number = numberOf(value);
    if (number === undefined) this.fail(`'${value}' is not an integer`);
    this.int32(number);
  }

  bits(mask: number): void {
    const start = this.open();
    for (let bit = 0; bit < 15; bit++) {
      if ((mask & (1 << bit)) === 0) continue;
      this.varint((bit + 1) << 3);
      this.varint(1);
    }
    this.close(start);
  }

  entry(entry: TagValue): void {
    const start = this.open();
    this.varint(10);
    this.string(entry.tag);
    this.varint(18);
    this.string(entry.value);
    this.close(start);
  }

  /** Opens a nested body: one byte is kept for its length. */
  open(): number {
    this.reserve(1);
    return this.at++;
  }

  /** Closes it; the body moves up when its length needs more bytes. */
  close(start: number): void {
    const length = this.at - start - 1;
    if (length < 128) {
      this.bytes[start] = length;
      return;
    }
    const size = length < 0x4000 ? 2 : length < 0x200000 ? 3 : 4;
    this.reserve(size - 1);
    this.bytes.copyWithin(start + size, start + 1, this.at);
    const end = this.at + size - 1;
    this.at = start;
    this.varint(length);
    this.at = end;
  }
}
