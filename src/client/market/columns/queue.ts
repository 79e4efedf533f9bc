// Rows held as typed arrays for a consumer that reads in batches; what is lost because it is slow is counted and said.

import { type Overflow, OverflowError } from '../../conversation/batches.js';
import type { Gap } from '../../core.js';

/** A hole in what came of one instrument. */
export interface ColumnGap extends Gap {
  readonly instrument: number;
}

/** Nothing more comes of an instrument; `cause` is undefined when it was closed. */
export interface ColumnEnd {
  readonly instrument: number;
  readonly cause: Error | undefined;
}

/** Rows since the last batch: row `at` is `time[at]`, `instrument[at]`, `field[at]`, `value[at]`. */
export interface ColumnBatch {
  readonly length: number;
  /** When it came, epoch milliseconds of this machine. */
  readonly time: Float64Array;
  /** Place in the list of contracts that was asked for. */
  readonly instrument: Int32Array;
  /** Place in `columnFields`; -1 - n for a tick type n that no table knows. */
  readonly field: Int16Array;
  /** NaN: at present there is no such price. Of text fields: place in `texts`. */
  readonly value: Float64Array;
  readonly texts: readonly string[];
  /** Holes that lie before or among these rows. */
  readonly gaps: readonly ColumnGap[];
  readonly ended: readonly ColumnEnd[];
  /** Rows that were lost because the consumer was slow. */
  readonly dropped: number;
}

export interface QueueOptions {
  readonly limit: number;
  readonly overflow: Overflow;
  readonly reuse: boolean;
}

interface Room {
  readonly time: Float64Array;
  readonly instrument: Int32Array;
  readonly field: Int16Array;
  readonly value: Float64Array;
}

interface Waiter {
  resolve(step: IteratorResult<ColumnBatch, undefined>): void;
  reject(error: unknown): void;
}

const LEAST_ROWS = 1024;

function roomFor(rows: number): Room {
  return {
    time: new Float64Array(rows),
    instrument: new Int32Array(rows),
    field: new Int16Array(rows),
    value: new Float64Array(rows),
  };
}

export class ColumnQueue {
  private readonly options: QueueOptions;
  /** Called once, when the consumer leaves or what it left undone has ended the queue. */
  private readonly left: () => void;
  private readonly isText: (field: number) => boolean;
  private room: Room;
  private spare: Room | undefined;
  /** As many rows as may stand in the room. */
  private rows: number;
  private length = 0;
  /** Grows with what cannot be condensed further, so that a full queue is not condensed at every row. */
  private full: number;
  private texts: string[] = [];
  private gaps: ColumnGap[] = [];
  private ended: ColumnEnd[] = [];
  private dropped = 0;
  private isOver = false;
  private cause: Error | undefined;
  private readonly waiting: Waiter[] = [];
  /** Somebody waits, and nothing is on its way to him. */
  private isWanted = false;

  constructor(options: QueueOptions, isText: (field: number) => boolean, left: () => void) {
    this.options = options;
    this.isText = isText;
    this.left = left;
    this.full = options.limit;
    this.rows = Math.min(LEAST_ROWS, options.limit);
    this.room = roomFor(this.rows);
  }

  add(instrument: number, field: number, value: number, time: number): void {
    if (this.length === this.rows && !this.makeRoom()) return;
    const { room, length } = this;
    room.time[length] = time;
    room.instrument[length] = instrument;
    room.field[length] = field;
    room.value[length] = value;
    this.length = length + 1;
    if (this.isWanted) this.serve();
  }

  addText(instrument: number, field: number, text: string, time: number): void {
    // Before its text has a place: making room gives new places to all that are kept.
    if (this.length === this.rows && !this.makeRoom()) return;
    this.texts.push(text);
    this.add(instrument, field, this.texts.length - 1, time);
  }

  gap(gap: ColumnGap): void {
    if (this.isOver) return;
    this.gaps.push(gap);
    if (this.isWanted) this.serve();
  }

  end(instrument: number, cause: Error | undefined): void {
    if (this.isOver) return;
    this.ended.push({ instrument, cause });
    if (this.isWanted) this.serve();
  }

  /** Nothing more comes at all. */
  close(cause: Error | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cause = cause;
    this.left();
    if (this.isWanted) this.serve();
  }

  private makeRoom(): boolean {
    if (this.isOver) return false;
    if (this.rows < this.full) {
      this.move(Math.min(this.full, this.rows * 2));
      return true;
    }
    const held = this.length;
    switch (this.options.overflow) {
      case 'fail':
        this.close(new OverflowError(held));
        return false;
      case 'latest':
        this.keepNewest();
        this.full = Math.max(this.options.limit, this.length * 2);
        if (this.length === this.rows) this.move(this.full);
        break;
      case 'dropOldest':
        this.keep(Array.from({ length: Math.floor(held / 2) }, (_, at) => held - Math.floor(held / 2) + at));
        break;
      default:
        return unreachable(this.options.overflow);
    }
    this.dropped += held - this.length;
    return true;
  }

  private move(rows: number): void {
    const before = this.room;
    this.room = roomFor(rows);
    this.rows = rows;
    for (const name of ['time', 'instrument', 'field', 'value'] as const)
      this.room[name].set(before[name].subarray(0, Math.min(rows, this.length)));
  }

  /** The newest row of each field of each instrument, in the order in which they came. */
  private keepNewest(): void {
    const { instrument, field } = this.room;
    const seen = new Set<number>();
    const kept: number[] = [];
    for (let at = this.length - 1; at >= 0; at--) {
      const key = (instrument[at] ?? 0) * 65_536 + (field[at] ?? 0) + 32_768;
      if (seen.has(key)) continue;
      seen.add(key);
      kept.push(at);
    }
    this.keep(kept.reverse());
  }

  private keep(rows: readonly number[]): void {
    const { room, texts } = this;
    const left: string[] = [];
    rows.forEach((from, to) => {
      const field = room.field[from] ?? 0;
      let value = room.value[from] ?? Number.NaN;
      if (this.isText(field)) value = left.push(texts[value] ?? '') - 1;
      room.time[to] = room.time[from] ?? 0;
      room.instrument[to] = room.instrument[from] ?? 0;
      room.field[to] = field;
      room.value[to] = value;
    });
    this.texts = left;
    this.length = rows.length;
  }

  private take(): ColumnBatch {
    const { room, length, texts, gaps, ended, dropped } = this;
    const batch: ColumnBatch = {
      length,
      time: room.time.subarray(0, length),
      instrument: room.instrument.subarray(0, length),
      field: room.field.subarray(0, length),
      value: room.value.subarray(0, length),
      texts,
      gaps,
      ended,
      dropped,
    };
    const next = this.options.reuse ? this.spare : undefined;
    this.spare = room;
    this.room = next ?? roomFor(this.rows);
    this.rows = Math.min(this.room.time.length, this.options.limit);
    this.length = 0;
    this.full = this.options.limit;
    this.texts = [];
    this.gaps = [];
    this.ended = [];
    this.dropped = 0;
    return batch;
  }

  private get hasSome(): boolean {
    return this.length > 0 || this.gaps.length > 0 || this.ended.length > 0;
  }

  /** The turn's remaining rows join the batch. */
  private serve(): void {
    this.isWanted = false;
    queueMicrotask(() => this.settle());
  }

  private settle(): void {
    while (this.waiting.length > 0 && (this.hasSome || this.isOver)) {
      const { resolve, reject } = this.waiting.shift() as Waiter;
      const { cause } = this;
      if (this.hasSome) resolve({ done: false, value: this.take() });
      else if (cause === undefined) resolve({ done: true, value: undefined });
      else {
        this.cause = undefined;
        reject(cause);
      }
    }
    this.isWanted = this.waiting.length > 0;
  }

  /** What the consumer holds: it reads and leaves. */
  reader(): AsyncIterableIterator<ColumnBatch, undefined> {
    return {
      next: () =>
        new Promise((resolve, reject) => {
          this.waiting.push({ resolve, reject });
          this.settle();
        }),
      return: () => {
        this.length = 0;
        this.gaps = [];
        this.ended = [];
        this.close(undefined);
        this.cause = undefined;
        this.settle();
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

function unreachable(overflow: never): never {
  throw new TypeError(`no such overflow: ${String(overflow)}`);
}
