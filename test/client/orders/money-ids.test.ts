// Ids, groups and amounts that stand for more than they say: what works beside an order counts as all that it may be.

import { describe, expect, it } from 'vitest';
import { cash, limit, market, type OrderDraft, stop, trail } from '../../../src/index.js';
import type { MessageInput } from '../../../src/protocol/registry.js';
import { AAPL, MSFT, type Scene, type SceneOptions, scene } from '../../witness/scene.js';
import { situations } from '../../witness/situation.js';

const sell = (quantity = '10', at = 101, more: object = {}): OrderDraft => ({ ...limit('SELL', quantity, at), ...more });
const placed = (stage: Scene, order: OrderDraft, contract: object = AAPL) =>
  stage.leaves(() => stage.ib.orders.place(contract as never, order));
const foreign = (stage: Scene, orderId: number, order: object): void =>
  stage.venue.foreign({ kind: 'placeOrder', orderId, contract: AAPL, order: { tif: 'DAY', ...order } } as never);
/** Tells of an order, as a gateway does. */
const tell = (stage: Scene, orderId: number, clientId: number, permId: string, order: object): void => {
  const told = { tif: 'DAY', account: 'DU9000001', clientId, permId, lmtPrice: 0, auxPrice: 0, ...order };
  const message = { orderId, contract: AAPL, order: told, orderState: { status: 'Submitted' } };
  for (const peer of stage.venue.peers.values()) stage.venue.say(peer, 'openOrder', message as MessageInput<'openOrder'>);
};

describe('the exit of another client whose parent has the number of an order of ours', () => {
  it('waits for no order of ours: a sale of what it sells does not leave', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    expect(await placed(stage, limit('BUY', '10', 90))).toBe(1);
    foreign(stage, 77, { ...sell(), parentId: stage.ib.orders.book.live[0]?.orderId });
    await stage.pass(3_000);
    expect(await placed(stage, sell())).toBe(0);
    expect([stage.codes, stage.venue.violations]).toEqual([['IRA-SHORT-STOCK'], []]);
  });
  it('waits for its own: a sale of what is held beside it leaves', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    foreign(stage, 77, limit('BUY', '10', 90));
    foreign(stage, 78, { ...sell(), parentId: 77 });
    await stage.pass(3_000);
    expect(await placed(stage, sell())).toBe(1);
    expect(stage.venue.violations).toEqual([]);
  });
});

describe('one id for two orders', () => {
  it('of another client is two orders', async () => {
    using stage = await scene({ holds: { 101: 30 } });
    for (const permId of ['501', '502']) tell(stage, 5, 9, permId, sell());
    expect(await placed(stage, sell('11'))).toBe(0);
    for (const permId of ['501', '502']) tell(stage, 5, 9, permId, sell());
    await stage.pass(250);
    expect(stage.ib.orders.book.trades.filter(({ clientId }) => clientId === 9)).toHaveLength(2);
  });
  it('of ours may be two: what is left of it counts twice', async () => {
    using stage = await scene({ holds: { 101: 29 } });
    expect(await placed(stage, sell())).toBe(1);
    tell(stage, stage.ib.orders.book.live[0]?.orderId ?? 0, 1, '888', sell());
    await stage.pass(250);
    expect(await placed(stage, sell('10', 102))).toBe(0);
    expect(stage.codes).toEqual(['IRA-SHORT-STOCK']);
    expect(await placed(stage, sell('9', 102))).toBe(1);
  });
});

describe('a group of which one member was executed', () => {
  const ofGroup = { ocaGroup: 'exits', ocaType: 1 };
  const begun = async (shares: number, how: SceneOptions): Promise<Scene> => {
    const stage = await scene(how);
    await placed(stage, sell('10', 101, ofGroup));
    stage.venue.holdPositions = true;
    for (const order of stage.venue.orders.values()) stage.venue.fill(order, shares, 10_100);
    await stage.pass(250);
    return stage;
  };
  situations<[string, number, string, number]>(
    [
      ['holds nothing back of a new one: all of it', 10, '10', 0],
      ['holds nothing back of a new one: a part', 4, '7', 0],
      ['leaves what is held besides', 4, '6', 1],
    ],
    async (_, shares, quantity, leaves) => {
      using stage = await begun(shares, { holds: { 101: 10 } });
      expect(await placed(stage, sell(quantity, 102, ofGroup))).toBe(leaves);
      expect(stage.venue.violations).toEqual([]);
    },
  );
  it('goes on holding back what is left of its members', async () => {
    using stage = await begun(4, { holds: { 101: 20 } });
    expect(await placed(stage, sell('6', 102, ofGroup))).toBe(1);
    expect(await placed(stage, sell('10', 103))).toBe(1);
    expect(await placed(stage, sell('1', 104))).toBe(0);
  });
});

describe('a sale by an amount of money', () => {
  situations<[string, number, OrderDraft, number]>(
    [
      ['at a stop far below sells more shares than now', 19, stop('SELL', cash('1000'), 50), 0],
      ['at a stop far below, with as many held', 22, stop('SELL', cash('1000'), 50), 1],
      ['at a limit below sells at the limit', 10, limit('SELL', cash('940'), 94), 1],
      ['at a limit below, with less held', 10, limit('SELL', cash('950'), 94), 0],
      ['that trails can go off at any price', 1_000, trail('SELL', cash('1000'), { amount: 5 } as never), 0],
      ['at the market, with a little more held', 11, market('SELL', cash('1000')), 1],
    ],
    async (_, held, order, leaves) => {
      using stage = await scene({ holds: { 101: held } });
      expect(await placed(stage, order)).toBe(leaves);
    },
  );
  it('of which a part was executed goes on selling the rest', async () => {
    using stage = await scene({ holds: { 101: 11, 102: 1 } });
    expect(await placed(stage, market('SELL', cash('1000')))).toBe(1);
    const [order] = stage.venue.orders.values();
    Object.assign(order?.terms[0] ?? {}, { quantity: 10 });
    stage.venue.holdPositions = true;
    stage.venue.fill(order!, 3, 10_000);
    await stage.pass(250);
    expect(await placed(stage, sell('8'))).toBe(0);
    expect(stage.codes).toEqual(['IRA-SHORT-STOCK']);
    expect(await placed(stage, sell('1', 51), MSFT)).toBe(1);
  });
});
