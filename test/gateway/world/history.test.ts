import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type VirtualClock, virtualClock } from '../../../src/gateway/clock.js';
import { BAR_SIZES, barSizeOf, durationOf, periodOf, whatToShowOf } from '../../../src/gateway/world/bar-sizes.js';
import type { WorldErrorCode } from '../../../src/gateway/world/errors.js';
import { WorldError } from '../../../src/gateway/world/errors.js';
import { find } from '../../../src/gateway/world/find.js';
import { histogram } from '../../../src/gateway/world/histogram.js';
import { barBetween, type HistoryBar, headTimestamp, historyBars, schedule } from '../../../src/gateway/world/history.js';
import { historyTicks } from '../../../src/gateway/world/history-ticks.js';
import type { Quote } from '../../../src/gateway/world/market-view.js';
import { tradeOf } from '../../../src/gateway/world/tape.js';
import { createWorld, type World } from '../../../src/gateway/world/world.js';

const AAPL = 265598;
const SPY = 756733;
const EURUSD = 12087792;
const ES = 649180671;
const OPEN = Date.parse('2026-09-01T14:00:00Z');
const worlds: World[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.close();
});
function at(start: number, seed = 1): { world: World; clock: VirtualClock; market: World['market'] } {
  const clock = virtualClock(start);
  const world = createWorld(clock, seed);
  worlds.push(world);
  return { world, clock, market: world.market };
}
interface Asked {
  readonly conId?: number;
  readonly end?: number;
  readonly useRTH?: boolean;
  readonly show?: string;
}
function bars({ market }: { market: World['market'] }, duration: string, barSize: string, asked: Asked = {}): HistoryBar[] {
  const { conId = AAPL, end, useRTH = true, show = 'TRADES' } = asked;
  return historyBars(market, {
    conId,
    end,
    duration: durationOf(duration),
    barSize: barSizeOf(barSize),
    whatToShow: whatToShowOf(show),
    useRTH,
  });
}
const iso = (instant: number | undefined): string => new Date(instant ?? 0).toISOString().slice(0, 19);
const codeOf = (run: () => unknown): WorldErrorCode | 'none' => {
  try {
    run();
    return 'none';
  } catch (error) {
    if (error instanceof WorldError) return error.code;
    throw error;
  }
};
/** Bars put together to one, as a client would. */
function joined(parts: readonly HistoryBar[]): Pick<HistoryBar, 'open' | 'high' | 'low' | 'close' | 'volume' | 'count'> {
  return {
    open: parts[0]?.open ?? 0,
    high: Math.max(...parts.map((bar) => bar.high)),
    low: Math.min(...parts.map((bar) => bar.low)),
    close: parts.at(-1)?.close ?? 0,
    volume: Math.round(parts.reduce((sum, bar) => sum + bar.volume, 0) * 1e4) / 1e4,
    count: parts.reduce((sum, bar) => sum + bar.count, 0),
  };
}
const main = ({ open, high, low, close, volume, count }: HistoryBar) => ({ open, high, low, close, volume, count });

describe('durations, bar sizes and periods', () => {
  it.each([
    ['60 S', { count: 60, unit: 'S' }],
    ['86400 S', { count: 86400, unit: 'S' }],
    ['365 D', { count: 365, unit: 'D' }],
    ['52 W', { count: 52, unit: 'W' }],
    ['12 M', { count: 12, unit: 'M' }],
    ['68 Y', { count: 68, unit: 'Y' }],
  ])('%s is a duration', (text, duration) => {
    expect(durationOf(text)).toEqual(duration);
  });

  it.each(['', '1', 'D', '1D', '0 D', '-1 D', '1.5 D', '1 d', '1 X', ' 1 D', '1 D '])('%j is none', (text) => {
    expect(codeOf(() => durationOf(text))).toBe('badDuration');
  });

  it.each(['86401 S', '366 D', '53 W', '13 M', '69 Y'])('%s is too long', (text) => {
    expect(codeOf(() => durationOf(text))).toBe('durationTooLong');
  });

  it('knows every bar size of the vocabulary and no other', () => {
    for (const text of BAR_SIZES) expect(barSizeOf(text).text).toBe(text);
    expect(BAR_SIZES).toHaveLength(22);
    for (const text of ['', '1', '6 secs', '45 mins', '1 Day', '2 days'])
      expect(codeOf(() => barSizeOf(text))).toBe('badBarSize');
  });

  it('reads periods of histograms', () => {
    expect(periodOf('3 days')).toEqual({ count: 3, unit: 'D' });
    expect(periodOf('1 week')).toEqual({ count: 1, unit: 'W' });
    expect(periodOf('2 hours')).toEqual({ count: 7200, unit: 'S' });
    for (const text of ['', '3', '3 D', '0 days']) expect(codeOf(() => periodOf(text))).toBe('badPeriod');
  });

  it('refuses an unknown what-to-show', () => {
    expect(codeOf(() => whatToShowOf('LAST'))).toBe('badWhatToShow');
  });
});

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

describe('head timestamp, schedule, histogram', () => {
  it('begin with the listing', () => {
    const world = at(OPEN);
    expect(iso(headTimestamp(world.market, AAPL, 'TRADES', true))).toBe('1980-12-12T14:30:00');
    expect(iso(headTimestamp(world.market, AAPL, 'TRADES', false))).toBe('1980-12-12T09:00:00');
    expect(bars(world, '68 Y', '1 month')[0]?.day).toBe('19801231');
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
        const duration = size === '1 secs' ? '600 S' : '3 D';
        const found = bars(world, duration, size, { conId, end: second * 1000, useRTH, show });
        expect(found.length).toBeGreaterThan(0);
        for (const [i, bar] of found.entries()) {
          expect(bar.time).toBeLessThan(second * 1000);
          if (i > 0) expect(bar.time).toBeGreaterThan(found[i - 1]?.time ?? 0);
        }
      }),
      { seed: 63, numRuns: 80 },
    );
  });
});
