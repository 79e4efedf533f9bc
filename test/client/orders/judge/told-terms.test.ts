// Orders of others count as they are told, with the 0 that gateways say of prices which an order has not, and as they are told last.

import { describe, expect, it } from 'vitest';
import { limit, market } from '../../../../src/index.js';
import { AAPL, MSFT, type Scene, type SceneOptions, scene } from '../../../witness/scene.js';
import { situations } from '../../../witness/situation.js';
import { termsOf } from '../../../witness/terms.js';

const RESTRICTED = ['ira-cash', 'ira-margin', 'cash'] as const;
const placed = (stage: Scene, contract: object, order: object): Promise<number> =>
  stage.leaves(() => stage.ib.orders.place(contract as never, order as never));
const other = (order: object) => ({ kind: 'placeOrder', orderId: 77, contract: AAPL, order: { tif: 'DAY', ...order } }) as never;

describe('a purchase of another client of 60 at 100, of 10,000, leaves less than 4,000', () => {
  const NONE = { lmtPrice: 0, auxPrice: 0 };
  situations<[string, object]>(
    [
      ['at the market', { orderType: 'MKT', ...NONE }],
      ['at the market, with a limit that it does not have', { orderType: 'MKT', lmtPrice: 50 }],
      ['at the close', { orderType: 'MOC', ...NONE }],
      ['relative, without a cap', { orderType: 'REL', ...NONE, auxPrice: 0.01 }],
      ['at the middle', { orderType: 'PEG MID', ...NONE }],
      ['midprice', { orderType: 'MIDPRICE', ...NONE }],
      ['if touched', { orderType: 'MIT', ...NONE, auxPrice: 99 }],
      ['a trail', { orderType: 'TRAIL', ...NONE, trailingPercent: 1 }],
      ['a stop', { orderType: 'STP', ...NONE, auxPrice: 101 }],
    ],
    async (_, order) => {
      for (const kind of RESTRICTED) {
        using stage = await scene({ kind });
        stage.venue.foreign(other({ action: 'BUY', totalQuantity: '60', ...order }));
        await stage.pass(4_000);
        expect(await placed(stage, MSFT, limit('BUY', '90', 50))).toBe(0);
        expect(await placed(stage, MSFT, limit('BUY', '50', 50))).toBe(1);
        expect(stage.venue.violations).toEqual([]);
      }
    },
  );
});

describe('an order of another client that changes is counted as it is told last', () => {
  const buy = { action: 'BUY', orderType: 'LMT', totalQuantity: '50', lmtPrice: 100 };
  const ofGroup = { ocaGroup: 'exits', ocaType: 1 };
  situations<[string, object, object, object, SceneOptions]>(
    [
      ['gets a discretion', buy, { discretionaryAmt: 60 }, limit('BUY', '45', 100), {}],
      ['goes to the market', { ...buy, lmtPrice: 50 }, { orderType: 'MKT' }, limit('BUY', '70', 100), {}],
      [
        'buys for more money',
        { action: 'BUY', orderType: 'MKT', totalQuantity: '0', cashQty: 100 },
        { cashQty: 9_900 },
        limit('BUY', '5', 100),
        {},
      ],
      [
        'gets a second life',
        { action: 'BUY', orderType: 'STP', totalQuantity: '50', auxPrice: 105 },
        { adjustedOrderType: 'STP', triggerPrice: 104, adjustedStopPrice: 190 },
        limit('BUY', '30', 100),
        {},
      ],
      [
        'leaves the group that blocks it',
        { action: 'SELL', orderType: 'LMT', totalQuantity: '10', lmtPrice: 110, ...ofGroup },
        { ocaGroup: '' },
        { ...limit('SELL', '10', 111), ...ofGroup },
        { holds: { 101: 10 } },
      ],
    ],
    async (_, was, change, mine, how) => {
      const act = async (isChanged: boolean): Promise<number> => {
        using stage = await scene(how);
        stage.venue.foreign(other(was));
        await stage.pass(4_000);
        await placed(stage, MSFT, limit('BUY', '1', 1));
        const [order] = stage.venue.orders.values();
        if (isChanged && order !== undefined) {
          const request = { ...order.request, order: { ...order.request.order, ...change } } as typeof order.request;
          Object.assign(order, { request, terms: [termsOf(request, 9)] });
        }
        await stage.pass(4_000);
        const left = await placed(stage, AAPL, mine);
        expect(stage.venue.violations).toEqual([]);
        return left;
      };
      expect([await act(false), await act(true)]).toEqual([1, 0]);
    },
  );
});

it('a repeat is one beside an order that the gateway has told, with its own words', async () => {
  for (const order of [market('BUY', '5'), limit('BUY', '5', 95)]) {
    using stage = await scene();
    expect(await placed(stage, AAPL, order)).toBe(1);
    for (const one of stage.venue.orders.values()) stage.venue.acknowledge(one);
    await stage.pass(250);
    expect(await placed(stage, AAPL, order)).toBe(0);
    expect(stage.codes).toEqual(['DUPLICATE-ORDER']);
  }
});

it('a limit of 0 beside an order at the market says nothing', async () => {
  for (const kind of RESTRICTED) {
    using stage = await scene({ kind });
    expect(await placed(stage, AAPL, { ...market('BUY', '5'), lmtPrice: 0 })).toBe(1);
    expect(await placed(stage, AAPL, { ...limit('BUY', '5', 95), lmtPrice: 0 })).toBe(0);
  }
});
