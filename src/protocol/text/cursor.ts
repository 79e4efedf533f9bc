// Walks the NUL-terminated fields of one text message: texts, integers and doubles from their bytes.

import { CursorError } from '../errors.js';
import { beyondAscii, latin1 } from './bytes.js';
import { intern } from './intern.js';
import { isMaxDouble, numberOf, POWERS, scaled } from './numbers.js';

const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** Texts of one letter, ready made. */
const LETTERS: readonly string[] = Array.from({ length: 128 }, (_, byte) => String.fromCharCode(byte));

/** Reason when a message has fewer fields than its table. */
export const MISSING = 'a field is missing';

export class TextCursor {
  bytes: Uint8Array = new Uint8Array(0);
  /** Start of the payload: offsets in errors count from here. */
  base = 0;
  at = 0;
  end = 0;
  /** Request id of the message that was read last; undefined for kinds that are not sent by it. */
  owner: number | undefined;
  private view: DataView | undefined;
  private viewed: Uint8Array | undefined;

  /** Points the cursor at the fields `[at, end)`; `base` is where the payload with its id begins. */
  reset(bytes: Uint8Array, base: number, at: number, end: number): void {
    if (at < end && bytes[end - 1] !== 0) throw new CursorError('the body does not end in NUL', end - base);
    if (this.bytes !== bytes) this.bytes = bytes; // a store that the collector has to know of
    this.base = base;
    this.at = at;
    this.end = end;
  }

  fail(reason: string, at: number): never {
    throw new CursorError(reason, at - this.base);
  }

  /** Start of the next field; throws when there is none. */
  protected open(): number {
    if (this.at >= this.end) this.fail(MISSING, this.at);
    return this.at;
  }

  /** Passes the next field over. */
  skip(): void {
    let at = this.open();
    const bytes = this.bytes;
    while (bytes[at] !== 0) at++;
    this.at = at + 1;
  }

  /** The next field as it stands, one character per byte; the cursor stays. */
  peekRaw(): string {
    const start = this.open();
    let at = start;
    while (this.bytes[at] !== 0) at++;
    return latin1(this.bytes, start, at);
  }

  protected raw(): string {
    const text = this.peekRaw();
    this.at += text.length + 1;
    return text;
  }

  /** Fields that are left, for counting what a newer server added. */
  remaining(): number {
    let fields = 0;
    for (let at = this.at; at < this.end; at++) if (this.bytes[at] === 0) fields++;
    return fields;
  }

  /** Text; empty is undefined. */
  text(): string | undefined {
    const start = this.open();
    const bytes = this.bytes;
    let at = start;
    let hash = 0;
    let high = 0;
    let byte = bytes[at]!;
    if (byte < 128 && bytes[start + 1] === 0 && byte !== 0) {
      this.at = start + 2;
      return LETTERS[byte];
    }
    while (byte !== 0) {
      hash = (Math.imul(hash, 31) + byte) | 0;
      high |= byte;
      byte = bytes[++at]!;
    }
    this.at = at + 1;
    if (at === start) return undefined;
    return high < 128 ? intern(bytes, start, at, hash) : beyondAscii(bytes, start, at);
  }

  /** Integer; empty is undefined, a fraction or a word is an error. */
  int(): number | undefined {
    const start = this.open();
    const bytes = this.bytes;
    let at = start;
    let byte = bytes[at]!;
    if (byte >= ZERO && byte < 58 && bytes[at + 1] === 0) {
      this.at = at + 2;
      return byte - ZERO;
    }
    const negative = byte === MINUS;
    if (negative) byte = bytes[++at]!;
    const first = at;
    let high = 0;
    while (byte >= ZERO && byte < 58 && at - first < 9) {
      high = (high * 10 + (byte - ZERO)) | 0;
      byte = bytes[++at]!;
    }
    const middle = at;
    let low = 0;
    while (byte >= ZERO && byte < 58 && at - middle < 7) {
      low = (low * 10 + (byte - ZERO)) | 0;
      byte = bytes[++at]!;
    }
    if (byte !== 0 || at === first || at - first > 15) return this.slowInt(start);
    this.at = at + 1;
    const value = at === middle ? high : high * POWERS[at - middle]! + low;
    return negative ? -value : value;
  }

  private slowInt(start: number): number | undefined {
    const text = this.raw();
    if (text === '') return undefined;
    const value = numberOf(text);
    if (value === undefined || !Number.isSafeInteger(value)) this.fail(`'${text}' is not an integer`, start);
    return value;
  }

  /** Number; empty, `?`, `None` and the largest double are undefined. */
  double(): number | undefined {
    const start = this.open();
    const bytes = this.bytes;
    let at = start;
    let byte = bytes[at]!;
    if (byte >= ZERO && byte < 58) {
      const next = bytes[at + 1]!;
      if (next === 0) {
        this.at = at + 2;
        return byte - ZERO;
      }
      if (byte === 49 && next === POINT && bytes[at + 2] === 55 && this.passLargest(start)) return undefined;
    }
    const negative = byte === MINUS;
    if (negative) byte = bytes[++at]!;
    const first = at;
    // Nine digits fit in 32 bits, where summing up costs least; leading zeros do not count.
    let high = 0;
    let low = 0;
    let count = 0;
    let point = -1;
    for (;;) {
      if (byte >= ZERO && byte < 58) {
        if (count < 9) {
          high = (high * 10 + (byte - ZERO)) | 0;
          if (high !== 0) count++;
        } else {
          low = (low * 10 + (byte - ZERO)) | 0;
          count++;
        }
      } else if (byte === POINT && point < 0) point = at;
      else break;
      byte = bytes[++at]!;
    }
    let decimals = 0;
    if (point >= 0) decimals = at - point - 1;
    const digits = at - first - (point < 0 ? 0 : 1);
    if (byte === 69 || byte === 101) {
      const exponent = this.exponent(at + 1);
      decimals -= exponent;
      at = this.at;
      byte = bytes[at]!;
    }
    if (byte !== 0 || digits === 0 || count > 18 || decimals > 22 || decimals < -22) return this.slowDouble(start);
    const value = scaled(high, count - 9, low, decimals);
    if (Number.isNaN(value)) return this.slowDouble(start);
    this.at = at + 1;
    return negative ? -value : value;
  }

  /** An exponent of up to three digits, behind which the cursor then stands; where there is none it stands on what is not NUL. */
  private exponent(start: number): number {
    const bytes = this.bytes;
    let at = start;
    let byte = bytes[at]!;
    const negative = byte === MINUS;
    if (negative || byte === 43) byte = bytes[++at]!;
    const first = at;
    let value = 0;
    while (byte >= ZERO && byte < 58 && at - first < 3) {
      value = value * 10 + (byte - ZERO);
      byte = bytes[++at]!;
    }
    this.at = at === first ? start - 1 : at;
    return negative ? -value : value;
  }

  /** Passes the largest double in its usual spelling over, which stands in every third field of an order; false when it is not there. */
  protected passLargest(start: number): boolean {
    if (start + 23 > this.end) return false;
    const view = this.words();
    // 1.79 7693 1348 6231 57E3, 08 and NUL
    if (view.getUint32(start) !== 0x312e3739 || view.getUint32(start + 4) !== 0x37363933) return false;
    if (view.getUint32(start + 8) !== 0x31333438 || view.getUint32(start + 12) !== 0x36323331) return false;
    if (view.getUint32(start + 16) !== 0x35374533 || view.getUint32(start + 19) !== 0x33303800) return false;
    this.at = start + 23;
    return true;
  }

  /** Passes 2147483647 over, which stands for nothing; false when it is not there. */
  protected passMaxInt(start: number): boolean {
    if (this.bytes[start] !== 50 || start + 11 > this.end) return false;
    const view = this.words();
    // 2147 4836 47 and NUL
    if (view.getUint32(start) !== 0x32313437 || view.getUint32(start + 4) !== 0x34383336) return false;
    if (view.getUint32(start + 7) !== 0x36343700) return false;
    this.at = start + 11;
    return true;
  }

  /** The bytes by four. */
  private words(): DataView {
    let view = this.view;
    if (view === undefined || this.viewed !== this.bytes) {
      view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
      this.view = view;
      this.viewed = this.bytes;
    }
    return view;
  }

  private slowDouble(start: number): number | undefined {
    this.at = start;
    const text = this.raw();
    if (text === '' || text === '?' || text === 'None' || isMaxDouble(text)) return undefined;
    const value = numberOf(text);
    if (value === undefined) this.fail(`'${text}' is not a number`, start);
    return value;
  }
}
