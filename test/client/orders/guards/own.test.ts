// Guards that users write themselves: what wants to leave in the rules' words, and the account beside it.
import { describe, expect, it } from 'vitest';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import { maxOpenOrders, maxOrdersPerMinute, noDuplicate } from '../../../../src/rules/guards/caps.js';
import type { Guard } from '../../../../src/rules/guards/guard.js';
import type { OrderFacts, Situation } from '../../../../src/rules/types.js';
import { AAPL as AAPL_LINE, scene } from '../../../witness/scene.js';
import { ACCOUNT } from '../../../witness/world.js';
import { AAPL, buy, deskWith, placedBy, until } from '../trades/desk.js';

describe('a guard of a user’s own', () => {
  it('sees orders that leave together at once, with the account, what was sent and what works', async () => {
    const seen: { orders: readonly OrderFacts[]; situation: Situation; open: unknown }[] = [];
    const look: Guard = (orders, situation) => {
      seen.push({ orders, situation, open: situation.openOrders });
      return [];
    };
    await using desk = await deskWith({}, { orders: { guards: [look] } });
    desk.ib.orders.place(AAPL, buy('3', 50));
    desk.ib.orders.placeGroup(AAPL, bracket(buy('10', 50), { takeProfit: 60, stopLoss: 40 }));
    const [single, group] = seen;
    expect(single?.orders).toMatchObject([
      {
        action: 'BUY',
        orderType: 'LMT',
        totalQuantity: '3',
        lmtPrice: '50',
        tif: 'DAY',
        contract: { symbol: 'AAPL', secType: 'STK' },
      },
    ]);
    expect(single?.situation.account.account).toBe('DU9000001');
    expect(single?.situation.login).toEqual(['DU9000001']);
    expect(single?.situation.sent).toHaveLength(0);
    expect(group?.orders.map(({ action }) => action)).toEqual(['BUY', 'SELL', 'SELL']);
    expect(group?.situation.sent).toMatchObject([{ order: { totalQuantity: '3' } }]);
    expect(group?.open).toMatchObject([{ totalQuantity: '3' }]);
  });

  it('refuses with a code and a message of its own; nothing leaves', async () => {
    const noBuys: Guard = (orders) =>
      orders.some(({ action }) => action === 'BUY') ? [{ code: 'NO-BUYS', severity: 'reject', message: 'not on Fridays' }] : [];
    await using desk = await deskWith({}, { orders: { guards: [noBuys] } });
    expect(() => desk.ib.orders.place(AAPL, buy('3', 50))).toThrow(/NO-BUYS: not on Fridays/);
    expect(placedBy(desk.gateway)).toHaveLength(0);
  });

  it('one that throws refuses', async () => {
    const broken: Guard = () => {
      throw new Error('no data');
    };
    await using desk = await deskWith({}, { orders: { guards: [broken] } });
    expect(() => desk.ib.orders.place(AAPL, buy('3', 50))).toThrow(/GUARD-FAILED: A guard could not decide: no data/);
  });
});

it('a repeat that is meant is said to be so', async () => {
  await using desk = await deskWith({}, { orders: { guards: [noDuplicate(60_000)] } });
  desk.ib.orders.place(AAPL, buy('3', 50));
  expect(() => desk.ib.orders.place(AAPL, buy('3', 50))).toThrow(/DUPLICATE-ORDER/);
  desk.ib.orders.place(AAPL, buy('3', 50), { deliberate: true });
  await until(() => placedBy(desk.gateway).length === 2, 'two placed', 3000);
});

describe('what a guard gets of the account', () => {
  const names = ['sent', 'openOrders', 'sentWithin', 'login', 'cash', 'positions'];

  it('is whole in a copy: what was sent and what works are in it', async () => {
    const copies: Situation[] = [];
    const look: Guard = (_, situation) => {
      copies.push({ ...situation });
      return [];
    };
    const counted: Guard = (orders, situation) => [...maxOrdersPerMinute(1)(orders, { ...situation })];
    await using desk = await deskWith({}, { orders: { guards: [look, counted] } });
    desk.ib.orders.place(AAPL, buy('3', 50));
    expect(Object.keys(copies[0] ?? {})).toEqual(expect.arrayContaining(names));
    expect(() => desk.ib.orders.place(AAPL, buy('4', 50))).toThrow(/ORDER-RATE: 1 orders in the last minute/);
    expect(copies[1]?.openOrders).toMatchObject([{ totalQuantity: '3' }]);
    expect(copies[1]?.sentWithin?.(1_000)).toMatchObject([{ order: { totalQuantity: '3' } }]);
  });

  it('has what the program adds of orders besides those of this session, and nothing breaks by it', async () => {
    const order = { action: 'BUY', orderType: 'MKT', totalQuantity: '7', contract: { secType: 'STK', currency: 'USD' } };
    const more = () => ({ sent: [{ ageSeconds: 5, order }], openOrders: [order], asOf: '20261129' });
    const guards = [maxOpenOrders(3), maxOrdersPerMinute(3)];
    using stage = await scene({ orders: { accounts: { kinds: { [ACCOUNT]: 'ira-margin' }, more }, guards } });
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL_LINE as never, limit('BUY', 1, 90)))).toBe(1);
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL_LINE as never, limit('BUY', 2, 90)))).toBe(1);
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL_LINE as never, limit('BUY', 3, 90)))).toBe(0);
    expect(stage.codes).toEqual(['MAX-OPEN-ORDERS', 'ORDER-RATE']);
  });

  it.each<[string, () => object, RegExp]>([
    ['a promise', () => Promise.resolve({}), /must answer at once with an object/],
    ['a fact that nobody knows', () => ({ settledcash: { USD: '1' } }), /settledcash.*did you mean settledCash\?/],
    [
      'nothing but an error',
      () => {
        throw new Error('no data');
      },
      /no data/,
    ],
  ])('lacks nothing in silence: where the program answers with %s no order leaves', async (_, more, words) => {
    using stage = await scene({ orders: { accounts: { kinds: { [ACCOUNT]: 'ira-margin' }, more } } });
    const place = () => stage.ib.orders.place(AAPL_LINE as never, limit('BUY', 1, 90));
    expect(place).toThrow(words);
    expect(await stage.leaves(place)).toBe(0);
    expect(stage.codes).toEqual(['GUARD-FAILED']);
  });
});
