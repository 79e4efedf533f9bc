// Ids: two ranges that never meet, an order counter that never falls, and orders that never arrived.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdRangeError } from '../../src/client/wire/errors.js';
import { createOrderIds, createReqIds, defaultIdRanges, ownerOf } from '../../src/client/wire/ids.js';

const tiny = { lastOrderId: 9, firstReqId: 10, lastReqId: 13 };

describe('ids', () => {
  it('the number alone tells whose an id is', () => {
    expect([undefined, -1, 0, -5, 1, 1_499_999_999, 1_500_000_000, 2_147_483_646].map((id) => ownerOf(id))).toEqual([
      'session',
      'session',
      'manual',
      'manual',
      'order',
      'order',
      'request',
      'request',
    ]);
  });

  it('request ids start high and start over below the unset integer, passing by those in use', () => {
    expect(createReqIds(() => false).next()).toBe(1_500_000_000);
    const busy = new Set([11]);
    const ids = createReqIds((id) => busy.has(id), tiny);
    expect([1, 2, 3, 4, 5].map(() => ids.next())).toEqual([10, 12, 13, 10, 12]);
  });

  it('refuses when every request id is in use, and refuses ranges that meet', () => {
    expect(() => createReqIds(() => true, tiny).next()).toThrow(IdRangeError);
    expect(() => createReqIds(() => false, { ...tiny, firstReqId: 9 })).toThrow(IdRangeError);
    expect(() => createReqIds(() => false, { ...defaultIdRanges, lastReqId: 2_147_483_647 })).toThrow(IdRangeError);
  });

  it('hands out no order id before the gateway has named the first', () => {
    expect(() => createOrderIds().next()).toThrow(IdRangeError);
  });

  it('a block follows the mark without a hole', () => {
    const ids = createOrderIds();
    ids.raise(338, 'atStart');
    expect([ids.next(), ids.block(3), ids.next(), ids.mark]).toEqual([338, [339, 340, 341], 342, 343]);
    expect(() => ids.block(0)).toThrow(IdRangeError);
  });

  it('a lower number at the start of a connection names the orders that never arrived, and their ids stay used', () => {
    const ids = createOrderIds();
    ids.raise(100, 'atStart');
    ids.block(5);
    ids.confirm(100);
    ids.confirm(103);
    expect(ids.raise(102, 'atStart')).toEqual([102, 104]);
    expect(ids.next()).toBe(105);
  });

  it('the same number as an answer to reqIds proves nothing', () => {
    const ids = createOrderIds();
    ids.raise(7, 'atStart');
    ids.next();
    expect(ids.raise(7, 'asAnswer')).toEqual([]);
    expect(ids.next()).toBe(8);
    expect(ids.raise(7, 'atStart')).toEqual([7, 8]);
  });

  it('refuses order ids where request ids begin, and numbers that are no id', () => {
    const ids = createOrderIds(tiny);
    expect(() => ids.raise(10, 'atStart')).toThrow(IdRangeError);
    expect(() => ids.raise(Number.NaN, 'atStart')).toThrow(IdRangeError);
    ids.raise(8, 'atStart');
    expect(() => ids.block(3)).toThrow(IdRangeError);
    expect(ids.block(2)).toEqual([8, 9]);
    expect(() => ids.next()).toThrow(IdRangeError);
  });
});

describe('properties', () => {
  type Step =
    | { do: 'next' }
    | { do: 'block'; count: number }
    | { do: 'confirm'; back: number }
    | { do: 'raise'; by: number; came: 'atStart' | 'asAnswer' };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.constant<Step>({ do: 'next' }),
    fc.record({ do: fc.constant('block' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('confirm' as const), back: fc.integer({ min: 1, max: 8 }) }),
    fc.record({
      do: fc.constant('raise' as const),
      by: fc.integer({ min: -8, max: 8 }),
      came: fc.constantFrom('atStart' as const, 'asAnswer' as const),
    }),
  );

  it('order ids only rise, never repeat, and each lost one was handed out, unconfirmed and reported once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ids = createOrderIds();
        ids.raise(50, 'atStart');
        const given: number[] = [];
        const confirmed = new Set<number>();
        const lostBefore = new Set<number>();
        for (const at of steps) {
          if (at.do === 'next') given.push(ids.next());
          else if (at.do === 'block') given.push(...ids.block(at.count));
          else if (at.do === 'confirm') {
            const id = ids.mark - at.back;
            confirmed.add(id);
            ids.confirm(id);
          } else {
            const number = Math.max(0, ids.mark + at.by);
            const mark = ids.mark;
            const lost = ids.raise(number, at.came);
            expect(ids.mark).toBe(Math.max(mark, number));
            for (const id of lost) {
              expect(given.includes(id) && id >= number && !confirmed.has(id) && !lostBefore.has(id)).toBe(true);
              lostBefore.add(id);
            }
          }
        }
        expect(given).toEqual([...new Set(given)].sort((a, b) => a - b));
        expect(given.every((id) => ownerOf(id) === 'order')).toBe(true);
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  it('a request id is never handed out while it is busy', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 80 }), (frees) => {
        const ranges = { lastOrderId: 99, firstReqId: 100, lastReqId: 119 };
        const busy: number[] = [];
        const ids = createReqIds((id) => busy.includes(id), ranges);
        for (const free of frees) {
          if (free || busy.length === 20) busy.shift();
          else {
            const id = ids.next();
            expect(busy).not.toContain(id);
            expect(ownerOf(id, ranges)).toBe('request');
            busy.push(id);
          }
        }
      }),
      { seed: 52, numRuns: 200 },
    );
  });
});
