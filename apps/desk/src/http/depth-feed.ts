// The order book of one instrument and its trades as they come: gathered, told a few times a second, and given back at the end.

import type { Book, MidPointTick, QualifiedContract, Subscription, TradeTick } from 'ibwire';
import type { Timer } from '../clock.js';
import type { Desk } from '../desk.js';
import { asText } from '../session/shown-quote.js';
import { BATCH_MS } from './quote-feed.js';

export interface ShownLevel {
  readonly price: string;
  readonly size: string;
  /** Exchange or market maker, where the book tells it. */
  readonly by?: string;
}
export interface ShownBook {
  readonly bids: readonly ShownLevel[];
  readonly asks: readonly ShownLevel[];
  /** When it changed last, epoch milliseconds of the desk; undefined before the first row. */
  readonly at: number | undefined;
  readonly isCrossed: boolean;
  readonly isStale: boolean;
}
export interface ShownTrade {
  /** Epoch milliseconds, whole seconds. */
  readonly time: number;
  readonly price: string;
  /** Absent for midpoints, which currencies have in place of trades. */
  readonly size?: string;
  readonly exchange?: string;
  readonly conditions?: string;
}

export interface Feed {
  close(): void;
}

const ROWS = 10;
/** Trades of before, to begin with. */
const BEFORE = 50;
/** More than this between two tellings, and the oldest are left out and counted. */
const MOST_TRADES = 200;

/** A book of all exchanges where the instrument is routed, else that of its exchange. */
const depthOptions = ({ exchange }: QualifiedContract) => ({ rows: ROWS, isSmartDepth: exchange === 'SMART' });

export function shownBook({ bids, asks, isCrossed }: Book, at: number | undefined, isStale: boolean): ShownBook {
  const level = ({ price, size, marketMaker }: Book['bids'][number]): ShownLevel => ({
    price: asText(price),
    size: asText(size),
    ...(marketMaker === undefined ? {} : { by: marketMaker }),
  });
  return { bids: bids.map(level), asks: asks.map(level), at, isCrossed, isStale };
}

interface Told<T> {
  /** False where the reader is behind: it is told later, with what is newest then. */
  tell(told: T): boolean;
  /** The gateway ended the stream. */
  failed(cause: Error): void;
}

/** A stream that is told in batches: `flush` says whether the reader took it; what it did not take waits. `touch`: there is news. */
function inBatches<T, V>(timer: Timer, stream: Subscription<T, V>, flush: () => boolean, failed: (cause: Error) => void) {
  let isOver = false;
  let cancel: (() => void) | undefined;
  const run = (): void => {
    cancel = flush() ? undefined : timer.after(BATCH_MS, run);
  };
  stream.ended.then((cause) => {
    cancel?.();
    if (!isOver && cause !== undefined) failed(cause);
  });
  return {
    touch() {
      cancel ??= timer.after(BATCH_MS, run);
    },
    close() {
      isOver = true;
      cancel?.();
      stream.close();
    },
  };
}

export function depthFeed({ connection, timer }: Desk, contract: QualifiedContract, { tell, failed }: Told<ShownBook>): Feed {
  const stream = connection.need().ib.market.depth(contract, depthOptions(contract));
  let at: number | undefined;
  const feed = inBatches(timer, stream, () => tell(shownBook(stream.view, at, stream.state.at === 'stale')), failed);
  stream.on(() => {
    at = timer.now();
    feed.touch();
  });
  return feed;
}

export interface ShownTrades {
  readonly trades: readonly ShownTrade[];
  /** Left out because too many came at once. */
  readonly missed: number;
}

function shownTrade(tick: TradeTick | MidPointTick): ShownTrade | undefined {
  const price = tick.type === 'MidPoint' ? tick.midPoint : tick.price;
  if (price === undefined) return undefined;
  const shown = { time: tick.time, price: asText(price) };
  if (tick.type === 'MidPoint') return shown;
  const { size, exchange, specialConditions } = tick;
  return {
    ...shown,
    ...(size === undefined ? {} : { size: asText(size) }),
    ...(exchange ? { exchange } : {}),
    ...(specialConditions?.trim() ? { conditions: specialConditions.trim() } : {}),
  };
}

export function tradeFeed({ connection, timer }: Desk, contract: QualifiedContract, { tell, failed }: Told<ShownTrades>): Feed {
  const { market } = connection.need().ib;
  const options = { numberOfTicks: BEFORE };
  // Currencies have no trades.
  const stream =
    contract.secType === 'CASH'
      ? market.tickByTick(contract, 'MidPoint', options)
      : market.tickByTick(contract, 'AllLast', options);
  let waiting: ShownTrade[] = [];
  let missed = 0;
  const flush = (): boolean => {
    if (!tell({ trades: waiting, missed })) return false;
    waiting = [];
    missed = 0;
    return true;
  };
  const feed = inBatches<TradeTick | MidPointTick, undefined>(
    timer,
    stream as Subscription<TradeTick | MidPointTick>,
    flush,
    failed,
  );
  const take = (tick: TradeTick | MidPointTick): void => {
    const trade = shownTrade(tick);
    if (trade === undefined) return;
    waiting.push(trade);
    if (waiting.length > MOST_TRADES) {
      waiting.shift();
      missed++;
    }
    feed.touch();
  };
  stream.on(take);
  return feed;
}
