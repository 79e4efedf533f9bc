// Situations in which savings would be lost: each must leave nothing on the wire, and its lawful neighbour must leave.

import { describe, expect, it } from 'vitest';
import { bracket, limit, market, type OrderDraft, stop } from '../../../src/index.js';
import type { RequestOf } from '../../../src/protocol/registry.js';
import { AAPL, CALL, line, MSFT, P, PUT, SAP, type Scene, type SceneOptions, scene } from '../../witness/scene.js';
import { situations } from '../../witness/situation.js';

const place = (contract: object, order: object, kind?: SceneOptions) => async (): Promise<[number, readonly string[]]> => {
  using stage = await scene(kind);
  return [await stage.leaves(() => stage.ib.orders.place(contract as never, order as OrderDraft)), stage.codes];
};
const foreign = (contract: object, order: object) =>
  ({ kind: 'placeOrder', orderId: 77, contract, order: { tif: 'DAY', ...order } }) as never as RequestOf<'placeOrder'>;

describe('orders of others', () => {
  const holds = { 101: 10 };
  it('a sale by another client after our picture: our sale of the same shares stays', async () => {
    using stage = await scene({ holds });
    stage.venue.foreign(foreign(AAPL, limit('SELL', '10', P)));
    await stage.pass(1_500);
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('SELL', '10', P)))).toBe(0);
  });
  it('a purchase by another client after our picture: our purchase with the same cash stays', async () => {
    using stage = await scene({ cash: { USD: 1_050 } });
    stage.venue.foreign(foreign(AAPL, limit('BUY', '10', P)));
    await stage.pass(1_500);
    expect(await stage.leaves(() => stage.ib.orders.place(MSFT, limit('BUY', '20', 50)))).toBe(0);
  });
  it('two sessions with rules on cannot spend the same cash', async () => {
    using stage = await scene({ cash: { USD: 1_050 } });
    const second = await stage.join(2);
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('BUY', '10', P)))).toBe(1);
    expect(await stage.leaves(() => second.ib.orders.place(MSFT, limit('BUY', '20', 50)))).toBe(0);
  });
  it('what another client leaves free can be sold', async () => {
    using stage = await scene({ holds });
    stage.venue.foreign(foreign(AAPL, limit('SELL', '4', P)));
    await stage.pass(1_500);
    expect(await stage.leaves(() => stage.ib.orders.place(AAPL, limit('SELL', '6', P)))).toBe(1);
  });
});

describe('positions of this connection', () => {
  const afterCut = async (act: (stage: Scene) => unknown): Promise<number> => {
    using stage = await scene({ holds: { 101: 10 } });
    stage.client.cut();
    stage.venue.positions.set(101, 0);
    for (let i = 0; i < 20 && stage.ib.state.at !== 'ready'; i++) await stage.timer.advance(100);
    return stage.leaves(() => act(stage));
  };
  it('a holding sold by hand while the connection was broken is not sold in the first moment after ready', async () => {
    expect(await afterCut(({ ib }) => ib.orders.place(AAPL, limit('SELL', '10', P)))).toBe(0);
  });
  it('nor by a stop, nor at the market, nor by a group', async () => {
    expect(await afterCut(({ ib }) => ib.orders.place(AAPL, stop('SELL', '10', 95)))).toBe(0);
    expect(await afterCut(({ ib }) => ib.orders.place(AAPL, market('SELL', '10')))).toBe(0);
  });
});

describe('worst case in every field', () => {
  const odd = (base: OrderDraft, more: object): OrderDraft => ({ ...base, ...more }) as OrderDraft;
  const small = { cash: { USD: 1_150 } };
  situations<[string, OrderDraft]>(
    [
      [
        'a stop that becomes a dearer stop',
        odd(stop('BUY', '10', 102), { adjustedOrderType: 'STP', triggerPrice: 101, adjustedStopPrice: 150 }),
      ],
      [
        'a stop that becomes a dearer stop limit',
        odd(stop('BUY', '10', 102), {
          adjustedOrderType: 'STP LMT',
          triggerPrice: 101,
          adjustedStopPrice: 149,
          adjustedStopLimitPrice: 150,
        }),
      ],
      [
        'a stop that becomes a wide trail',
        odd(stop('BUY', '10', 102), {
          adjustedOrderType: 'TRAIL',
          triggerPrice: 101,
          adjustedStopPrice: 150,
          adjustedTrailingAmount: 50,
          adjustableTrailingUnit: 0,
        }),
      ],
      [
        'a limit whose price rises by itself',
        odd(limit('BUY', '10', 90), {
          scaleInitLevelSize: 1,
          scalePriceIncrement: 1,
          scalePriceAdjustValue: 10,
          scalePriceAdjustInterval: 1,
        }),
      ],
      ['discretion above the limit', odd(limit('BUY', '10', 90), { discretionaryAmt: 50 })],
      ['a hedge', odd(limit('BUY', '1', 90), { hedgeType: 'F' })],
      ['a delta-neutral order', odd(limit('BUY', '1', 90), { deltaNeutralOrderType: 'MKT', deltaNeutralConId: 102 })],
      ['a group of an advisor', odd(limit('BUY', '1', 90), { faGroup: 'all', faMethod: 'NetLiq' })],
      ['a model', odd(limit('BUY', '1', 90), { modelCode: 'm' })],
      ['a quantity and an amount of cash', odd(limit('BUY', '1', 90), { cashQty: 1_000_000 })],
      [
        'a trail that starts far above',
        { action: 'BUY', orderType: 'TRAIL', totalQuantity: '10', auxPrice: 5, trailStopPrice: 150 },
      ],
      ['all the cash and nothing for the commission', limit('BUY', '11.5', 100)],
    ],
    async (_, order) => {
      const [left, codes] = await place(AAPL, order, small)();
      expect(left).toBe(0);
      expect(codes.length).toBeGreaterThan(0);
    },
    '%s does not leave',
  );
  it('a sale with a cash amount of more shares than are held does not leave', async () => {
    expect((await place(AAPL, odd(limit('SELL', '1', 90), { cashQty: 10_000 }), { holds: { 101: 10 } })())[0]).toBe(0);
  });
  it('SSHORT of shares that are held does not leave as a sale', async () => {
    expect((await place(AAPL, odd(limit('BUY', '10', 90), { action: 'SSHORT' }), { holds: { 101: 10 } })())[0]).toBe(0);
  });
  it('the same stop without a second life leaves', async () => {
    expect(await place(AAPL, stop('BUY', '10', 102), small)()).toEqual([1, []]);
  });
});

describe('known details decide', () => {
  situations<[string, object, object, SceneOptions]>(
    [
      ['an adjusted series is no covered call', line(203), limit('SELL', '1', 3), { holds: { 101: 100 } }],
      [
        'a class that the details do not name',
        { ...CALL, tradingClass: 'AAPL1' },
        limit('SELL', '1', 3),
        { holds: { 101: 100 } },
      ],
      ['a multiplier of 1', { ...CALL, multiplier: '1' }, limit('BUY', '5', 3), { cash: { USD: 100 } }],
      ['a known call called a put', { ...CALL, right: 'P' }, limit('SELL', '1', 3), {}],
      ['a known put of another strike', { ...PUT, strike: 5 }, limit('SELL', '1', 2), { cash: { USD: 600 } }],
      ['an option called a stock', { ...CALL, secType: 'STK' }, limit('BUY', '1', 3), {}],
    ],
    async (_, contract, order, how) => {
      expect((await place(contract, order, how)())[0]).toBe(0);
    },
  );
});

describe('the same order twice', () => {
  it('within a second only one leaves', async () => {
    using stage = await scene();
    const twice = () => [1, 2].map(() => stage.ib.orders.place(AAPL, limit('BUY', '5', 95)));
    expect(await stage.leaves(twice)).toBe(1);
    expect(stage.codes).toContain('DUPLICATE-ORDER');
  });
});

describe('lawful things pass', () => {
  situations<[string, object, object, SceneOptions]>(
    [
      ['market for an amount of cash', AAPL, { action: 'BUY', orderType: 'MKT', totalQuantity: '0', cashQty: 1000 }, {}],
      ['a covered call', CALL, limit('SELL', '1', 3), { holds: { 101: 100 } }],
      ['a secured put', PUT, limit('SELL', '1', 2), {}],
      ['a long call', CALL, limit('BUY', '1', 3), {}],
      ['a stock in settled euros', SAP, limit('BUY', '5', 80), { cash: { USD: 1, EUR: 1_000 } }],
      ['PEG PRIM', AAPL, { action: 'BUY', orderType: 'PEG PRIM', totalQuantity: '1', lmtPrice: 100, auxPrice: 0.01 }, {}],
      ['the whole holding', AAPL, limit('SELL', '10', 100), { holds: { 101: 10 } }],
    ],
    async (_, contract, order, how) => {
      expect(await place(contract, order, how)()).toEqual([1, []]);
    },
  );
  it('a bracket without a holding: three orders leave', async () => {
    using stage = await scene();
    const group = bracket(limit('BUY', '10', 100), { takeProfit: 110, stopLoss: 90 });
    expect([await stage.leaves(() => stage.ib.orders.placeGroup(AAPL, group)), stage.codes]).toEqual([3, []]);
  });
  it('one share is no odd lot worth a word', async () => {
    using stage = await scene();
    expect(stage.ib.orders.check(AAPL, limit('BUY', '1', 100)).map(({ code }) => code)).not.toContain('ODD-LOT');
  });
});
