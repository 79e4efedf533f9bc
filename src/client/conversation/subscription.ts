// A stream as its user holds it, who reads, and as what feeds it holds it, which alone writes.

import { anything, callback, record } from '../../input/checks.js';
import type { Gap } from '../core.js';
import { mustBe } from '../input/check-call.js';
import { SHOWN } from '../input/legible.js';
import { ClosedError } from '../wire/errors.js';
import type { Batch, BatchOptions } from './batches.js';
import { type Bypass, type Feed, Source, type StreamState } from './source.js';

/** The writing end of a stream, for packages whose streams come another way than over the socket. */
export interface StreamSource<T> {
  readonly state: StreamState;
  /** Every reader gets the item, in this turn. */
  push(item: T): void;
  /** From here on the stream stands so. */
  enter(state: StreamState): void;
  /** The first picture is there. */
  completed(): void;
  /** A hole that is over. */
  gap(gap: Gap): void;
  /** Nothing comes any more: `undefined` where it was closed, else what ended it. */
  finish(cause: Error | undefined): void;
}

/**
 * A subscription as the core's are, and what writes to it, for packages whose streams come another way than over the socket. `thrown`
 * gets the errors of listeners. @throws {InputError} for a feed with a property nobody knows, or without `close`.
 */
export function feedStream<T, V = undefined>(
  feed: Feed<T, V>,
  thrown: (error: unknown) => void,
): readonly [subscription: Subscription<T, V>, source: StreamSource<T>] {
  mustBe(feeds, '', feed);
  return channel(feed, thrown);
}

const feeds = record<Feed<unknown, unknown>>({ view: anything, condense: callback, close: callback }, ['close']);

/** A subscription and what writes to it; the subscription does not lead to it. `thrown` gets the errors of listeners. */
export function channel<T, V = undefined>(
  feed: Feed<T, V>,
  thrown: (error: unknown) => void,
  bypass?: Bypass<T>,
): readonly [subscription: Subscription<T, V>, source: Source<T, V>] {
  const source = new Source<T, V>(feed, thrown, bypass);
  return [new Subscription<T, V>(source), source];
}

/** For calls that are made of a stream: users read the state, or hear of gaps. Undefined: no stream. */
let sourceOf: (subscription: object) => Pick<Source<never, never>, 'stateListeners'> | undefined;

/** Calls the listener whenever the state of a stream changes, in the same turn. */
export function watchState(subscription: object, listener: (state: StreamState) => void): void {
  const source = sourceOf(subscription);
  if (source !== undefined) source.stateListeners = [...source.stateListeners, listener];
}

/**
 * Items of a stream: every item at once by `on`, or in batches; gaps and losses are said in band. `V` is what the items come
 * to, undefined for streams that are only a sequence.
 */
export class Subscription<T, V = undefined> {
  readonly #source: Source<T, V>;

  /** Made by `channel`. */
  constructor(source: Source<T, V>) {
    this.#source = source;
  }

  static {
    sourceOf = (subscription) => (#source in subscription ? subscription.#source : undefined);
  }

  /** The last item, undefined before the first. */
  get latest(): T | undefined {
    return this.#source.latest;
  }

  /** What all items so far come to. It is changed as they come; keep what you read from it, not the object. */
  get view(): V {
    return this.#source.feed.view as V; // undefined where V is
  }

  /** Where it stands: `opening`, `live`, `stale` or `closed`. */
  get state(): StreamState {
    return this.#source.state;
  }

  /** Resolves when the stream has ended: with undefined when it was closed, else with the error that ended it. */
  get ended(): Promise<Error | undefined> {
    return this.#source.ended;
  }

  /** Calls the listener with every item, in the turn in which it came. Returns what takes it out again. */
  on(listener: (item: T) => void): () => void {
    return this.#source.on(listener);
  }

  /** Calls the listener with every hole in the stream, when it is over. */
  onGap(listener: (gap: Gap) => void): () => void {
    const source = this.#source;
    source.gapListeners = [...source.gapListeners, listener];
    return () => {
      source.gapListeners = source.gapListeners.filter((other) => other !== listener);
    };
  }

  /** Items in batches: each step hands over all that has come since the last. Leaving the loop does not close the stream. */
  batches(options: BatchOptions = {}): AsyncIterableIterator<Batch<T>> {
    return this.#source.batches(options).reader();
  }

  /**
   * Resolves when the first picture is complete (all positions, all values), for streams whose gateway says so.
   * @throws what ended the stream before; {ClosedError} when it was closed; {DecodeError} when a part of the picture could not be
   * read: the stream goes on then, and asks again once.
   */
  complete(): Promise<void> {
    const source = this.#source;
    if (source.isComplete) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (cause: Error | undefined): void => {
        if (source.isComplete) resolve();
        else reject(cause ?? new ClosedError('the stream was closed before its first picture was complete'));
      };
      if (source.state.at === 'closed') settle(source.state.cause);
      else if (source.state.at === 'stale' && source.state.cause === 'unreadable' && source.isGivenUp) settle(source.state.error);
      else source.waiting.push(settle);
    });
  }

  /** Ends the stream and tells the gateway, when nobody else uses it. Safe to call twice. */
  close(): void {
    const source = this.#source;
    if (source.state.at === 'closed') return;
    source.finish(undefined);
    source.feed.close();
  }

  /** How it stands, for logs: its state, the last item, and what all items come to. */
  toJSON(): object {
    const { state, latest, view } = this;
    return { state, latest, view };
  }

  /** What `console.log` prints: the same. */
  [SHOWN](): object {
    return this.toJSON();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
