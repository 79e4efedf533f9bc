// New orders of which the gateway says nothing: it is asked for its lists, since on a living link too an order can be lost.
import type { Timer } from '../../wire/timer.js';
import type { OrderBook } from '../book.js';
import { isEnd } from '../record/trade-state.js';
import type { Trade } from '../trade.js';
import { isStaged } from './doubtful.js';

const LONGEST_WAIT = 300_000;

/** Watches the orders of a book from their bytes to the first word about them. Returns the way to stop. */
export function watchSilence(book: OrderBook, timer: Timer, firstAfter: number): () => void {
  const waiting = new Map<Trade, () => void>();

  const leave = (trade: Trade): void => {
    waiting.get(trade)?.();
    waiting.delete(trade);
  };

  const expect = (trade: Trade, wait: number): void => {
    const stop = timer.after(wait, () => {
      waiting.delete(trade);
      if (isHeard(trade) || isEnd(trade.state)) return;
      if (!isStaged(book.index, trade)) book.take(trade, { is: 'question', cause: 'silence' });
      // A market order for the close has been seen to stay without a word for half a minute: asked ever more rarely.
      expect(trade, Math.min(wait * 3, LONGEST_WAIT));
    });
    waiting.set(trade, stop);
  };

  const unwatch = book.watch((trade, event) => {
    if (isHeard(trade) || event.is === 'end') leave(trade);
    else if (event.is === 'state' && event.state.at === 'sent' && trade.isPlaced && !waiting.has(trade))
      expect(trade, firstAfter);
  });
  return () => {
    unwatch();
    for (const trade of [...waiting.keys()]) leave(trade);
  };
}

function isHeard(trade: Trade): boolean {
  return trade.heardAt !== undefined || trade.record.permIds.length > 0;
}
