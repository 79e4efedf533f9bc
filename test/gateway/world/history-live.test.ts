import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { find } from '../../../src/gateway/world/find.js';
import { barBetween, type HistoryBar } from '../../../src/gateway/world/history.js';
import type { Quote } from '../../../src/gateway/world/market-view.js';
import { AAPL, at, bars, joined, OPEN, SPY } from './world-at.js';

const main = ({ open, high, low, close, volume, count }: HistoryBar) => ({ open, high, low, close, volume, count });

describe('history and the live market', () => {
  it('are one path: the bars of a watched minute are those of the quotes seen in it', () => {
    const world = at(OPEN);
    const seen: Quote[] = [];
    world.market.onMove((quote) => seen.push(quote));
    world.market.watch(AAPL);
    world.clock.advance(60_000);
    const [bar] = bars(world, '60 S', '1 min');
    const prices = seen.map((quote) => quote.last);
    expect(seen).toHaveLength(240);
    expect(bar).toMatchObject({
      open: prices[0],
      high: Math.max(...prices),
      low: Math.min(...prices),
      close: prices.at(-1),
      count: 240,
    });
    expect(bar?.volume).toBe(seen.reduce((sum, quote) => sum + quote.lastSize, 0));
    const bids = bars(world, '60 S', '1 min', { show: 'BID' })[0];
    expect(bids).toMatchObject({ high: Math.max(...seen.map((quote) => quote.bid)), close: seen.at(-1)?.bid });
  });

  it('are one path for options too', () => {
    const world = at(OPEN);
    const [option] = find(
      world.world.universe,
      { symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20261218', strike: 310, right: 'P' },
      OPEN,
    );
    const conId = option?.conId ?? 0;
    const seen: Quote[] = [];
    world.market.onMove((quote) => seen.push(quote));
    world.market.watch(conId);
    world.clock.advance(60_000);
    const [bar] = bars(world, '60 S', '1 min', { conId, show: 'ASK' });
    const asks = seen.map((quote) => quote.ask);
    expect(bar).toMatchObject({ open: asks[0], high: Math.max(...asks), low: Math.min(...asks), close: asks.at(-1) });
  });

  it('agree on the day: high, low, volume and close of the quote are those of the daily bar', () => {
    const world = at(Date.parse('2026-09-02T00:00:00Z') - 1);
    const quote = world.market.quote(AAPL);
    world.clock.advance(1);
    const [bar] = bars(world, '1 D', '1 day', { useRTH: false });
    expect(bar).toMatchObject({ high: quote.high, low: quote.low, close: quote.last, volume: quote.volume });
    const [liquid] = bars(world, '1 D', '1 day');
    expect(liquid?.open).toBe(quote.open);
  });

  it('agree on the volume of a day that reaches over two of its path, as SPY in the evening', () => {
    const world = at(Date.parse('2026-09-01T23:30:00Z'));
    const [bar] = bars(world, '1 D', '1 day', { conId: SPY, useRTH: false });
    const [evening] = bars(world, '1800 S', '1 hour', { conId: SPY, useRTH: false }).slice(-1);
    expect(evening?.volume).toBeGreaterThan(0);
    expect(world.market.quote(SPY)).toMatchObject({ high: bar?.high, low: bar?.low });
    // The quote stands at the tick before the second, the bar ends with the second before it.
    expect(world.market.quote(SPY).volume).toBe(bar?.volume);
  });

  it('bars hold both sides of a price set by hand, and follow it from then on', () => {
    const world = at(OPEN);
    world.clock.advance(30_000);
    const before = world.market.quote(AAPL).last;
    world.market.set('AAPL', 187.5);
    world.clock.advance(30_000);
    const [minute] = bars(world, '60 S', '1 min');
    expect(minute?.high).toBeGreaterThanOrEqual(before);
    expect(minute?.low).toBeLessThanOrEqual(187.5);
    const fives = bars(world, '60 S', '5 secs');
    expect(joined(fives)).toEqual(minute && main(minute));
    expect(fives.at(-1)?.close).toBeLessThan(200);
    expect(world.market.quote(AAPL).low).toBe(bars(world, '1 D', '1 day', { useRTH: false })[0]?.low);
  });

  it('bars have a hole where trading was halted', () => {
    const world = at(OPEN);
    world.clock.advance(30_000);
    world.market.halt('AAPL');
    world.clock.advance(150_000);
    world.market.resume('AAPL');
    world.clock.advance(60_000);
    const found = bars(world, '240 S', '1 min');
    expect(found.map((bar) => [(bar.time - OPEN) / 60_000, bar.count])).toEqual([
      [0, 120],
      [3, 240],
    ]);
  });

  it('gives the five seconds just past as a real-time bar, nothing while closed', () => {
    const world = at(OPEN + 5000);
    const bar = barBetween(world.market, AAPL, 'TRADES', OPEN, OPEN + 5000);
    expect(bar).toEqual(bars(world, '5 S', '5 secs')[0]);
    const night = at(Date.parse('2026-09-02T03:00:05Z'));
    expect(
      barBetween(night.market, AAPL, 'TRADES', Date.parse('2026-09-02T03:00:00Z'), Date.parse('2026-09-02T03:00:05Z')),
    ).toBeUndefined();
  });
});

describe('properties', () => {
  it('high and low of a bar are those of all quotes seen in it, however often prices are set', () => {
    const act = fc.record({
      wait: fc.integer({ min: 0, max: 1500 }),
      price: fc.option(fc.integer({ min: 150, max: 500 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.integer(), fc.array(act, { maxLength: 10 }), (seed, acts) => {
        const world = at(OPEN, seed);
        const seen: number[] = [];
        world.market.onMove((quote) => seen.push(quote.last));
        world.market.watch(AAPL);
        world.clock.advance(1000);
        for (const { wait, price } of acts) {
          world.clock.advance(wait);
          if (price !== undefined) world.market.set('AAPL', price);
        }
        world.clock.advanceTo(OPEN + 60_000);
        const [bar] = bars(world, '60 S', '1 min');
        const parts = bars(world, '60 S', '5 secs');
        expect([bar?.high, bar?.low, bar?.close]).toEqual([Math.max(...seen), Math.min(...seen), seen.at(-1)]);
        expect(joined(parts)).toEqual(bar && main(bar));
        const day = bars(world, '1 D', '1 day', { useRTH: false })[0];
        expect(world.market.quote(AAPL)).toMatchObject({ high: day?.high, low: day?.low });
      }),
      { seed: 71, numRuns: 60 },
    );
  });
});
