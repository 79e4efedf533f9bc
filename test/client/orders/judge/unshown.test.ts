// What was executed and is not shown yet by the account's numbers, which come every three minutes, or by its positions.

import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import { createUnshown } from '../../../../src/client/orders/judge/unshown.js';
import { limit, market } from '../../../../src/index.js';
import { AAPL, PUT, type Scene, scene } from '../../../witness/scene.js';
import { ACCOUNT } from '../../../witness/world.js';

const at = (action: 'BUY' | 'SELL', size: string, price: number) => limit(action, size, price, { tif: 'GTC' });
const placed = (stage: Scene, order: object): Promise<number> =>
  stage.leaves(() => stage.ib.orders.place(AAPL as never, order as never));
const newest = (stage: Scene) => [...stage.venue.orders.values()].at(-1) as never;

describe('a sale that has filled', () => {
  it('leaves the rest of the holding to sell as soon as the position is told', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    await placed(stage, at('SELL', '6', 100));
    stage.venue.fill(newest(stage), 6, 10_000);
    await stage.pass(500);
    expect([await placed(stage, at('SELL', '4', 101)), stage.codes]).toEqual([1, []]);
    expect([await placed(stage, at('SELL', '1', 102)), stage.codes]).toEqual([0, ['IRA-SHORT-STOCK']]);
  });
  it('leaves it in parts: what has filled is shown, what works is not', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    await placed(stage, at('SELL', '6', 100));
    stage.venue.fill(newest(stage), 2, 10_000);
    await stage.pass(500);
    expect([await placed(stage, at('SELL', '5', 101)), stage.codes]).toEqual([0, ['IRA-SHORT-STOCK']]);
    expect([await placed(stage, at('SELL', '4', 101)), stage.codes]).toEqual([1, ['IRA-SHORT-STOCK']]);
  });
  it('still counts while the position is old', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    await placed(stage, at('SELL', '6', 100));
    stage.venue.holdPositions = true;
    stage.venue.fill(newest(stage), 6, 10_000);
    await stage.pass(500);
    expect([await placed(stage, at('SELL', '5', 101)), stage.codes]).toEqual([0, ['IRA-SHORT-STOCK']]);
  });
  it('still counts where the row shows the first of two sales alone', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    await placed(stage, at('SELL', '3', 100));
    await placed(stage, at('SELL', '4', 101));
    const [first, second] = [...stage.venue.orders.values()];
    stage.venue.fill(first as never, 3, 10_000);
    stage.venue.holdPositions = true;
    stage.venue.fill(second as never, 4, 10_100);
    await stage.pass(500);
    expect(await placed(stage, at('SELL', '4', 102))).toBe(0);
    expect(await placed(stage, at('SELL', '3', 102))).toBe(1);
  });
  it('brings no cash before the numbers say so', async () => {
    using stage = await scene({ holds: { 101: 10 }, cash: { USD: 0 } });
    await placed(stage, at('SELL', '10', 100));
    stage.venue.fill(newest(stage), 10, 10_000);
    await stage.pass(500);
    expect([await placed(stage, at('BUY', '1', 100)), stage.codes]).toEqual([0, ['IRA-DEBIT']]);
    stage.venue.tellValues();
    await stage.pass(500);
    expect(await placed(stage, at('BUY', '1', 100))).toBe(1);
  });
});

describe('a purchase that has filled', () => {
  it('keeps its cost reserved until the numbers say so, and its shares may be sold', async () => {
    using stage = await scene({ cash: { USD: 1_000 } });
    await placed(stage, at('BUY', '9', 100));
    stage.venue.fill(newest(stage), 9, 10_000);
    await stage.pass(500);
    expect([await placed(stage, at('BUY', '1', 100)), stage.codes]).toEqual([0, ['IRA-DEBIT']]);
    expect(await placed(stage, at('SELL', '9', 110))).toBe(1);
  });
  it('is shown by a row of the same moment, once the numbers have followed', async () => {
    using stage = await scene({ cash: { USD: 1_000 } });
    await placed(stage, at('BUY', '5', 100));
    stage.venue.fill(newest(stage), 5, 10_000);
    await stage.pass(250);
    stage.venue.tellValues();
    await stage.pass(250);
    expect(stage.ib.orders.situationOf(ACCOUNT)?.workingOrders).toEqual([]);
    expect([await placed(stage, at('BUY', '4', 99)), stage.codes]).toEqual([1, []]);
  });
});

describe('a combination that has filled', () => {
  const straddle = {
    ...{ symbol: 'AAPL', secType: 'BAG', currency: 'USD', exchange: 'SMART' },
    comboLegs: [204, 202].map((conId) => ({ conId, ratio: 1, action: 'BUY', exchange: 'SMART' })),
  };
  const bought = async (cash: number, act: (stage: Scene) => Promise<void>): Promise<[number, readonly string[]]> => {
    using stage = await scene({ cash: { USD: cash } });
    await stage.leaves(() => stage.ib.orders.place(straddle as never, limit('BUY', '1', 9)));
    stage.venue.fill(newest(stage), 1, 900);
    await stage.pass(250);
    await act(stage);
    return [await placed(stage, at('BUY', '10', 95)), stage.codes];
  };
  it('costs once what it cost, and not once more for each leg', async () => {
    expect(await bought(2_000, async () => {})).toEqual([1, []]);
    expect(await bought(1_800, async () => {})).toEqual([0, ['IRA-DEBIT']]);
  });
  it('costs nothing more once the numbers say so', async () => {
    const told = async (stage: Scene): Promise<void> => {
      stage.venue.tellValues();
      await stage.pass(250);
    };
    expect(await bought(1_900, told)).toEqual([1, []]);
  });
});

describe('an instruction to exercise', () => {
  const exercised = async (action: 'exercise' | 'lapse', after: (stage: Scene) => void): Promise<number> => {
    using stage = await scene({ holds: { 202: 2, 101: 200 }, cash: { USD: 0 } });
    await stage.leaves(() => stage.ib.orders.exercise(PUT as never, { action, quantity: 1 }));
    after(stage);
    await stage.pass(3_000);
    const sold = await stage.leaves(() => stage.ib.orders.place(PUT as never, limit('SELL', '2', 2)));
    return sold + 10 * (await stage.leaves(() => stage.ib.orders.place(PUT as never, limit('SELL', '1', 2.1))));
  };
  it('keeps its option from being sold', async () => {
    expect(await exercised('exercise', () => {})).toBe(10);
    expect(await exercised('lapse', () => {})).toBe(10);
  });
  it('keeps it so after a break, though no list names it and the next id is as if it had never arrived', async () => {
    expect(await exercised('exercise', ({ client }) => client.cut())).toBe(10);
  });
});

describe('what somebody else has done before the first list of orders', () => {
  const foreign = (stage: Scene, action: string, totalQuantity: string): void => {
    const order = { action, orderType: 'LMT', totalQuantity, lmtPrice: 100, tif: 'DAY' };
    stage.venue.foreign({ kind: 'placeOrder', orderId: 77, contract: AAPL, order } as never);
    stage.venue.fill(newest(stage), Number(totalQuantity), 10_000);
  };
  it('costs what it cost, though the numbers were told before it', async () => {
    using stage = await scene({ cash: { USD: 1_000 }, holds: { 101: 10 } });
    foreign(stage, 'BUY', '9');
    await stage.leaves(() => stage.ib.orders.book.reconcile());
    expect(await placed(stage, market('BUY', '1'))).toBe(0);
    stage.venue.tellValues();
    await stage.pass(500);
    expect(await placed(stage, at('BUY', '1', 90))).toBe(1);
  });
  it('is asked about when a holding changes that no execution explains', async () => {
    using stage = await scene({ cash: { USD: 1_000 }, holds: { 101: 10 } });
    await placed(stage, at('BUY', '1', 50));
    foreign(stage, 'BUY', '9');
    await stage.pass(250);
    expect(await placed(stage, at('BUY', '1', 100))).toBe(0);
    expect(await placed(stage, at('BUY', '1', 40))).toBe(1);
  });
  it('takes what it took of the holding, once', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    foreign(stage, 'SELL', '6');
    await stage.leaves(() => stage.ib.orders.book.reconcile());
    expect(await placed(stage, at('SELL', '5', 101))).toBe(0);
    expect(await placed(stage, at('SELL', '4', 101))).toBe(1);
  });
});

it('a purchase whose row came before its last execution counts until the numbers are told, and no longer', () => {
  let [now, numbers] = [0, 0];
  const unshown = createUnshown({ now: () => now, numbersAt: () => numbers, held: () => new Big(5) });
  const trade = { contract: { conId: 1, secType: 'STK' } } as never;
  const bought = (shares: number) =>
    unshown.add(trade, { side: 'BOT', shares: new Big(shares), contract: { conId: 1 } } as never, false);
  unshown.listed();
  bought(3);
  expect(unshown.told(1, new Big(5), false)).toBe(false);
  bought(2);
  now = 1;
  expect(unshown.of(trade)?.toFixed()).toBe('5');
  numbers = 2;
  expect(unshown.of(trade)).toBeUndefined();
});
