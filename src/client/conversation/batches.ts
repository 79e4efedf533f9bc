// Items held for a consumer that reads in batches: what is lost because it is slow is counted and said.

import { type Checks, number, oneOf, record } from '../../input/checks.js';
import type { Gap } from '../core.js';
import { mustBe } from '../input/check-call.js';
import { ClosedError } from '../wire/errors.js';

const overflows = ['fail', 'dropOldest', 'latest'] as const;
/** What happens when a consumer of batches is slower than the stream. */
export type Overflow = (typeof overflows)[number];

export const overflow = oneOf(...overflows);

/** Items since the last batch. */
export interface Batch<T> extends ReadonlyArray<T> {
  /** Holes that lie before or among these items, in order. */
  readonly gaps: readonly Gap[];
  /** Items that were lost because the consumer was slow. */
  readonly dropped: number;
}

/** How much is held for a reader of batches, and what happens when it is slower than the stream. */
export interface BatchOptions {
  /** Most items that are held for a slow consumer, at least 1; default 10,000. */
  readonly limit?: number;
  /**
   * Default `fail`: the batches end with an error that says how many were held. `latest` keeps the newest state: the newest
   * item of each field of a quote, the whole book of depth, the newest item of anything else.
   */
  readonly overflow?: Overflow;
}

const options = record({ limit: number(1), overflow } satisfies Checks<BatchOptions>);

/** Makes fewer items of many without losing the newest state. */
export type Condense<T> = (held: readonly T[]) => T[];

/** The consumer could not keep up and had asked to be told so. */
export class OverflowError extends ClosedError {
  readonly held: number;
  constructor(held: number) {
    super(`the stream was read too slowly: ${held} items were waiting`);
    this.held = held;
  }
}

interface Waiter<T> {
  resolve(step: IteratorResult<Batch<T>>): void;
  reject(error: unknown): void;
}

const MOST_GAPS = 1000;
const newest = <T>(held: readonly T[]): T[] => held.slice(-1);

export class BatchQueue<T> {
  private items: T[] = [];
  private gaps: Gap[] = [];
  private dropped = 0;
  private isOver = false;
  private isServing = false;
  private cause: Error | undefined;
  private readonly waiting: Waiter<T>[] = [];
  private readonly limit: number;
  private readonly overflow: Overflow;
  private readonly condense: Condense<T>;
  private readonly forget: (queue: BatchQueue<T>) => void;
  /** Grows with what cannot be condensed further, so that a full queue is not condensed at every item. */
  private full: number;

  /** @throws {InputError} */
  constructor(given: BatchOptions, condense: Condense<T> | undefined, forget: (queue: BatchQueue<T>) => void) {
    mustBe(options, '', given);
    const { limit = 10_000, overflow = 'fail' } = given;
    this.limit = limit;
    this.full = limit;
    this.overflow = overflow;
    this.condense = condense ?? newest;
    this.forget = forget;
  }

  push(item: T): void {
    if (this.isOver) return;
    if (this.items.length >= this.full && !this.makeRoom()) return;
    this.items.push(item);
    if (this.waiting.length > 0) this.serve();
  }

  private makeRoom(): boolean {
    const held = this.items.length;
    switch (this.overflow) {
      case 'fail':
        this.end(new OverflowError(held));
        return false;
      case 'latest':
        this.items = this.condense(this.items);
        this.full = Math.max(this.limit, this.items.length * 2);
        break;
      case 'dropOldest':
        // Half at once, so that a consumer that stays slow does not cost a shift for every item.
        this.items.splice(0, Math.ceil(this.limit / 2));
        break;
      default:
        return unreachable(this.overflow);
    }
    this.dropped += held - this.items.length;
    return true;
  }

  gap(gap: Gap): void {
    if (this.isOver) return;
    this.gaps.push(gap);
    if (this.gaps.length > MOST_GAPS) this.gaps.shift();
    this.serve();
  }

  end(cause: Error | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cause = cause;
    this.forget(this);
    this.serve();
  }

  private take(): Batch<T> {
    const batch = Object.assign(this.items, { gaps: this.gaps, dropped: this.dropped });
    this.items = [];
    this.gaps = [];
    this.dropped = 0;
    this.full = this.limit;
    return batch;
  }

  /** The turn's remaining items join the batch. */
  private serve(): void {
    if (this.isServing || this.waiting.length === 0) return;
    this.isServing = true;
    queueMicrotask(() => {
      this.isServing = false;
      this.settle();
    });
  }

  private settle(): void {
    while (this.waiting.length > 0 && (this.items.length > 0 || this.gaps.length > 0 || this.isOver)) {
      const { resolve, reject } = this.waiting.shift() as Waiter<T>;
      const { cause } = this;
      if (this.items.length > 0 || this.gaps.length > 0) resolve({ done: false, value: this.take() });
      else if (cause === undefined) resolve({ done: true, value: undefined });
      else {
        this.cause = undefined;
        reject(cause);
      }
    }
  }

  /** What the consumer holds: it reads and leaves. */
  reader(): AsyncIterableIterator<Batch<T>> {
    return {
      next: () =>
        new Promise((resolve, reject) => {
          this.waiting.push({ resolve, reject });
          if (!this.isServing) this.settle();
        }),
      return: () => {
        this.isOver = true;
        this.items = [];
        this.gaps = [];
        this.cause = undefined;
        this.forget(this);
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
