// Guards and the order's truth: what must not leave although it looks harmless, on the wire in memory.

import { describe, expect, it } from 'vitest';
import {
  bracket,
  confirmations,
  deny,
  limit,
  maxNotional,
  maxOrdersPerMinute,
  noDuplicate,
  type OrderDraft,
  type OrderGroup,
  priceCollar,
} from '../../../src/index.js';
import { AAPL, MSFT, P, type Scene, type SceneOptions, scene } from '../../witness/scene.js';
import { situations } from '../../witness/situation.js';

const free: SceneOptions = { kind: 'reg-t', cash: { USD: 1_000_000 }, holds: { 101: 1_000 } };
const guarded = (...guards: unknown[]): SceneOptions => ({ ...free, orders: { guards } as never });
const members = (...orders: object[]): OrderGroup =>
  ({ members: orders.map((order) => ({ role: 'member', order })) }) as unknown as OrderGroup;
const raw = (stage: Scene, contract: object, order: object) => () =>
  stage.ib.raw.send('placeOrder', {
    orderId: stage.ib.raw.nextOrderId(),
    contract,
    order: { account: 'DU9000001', ...order },
  } as never);

describe('raw orders', () => {
  it('a short sale sent raw does not leave', async () => {
    using stage = await scene();
    expect(await stage.leaves(raw(stage, AAPL, limit('SELL', '1', P)))).toBe(0);
  });
  it('a purchase beyond the cash sent raw does not leave', async () => {
    using stage = await scene();
    expect(await stage.leaves(raw(stage, AAPL, limit('BUY', '200', P)))).toBe(0);
  });
  it('a raw order with the kill switch on does not leave', async () => {
    using stage = await scene(free);
    stage.ib.orders.killSwitch.engage('test');
    expect(await stage.leaves(raw(stage, AAPL, limit('BUY', '1', P)))).toBe(0);
  });
  it('a lawful raw order leaves with a time in force', async () => {
    using stage = await scene();
    expect(await stage.leaves(raw(stage, AAPL, { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: P }))).toBe(1);
    expect(stage.venue.violations).toEqual([]);
  });
  it('a session opened for raw orders sends what no account rule has judged', async () => {
    using stage = await scene({ orders: { rawOrders: true } as never });
    expect(await stage.leaves(raw(stage, AAPL, limit('SELL', '1', P)))).toBe(1);
  });
  situations<[string, object]>(
    [
      ['whatif for whatIf', { whatif: true }],
      ['transmitt for transmit', { transmitt: false }],
      ['tiff for tif', { tiff: 'GTC' }],
      ['lmtprice for lmtPrice', { lmtprice: 1 }],
    ],
    async (_, more) => {
      using stage = await scene(free);
      const order = { ...limit('BUY', '1', P), ...more } as OrderDraft;
      expect(await stage.leaves(() => stage.ib.orders.place(AAPL, order))).toBe(0);
      expect(await stage.leaves(raw(stage, AAPL, order))).toBe(0);
    },
    'a property that no table knows is refused, placed and raw: %s',
  );
});

describe('caps count what they cap', () => {
  const twin = limit('BUY', '1', P);
  situations<[string, object, object]>(
    [
      ['1 and 1.0', AAPL, { ...twin, totalQuantity: '1.0' }],
      ['a tif unsaid and DAY', AAPL, { ...twin, tif: 'DAY' }],
      ['outsideRth unsaid and false', AAPL, { ...twin, outsideRth: false }],
      ['with conId and by name', { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' }, twin],
    ],
    async (_, contract, order) => {
      using stage = await scene(guarded(noDuplicate(60_000)));
      expect(await stage.leaves(() => stage.ib.orders.place(AAPL, twin))).toBe(1);
      expect(await stage.leaves(() => stage.ib.orders.place(contract as never, order as OrderDraft))).toBe(0);
    },
    'equal orders are equal: %s',
  );
  it('two equal members of one group are duplicates', async () => {
    using stage = await scene(guarded(noDuplicate(60_000)));
    expect(await stage.leaves(() => stage.ib.orders.placeGroup(AAPL, members(twin, twin)))).toBe(0);
  });
  it('a group of six does not pass two orders a minute', async () => {
    using stage = await scene(guarded(maxOrdersPerMinute(2)));
    const six = members(...[1, 2, 3, 4, 5, 6].map((size) => limit('BUY', String(size), P)));
    expect(await stage.leaves(() => stage.ib.orders.placeGroup(AAPL, six))).toBe(0);
  });
  it('a group of two passes two orders a minute, a third order does not', async () => {
    using stage = await scene(guarded(maxOrdersPerMinute(2)));
    const two = members(limit('BUY', '1', P), limit('BUY', '2', P));
    expect(await stage.leaves(() => stage.ib.orders.placeGroup(AAPL, two))).toBe(2);
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('BUY', '3', P)))).toBe(0);
  });
  situations<[string, object]>(
    [
      ['discretion', { ...twin, discretionaryAmt: 50 }],
      [
        'an adjusted stop',
        {
          action: 'BUY',
          orderType: 'STP',
          totalQuantity: '1',
          auxPrice: 101,
          adjustedOrderType: 'STP',
          triggerPrice: 101,
          adjustedStopPrice: 150,
        },
      ],
      ['a trail stop', { action: 'BUY', orderType: 'TRAIL', totalQuantity: '1', auxPrice: 1, trailStopPrice: 150 }],
    ],
    async (_, order) => {
      using stage = await scene(guarded(priceCollar({ percent: 5 })));
      expect(await stage.leaves(() => stage.ib.orders.place(AAPL, order as OrderDraft))).toBe(0);
    },
    'a collar of 5 percent looks at the worst price: %s',
  );
  it('a market order counts at the market and not at a limit that it does not have', async () => {
    using stage = await scene(guarded(maxNotional(1_000, 'USD')));
    const order = { action: 'BUY', orderType: 'MKT', totalQuantity: '100', lmtPrice: 1 } as OrderDraft;
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, order))).toBe(0);
  });
  it('a denied instrument under another name is denied', async () => {
    using stage = await scene(guarded(deny([{ symbol: 'AAPL' }])));
    const disguised = { ...AAPL, symbol: 'MSFT', localSymbol: 'MSFT' };
    expect(await stage.leaves(() => stage.ib.orders.place(disguised, limit('BUY', '1', P)))).toBe(0);
    expect(await stage.leaves(() => stage.ib.orders.place(MSFT, limit('BUY', '1', 50)))).toBe(1);
  });
});

describe('what waits, was stopped or has ended', () => {
  const many = (stage: Scene, count: number) => () =>
    Array.from({ length: count }, (_, i) => stage.ib.orders.place(AAPL, limit('BUY', String(i + 1), P - i)));
  it('orders that wait for their turn never leave after cancelAll', async () => {
    using stage = await scene({ ...free, messagesPerSecond: 5 });
    const left = await stage.leaves(() => {
      const trades = many(stage, 15)();
      stage.ib.orders.cancelAll();
      return trades;
    });
    expect(left).toBeLessThanOrEqual(5);
    await stage.pass(10_000);
    const live = [...stage.venue.orders.values()].filter(({ hasEnded }) => !hasEnded);
    expect(live).toEqual([]);
  });
  it('orders that wait for their turn never leave after the kill switch', async () => {
    using stage = await scene({ ...free, messagesPerSecond: 5 });
    await stage.leaves(() => {
      const trades = many(stage, 15)();
      stage.ib.orders.killSwitch.engage('test');
      stage.venue.stopped.add(1);
      return trades;
    });
    await stage.pass(10_000);
    expect(stage.venue.violations).toEqual([]);
    expect([...stage.venue.orders.values()].filter(({ hasEnded }) => !hasEnded)).toEqual([]);
  });
  it('the kill switch engaged while disconnected cancels on return', async () => {
    using stage = await scene(free);
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('BUY', '1', P)))).toBe(1);
    stage.client.cut();
    stage.ib.orders.killSwitch.engage('test');
    await stage.pass(3_000);
    expect([...stage.venue.orders.values()].filter(({ hasEnded }) => !hasEnded)).toEqual([]);
  });
  it('brackets at the message rate are whole or not there', async () => {
    using stage = await scene({ ...free, messagesPerSecond: 5 });
    await stage.leaves(() =>
      Array.from({ length: 6 }, (_, i) =>
        stage.ib.orders.placeGroup(AAPL, bracket(limit('BUY', String(i + 1), P), { takeProfit: 110, stopLoss: 90 })),
      ).flat(),
    );
    await stage.pass(10_000);
    expect(stage.venue.orders.size % 3).toBe(0);
    expect(stage.venue.orders.size).toBeGreaterThan(0);
  });
  it('a preview inside a group is refused', async () => {
    using stage = await scene(free);
    const group = members(limit('BUY', '1', P), { ...limit('BUY', '2', P), whatIf: true });
    expect(await stage.leaves(() => stage.ib.orders.placeGroup(AAPL, group))).toBe(0);
    expect(stage.codes.length).toBeGreaterThan(0);
  });
});

describe('tokens', () => {
  const desk = () => {
    let made = 0;
    return confirmations({ now: () => 1_788_357_600_000, random: () => `token ${++made}` });
  };
  it('a token for one order does not send another', async () => {
    const confirm = desk();
    using stage = await scene({ ...free, orders: { confirm } as never });
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('BUY', '1', P)))).toBe(0);
  });
});
