import { describe, expect, it } from 'vitest';
import { DELAY_MS } from '../../../src/gateway/world/market.js';
import type { Quote } from '../../../src/gateway/world/market-view.js';
import { AAPL, at, OPEN } from './world-at.js';

describe('moves', () => {
  it('come for watched instruments only, in order of time, every quarter of a second', () => {
    const { clock, market } = at(OPEN);
    const seen: Quote[] = [];
    market.onMove((quote) => seen.push(quote));
    const stop = market.watch(AAPL);
    clock.advance(10_000);
    expect(seen).toHaveLength(40);
    for (const [i, quote] of seen.entries()) {
      expect(quote.conId).toBe(AAPL);
      expect(quote.time).toBe((seen[0]?.time ?? 0) + 250 * i);
    }
    stop();
    clock.advance(10_000);
    expect(seen).toHaveLength(40);
    expect(clock.pending).toBe(0);
  });

  it('are counted per watcher: one leaving does not stop the other', () => {
    const { clock, market } = at(OPEN);
    let moves = 0;
    market.onMove(() => (moves += 1));
    const first = market.watch(AAPL);
    const second = market.watch(AAPL);
    first();
    first();
    clock.advance(1000);
    expect(moves).toBe(4);
    second();
    clock.advance(1000);
    expect(moves).toBe(4);
  });

  it('stop at night and begin again in the morning', () => {
    const { clock, market } = at(Date.parse('2026-09-01T23:59:50Z'));
    const times: number[] = [];
    market.onMove((quote) => times.push(quote.time));
    market.watch(AAPL);
    clock.advanceTo(Date.parse('2026-09-02T07:59:59Z'));
    expect(times.length).toBeLessThanOrEqual(42);
    const before = times.length;
    clock.advanceTo(Date.parse('2026-09-02T08:00:10Z'));
    expect(times.length - before).toBeGreaterThanOrEqual(38);
  });

  it('of delayed data come a quarter of an hour later with the old prices', () => {
    const { clock, market } = at(OPEN);
    const live: number[] = [];
    const late: number[] = [];
    market.onMove((quote) => live.push(quote.last));
    market.delayed.onMove((quote) => late.push(quote.last));
    const stop = market.watch(AAPL);
    clock.advance(5000);
    stop();
    clock.advance(DELAY_MS - 5000);
    market.delayed.watch(AAPL);
    clock.advance(5000);
    expect(late).toEqual(live);
  });

  it('leave no timer behind when the world is closed', () => {
    const { world, clock, market } = at(OPEN);
    for (const { conId } of world.universe.statics) market.watch(conId);
    expect(clock.pending).toBeGreaterThan(0);
    world.close();
    expect(clock.pending).toBe(0);
  });
});
