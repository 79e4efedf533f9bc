import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnGrid, limitMode, priceGrid, snap } from '../../../src/client/contracts/price-grid.js';
import { InputError } from '../../../src/client/input/input-error.js';
import { adjustable } from '../../../src/client/orders/builders/attachments.js';
import { limit, stop, stopLimit } from '../../../src/client/orders/builders/basic.js';
import { relative } from '../../../src/client/orders/builders/pegged.js';
import { snapOrder } from '../../../src/client/orders/builders/snap-order.js';
import { trail } from '../../../src/client/orders/builders/trailing.js';

// The option rule of most US classes: nickels below 3, dimes from 3 on.
const nickels = priceGrid([
  { lowEdge: 0, increment: 0.05 },
  { lowEdge: 3, increment: 0.1 },
]);
const cents = priceGrid([
  { lowEdge: 0, increment: 0.0001 },
  { lowEdge: 1, increment: 0.01 },
]);

describe('price grid', () => {
  it.each([
    ['2.97', '2.95', '3', '2.95'],
    ['2.98', '2.95', '3', '3'],
    ['2.975', '2.95', '3', '3'],
    ['3.05', '3', '3.1', '3.1'],
    ['3.04', '3', '3.1', '3'],
    ['3', '3', '3', '3'],
    ['0', '0', '0', '0'],
    ['0.01', '0', '0.05', '0'],
    ['-2.97', '-3', '-2.95', '-2.95'],
    ['-3.05', '-3.1', '-3', '-3'],
  ])('snaps %s down to %s, up to %s, nearest to %s', (price, down, up, nearest) => {
    expect(['down', 'up', 'nearest'].map((mode) => snap(price, nickels, mode as 'down').toFixed())).toStrictEqual([
      down,
      up,
      nearest,
    ]);
  });

  it('keeps what a float would spoil', () => {
    expect(snap('187.49999999999999999', cents, 'down').toFixed()).toBe('187.49');
    expect(snap(0.1 + 0.2, cents, 'down').toFixed()).toBe('0.3');
    expect(snap('8.29', priceGrid([{ lowEdge: 0, increment: 0.01 }]), 'down').toFixed()).toBe('8.29');
  });

  it('steps over an edge that is no price of the band above', () => {
    const odd = priceGrid([
      { lowEdge: 0, increment: '0.3' },
      { lowEdge: 1, increment: '0.7' },
    ]);
    expect(snap('1.2', odd, 'down').toFixed()).toBe('0.9');
    expect(snap('1.2', odd, 'up').toFixed()).toBe('1.4');
    expect(snap('0.95', odd, 'up').toFixed()).toBe('1.4');
    expect(isOnGrid('1', odd)).toBe(false);
  });

  it('uses minTick only where no rule is known, and says so', () => {
    expect(priceGrid(undefined, 0.01).basis).toBe('minTick');
    expect(snap('1.237', priceGrid([], '0.01'), 'up').toFixed()).toBe('1.24');
    expect(snap('1.237', priceGrid([{ lowEdge: 0, increment: 0.05 }], 0.01), 'down').toFixed()).toBe('1.2');
  });

  it('never makes a limit worse than asked', () => {
    expect([limitMode('BUY'), limitMode('SELL'), limitMode('SSHORT')]).toStrictEqual(['down', 'up', 'up']);
  });

  it.each<[string, () => unknown]>([
    ['nothing to go by', () => priceGrid(undefined)],
    ['an increment of zero', () => priceGrid([{ lowEdge: 0, increment: 0 }])],
    [
      'two bands from one edge',
      () =>
        priceGrid([
          { lowEdge: 0, increment: 1 },
          { lowEdge: 0, increment: 2 },
        ]),
    ],
    ['a negative edge', () => priceGrid([{ lowEdge: -1, increment: 1 }])],
    ['a price that is no number', () => snap('x', nickels, 'down')],
  ])('refuses %s', (_, build) => {
    expect(build).toThrowError(InputError);
  });

  describe('properties', () => {
    const increment = fc.constantFrom(
      '0.0001',
      '0.0005',
      '0.001',
      '0.005',
      '0.01',
      '0.02',
      '0.05',
      '0.1',
      '0.25',
      '0.3',
      '0.5',
      '1',
      '0.0078125',
    );
    const grids = fc
      .uniqueArray(fc.record({ lowEdge: fc.integer({ min: 0, max: 400 }).map((n) => n / 4), increment }), {
        minLength: 1,
        maxLength: 5,
        selector: (b) => b.lowEdge,
      })
      .map((rule) => priceGrid(rule));
    const price = fc.integer({ min: -2_000_000, max: 2_000_000 }).map((n) => new Big(n).div(10_000));
    const run = { seed: 14, numRuns: 500 };

    it('down and up enclose the price, are on the grid, and stay put when snapped again', () => {
      fc.assert(
        fc.property(grids, price, (grid, at) => {
          const [down, up] = [snap(at, grid, 'down'), snap(at, grid, 'up')];
          expect(down.lte(at) && up.gte(at)).toBe(true);
          for (const found of [down, up]) expect(isOnGrid(found, grid) && snap(found, grid, 'nearest').eq(found)).toBe(true);
          const nearest = snap(at, grid, 'nearest');
          expect(nearest.eq(down) || nearest.eq(up)).toBe(true);
        }),
        run,
      );
    });

    it('leaves no price between the snapped one and the asked one', () => {
      fc.assert(
        fc.property(grids, price, fc.double({ min: 0, max: 1, noNaN: true }), (grid, at, share) => {
          const down = snap(at, grid, 'down');
          const between = down.plus(at.minus(down).times(share));
          if (between.gt(down)) expect(isOnGrid(between, grid)).toBe(false);
        }),
        run,
      );
    });

    it('keeps order: a higher price never snaps lower', () => {
      fc.assert(
        fc.property(grids, price, price, (grid, a, b) => {
          const [low, high] = a.lte(b) ? [a, b] : [b, a];
          for (const mode of ['down', 'up', 'nearest'] as const)
            expect(snap(low, grid, mode).lte(snap(high, grid, mode))).toBe(true);
        }),
        run,
      );
    });

    it('mirrors negative prices', () => {
      fc.assert(
        fc.property(grids, price, (grid, at) => {
          expect(snap(at.neg(), grid, 'down').eq(snap(at, grid, 'up').neg())).toBe(true);
        }),
        run,
      );
    });
  });
});

describe('snapOrder', () => {
  const grid = priceGrid([{ lowEdge: 0, increment: 0.05 }]);
  it.each([
    ['a bought limit down', limit('BUY', 1, 1.04), { lmtPrice: 1 }],
    ['a sold limit up', limit('SELL', 1, 1.01), { lmtPrice: 1.05 }],
    ['a trigger to the nearest price', stop('SELL', 1, 1.04), { auxPrice: 1.05 }],
    ['both prices of a stop limit', stopLimit('SELL', 1, 1.01, 0.96), { auxPrice: 1, lmtPrice: 1 }],
    ['not the offset of a relative order', relative('BUY', 1, { offset: 0.02, cap: 1.04 }), { auxPrice: 0.02, lmtPrice: 1 }],
    ['not the distance of a trail', trail('SELL', 1, { amount: 0.12, startAt: 1.04 }), { auxPrice: 0.12, trailStopPrice: 1.05 }],
    [
      'the prices of an adjustment',
      adjustable(stop('SELL', 1, 1), { triggerPrice: 2.01, to: 'STP LMT', stopPrice: 1.51, stopLimitPrice: 1.46 }),
      { triggerPrice: 2, adjustedStopPrice: 1.5, adjustedStopLimitPrice: 1.5 },
    ],
  ])('puts %s', (_, order, prices) => {
    expect(snapOrder(order, grid)).toStrictEqual({ ...order, ...prices });
  });
});
