/** Queues by price and time, and the times clients write. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime, writeDashedTime, writeTime } from '../../../src/gateway/matching/gateway-time.js';
import { createQueue, dequeue, type Entry, enqueue, nth } from '../../../src/gateway/matching/price-queue.js';

describe('a price queue', () => {
  it('gives the best price first and of equal prices the earliest, market orders before all', () => {
    const bids = createQueue<string>(1);
    enqueue(bids, 10, 1, 'a');
    enqueue(bids, 11, 2, 'b');
    enqueue(bids, 11, 3, 'c');
    enqueue(bids, Number.POSITIVE_INFINITY, 4, 'market');
    expect([0, 1, 2, 3, 4].map((n) => nth(bids, n)?.order)).toEqual(['market', 'b', 'c', 'a', undefined]);
  });

  it('stays sorted whatever is put in and taken out', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(1 as const, -1 as const),
        fc.array(fc.record({ price: fc.integer({ min: 0, max: 9 }), drop: fc.nat({ max: 20 }) })),
        (first, steps) => {
          const queue = createQueue<number>(first);
          const held: Entry<number>[] = [];
          steps.forEach(({ price, drop }, seq) => {
            held.push(enqueue(queue, price, seq, seq));
            if (drop < held.length && drop % 2 === 0) for (const entry of held.splice(drop, 1)) dequeue(entry);
          });
          const sorted = [...held].sort((a, b) => (a.price !== b.price ? first * (b.price - a.price) : a.seq - b.seq));
          expect(held.map((_, n) => nth(queue, n))).toEqual(sorted);
          expect(nth(queue, held.length)).toBeUndefined();
        },
      ),
      { seed: 8 },
    ));
});

describe('times', () => {
  const now = Date.UTC(2026, 3, 15, 14);
  it.each([
    ['20260415 10:20:30 US/Eastern', Date.UTC(2026, 3, 15, 14, 20, 30)],
    ['20260415-10:20:30', Date.UTC(2026, 3, 15, 10, 20, 30)],
    ['20260115 10:20:30', Date.UTC(2026, 0, 15, 15, 20, 30)],
    ['15:59:00 Europe/London', Date.UTC(2026, 3, 15, 14, 59)],
    ['20260415', Date.UTC(2026, 3, 15, 4)],
  ])('%s', (text, expected) => expect(readTime(text, 'US/Eastern', now)).toBe(expected));

  it.each(['', 'tomorrow', '20261315 10:00:00', '25:00:00', '20260415 10:00:00 Nowhere/Land'])('%s cannot be read', (text) =>
    expect(readTime(text, 'US/Eastern', now)).toBeUndefined(),
  );

  it('are written in the zone asked for', () => {
    expect(writeTime(now, 'US/Eastern')).toBe('20260415 10:00:00 US/Eastern');
    expect(writeDashedTime(now, 'US/Eastern')).toBe('2026-04-15 10:00:00 US/Eastern');
  });
});
