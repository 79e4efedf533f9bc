// What waits and what works is the order path's own: whoever placed an order may use its contract and its draft for the next one.

import { describe, expect, it } from 'vitest';
import { limit, type OrderDraft } from '../../../../src/index.js';
import { AAPL, CALL, MSFT, scene } from '../../../witness/scene.js';

const sell = limit('SELL', '10', 101);
type Leg = { conId: number; ratio: number; action: string; exchange: string };

describe('a contract that its caller changes', () => {
  it('once its order has left: another sale of the same does not leave', async () => {
    using stage = await scene({ holds: { 101: 10, 102: 10 } });
    const legs: Leg[] = [101, 102].map((conId) => ({ conId, ratio: 1, action: 'SELL', exchange: 'SMART' }));
    const bag = { symbol: 'AAPL,MSFT', secType: 'BAG', currency: 'USD', exchange: 'SMART', comboLegs: legs };
    const trade = stage.ib.orders.place(bag as never, limit('BUY', '10', -100));
    Object.assign(legs[0] ?? {}, { conId: 204, action: 'BUY' });
    expect(trade.contract?.comboLegs?.[0]).toMatchObject({ conId: 101, action: 'SELL' });
    await stage.leaves(() => stage.ib.orders.place(AAPL, sell));
    expect([stage.venue.taken, stage.codes, stage.venue.violations]).toEqual([1, ['IRA-SHORT-STOCK'], []]);
  });

  it('while its order waits: each leaves for what it was placed for', async () => {
    using stage = await scene({ holds: { 101: 10, 102: 10 } });
    stage.ib.on('ready', () => {
      const contract = { ...AAPL };
      const draft: OrderDraft = { ...sell };
      for (const [next, price] of [
        [AAPL, 101],
        [MSFT, 51],
        [CALL, 300],
      ] as const) {
        Object.assign(draft, { lmtPrice: price });
        stage.ib.orders.place(Object.assign(contract, next), draft).done.catch(() => {});
      }
    });
    stage.client.cut();
    await stage.pass(3_000);
    const left = [...stage.venue.orders.values()].map(({ request }) => [request.contract?.conId, request.order?.lmtPrice]);
    expect(left).toEqual([
      [101, 101],
      [102, 51],
    ]);
  });

  it('while a raw order, a change or a question waits', async () => {
    using stage = await scene({ holds: { 101: 10 } });
    const order = { ...sell, account: 'DU9000001' };
    const contract = { ...AAPL };
    stage.ib.on('ready', () => {
      stage.ib.raw.send('placeOrder', { orderId: stage.ib.raw.nextOrderId(), contract, order } as never);
      Object.assign(contract, CALL);
      Object.assign(order, { totalQuantity: '5' });
    });
    stage.client.cut();
    await stage.pass(3_000);
    const [only] = stage.venue.orders.values();
    expect([only?.request.contract?.conId, only?.request.order?.totalQuantity]).toEqual([101, '10']);
  });
});
