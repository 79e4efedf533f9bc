// Neighbours of the money cases: what ties orders together and legs to their sides, and raw requests that are no order.

import { describe, expect, it } from 'vitest';
import { limit, type OrderDraft, stop, stopLimit, trail } from '../../../src/index.js';
import { AAPL, CALL, PUT, type Scene, type SceneOptions, scene } from '../../witness/scene.js';
import { situations } from '../../witness/situation.js';
import { ACCOUNT } from '../../witness/world.js';

const raw = (stage: Scene, contract: object, order: object, orderId: number): void =>
  stage.ib.raw.send('placeOrder', { orderId, contract, order: { account: ACCOUNT, ...order } } as never);
const tied = (more: object = {}) => ({ ocaGroup: 'exits', ocaType: 1, ...more });
const pair = (stage: Scene) => {
  const exits = [limit('SELL', '10', 108), stop('SELL', '10', 90)].map((order) => ({
    role: 'member',
    order: { ...order, ...tied() },
  }));
  return stage.ib.orders.placeGroup(AAPL, { members: exits } as never);
};

describe('a raw change of one of two exits that block each other', () => {
  const stopAt = (price: number, more: object) => ({ ...stop('SELL', '10', price), ...more });
  situations<[string, object]>(
    [
      ['leaves the group', {}],
      ['goes into another', tied({ ocaGroup: 'other' })],
      ['does not block any more', tied({ ocaType: 3 })],
    ],
    async (_, more) => {
      using stage = await scene({ holds: { 101: 10 } });
      expect(await stage.leaves(() => pair(stage))).toBe(2);
      const [, second] = stage.ib.orders.book.live;
      expect(await stage.leaves(() => raw(stage, AAPL, stopAt(91, more), second?.orderId ?? 0))).toBe(0);
      expect(stage.codes).toEqual(['IRA-SHORT-STOCK']);
    },
    '%s: stays, for both could be sold',
  );
  it('passes where both can be sold, and until it is told nothing relies on the block', async () => {
    using stage = await scene({ holds: { 101: 20 } });
    expect(await stage.leaves(() => pair(stage))).toBe(2);
    const [, second] = stage.ib.orders.book.live;
    const both = () => {
      raw(stage, AAPL, stopAt(91, {}), second?.orderId ?? 0);
      return stage.ib.orders.place(AAPL, limit('SELL', '10', 107));
    };
    expect(await stage.leaves(both)).toBe(1);
    expect(stage.venue.violations).toEqual([]);
  });
  it('that only moves the price passes', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    expect(await stage.leaves(() => pair(stage))).toBe(2);
    const [, second] = stage.ib.orders.book.live;
    expect(await stage.leaves(() => raw(stage, AAPL, stopAt(91, tied()), second?.orderId ?? 0))).toBe(1);
  });
});

describe('legs of a combination', () => {
  const legs = (...each: [conId: number, action: unknown, ratio?: number][]) => ({
    symbol: 'AAPL',
    secType: 'BAG',
    currency: 'USD',
    exchange: 'SMART',
    comboLegs: each.map(([conId, action, ratio = 1]) => ({ conId, ratio, action, exchange: 'SMART' })),
  });
  const loose = { smartComboRoutingParams: [{ tag: 'NonGuaranteed', value: '1' }] };
  const rich = { cash: { USD: 50_000 } };
  situations<[string, unknown]>(
    [
      ['sell', 'sell'],
      ['nothing', ''],
      ['no word', undefined],
      ['SSHORT', 'SSHORT'],
      ['a number', 1],
    ],
    async (_, side) => {
      for (const contract of [legs([201, side], [202, 'BUY']), legs([101, side, 100], [102, 'BUY', 100])]) {
        using stage = await scene(rich);
        const { orders } = stage.ib;
        expect(await stage.leaves(() => orders.place(contract as never, limit('BUY', '1', 4)))).toBe(0);
        expect(await stage.leaves(() => raw(stage, contract, limit('BUY', '1', 4), stage.ib.raw.nextOrderId()))).toBe(0);
      }
    },
    'whose side is %s are refused: it is no leg that does nothing',
  );
  it('that buy and sell one contract at once are refused, for one of them may fill alone', async () => {
    for (const more of [{}, loose]) {
      using stage = await scene(rich);
      const order = { ...limit('BUY', '1', 4), ...more } as OrderDraft;
      expect(await stage.leaves(() => stage.ib.orders.place(legs([201, 'BUY', 2], [201, 'SELL']) as never, order))).toBe(0);
      expect(stage.codes).toContain('ORDER-INVALID');
    }
  });
  it('of another client whose sides nobody can read let nothing be sold that they could be about', async () => {
    using stage = await scene({ holds: { 101: 100 } });
    const odd = {
      kind: 'placeOrder',
      orderId: 77,
      contract: legs([101, 'SSHORT', 100], [201, 'BUY']),
      order: limit('BUY', '1', -95),
    };
    stage.venue.foreign({ ...odd, order: { ...odd.order, tif: 'DAY', account: ACCOUNT } } as never);
    await stage.pass(1_500);
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('SELL', '100', 101)))).toBe(0);
  });
  it('fill alone unless NonGuaranteed is said to be 0 or nothing: any other word is refused', async () => {
    const covered = legs([101, 'BUY', 100], [201, 'SELL']);
    for (const [value, left] of [
      ['0', 1],
      ['1', 0],
      ['true', 0],
      [' 1', 0],
      ['yes', 0],
      ['', 0],
    ] as const) {
      using stage = await scene(rich);
      const order = { ...limit('BUY', '1', 100), smartComboRoutingParams: [{ tag: 'NonGuaranteed', value }] } as OrderDraft;
      expect([value, await stage.leaves(() => stage.ib.orders.place(covered as never, order))]).toEqual([value, left]);
    }
  });
  it('that may fill alone cost what each is worth, where fresh prices of them are known', async () => {
    const bought = async (cash: number): Promise<number> => {
      using stage = await scene({ cash: { USD: cash } });
      const order = { ...limit('BUY', '1', 12), ...loose } as OrderDraft;
      return await stage.leaves(() => stage.ib.orders.place(legs([201, 'BUY'], [204, 'BUY']) as never, order));
    };
    expect([await bought(1_100), await bought(1_000)]).toEqual([1, 0]);
  });
});

describe('a stop to buy of something whose price nobody has seen', () => {
  const blind = { cash: { USD: 1_000 }, orders: { lastPrice: () => undefined } } satisfies SceneOptions;
  situations<[string, object]>(
    [
      ['a stop', stop('BUY', '9', 50)],
      ['a trail from a stop', trail('BUY', '9', { amount: 5, startAt: 50 })],
    ],
    async (_, order) => {
      using stage = await scene(blind);
      expect(await stage.leaves(() => stage.ib.orders.place(AAPL, order as OrderDraft))).toBe(0);
      expect(stage.codes).toContain('PRICE-UNKNOWN');
    },
    '%s may be passed by the market already: nothing bounds it',
  );
  it('with a limit, and to sell, it passes', async () => {
    using stage = await scene({ ...blind, holds: { 101: 10 } });
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, stopLimit('BUY', '9', 50, 51)))).toBe(1);
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, stop('SELL', '10', 50)))).toBe(1);
  });
});

describe('a raw request', () => {
  it('to do with an option what is neither exercise nor lapse is refused by name', async () => {
    using stage = await scene({ holds: { 201: 1, 202: 1 }, cash: { USD: 50_000 } });
    for (const exerciseAction of [0, 3, undefined]) {
      const terms = { contract: CALL, exerciseAction, exerciseQuantity: 1, account: ACCOUNT, override: 0 };
      await stage.leaves(() => stage.ib.raw.send('exerciseOptions', { reqId: stage.ib.raw.nextOrderId(), ...terms } as never));
    }
    expect(stage.venue.instructions).toBe(0);
    expect(stage.codes.every((code) => code.startsWith('InputError: exerciseAction'))).toBe(true);
    const lapse = { contract: PUT, exerciseAction: 2, exerciseQuantity: 1, account: ACCOUNT, override: 0 };
    await stage.leaves(() => stage.ib.raw.send('exerciseOptions', { reqId: stage.ib.raw.nextOrderId(), ...lapse } as never));
    expect(stage.venue.instructions).toBe(1);
  });
  it('under the id of an order that has ended never leaves', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('SELL', '10', 105)))).toBe(1);
    const [ended] = stage.ib.orders.book.live;
    await stage.leaves(() => ended?.cancel());
    expect(await stage.leaves(() => raw(stage, AAPL, limit('SELL', '10', 105), ended?.orderId ?? 0))).toBe(0);
    expect(stage.codes[0]).toContain('has ended: raw.nextOrderId() draws a new one');
    expect(await stage.leaves(() => raw(stage, AAPL, limit('SELL', '10', 105), stage.ib.raw.nextOrderId()))).toBe(1);
  });
});
