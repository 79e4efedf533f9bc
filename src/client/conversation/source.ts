// What feeds one subscription: items, gaps and the end go in here, and it tells listeners and batches.

import type { DecodeError } from '../../protocol/errors.js';
import type { Gap } from '../core.js';
import { type BatchOptions, BatchQueue, type Condense } from './batches.js';
import { heed } from './heed.js';

/** Where a stream stands. A union: switch over `at`. `stale` comes back by itself, `closed` does not. Epoch milliseconds. */
export type StreamState =
  /** Asked for; nothing has come yet. */
  | { readonly at: 'opening' }
  | { readonly at: 'live'; readonly since: number }
  /** Nothing certain is coming: the link, the data or the motion is missing. */
  | {
      readonly at: 'stale';
      readonly since: number;
      readonly cause: Gap['cause'];
      /** What could not be read, where that is the cause. */
      readonly error?: DecodeError;
    }
  | { readonly at: 'closed'; readonly cause: Error | undefined };

/** What feeds a subscription. */
export interface Feed<T, V> {
  /** What all items so far come to: a quote, a book, a list of positions. */
  readonly view?: V;
  readonly condense?: Condense<T> | undefined;
  /** The user has closed the stream: stop asking for it. */
  close(): void;
}

/** Another way by which items come to the only listener of a stream, past its source. */
export interface Bypass<T> {
  /** What `only` says may be another. */
  changed(): void;
  /** The last item, where it came that way. */
  newest(): T | undefined;
}

/** Listens where there is no listener. */
const nobody = (): void => {};

/** The writing end: items, gaps and the end go in here. */
export class Source<T, V = undefined> {
  // Arrays that are replaced, never changed: a listener may leave while its round goes on.
  private listeners: readonly ((item: T) => void)[] = [];
  gapListeners: readonly ((gap: Gap) => void)[] = [];
  stateListeners: readonly ((state: StreamState) => void)[] = [];
  private queues: readonly BatchQueue<T>[] = [];
  readonly feed: Feed<T, V>;
  state: StreamState = { at: 'opening' };
  /** The last item that came by `push`. */
  private pushed: T | undefined;
  isComplete = false;
  /** A second answer could not be read either: no whole picture is on its way. */
  isGivenUp = false;
  waiting: ((cause: Error | undefined) => void)[] = [];
  readonly ended: Promise<Error | undefined>;
  private readonly thrown: (error: unknown) => void;
  private readonly bypass: Bypass<T> | undefined;
  private settleEnded: (cause: Error | undefined) => void = () => {};

  constructor(feed: Feed<T, V>, thrown: (error: unknown) => void, bypass?: Bypass<T>) {
    this.feed = feed;
    this.thrown = thrown;
    this.bypass = bypass;
    this.ended = new Promise((resolve) => {
      this.settleEnded = resolve;
    });
  }

  get latest(): T | undefined {
    return this.bypass?.newest() ?? this.pushed;
  }

  /** Calling this and noting the item is all that `push` would do; undefined where it does more, or less. */
  get only(): ((item: T) => unknown) | undefined {
    const { listeners, queues, state } = this;
    return listeners.length < 2 && queues.length === 0 && state.at !== 'closed' ? (listeners[0] ?? nobody) : undefined;
  }

  on(listener: (item: T) => void): () => void {
    this.hear([...this.listeners, listener]);
    return () => this.hear(this.listeners.filter((other) => other !== listener));
  }

  private hear(listeners: readonly ((item: T) => void)[]): void {
    this.listeners = listeners;
    this.bypass?.changed();
  }

  /** Items in batches: all that has come since the last one was read. */
  batches(options: BatchOptions): BatchQueue<T> {
    const queue = new BatchQueue<T>(options, this.feed.condense, (left) => {
      this.hold(this.queues.filter((other) => other !== left));
    });
    if (this.state.at === 'closed') queue.end(this.state.cause);
    else this.hold([...this.queues, queue]);
    return queue;
  }

  private hold(queues: readonly BatchQueue<T>[]): void {
    this.queues = queues;
    this.bypass?.changed();
  }

  /** The item came to its only listener by another way. */
  note(item: T): void {
    this.pushed = item;
  }

  push(item: T): void {
    if (this.state.at === 'closed') return;
    this.pushed = item;
    const { listeners, queues } = this;
    for (let at = 0; at < listeners.length; at++) {
      try {
        const answer: unknown = listeners[at]?.(item);
        if (answer !== undefined) heed(answer, this.thrown);
      } catch (error) {
        this.thrown(error);
      }
    }
    for (let at = 0; at < queues.length; at++) queues[at]?.push(item);
  }

  enter(state: StreamState): void {
    if (this.state.at === 'closed') return;
    this.state = state;
    if (state.at !== 'stale' || state.cause !== 'unreadable') this.isGivenUp = false;
    this.tellState();
  }

  /** What the picture is made of could not be read: who waits for it is told, and it is not complete until it comes again. */
  holed(since: number, error: DecodeError, isGivenUp: boolean): void {
    if (this.state.at === 'closed') return;
    this.isComplete = false;
    this.isGivenUp = isGivenUp;
    this.settleWaiting(error);
    this.enter({ at: 'stale', since, cause: 'unreadable', error });
  }

  private tellState(): void {
    for (const listener of this.stateListeners) {
      try {
        listener(this.state);
      } catch (error) {
        this.thrown(error);
      }
    }
  }

  /** The first picture is there. */
  completed(): void {
    if (this.isComplete || this.state.at === 'closed') return;
    this.isComplete = true;
    this.settleWaiting(undefined);
  }

  gap(gap: Gap): void {
    for (const listener of this.gapListeners) {
      try {
        heed(listener(gap) as unknown, this.thrown);
      } catch (error) {
        this.thrown(error);
      }
    }
    for (const queue of this.queues) queue.gap(gap);
  }

  finish(cause: Error | undefined): void {
    if (this.state.at === 'closed') return;
    this.state = { at: 'closed', cause };
    this.tellState();
    for (const queue of this.queues) queue.end(cause);
    this.settleWaiting(cause);
    this.settleEnded(cause);
    this.listeners = [];
    this.gapListeners = [];
    this.stateListeners = [];
    this.queues = [];
    this.bypass?.changed();
  }

  private settleWaiting(cause: Error | undefined): void {
    const { waiting } = this;
    this.waiting = [];
    for (const settle of waiting) settle(cause);
  }
}
