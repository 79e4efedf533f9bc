// Writes a live connection into a capture: never blocks who calls it, never drops a byte in silence.

import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { callback, list, number, oneOf, record, such, text } from '../input/checks.js';
import { insist } from '../input/option-error.js';
import { CaptureError } from './capture-error.js';
import {
  type CaptureHeader,
  type CaptureMark,
  type CaptureRecord,
  type Direction,
  encodeHeader,
  encodeRecord,
  MAX_VALUE_BYTES,
  OUT_OF_REACH,
  type Redaction,
} from './format.js';
import { Learnt } from './redact/learnt.js';
import { Pseudonyms } from './redact/pseudonyms.js';
import { ALL_REDACTIONS, Redactor } from './redact/redactor.js';

/** A mark without its time: the writer's clock gives it. */
export type NewMark = CaptureMark extends infer M ? (M extends CaptureMark ? Omit<M, 'micros'> : never) : never;

/** How a capture is written, and what of it is replaced on the way. */
export interface CaptureWriterOptions {
  /** Microseconds on a clock that never goes back; the first reading is the start. */
  readonly clock?: () => number;
  /** Bytes that may wait for the disk before records are dropped and counted; 64 MiB unless told. */
  readonly backlog?: number;
  /**
   * What is replaced on the way to disk: all of account, name and orderRef unless told; `[]` writes everything as it was.
   * A name that only a later message says to be one stands in what was written before: see `outOfReach` in the header.
   */
  readonly redact?: readonly Redaction[];
  /** Names that are known beforehand: replaced from the first byte on. Each has three signs or more and a letter. */
  readonly hide?: readonly string[];
  /** Another capture of the same recording: what either gives away is replaced in both from then on, by the same stand-in. */
  readonly beside?: CaptureWriter;
}

const optionChecks = record<CaptureWriterOptions>({
  clock: callback,
  backlog: number(0),
  redact: list(oneOf(...ALL_REDACTIONS)),
  hide: list(text),
  beside: such((value) => value instanceof CaptureWriter, 'a CaptureWriter'),
});

/** What a new capture says of itself, as far as it is known; what was redacted is filled in by the writer. */
export type NewHeader = Partial<Omit<CaptureHeader, 'redactions' | 'outOfReach' | 'learnt'>>;

export const monotonicMicros = (): number => Math.round(performance.now() * 1000);

/** One capture being written. Errors of the sink never reach the connection: they end the recording and `close` tells. */
export class CaptureWriter implements AsyncDisposable {
  /** Why nothing is written any more. */
  failure: CaptureError | undefined = undefined;
  private readonly sink: Writable;
  private readonly clock: () => number;
  private readonly backlog: number;
  private readonly start: number;
  private readonly redactor: Redactor | undefined;
  private readonly learnt: Learnt;
  private readonly names: Pseudonyms;
  private micros = 0;
  private written = 0;
  private dropped = { records: 0, bytes: 0 };
  private closing: Promise<void> | undefined = undefined;

  constructor(sink: Writable, header: NewHeader, options: CaptureWriterOptions = {}) {
    insist(optionChecks, '', options);
    this.sink = sink;
    this.clock = options.clock ?? monotonicMicros;
    this.backlog = options.backlog ?? 64 * 1024 * 1024;
    this.start = this.clock();
    const redactions = options.redact ?? ALL_REDACTIONS;
    this.learnt = options.beside?.learnt ?? new Learnt();
    this.names = options.beside?.names ?? new Pseudonyms();
    this.learnt.hide(options.hide ?? []);
    const isRedacted = redactions.length > 0 || !this.learnt.isEmpty;
    const { serverVersion, serverVersionBounds, start, source } = header;
    const own: CaptureHeader = { serverVersion, serverVersionBounds, start, redactions, source };
    const whole: CaptureHeader = isRedacted ? { ...own, outOfReach: OUT_OF_REACH } : own;
    this.redactor = isRedacted ? new Redactor(whole, redactions, this.names, this.learnt) : undefined;
    sink.on('error', (cause: unknown) => {
      this.failure ??= new CaptureError('CAPTURE_SINK', this.written, 'the capture could not be written', cause);
    });
    this.write(encodeHeader(whole));
  }

  /** Microseconds since the start, never less than before. */
  now(): number {
    this.micros = Math.max(this.micros, Math.round(this.clock() - this.start));
    return this.micros;
  }

  /** Copies what one read (`in`) or one write (`out`) carried; the caller may reuse `chunk` at once. */
  bytes(direction: Direction, chunk: Uint8Array): void {
    if (chunk.length > MAX_VALUE_BYTES / 2) {
      this.bytes(direction, chunk.subarray(0, MAX_VALUE_BYTES / 2));
      this.bytes(direction, chunk.subarray(MAX_VALUE_BYTES / 2));
    } else this.record({ what: 'bytes', micros: this.now(), direction, bytes: chunk }, chunk.length);
  }

  /** Says what happened besides bytes. */
  mark(mark: NewMark): void {
    this.record({ ...mark, micros: this.now() }, 0);
  }

  /** Writes out what is waiting and closes. Throws `CaptureError` `CAPTURE_SINK` when not everything reached the sink. */
  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private record(record: CaptureRecord, bytes: number): void {
    if (this.failure !== undefined || this.closing !== undefined) return;
    if (this.sink.writableLength > this.backlog) {
      this.dropped = { records: this.dropped.records + 1, bytes: this.dropped.bytes + bytes };
      return;
    }
    this.tellDropped();
    this.redacted(record);
  }

  private tellDropped(): void {
    if (this.dropped.records > 0) this.redacted({ what: 'dropped', micros: this.micros, ...this.dropped });
    this.dropped = { records: 0, bytes: 0 };
  }

  private redacted(record: CaptureRecord): void {
    try {
      for (const free of this.redactor?.push(record) ?? [record]) this.write(encodeRecord(free));
    } catch (cause) {
      this.failure ??= new CaptureError('CAPTURE_SINK', this.written, 'a record could not be redacted', cause);
    }
  }

  private write(bytes: Uint8Array): void {
    this.sink.write(bytes);
    this.written += bytes.length;
  }

  private async finish(): Promise<void> {
    if (this.failure === undefined) {
      this.tellDropped();
      for (const record of this.redactor?.end() ?? []) this.write(encodeRecord(record));
    }
    await new Promise<void>((resolve) => {
      this.sink.once('close', resolve);
      if (this.sink.closed) resolve();
      else if (!this.sink.destroyed) this.sink.end();
    });
    if (!this.sink.writableFinished)
      this.failure ??= new CaptureError('CAPTURE_SINK', this.written, 'the sink closed before it had all');
    if (this.failure !== undefined) throw this.failure;
  }
}

/** A new capture file. Throws `CaptureError` `CAPTURE_SINK` when it cannot be opened or is there already: no recording is overwritten. */
export async function createCapture(
  path: string,
  header: NewHeader = {},
  options?: CaptureWriterOptions,
): Promise<CaptureWriter> {
  insist(optionChecks, '', options ?? {});
  const sink = createWriteStream(path, { flags: 'wx' });
  await new Promise<void>((resolve, reject) => {
    sink.once('open', () => resolve());
    sink.once('error', (cause) => reject(new CaptureError('CAPTURE_SINK', 0, 'the capture file could not be opened', cause)));
  });
  return new CaptureWriter(sink, header, options);
}
