// The same gateway, the same script, two clients: where ibwire and @stoqey/ib 1.6 differ.

import { ConnectionState, EventName, IBApi, IBApiNext } from '@stoqey/ib';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../src/client/connect.js';
import { ClosedError } from '../../src/client/wire/errors.js';
import { frame } from '../../src/protocol/frames.js';
import { type Script, type ScriptedGateway, scriptedGateway } from '../helpers/scripted-gateway.js';
import { until } from '../helpers/until.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const quick = { backOff: { baseMs: 5, capMs: 20, floorMs: 1 }, random: () => 0.5 };
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const tellsTime: Script = { on: { reqCurrentTime: (_, peer) => peer.send('currentTime', { time: 1_788_357_600 }) } };

async function gatewayOf(script: Script): Promise<ScriptedGateway> {
  const gateway = await scriptedGateway({ serverVersion: 176, ...script });
  closing.push(() => gateway.close());
  return gateway;
}

async function ours(gateway: ScriptedGateway, options: { silence?: number; probeWithin?: number } = {}): Promise<Ib> {
  const ib = await connect({ port: gateway.port, ...quick, ...options });
  closing.push(() => ib.close());
  return ib;
}

/** Theirs with promises and observables. */
async function theirs(gateway: ScriptedGateway): Promise<IBApiNext> {
  const next = new IBApiNext({ port: gateway.port, host: '127.0.0.1', reconnectInterval: 50 });
  next.errorSubject.subscribe(() => {});
  let state: ConnectionState | undefined;
  const watching = next.connectionState.subscribe((now) => {
    state = now;
  });
  next.connect(7);
  closing.push(() => next.disconnect());
  await until(() => state === ConnectionState.Connected);
  watching.unsubscribe();
  return next;
}

/** Theirs with callbacks. */
async function theirsPlain(gateway: ScriptedGateway): Promise<{ readonly api: IBApi; readonly seen: string[] }> {
  const api = new IBApi({ port: gateway.port, host: '127.0.0.1', clientId: 8 });
  const seen: string[] = [];
  api.on(EventName.error, () => seen.push(EventName.error));
  api.on(EventName.currentTime, () => seen.push(EventName.currentTime));
  api.on(EventName.disconnected, () => seen.push(EventName.disconnected));
  let isStarted = false;
  api.once(EventName.nextValidId, () => {
    isStarted = true;
  });
  api.connect();
  closing.push(() => api.disconnect());
  await until(() => isStarted);
  return { api, seen };
}

describe('an order error 201 with id 1, while a quote runs', () => {
  const script: Script = {
    on: {
      reqMktData({ reqId }, peer) {
        const tick = (price: number): void => peer.send('tickPrice', { reqId, tickType: 1, price, size: 1, attribMask: 0 });
        tick(10);
        peer.send('error', { reqId: 1, errorCode: 201, errorString: 'Order rejected - reason: margin' });
        tick(11);
      },
    },
  };

  it('kills the quote of theirs, whose requests count from 1 like orders', async () => {
    const next = await theirs(await gatewayOf(script));
    const failure = await new Promise<unknown>((resolve) => {
      next.getMarketData(stock as never, '', false, false).subscribe({ next: () => {}, error: resolve });
    });
    expect(failure).toMatchObject({ code: 201 });
  });

  it('leaves the quote of ours alone and is an event of its own', async () => {
    const ib = await ours(await gatewayOf(script));
    const codes: number[] = [];
    ib.on('notice', ({ code }) => codes.push(code));
    const quotes = ib.market.quotes(stock);
    await until(() => quotes.view.bid?.value === 11);
    expect(quotes.state.at).toBe('live');
    expect(codes).toContain(201);
  });
});

describe('a socket that is half-open', () => {
  it('counts as connected for theirs, long after ours has left it', async () => {
    const gateway = await gatewayOf({});
    const { api, seen } = await theirsPlain(gateway);
    const ib = await ours(gateway, { silence: 100, probeWithin: 100 });
    for (const peer of gateway.peers) peer.freeze();
    await until(() => ib.state.at !== 'ready');
    await until(() => ib.state.at === 'ready');
    expect(api.isConnected).toBe(true);
    expect(seen).toEqual([]);
  });

  it('is found by ours within the silence and the probe, and left', async () => {
    const gateway = await gatewayOf({});
    const ib = await ours(gateway, { silence: 100, probeWithin: 100 });
    const began = Date.now();
    gateway.peers[0]?.freeze();
    await until(() => ib.state.at !== 'ready');
    expect(Date.now() - began).toBeLessThan(500);
    await until(() => ib.state.at === 'ready');
    expect(gateway.peers).toHaveLength(2);
  });
});

describe('1100 and 1102', () => {
  it('make theirs hang up and come back, although the gateway is there', async () => {
    const gateway = await gatewayOf({});
    await theirs(gateway);
    gateway.peers[0]?.send('error', { reqId: -1, errorCode: 1100, errorString: 'Connectivity has been lost.' });
    await until(() => gateway.peers.length === 2);
  });

  it('are a state of ours on the same socket: fills go on being heard', async () => {
    const gateway = await gatewayOf({});
    const ib = await ours(gateway);
    gateway.peers[0]?.send('error', { reqId: -1, errorCode: 1100, errorString: 'Connectivity has been lost.' });
    await until(() => ib.state.at === 'degraded');
    gateway.peers[0]?.send('error', { reqId: -1, errorCode: 1102, errorString: 'restored - data maintained.' });
    await until(() => ib.state.at === 'ready');
    expect(gateway.peers).toHaveLength(1);
  });
});

describe('a request after the connection was lost', () => {
  it('vanishes in theirs: no answer, no error', async () => {
    const gateway = await gatewayOf(tellsTime);
    const { api, seen } = await theirsPlain(gateway);
    gateway.peers[0]?.cut();
    await until(() => seen.includes(EventName.disconnected));
    seen.length = 0;
    api.reqCurrentTime();
    const ib = await ours(gateway);
    for (let trip = 0; trip < 20; trip++) await ib.terminal.time(); // those who are connected get their answers meanwhile
    expect(seen).toEqual([]);
  });

  it('is refused by ours at once, with the reason', async () => {
    const gateway = await gatewayOf({});
    const ib = await connect({ port: gateway.port, reconnect: false });
    gateway.peers[0]?.cut();
    await until(() => ib.state.at === 'closed');
    await expect(ib.terminal.time()).rejects.toBeInstanceOf(ClosedError);
  });
});

describe('a rejection whose JSON is broken', () => {
  const broken = frame(Buffer.from('4\x002\x005\x00201\0Order rejected\0{broken json\0'));

  it('throws out of the socket in theirs, where no caller can catch it', async () => {
    const gateway = await gatewayOf({});
    const { seen } = await theirsPlain(gateway);
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const thrown = new Promise<Error>((resolve) => process.once('uncaughtException', resolve));
    gateway.peers[0]?.write(broken);
    expect(await thrown).toBeInstanceOf(SyntaxError);
    for (const listener of listeners) process.on('uncaughtException', listener);
    expect(seen).toEqual([]);
  });

  it('is a notice with its text in ours, and the next message is read', async () => {
    const gateway = await gatewayOf(tellsTime);
    const ib = await ours(gateway);
    const codes: number[] = [];
    ib.on('notice', ({ code }) => codes.push(code));
    gateway.peers[0]?.write(broken);
    expect(await ib.terminal.time()).toEqual(new Date(1_788_357_600_000));
    expect(codes).toContain(201);
  });
});
