import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorldError } from '../../../src/gateway/world/errors.js';
import { gridOf } from '../../../src/gateway/world/grid.js';
import { DELAY_MS } from '../../../src/gateway/world/market.js';
import { AAPL, at, BITCOIN, ES, EURUSD, OPEN, optionAt, SPY, TENCENT } from './world-at.js';

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

  it('of later futures carry interest over the index', () => {
    const { market } = at(OPEN);
    const index = market.quote(416904).last;
    const september = market.quote(ES).last;
    const december = market.quote(515416632).last;
    expect(september - index).toBeGreaterThan(index * 0.03 * (15 / 365));
    expect(december - september).toBeCloseTo(index * 0.03 * (91 / 365), -1);
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
    const here = at(OPEN);
    const { world, market } = here;
    const call = optionAt(here, 310, 'C');
    const put = optionAt(here, 310, 'P');
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
    const here = at(OPEN);
    const { market } = here;
    const call = optionAt(here, 310, 'C');
    const stock = market.quote(AAPL).last;
    const before = market.optionValues(call, 'model')?.impliedVolatility ?? 0;
    market.set(call, 40);
    expect(market.quote(call).last).toBeCloseTo(40, 1);
    expect(market.quote(AAPL).last).toBe(stock);
    expect(market.optionValues(call, 'model')?.impliedVolatility).toBeGreaterThan(before);
  });

  it('find a future by its local symbol', () => {
    const { market } = at(OPEN);
    market.set('ESZ6', 7000);
    expect(market.quote(515416632).last).toBe(7000);
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

describe('properties', () => {
  it('a quote of an instant is the same whatever was asked before it', () => {
    const here = at(OPEN);
    const ids = [AAPL, SPY, ES, TENCENT, BITCOIN, EURUSD, optionAt(here, 310, 'P'), 48013650];
    const asks = fc.array(fc.record({ conId: fc.constantFrom(...ids), second: fc.integer({ min: -500_000, max: 500_000 }) }), {
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(asks, (asked) => {
        const quotes = asked.map(({ conId, second }) => here.market.quoteAt(conId, OPEN + second * 1000));
        const last = asked.at(-1);
        const fresh = at(OPEN).market.quoteAt(last?.conId ?? 0, OPEN + (last?.second ?? 0) * 1000);
        expect(fresh).toEqual(quotes.at(-1));
      }),
      { seed: 54, numRuns: 60 },
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
});
