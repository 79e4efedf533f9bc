// When an order's promises settle: on proof, after a short wait for the reason and for the commissions that belong to it.
import type { Timer } from '../../timer.js';
import type { OrderBook } from '../book.js';
import type { Trade } from '../trade.js';
import { isEnd } from './trade-state.js';

/** Milliseconds. */
export interface Patience {
  /** For the error that explains a cancelled status; default 500. */
  readonly reason: number;
  /** For commission reports after the last execution; default 3,000. */
  readonly commissions: number;
  /** For executions after a status that counts more of them; default 1,000, then ever longer up to 5 minutes. */
  readonly fills: number;
  /** For the first word about a new order, before the gateway is asked for its lists; default 5,000, then ever longer. */
  readonly silence: number;
}

export const defaultPatience: Patience = { reason: 500, commissions: 3_000, fills: 1_000, silence: 5_000 };
const LONGEST_WAIT = 300_000;

interface Waiting {
  since: number;
  stop: () => void;
}

/** Watches the trades of a book and settles those that have ended. */
export function watchEndings(book: OrderBook, timer: Timer, patience: Patience): { stop(): void; check(trade: Trade): void } {
  const ending = new Map<Trade, Waiting>();
  const behind = new Map<Trade, { tries: number; stop: () => void }>();
  const leave = (trade: Trade): void => {
    ending.get(trade)?.stop();
    ending.delete(trade);
  };

  const check = (trade: Trade): void => {
    if (trade.isBehind) expectFills(trade);
    else if (behind.has(trade)) {
      behind.get(trade)?.stop();
      behind.delete(trade);
    }
    if (trade.end !== undefined || !isEnd(trade.state)) {
      leave(trade);
      return;
    }
    const now = timer.now();
    const waiting = ending.get(trade) ?? { since: now, stop: () => {} };
    ending.set(trade, waiting);
    waiting.stop();
    const left = Math.max(waitFor(trade), 0) - (now - waiting.since);
    if (trade.questions === 0 && left <= 0) {
      leave(trade);
      trade.settle();
    } else if (left > 0) waiting.stop = timer.after(left, () => check(trade));
  };

  const waitFor = (trade: Trade): number => {
    const forReason = trade.state.at === 'cancelled' && !trade.life.isExplained ? patience.reason : 0;
    return Math.max(forReason, trade.fillBook.isReported ? 0 : patience.commissions);
  };

  const expectFills = (trade: Trade, tries = 0): void => {
    if (tries === 0 && behind.has(trade)) return;
    const wait = Math.min(patience.fills * 3 ** tries, LONGEST_WAIT);
    const stop = timer.after(wait, () => {
      if (!trade.isBehind) return;
      book.ask('fillsMissing', trade);
      expectFills(trade, tries + 1);
    });
    behind.set(trade, { tries, stop });
  };

  // Children of a parent that died untransmitted are never spoken of again: they have to be asked about.
  const orphan = (parent: Trade): void => {
    for (const child of book.live) {
      if (child.parentId !== parent.orderId || child.clientId !== parent.clientId || child.heardAt !== undefined) continue;
      if (child.sentAt === undefined) continue;
      child.doubted('notice');
      book.ask('notice', child);
    }
  };

  const unwatch = book.watch((trade, event) => {
    if (event.is !== 'end') check(trade);
    else if (event.end.at !== 'filled') orphan(trade);
  });
  return {
    check,
    stop() {
      unwatch();
      for (const trade of [...ending.keys()]) leave(trade);
      for (const { stop } of behind.values()) stop();
      behind.clear();
    },
  };
}
