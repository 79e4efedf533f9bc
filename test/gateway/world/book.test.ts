import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookChanges, EMPTY_BOOK } from '../../../src/gateway/world/book.js';
import type { Book, BookRow } from '../../../src/gateway/world/market-view.js';
import { AAPL, at, OPEN } from './world-at.js';

describe('the book', () => {
  it('begins with the quote and has five rows a side on the grid', () => {
    const { market } = at(OPEN);
    const quote = market.quote(AAPL);
    const book = market.book(AAPL);
    expect([book.bids[0]?.price, book.bids[0]?.size]).toEqual([quote.bid, quote.bidSize]);
    expect([book.asks[0]?.price, book.asks[0]?.size]).toEqual([quote.ask, quote.askSize]);
    expect(book.bids).toHaveLength(5);
    for (const row of [...book.bids, ...book.asks]) {
      expect(market.onGrid(AAPL, row.price)).toBe(true);
      expect(row.size).toBeGreaterThan(0);
    }
  });

  it('is left by deletes, entered by inserts, and changes size by updates', () => {
    const row = (price: number, size: number): BookRow => ({ price, size, marketMaker: 'ARCA' });
    const before: Book = { bids: [row(10, 1), row(9, 2)], asks: [row(11, 1)] };
    const after: Book = { bids: [row(11, 5), row(10, 3)], asks: [row(12, 1)] };
    expect(bookChanges(before, after)).toEqual([
      { position: 1, operation: 2, side: 1, price: 0, size: 0, marketMaker: 'ARCA' },
      { position: 0, operation: 2, side: 0, price: 0, size: 0, marketMaker: 'ARCA' },
      { position: 0, operation: 0, side: 1, price: 11, size: 5, marketMaker: 'ARCA' },
      { position: 1, operation: 1, side: 1, price: 10, size: 3, marketMaker: 'ARCA' },
      { position: 0, operation: 0, side: 0, price: 12, size: 1, marketMaker: 'ARCA' },
    ]);
    expect(bookChanges(after, after)).toEqual([]);
  });
});

describe('properties', () => {
  it('a client that applies the changes one by one holds the book and never sees it crossed', () => {
    const { world, clock, market } = at(OPEN);
    const ids = world.universe.statics.map((each) => each.conId);
    const plan = fc.record({
      conId: fc.constantFrom(...ids),
      steps: fc.array(fc.integer({ min: 50, max: 400_000 }), { minLength: 1, maxLength: 6 }),
      rows: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(plan, ({ conId, steps, rows }) => {
        const bids: BookRow[] = [];
        const asks: BookRow[] = [];
        let before = EMPTY_BOOK;
        for (const step of steps) {
          clock.advance(step);
          const after = market.book(conId, rows);
          for (const change of bookChanges(before, after)) {
            const side = change.side === 1 ? bids : asks;
            const { price, size, marketMaker } = change;
            if (change.operation === 0) side.splice(change.position, 0, { price, size, marketMaker });
            else if (change.operation === 1) side[change.position] = { price, size, marketMaker };
            else side.splice(change.position, 1);
            const [bid, ask] = [bids[0]?.price, asks[0]?.price];
            if (bid !== undefined && ask !== undefined) expect(bid).toBeLessThan(ask);
          }
          expect({ bids, asks }).toEqual(after);
          before = after;
        }
      }),
      { seed: 51, numRuns: 150 },
    );
  });
});
