// What one side has said on one connection and what of it is redacted: chunks wait here until their frames are whole.
import type { CaptureBytes, CaptureMark } from '../format.js';
import { LONGEST } from './learnt.js';

/** Bytes that a secret may take, with an escape for every letter. */
const WIDEST = 8 * LONGEST;
const FIRST_SIGN = 32;

export interface Waiting {
  /** In which order the records came, over both sides. */
  readonly turn: number;
  readonly record: CaptureBytes;
  /** The remark that belongs to it. */
  readonly about: CaptureMark | undefined;
  /** Where the chunk begins and ends in all that this side said. */
  readonly start: number;
  readonly end: number;
}

export class Half {
  /** Nothing more of this side will become a frame. */
  isBroken = false;
  /** This side has said its last. */
  private isOver = false;
  private received = 0;
  /** Up to here everything has been redacted. */
  private done = 0;
  private waiting: Waiting[] = [];
  private first = 0;

  add(turn: number, record: CaptureBytes, about: CaptureMark | undefined): void {
    const start = this.received;
    this.received += record.bytes.length;
    this.waiting.push({ turn, record, about, start, end: this.received });
  }

  /** Puts redacted bytes into the chunks they came from; with them everything before is done. */
  put(offset: number, content: Uint8Array): void {
    this.overwrite(offset, content);
    this.done = offset + content.length;
  }

  /**
   * Redacts bytes that are no frame, while more may come: what could be the beginning of a secret waits. `redact` gives how far
   * it got.
   */
  settle(redact: (rest: Uint8Array, before: number) => number): void {
    if (this.received === this.done) return;
    const rest = this.rest();
    let before = rest.length;
    while (before > 0 && rest.length - before < WIDEST && rest[before - 1]! >= FIRST_SIGN) before--;
    if (before === 0) return;
    const reached = redact(rest, before);
    this.overwrite(this.done, rest);
    this.done += reached;
  }

  /** Redacts all that is left, for no more will come. */
  end(redact: (rest: Uint8Array) => void): void {
    this.isOver = true;
    if (this.received === this.done) return;
    const rest = this.rest();
    redact(rest);
    this.overwrite(this.done, rest);
    this.done = this.received;
  }

  /** The chunk that waits longest. */
  get next(): Waiting | undefined {
    return this.waiting[this.first];
  }

  isDone({ end }: Waiting): boolean {
    return end <= this.done;
  }

  /** Whole frames need not wait for the other side; what was left at the end keeps its place. */
  mayOvertake(waiting: Waiting): boolean {
    return !this.isOver && this.isDone(waiting);
  }

  take(): void {
    this.first += 1;
    if (this.first < this.waiting.length) return;
    this.waiting = [];
    this.first = 0;
  }

  private rest(): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let n = this.first; n < this.waiting.length; n++) {
      const { record, start } = this.waiting[n]!;
      parts.push(record.bytes.subarray(Math.max(0, this.done - start)));
    }
    return Buffer.concat(parts);
  }

  private overwrite(offset: number, content: Uint8Array): void {
    const until = offset + content.length;
    for (let n = this.first; n < this.waiting.length; n++) {
      const { record, start, end } = this.waiting[n]!;
      if (start >= until) return;
      if (end <= offset) continue;
      const from = Math.max(start, offset);
      record.bytes.set(content.subarray(from - offset, Math.min(end, until) - offset), from - start);
    }
  }
}
