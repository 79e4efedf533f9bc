// Opens a capture from a file or from chunks, as a stream or whole.
import { createReadStream } from 'node:fs';
import { CaptureError } from './capture-error.js';
import type { CaptureHeader, CaptureRecord } from './format.js';
import { CaptureParser } from './parser.js';

/** A file's path, or the file's bytes in chunks of any size. */
export type CaptureInput = string | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A capture being read: the records can be walked once, and walking to the end or breaking off closes the file. */
export interface OpenCapture extends AsyncDisposable {
  readonly header: CaptureHeader;
  readonly records: AsyncIterable<CaptureRecord>;
  /** Lets go of the file without reading further. */
  close(): Promise<void>;
}

/** A capture held whole. */
export interface Capture {
  readonly header: CaptureHeader;
  readonly records: readonly CaptureRecord[];
}

/**
 * Reads as far as the header; the records follow while they are walked, one chunk of the file in memory at a time.
 * Throws `CaptureError` here when the input is no capture or fails by its first record, while walking when it is damaged later; file errors pass through as they are.
 */
export async function openCapture(input: CaptureInput): Promise<OpenCapture> {
  const parser = new CaptureParser();
  const records = walk(typeof input === 'string' ? createReadStream(input) : input, parser);
  const first = await records.next();
  const { header } = parser;
  if (header === undefined) throw new CaptureError('NOT_A_CAPTURE', 0, 'the file has no header');
  const close = async (): Promise<void> => {
    await records.return();
  };
  return { header, records: resume(first, records), close, [Symbol.asyncDispose]: close };
}

/** The whole capture in memory; throws like {@link openCapture}. */
export async function loadCapture(input: CaptureInput): Promise<Capture> {
  const parser = new CaptureParser();
  const records: CaptureRecord[] = [];
  for await (const record of walk(typeof input === 'string' ? createReadStream(input) : input, parser)) records.push(record);
  const { header } = parser;
  if (header === undefined) throw new CaptureError('NOT_A_CAPTURE', 0, 'the file has no header');
  return { header, records };
}

async function* walk(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  parser: CaptureParser,
): AsyncGenerator<CaptureRecord, void, undefined> {
  for await (const chunk of chunks) yield* parser.push(chunk);
  parser.end();
}

async function* resume(
  first: IteratorResult<CaptureRecord, void>,
  rest: AsyncGenerator<CaptureRecord, void, undefined>,
): AsyncGenerator<CaptureRecord, void, undefined> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}
