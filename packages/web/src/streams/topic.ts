// One stream of the broker and everybody who reads it: shared by those who want the same, told of its gaps, asked again when it is quiet.

import { feedStream, type StreamFeed, type StreamSource, type Subscription, type Timer } from 'ibwire';
import type { WebCall } from '../client/ask.js';
import type { StreamLink, Upstream } from './link.js';
import type { LossCause, Row } from './types.js';

/** In this order streams come back. */
export const RANKS = { account: 0, orders: 1, executions: 2, data: 3 } as const;

/** What a stream is made of. */
export interface TopicTerms<T, V> {
  /** Those with one key share it. */
  readonly key: string;
  /** Found out before it is asked, for what is not known by its number. @throws what ends the stream */
  prepare?(): Promise<void>;
  readonly names: readonly string[];
  readonly rank: keyof typeof RANKS;
  readonly view: V;
  /** Fewer items that say the same, for a reader that is slow. */
  readonly condense?: StreamFeed<T, V>['condense'];
  subscribe(): readonly string[];
  unsubscribe(): readonly string[];
  /** Reads what came; answers the items, empty when nothing changed. `isAnswer`: the first after it was asked. */
  take(name: string, value: Row, rows: readonly Row[], now: number, isAnswer: boolean): readonly T[];
  /** Whether a frame of this name proves that the stream lives; default all do. */
  isSign?(name: string): boolean;
  /** It was subscribed: what lists tell may be read now. */
  onOpened?(): void;
  /** Milliseconds after which it is asked again, quiet or not: it ends by itself, without a word. */
  readonly renewAfter?: number;
  /** Without a frame for so long it is asked again too: an ended stream looks like a quiet market. */
  readonly quietAfter?: number;
  /** Asking is confirmed by a frame. Without one within this time it counts as silent. */
  readonly answersWithin?: number;
  /** Its first frame is a whole picture. */
  readonly isPicture?: boolean;
  /** Each second, for those that have something of their own to look after. */
  onTick?(now: number): void;
  /** Nobody reads it any more. */
  onEnd?(): void;
}

/** What a stream may do with its readers, for those that read lists besides. */
export interface TopicHands<T> {
  push(items: readonly T[]): void;
  /** Nothing between these instants is certain. */
  gap(from: number, to: number, cause: LossCause): void;
  complete(): void;
  stale(since: number, cause: LossCause): void;
  live(now: number): void;
  /** It is refused: everybody's stream ends with this. */
  fail(error: Error): void;
}

interface Open {
  readonly key: string;
  join(source: StreamSource<unknown>, wants: (item: unknown) => boolean): void;
  leave(source: StreamSource<unknown>): void;
  readonly view: unknown;
  readonly condense: StreamFeed<unknown, unknown>['condense'];
  end(cause: Error | undefined): void;
}

export interface Topics {
  /** Joins the stream of this key, or opens it. `wants`: of its items only these. */
  open<T, V>(
    make: (hands: TopicHands<T>) => TopicTerms<T, V>,
    key: string,
    call?: WebCall,
    wants?: (item: T) => boolean,
  ): Subscription<T, V>;
  close(cause: Error): void;
}

export function createTopics(link: StreamLink, timer: Timer, thrown: (error: unknown) => void): Topics {
  const all = new Map<string, Open>();
  let closed: Error | undefined;
  return {
    open<T, V>(
      make: (hands: TopicHands<T>) => TopicTerms<T, V>,
      key: string,
      call: WebCall = {},
      wants: (item: T) => boolean = () => true,
    ): Subscription<T, V> {
      call.signal?.throwIfAborted();
      const topic =
        all.get(key) ??
        begin(link, timer, make as (hands: TopicHands<unknown>) => TopicTerms<unknown, unknown>, () => all.delete(key));
      all.set(key, topic);
      const [subscription, source] = feedStream<T, V>(
        {
          view: topic.view as V, // of one key there is one maker
          condense: topic.condense as StreamFeed<T, V>['condense'],
          close() {
            topic.leave(source as StreamSource<unknown>);
          },
        },
        thrown,
      );
      if (closed === undefined) topic.join(source as StreamSource<unknown>, wants as (item: unknown) => boolean);
      else source.finish(closed);
      call.signal?.addEventListener('abort', () => subscription.close(), { once: true });
      return subscription;
    },
    close(cause) {
      closed = cause;
      for (const topic of [...all.values()]) topic.end(cause);
    },
  };
}

function begin(
  link: StreamLink,
  timer: Timer,
  make: (hands: TopicHands<unknown>) => TopicTerms<unknown, unknown>,
  gone: () => void,
): Open {
  const sources = new Map<StreamSource<unknown>, (item: unknown) => boolean>();
  /** Since when nothing is certain, and why; undefined: it is live, or was never asked. */
  let hole: { readonly from: number; readonly cause: LossCause } | undefined;
  let isLive = false;
  let isComplete = false;
  let liveSince = 0;
  let lastFrame = 0;
  let askedAt: number | undefined;
  let isAnswered = false;

  const each = (does: (source: StreamSource<unknown>) => void): void => {
    for (const source of [...sources.keys()]) does(source);
  };
  const hands: TopicHands<unknown> = {
    push(items) {
      for (const item of items) for (const [source, wants] of [...sources]) if (wants(item)) source.push(item);
    },
    gap: (from, to, cause) => each((source) => source.gap({ from, to, cause })),
    complete() {
      isComplete = true;
      each((source) => source.completed());
    },
    stale(since, cause) {
      isLive = false;
      hole ??= { from: since, cause };
      each((source) => source.enter({ at: 'stale', since, cause }));
    },
    live(now) {
      if (hole !== undefined) hands.gap(hole.from, now, hole.cause);
      hole = undefined;
      if (isLive) return;
      isLive = true;
      liveSince = now;
      each((source) => source.enter({ at: 'live', since: now }));
    },
    fail: (error) => end(error),
  };
  const terms = make(hands);
  const { quietAfter, renewAfter, answersWithin } = terms;
  const upstream: Upstream = {
    get names() {
      return terms.names;
    },
    rank: RANKS[terms.rank],
    subscribe: () => terms.subscribe(),
    unsubscribe: () => terms.unsubscribe(),
    take(name, value, rows) {
      const now = timer.now();
      const isAnswer = !isAnswered;
      const items = terms.take(name, value, rows, now, isAnswer);
      // It was quiet, was asked again, and the answer says another thing: it had ended in between.
      const wasEnded = isAnswer && isLive && quietAfter !== undefined && now - lastFrame >= quietAfter && items.length > 0;
      if (wasEnded) hands.gap(lastFrame, now, 'silent');
      lastFrame = now;
      isAnswered = true;
      if (terms.isSign?.(name) !== false) hands.live(now);
      hands.push(items);
      if (terms.isPicture === true && !isComplete) hands.complete();
    },
    lost: (cause, at) => {
      askedAt = undefined;
      if (isLive) hands.stale(at, cause);
    },
    opened() {
      askedAt = timer.now();
      isAnswered = false;
      terms.onOpened?.();
    },
    tick(now) {
      terms.onTick?.(now);
      if (askedAt === undefined) return;
      const isQuiet = quietAfter !== undefined && isAnswered && now - Math.max(lastFrame, askedAt) >= quietAfter;
      const isOld = renewAfter !== undefined && now - askedAt >= renewAfter;
      const isUnanswered = answersWithin !== undefined && !isAnswered && now - askedAt >= answersWithin;
      if (isUnanswered && hole === undefined) hands.stale(isLive ? lastFrame : askedAt, 'silent');
      if (!isQuiet && !isOld && !isUnanswered) return;
      askedAt = now;
      isAnswered = false;
      link.renew(upstream);
    },
  };
  let isOver = false;
  const end = (cause: Error | undefined): void => {
    if (isOver) return;
    isOver = true;
    link.remove(upstream);
    terms.onEnd?.();
    gone();
    each((source) => source.finish(cause));
    sources.clear();
  };
  // The first reader joins before the first word is said.
  const topic: Open = {
    key: terms.key,
    view: terms.view,
    condense: terms.condense,
    join(source, wants) {
      sources.set(source, wants);
      if (isLive) source.enter({ at: 'live', since: liveSince });
      else if (hole !== undefined) source.enter({ at: 'stale', since: hole.from, cause: hole.cause });
      if (isComplete) source.completed();
      if (sources.size === 1 && !isAdded) {
        isAdded = true;
        if (terms.prepare === undefined) link.add(upstream);
        else
          terms.prepare().then(
            () => {
              if (!isOver) link.add(upstream);
            },
            (error: unknown) => end(error instanceof Error ? error : new Error(String(error))),
          );
      }
    },
    leave(source) {
      sources.delete(source);
      if (sources.size === 0) end(undefined);
    },
    end,
  };
  let isAdded = false;
  return topic;
}
