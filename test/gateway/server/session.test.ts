// Sessions: who is let in, what is said first, whose orders are whose, and how bad clients end.

import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connect as connectOwn } from '../../../src/client/connect.js';
import type { SimulateOptions } from '../../../src/gateway/server/options.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { hello } from '../../../src/protocol/handshake.js';
import { until } from '../../helpers/until.js';
import { AAPL, closeAll, left, MSFT, pause, type WireClient, wireClient } from './wire-client.js';

let gateway: SimulatedGateway;
const open = async (options: SimulateOptions = {}): Promise<SimulatedGateway> => {
  gateway = await simulate({ clock: 'virtual', ...options });
  return gateway;
};

afterEach(async () => {
  closeAll();
  await gateway.close();
});

const order = (more: object = {}) => ({
  action: 'BUY',
  orderType: 'LMT',
  lmtPrice: 100,
  totalQuantity: '1',
  tif: 'GTC',
  transmit: true,
  ...more,
});

describe('letting in', () => {
  it.each([
    [226, 226, 226],
    [226, 225, 225],
    [225, 226, 225],
    [225, 176, 176],
    [163, 225, 163],
    [100, 225, 100],
  ])('a gateway of %i and a client up to %i speak %i', async (own, theirs, spoken) => {
    await open({ serverVersion: own });
    expect((await wireClient(gateway.port, { version: theirs })).serverVersion).toBe(spoken);
  });

  it('closes on a client whose lowest version is above its own', async () => {
    await open({ serverVersion: 150 });
    const client = await wireClient(gateway.port, { min: 151, silent: true });
    client.socket.write(hello({ min: 151, max: 225 }));
    await client.closed();
    expect(client.bytes).toEqual([]);
  });

  it('refuses versions that nobody speaks', async () => {
    await expect(simulate({ serverVersion: 227 })).rejects.toThrow(RangeError);
    await expect(simulate({ serverVersion: 99 })).rejects.toThrow(RangeError);
    await open();
  });

  it('tells the host time and its zone in the greeting', async () => {
    await open({ hostZone: 'MET', hostZoneText: 'Central European Standard Time' });
    expect((await wireClient(gateway.port)).connectionTime).toBe('20260902 16:00:00 Central European Standard Time');
  });

  it('takes a handshake in single bytes', async () => {
    await open();
    const client = await wireClient(gateway.port, { silent: true });
    for (const byte of hello({ min: 100, max: 225 })) {
      client.socket.write(Uint8Array.of(byte));
      await pause(1);
    }
    await client.wait('nextValidId');
  });

  it('says accounts, next id and notices in this order, or in the order that was chosen', async () => {
    await open();
    const usual = await wireClient(gateway.port);
    await usual.fence();
    expect([...new Set(usual.messages.map(({ kind }) => kind))]).toEqual(['managedAccounts', 'nextValidId', 'error']);
    expect(usual.of('error').map(({ errorCode }) => errorCode)).toEqual([2104, 2104, 2104, 2104, 2104, 2104, 2107, 2106, 2158]);
    expect(usual.of('error').find(({ errorCode }) => errorCode === 2107)?.errorString).toBe(
      'HMDS data farm connection is inactive but should be available upon demand.euhmds',
    );
    await gateway.close();
    await open({ start: ['nextValidId', 'notices', 'managedAccounts'] });
    const other = await wireClient(gateway.port);
    await other.wait('managedAccounts');
    expect([...new Set(other.messages.map(({ kind }) => kind))]).toEqual(['nextValidId', 'error', 'managedAccounts']);
  });

  it('lets 32 clients in and tells the next one that it is full', async () => {
    await open();
    const clients: WireClient[] = [];
    for (let clientId = 0; clientId < 32; clientId++) clients.push(await wireClient(gateway.port, { clientId }));
    const late = await wireClient(gateway.port, { clientId: 32 });
    expect(late.messages).toMatchObject([
      {
        kind: 'error',
        reqId: -1,
        errorCode: 322,
        errorString: "Error processing request.-'bW' : cause - The gateway is full: 32 API clients.",
      },
    ]);
    await gateway.advance(700);
    await late.closed();
    clients[0]?.close();
    await until(() => gateway.clients.length === 31);
    expect((await wireClient(gateway.port, { clientId: 33 })).of('nextValidId')).toHaveLength(1);
  });

  it('says so to the own client too', async () => {
    await open({ maxClients: 1 });
    await wireClient(gateway.port);
    const refused = connectOwn({ port: gateway.port, clientId: 2 });
    const told = expect(refused).rejects.toThrow(/The gateway is full: 1 API clients/);
    await until(() => gateway.log.some(({ text }) => text.includes('is full')));
    await gateway.advance(700);
    await told;
  });

  it.each([
    ['40 sockets that say nothing', 40, () => undefined],
    ['40 sockets that stop in the middle of the handshake', 40, () => hello({ min: 100, max: 225 }).subarray(0, 7)],
    ['40 sockets that stop before startApi', 40, () => hello({ min: 100, max: 225 })],
    ['300 sockets that say nothing', 300, () => undefined],
  ])('%s shut nobody out', async (_what, count, first) => {
    await open();
    const silent = Array.from({ length: count }, () => connect(gateway.port, '127.0.0.1'));
    for (const socket of silent) {
      socket.on('error', () => {});
      const bytes = first();
      if (bytes !== undefined) socket.write(bytes);
    }
    await until(() => gateway.log.filter(({ what }) => what === 'connected').length === count);
    const honest = await wireClient(gateway.port);
    honest.send('reqCurrentTime', {});
    await honest.wait('currentTime');
    expect(gateway.clients.filter(({ clientId }) => clientId < 0).length).toBe(Math.min(count, 63));
    for (const socket of silent) socket.destroy();
  });
});

describe('client ids', () => {
  it('a second client with the same id gets 326 and the end; the first goes on', async () => {
    await open();
    const first = await wireClient(gateway.port, { clientId: 4 });
    const second = await wireClient(gateway.port, { clientId: 4 });
    expect(second.messages).toMatchObject([
      {
        kind: 'error',
        reqId: -1,
        errorCode: 326,
        errorString: 'Unable to connect as the client id is already in use. Retry with a unique client id.',
      },
    ]);
    second.send('startApi', { clientId: 5, optionalCapabilities: '' });
    second.send('reqCurrentTime', {});
    await gateway.advance(699);
    expect([second.isClosed, second.messages.length]).toEqual([false, 1]);
    await gateway.advance(1);
    await second.closed();
    expect(second.messages).toHaveLength(1);
    first.send('reqCurrentTime', {});
    await first.wait('currentTime');
  });

  it('an id can stay taken for a while after its connection ended', async () => {
    await open({ clientIdHeldFor: 60_000 });
    (await wireClient(gateway.port, { clientId: 4 })).close();
    await left(gateway, 0);
    expect((await wireClient(gateway.port, { clientId: 4 })).of('error')[0]?.errorCode).toBe(326);
    await gateway.advance(60_000);
    expect((await wireClient(gateway.port, { clientId: 4 })).of('nextValidId')).toHaveLength(1);
  });

  it('order ids are counted per client id and go on after a reconnect', async () => {
    await open({ firstOrderId: 10 });
    const one = await wireClient(gateway.port, { clientId: 1 });
    expect(one.of('nextValidId')).toMatchObject([{ orderId: 10 }]);
    one.send('placeOrder', { orderId: 10, contract: AAPL, order: order() });
    one.send('placeOrder', { orderId: 41, contract: AAPL, order: order() });
    await one.wait('orderStatus', ({ orderId }) => orderId === 41);
    one.close();
    await left(gateway, 0);
    const again = await wireClient(gateway.port, { clientId: 1 });
    expect(again.of('nextValidId')).toMatchObject([{ orderId: 42 }]);
    expect((await wireClient(gateway.port, { clientId: 2 })).of('nextValidId')).toMatchObject([{ orderId: 10 }]);
  });

  it('an id that was used before a restart of the gateway is a duplicate after it', async () => {
    await open();
    const one = await wireClient(gateway.port, { clientId: 1 });
    one.send('placeOrder', { orderId: 41, contract: AAPL, order: order() });
    await one.wait('orderStatus', ({ orderId }) => orderId === 41);
    gateway.faults.restart({ rollback: 10 });
    await one.closed();
    const again = await wireClient(gateway.port, { clientId: 1 });
    expect(again.of('nextValidId')).toMatchObject([{ orderId: 32 }]);
    again.send('placeOrder', { orderId: 32, contract: AAPL, order: order() });
    await again.wait('error', ({ reqId, errorCode }) => reqId === 32 && errorCode === 103);
    again.send('placeOrder', { orderId: 42, contract: AAPL, order: order() });
    await again.wait('orderStatus', ({ orderId }) => orderId === 42);
    const other = await wireClient(gateway.port, { clientId: 2 });
    other.send('placeOrder', { orderId: 32, contract: AAPL, order: order() });
    await other.wait('orderStatus', ({ orderId }) => orderId === 32);
  });

  it('a client with working orders is told of them before anything else', async () => {
    await open();
    const one = await wireClient(gateway.port);
    one.send('placeOrder', { orderId: 1, contract: AAPL, order: order() });
    await one.wait('orderStatus', ({ status }) => status === 'Submitted');
    one.close();
    await left(gateway, 0);
    const again = await wireClient(gateway.port);
    expect(again.messages.slice(0, 5).map(({ kind }) => kind)).toEqual([
      'openOrder',
      'orderStatus',
      'openOrderEnd',
      'managedAccounts',
      'nextValidId',
    ]);
  });

  it('the master client hears the orders of all, others only their own', async () => {
    await open({ masterClientId: 99 });
    const [master, one, two] = await Promise.all([99, 1, 2].map((clientId) => wireClient(gateway.port, { clientId })));
    one?.send('placeOrder', { orderId: 1, contract: AAPL, order: order({ orderType: 'MKT' }) });
    await master?.wait('execDetails');
    await master?.wait('orderStatus', ({ status, clientId }) => status === 'Filled' && clientId === 1);
    expect(two?.messages.filter(({ kind }) => kind !== 'error').map(({ kind }) => kind)).toEqual([
      'managedAccounts',
      'nextValidId',
    ]);
  });

  it('client 0 binds orders entered by hand: a negative id, orderBound, and the pair again', async () => {
    await open();
    const permId = gateway.engine.placeManual(AAPL, order());
    expect(typeof permId).toBe('string');
    const zero = await wireClient(gateway.port, { clientId: 0 });
    zero.send('reqAutoOpenOrders', { autoBind: true });
    expect(await zero.wait('orderBound')).toMatchObject({ permId, clientId: 0 });
    const { orderId = 0 } = await zero.wait('openOrder', (message) => (message.orderId ?? 0) < 0);
    zero.send('cancelOrder', { orderId });
    await zero.wait('orderStatus', ({ status }) => status === 'Cancelled');
  });

  it('a read-only gateway refuses orders, cancels and order lists with 321', async () => {
    await open({ readOnly: true });
    const client = await wireClient(gateway.port);
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: order() });
    client.send('cancelOrder', { orderId: 1 });
    client.send('reqOpenOrders', {});
    client.send('reqCompletedOrders', { apiOnly: false });
    await client.wait('error', () => client.of('error').filter(({ errorCode }) => errorCode === 321).length === 4);
    expect(
      client
        .of('error')
        .filter(({ errorCode }) => errorCode === 321)
        .map(({ reqId }) => reqId),
    ).toEqual([1, 1, -1, -1]);
    expect(client.of('openOrderEnd')).toEqual([]);
    client.send('reqPositions', {});
    await client.wait('positionEnd');
  });
});

describe('bad clients', () => {
  const raw = (bytes: Uint8Array): Promise<number> =>
    new Promise((resolve) => {
      const socket = connect(gateway.port, '127.0.0.1', () => socket.write(bytes));
      let came = 0;
      socket.on('data', (chunk) => {
        came += chunk.length;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(came));
    });

  it.each([
    ['garbage', Uint8Array.from({ length: 300 }, (_, i) => (i * 37) % 256)],
    ['a web request', new TextEncoder().encode('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a huge version range', Uint8Array.of(65, 80, 73, 0, 0x7f, 0xff, 0xff, 0xff)],
    ['a range that is none', Uint8Array.of(65, 80, 73, 0, 0, 0, 0, 3, 120, 121, 122)],
  ])('%s is closed without a word, and nobody else is disturbed', async (_what, bytes) => {
    await open();
    const good = await wireClient(gateway.port);
    expect(await raw(bytes)).toBe(0);
    good.send('reqCurrentTime', {});
    await good.wait('currentTime');
  });

  it('half a handshake and then silence is closed when patience ends', async () => {
    await open({ patience: 60 });
    const began = performance.now();
    expect(await raw(hello({ min: 100, max: 225 }).subarray(0, 6))).toBe(0);
    expect(performance.now() - began).toBeLessThan(2_000);
    // The whole handshake but no startApi is not enough either.
    expect(await raw(hello({ min: 100, max: 225 }))).toBeGreaterThan(0);
  });

  it('a frame of impossible length ends the connection', async () => {
    await open();
    const client = await wireClient(gateway.port);
    client.socket.write(Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 1, 2, 3));
    await client.closed();
  });

  it.each([
    ['an unknown kind of message', Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 199), 'Message type 199.'],
    ['a body that is no protobuf', Uint8Array.of(0, 0, 0, 6, 0, 0, 0, 201, 0xff, 0xff), 'Unable to parse data.'],
  ])('%s is answered with 320, then the end', async (_what, bytes, text) => {
    await open();
    const client = await wireClient(gateway.port);
    client.clear();
    client.socket.write(bytes);
    await client.closed();
    expect(client.of('error')).toMatchObject([{ reqId: -1, errorCode: 320, errorString: expect.stringContaining(text) }]);
  });

  it('answers ten thousand requests sent at once, each of them, when pacing is off', async () => {
    await open({ pacing: 'off' });
    const client = await wireClient(gateway.port);
    client.clear();
    client.socket.cork();
    for (let i = 0; i < 10_000; i++) client.send('reqMarketRule', { marketRuleId: 26 });
    client.socket.uncork();
    await until(() => client.messages.length >= 10_000);
    expect(client.of('marketRule')).toHaveLength(10_000);
  });

  it('with pacing on it answers fifty of them, says 100, and lives', async () => {
    await open();
    const client = await wireClient(gateway.port);
    const other = await wireClient(gateway.port, { clientId: 2 });
    for (let i = 0; i < 10_000; i++) client.send('reqMarketRule', { marketRuleId: 26 });
    client.send('reqSoftDollarTiers', { reqId: 1 });
    await until(() => gateway.received.at(-1)?.message.kind === 'reqSoftDollarTiers'); // all of them have been taken
    await other.fence();
    expect(client.of('marketRule')).toHaveLength(50);
    expect(client.of('error').filter(({ errorCode }) => errorCode === 100)).toHaveLength(1);
    await gateway.advance(1_001);
    client.send('reqCurrentTime', {});
    await client.wait('currentTime');
  });

  it('drops a client that never reads once its queue is too long; others keep getting ticks', async () => {
    await open({ pacing: 'off', maxUnread: 512 * 1024 });
    const deaf = await wireClient(gateway.port, { clientId: 1 });
    const good = await wireClient(gateway.port, { clientId: 2 });
    good.send('reqMktData', { reqId: 1, contract: MSFT, genericTickList: '', snapshot: false, regulatorySnapshot: false });
    await good.wait('tickPrice');
    deaf.socket.pause();
    for (let i = 0; i < 1_500; i++) deaf.send('reqMktDepthExchanges', {});
    await left(gateway, 1);
    expect(gateway.clients).toMatchObject([{ clientId: 2 }]);
    expect(gateway.log.some(({ what, text }) => what === 'trouble' && text.startsWith('the client does not read'))).toBe(true);
    good.clear();
    await gateway.advance(5_000);
    await good.wait('tickSize');
  });

  it('requests before startApi are not answered', async () => {
    await open();
    const client = await wireClient(gateway.port, { silent: true });
    // 225: an eight-byte frame, id 49 + 200, empty body: the time.
    client.socket.write(Buffer.concat([hello({ min: 225, max: 225 }), Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 249)]));
    await client.wait('nextValidId');
    client.send('reqManagedAccts', {});
    await client.wait('managedAccounts', () => client.of('managedAccounts').length === 2);
    expect(client.of('currentTime')).toEqual([]);
  });
});
