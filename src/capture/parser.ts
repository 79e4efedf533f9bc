// Reads a capture from chunks of any size: the header first, then record after record.
import { CaptureError } from './capture-error.js';
import { type CaptureHeader, type CaptureRecord, decodeValue, MAX_VALUE_BYTES } from './format.js';
import { parseHeader, parseRecord } from './parse.js';
import { valueSpan } from './span.js';

/** One cursor over one capture. It holds no more than one unfinished value and the chunk it was given. */
export class CaptureParser {
  /** Set once the first value has been read. */
  header: CaptureHeader | undefined = undefined;
  private rest: Uint8Array = new Uint8Array(0);
  private filled = 0;
  private offset = 0;
  private micros = 0;

  /**
   * Takes the next bytes of the file and gives the records they complete. Throws `CaptureError` at the first value that cannot
   * be read, after giving the records before it; a parser that has thrown stays where it is and throws again.
   */
  *push(chunk: Uint8Array): Generator<CaptureRecord, void, undefined> {
    this.append(chunk);
    let at = 0;
    try {
      for (;;) {
        const span = valueSpan(this.rest, at, this.filled);
        if (span === 'bad')
          throw new CaptureError('CAPTURE_DAMAGED', this.offset + at, 'not a MessagePack value that a capture has');
        if (span > MAX_VALUE_BYTES)
          throw new CaptureError(
            'CAPTURE_TOO_LONG',
            this.offset + at,
            `a value of ${span} bytes or more, limit ${MAX_VALUE_BYTES}`,
          );
        if (at + span > this.filled) return;
        const record = this.take(this.rest.subarray(at, at + span), this.offset + at);
        at += span;
        if (record !== undefined) yield record;
      }
    } finally {
      this.rest.copyWithin(0, at, this.filled);
      this.filled -= at;
      this.offset += at;
    }
  }

  /** The file is over: throws `CaptureError` when it ended inside a value or before the header. */
  end(): void {
    if (this.header === undefined && this.filled === 0) throw new CaptureError('NOT_A_CAPTURE', 0, 'the file is empty');
    if (this.filled > 0)
      throw new CaptureError('CAPTURE_TRUNCATED', this.offset, `the file ends ${this.filled} bytes into a value`);
  }

  private take(bytes: Uint8Array, offset: number): CaptureRecord | undefined {
    let value: unknown;
    try {
      value = decodeValue(bytes);
    } catch (cause) {
      throw new CaptureError('CAPTURE_DAMAGED', offset, 'a value that does not decode', cause);
    }
    if (this.header === undefined) {
      const header = parseHeader(value);
      if ('refused' in header) throw new CaptureError(header.refused, offset, header.text);
      this.header = header;
      return undefined;
    }
    const record = parseRecord(value, this.micros);
    if ('refused' in record) throw new CaptureError(record.refused, offset, record.text);
    this.micros = record.micros;
    return record;
  }

  private append(chunk: Uint8Array): void {
    const needed = this.filled + chunk.length;
    if (needed > this.rest.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.filled, 64 * 1024));
      grown.set(this.rest.subarray(0, this.filled));
      this.rest = grown;
    }
    this.rest.set(chunk, this.filled);
    this.filled = needed;
  }
}
