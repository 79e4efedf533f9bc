// What depth messages come to.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBook } from '../../../src/client/market/book.js';

type Message = Parameters<ReturnType<typeof createBook>['take']>[0];
const row = (operation: number, side: number, position: number, price = 0, size = 0, marketMaker?: string): Message =>
  ({ kind: 'updateMktDepthL2', reqId: 1, operation, side, position, price, size, marketMaker }) as Message;

describe('a book', () => {
  it('inserts, updates and deletes by position, side 1 being bids', () => {
    const { book, take } = createBook(10);
    take(row(0, 1, 0, 10, 5), 0);
    take(row(0, 1, 0, 11, 6, 'ARCA'), 0);
    take(row(0, 0, 0, 12, 7), 0);
    take(row(1, 1, 1, 9, 4), 0);
    expect(book.bids).toEqual([
      { price: 11, size: 6, marketMaker: 'ARCA' },
      { price: 9, size: 4, marketMaker: undefined },
    ]);
    expect(book.asks.map(({ price }) => price)).toEqual([12]);
    expect(take(row(2, 1, 0), 7)).toMatchObject({ change: 'delete', side: 'bid', position: 0, level: { price: 11 }, time: 7 });
    expect(book.bids.map(({ price }) => price)).toEqual([9]);
    expect(book.misfits).toBe(0);
  });

  it('says that it is crossed, and that it is no more', () => {
    const { book, take, reset } = createBook(10);
    expect(book.isCrossed).toBe(false);
    take(row(0, 1, 0, 10.02, 5), 0);
    expect(book.isCrossed).toBe(false);
    take(row(0, 0, 0, 10.01, 5), 0);
    expect(book.isCrossed).toBe(true);
    take(row(1, 0, 0, 10.02, 5), 0);
    expect(book.isCrossed).toBe(false);
    take(row(1, 1, 0, 10.03, 5), 0);
    expect(book.isCrossed).toBe(true);
    reset();
    expect(book.isCrossed).toBe(false);
  });

  it('takes the update of a row that is not there for a new one, and counts it', () => {
    const { book, take } = createBook(10);
    expect(take(row(1, 0, 0, 12, 7), 0)).toMatchObject({ change: 'insert', position: 0 });
    expect(take(row(2, 0, 5), 0)).toBeUndefined();
    expect(take(row(0, 0, 9, 13, 1), 0)).toMatchObject({ change: 'insert', position: 1 });
    expect(book.asks).toHaveLength(2);
    expect(book.misfits).toBe(3);
  });

  it('never holds more rows than were asked for, whatever comes', () => {
    const messages = fc.array(
      fc.record({ operation: fc.integer({ min: -1, max: 3 }), side: fc.nat(1), position: fc.integer({ min: -2, max: 8 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(messages, (all) => {
        const { book, take } = createBook(5);
        for (const { operation, side, position } of all) take(row(operation, side, position, 1, 1), 0);
        expect(Math.max(book.bids.length, book.asks.length)).toBeLessThanOrEqual(5);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
