// Neighbours of the money cases: contracts that nobody has told of, repeats, distances that follow the market, odd amounts.

import { describe, expect, it } from 'vitest';
import {
  activateWhen,
  bracket,
  limit,
  market,
  maxNotional,
  noDuplicate,
  type OrderDraft,
  price,
  priceCollar,
  trail,
} from '../../../src/index.js';
import { AAPL, CALL, line, MSFT, P, type SceneOptions, scene } from '../../witness/scene.js';
import { situations } from '../../witness/situation.js';

const RESTRICTED = ['ira-cash', 'ira-margin', 'cash'] as const;
const leaves = async (contract: object, order: object, how: SceneOptions): Promise<[number, readonly string[]]> => {
  using stage = await scene(how);
  return [await stage.leaves(() => stage.ib.orders.place(contract as never, order as OrderDraft)), stage.codes];
};
const members = (...orders: object[]) => ({ members: orders.map((order) => ({ role: 'member', order })) }) as never;

describe('a contract that nobody has told of', () => {
  const { tradingClass: _class, localSymbol: _symbol, ...named } = { ...CALL, conId: 0 } as Record<string, unknown>;
  const shares = { holds: { 101: 100 } };
  situations<[string, object, object, SceneOptions, string]>(
    [
      ['its multiplier is not believed', { ...CALL, conId: 999 }, limit('BUY', '1', 3), {}, 'CONTRACT-DETAILS-MISSING'],
      ['nor is its right', { ...CALL, conId: 999, right: 'P' }, limit('SELL', '1', 3), {}, 'CONTRACT-DETAILS-MISSING'],
      [
        'an option by name with another size than usual',
        { ...named, multiplier: '1' },
        limit('BUY', '5', 3),
        { cash: { USD: 100 } },
        'CONTRACT-DETAILS-MISSING',
      ],
      [
        'an adjusted series by its local symbol',
        { ...named, localSymbol: 'AAPL1 270115C00105000' },
        limit('SELL', '1', 3),
        shares,
        'OPT-NONSTANDARD',
      ],
      [
        'a combination that bears the conId of a stock',
        { ...AAPL, secType: 'BAG', comboLegs: [{ conId: 102, ratio: 1, action: 'BUY', exchange: 'SMART' }] },
        limit('SELL', '10', 50),
        { holds: { 102: 10 } },
        'CONTRACT-CONTRADICTED',
      ],
    ],
    async (_, contract, order, how, code) => {
      for (const kind of RESTRICTED) {
        const [left, codes] = await leaves(contract, order, { ...how, kind });
        expect([left, codes]).toEqual([0, expect.arrayContaining([code])]);
      }
    },
  );
  it('of an option by name the usual size is believed, and a cap counts it', async () => {
    expect(await leaves(named, limit('BUY', '1', 3), {})).toEqual([1, []]);
    const capped = (contract: object) =>
      leaves(contract, limit('BUY', '5', 3), { kind: 'reg-t', orders: { guards: [maxNotional(1_000, 'USD')] } });
    expect(await capped(named)).toEqual([0, ['MAX-NOTIONAL']]);
    expect(await capped({ ...CALL, conId: 999, multiplier: '1' })).toEqual([0, ['NOTIONAL-UNKNOWN']]);
  });
  it('details decide for longer than they count as current', async () => {
    using stage = await scene({ holds: { 101: 100 } });
    await stage.timer.advance(13 * 3_600_000);
    const disguised = { ...CALL, right: 'P', strike: 5 };
    expect(await stage.leaves(() => stage.ib.orders.place(disguised, limit('SELL', '1', 3)))).toBe(0);
    expect(stage.codes).toContain('CONTRACT-CONTRADICTED');
  });
});

describe('a repeat', () => {
  const buy = limit('BUY', '5', 95);
  const when = (level: number) => activateWhen(buy, price({ conId: 102, exchange: 'SMART' }).above(level));
  const wide = (percent: number) => trail('SELL', '5', { percent } as never);
  situations<[string, object, object, number]>(
    [
      ['the same trail', wide(5), wide(5), 1],
      ['a trail of another width is none', wide(5), wide(6), 2],
      ['5 and 5.0', buy, { ...buy, totalQuantity: '5.0' }, 1],
      ['another price is none', buy, { ...buy, lmtPrice: 94 }, 2],
      ['at the market', market('BUY', '5'), market('BUY', '5'), 1],
      ['another lifetime is none', buy, { ...buy, tif: 'GTC' }, 2],
      ['DAY and no word', buy, { ...buy, tif: 'DAY' }, 1],
      ['another condition is none', when(90), when(91), 2],
      ['the same condition', when(90), when(90), 1],
    ],
    async (_, first, second, count) => {
      using stage = await scene({ holds: { 101: 100 } });
      const both = () => [first, second].map((order) => stage.ib.orders.place(AAPL, order as OrderDraft));
      expect(await stage.leaves(both)).toBe(count);
    },
  );
  it('that is meant leaves beside the first, which waits and is no repeat of it', async () => {
    using stage = await scene();
    const both = () => [stage.ib.orders.place(AAPL, buy), stage.ib.orders.place(AAPL, buy, { deliberate: true })];
    expect(await stage.leaves(both)).toBe(2);
  });
  it('in the first moment of a connection leaves once, though both wait for the picture', async () => {
    for (const kind of RESTRICTED) {
      using stage = await scene({ kind });
      const before = stage.venue.taken;
      stage.ib.on('ready', () => {
        for (let i = 0; i < 2; i++) stage.ib.orders.place(AAPL, buy).done.catch(() => {});
      });
      stage.client.cut();
      await stage.pass(3_000);
      expect(stage.venue.taken - before).toBe(1);
      expect(stage.ib.orders.book.trades.map(({ state }) => state.at).sort()).toEqual(['rejected', 'working']);
    }
  });
  it('of an exit is none where the entries differ: two brackets with one profit taker', async () => {
    using stage = await scene();
    const entered = (at: number) => () =>
      stage.ib.orders.placeGroup(AAPL, bracket(limit('BUY', '5', at), { takeProfit: 105, stopLoss: 80 }));
    expect([await stage.leaves(entered(95)), await stage.leaves(entered(94)), stage.codes]).toEqual([3, 3, []]);
    expect([await stage.leaves(entered(94)), stage.codes[0]]).toEqual([0, 'DUPLICATE-ORDER']);
  });
  it('of a member in its own group', async () => {
    using stage = await scene();
    expect(await stage.leaves(() => stage.ib.orders.placeGroup(AAPL, members(buy, buy)))).toBe(0);
    expect(stage.codes).toContain('DUPLICATE-ORDER');
  });
  const byName = { ...CALL, conId: 0, tradingClass: '', localSymbol: '' };
  situations<[string, object, object, object]>(
    [
      ['CALL for C', CALL, { ...byName, right: 'CALL' }, limit('BUY', '1', 3)],
      ['100.0 for 100', CALL, { ...byName, multiplier: '100.0' }, limit('BUY', '1', 3)],
      ['a limit that a market order does not have', AAPL, AAPL, { ...market('BUY', '1'), lmtPrice: 50 }],
    ],
    async (_, first, second, order) => {
      using stage = await scene({ kind: 'reg-t', orders: { guards: [noDuplicate(60_000)] } });
      const plain = { ...order, lmtPrice: (order as OrderDraft).orderType === 'MKT' ? undefined : 3 } as OrderDraft;
      expect(await stage.leaves(() => stage.ib.orders.place(first as never, plain))).toBe(1);
      expect(await stage.leaves(() => stage.ib.orders.place(second as never, order as OrderDraft))).toBe(0);
      expect(stage.codes).toEqual(['DUPLICATE-ORDER']);
    },
    'the guard reads %s',
  );
  it('a lapse is none of an exercise, nor a purchase of the option', async () => {
    using stage = await scene({ kind: 'reg-t', holds: { 201: 5 }, orders: { guards: [noDuplicate(60_000)] } });
    const { orders } = stage.ib;
    await stage.leaves(() => orders.exercise(CALL, { action: 'exercise', quantity: 1 }));
    await stage.leaves(() => orders.exercise(CALL, { action: 'lapse', quantity: 1 }));
    expect([stage.venue.instructions, await stage.leaves(() => orders.place(CALL, market('BUY', '1')))]).toEqual([2, 1]);
    await stage.leaves(() => orders.exercise(CALL, { action: 'lapse', quantity: 1 }));
    expect([stage.venue.instructions, stage.codes]).toEqual([2, ['DUPLICATE-ORDER']]);
  });
});

describe('a price that follows the market', () => {
  const of = (action: string, orderType: string, more: object) => ({ action, orderType, totalQuantity: '1', ...more });
  const free = (...guards: unknown[]): SceneOptions => ({ kind: 'reg-t', holds: { 101: 100 }, orders: { guards } as never });
  const far: [string, object][] = [
    ['a trail by an amount', of('SELL', 'TRAIL', { auxPrice: 50 })],
    ['a trail by percent', of('BUY', 'TRAIL', { trailingPercent: 50 })],
    ['the limit of a trail', of('SELL', 'TRAIL LIMIT', { auxPrice: 1, trailStopPrice: 99, lmtPriceOffset: 50 })],
    ['an offset', of('BUY', 'REL', { auxPrice: 50 })],
    ['an offset in percent', of('BUY', 'REL', { percentOffset: 0.5 })],
    ['an offset of a peg', of('SELL', 'PEG MKT', { auxPrice: 50 })],
    [
      'the trail that a stop becomes',
      of('BUY', 'STP', {
        auxPrice: 101,
        adjustedOrderType: 'TRAIL',
        triggerPrice: 101,
        adjustedStopPrice: 102,
        adjustedTrailingAmount: 50,
      }),
    ],
  ];
  situations(far, async (_, order) => {
    expect(await leaves(AAPL, order, free(priceCollar({ percent: 5 })))).toEqual([0, ['PRICE-COLLAR']]);
    const buy = { ...order, action: 'BUY' };
    expect(await leaves(AAPL, buy, free(maxNotional(130, 'USD')))).toEqual([0, ['MAX-NOTIONAL']]);
  });
  it('near the market it passes', async () => {
    for (const order of [of('SELL', 'TRAIL', { auxPrice: 4 }), of('BUY', 'REL', { auxPrice: 0.01 }), of('BUY', 'MKT', {})])
      expect(await leaves(AAPL, order, free(priceCollar({ percent: 5 }), maxNotional(130, 'USD')))).toEqual([1, []]);
  });
  it('a limit that rises by itself is bounded by nothing', async () => {
    const rising = of('BUY', 'LMT', { lmtPrice: 100, scalePriceAdjustValue: 10, scalePriceAdjustInterval: 1 });
    expect(await leaves(AAPL, rising, free(priceCollar({ percent: 5 })))).toEqual([0, ['PRICE-UNKNOWN']]);
    expect(await leaves(AAPL, rising, free(maxNotional(130, 'USD')))).toEqual([0, ['NOTIONAL-UNKNOWN']]);
  });
  it('discretion counts above a cap too, in an account that may not borrow', async () => {
    const pegged = of('BUY', 'PEG PRIM', { totalQuantity: '10', lmtPrice: 90, auxPrice: 0.01 });
    for (const kind of RESTRICTED) {
      expect(await leaves(AAPL, pegged, { kind, cash: { USD: 1_150 } })).toEqual([1, []]);
      expect((await leaves(AAPL, { ...pegged, discretionaryAmt: 50 }, { kind, cash: { USD: 1_150 } }))[0]).toBe(0);
    }
  });
});

describe('an amount of cash that is none', () => {
  situations<[string, object]>(
    [
      ['below zero, beside a size', { ...limit('BUY', '1', P), cashQty: -5 }],
      ['below zero, alone', { ...market('BUY', '1'), totalQuantity: '0', cashQty: -5 }],
      ['not a number', { ...limit('BUY', '1', P), cashQty: Number.NaN }],
    ],
    async (_, order) => {
      for (const contract of [AAPL, MSFT, line(204)]) expect((await leaves(contract, order, {}))[0]).toBe(0);
    },
  );
});
