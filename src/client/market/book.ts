// An order book as its changes come to.

import type { ItemsOf } from '../conversation/shapes.js';
import { legible } from '../input/legible.js';
import type { depth } from './conversations.js';

/** A level of the book: price, size, and whose it is where the venue tells. */
export interface BookLevel {
  readonly price: number;
  readonly size: number;
  /** Market maker or exchange, where the book has them. */
  readonly marketMaker: string | undefined;
}

/** Best first. Several levels can have one price, of different market makers. It changes as messages come. */
export interface Book {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  /** Changes that did not fit the book: a row that was not there. */
  readonly misfits: number;
  /** The best bid stands above the best ask: rows of one side are late. A book of all exchanges can be so for a moment. */
  readonly isCrossed: boolean;
}

/** A side of the book. */
export type BookSide = 'bid' | 'ask';

/** A change of the order book. `reset` empties it: after a loss, or because the gateway says so. Epoch milliseconds. */
export type BookChange =
  | {
      readonly change: 'insert' | 'update' | 'delete';
      readonly side: BookSide;
      readonly position: number;
      readonly level: BookLevel;
      /** When it came, epoch milliseconds of this machine. */
      readonly time: number;
    }
  /** The book is empty; rows follow anew. */
  | { readonly change: 'reset'; readonly why: 'gateway' | 'gap'; readonly time: number }
  /** In place of changes that a slow consumer missed: the book as it is. */
  | { readonly change: 'book'; readonly bids: readonly BookLevel[]; readonly asks: readonly BookLevel[] };

type DepthMessage = Exclude<ItemsOf<typeof depth>, { kind: 'rerouteMktDepthReq' }>;

export interface BookMaker {
  readonly book: Book;
  take(message: DepthMessage, time: number): BookChange | undefined;
  /** The same of a message's fields. */
  change(
    position: number | undefined,
    operation: number | undefined,
    side: number | undefined,
    price: number | undefined,
    size: number | undefined,
    marketMaker: string | undefined,
    time: number,
  ): BookChange | undefined;
  reset(): void;
  /** The book as it is, in one item. */
  picture(): BookChange;
}

const operations = ['insert', 'update', 'delete'] as const;

/** `rows`: levels of each side that were asked for; what is pushed below them is gone without a word. */
export function createBook(rows: number): BookMaker {
  const sides = { bid: [] as BookLevel[], ask: [] as BookLevel[] };
  let misfits = 0;
  const change: BookMaker['change'] = (place, operation, whose, price, size, maker, time) => {
    const change = operations[operation ?? -1];
    const position = place ?? -1;
    if (change === undefined || position < 0) {
      misfits++;
      return undefined;
    }
    const side: BookSide = whose === 1 ? 'bid' : 'ask';
    const levels = sides[side];
    const level = { price: price ?? 0, size: size ?? 0, marketMaker: maker === '' ? undefined : maker };
    const isThere = position < levels.length;
    if (change === 'delete') {
      if (!isThere) {
        misfits++;
        return undefined;
      }
      const [gone] = levels.splice(position, 1);
      return { change, side, position, level: gone ?? level, time };
    }
    if (change === 'update' && isThere) {
      levels[position] = level;
      return { change, side, position, level, time };
    }
    // An update of a row that is not there is a row all the same; one beyond the end joins at the end.
    if (position > levels.length || change === 'update') misfits++;
    const at = Math.min(position, levels.length);
    levels.splice(at, 0, level);
    if (levels.length > rows) levels.length = rows;
    return { change: 'insert', side, position: at, level, time };
  };
  return {
    change,
    book: legible({
      get bids() {
        return sides.bid;
      },
      get asks() {
        return sides.ask;
      },
      get misfits() {
        return misfits;
      },
      get isCrossed() {
        const [bid] = sides.bid;
        const [ask] = sides.ask;
        return bid !== undefined && ask !== undefined && bid.price > ask.price;
      },
    }),
    reset() {
      sides.bid.length = 0;
      sides.ask.length = 0;
    },
    picture: () => ({ change: 'book', bids: [...sides.bid], asks: [...sides.ask] }),
    take: ({ position, operation, side, price, size, marketMaker }, time) =>
      change(position, operation, side, price, size, marketMaker, time),
  };
}
