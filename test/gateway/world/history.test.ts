import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BAR_SIZES } from '../../../src/gateway/world/bar-sizes.js';
import { find } from '../../../src/gateway/world/find.js';
import type { HistoryBar } from '../../../src/gateway/world/history.js';
import { AAPL, at, bars, codeOf, ES, EURUSD, iso, joined, OPEN, SPY } from './world-at.js';

const main = ({ open, high, low, close, volume, count }: HistoryBar) => ({ open, high, low, close, volume, count });

describe('bars', () => {
  it('of a day begin with the session and lie on full hours', () => {
    const world = at(Date.parse('2026-09-01T20:30:00Z'));
    expect(bars(world, '1 D', '1 hour').map((bar) => iso(bar.time))).toEqual([
      '2026-09-01T13:30:00',
      '2026-09-01T14:00:00',
      '2026-09-01T15:00:00',
      '2026-09-01T16:00:00',
      '2026-09-01T17:00:00',
      '2026-09-01T18:00:00',
      '2026-09-01T19:00:00',
    ]);
    expect(bars(world, '1 D', '1 hour', { useRTH: false })).toHaveLength(13); // 04:00 to the running hour
  });

  it.each([
    ['1 D', '1 min', 390],
    ['1 D', '5 mins', 78],
    ['1 D', '4 mins', 98],
    ['1 D', '30 mins', 13],
    ['1 D', '2 hours', 4],
    ['1 D', '8 hours', 1],
    ['5 D', '1 day', 5],
    ['1 W', '1 day', 5],
    ['3600 S', '1 min', 60],
    ['1800 S', '1 secs', 1800],
    ['86400 S', '1 hour', 26],
  ])('of %s by %s are %i after the close', (duration, size, count) => {
    expect(bars(at(Date.parse('2026-09-01T21:00:00Z')), duration, size)).toHaveLength(count);
  });

  it('of a week and a month carry the date of their last day', () => {
    const world = at(Date.parse('2026-09-01T21:00:00Z'));
    expect(bars(world, '1 M', '1 week').map((bar) => bar.day)).toEqual([
      '20260807',
      '20260814',
      '20260821',
      '20260828',
      '20260901',
    ]);
    expect(bars(world, '3 M', '1 month').map((bar) => bar.day)).toEqual(['20260630', '20260731', '20260831', '20260901']);
  });

  it('leave out holidays and end early before them', () => {
    const world = at(Date.parse('2026-11-28T15:00:00Z'));
    expect(bars(world, '3 D', '1 day').map((bar) => bar.day)).toEqual(['20261124', '20261125', '20261127']);
    expect(bars(world, '1 D', '30 mins')).toHaveLength(7);
  });

  it('count trading seconds, so that an hour before Tuesday morning reaches into Monday', () => {
    const world = at(Date.parse('2026-09-01T13:40:00Z'));
    const found = bars(world, '3600 S', '10 mins');
    expect(iso(found[0]?.time)).toBe('2026-08-31T19:10:00');
    expect(found).toHaveLength(6);
  });

  it('end at the second before now: the last one is still forming', () => {
    const world = at(OPEN + 30_400);
    const last = bars(world, '1 D', '1 min').at(-1);
    expect(iso(last?.time)).toBe('2026-09-01T14:00:00');
    expect(last?.count).toBe(120);
  });

  it('end where asked, also in the past, and are the same asked later', () => {
    const end = Date.parse('2026-08-20T15:30:00Z');
    const now = bars(at(OPEN), '1 D', '5 mins', { end });
    expect(now).toHaveLength(24);
    const later = bars(at(Date.parse('2026-10-20T15:00:00Z')), '1 D', '5 mins', { end });
    expect(later).toEqual(now);
  });

  it('skip the lunch of Hong Kong and join what one slot holds of both sides', () => {
    const world = at(Date.parse('2026-09-01T09:00:00Z'));
    const tencent = 152791428;
    expect(bars(world, '1 D', '1 hour', { conId: tencent }).map((bar) => iso(bar.time).slice(11, 16))).toEqual([
      '01:30',
      '02:00',
      '03:00',
      '05:00',
      '06:00',
      '07:00',
    ]);
    expect(bars(world, '1 D', '8 hours', { conId: tencent })).toHaveLength(1);
  });

  it('reach across two evenings for a stock that follows a future', () => {
    const world = at(Date.parse('2026-09-02T00:30:00Z'));
    const found = bars(world, '1 D', '1 hour', { conId: SPY, useRTH: false });
    expect(found.map((bar) => iso(bar.time).slice(11, 13)).join(' ')).toBe('08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23');
    // 17:00 to 18:00 in New York the futures rest, and with them the path: the price stands and nothing trades.
    const rest = found[13];
    expect(rest).toMatchObject({ open: found[12]?.close, high: found[12]?.close, low: found[12]?.close, volume: 0, count: 0 });
    expect(found[14]?.volume).toBeGreaterThan(0);
  });

  it('have no volume where nothing trades, and are refused where there is no such series', () => {
    const world = at(OPEN);
    expect(bars(world, '1 D', '1 hour', { conId: EURUSD, show: 'MIDPOINT' })[0]).toMatchObject({
      volume: -1,
      average: -1,
      count: -1,
    });
    expect(codeOf(() => bars(world, '1 D', '1 hour', { conId: EURUSD }))).toBe('noSuchData');
    expect(codeOf(() => bars(world, '1 D', '1 hour', { conId: 416904, show: 'BID' }))).toBe('noSuchData');
    expect(codeOf(() => bars(world, '1 D', '1 hour', { conId: 479624278 }))).toBe('noSuchData');
    expect(bars(world, '1 D', '1 hour', { conId: 479624278, show: 'AGGTRADES' }).length).toBeGreaterThan(10);
    expect(codeOf(() => bars(world, '1 D', '1 hour', { show: 'SCHEDULE' }))).toBe('noSuchData');
    expect(codeOf(() => bars(world, '1 D', '1 hour', { conId: 424242 }))).toBe('unknownContract');
    expect(codeOf(() => bars(world, '1 D', '1 hour', { conId: 620731015 }))).toBe('none'); // expired, but within two years
  });

  it('of a second go back half an hour and half a year, not more', () => {
    const world = at(OPEN);
    expect(codeOf(() => bars(world, '2001 S', '1 secs'))).toBe('durationTooLong');
    expect(codeOf(() => bars(world, '1 D', '1 secs'))).toBe('durationTooLong');
    expect(codeOf(() => bars(world, '60 S', '5 secs', { end: Date.parse('2026-02-01T15:00:00Z') }))).toBe('noSuchData');
    expect(codeOf(() => bars(world, '60 S', '1 min', { end: Date.parse('2026-02-01T15:00:00Z') }))).toBe('none');
  });

  it('show bid below trades below ask, and bid-ask as averages and extremes', () => {
    const world = at(OPEN);
    const [trades] = bars(world, '60 S', '1 min');
    const [bid] = bars(world, '60 S', '1 min', { show: 'BID' });
    const [ask] = bars(world, '60 S', '1 min', { show: 'ASK' });
    const [both] = bars(world, '60 S', '1 min', { show: 'BID_ASK' });
    if (!trades || !bid || !ask || !both) return expect.unreachable();
    expect(bid.high).toBeLessThanOrEqual(trades.high);
    expect(ask.low).toBeGreaterThanOrEqual(trades.low);
    expect([both.high, both.low]).toEqual([ask.high, bid.low]);
    expect(both.close).toBeGreaterThan(both.open);
  });

  it('give volatility, fees and yields', () => {
    const world = at(OPEN);
    const last = (show: string, conId = AAPL): number => bars(world, '1 W', '1 day', { show, conId }).at(-1)?.close ?? 0;
    expect(last('HISTORICAL_VOLATILITY')).toBeGreaterThan(0.1);
    expect(last('OPTION_IMPLIED_VOLATILITY')).toBeGreaterThan(0.15);
    expect(last('FEE_RATE')).toBe(0.25);
    const bond = 363526143;
    expect(last('YIELD_BID', bond)).toBeGreaterThan(last('YIELD_ASK', bond));
    expect(codeOf(() => last('YIELD_BID'))).toBe('noSuchData');
  });
});

describe('properties', () => {
  const instruments = fc.constantFrom(AAPL, SPY, ES, 152791428, 479624278, 48013650);
  const seconds = fc.integer({ min: Date.parse('2026-08-03T00:00:00Z') / 1000, max: OPEN / 1000 });

  it('bars hold together and coarser ones are the finer ones put together', () => {
    const world = at(OPEN);
    const sizes = fc.constantFrom(
      ['5 secs', '1 min'],
      ['1 secs', '5 secs'],
      ['15 secs', '5 mins'],
      ['30 secs', '15 mins'],
      ['1 min', '1 hour'],
      ['5 mins', '1 day'],
      ['2 mins', '10 mins'],
    );
    fc.assert(
      fc.property(instruments, seconds, sizes, fc.boolean(), (conId, second, [fine = '', coarse = ''], useRTH) => {
        const show = conId === 479624278 ? 'AGGTRADES' : 'TRADES';
        const end = second * 1000;
        const [large] = bars(world, '1800 S', coarse, { conId, end, useRTH, show }).slice(-1);
        const small = bars(world, '1800 S', fine, { conId, end, useRTH, show }).filter(
          (bar) => large !== undefined && bar.time >= large.time,
        );
        if (large === undefined) return expect.unreachable();
        expect(large.low).toBeLessThanOrEqual(Math.min(large.open, large.close));
        expect(large.high).toBeGreaterThanOrEqual(Math.max(large.open, large.close));
        expect(large.average).toBeGreaterThanOrEqual(large.low);
        expect(large.average).toBeLessThanOrEqual(large.high);
        expect(joined(small)).toEqual(main(large));
      }),
      { seed: 61, numRuns: 150 },
    );
  });

  it('bars of options too, whatever the size', () => {
    const world = at(OPEN);
    const strikes = fc.constantFrom(250, 280, 300, 310, 330, 360);
    fc.assert(
      fc.property(
        strikes,
        fc.constantFrom('C', 'P'),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('BID', 'ASK', 'MIDPOINT'),
        (strike, right, hours, show) => {
          const [option] = find(
            world.world.universe,
            { symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20261218', strike, right },
            OPEN,
          );
          const asked = { conId: option?.conId ?? 0, end: OPEN - hours * 3_600_000, show };
          const [large] = bars(world, '3600 S', '1 hour', asked).slice(-1);
          const small = bars(world, '3600 S', '1 min', asked).filter((bar) => large !== undefined && bar.time >= large.time);
          if (large === undefined) return expect.unreachable();
          const { open, high, low, close } = joined(small);
          expect({ open, high, low, close }).toEqual({ open: large.open, high: large.high, low: large.low, close: large.close });
        },
      ),
      { seed: 62, numRuns: 60 },
    );
  });

  it('no bar overlaps another or the time after its end', () => {
    const world = at(OPEN);
    fc.assert(
      fc.property(instruments, seconds, fc.constantFrom(...BAR_SIZES), fc.boolean(), (conId, second, size, useRTH) => {
        const show = conId === 479624278 ? 'AGGTRADES' : 'TRADES';
        const duration = size === '1 secs' ? '600 S' : size.endsWith('secs') ? '7200 S' : '3 D';
        const end = second * 1000;
        const times = bars(world, duration, size, { conId, end, useRTH, show }).map((bar) => bar.time);
        expect(times.length).toBeGreaterThan(0);
        expect(times.filter((time, i) => time >= end || time <= (times[i - 1] ?? 0))).toEqual([]);
      }),
      { seed: 63, numRuns: 80 },
    );
  });
});
