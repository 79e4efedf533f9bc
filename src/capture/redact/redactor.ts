// Takes a capture's records and gives them back redacted: each side in its order, with the same chunk borders.
import { MAX_FRAME } from '../../protocol/frames.js';
import type { CaptureBytes, CaptureHeader, CaptureMark, CaptureRecord, Direction, Redaction } from '../format.js';
import { FrameWalk } from '../frames.js';
import { FrameRedactor } from './frame.js';
import { Half, type Waiting } from './half.js';
import { Learnt } from './learnt.js';
import { Pseudonyms } from './pseudonyms.js';

/** Everything that is replaced unless less is asked for. */
export const ALL_REDACTIONS: readonly Redaction[] = ['account', 'name', 'orderRef'];

/**
 * A chunk is held back until the frames it carries are whole, so that no secret that lies across two chunks slips through. Whole
 * frames of the other side do not wait for it: they overtake it, and it gets the time of the record that it then follows.
 * What is no whole frame is taken apart as far as it goes, and searched.
 */
export class Redactor {
  private readonly frames: FrameRedactor;
  private readonly walk: FrameWalk;
  private readonly header: CaptureHeader;
  private halves: Record<Direction, Half> = { in: new Half(), out: new Half() };
  private about: CaptureMark | undefined = undefined;
  private readonly marks: { readonly turn: number; readonly record: CaptureMark }[] = [];
  private turn = 0;
  private micros = 0;

  /**
   * `names` is shared by captures in which the same text shall get the same stand-in, `learnt` by those in which a name that
   * one of them gives away is replaced in all.
   */
  constructor(
    header: CaptureHeader,
    wanted: readonly Redaction[] = ALL_REDACTIONS,
    names: Pseudonyms = new Pseudonyms(),
    learnt: Learnt = new Learnt(),
  ) {
    this.header = header;
    this.frames = new FrameRedactor(wanted, names, learnt);
    this.walk = new FrameWalk(header);
  }

  /** The records that are free to go now that this one has come. */
  push(record: CaptureRecord): CaptureRecord[] {
    if (record.what === 'bytes') this.bytes(record);
    else if (record.what === 'about') this.remark(record);
    else return this.mark(record);
    return this.free();
  }

  /** Everything that still waits: the capture is over. */
  end(): CaptureRecord[] {
    this.settle('in');
    this.settle('out');
    if (this.about !== undefined) this.wait(this.about);
    this.about = undefined;
    return this.free();
  }

  private remark(record: Extract<CaptureMark, { what: 'about' }>): void {
    this.walk.push(record);
    if (this.about !== undefined) this.wait(this.about); // it belonged to bytes that never came
    this.about = this.withoutSecrets(record);
  }

  private mark(record: Exclude<CaptureMark, { what: 'about' }>): CaptureRecord[] {
    const isNewStream = record.what === 'connected' || record.what === 'cut' || record.what === 'dropped';
    if (record.what === 'eof' || record.what === 'failed') this.settle(record.direction);
    if (isNewStream || record.what === 'disconnected') {
      this.settle('in');
      this.settle('out');
    }
    this.walk.push(record);
    this.wait(this.withoutSecrets(record));
    const free = this.free();
    if (isNewStream) this.halves = { in: new Half(), out: new Half() };
    return free;
  }

  private wait(record: CaptureMark): void {
    this.marks.push({ turn: this.turn++, record });
  }

  private bytes(record: CaptureBytes): void {
    const half = this.halves[record.direction];
    half.add(this.turn++, { ...record, bytes: new Uint8Array(record.bytes) }, this.about);
    this.about = undefined;
    for (const item of this.walk.push(record)) {
      if (item.what === 'broken') half.isBroken = true;
      if (item.what !== 'frame') continue;
      if (item.part === 'message') this.frames.redact(item.direction, this.versionOf(item.serverVersion), item.payload);
      else this.frames.redactLoose(item.payload);
      half.put(item.offset, item.payload);
    }
    if (half.isBroken) half.settle((rest, before) => this.frames.redactLoose(rest, before));
  }

  /** What is left of this side will not become a frame any more. */
  private settle(direction: Direction): void {
    const half = this.halves[direction];
    half.end((rest) => {
      const isFrame = !half.isBroken && rest.length > 4 && Buffer.from(rest.buffer, rest.byteOffset).readUInt32BE() <= MAX_FRAME;
      if (isFrame) this.frames.redactCut(direction, this.versionOf(this.walk.serverVersion), rest.subarray(4));
      else this.frames.redactRest(rest);
    });
  }

  /** Where only bounds are known, the layouts of the lowest version take up the frames. */
  private versionOf(known: number | undefined): number | undefined {
    return known ?? this.header.serverVersionBounds?.[0];
  }

  private withoutSecrets<M extends CaptureMark>(mark: M): M {
    return 'text' in mark && mark.text !== undefined ? { ...mark, text: this.frames.redactText(mark.text) } : mark;
  }

  private free(): CaptureRecord[] {
    const free: CaptureRecord[] = [];
    while (this.takeNext(free));
    for (const half of [this.halves.in, this.halves.out])
      for (let next = half.next; next !== undefined && half.mayOvertake(next); next = half.next) this.take(half, next, free);
    return this.timed(free);
  }

  /** The record that waits longest, when it is ready. */
  private takeNext(into: CaptureRecord[]): boolean {
    const [mark] = this.marks;
    const half =
      (this.halves.in.next?.turn ?? Infinity) < (this.halves.out.next?.turn ?? Infinity) ? this.halves.in : this.halves.out;
    const { next } = half;
    if (mark !== undefined && mark.turn < (next?.turn ?? Infinity)) {
      this.marks.shift();
      into.push(mark.record);
      return true;
    }
    if (next === undefined || !half.isDone(next)) return false;
    this.take(half, next, into);
    return true;
  }

  private take(half: Half, { about, record }: Waiting, into: CaptureRecord[]): void {
    half.take();
    if (about !== undefined) into.push(about);
    into.push(record);
  }

  private timed(records: readonly CaptureRecord[]): CaptureRecord[] {
    return records.map((record) => {
      this.micros = Math.max(this.micros, record.micros);
      return record.micros === this.micros ? record : { ...record, micros: this.micros };
    });
  }
}
