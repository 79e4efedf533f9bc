import { describe, expect, it } from 'vitest';
import { durationOf, periodOf } from '../../../src/gateway/world/bar-sizes.js';
import { histogram } from '../../../src/gateway/world/histogram.js';
import { headTimestamp, schedule } from '../../../src/gateway/world/history.js';
import { AAPL, at, bars, ES, iso, joined, OPEN } from './world-at.js';

describe('head timestamp, schedule, histogram', () => {
  it('begin with the listing', () => {
    const world = at(OPEN);
    expect(iso(headTimestamp(world.market, AAPL, 'TRADES', true))).toBe('1980-12-12T14:30:00');
    expect(iso(headTimestamp(world.market, AAPL, 'TRADES', false))).toBe('1980-12-12T09:00:00');
    expect(bars(world, '68 Y', '1 month', { end: Date.parse('1982-01-01T00:00:00Z') })[0]?.day).toBe('19801231');
  });

  it('lists sessions with their trading day', () => {
    const found = schedule(at(OPEN).market, ES, undefined, durationOf('2 D'), false);
    expect(found.map(({ from, to, refDate }) => [iso(from), iso(to), refDate])).toEqual([
      ['2026-08-30T22:00:00', '2026-08-31T21:00:00', '20260831'],
      ['2026-08-31T22:00:00', '2026-09-01T21:00:00', '20260901'],
    ]);
  });

  it('spreads all volume of the period over the prices it traded at', () => {
    const world = at(Date.parse('2026-09-01T21:00:00Z'));
    const rows = histogram(world.market, AAPL, periodOf('3 days'), true);
    const days = bars(world, '3 D', '1 day');
    expect(rows.reduce((sum, row) => sum + row.size, 0)).toBe(joined(days).volume);
    expect(rows[0]?.price).toBe(joined(days).low);
    expect(rows.at(-1)?.price).toBe(joined(days).high);
  });
});
