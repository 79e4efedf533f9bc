import { describe, expect, it } from 'vitest';
import { genericTicks } from '../../../src/gateway/world/generic-ticks.js';
import { AAPL, at, OPEN } from './world-at.js';

describe('generic ticks', () => {
  it('give volatility, shares to borrow, the mark and the trade line of a stock', () => {
    const { market } = at(OPEN);
    const quote = market.quote(AAPL);
    const ticks = genericTicks(market, AAPL, [104, 106, 236, 232, 233, 165]);
    expect(ticks.map(({ tickType }) => tickType)).toEqual([23, 24, 46, 89, 37, 48, 15, 16, 17, 18, 19, 20, 21]);
    expect(ticks.find(({ tickType }) => tickType === 46)?.value).toBe(3);
    expect(ticks.find(({ tickType }) => tickType === 89)?.value).toBe(90_000_000);
    expect(String(ticks.find(({ tickType }) => tickType === 48)?.value).startsWith(`${quote.last};${quote.lastSize};`)).toBe(
      true,
    );
    expect(Number(ticks.find(({ tickType }) => tickType === 19)?.value)).toBeLessThan(quote.last);
  });

  it('say that nothing can be borrowed of a name without shares', () => {
    const { world, market } = at(OPEN);
    const conId = world.universe.statics.find((each) => each.symbol === 'GTI')?.conId ?? 0;
    expect(genericTicks(market, conId, [236])).toEqual([
      { tickType: 46, as: 'generic', value: 1 },
      { tickType: 89, as: 'size', value: 0 },
    ]);
  });
});
