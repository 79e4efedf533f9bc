import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type VirtualClock, virtualClock } from '../../../src/gateway/clock.js';
import { bookChanges, EMPTY_BOOK } from '../../../src/gateway/world/book.js';
import { WorldError } from '../../../src/gateway/world/errors.js';
import { find } from '../../../src/gateway/world/find.js';
import { genericTicks } from '../../../src/gateway/world/generic-ticks.js';
import { gridOf } from '../../../src/gateway/world/grid.js';
import { DELAY_MS } from '../../../src/gateway/world/market.js';
import type { Book, BookRow, Quote } from '../../../src/gateway/world/market-view.js';
import { createWorld, type World } from '../../../src/gateway/world/world.js';

const AAPL = 265598;
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
const option = (world: World, strike: number, right: string) => {
  const [found] = find(
    world.universe,
    { symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20261218', strike, right },
    world.clock.now(),
  );
  if (found === undefined) throw new Error('no such option');
  return found.conId;
};

describe('quotes', () => {
  it('of every instrument lie on its grid, bid below ask, last between them', () => {
    const { world, market } = at(OPEN);
    for (const { conId, secType, rule } of [...world.universe.statics, ...world.universe.futures(OPEN)]) {
      const quote = market.quote(conId);
      const grid = gridOf(rule);
      expect(quote.bid).toBeLessThan(quote.ask);
      expect(quote.last).toBeGreaterThanOrEqual(quote.bid);
      expect(quote.last).toBeLessThanOrEqual(quote.ask);
      expect(grid.isOn(quote.bid) && grid.isOn(quote.ask)).toBe(true);
      if (secType !== 'CASH' && secType !== 'CMDTY' && secType !== 'CFD') expect(grid.isOn(quote.last)).toBe(true);
      expect(quote.low).toBeLessThanOrEqual(quote.high);
    }
  });

  it('are one object until the price ticks, and another after', () => {
    const { clock, market } = at(OPEN);
    const quote = market.quote(AAPL);
    expect(market.quote(AAPL)).toBe(quote);
    clock.advance(250);
    expect(market.quote(AAPL)).not.toBe(quote);
  });

  it('are the same whether one walks there or jumps there', () => {
    const walked = at(OPEN);
    for (let i = 0; i < 400; i++, walked.clock.advance(250)) walked.market.quote(AAPL);
    const jumped = at(OPEN);
    jumped.clock.advance(100_000);
    expect(jumped.market.quote(AAPL)).toEqual(walked.market.quote(AAPL));
    expect(walked.market.quoteAt(AAPL, OPEN + 50_000)).toEqual(jumped.market.quoteAt(AAPL, OPEN + 50_000));
  });

  it('stand still outside of the session, with the close of the day', () => {
    const night = at(Date.parse('2026-09-02T03:00:00Z')).market.quote(AAPL);
    expect(night.session).toBe('closed');
    const end = at(Date.parse('2026-09-01T23:59:59.999Z')).market.quote(AAPL);
    expect(end.session).toBe('extended');
    expect({ ...night, session: 'extended' }).toEqual(end);
  });

  it('carry the close of the day before and begin each day without volume', () => {
    const { market } = at(Date.parse('2026-09-02T08:00:01Z'));
    const before = market.quoteAt(AAPL, Date.parse('2026-09-01T19:59:59.999Z'));
    expect(market.quote(AAPL).close).toBe(before.last);
    expect(market.quote(AAPL).volume).toBeLessThan(before.volume / 100);
  });

  it('refuse an unknown conId', () => {
    const { market } = at(OPEN);
    expect(() => market.quote(424242)).toThrow(WorldError);
    expect(market.instrument(424242)).toBeUndefined();
  });

  it('of delayed data are those of fifteen minutes ago', () => {
    const { market } = at(OPEN);
    expect(market.delayedQuote(AAPL)).toEqual(market.quoteAt(AAPL, OPEN - DELAY_MS));
  });
});

describe('sessions', () => {
  it.each([
    ['2026-09-01T12:00:00Z', 'extended', '20260901'],
    ['2026-09-01T13:30:00Z', 'regular', '20260901'],
    ['2026-09-01T20:00:00Z', 'extended', '20260901'],
    ['2026-09-02T00:00:00Z', 'closed', '20260902'],
    ['2026-09-05T15:00:00Z', 'closed', '20260908'], // weekend, then a holiday
  ])('of a US stock at %s is %s', (when, kind, tradingDay) => {
    const { market } = at(OPEN);
    const session = market.session(AAPL, Date.parse(when));
    expect(session).toMatchObject({ kind, tradingDay });
    expect(session.from).toBeLessThanOrEqual(Date.parse(when));
    expect(session.to).toBeGreaterThan(Date.parse(when));
    expect(market.session(AAPL, session.to).kind).not.toBe(kind);
  });

  it('of a future ends for ever with its last trade', () => {
    const { market } = at(OPEN);
    const end = Date.parse('2026-09-18T13:30:00Z');
    expect(market.session(649180671, end - 1).kind).toBe('extended');
    expect(market.session(649180671, end)).toMatchObject({ kind: 'closed', to: Number.POSITIVE_INFINITY });
  });
});

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

describe('prices set by hand', () => {
  it('hold at once, are told to listeners, and the path goes on from there', () => {
    const { clock, market } = at(OPEN);
    const seen: number[] = [];
    market.onMove((quote) => seen.push(quote.last));
    market.watch(AAPL);
    market.set('AAPL', 187.5);
    expect(seen).toEqual([187.5]);
    expect(market.quote(AAPL)).toMatchObject({ last: 187.5, low: 187.5 });
    clock.advance(60_000);
    const { last } = market.quote(AAPL);
    expect(last).toBeGreaterThan(180);
    expect(last).toBeLessThan(195);
  });

  it('move what follows the same path: options, CFD, other expiries, the index', () => {
    const { world, market } = at(OPEN);
    const call = option(world, 310, 'C');
    const put = option(world, 310, 'P');
    const before = [market.quote(call).last, market.quote(put).last];
    market.set('AAPL', 250);
    expect(market.quote(call).last).toBeLessThan(before[0] ?? 0);
    expect(market.quote(put).last).toBeGreaterThan(before[1] ?? 0);
    expect(market.quote(put).last).toBeGreaterThanOrEqual(60);
    const cfd = world.universe.statics.find((each) => each.secType === 'CFD' && each.symbol === 'AAPL')?.conId ?? 0;
    expect(market.quote(cfd).last).toBeCloseTo(250, 1);
    market.set('SPX', 5000);
    expect(market.quote(515416632).last).toBeGreaterThan(4950);
    expect(market.quote(515416632).last).toBeLessThan(5100);
    expect(market.quote(756733).last).toBeCloseTo(500, 0);
  });

  it('work on an option alone, with the volatility that goes with the price', () => {
    const { world, market } = at(OPEN);
    const call = option(world, 310, 'C');
    const stock = market.quote(AAPL).last;
    const before = market.optionValues(call, 'model')?.impliedVolatility ?? 0;
    market.set(call, 40);
    expect(market.quote(call).last).toBeCloseTo(40, 1);
    expect(market.quote(AAPL).last).toBe(stock);
    expect(market.optionValues(call, 'model')?.impliedVolatility).toBeGreaterThan(before);
  });

  it('refuse a price that is none and a symbol that is unknown', () => {
    const { market } = at(OPEN);
    for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => market.set('AAPL', price)).toThrow(WorldError);
    expect(() => market.set('NOSUCH', 1)).toThrow(WorldError);
  });
});

describe('halts', () => {
  it('freeze the quote until trading goes on', () => {
    const { clock, market } = at(OPEN);
    market.watch(AAPL);
    let moves = 0;
    market.onMove(() => (moves += 1));
    market.halt('AAPL');
    expect(market.quote(AAPL).halted).toBe(true);
    const frozen = market.quote(AAPL);
    expect(moves).toBe(1);
    clock.advance(60_000);
    expect(market.quote(AAPL)).toBe(frozen);
    expect(moves).toBe(1);
    market.resume('AAPL');
    expect(market.quote(AAPL).halted).toBe(false);
    clock.advance(1000);
    expect(moves).toBeGreaterThan(3);
  });
});

describe('the book', () => {
  it('begins with the quote and has five rows a side on the grid', () => {
    const { market } = at(OPEN);
    const quote = market.quote(AAPL);
    const book = market.book(AAPL);
    expect([book.bids[0]?.price, book.bids[0]?.size]).toEqual([quote.bid, quote.bidSize]);
    expect([book.asks[0]?.price, book.asks[0]?.size]).toEqual([quote.ask, quote.askSize]);
    expect(book.bids).toHaveLength(5);
    for (const row of [...book.bids, ...book.asks]) {
      expect(market.onGrid(AAPL, row.price)).toBe(true);
      expect(row.size).toBeGreaterThan(0);
    }
  });

  it('is left by deletes, entered by inserts, and changes size by updates', () => {
    const row = (price: number, size: number): BookRow => ({ price, size, marketMaker: 'ARCA' });
    const before: Book = { bids: [row(10, 1), row(9, 2)], asks: [row(11, 1)] };
    const after: Book = { bids: [row(11, 5), row(10, 3)], asks: [row(12, 1)] };
    expect(bookChanges(before, after)).toEqual([
      { position: 1, operation: 2, side: 1, price: 0, size: 0, marketMaker: 'ARCA' },
      { position: 0, operation: 2, side: 0, price: 0, size: 0, marketMaker: 'ARCA' },
      { position: 0, operation: 0, side: 1, price: 11, size: 5, marketMaker: 'ARCA' },
      { position: 1, operation: 1, side: 1, price: 10, size: 3, marketMaker: 'ARCA' },
      { position: 0, operation: 0, side: 0, price: 12, size: 1, marketMaker: 'ARCA' },
    ]);
    expect(bookChanges(after, after)).toEqual([]);
  });
});

describe('option values', () => {
  it('agree with the quote: a delta between 0 and 1, a price inside the spread, a volatility that gives the price', () => {
    const { world, market } = at(OPEN);
    const call = option(world, 310, 'C');
    const quote = market.quote(call);
    const values = market.optionValues(call, 'model');
    if (values === undefined) return expect.unreachable();
    expect(values.price).toBeGreaterThanOrEqual(quote.bid);
    expect(values.price).toBeLessThanOrEqual(quote.ask);
    expect(values.delta).toBeGreaterThan(0.4);
    expect(values.delta).toBeLessThan(0.8);
    expect(values.underlyingPrice).toBeCloseTo(market.quote(AAPL).last, 1);
    expect(market.optionValues(AAPL, 'model')).toBeUndefined();
    const bid = market.optionValues(call, 'bid');
    expect(bid?.impliedVolatility).toBeLessThan(values.impliedVolatility);
  });

  it('price an option at its end with what exercise brings', () => {
    const { world, market, clock } = at(Date.parse('2026-09-04T19:50:00Z'));
    const now = clock.now();
    const [deep] = find(
      world.universe,
      { symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20260904', strike: 250, right: 'C' },
      now,
    );
    const worth = market.quote(AAPL).last - 250;
    expect(Math.abs(market.quote(deep?.conId ?? 0).last - worth)).toBeLessThan(0.15);
  });
});

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

describe('properties', () => {
  it('a client that applies the changes one by one holds the book and never sees it crossed', () => {
    const { world, clock, market } = at(OPEN);
    const ids = world.universe.statics.map((each) => each.conId);
    const plan = fc.record({
      conId: fc.constantFrom(...ids),
      steps: fc.array(fc.integer({ min: 50, max: 400_000 }), { minLength: 1, maxLength: 6 }),
      rows: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(plan, ({ conId, steps, rows }) => {
        const bids: BookRow[] = [];
        const asks: BookRow[] = [];
        let before = EMPTY_BOOK;
        for (const step of steps) {
          clock.advance(step);
          const after = market.book(conId, rows);
          for (const change of bookChanges(before, after)) {
            const side = change.side === 1 ? bids : asks;
            const { price, size, marketMaker } = change;
            if (change.operation === 0) side.splice(change.position, 0, { price, size, marketMaker });
            else if (change.operation === 1) side[change.position] = { price, size, marketMaker };
            else side.splice(change.position, 1);
            const [bid, ask] = [bids[0]?.price, asks[0]?.price];
            if (bid !== undefined && ask !== undefined) expect(bid).toBeLessThan(ask);
          }
          expect({ bids, asks }).toEqual(after);
          before = after;
        }
      }),
      { seed: 51, numRuns: 150 },
    );
  });

  it('two worlds of one seed make the same moves at the same instants, whatever is done to them', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 5000 }) }),
      fc.record({ kind: fc.constant('set' as const), price: fc.integer({ min: 100, max: 500 }) }),
      fc.record({ kind: fc.constantFrom('halt' as const, 'resume' as const) }),
    );
    fc.assert(
      fc.property(fc.integer(), fc.array(act, { maxLength: 12 }), (seed, acts) => {
        const run = (): unknown[] => {
          const { world, clock, market } = at(OPEN, seed);
          const seen: unknown[] = [];
          market.onMove((quote) => seen.push([clock.now(), quote]));
          for (const conId of [AAPL, 756733, 515416632, 12087792]) market.watch(conId);
          for (const each of acts) {
            if (each.kind === 'wait') clock.advance(each.ms);
            else if (each.kind === 'set') market.set('AAPL', each.price);
            else market[each.kind]('AAPL');
          }
          world.close();
          return seen;
        };
        expect(run()).toEqual(run());
      }),
      { seed: 52, numRuns: 30 },
    );
  });

  it('an option is never worth less than exercise nor more than its bounds, wherever its underlying is set', () => {
    const { world, market } = at(OPEN);
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 450 }),
        fc.constantFrom(250, 280, 300, 310, 330, 360),
        fc.constantFrom('C', 'P'),
        (price, strike, right) => {
          market.set('AAPL', price);
          const conId = option(world, strike, right);
          const { ask, bid } = market.quote(conId);
          const exercise = Math.max(0, right === 'C' ? price - strike : strike - price);
          expect(ask).toBeGreaterThanOrEqual(exercise - 0.02);
          expect(bid).toBeLessThanOrEqual(right === 'C' ? price : strike);
        },
      ),
      { seed: 53, numRuns: 100 },
    );
  });
});
