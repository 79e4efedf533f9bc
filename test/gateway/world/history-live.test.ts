import { describe, expect, it } from 'vitest';
import { find } from '../../../src/gateway/world/find.js';
import { barBetween, type HistoryBar } from '../../../src/gateway/world/history.js';
import type { Quote } from '../../../src/gateway/world/market-view.js';
import { AAPL, at, bars, joined, OPEN } from './world-at.js';

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
    world.clock.advance(60_000);
    world.market.halt('AAPL');
    world.clock.advance(120_000);
    world.market.resume('AAPL');
    world.clock.advance(60_000);
    const found = bars(world, '240 S', '1 min');
    expect(found.map((bar) => (bar.time - OPEN) / 60_000)).toEqual([0, 3]);
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
