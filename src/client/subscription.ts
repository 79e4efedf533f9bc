// A stream as its user holds it: every item at once by `on`, or in batches; gaps and losses are said in band.

import type { Gap } from './core.js';
import { ClosedError } from './errors.js';

/** What happens when a consumer of batches is slower than the stream. */
export type Overflow = 'fail' | 'dropOldest' | 'latest';

/** Items since the last batch. */
export interface Batch<T> extends ReadonlyArray<T> {
  /** Holes that lie before or among these items, in order. */
  readonly gaps: readonly Gap[];
  /** Items that were lost because the consumer was slow. */
  readonly dropped: number;
}

export type StreamState =
  /** Asked for; nothing has come yet. */
  | { readonly at: 'opening' }
  | { readonly at: 'live'; readonly since: number }
  /** Nothing certain is coming: the link, the data or the motion is missing. */
  | { readonly at: 'stale'; readonly since: number; readonly cause: Gap['cause'] }
  | { readonly at: 'closed'; readonly cause: Error | undefined };

export interface BatchOptions {
  /** Most items that are held for a slow consumer; default 10,000. */
  readonly limit?: number;
  /** Default `fail`: the batches end with an error that says how many were held. */
  readonly overflow?: Overflow;
}

/** The consumer could not keep up and had asked to be told so. */
export class OverflowError extends ClosedError {
  readonly held: number;
  constructor(held: number) {
    super(`the stream was read too slowly: ${held} items were waiting`);
    this.held = held;
  }
}

interface Upstream {
  close(): void;
}

export class Subscription<T> {
  private readonly listeners = new Set<(item: T) => void>();
  private readonly gapListeners = new Set<(gap: Gap) => void>();
  private readonly queues = new Set<Queue<T>>();
  private readonly upstream: Upstream;
  private readonly thrown: (error: unknown) => void;
  private readonly endings = new Set<(cause: Error | undefined) => void>();
  private currentState: StreamState = { at: 'opening' };
  private last: T | undefined;
  /** Resolves when the stream has ended: with undefined when it was closed, else with the error that ended it. */
  readonly ended: Promise<Error | undefined>;

  constructor(upstream: Upstream, thrown: (error: unknown) => void) {
    this.upstream = upstream;
    this.thrown = thrown;
    this.ended = new Promise((resolve) => this.endings.add(resolve));
  }

  /** The last item, undefined before the first. */
  get latest(): T | undefined {
    return this.last;
  }

  get state(): StreamState {
    return this.currentState;
  }

  /** Calls the listener with every item, in the turn in which it came. Returns what takes it out again. */
  on(listener: (item: T) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls the listener with every hole in the stream, when it is over. */
  onGap(listener: (gap: Gap) => void): () => void {
    this.gapListeners.add(listener);
    return () => this.gapListeners.delete(listener);
  }

  /** Items in batches: each step hands over all that has come since the last. Leaving the loop does not close the stream. */
  batches(options: BatchOptions = {}): AsyncIterableIterator<Batch<T>> {
    const queue = new Queue<T>(options, () => this.queues.delete(queue));
    if (this.currentState.at === 'closed') queue.end(this.currentState.cause);
    else this.queues.add(queue);
    return queue;
  }

  /** Ends the stream and tells the gateway, when nobody else uses it. Safe to call twice. */
  close(): void {
    if (this.currentState.at === 'closed') return;
    this.finish(undefined);
    this.upstream.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  /** For the stream that feeds this one. */
  push(item: T): void {
    if (this.currentState.at === 'closed') return;
    this.last = item;
    for (const listener of this.listeners) {
      try {
        listener(item);
      } catch (error) {
        this.thrown(error);
      }
    }
    for (const queue of this.queues) queue.push(item);
  }

  /** For the stream that feeds this one. */
  enter(state: StreamState): void {
    if (this.currentState.at !== 'closed') this.currentState = state;
  }

  /** For the stream that feeds this one. */
  gap(gap: Gap): void {
    for (const listener of this.gapListeners) {
      try {
        listener(gap);
      } catch (error) {
        this.thrown(error);
      }
    }
    for (const queue of this.queues) queue.gap(gap);
  }

  /** For the stream that feeds this one. */
  finish(cause: Error | undefined): void {
    if (this.currentState.at === 'closed') return;
    this.currentState = { at: 'closed', cause };
    for (const queue of [...this.queues]) queue.end(cause);
    for (const end of this.endings) end(cause);
    this.listeners.clear();
    this.gapListeners.clear();
  }
}

class Queue<T> implements AsyncIterableIterator<Batch<T>> {
  private items: T[] = [];
  private gaps: Gap[] = [];
  private dropped = 0;
  private isOver = false;
  private cause: Error | undefined;
  private waiting: { resolve(step: IteratorResult<Batch<T>>): void; reject(error: unknown): void } | undefined;
  private readonly limit: number;
  private readonly overflow: Overflow;
  private readonly forget: () => void;

  constructor(options: BatchOptions, forget: () => void) {
    this.limit = Math.max(1, options.limit ?? 10_000);
    this.overflow = options.overflow ?? 'fail';
    this.forget = forget;
  }

  push(item: T): void {
    if (this.isOver) return;
    if (this.items.length >= this.limit) {
      if (this.overflow === 'fail') {
        this.end(new OverflowError(this.items.length));
        return;
      }
      if (this.overflow === 'latest') {
        this.dropped += this.items.length;
        this.items = [];
      } else {
        // Half at once, so that a consumer that stays slow does not cost a shift for every item.
        const half = Math.ceil(this.limit / 2);
        this.items.splice(0, half);
        this.dropped += half;
      }
    }
    this.items.push(item);
    this.serve();
  }

  gap(gap: Gap): void {
    if (this.isOver) return;
    this.gaps.push(gap);
    if (this.gaps.length > 1000) this.gaps.shift();
    this.serve();
  }

  end(cause: Error | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cause = cause;
    this.forget();
    this.serve();
  }

  private take(): Batch<T> {
    const batch = Object.assign(this.items, { gaps: this.gaps, dropped: this.dropped });
    this.items = [];
    this.gaps = [];
    this.dropped = 0;
    return batch;
  }

  private serve(): void {
    const waiting = this.waiting;
    if (waiting === undefined) return;
    this.waiting = undefined;
    // The turn's remaining items join the batch.
    queueMicrotask(() => {
      void this.next().then(waiting.resolve, waiting.reject);
    });
  }

  next(): Promise<IteratorResult<Batch<T>>> {
    if (this.items.length > 0 || this.gaps.length > 0) return Promise.resolve({ done: false, value: this.take() });
    if (this.isOver) {
      const { cause } = this;
      this.cause = undefined;
      return cause === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(cause);
    }
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
  }

  return(): Promise<IteratorResult<Batch<T>>> {
    this.isOver = true;
    this.items = [];
    this.gaps = [];
    this.forget();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
