// A capture's records as frames: what each side said, message by message, with the server version it was said at.
import { FrameError } from '../protocol/errors.js';
import { ConnectionFrames, type Part } from './connection-frames.js';
import type { CaptureHeader, CaptureMark, CaptureRecord, Direction, Doubt } from './format.js';

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

export type CapturedItem = CapturedFrame | BrokenStream | Exclude<CaptureMark, { what: 'about' }>;

/** Walks records that are in memory; bytes of unfinished frames at the end are left out. */
export function* framesOf(header: CaptureHeader, records: Iterable<CaptureRecord>): Generator<CapturedItem, void, undefined> {
  const walk = new FrameWalk(header);
  for (const record of records) yield* walk.push(record);
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

  push(record: CaptureRecord): readonly CapturedItem[] {
    if (record.what === 'bytes') return this.bytes(record.micros, record.direction, record.bytes);
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

  private bytes(micros: number, direction: Direction, bytes: Uint8Array): readonly CapturedItem[] {
    const items: CapturedItem[] = [];
    const { about, connection } = this;
    this.about = undefined;
    if (this.broken.has(direction)) return items;
    try {
      this.frames.push(direction, bytes, (part, from, start, end, offset) => {
        const serverVersion = about?.serverVersion ?? this.frames.serverVersion;
        const { doubts = [], text } = about ?? {};
        const payload = new Uint8Array(from.subarray(start, end));
        items.push({ what: 'frame', part, micros, direction, connection, serverVersion, offset, payload, doubts, text });
      });
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.broken.add(direction);
      items.push({ what: 'broken', micros, direction, error });
    }
    return items;
  }
}
