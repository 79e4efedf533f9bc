// Every fault, seen from a client's side of the socket.

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SimulateOptions } from '../../../src/gateway/server/options.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { until } from '../../helpers/until.js';
import { AAPL, closeAll, MSFT, pause, type WireClient, wireClient } from '../server/wire-client.js';

let gateway: SimulatedGateway;
let client: WireClient;

const begin = async (options: SimulateOptions = {}): Promise<void> => {
  gateway = await simulate({ clock: 'virtual', pacing: 'off', orders: { echo: 'plain' }, ...options });
  client = await wireClient(gateway.port);
  await client.fence();
  client.clear();
};
afterEach(async () => {
  closeAll();
  await gateway.close();
});

const quotes = (reqId: number, contract: object = AAPL): void =>
  client.send('reqMktData', { reqId, contract, genericTickList: '', snapshot: false, regulatorySnapshot: false });
const limit = (lmtPrice: number) => ({
  action: 'BUY',
  orderType: 'LMT',
  lmtPrice,
  totalQuantity: '10',
  tif: 'GTC',
  transmit: true,
});
const codes = (): (number | undefined)[] => client.of('error').map(({ errorCode }) => errorCode);

describe('bytes', () => {
  it('cut ends one client or all of them', async () => {
    await begin();
    const other = await wireClient(gateway.port, { clientId: 2 });
    gateway.faults.cut({ clientId: 2 });
    await other.closed();
    expect(client.isClosed).toBe(false);
    gateway.faults.cut();
    await client.closed();
  });

  it('stall sends nothing until it is resumed, then everything in order', async () => {
    await begin();
    const other = await wireClient(gateway.port, { clientId: 2 });
    gateway.faults.stall({ clientId: 1 });
    for (let reqId = 1; reqId <= 3; reqId++) client.send('reqSoftDollarTiers', { reqId });
    await until(() => gateway.received.filter(({ message }) => message.kind === 'reqSoftDollarTiers').length === 3);
    await other.fence();
    expect(client.messages).toEqual([]);
    gateway.faults.resume();
    await client.wait('softDollarTiers', ({ reqId }) => reqId === 3);
    expect(client.of('softDollarTiers').map(({ reqId }) => reqId)).toEqual([1, 2, 3]);
  });

  it.each([1, 2, 3, 7])('dribble of %i bytes loses nothing', async (bytes) => {
    await begin();
    gateway.faults.dribble(bytes);
    const chunks = client.bytes.length;
    client.send('reqContractDetails', { reqId: 1, contract: AAPL });
    await client.wait('contractDetailsEnd', undefined, 8_000);
    expect(client.of('contractDetails')[0]?.contract?.conId).toBe(265598);
    expect(client.bytes.length - chunks).toBeGreaterThan(20);
  });

  it('corrupt turns over bytes of the next frame only', async () => {
    await begin();
    gateway.faults.corrupt(4);
    client.send('reqNewsProviders', {});
    client.send('reqCurrentTime', {});
    await client.wait('currentTime');
    expect(client.of('newsProviders')).toEqual([]);
  });

  it('half-open neither answers nor ends', async () => {
    await begin();
    const other = await wireClient(gateway.port, { clientId: 2 });
    gateway.faults.halfOpen({ clientId: 1 });
    client.send('reqCurrentTime', {});
    for (let trip = 0; trip < 20; trip++) await other.fence(); // one that is read goes round and round meanwhile
    expect([client.messages, client.isClosed]).toEqual([[], false]);
  });

  it('the ledger prefix stands before per-currency tags alone, until it is taken back', async () => {
    await begin();
    const tags = async (reqId: number): Promise<readonly (string | undefined)[]> => {
      client.clear();
      client.send('reqAccountUpdatesMulti', { reqId, account: 'DU9000001', modelCode: '', ledgerAndNLV: false });
      await client.wait('accountUpdateMultiEnd');
      return client.of('accountUpdateMulti').map(({ key }) => key);
    };
    const plain = await tags(1);
    expect(plain.filter((key) => key?.startsWith('$LEDGER-'))).toEqual([]);
    gateway.faults.prefixLedger();
    const prefixed = await tags(2);
    expect(prefixed).toContain('$LEDGER-CashBalance');
    expect(prefixed).toContain('NetLiquidation');
    expect(prefixed.map((key) => key?.replace('$LEDGER-', ''))).toEqual(plain);
    gateway.faults.prefixLedger(false);
    expect(await tags(3)).toEqual(plain);
  });

  it('mute takes connections and says nothing', async () => {
    await begin();
    gateway.faults.mute();
    const late = await wireClient(gateway.port, { clientId: 5, silent: true });
    late.socket.write(Uint8Array.of(65, 80, 73, 0, 0, 0, 0, 4, 118, 50, 50, 53));
    for (let trip = 0; trip < 20; trip++) await client.fence(); // one that was there before goes round and round meanwhile
    expect([late.bytes, late.isClosed]).toEqual([[], false]);
  });

  it('slow reading takes requests when it gets to them', async () => {
    await begin();
    gateway.faults.slowReading(400);
    const began = performance.now();
    for (let i = 0; i < 3; i++) {
      client.send('reqContractDetails', { reqId: i, contract: AAPL });
      await pause(5);
    }
    await client.wait('contractDetailsEnd', ({ reqId }) => reqId === 2);
    expect(performance.now() - began).toBeGreaterThan(80);
  });
});

describe('messages', () => {
  it('never answers a kind until it is told to', async () => {
    await begin();
    gateway.faults.never('reqPositions');
    client.send('reqPositions', {});
    client.send('reqCurrentTime', {});
    await client.wait('currentTime');
    expect(client.of('positionEnd')).toEqual([]);
    gateway.faults.answer('reqPositions');
    client.send('reqPositions', {});
    await client.wait('positionEnd');
  });

  it('loses an end marker', async () => {
    await begin();
    gateway.faults.lose('contractDetailsEnd', 1);
    client.send('reqContractDetails', { reqId: 1, contract: AAPL });
    client.send('reqContractDetails', { reqId: 2, contract: AAPL });
    await client.wait('contractDetailsEnd');
    expect(client.of('contractDetailsEnd').map(({ reqId }) => reqId)).toEqual([2]);
  });

  it('loses, doubles and delays statuses', async () => {
    await begin();
    gateway.faults.lose('orderStatus');
    client.send('placeOrder', {
      orderId: 1,
      contract: AAPL,
      order: { action: 'BUY', orderType: 'MKT', totalQuantity: '1', tif: 'DAY', transmit: true },
    });
    await client.wait('commissionAndFeesReport');
    expect(client.of('orderStatus')).toEqual([]);
    expect(client.of('execDetails')).toHaveLength(1);
    gateway.faults.duplicate('orderStatus');
    client.clear();
    client.send('placeOrder', { orderId: 2, contract: AAPL, order: limit(100) });
    await client.wait('orderStatus', ({ status }) => status === 'Submitted');
    expect(client.of('orderStatus').map(({ status }) => status)).toEqual([
      'PreSubmitted',
      'PreSubmitted',
      'Submitted',
      'Submitted',
    ]);
    gateway.faults.delay('orderStatus', 5_000);
    client.clear();
    client.send('cancelOrder', { orderId: 2 });
    await client.wait('error', ({ errorCode }) => errorCode === 202);
    expect(client.of('orderStatus')).toEqual([]);
    await gateway.advance(5_000);
    await client.wait('orderStatus', ({ status }) => status === 'Cancelled');
  });

  it('commissions come late', async () => {
    await begin();
    gateway.faults.lateCommission(30_000);
    client.send('placeOrder', {
      orderId: 1,
      contract: AAPL,
      order: { action: 'BUY', orderType: 'MKT', totalQuantity: '1', tif: 'DAY', transmit: true },
    });
    await client.wait('orderStatus', ({ status }) => status === 'Filled');
    await gateway.advance(29_000);
    expect(client.of('commissionAndFeesReport')).toEqual([]);
    await gateway.advance(1_000);
    await client.wait('commissionAndFeesReport');
  });
});

describe('connectivity', () => {
  it('1100 silences streams, 1102 lets them go on', async () => {
    await begin();
    quotes(1);
    await client.wait('tickPrice');
    gateway.faults.disconnect();
    await client.wait('error', ({ errorCode }) => errorCode === 1100);
    client.clear();
    await gateway.advance(10_000);
    expect(client.of('tickPrice').concat(client.of('tickSize') as never[])).toEqual([]);
    gateway.faults.reconnect('kept');
    await client.wait('error', ({ errorCode }) => errorCode === 1102);
    await gateway.advance(5_000);
    await client.wait('tickSize');
  });

  it('profit and loss waits for the broker', async () => {
    await begin({ accounts: [{ account: 'DU9000001', kind: 'individual-margin', holdings: { AAPL: 100 } }] });
    client.send('reqPnL', { reqId: 1, account: 'DU9000001', modelCode: '' });
    client.send('reqPnLSingle', { reqId: 2, account: 'DU9000001', modelCode: '', conId: 265598 });
    await client.wait('pnlSingle');
    gateway.faults.disconnect();
    await client.fence();
    client.clear();
    await gateway.advance(60_000);
    await client.fence();
    expect(client.messages).toEqual([]);
    gateway.faults.reconnect('kept');
    await gateway.advance(10_000);
    await client.wait('pnl');
    await client.wait('pnlSingle');
  });

  it('after 1101 streams are gone until they are asked for again; orders went on', async () => {
    await begin();
    quotes(1);
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(200) });
    await client.wait('orderStatus');
    gateway.faults.disconnect();
    gateway.faults.reconnect('lost');
    await client.wait('error', ({ errorCode }) => errorCode === 1101);
    client.clear();
    await gateway.advance(5_000);
    expect(client.messages).toEqual([]);
    quotes(1);
    await client.wait('tickPrice');
    gateway.market.set('AAPL', 190);
    await client.wait('orderStatus', ({ status }) => status === 'Filled');
  });

  it('bars that were kept up to date lose their live part with 10182', async () => {
    await begin();
    client.send('reqHistoricalData', {
      reqId: 4,
      contract: AAPL,
      endDateTime: '',
      barSizeSetting: '1 min',
      durationStr: '600 S',
      useRTH: true,
      whatToShow: 'TRADES',
      formatDate: 2,
      keepUpToDate: true,
    });
    await client.wait('historicalDataEnd');
    gateway.faults.disconnect();
    gateway.faults.reconnect('lost');
    expect(await client.wait('error', ({ errorCode }) => errorCode === 10182)).toMatchObject({ reqId: 4 });
    client.clear();
    await gateway.advance(20_000);
    expect(client.of('historicalDataUpdate')).toEqual([]);
  });

  it('a stream that is asked for while the link is down begins when it is back', async () => {
    await begin();
    gateway.faults.disconnect();
    quotes(1);
    await client.wait('marketDataType');
    await gateway.advance(3_000);
    expect(client.of('tickPrice')).toEqual([]);
    gateway.faults.reconnect('kept');
    await gateway.advance(3_000);
    expect((await client.wait('tickPrice', ({ tickType }) => tickType === 9)).price).toBe(gateway.market.quote(265598).close);
  });

  it('a broken farm silences its instruments and no others, and a broken history farm refuses bars', async () => {
    await begin();
    quotes(1);
    quotes(2, { localSymbol: 'ESU6', secType: 'FUT', exchange: 'CME', currency: 'USD' });
    await client.wait('tickPrice', ({ reqId }) => reqId === 2);
    gateway.faults.farm('usfarm', 'broken');
    gateway.faults.farm('ushmds', 'broken');
    await client.wait('error', ({ errorCode }) => errorCode === 2105);
    client.clear();
    await gateway.advance(10_000);
    await client.wait('tickSize', ({ reqId }) => reqId === 2);
    expect(client.of('tickSize').some(({ reqId }) => reqId === 1)).toBe(false);
    client.send('reqHistoricalData', {
      reqId: 3,
      contract: AAPL,
      endDateTime: '',
      barSizeSetting: '1 day',
      durationStr: '2 D',
      useRTH: true,
      whatToShow: 'TRADES',
      formatDate: 1,
      keepUpToDate: false,
    });
    expect((await client.wait('error')).errorString).toContain('HMDS server disconnect');
    gateway.faults.farm('usfarm', 'ok');
    await gateway.advance(5_000);
    await client.wait('tickSize', ({ reqId }) => reqId === 1);
  });

  it('10197 refuses streams until the other session is gone', async () => {
    await begin();
    quotes(1);
    await client.wait('tickPrice');
    gateway.faults.competing();
    await client.wait('error', ({ errorCode, reqId }) => errorCode === 10197 && reqId === 1);
    quotes(2, MSFT);
    await client.wait('error', ({ errorCode, reqId }) => errorCode === 10197 && reqId === 2);
    gateway.faults.competing(false);
    client.clear();
    await gateway.advance(5_000);
    await client.wait('tickSize', ({ reqId }) => reqId === 1);
  });

  it('farms break and come back', async () => {
    await begin();
    gateway.faults.farm('usfarm', 'broken');
    gateway.faults.farm('ushmds', 'broken');
    gateway.faults.farm('secdefnj', 'broken');
    gateway.faults.farm('usfarm', 'ok');
    gateway.faults.farm('ushmds', 'inactive');
    await client.wait('error', ({ errorCode }) => errorCode === 2107);
    expect(codes()).toEqual([2103, 2105, 2157, 2104, 2107]);
    expect(client.of('error')[0]?.errorString).toBe('Market data farm connection is broken:usfarm');
    expect(() => gateway.faults.farm('nofarm', 'ok')).toThrow(RangeError);
    const late = await wireClient(gateway.port, { clientId: 2 });
    await late.wait('error', ({ errorCode }) => errorCode === 2157);
  });

  it('1300 names the port on which it goes on', async () => {
    await begin();
    const old = gateway.port;
    const port = await gateway.faults.movePort();
    await client.closed();
    const text = client.of('error').find(({ errorCode }) => errorCode === 1300)?.errorString ?? '';
    expect(Number(/(\d+)$/.exec(text)?.[1])).toBe(port);
    expect(gateway.port).toBe(port);
    expect(port).not.toBe(old);
    await expect(wireClient(old)).rejects.toThrow();
    expect((await wireClient(port)).of('nextValidId')).toHaveLength(1);
  });

  it('a restart ends connections, forgets staged orders, keeps the others, and may roll ids back', async () => {
    await begin();
    client.send('placeOrder', { orderId: 7, contract: AAPL, order: limit(100) });
    client.send('placeOrder', { orderId: 8, contract: AAPL, order: { ...limit(100), transmit: false } });
    await client.wait('orderStatus', ({ status }) => status === 'Submitted');
    gateway.faults.restart({ rollback: 3 });
    await client.closed();
    client = await wireClient(gateway.port);
    expect(client.of('nextValidId')).toMatchObject([{ orderId: 6 }]);
    expect(client.of('openOrder').map(({ orderId }) => orderId)).toEqual([7]);
  });

  it('a restart that takes a while listens on the same port afterwards', async () => {
    await begin();
    gateway.faults.restart({ downFor: 20_000 });
    await client.closed();
    await expect(wireClient(gateway.port)).rejects.toThrow();
    await gateway.advance(20_000);
    await vi.waitFor(async () => expect((await wireClient(gateway.port)).of('nextValidId')).toHaveLength(1));
  });

  it('orders of the second of a restart never arrived: their ids are given out again', async () => {
    await begin();
    gateway.faults.loseOrders();
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(100) });
    client.send('reqCurrentTime', {});
    await client.wait('currentTime');
    gateway.faults.restart();
    gateway.faults.answer('placeOrder');
    await client.closed();
    client = await wireClient(gateway.port);
    expect(client.of('nextValidId')).toMatchObject([{ orderId: 1 }]);
    expect(client.of('openOrder')).toEqual([]);
  });

  it('an order fills while its client is away', async () => {
    await begin();
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(300) });
    await client.wait('orderStatus', ({ status }) => status === 'Submitted');
    gateway.faults.fillDuringDisconnect('AAPL', 290);
    await client.closed();
    client = await wireClient(gateway.port);
    expect(client.of('openOrder')).toEqual([]);
    client.send('reqExecutions', { reqId: 1, filter: {} });
    await client.wait('execDetailsEnd');
    expect(client.of('execDetails')).toMatchObject([{ execution: { orderId: 1, shares: '10' } }]);
  });
});

describe('the venue', () => {
  const open = async (): Promise<void> => {
    await begin();
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(10) });
    await client.wait('orderStatus', ({ status }) => status === 'Submitted');
    client.clear();
  };
  /** Everything about orders that has come by the answer to a question, taken out. */
  const heard = async (): Promise<string[]> => {
    client.send('reqCurrentTime', {});
    await client.wait('currentTime');
    return client.messages.splice(0).flatMap((message) => {
      if (message.kind === 'error') return [`error ${message.errorCode}`];
      if (message.kind === 'orderStatus') return [`status ${message.status}`];
      return message.kind === 'openOrder' ? [`order ${message.order?.lmtPrice} ${message.orderState?.status}`] : [];
    });
  };

  it('a cancel that its own message refuses is told to nobody; the next one goes through', async () => {
    await open();
    gateway.runFaults('refuse-cancels 1');
    client.send('cancelOrder', { orderId: 1 });
    expect(await heard()).toEqual([]);
    expect(gateway.orders).toMatchObject([{ orderId: 1, status: 'Submitted' }]);
    client.send('cancelOrder', { orderId: 1 });
    expect(await heard()).toEqual(['status PendingCancel', 'status Cancelled', 'error 202']);
  });

  it('a refused cancel that is said is 201 on an order that works, then its report', async () => {
    await open();
    gateway.runFaults('refuse-cancels said');
    client.send('cancelOrder', { orderId: 1 });
    const { errorString } = await client.wait('error');
    expect(errorString).toBe('Order rejected - reason:Order is already being cancelled by another user');
    expect(await heard()).toEqual(['error 201', 'order 10 Submitted', 'status Submitted']);
  });

  it('global cancels are refused the same way', async () => {
    await open();
    gateway.faults.refuseAtVenue('cancel', 'silent');
    client.send('reqGlobalCancel', {});
    expect(await heard()).toEqual([]);
    expect(gateway.orders).toMatchObject([{ status: 'Submitted' }]);
  });

  it('a refused change leaves the accepted terms, silently or said', async () => {
    await open();
    gateway.runFaults('refuse-changes silent 1');
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(11) });
    expect(await heard()).toEqual([]);
    gateway.runFaults('refuse-changes said 1');
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(12) });
    expect(await heard()).toEqual(['error 201', 'order 10 Submitted', 'status Submitted']);
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: limit(13) });
    expect((await heard())[0]).toBe('order 13 Submitted');
  });

  it('an order that was never transmitted does not come to the venue', async () => {
    await begin();
    gateway.faults.refuseAtVenue('cancel', 'silent');
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: { ...limit(10), transmit: false } });
    client.send('cancelOrder', { orderId: 1 });
    expect(await heard()).toEqual(['error 202', 'error 161']);
  });
});
