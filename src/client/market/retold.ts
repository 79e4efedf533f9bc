// Views of streams whose items come another way than from the gateway: over a bus, from a file. The same items, the same view.

import type { Condense } from '../conversation/batches.js';
import { type Book, type BookChange, createBook } from './book.js';
import { newQuote, type Quote, type QuoteTick } from './quote.js';
import { condenseTicks } from './quote-maker.js';
import { quoteFields } from './tick-types.js';

/** A view that is made of items alone. */
export interface Retold<T, V> {
  /** What the items so far come to. It changes as they are taken. */
  readonly view: V;
  /** The next item goes into the view. */
  take(item: T): void;
  /** Fewer items that say the same newest state, for a reader that is slow. */
  readonly condense: Condense<T>;
}

const places: ReadonlyMap<string, number> = new Map(quoteFields.map((field, at) => [field, at]));

/** A quote that is made of the ticks of `ib.market.quotes`, wherever they come from. */
export function retoldQuote(): Retold<QuoteTick, Quote> {
  const { memory, quote } = newQuote();
  return {
    view: quote,
    condense: condenseTicks,
    take(tick) {
      switch (tick.field) {
        case 'reset':
          memory.slots.fill(undefined);
          memory.dataType = 'unknown';
          return;
        case 'dataType':
          memory.dataType = tick.value;
          return;
        case 'params':
          memory.params = tick.value;
          return;
        case 'other':
          return;
        default:
          memory.slots[places.get(tick.field) ?? -1] = tick;
      }
    },
  };
}

const numbers = { insert: 0, update: 1, delete: 2 } as const;

/** A book that is made of the changes of `ib.market.depth`, wherever they come from. `rows`: as the depth was asked for. */
export function retoldBook(rows = 10): Retold<BookChange, Book> {
  const maker = createBook(rows);
  const put = (side: 0 | 1, levels: Book['bids']): void => {
    for (const [at, { price, size, marketMaker }] of levels.entries()) maker.change(at, 0, side, price, size, marketMaker, 0);
  };
  return {
    view: maker.book,
    condense: () => [maker.picture()],
    take(change) {
      switch (change.change) {
        case 'reset':
          maker.reset();
          return;
        case 'book':
          maker.reset();
          put(1, change.bids);
          put(0, change.asks);
          return;
        default: {
          const { side, position, level, time } = change;
          const { price, size, marketMaker } = level;
          maker.change(position, numbers[change.change], side === 'bid' ? 1 : 0, price, size, marketMaker, time);
        }
      }
    },
  };
}
