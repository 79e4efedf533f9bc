// The gateway inside a program: what it shows, what it keeps, and that nothing is left of it.

import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { virtualClock } from '../../../src/gateway/clock.js';
import { simulate } from '../../../src/gateway/simulate.js';
import { AAPL, closeAll, left, MSFT, wireClient } from './wire-client.js';

afterEach(closeAll);

const quote = (reqId: number, contract: object) => ({
  reqId,
  contract,
  genericTickList: '',
  snapshot: false,
  regulatorySnapshot: false,
});
const START = Date.UTC(2026, 8, 2, 14);

describe('embedding', () => {
  it('one line starts it, and leaving the block ends it', async () => {
    let port = 0;
    {
      await using gateway = await simulate({ seed: 1 });
      port = gateway.port;
      expect(gateway.accounts).toEqual(['DU9000001']);
      const client = await wireClient(port);
      expect(gateway.clients).toEqual([{ connection: 1, clientId: 1, serverVersion: 226 }]);
      client.send('reqMktData', quote(1, AAPL));
      await client.wait('tickPrice');
    }
    await expect(wireClient(port)).rejects.toThrow();
  });

  it('shows requests decoded with who sent them, orders, positions, prices', async () => {
    await using gateway = await simulate({ clock: 'virtual' });
    const client = await wireClient(gateway.port, { clientId: 8 });
    gateway.market.set('AAPL', 187.5);
    client.send('placeOrder', {
      orderId: 3,
      contract: AAPL,
      order: { action: 'BUY', orderType: 'MKT', totalQuantity: '4', orderRef: 'mine', tif: 'DAY', transmit: true },
    });
    await client.wait('orderStatus', ({ status }) => status === 'Filled');
    expect(gateway.received.map(({ clientId, message }) => [clientId, message.kind])).toEqual([
      [-1, 'startApi'],
      [8, 'placeOrder'],
    ]);
    expect(gateway.received[1]?.message).toMatchObject({
      orderId: 3,
      contract: { symbol: 'AAPL' },
      order: { orderRef: 'mine', totalQuantity: '4' },
    });
    expect(gateway.orders).toMatchObject([{ orderId: 3, clientId: 8, status: 'Filled' }]);
    expect(gateway.positions()).toMatchObject([{ position: '4', marketPrice: 187.5 }]);
    expect(client.of('execDetails')[0]?.execution?.price).toBeCloseTo(187.5, 1);
  });

  it('shows the numbers of accounts and bars without a client', async () => {
    await using gateway = await simulate({ clock: 'virtual', accounts: [{ kind: 'cash', cash: { USD: 5_000 } }] });
    expect(gateway.values()).toContainEqual({ key: 'CashBalance', value: '5000.00', currency: 'USD', isOfLedger: true });
    const { conId } = gateway.market.instrument(265598) ?? { conId: 0 };
    const bars = gateway.history(conId, { duration: '2 D', barSize: '1 hour' });
    expect(bars.length).toBeGreaterThan(7);
    expect(bars.every((bar, at) => at === 0 || bar.time > (bars[at - 1]?.time ?? 0))).toBe(true);
    expect(() => gateway.history(conId, { duration: '2 X', barSize: '1 hour' })).toThrow(/not a duration/);
  });

  it('tells its log as it happens', async () => {
    await using gateway = await simulate({ clock: 'virtual' });
    const told: string[] = [];
    const stop = gateway.onLog(({ what, clientId, text }) => told.push(`${what} ${clientId ?? ''} ${text}`.trim()));
    const client = await wireClient(gateway.port, { clientId: 5 });
    client.send('cancelOrder', { orderId: 9 });
    await client.wait('error', ({ errorCode }) => errorCode === 10147);
    client.close();
    await left(gateway, 0);
    expect(told).toEqual(
      expect.arrayContaining([
        'started 5 server version 226',
        'request 5 cancelOrder',
        expect.stringContaining('error 5 10147'),
        'closed 5',
      ]),
    );
    stop();
    const count = told.length;
    await wireClient(gateway.port, { clientId: 6 });
    expect(told).toHaveLength(count);
  });

  it('keeps no more than it was told to', async () => {
    await using gateway = await simulate({ clock: 'virtual', pacing: 'off', keep: 100 });
    const client = await wireClient(gateway.port);
    for (let i = 0; i < 2_000; i++) client.send('reqMarketRule', { marketRuleId: 26 });
    client.send('reqCurrentTime', {});
    await client.wait('currentTime', undefined, 8_000);
    expect(gateway.received.length).toBeLessThanOrEqual(141);
    expect(gateway.received.at(-1)?.message.kind).toBe('reqCurrentTime');
    expect(gateway.log.length).toBeLessThanOrEqual(141);
  });

  it('a trading day passes in moments, and every client reads all of it', async () => {
    await using gateway = await simulate({ clock: 'virtual' });
    const client = await wireClient(gateway.port);
    client.send('reqMktData', quote(1, AAPL));
    client.send('reqMktData', quote(2, MSFT));
    await client.wait('tickPrice', ({ reqId }) => reqId === 2);
    const began = performance.now();
    await gateway.advance(2 * 3_600_000);
    await client.fence();
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(client.isClosed).toBe(false);
    const { bid } = gateway.market.quote(265598);
    expect(
      client
        .of('tickPrice')
        .filter(({ reqId, tickType }) => reqId === 1 && tickType === 1)
        .at(-1)?.price,
    ).toBe(bid);
  }, 30_000);

  it('leaves no timer on a clock that it was given', async () => {
    const clock = virtualClock(START);
    const gateway = await simulate({ clock, faults: 'every 10s farm usfarm ok' });
    const client = await wireClient(gateway.port);
    client.send('reqMktData', quote(1, AAPL));
    client.send('reqPnL', { reqId: 2, account: 'DU9000001', modelCode: '' });
    client.send('placeOrder', {
      orderId: 1,
      contract: AAPL,
      order: { action: 'BUY', orderType: 'LMT', lmtPrice: 10, totalQuantity: '4', tif: 'DAY', transmit: true },
    });
    await client.wait('orderStatus');
    expect(clock.pending).toBeGreaterThan(3);
    await gateway.close();
    await gateway.close();
    expect(clock.pending).toBe(0);
    expect(clock.advance(1_000)).toBe(0);
  });

  it('streams of a client that went stop costing anything', async () => {
    const clock = virtualClock(START);
    await using gateway = await simulate({ clock });
    const idle = clock.pending;
    const client = await wireClient(gateway.port);
    client.send('reqMktData', quote(1, AAPL));
    client.send('reqMktDepth', { reqId: 2, contract: MSFT, numRows: 3, isSmartDepth: false });
    client.send('reqAccountUpdates', { subscribe: true, acctCode: '' });
    await client.wait('accountDownloadEnd');
    expect(clock.pending).toBeGreaterThan(idle);
    client.close();
    await left(gateway, 0);
    expect(clock.pending).toBe(idle);
    expect(gateway.traffic.lines).toBe(0);
  });

  it('a port that is taken is said so, and nothing is left behind', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const clock = virtualClock(START);
    await expect(simulate({ port, clock })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(clock.pending).toBe(0);
    await new Promise((resolve) => other.close(resolve));
  });

  it('a clock that runs by itself cannot be advanced', async () => {
    await using gateway = await simulate();
    expect(() => gateway.advance(1_000)).toThrow(RangeError);
  });

  it('runs at another speed', async () => {
    await using gateway = await simulate({ speed: 600 });
    const client = await wireClient(gateway.port);
    client.send('reqRealTimeBars', { reqId: 1, contract: AAPL, barSize: 5, whatToShow: 'TRADES', useRTH: false });
    await client.wait('realtimeBar', () => client.of('realtimeBar').length > 5);
  });
});
