// A capture's records as frames: what each side said, message by message, with the server version it was said at.

import { number, record } from '../input/checks.js';
import { insist } from '../input/option-error.js';
import { FrameError } from '../protocol/errors.js';
import { ConnectionFrames, type OnPart, type Part } from './connection-frames.js';
import type { CaptureBytes, CaptureHeader, CaptureMark, CaptureRecord, Direction, Doubt } from './format.js';
import type { OpenCapture } from './reader.js';

/** One whole frame of a capture. */
export interface CapturedFrame {
  readonly what: 'frame';
  readonly part: Part;
  readonly micros: number;
  readonly direction: Direction;
  /** Counts `connected` marks: 0 is the first connection, -1 what stands before it or belongs to none. */
  readonly connection: number;
  /** Known when the capture says it: in its header, by a greeting, or beside the frame. */
  readonly serverVersion: number | undefined;
  /** Where the payload stands in all that this direction said since the last `connected`, `cut` or `dropped`. */
  readonly offset: number;
  /** The message id and body, without the length in front; for the client's first bytes all of them. */
  readonly payload: Uint8Array;
  readonly doubts: readonly Doubt[];
  /** The capture's remark on it. */
  readonly text: string | undefined;
}

/** One direction stopped making sense here; its bytes are passed over until the next connection or cut. */
export interface BrokenStream {
  readonly what: 'broken';
  readonly micros: number;
  readonly direction: Direction;
  readonly error: FrameError;
}

/** The capture ends inside a frame: so many bytes of it are there. */
export interface UnfinishedFrame {
  readonly what: 'unfinished';
  readonly micros: number;
  readonly direction: Direction;
  readonly bytes: number;
}

/** A stretch of a capture in microseconds, both ends included; unset: from the start, to the end. */
export interface Stretch {
  readonly from?: number;
  readonly to?: number;
}

export const stretchChecks = record<Stretch>({ from: number(), to: number() });

/** A frame, a stream that broke, or a mark, in the order of the capture. */
export type CapturedItem = CapturedFrame | BrokenStream | Exclude<CaptureMark, { what: 'about' }>;

/** Walks records that are in memory; bytes of unfinished frames at the end are left out. */
export function* framesOf(header: CaptureHeader, records: Iterable<CaptureRecord>): Generator<CapturedItem, void, undefined> {
  const walk = new FrameWalk(header);
  for (const record of records) yield* walk.push(record);
}

/**
 * The frames of a stretch of an open capture, and last what was left unfinished. What stands before is passed over frame by
 * frame, without being copied or decoded, and nothing behind is read: memory stays flat, however long the capture is.
 */
export async function* framesBetween(
  { header, records }: OpenCapture,
  stretch: Stretch = {},
): AsyncGenerator<CapturedItem | UnfinishedFrame, void, undefined> {
  insist(stretchChecks, '', stretch);
  const { from = 0, to = Number.POSITIVE_INFINITY } = stretch;
  const walk = new FrameWalk(header);
  let micros = 0;
  for await (const record of records) {
    if (record.micros > to) return;
    micros = record.micros;
    if (micros < from) walk.pass(record);
    else yield* walk.push(record);
  }
  for (const direction of ['in', 'out'] as const) {
    const bytes = walk.pending(direction);
    if (bytes > 0) yield { what: 'unfinished', micros, direction, bytes };
  }
}

/** Takes a capture's records one by one and gives what they complete. */
export class FrameWalk {
  private readonly header: CaptureHeader;
  private frames: ConnectionFrames;
  private connection = -1;
  private broken = new Set<Direction>();
  private about: Extract<CaptureMark, { what: 'about' }> | undefined = undefined;

  constructor(header: CaptureHeader) {
    this.header = header;
    this.frames = new ConnectionFrames(header.serverVersion, false);
  }

  /** Of the connection that is open now. */
  get serverVersion(): number | undefined {
    return this.frames.serverVersion;
  }

  /** Bytes of a direction that wait for the rest of their frame; none of a stream that makes no sense. */
  pending(direction: Direction): number {
    return this.broken.has(direction) ? 0 : this.frames.pending(direction);
  }

  /** Takes the next record, and gives what it made whole, in the order of the wire. */
  push(record: CaptureRecord): readonly CapturedItem[] {
    if (record.what !== 'bytes') return this.mark(record);
    const { micros, direction } = record;
    const { about, connection } = this;
    const items: CapturedItem[] = [];
    const error = this.bytes(record, (part, from, start, end, offset) => {
      const serverVersion = about?.serverVersion ?? this.frames.serverVersion;
      const { doubts = [], text } = about ?? {};
      const payload = new Uint8Array(from.subarray(start, end));
      items.push({ what: 'frame', part, micros, direction, connection, serverVersion, offset, payload, doubts, text });
    });
    if (error !== undefined) items.push({ what: 'broken', micros, direction, error });
    return items;
  }

  /** Goes over a record whose frames nobody wants; versions, connections and the borders of frames are kept track of. */
  pass(record: CaptureRecord): void {
    if (record.what === 'bytes') this.bytes(record, () => undefined);
    else this.mark(record);
  }

  private mark(record: CaptureMark): readonly CapturedItem[] {
    if (record.what === 'about') {
      this.about = record;
      return [];
    }
    if (record.what === 'connected') {
      this.connection += 1;
      this.restart(record.serverVersion ?? this.header.serverVersion, true);
    } else if (record.what === 'cut' || record.what === 'dropped') this.restart(this.frames.serverVersion, false);
    return [record];
  }

  private restart(serverVersion: number | undefined, isNew: boolean): void {
    this.frames = new ConnectionFrames(serverVersion, isNew);
    this.broken.clear();
  }

  /** Gives the error with which the stream of that direction stops making sense. */
  private bytes({ direction, bytes }: CaptureBytes, onPart: OnPart): FrameError | undefined {
    this.about = undefined;
    if (this.broken.has(direction)) return undefined;
    try {
      this.frames.push(direction, bytes, onPart);
      return undefined;
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.broken.add(direction);
      return error;
    }
  }
}
