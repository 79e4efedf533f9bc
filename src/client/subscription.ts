// A stream as its user holds it: every item at once by `on`, or in batches; gaps and losses are said in band.

import { type Batch, type BatchOptions, BatchQueue, type Condense } from './batches.js';
import type { Gap } from './core.js';
import { ClosedError } from './errors.js';

export type StreamState =
  /** Asked for; nothing has come yet. */
  | { readonly at: 'opening' }
  | { readonly at: 'live'; readonly since: number }
  /** Nothing certain is coming: the link, the data or the motion is missing. */
  | { readonly at: 'stale'; readonly since: number; readonly cause: Gap['cause'] }
  | { readonly at: 'closed'; readonly cause: Error | undefined };

/** What feeds a subscription. */
export interface Feed<T, V> {
  /** What all items so far come to: a quote, a book, a list of positions. */
  readonly view?: V;
  readonly condense?: Condense<T> | undefined;
  close(): void;
}

/** Items of a stream; `V` is what they come to, undefined for streams that are only a sequence. */
export class Subscription<T, V = undefined> {
  // Arrays that are replaced, never changed: a listener may leave while its round goes on.
  private listeners: readonly ((item: T) => void)[] = [];
  private gapListeners: readonly ((gap: Gap) => void)[] = [];
  private queues: readonly BatchQueue<T>[] = [];
  private readonly feed: Feed<T, V>;
  private readonly thrown: (error: unknown) => void;
  private currentState: StreamState = { at: 'opening' };
  private last: T | undefined;
  private isComplete = false;
  private waiting: ((cause: Error | undefined) => void)[] = [];
  private settleEnded: (cause: Error | undefined) => void = () => {};
  /** Resolves when the stream has ended: with undefined when it was closed, else with the error that ended it. */
  readonly ended: Promise<Error | undefined>;

  /** `thrown` gets the errors of listeners. */
  constructor(feed: Feed<T, V>, thrown: (error: unknown) => void) {
    this.feed = feed;
    this.thrown = thrown;
    this.ended = new Promise((resolve) => {
      this.settleEnded = resolve;
    });
  }

  /** The last item, undefined before the first. */
  get latest(): T | undefined {
    return this.last;
  }

  /** What all items so far come to. It is changed as they come; keep what you read from it, not the object. */
  get view(): V {
    return this.feed.view as V; // undefined where V is
  }

  get state(): StreamState {
    return this.currentState;
  }

  /** Calls the listener with every item, in the turn in which it came. Returns what takes it out again. */
  on(listener: (item: T) => void): () => void {
    this.listeners = [...this.listeners, listener];
    return () => {
      this.listeners = this.listeners.filter((other) => other !== listener);
    };
  }

  /** Calls the listener with every hole in the stream, when it is over. */
  onGap(listener: (gap: Gap) => void): () => void {
    this.gapListeners = [...this.gapListeners, listener];
    return () => {
      this.gapListeners = this.gapListeners.filter((other) => other !== listener);
    };
  }

  /** Items in batches: each step hands over all that has come since the last. Leaving the loop does not close the stream. */
  batches(options: BatchOptions = {}): AsyncIterableIterator<Batch<T>> {
    const queue = new BatchQueue<T>(options, this.feed.condense, (left) => {
      this.queues = this.queues.filter((other) => other !== left);
    });
    if (this.currentState.at === 'closed') queue.end(this.currentState.cause);
    else this.queues = [...this.queues, queue];
    return queue;
  }

  /**
   * Resolves when the first picture is complete (all positions, all values), for streams whose gateway says so.
   * @throws what ended the stream before; {ClosedError} when it was closed.
   */
  complete(): Promise<void> {
    if (this.isComplete) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (cause: Error | undefined): void => {
        if (this.isComplete) resolve();
        else reject(cause ?? new ClosedError('the stream was closed before its first picture was complete'));
      };
      if (this.currentState.at === 'closed') settle(this.currentState.cause);
      else this.waiting.push(settle);
    });
  }

  /** Ends the stream and tells the gateway, when nobody else uses it. Safe to call twice. */
  close(): void {
    if (this.currentState.at === 'closed') return;
    this.finish(undefined);
    this.feed.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  /** For the stream that feeds this one. */
  push(item: T): void {
    if (this.currentState.at === 'closed') return;
    this.last = item;
    const { listeners, queues } = this;
    for (let at = 0; at < listeners.length; at++) {
      try {
        listeners[at]?.(item);
      } catch (error) {
        this.thrown(error);
      }
    }
    for (let at = 0; at < queues.length; at++) queues[at]?.push(item);
  }

  /** For the stream that feeds this one. */
  enter(state: StreamState): void {
    if (this.currentState.at !== 'closed') this.currentState = state;
  }

  /** For the stream that feeds this one: the first picture is there. */
  completed(): void {
    if (this.isComplete || this.currentState.at === 'closed') return;
    this.isComplete = true;
    this.settleWaiting(undefined);
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
    for (const queue of this.queues) queue.end(cause);
    this.settleWaiting(cause);
    this.settleEnded(cause);
    this.listeners = [];
    this.gapListeners = [];
    this.queues = [];
  }

  private settleWaiting(cause: Error | undefined): void {
    const { waiting } = this;
    this.waiting = [];
    for (const settle of waiting) settle(cause);
  }
}
