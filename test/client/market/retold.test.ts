// A quote and a book that are told again come to the same as where they were first told.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBook } from '../../../src/client/market/book.js';
import type { QuoteTick } from '../../../src/client/market/quote.js';
import { QuoteSink, type TickMessage } from '../../../src/client/market/quote-maker.js';
import { retoldBook, retoldQuote } from '../../../src/client/market/retold.js';

const number = fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 1000 }));
const messages: fc.Arbitrary<TickMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('tickPrice' as const),
    tickType: fc.integer({ min: 0, max: 80 }),
    price: number,
    size: number,
    attribMask: fc.constantFrom(0, 1, 2),
  }),
  fc.record({ kind: fc.constant('tickSize' as const), tickType: fc.constantFrom(0, 3, 5, 8, 71), size: number }),
  fc.record({ kind: fc.constant('tickString' as const), tickType: fc.constantFrom(45, 48, 59), value: fc.string() }),
  fc.record({ kind: fc.constant('marketDataType' as const), marketDataType: fc.integer({ min: 0, max: 5 }) }),
  fc.record({
    kind: fc.constant('tickReqParams' as const),
    minTick: fc.constant(0.01),
    bboExchange: fc.string(),
    snapshotPermissions: fc.constant(3),
  }),
) as fc.Arbitrary<TickMessage>;

describe('what is told again', () => {
  it('makes the same quote of the same ticks, over resets too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ arbitrary: messages, weight: 9 }, { arbitrary: fc.constant('reset' as const), weight: 1 })),
        (said) => {
          let now = 0;
          const handed = {
            place: 0,
            get heardAt() {
              return ++now;
            },
          };
          const first = new QuoteSink(handed, () => {}).maker();
          const again = retoldQuote();
          first.seat.open((tick: QuoteTick): void => again.take(tick));
          for (const one of said) {
            if (one === 'reset') first.reset();
            else first.take(one);
          }
          const { params: told, ...rest } = JSON.parse(JSON.stringify(first.quote));
          const { params: retold, ...same } = JSON.parse(JSON.stringify(again.view));
          expect(same).toEqual(rest);
          expect(retold).toEqual(told);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('makes the same book of the same changes', () => {
    const change = fc.tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 1 }),
      number,
      number,
    );
    fc.assert(
      fc.property(fc.array(change), (said) => {
        const first = createBook(5);
        const again = retoldBook(5);
        for (const [position, operation, side, price, size] of said) {
          const told = first.change(position, operation, side, price, size, '', 1);
          if (told !== undefined) again.take(told);
        }
        const whole = retoldBook(5);
        whole.take(first.picture());
        expect([whole.view.bids, whole.view.asks]).toEqual([first.book.bids, first.book.asks]);
        expect([again.view.bids, again.view.asks]).toEqual([first.book.bids, first.book.asks]);
      }),
      { numRuns: 500 },
    );
  });
});
