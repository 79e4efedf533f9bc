// Exits of a bracket leave blocking each other where an account rule would refuse them otherwise, and only there.
import { describe, expect, it } from 'vitest';
import { bracket, withBlocking } from '../../../../src/client/orders/builders/bracket.js';
import { family } from '../../../../src/client/orders/builders/group.js';
import { check } from '../../../../src/rules/check.js';
import type { Guard } from '../../../../src/rules/guards/guard.js';
import type { Situation } from '../../../../src/rules/types.js';
import { AAPL, buy, deskWith, placedBy, until } from '../trades/desk.js';

const cash = { USD: '100000' };
const ira: Situation = {
  account: { configuredKind: 'ira-margin', accountType: 'IRA-ROTH NEW', baseCurrency: 'USD' },
  cash,
  settledCash: cash,
  positions: [],
  workingOrders: [],
};
const contract = { secType: 'STK', symbol: 'AAPL', currency: 'USD', stockType: 'COMMON' };
/** A guard of a user's own, over the same facts as every rule. */
const asIra: Guard = (orders) =>
  check(
    orders.map((order) => ({ ...order, contract })),
    ira,
    { priceCollar: null },
  );
const exits = { takeProfit: 60, stopLoss: 40 };

describe('a bracket without a holding', () => {
  it('leaves whole in an IRA, its exits in one group of type 2 under a name of their own', async () => {
    await using desk = await deskWith({}, { orders: { guards: [asIra] } });
    desk.ib.orders.placeGroup(AAPL, bracket(buy('10', 50), exits));
    desk.ib.orders.placeGroup(AAPL, bracket(buy('10', 50), exits));
    await until(() => placedBy(desk.gateway).length === 6, 'six placed', 3000);
    const [parent, profit, loss, , other] = placedBy(desk.gateway).map(({ order }) => order);
    expect(parent?.ocaGroup ?? '').toBe('');
    expect([profit?.ocaType, loss?.ocaType]).toEqual([2, 2]);
    expect(profit?.ocaGroup).toMatch(/^exits-/);
    expect(loss?.ocaGroup).toBe(profit?.ocaGroup);
    expect(other?.ocaGroup).not.toBe(profit?.ocaGroup);
  });

  it('is what it was where nothing speaks against it', async () => {
    await using desk = await deskWith({});
    desk.ib.orders.placeGroup(AAPL, bracket(buy('10', 50), exits));
    await until(() => placedBy(desk.gateway).length === 3, 'three placed', 3000);
    for (const { order } of placedBy(desk.gateway)) expect(order?.ocaGroup ?? '').toBe('');
  });

  it('a named group blocks as well', () => {
    const [, profit, loss] = bracket(buy('10', 50), { ...exits, ocaGroup: 'mine' }).members;
    for (const exit of [profit, loss]) expect(exit?.order).toMatchObject({ ocaGroup: 'mine', ocaType: 2 });
  });
});

describe('groups without two exits', () => {
  it('a lone exit, children of any kind and exits of a named group stay as they are', () => {
    expect(withBlocking(bracket(buy('10', 50), { stopLoss: 40 }), 'x')).toBeUndefined();
    expect(withBlocking(family(buy('10', 50), [buy('1', 40), buy('1', 41)]), 'x')).toBeUndefined();
    expect(withBlocking(bracket(buy('10', 50), { ...exits, ocaGroup: 'mine' }), 'x')).toBeUndefined();
  });
});
