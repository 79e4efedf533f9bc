// Writes the NUL-terminated fields of one text message. The counterpart of TextReader, method by method.

import { BytesWriter } from '../bytes-writer.js';
import { CursorError } from '../errors.js';
import { escapeText, rawBytes } from './bytes.js';
import { decimalOf, plainText, swapLowBits } from './numbers.js';
import type { TagValue } from './reader.js';

const NOT_SENDABLE = /[^\t\n\r\x20-\x7e]/;

/** Digits of a quantity or a permanent id: exact text, or a number that is safe to write. */
export type Digits = string | number;

export class TextWriter extends BytesWriter {
  /** A client may only send ASCII on the text wire (official error 579); a gateway sends what it likes. */
  strict = false;

  private fail(reason: string): never {
    throw new CursorError(reason, this.at);
  }

  private close(): void {
    this.reserve(1);
    this.bytes[this.at++] = 0;
  }

  /** A field whose text is known: constants, counts, what unset looks like. */
  raw(text: string): void {
    this.ascii(text);
    this.close();
  }

  text(value: string | undefined): void {
    if (value !== undefined && value !== '') {
      if (typeof value !== 'string') this.fail(`a text was expected, not ${typeof value}`);
      if (this.strict) {
        const bad = NOT_SENDABLE.exec(value);
        if (bad !== null)
          this.fail(
            `the character U+${bad[0].charCodeAt(0).toString(16).padStart(4, '0')} cannot be sent; only printable ASCII can`,
          );
      } else if (value.includes('\0')) this.fail('a NUL cannot be sent inside a text');
      this.utf8(value, rawBytes);
    }
    this.close();
  }

  escaped(value: string | undefined): void {
    this.text(value === undefined ? undefined : escapeText(value));
  }

  int(value: number | undefined): void {
    if (value !== undefined) {
      if (!Number.isSafeInteger(value)) this.fail(`${String(value)} is not an integer`);
      this.ascii(String(value));
    }
    this.close();
  }

  swappedBits(value: number | undefined): void {
    this.int(value === undefined ? undefined : swapLowBits(value));
  }

  intMax(value: number | undefined): void {
    this.int(value);
  }

  long(value: Digits | undefined): void {
    if (value !== undefined) {
      const text = String(value);
      if (!/^[+-]?\d+$/.test(text)) this.fail(`'${text}' is not an integer`);
      this.ascii(text);
    }
    this.close();
  }

  longMax(value: Digits | undefined): void {
    this.long(value);
  }

  double(value: number | undefined): void {
    if (value !== undefined) {
      if (typeof value !== 'number' || Number.isNaN(value)) this.fail(`${String(value)} is not a number`);
      this.ascii(String(value));
    }
    this.close();
  }

  computed(value: number | undefined): void {
    this.double(value ?? -1);
  }

  sensitivity(value: number | undefined): void {
    this.double(value ?? -2);
  }

  size(value: number | undefined): void {
    if (value !== undefined) {
      if (!Number.isFinite(value)) this.fail(`${String(value)} is not a finite number`);
      this.ascii(plainText(value));
    }
    this.close();
  }

  decimal(value: Digits | undefined): void {
    if (value !== undefined) {
      const text = typeof value === 'number' && Number.isFinite(value) ? plainText(value) : String(value);
      const decimal = decimalOf(text);
      if (decimal === undefined) this.fail(`'${text}' is not a decimal`);
      this.ascii(decimal);
    }
    this.close();
  }

  amount(value: string | undefined): void {
    this.text(value);
  }

  bool(value: boolean | undefined): void {
    if (value !== undefined) this.ascii(value ? '1' : '0');
    this.close();
  }

  boolThreeState(value: boolean | undefined): void {
    this.bool(value);
  }

  conjunction(value: boolean | undefined): void {
    if (value !== undefined) this.ascii(value ? 'a' : 'o');
    this.close();
  }

  tagString(value: readonly TagValue[] | undefined): void {
    let text = '';
    for (const { tag, value: what } of value ?? []) {
      if (/[=;]/.test(tag) || what.includes(';')) this.fail(`the option '${tag}' holds a sign that separates options`);
      text += `${tag}=${what};`;
    }
    this.text(text);
  }
}
