import { describe, expect, it } from 'vitest';
import { historyTicks } from '../../../src/gateway/world/history-ticks.js';
import { tradeOf } from '../../../src/gateway/world/tape.js';
import { AAPL, at, codeOf, EURUSD, OPEN } from './world-at.js';

describe('historical ticks', () => {
  it('are the trades of the live market', () => {
    const world = at(OPEN);
    const live: unknown[] = [];
    world.market.watch(AAPL);
    world.market.onMove((quote) => {
      live.push([quote.time, quote.last, quote.lastSize]);
      expect(tradeOf(world.market.maker.track(AAPL), quote)?.price).toBe(quote.last);
    });
    world.clock.advance(20_000);
    const { ticks } = historyTicks(world.market, 'TRADES', { conId: AAPL, start: OPEN, count: 1000, useRTH: true });
    expect(ticks.map((tick) => ('price' in tick ? [tick.time, tick.price, tick.size] : []))).toEqual(live);
  });

  it('end at an instant when asked backwards, oldest first', () => {
    const world = at(OPEN);
    const { ticks } = historyTicks(world.market, 'BID_ASK', { conId: AAPL, end: OPEN - 60_000, count: 10, useRTH: true });
    expect(ticks).toHaveLength(10);
    expect(ticks.at(-1)?.time).toBeLessThan(OPEN - 60_000);
    for (const [i, tick] of ticks.entries()) expect(tick.time).toBe((ticks[0]?.time ?? 0) + 250 * i);
  });

  it('stay within one session', () => {
    const world = at(OPEN);
    const late = historyTicks(world.market, 'TRADES', {
      conId: AAPL,
      start: Date.parse('2026-08-31T19:59:58Z'),
      count: 1000,
      useRTH: true,
    });
    expect(late.ticks).toHaveLength(8);
    const early = historyTicks(world.market, 'TRADES', {
      conId: AAPL,
      end: Date.parse('2026-09-01T13:30:02Z'),
      count: 1000,
      useRTH: true,
    });
    expect(early.ticks).toHaveLength(8);
  });

  it('of middles come only when the middle moves', () => {
    const { ticks } = historyTicks(at(OPEN).market, 'MIDPOINT', { conId: EURUSD, end: OPEN, count: 200, useRTH: true });
    const middles = ticks.map((tick) => ('middle' in tick ? tick.middle : 0));
    expect(middles).toHaveLength(200);
    for (let i = 1; i < middles.length; i++) expect(middles[i]).not.toBe(middles[i - 1]);
  });

  it('leave out the time of a halt', () => {
    const { clock, market } = at(OPEN);
    market.halt('AAPL');
    clock.advance(10_000);
    market.resume('AAPL');
    clock.advance(10_000);
    const { ticks } = historyTicks(market, 'TRADES', { conId: AAPL, start: OPEN, count: 1000, useRTH: true });
    expect(ticks).toHaveLength(40);
    expect(ticks[0]?.time).toBeGreaterThanOrEqual(OPEN + 10_000);
  });

  it('need exactly one edge and a count from 1 to 1000', () => {
    const { market } = at(OPEN);
    const ask = (request: object) =>
      codeOf(() => historyTicks(market, 'TRADES', { conId: AAPL, count: 10, useRTH: true, ...request }));
    expect(ask({})).toBe('badTickRequest');
    expect(ask({ start: OPEN, end: OPEN })).toBe('badTickRequest');
    expect(ask({ start: OPEN, count: 0 })).toBe('badTickRequest');
    expect(ask({ start: OPEN, count: 1001 })).toBe('badTickRequest');
    expect(ask({ start: OPEN, conId: EURUSD })).toBe('noSuchData');
  });
});
