// Cursor over the fields of one text message by codec. One per connection, reset for each frame.

import { unescapeText } from './bytes.js';
import { TextCursor } from './cursor.js';
import { decimalOf, isMaxDouble, isUnsetDecimal, MAX_INT, MAX_LONG_TEXT, numberOf, swapLowBits } from './numbers.js';

const POINT = 46;
const ZERO = 48;

/** One tag and its value, as algorithm parameters and option lists carry them. */
export interface TagValue {
  readonly tag: string;
  readonly value: string;
}

export class TextReader extends TextCursor {
  /** Text in which letters beyond ASCII came as backslash-u escapes. */
  escaped(): string | undefined {
    const text = this.text();
    return text === undefined ? undefined : unescapeText(text);
  }

  /** Text; one of at most 15 digits without a zero in front as a number: no text is made of it. */
  digits(): string | number | undefined {
    const start = this.open();
    const { bytes } = this;
    let at = start;
    let byte = bytes[at]!;
    let value = 0;
    while (byte >= ZERO && byte < 58) {
      value = value * 10 + (byte - ZERO);
      byte = bytes[++at]!;
    }
    if (byte !== 0 || at === start || at - start > 15 || bytes[start] === ZERO) return this.text();
    this.at = at + 1;
    return value;
  }

  /** Integer in which 2147483647 means unset. */
  intMax(): number | undefined {
    if (this.passMaxInt(this.open())) return undefined;
    const value = this.int();
    return value === MAX_INT ? undefined : value;
  }

  /** Mask whose two lowest bits stand the other way round on the text wire. */
  swappedBits(): number | undefined {
    const value = this.int();
    return value === undefined ? undefined : swapLowBits(value);
  }

  /** 64-bit integer as exact text; empty is undefined. */
  long(): string | undefined {
    const start = this.open();
    const text = this.text();
    if (text === undefined) return undefined;
    if (!this.areDigits(start) && !/^[+-]?\d+$/.test(text)) this.fail(`'${text}' is not an integer`, start);
    return text;
  }

  private areDigits(start: number): boolean {
    const stop = this.at - 1;
    for (let at = start; at < stop; at++) if (this.bytes[at]! < ZERO || this.bytes[at]! > 57) return false;
    return true;
  }

  /** 64-bit integer in which the largest means unset. */
  longMax(): string | undefined {
    const text = this.long();
    return text === MAX_LONG_TEXT ? undefined : text;
  }

  /** Number in which -1 means not computed. */
  computed(): number | undefined {
    const value = this.double();
    return value === -1 ? undefined : value;
  }

  /** Number in which -2 means not computed. */
  sensitivity(): number | undefined {
    const value = this.double();
    return value === -2 ? undefined : value;
  }

  /** A quantity of market data as a number; the decimal's unset texts are undefined. */
  size(): number | undefined {
    const start = this.at;
    const value = this.double();
    if (value !== undefined && value >= MAX_INT) return this.slowSize(start);
    if (value !== undefined && value < -1e18) return this.slowSize(start);
    return value;
  }

  private slowSize(start: number): number | undefined {
    this.at = start;
    const text = this.raw();
    return isUnsetDecimal(text) ? undefined : numberOf(text);
  }

  /** Decimal as exact text; its unset texts are undefined. */
  decimal(): string | undefined {
    const start = this.open();
    const isPlain = this.isShortNumber(start);
    const text = this.text();
    if (isPlain || text === undefined) return text;
    if (isUnsetDecimal(text)) return undefined;
    const decimal = decimalOf(text);
    if (decimal === undefined) this.fail(`'${text}' is not a decimal`, start);
    return decimal;
  }

  /** True for one to nine digits, perhaps with a point behind the first: no sign, no exponent, too short for an unset text. */
  private isShortNumber(start: number): boolean {
    const bytes = this.bytes;
    let at = start;
    let byte = bytes[at]!;
    while ((byte >= ZERO && byte < 58) || (byte === POINT && at > start)) byte = bytes[++at]!;
    if (byte !== 0 || at === start || at - start > 9) return false;
    let points = 0;
    for (let i = start; i < at; i++) if (bytes[i] === POINT) points++;
    return points < 2;
  }

  /** An amount as text, as it was sent; empty and the largest double are undefined. */
  amount(): string | undefined {
    if (this.passLargest(this.open())) return undefined;
    const text = this.text();
    return text === undefined || isMaxDouble(text) ? undefined : text;
  }

  /** 0 or 1; empty is undefined, any other integer is true. */
  bool(): boolean | undefined {
    const start = this.open();
    const byte = this.bytes[start];
    if ((byte === 49 || byte === 48) && this.bytes[start + 1] === 0) {
      this.at = start + 2;
      return byte === 49;
    }
    const text = this.raw();
    if (text === '') return undefined;
    if (text === 'true') return true;
    if (text === 'false') return false;
    const value = numberOf(text);
    if (value === undefined || !Number.isInteger(value)) this.fail(`'${text}' is neither 0 nor 1`, start);
    return value !== 0;
  }

  /** 0 and 1 are no and yes, anything else is the default: undefined. */
  boolThreeState(): boolean | undefined {
    const text = this.raw();
    return text === '1' ? true : text === '0' ? false : undefined;
  }

  /** `a` joins a condition to the next by and, `o` by or. */
  conjunction(): boolean | undefined {
    const start = this.open();
    const text = this.raw();
    if (text !== 'a' && text !== 'o' && text !== '') this.fail(`'${text}' is neither a (and) nor o (or)`, start);
    return text === '' ? undefined : text === 'a';
  }

  /** How many elements follow; empty and negative counts mean none, more than there are fields is an error. */
  count(): number {
    const start = this.at;
    const count = this.int() ?? 0;
    if (count > this.end - this.at) this.fail(`${count} elements are announced, more than the frame holds`, start);
    return Math.max(count, 0);
  }

  /** `tag=value;tag=value;` in one field. */
  tagString(): readonly TagValue[] {
    const text = this.text();
    if (text === undefined) return [];
    return text
      .split(';')
      .filter((part) => part !== '')
      .map((part) => {
        const equals = part.indexOf('=');
        return equals < 0 ? { tag: part, value: '' } : { tag: part.slice(0, equals), value: part.slice(equals + 1) };
      });
  }
}
