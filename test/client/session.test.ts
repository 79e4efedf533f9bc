// The session from its user's side: what connecting, losing, coming back and closing look like.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../src/client/connect.js';
import type { ConnectOptions } from '../../src/client/session/connect-options.js';
import type { SessionState } from '../../src/client/session/events.js';
import { ClosedError, ConnectError, GatewayError, ReadOnlyError, TimeoutError } from '../../src/client/wire/errors.js';
import { wallTimer } from '../../src/client/wire/timer.js';
import { frame } from '../../src/protocol/frames.js';
import { greeting } from '../../src/protocol/handshake.js';
import { handTimer } from '../helpers/hand-timer.js';
import { type Peer, type Script, type ScriptedGateway, scriptedGateway } from '../helpers/scripted-gateway.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const quick = { backOff: { baseMs: 5, capMs: 20, floorMs: 1 }, stepWithin: 300, connectWithin: 1000, random: () => 0.5 };
const open: { ib?: Ib; gateway?: ScriptedGateway } = {};

afterEach(async () => {
  open.ib?.close();
  await open.gateway?.close();
  delete open.ib;
  delete open.gateway;
});

async function gatewayOf(script: Script = {}): Promise<ScriptedGateway> {
  open.gateway = await scriptedGateway(script);
  return open.gateway;
}

async function connected(gateway: ScriptedGateway, options: Partial<ConnectOptions> = {}): Promise<Ib> {
  open.ib = await connect({ port: gateway.port, ...quick, ...options });
  return open.ib;
}

async function until(holds: () => boolean, within = 3000): Promise<void> {
  const end = Date.now() + within;
  while (!holds()) {
    if (Date.now() > end) throw new Error('it did not come to pass');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A server that says these bytes to whoever connects, and nothing else. */
function says(bytes: Uint8Array | undefined, thenClose = false): Script {
  return {
    onSocket(socket: Socket) {
      if (bytes !== undefined) socket.write(bytes);
      if (thenClose) socket.end();
      return true;
    },
  };
}

describe('connecting', () => {
  it.each([100, 150, 176, 200, 201, 212, 213, 225])(
    'is ready at server version %i with accounts and the next order id',
    async (serverVersion) => {
      const gateway = await gatewayOf({ serverVersion, accounts: 'DU9000001,DU9000002,', nextValidId: 42 });
      const ib = await connected(gateway, { clientId: 7 });
      expect(ib.serverVersion).toBe(serverVersion);
      expect(ib.accounts.ids).toEqual(['DU9000001', 'DU9000002']);
      expect(ib.raw.nextOrderId()).toBe(42);
      expect(gateway.peers[0]?.clientId).toBe(7);
      expect(ib.state.at).toBe('ready');
    },
  );

  it('takes the accounts and the id in either order, and orders before both', async () => {
    const gateway = await gatewayOf({
      onStart(peer) {
        peer.send('openOrder', {
          orderId: 5,
          contract: { symbol: 'AAPL' },
          order: { action: 'BUY' },
          orderState: { status: 'Submitted' },
        });
        peer.send('nextValidId', { orderId: 9 });
        peer.send('error', { reqId: -1, errorCode: 2104, errorString: 'Market data farm connection is OK:usfarm' });
        peer.send('managedAccounts', { accountsList: 'DU9000001' });
      },
    });
    const ib = await connected(gateway);
    expect(ib.raw.nextOrderId()).toBe(9);
    expect([...ib.health.farms.keys()]).toEqual(['usfarm']);
  });

  it('says where nothing listens and what to check', async () => {
    const gateway = await gatewayOf();
    await gateway.close();
    const failure = await connect({ port: gateway.port, ...quick }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConnectError);
    expect((failure as ConnectError).phase).toBe('socket');
    expect((failure as ConnectError).message).toContain('4002');
  });

  it.each([
    ['a peer that accepts and says nothing', undefined, 'handshake'],
    ['an HTTP server', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'handshake'],
    ['a length of 0', Uint8Array.of(0, 0, 0, 0), 'handshake'],
    ['a length of 4 GiB', Uint8Array.of(255, 255, 255, 255), 'handshake'],
    ['garbage in a frame', frame(Buffer.from('garbage')), 'handshake'],
    ['a version that is too old', greeting(76, '20260101 00:00:00'), 'version'],
    ['a version that is too new', greeting(900, '20260101 00:00:00'), 'version'],
    ['a redirect', greeting(-1, '10.0.0.1:4000'), 'version'],
    ['a server that stops after the greeting', greeting(176, '20260101 00:00:00'), 'managedAccounts'],
  ])('names the step that is missing: %s', async (_, bytes, phase) => {
    const gateway = await gatewayOf(says(bytes));
    const failure = await connect({ port: gateway.port, ...quick }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConnectError);
    expect((failure as ConnectError).phase).toBe(phase);
  });

  it('tells a client id in use from other failures', async () => {
    const gateway = await gatewayOf({
      onStart(peer) {
        peer.send('error', { reqId: -1, errorCode: 326, errorString: 'Unable to connect as the client id is already in use.' });
        peer.cut();
      },
    });
    const failure = await connect({ port: gateway.port, ...quick }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConnectError);
    expect((failure as ConnectError).phase).toBe('start');
    expect((failure as ConnectError).cause).toBeInstanceOf(GatewayError);
  });

  it('waits for a client id that a broken connection still holds, or takes the next, when it is told to', async () => {
    const given = new AbortController();
    const gateway = await gatewayOf({
      onStart(peer) {
        if (peer.clientId === 4) {
          peer.send('error', { reqId: -1, errorCode: 326, errorString: 'in use' });
          peer.cut();
          return;
        }
        peer.send('managedAccounts', { accountsList: 'DU9000001' });
        peer.send('nextValidId', { orderId: 1 });
      },
    });
    const ib = await connected(gateway, { clientId: 4, clientIdWithin: 1000, onClientIdInUse: 'next' });
    expect(ib.clientId).toBe(5);
    const waiting = connect({
      port: gateway.port,
      ...quick,
      clientId: 4,
      clientIdWithin: 60_000,
      signal: given.signal,
      timer: {
        ...wallTimer,
        after(ms, act) {
          if (ms === 5_000) given.abort(new Error('waited long enough'));
          return wallTimer.after(ms, act);
        },
      },
    });
    await expect(waiting).rejects.toThrow('waited long enough');
    expect(gateway.peers.map((peer) => peer.clientId)).toEqual([4, 5, 4]);
  });

  it('goes on trying while the gateway is not up, and is ready when it is', async () => {
    const before = await scriptedGateway();
    await before.close();
    const waiting = connect({ port: before.port, ...quick, startWithin: 60_000 });
    const gateway = await gatewayOf({ port: before.port });
    open.ib = await waiting;
    expect(open.ib.state).toMatchObject({ at: 'ready', epoch: 1 });
    expect(gateway.peers).toHaveLength(1);
  });

  it('goes on trying while the gateway hangs up, says nothing, speaks in between of a login, or holds the client id', async () => {
    const refusals: ((peer: Peer) => void)[] = [
      (peer) => peer.cut(),
      () => {},
      (peer) => peer.send('managedAccounts', { accountsList: 'DU9000001' }),
      (peer) => {
        peer.send('error', { reqId: -1, errorCode: 326, errorString: 'in use' });
        peer.cut();
      },
    ];
    const gateway = await gatewayOf({
      onStart(peer) {
        const refuse = refusals[peer.number - 1];
        if (refuse !== undefined) refuse(peer);
        else {
          peer.send('managedAccounts', { accountsList: 'DU9000001' });
          peer.send('nextValidId', { orderId: 1 });
        }
      },
    });
    const timer = handTimer();
    const attempt = connected(gateway, { startWithin: 600_000, stepWithin: 1_000, onClientIdInUse: 'next', timer });
    const clock = setInterval(() => void timer.advance(5)); // steps end by how often the loop has turned, however slow it turns
    const ib = await attempt.finally(() => clearInterval(clock));
    expect(gateway.peers.map(({ clientId }) => clientId)).toEqual([1, 1, 1, 1, 2]);
    expect(ib.clientId).toBe(2);
  });

  it('tells every reason that it saw, the last one first', async () => {
    let count = 0;
    const gateway = await gatewayOf({
      onSocket(socket) {
        count++;
        // A frame of 16 MB where the greeting should be; later ones hang up at once.
        if (count === 1) socket.write(Uint8Array.of(0, 0xff, 0xff, 0xff, 1));
        else socket.destroy();
        return true;
      },
    });
    // The minute is over when the fourth connection comes.
    const timer = { now: () => wallTimer.now() + (count >= 4 ? 60_000 : 0), after: wallTimer.after };
    const options = { port: gateway.port, ...quick, timer, startWithin: 60_000 };
    const failure = await connect(options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConnectError);
    const { message, phase } = failure as ConnectError;
    expect(phase).toBe('handshake');
    expect(message).toContain('Tried 4 times in 60 s.');
    expect(message).toMatch(/Seen before: .*longer than/);
    expect(message).not.toContain('may still be logging in');
  });

  it('does not try again what cannot pass, nor without being told to', async () => {
    const tooOld = await gatewayOf(says(greeting(76, '20260101 00:00:00')));
    const options = { port: tooOld.port, ...quick, startWithin: 60_000 };
    await expect(connect(options)).rejects.toMatchObject({ code: 'CONNECT', phase: 'version' });
    await expect(connect({ port: tooOld.port, ...quick })).rejects.toMatchObject({ phase: 'version' });
    await tooOld.close();
    const refused = await connect({ port: tooOld.port, ...quick }).catch((error: unknown) => error);
    expect((refused as ConnectError).message).not.toContain('Tried');
  });

  it('ends with the reason of the signal between two attempts too', async () => {
    const gone = await scriptedGateway();
    await gone.close();
    const controller = new AbortController();
    const reason = new Error('enough');
    const waiting = connect({
      port: gone.port,
      ...quick,
      backOff: { baseMs: 60_000, capMs: 60_000, floorMs: 60_000 },
      startWithin: 600_000,
      signal: controller.signal,
    });
    const onState = (state: unknown): void => {
      if ((state as SessionState).at === 'reconnecting') controller.abort(reason);
    };
    subscribe('ibwire:session', onState);
    await expect(waiting).rejects.toBe(reason);
    unsubscribe('ibwire:session', onState);
  });

  it('ends with the reason of the signal', async () => {
    const reason = new Error('changed my mind');
    const controller = new AbortController();
    const gateway = await gatewayOf({
      onSocket(socket: Socket) {
        socket.once('data', () => controller.abort(reason)); // the first words of the client, which are never answered
        return true;
      },
    });
    const attempt = connect({ port: gateway.port, ...quick, signal: controller.signal });
    await expect(attempt).rejects.toBe(reason);
  });

  it('can be cut at every byte of the start without a hang', async () => {
    const whole = Buffer.concat([
      greeting(176, '20260101 00:00:00 GMT'),
      frame(Buffer.from('15\x001\x00DU9000001\0')),
      frame(Buffer.from('9\x001\x001\0')),
    ]);
    for (let at = 0; at < whole.length; at++) {
      await using gateway = await scriptedGateway(says(whole.subarray(0, at), true));
      const failure = await connect({ port: gateway.port, ...quick }).catch((error: unknown) => error);
      expect(failure, `cut at ${at}`).toBeInstanceOf(ConnectError);
    }
  });
});

describe('requests', () => {
  it('settle with what was answered, and two callers of a request without id both get it', async () => {
    const gateway = await gatewayOf({
      on: {
        reqPositions(_, peer) {
          peer.send('position', { account: 'DU9000001', contract: stock, position: '5', avgCost: 1.5 });
          peer.send('positionEnd', {});
        },
      },
    });
    const ib = await connected(gateway);
    const [first, second] = await Promise.all([ib.accounts.positions(), ib.accounts.positions()]);
    expect(first).toHaveLength(1);
    expect(second).toHaveLength(1);
    expect(first[0]?.position.toFixed()).toBe('5');
  });

  it('fail alone: an order error with a small id ends no stream', async () => {
    const gateway = await gatewayOf({
      on: {
        reqMktData(request, peer) {
          peer.send('tickPrice', { reqId: request.reqId, tickType: 1, price: 10, size: 1 });
          peer.send('error', { reqId: 1, errorCode: 201, errorString: 'Order rejected - reason:no' });
          peer.send('tickPrice', { reqId: request.reqId, tickType: 1, price: 11, size: 1 });
        },
      },
    });
    const ib = await connected(gateway);
    const notices: number[] = [];
    ib.on('notice', (notice) => notices.push(notice.code));
    const stream = ib.market.ticks(stock);
    const prices: (number | undefined)[] = [];
    stream.on((tick) => {
      if (tick.kind === 'tickPrice') prices.push(tick.price);
    });
    await until(() => prices.length === 2);
    expect(prices).toEqual([10, 11]);
    expect(stream.state.at).toBe('live');
    expect(notices).toContain(201);
  });

  it('reject with the gateway’s words, a deadline, an abort, or the loss of the connection', async () => {
    const gateway = await gatewayOf({
      on: {
        reqContractDetails(request, peer) {
          if (request.contract?.symbol === 'NONE')
            peer.send('error', { reqId: request.reqId, errorCode: 200, errorString: 'No security definition' });
          if (request.contract?.symbol === 'CUT') peer.cut();
        },
      },
    });
    const ib = await connected(gateway);
    await expect(ib.contracts.details({ symbol: 'NONE', secType: 'STK' })).rejects.toMatchObject({
      code: 'GATEWAY',
      errorCode: 200,
    });
    await expect(ib.contracts.details({ symbol: 'SLOW', secType: 'STK' }, { timeout: 30 })).rejects.toBeInstanceOf(TimeoutError);
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(ib.contracts.details({ symbol: 'SLOW', secType: 'STK' }, { signal })).rejects.toBe(reason);
    await expect(ib.contracts.details({ symbol: 'CUT', secType: 'STK' })).rejects.toBeInstanceOf(ClosedError);
    expect(ib.health.openRequests).toBe(0);
  });

  it('send their cancel when they are given up', async () => {
    const gateway = await gatewayOf();
    const ib = await connected(gateway);
    await expect(ib.contracts.details(stock, { timeout: 20 })).rejects.toBeInstanceOf(TimeoutError);
    await until(() => gateway.received.some((request) => request.kind === 'cancelContractData'));
  });

  it('are refused at once when there is no connection', async () => {
    const gateway = await gatewayOf();
    const ib = await connected(gateway, { reconnect: false });
    gateway.peers[0]?.cut();
    await until(() => ib.state.at === 'closed');
    await expect(ib.accounts.positions()).rejects.toBeInstanceOf(ClosedError);
    expect(() => ib.raw.send('reqIds', { numIds: 1 })).toThrow(ClosedError);
  });

  it('cannot encode an order in a read-only session', async () => {
    const gateway = await gatewayOf();
    const ib = await connected(gateway, { readOnly: true });
    expect(() => ib.raw.send('placeOrder', { orderId: 1, contract: stock, order: { action: 'BUY' } })).toThrow(ReadOnlyError);
    ib.raw.send('reqIds', { numIds: 1 });
    await until(() => gateway.received.length === 2);
    expect(gateway.received.map((request) => request.kind)).toEqual(['startApi', 'reqIds']);
  });
});

describe('coming back', () => {
  it('keeps the client id, gives streams fresh ids and says the gap in band', async () => {
    const gateway = await gatewayOf({
      on: {
        reqMktData(request, peer) {
          peer.send('tickPrice', { reqId: request.reqId, tickType: 1, price: peer.number, size: 1 });
        },
      },
    });
    const ib = await connected(gateway, { clientId: 3 });
    const stream = ib.market.ticks(stock);
    const gaps: string[] = [];
    stream.onGap((gap) => gaps.push(gap.cause));
    for (let round = 1; round <= 20; round++) {
      await until(() => {
        const tick = stream.latest;
        return tick?.kind === 'tickPrice' && tick.price === round;
      });
      if (round < 20) gateway.peers[round - 1]?.cut();
    }
    expect(gateway.peers.map((peer) => peer.clientId)).toEqual(Array.from({ length: 20 }, () => 3));
    const ids = gateway.received.filter((request) => request.kind === 'reqMktData').map((request) => request.reqId);
    expect(new Set(ids).size).toBe(20);
    expect(gaps).toHaveLength(19);
    expect(ib.health.liveStreams).toBe(1);
  });

  it('finds a half-open link by probing and leaves it', async () => {
    const gateway = await gatewayOf();
    const ib = await connected(gateway, { silence: 40, probeWithin: 40 });
    gateway.peers[0]?.freeze();
    const began = Date.now();
    await until(() => ib.state.at !== 'ready');
    expect(Date.now() - began).toBeLessThan(400);
    await until(() => gateway.peers.length === 2 && ib.state.at === 'ready');
  });

  it('does not probe a link that talks, nor leave one that answers', async () => {
    const gateway = await gatewayOf({
      on: { reqCurrentTimeInMillis: (_, peer) => peer.send('currentTimeInMillis', { timeInMillis: 1 }) },
    });
    const ib = await connected(gateway, { silence: 20, probeWithin: 100 });
    await until(() => gateway.received.filter((request) => request.kind === 'reqCurrentTimeInMillis').length >= 3);
    expect(ib.state.at).toBe('ready');
    expect(gateway.peers).toHaveLength(1);
  });

  it('is degraded on 1100, keeps the socket, and asks again on 1101 only', async () => {
    const gateway = await gatewayOf();
    const ib = await connected(gateway);
    ib.market.ticks(stock);
    await until(() => gateway.received.some((request) => request.kind === 'reqMktData'));
    const peer = gateway.peers[0];
    peer?.send('error', {
      reqId: -1,
      errorCode: 1100,
      errorString: 'Connectivity between IB and Trader Workstation has been lost.',
    });
    await until(() => ib.state.at === 'degraded');
    peer?.send('error', { reqId: -1, errorCode: 1102, errorString: 'restored - data maintained.' });
    await until(() => ib.state.at === 'ready');
    peer?.send('error', { reqId: -1, errorCode: 1100, errorString: 'lost' });
    peer?.send('error', { reqId: -1, errorCode: 1101, errorString: 'restored - data lost.' });
    await until(() => gateway.received.filter((request) => request.kind === 'reqMktData').length === 2);
    expect(gateway.peers).toHaveLength(1);
  });

  it('is degraded from the start when the gateway says before it is ready that the broker is away', async () => {
    const gateway = await gatewayOf({
      onStart(peer) {
        peer.send('error', { reqId: -1, errorCode: 2110, errorString: 'Connectivity between TWS and server is broken.' });
        peer.send('managedAccounts', { accountsList: 'DU9000001' });
        peer.send('nextValidId', { orderId: 1 });
      },
    });
    const ib = await connected(gateway);
    expect(ib.state.at).toBe('degraded');
    expect(ib.health.notices.map(({ code }) => code)).toEqual([2110]);
    gateway.peers[0]?.send('error', { reqId: -1, errorCode: 1102, errorString: 'restored - data maintained.' });
    await until(() => ib.state.at === 'ready');
  });

  it('a listener that throws stops neither the session nor its neighbours', async () => {
    const gateway = await gatewayOf();
    const ib = await connected(gateway);
    const thrown: unknown[] = [];
    const codes: number[] = [];
    ib.on('thrown', (error) => thrown.push(error));
    ib.on('notice', ({ code }) => {
      codes.push(code);
      throw new Error(`no to ${code}`);
    });
    const notice = { reqId: -1, errorCode: 2106, errorString: 'HMDS data farm connection is OK:ushmds' };
    gateway.peers[0]?.send('error', notice);
    gateway.peers[0]?.send('error', notice);
    await until(() => codes.length === 2);
    expect(thrown).toHaveLength(2);
    expect(ib.state.at).toBe('ready');
  });

  it('refuses orders just before a restart that it knows of, and nothing else', async () => {
    const gateway = await gatewayOf();
    const now = Date.UTC(2026, 8, 3, 3, 44, 50); // 23:44:50 in New York
    const timer = { now: () => now, after: () => () => {} };
    const restart = { at: '23:45', zone: 'America/New_York' };
    const ib = await connected(gateway, { timer, restart });
    expect(ib.health.nextRestart).toBe(now + 10_000);
    expect(() => ib.raw.send('placeOrder', { orderId: 1, contract: stock, order: { action: 'BUY' } })).toThrow(
      /restarts in 10000 ms/,
    );
    ib.raw.send('reqIds', { numIds: 1 });
    await until(() => gateway.received.some(({ kind }) => kind === 'reqIds'));
  });

  it('says which order ids never arrived when the gateway counts from below', async () => {
    let nextValidId = 100;
    const gateway = await gatewayOf({
      onStart(peer) {
        peer.send('managedAccounts', { accountsList: 'DU9000001' });
        peer.send('nextValidId', { orderId: nextValidId });
      },
    });
    const ib = await connected(gateway);
    const missing: number[] = [];
    ib.on('neverArrived', (ids) => missing.push(...ids));
    expect([ib.raw.nextOrderId(), ib.raw.nextOrderId()]).toEqual([100, 101]);
    nextValidId = 90;
    gateway.peers[0]?.cut();
    await until(() => missing.length > 0);
    expect(missing).toEqual([100, 101]);
    expect(ib.raw.nextOrderId()).toBe(102);
  });

  it('leaves nothing behind when it is closed', async () => {
    const gateway = await gatewayOf();
    const ib = await connected(gateway);
    const stream = ib.market.ticks(stock);
    const waiting = ib.accounts.positions().catch((error: unknown) => error);
    await until(() => gateway.received.length >= 3);
    ib.close();
    expect(await waiting).toBeInstanceOf(ClosedError);
    expect(stream.state.at).toBe('closed');
    expect(ib.health).toMatchObject({ openRequests: 0, liveStreams: 0 });
    await until(() => gateway.peers[0]?.isOpen === false);
  });
});
