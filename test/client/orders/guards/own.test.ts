// Guards that users write themselves: what wants to leave in the rules' words, and the account beside it.
import { describe, expect, it } from 'vitest';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import { noDuplicate } from '../../../../src/rules/guards/caps.js';
import type { Guard } from '../../../../src/rules/guards/guard.js';
import type { OrderFacts, Situation } from '../../../../src/rules/types.js';
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
