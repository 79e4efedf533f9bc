// A frame: rows of one stream that leave together, numbered, with the number of the desk's run that makes them.

import { Bytes, readingOf } from './field.js';
import { FIRST_OWN, FRAME_VERSION, type Row, rowTypes } from './rows.js';

/** Bytes in front of the rows: version, unused, rows (2), run (4), number of the first row (8). */
const HEAD = 16;
/** A frame is handed on before it has more rows or bytes. */
export const MOST_ROWS = 100;
const MOST_BYTES = 256 * 1024;

/** Members of a frame. `seq` counts rows of one stream in one run, from 1. */
export interface Frame {
  readonly run: number;
  /** Number of the first row. */
  readonly seq: number;
  readonly rows: readonly Row[];
  /** Only items of the stream: no gap, state or end of the bus among them. */
  readonly isPlain: boolean;
}

export class BusFrameError extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`a frame that cannot be read: ${why}`, options);
    this.name = 'BusFrameError';
  }
}

const typeOf = (row: Row): number => {
  // Ticks of numbers are nearly all.
  for (let at = 0; at < rowTypes.length; at++) if (rowTypes[at]?.is(row) === true) return at;
  throw new BusFrameError(`no row for ${JSON.stringify(row)}`);
};

/** Rows of one stream until they leave. */
export class FrameWriter {
  private readonly bytes = new Bytes(HEAD + 1024);
  private readonly run: number;
  private first: number;
  rows = 0;

  /** `seq`: number of the first row to come. */
  constructor(run: number, seq: number) {
    this.run = run;
    this.first = seq;
    this.bytes.at = HEAD;
  }

  get isFull(): boolean {
    return this.rows >= MOST_ROWS || this.bytes.at >= MOST_BYTES;
  }

  add(row: Row): void {
    const { bytes } = this;
    const type = typeOf(row);
    bytes.need(1);
    bytes.data[bytes.at++] = type;
    rowTypes[type]?.fields.write(bytes, row);
    this.rows++;
  }

  /** The frame as bytes; the next row begins another one. */
  take(): Buffer {
    const { bytes } = this;
    const head = bytes.data;
    head.writeUInt8(FRAME_VERSION, 0);
    head.writeUInt8(0, 1);
    head.writeUInt16LE(this.rows, 2);
    head.writeUInt32LE(this.run, 4);
    head.writeDoubleLE(this.first, 8);
    this.first += this.rows;
    this.rows = 0;
    const taken = bytes.take();
    bytes.at = HEAD;
    return taken;
  }
}

/** @throws {BusFrameError} for another version, rows that nobody knows, and frames that end too early or too late. */
export function readFrame(payload: Uint8Array): Frame {
  const from = readingOf(payload);
  const { view, at: head, end } = from;
  if (payload.length < HEAD) throw new BusFrameError(`${payload.length} bytes`);
  const version = view.getUint8(head);
  if (version !== FRAME_VERSION) throw new BusFrameError(`version ${version}, this reads ${FRAME_VERSION}`);
  const count = view.getUint16(head + 2, true);
  from.at = head + HEAD;
  const rows: Row[] = [];
  let isPlain = true;
  try {
    for (let left = count; left > 0; left--) {
      const type = view.getUint8(from.pass(1));
      if (type >= FIRST_OWN) isPlain = false;
      const row = rowTypes[type]?.fields.read(from);
      if (row === undefined) throw new RangeError(`row ${type}`);
      rows.push(row);
    }
  } catch (cause) {
    throw new BusFrameError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  if (from.at !== end) throw new BusFrameError(`${end - from.at} bytes too many`);
  return { run: view.getUint32(head + 4, true), seq: view.getFloat64(head + 8, true), rows, isPlain };
}

/** One frame of its own, as a picture is. */
export function frameOf(run: number, seq: number, rows: Iterable<Row>): Buffer {
  const writer = new FrameWriter(run, seq);
  for (const row of rows) writer.add(row);
  return writer.take();
}
