// Takes a capture's records and gives them back redacted: same order, same times, same chunk borders.
import type { CaptureBytes, CaptureHeader, CaptureRecord, Direction, Redaction } from '../format.js';
import { FrameWalk } from '../frames.js';
import { FrameRedactor } from './frame.js';
import { Pseudonyms } from './pseudonyms.js';

export const ALL_REDACTIONS: readonly Redaction[] = ['account', 'name', 'orderRef'];

/** What one side has said on one connection. */
interface Half {
  received: number;
  /** Up to here everything has been redacted. */
  done: number;
  isBroken: boolean;
}

interface Waiting {
  readonly record: CaptureRecord;
  /** Whose bytes they are, and where the chunk begins and ends in them; a mark is nobody's and waits for nothing. */
  readonly half: Half | undefined;
  readonly start: number;
  readonly end: number;
}

/**
 * A chunk is held back until the frames it carries are whole, and what came after it waits with it, so that no secret that
 * lies across two chunks slips through. Bytes that are no frames are searched for account numbers.
 */
export class Redactor {
  private readonly frames: FrameRedactor;
  private readonly walk: FrameWalk;
  private waiting: Waiting[] = [];
  private halves: Record<Direction, Half> = { in: fresh(), out: fresh() };

  /** `names` is shared by captures in which the same text shall get the same stand-in. */
  constructor(header: CaptureHeader, wanted: readonly Redaction[] = ALL_REDACTIONS, names: Pseudonyms = new Pseudonyms()) {
    this.frames = new FrameRedactor(wanted, names);
    this.walk = new FrameWalk(header);
  }

  /** The records that are free to go now that this one has come. */
  push(record: CaptureRecord): CaptureRecord[] {
    if (record.what === 'bytes') this.bytes(record);
    else this.mark(record);
    return this.release();
  }

  /** Everything that still waits: the capture is over. */
  end(): CaptureRecord[] {
    this.settle(this.halves.in);
    this.settle(this.halves.out);
    return this.release();
  }

  private mark(record: Exclude<CaptureRecord, CaptureBytes>): void {
    const isNewStream = record.what === 'connected' || record.what === 'cut' || record.what === 'dropped';
    if (record.what === 'eof' || record.what === 'failed') this.settle(this.halves[record.direction]);
    if (isNewStream || record.what === 'disconnected') {
      this.settle(this.halves.in);
      this.settle(this.halves.out);
    }
    if (isNewStream) this.halves = { in: fresh(), out: fresh() };
    this.walk.push(record);
    this.waiting.push({ record, half: undefined, start: 0, end: 0 });
  }

  private bytes(record: CaptureBytes): void {
    const half = this.halves[record.direction];
    const start = half.received;
    half.received += record.bytes.length;
    this.waiting.push({ record: { ...record, bytes: new Uint8Array(record.bytes) }, half, start, end: half.received });
    for (const item of this.walk.push(record)) {
      if (item.what === 'broken') half.isBroken = true;
      else if (item.what === 'frame') {
        if (item.part === 'message') this.frames.redact(item.direction, item.serverVersion, item.payload);
        this.overwrite(half, item.offset, item.payload);
        half.done = item.offset + item.payload.length;
      }
    }
    if (half.isBroken) this.settle(half);
  }

  /** What is left of this side will not become a frame any more. */
  private settle(half: Half): void {
    const rest = this.overlapping(half, half.done, half.received).map(({ bytes, start }) => {
      return bytes.subarray(Math.max(0, half.done - start));
    });
    const bytes = Buffer.concat(rest);
    this.frames.redactLoose(bytes);
    this.overwrite(half, half.done, bytes);
    half.done = half.received;
  }

  private overwrite(half: Half, offset: number, content: Uint8Array): void {
    for (const { bytes, start, end } of this.overlapping(half, offset, offset + content.length)) {
      const from = Math.max(start, offset);
      bytes.set(content.subarray(from - offset, Math.min(end, offset + content.length) - offset), from - start);
    }
  }

  private overlapping(of: Half, from: number, to: number): { bytes: Uint8Array; start: number; end: number }[] {
    return this.waiting.flatMap(({ record, half, start, end }) => {
      return record.what === 'bytes' && half === of && start < to && end > from ? [{ bytes: record.bytes, start, end }] : [];
    });
  }

  private release(): CaptureRecord[] {
    const held = this.waiting.findIndex(({ half, end }) => half !== undefined && end > half.done);
    const free = this.waiting.splice(0, held < 0 ? this.waiting.length : held);
    return free.map(({ record }) => record);
  }
}

function fresh(): Half {
  return { received: 0, done: 0, isBroken: false };
}
