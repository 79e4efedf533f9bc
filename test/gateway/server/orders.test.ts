// Orders over the wire: what the engine decides reaches the client whole, on text and on protobuf.

import { afterEach, describe, expect, it } from 'vitest';
import type { SimulateOptions } from '../../../src/gateway/server/options.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { AAPL, closeAll, MSFT, type WireClient, wireClient } from './wire-client.js';

let gateway: SimulatedGateway;
let client: WireClient;

const begin = async (version: number, options: SimulateOptions = {}): Promise<void> => {
  gateway = await simulate({ clock: 'virtual', pacing: 'off', orders: { echo: 'plain' }, ...options });
  client = await wireClient(gateway.port, { version });
  await client.wait('error', ({ errorCode }) => errorCode === 2158);
  client.clear();
};
afterEach(async () => {
  expect(gateway.log.filter(({ what }) => what === 'trouble')).toEqual([]);
  closeAll();
  await gateway.close();
});

const limit = (lmtPrice: number, more: object = {}) => ({
  action: 'BUY',
  orderType: 'LMT',
  lmtPrice,
  totalQuantity: '10',
  tif: 'GTC',
  transmit: true,
  ...more,
});
const last = (orderId: number) =>
  client
    .of('orderStatus')
    .filter((message) => message.orderId === orderId)
    .at(-1);

describe.each([112, 176, 203, 225])('at version %i', (version) => {
  it('a what-if gets one openOrder with margins and a commission, and nothing is left of it', async () => {
    await begin(version);
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(400, { whatIf: true }) });
    const { orderState } = await client.wait('openOrder');
    expect(Number(orderState?.initMarginAfter)).toBeGreaterThan(0);
    // Before and change are sent from 142 on.
    if (version >= 142) {
      const { initMarginBefore, initMarginChange } = orderState ?? {};
      expect(Number(orderState?.initMarginAfter)).toBeCloseTo(Number(initMarginBefore) + Number(initMarginChange), 2);
    }
    expect(orderState?.commissionAndFees).toBeGreaterThan(0);
    client.send('reqAllOpenOrders', {});
    await client.wait('openOrderEnd');
    expect(client.messages.map(({ kind }) => kind)).toEqual(['openOrder', 'openOrderEnd']);
    expect(gateway.positions()).toEqual([]);
  });

  it('a change of price keeps the order and its permId; the echo carries the reference and the ids', async () => {
    await begin(version);
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(100, { orderRef: 'a-b c' }) });
    const { permId } = await client.wait('orderStatus', ({ status }) => status === 'Submitted');
    client.clear();
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(101.25, { orderRef: 'a-b c' }) });
    const { order, contract } = await client.wait('openOrder', (message) => message.order?.lmtPrice === 101.25);
    expect(order).toMatchObject({
      orderRef: 'a-b c',
      permId,
      clientId: 1,
      totalQuantity: '10',
      account: 'DU9000001',
      tif: 'GTC',
    });
    expect(contract).toMatchObject({ conId: 265598, exchange: 'SMART', localSymbol: 'AAPL', tradingClass: 'NMS' });
    expect(gateway.orders).toHaveLength(1);
  });

  it('conditions and algorithms come back with the order and hold it', async () => {
    await begin(version);
    const order = limit(400, {
      conditions: [
        {
          conditionType: 1,
          isConjunctionConnection: true,
          isMore: true,
          price: 900,
          triggerMethod: 0,
          conId: 265598,
          exchange: 'SMART',
        },
      ],
      conditionsIgnoreRth: false,
      conditionsCancelOrder: false,
    });
    client.send('placeOrder', { orderId: 1, contract: AAPL, order });
    const echo = await client.wait('openOrder');
    expect(echo.order?.conditions).toMatchObject([{ conditionType: 1, isMore: true, price: 900, conId: 265598 }]);
    await gateway.advance(1_000);
    expect(client.of('execDetails')).toEqual([]);
    client.send('placeOrder', {
      orderId: 2,
      contract: AAPL,
      order: limit(100, { algoStrategy: 'Adaptive', algoParams: [{ tag: 'adaptivePriority', value: 'Normal' }] }),
    });
    const algo = await client.wait('openOrder', ({ orderId }) => orderId === 2);
    expect(algo.order).toMatchObject({ algoStrategy: 'Adaptive', algoParams: [{ tag: 'adaptivePriority', value: 'Normal' }] });
    gateway.market.set('AAPL', 901);
    await gateway.advance(2_000);
    client.send('reqOpenOrders', {});
    await client.wait('openOrderEnd');
    expect(client.of('orderStatus').some(({ orderId, status }) => orderId === 1 && status === 'Submitted')).toBe(true);
  });

  it('a combination fills with its legs', async () => {
    await begin(version);
    const comboLegs = [
      { conId: 265598, ratio: 1, action: 'BUY', exchange: 'SMART' },
      { conId: 272093, ratio: 1, action: 'SELL', exchange: 'SMART' },
    ];
    client.send('placeOrder', {
      orderId: 1,
      contract: { symbol: 'AAPL,MSFT', secType: 'BAG', exchange: 'SMART', currency: 'USD', comboLegs },
      order: { action: 'BUY', orderType: 'LMT', lmtPrice: 5_000, totalQuantity: '2', tif: 'DAY', transmit: true },
    });
    await client.wait('orderStatus', ({ status }) => status === 'Filled');
    await gateway.advance(2_000);
    const positions = gateway.positions().map(({ instrument, position }) => [instrument.symbol, position]);
    expect(positions).toEqual(
      expect.arrayContaining([
        ['AAPL', '2'],
        ['MSFT', '-2'],
      ]),
    );
    expect(client.of('execDetails').map(({ contract }) => contract?.secType)).toEqual(expect.arrayContaining(['BAG', 'STK']));
  });

  it('executions are listed by filter with their commissions, completed orders with their end', async () => {
    await begin(version);
    for (const [i, contract] of [AAPL, MSFT].entries())
      client.send('placeOrder', {
        orderId: i + 1,
        contract,
        order: { action: 'BUY', orderType: 'MKT', totalQuantity: '5', tif: 'DAY', transmit: true },
      });
    client.send('placeOrder', { orderId: 3, contract: AAPL, order: limit(50) });
    client.send('cancelOrder', { orderId: 3 });
    await client.wait('error', ({ errorCode, reqId }) => errorCode === 202 && reqId === 3);
    expect(last(3)?.status).toBe('Cancelled');
    client.clear();
    client.send('reqExecutions', { reqId: 9, filter: { symbol: 'MSFT' } });
    await client.wait('execDetailsEnd');
    expect(client.messages.map(({ kind }) => kind)).toEqual(['execDetails', 'commissionAndFeesReport', 'execDetailsEnd']);
    const [{ execution, reqId } = {}] = client.of('execDetails');
    expect(reqId).toBe(9);
    expect(execution?.time).toMatch(version < 174 ? /^20260902 {2}10:0\d:\d\d$/ : /^20260902 10:0\d:\d\d US\/Eastern$/);
    if (version < 150) return;
    client.send('reqCompletedOrders', { apiOnly: false });
    await client.wait('completedOrdersEnd');
    const rows = client
      .of('completedOrder')
      .map(({ contract, order, orderState }) => [contract?.symbol, order?.filledQuantity, orderState?.status]);
    expect(rows).toEqual(
      expect.arrayContaining([
        ['AAPL', '5', 'Filled'],
        ['MSFT', '5', 'Filled'],
        ['AAPL', '0', 'Cancelled'],
      ]),
    );
  });
});

describe('the rest', () => {
  it('an exercise is answered like an order', async () => {
    await begin(225, { accounts: [{ kind: 'individual-margin', holdings: { 'AAPL  260918C00250000': 2 } }] });
    client.send('exerciseOptions', {
      reqId: 5,
      contract: { localSymbol: 'AAPL  260918C00250000', secType: 'OPT', exchange: 'SMART', currency: 'USD' },
      exerciseAction: 1,
      exerciseQuantity: 1,
      account: 'DU9000001',
      override: 0,
    });
    await client.wait('orderStatus', ({ orderId }) => orderId === 5);
    expect(client.messages.map((message) => (message.kind === 'error' ? message.errorCode : message.kind))).toEqual([
      10349,
      'openOrder',
      'orderStatus',
    ]);
    client.send('reqIds', { numIds: 1 });
    expect((await client.wait('nextValidId')).orderId).toBe(6);
  });

  it('one client cannot cancel what another placed, a global cancel can', async () => {
    await begin(225);
    const other = await wireClient(gateway.port, { clientId: 2 });
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(100) });
    await client.wait('orderStatus', ({ status }) => status === 'Submitted');
    other.send('cancelOrder', { orderId: 1 });
    await other.wait('error', ({ errorCode }) => errorCode === 10147);
    other.send('reqAllOpenOrders', {});
    expect((await other.wait('orderStatus')).clientId).toBe(1);
    other.send('reqGlobalCancel', { orderCancel: {} });
    await client.wait('orderStatus', ({ status }) => status === 'Cancelled');
    expect(gateway.orders[0]?.status).toBe('Cancelled');
  });
});
