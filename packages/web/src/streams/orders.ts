// Orders and executions as they change: two streams and two lists made one, by the names that came and the ids of executions.

import type { Keyed, Timer } from 'ibwire';
import type { Ask, WebCall } from '../client/ask.js';
import { KeyedMap } from '../client/keyed.js';
import { type ListedFill, type ListedOrder, merged, readListedFill, readListedOrder } from '../orders/listed.js';
import { allFills, wholeOrders } from '../orders/lists.js';
import type { TopicHands, TopicTerms } from './topic.js';

/** Something that happened to orders. `isAnswer`: a list brought it, so the stream had not said it. */
export type OrderNews =
  /** New, or changed. */
  | { readonly is: 'order'; readonly order: ListedOrder; readonly before: ListedOrder | undefined; readonly isAnswer: boolean }
  /** Each execution once, whoever tells of it. */
  | { readonly is: 'fill'; readonly fill: ListedFill; readonly isAnswer: boolean }
  /** What was told of an execution later: its commission. */
  | { readonly is: 'commission'; readonly fill: ListedFill; readonly isAnswer: boolean };

/** Everything that is known of the orders of the day; it changes as news come. */
export interface LiveOrders {
  /** By the broker's order id. */
  readonly orders: Keyed<string, ListedOrder>;
  /** By execution id. */
  readonly fills: Keyed<string, ListedFill>;
}

export interface OrderStreamParts {
  readonly ask: Ask;
  readonly timer: Timer;
}

/** Lists are read so often beside the stream, and more often while it has been caught silent. */
const GUARD_EVERY = 60_000;
const GUARD_SILENT_EVERY = 10_000;

/** What the stream has not said within this time although a list has, it does not say. */
const SLOW = 5_000;

const same = (a: object | undefined, b: object): boolean =>
  a !== undefined &&
  Object.entries(b).every(([name, value]) => value === undefined || (a as Readonly<Record<string, unknown>>)[name] === value);

export const ORDERS_KEY = 'orders';

export function orderTopic(parts: OrderStreamParts, hands: TopicHands<OrderNews>): TopicTerms<OrderNews, LiveOrders> {
  const orders = new KeyedMap<ListedOrder>();
  const fills = new KeyedMap<ListedFill>();
  let isReading = false;
  /** Subscribed anew while lists were read: they may be older. */
  let isAgain = false;
  let isSilent = false;
  /** The first lists are there: what a later one adds, the stream should have said. */
  let isSeeded = false;
  let nextGuard = Number.POSITIVE_INFINITY;
  let lastSpoke = 0;
  let isOver = false;

  const order = (row: ListedOrder, isAnswer: boolean): readonly OrderNews[] => {
    const before = orders.get(row.orderId);
    if (same(before, row)) return [];
    const now = merged(before, row);
    orders.set(row.orderId, now);
    return [{ is: 'order', order: now, before, isAnswer }];
  };
  const fill = (row: ListedFill, isAnswer: boolean): readonly OrderNews[] => {
    const before = fills.get(row.execId);
    if (same(before, row)) return [];
    const now = merged(before, row);
    fills.set(row.execId, now);
    if (before === undefined) return [{ is: 'fill', fill: now, isAnswer }];
    return before.commission === now.commission ? [] : [{ is: 'commission', fill: now, isAnswer }];
  };

  /** Both lists, each for itself: one that does not come leaves the other. */
  const read = async (): Promise<void> => {
    if (isOver) return;
    if (isReading) {
      isAgain = true;
      return;
    }
    isReading = true;
    isAgain = false;
    const began = parts.timer.now();
    const call: WebCall = {};
    const [listed, executed] = await Promise.all([
      wholeOrders(parts, call).catch(() => undefined),
      allFills(parts, call).catch(() => undefined),
    ]);
    isReading = false;
    if (isOver) return;
    if (isAgain) return read();
    const now = parts.timer.now();
    const news = [...(listed ?? []).flatMap((row) => order(row, true)), ...(executed ?? []).flatMap((row) => fill(row, true))];
    // A change that no frame has told: the stream speaks of nothing, or of some things only.
    const isMissed = isSeeded && news.length > 0 && lastSpoke < began - SLOW;
    if (isMissed && !isSilent) {
      isSilent = true;
      hands.stale(lastSpoke, 'silent');
    } else if (isMissed) hands.gap(lastSpoke, now, 'silent');
    const isWhole = listed !== undefined && executed !== undefined;
    if (isWhole && !isSilent) hands.live(now);
    hands.push(news);
    if (isWhole) {
      isSeeded = true;
      hands.complete();
    }
    nextGuard = now + (isSilent || !isWhole ? GUARD_SILENT_EVERY : GUARD_EVERY);
  };

  return {
    key: ORDERS_KEY,
    names: ['sor', 'str'],
    rank: 'orders',
    view: { orders, fills },
    subscribe: () => ['sor+{}', `str+${JSON.stringify({ realtimeUpdatesOnly: false, days: 1 })}`],
    unsubscribe: () => ['uor+{}', 'utr'],
    take(name, _, rows, now) {
      if (name === 'sor') {
        isSilent = false;
        lastSpoke = now;
      }
      return name === 'sor'
        ? rows.flatMap((row) => readListedOrder(row) ?? []).flatMap((row) => order(row, false))
        : rows.flatMap((row) => readListedFill(row) ?? []).flatMap((row) => fill(row, false));
    },
    // Executions alone do not prove that the stream of orders speaks.
    isSign: (name) => name === 'sor',
    onOpened() {
      lastSpoke = parts.timer.now();
      void read();
    },
    onTick(now) {
      if (now < nextGuard) return;
      nextGuard = Number.POSITIVE_INFINITY;
      void read();
    },
    onEnd() {
      isOver = true;
    },
  };
}
