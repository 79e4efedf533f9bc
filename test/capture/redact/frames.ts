// Frames and captures for the tests of redaction: made of messages, given as texts.
import type { CaptureHeader, CaptureRecord, Direction, Redaction } from '../../../src/capture/format.js';
import { Redactor } from '../../../src/capture/redact/redactor.js';

export const headerAt = (serverVersion: number | undefined): CaptureHeader => ({
  serverVersion,
  serverVersionBounds: undefined,
  start: undefined,
  redactions: [],
  source: undefined,
});

export const bytes = (direction: Direction, content: Uint8Array, micros = 0): Extract<CaptureRecord, { what: 'bytes' }> => ({
  what: 'bytes',
  micros,
  direction,
  bytes: new Uint8Array(content),
});

/** A payload with its length in front. */
export function framed(payload: Uint8Array | string): Uint8Array {
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

export function redacted(
  version: number | undefined,
  records: readonly CaptureRecord[],
  wanted?: readonly Redaction[],
): CaptureRecord[] {
  const redactor = new Redactor(headerAt(version), wanted);
  return [...records.flatMap((record) => redactor.push(record)), ...redactor.end()];
}

/** Each record's bytes as UTF-8, marks by their name. */
export const texts = (records: readonly CaptureRecord[]): string[] =>
  records.map((record) => (record.what === 'bytes' ? Buffer.from(record.bytes).toString() : record.what));
