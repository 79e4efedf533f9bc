// What users hang on a session may throw or reject: it is told by `thrown`, and stops nothing and nobody else.
import { describe, expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';
import { until } from '../../helpers/until.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const late = async (): Promise<void> => {
  await Promise.resolve();
  throw new Error('late');
};

describe('an async listener that rejects is told by `thrown`', () => {
  it('of a stream, of its gaps, of raw kinds, of session events, of orders', async () => {
    await using gateway = await scriptedGateway({
      on: {
        reqMktData: ({ reqId }, peer) => peer.send('tickPrice', { reqId, tickType: 1, price: 5, size: 1 }),
      },
    });
    await using ib = await connect({
      port: gateway.port,
      orders: { accounts: 'none' },
      backOff: { baseMs: 5, capMs: 5, floorMs: 1 },
    });
    const thrown: string[] = [];
    const say = (where: string) => async (): Promise<void> => {
      await Promise.resolve();
      throw new Error(where);
    };
    ib.on('thrown', (error) => void thrown.push((error as Error).message));
    ib.raw.on('tickPrice', say('raw'));
    ib.on('notice', say('notice'));
    ib.on('ready', say('ready'));
    ib.orders.book.events.on(say('book'));
    const quotes = ib.market.quotes(stock);
    quotes.on(say('quotes'));
    quotes.onGap(say('gap'));
    await until(() => thrown.includes('quotes') && thrown.includes('raw'));
    gateway.peers[0]?.send('error', { reqId: -1, errorCode: 2109, errorString: 'hours' });
    gateway.peers[0]?.send('openOrder', {
      orderId: 7,
      contract: { symbol: 'A' },
      order: { action: 'BUY' },
      orderState: { status: 'Submitted' },
    });
    await until(() => thrown.includes('notice') && thrown.includes('book'));
    gateway.peers[0]?.cut();
    await until(() => thrown.includes('ready') && thrown.includes('gap'));
    expect(quotes.state.at).toBe('live');
    ib.orders.killSwitch.onEngage(say('kill switch') as () => void);
    ib.orders.killSwitch.engage('test');
    await until(() => thrown.includes('kill switch'));
  });

  it.each(['guards', 'lastPrice', 'rate', 'closes'] as const)('so is what is asked for orders: %s', async (name) => {
    await using gateway = await scriptedGateway();
    const ask = late as () => never;
    const lastPrice = { lastPrice: () => undefined };
    const orders = name === 'guards' ? { guards: [ask] } : { ...lastPrice, guards: [() => []], [name]: ask };
    await using ib = await connect({ port: gateway.port, orders: { ...orders, accounts: 'none' } });
    const thrown: string[] = [];
    ib.on('thrown', (error) => void thrown.push((error as Error).message));
    const findings = ib.orders.check(stock, { action: 'BUY', orderType: 'MKT', totalQuantity: '1' });
    await until(() => thrown.length > 0);
    expect(thrown[0]).toBe('late');
    expect(findings.map(({ code }) => code)).toEqual(name === 'guards' ? ['GUARD-FAILED'] : []);
  });

  it('a journal that keeps nothing at once lets nothing leave', async () => {
    await using gateway = await scriptedGateway();
    const journal = { lastSeq: 0, write: late as () => void, close() {} };
    await using ib = await connect({ port: gateway.port, orders: { journal, accounts: 'none' } });
    expect(() => ib.orders.place(stock, { action: 'BUY', orderType: 'MKT', totalQuantity: '1' })).toThrow(/its sink is async/);
    expect(gateway.received.map(({ kind }) => kind)).not.toContain('placeOrder');
  });

  it('and one that throws at once keeps no other listener of the same event from hearing', async () => {
    await using gateway = await scriptedGateway();
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const heard: string[] = [];
    ib.on('thrown', (error) => void heard.push(`thrown ${(error as Error).message}`));
    ib.on('notice', () => {
      throw new Error('first');
    });
    ib.on('notice', ({ text }) => void heard.push(text));
    gateway.peers[0]?.send('error', { reqId: -1, errorCode: 2109, errorString: 'hours' });
    await until(() => heard.length === 2);
    expect(heard).toEqual(['thrown first', 'hours']);
  });
});

describe('a tap that throws or rejects', () => {
  it.each<[string, () => void]>([
    [
      'throws',
      () => {
        throw new Error('tap');
      },
    ],
    ['rejects', late as () => void],
  ])('%s is told by `thrown`, and the bytes go on', async (_, fail) => {
    await using gateway = await scriptedGateway({
      on: { reqCurrentTimeInMillis: (_request, peer) => peer.send('currentTimeInMillis', { timeInMillis: 5 }) },
    });
    let isOn = false;
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' }, tap: () => (isOn ? fail() : undefined) });
    const thrown: unknown[] = [];
    ib.on('thrown', (error) => void thrown.push(error));
    isOn = true;
    expect((await ib.terminal.time()).getTime()).toBe(5);
    await until(() => thrown.length === 2);
  });
});

describe('what a call is given to tell its progress, and to keep what it learnt', () => {
  it('may throw or reject: the call goes on, `thrown` is told', async () => {
    const bar = { date: '20260901', open: 1, high: 1, low: 1, close: 1, volume: 1, wap: 1, barCount: 1 };
    await using gateway = await scriptedGateway({
      on: {
        reqHistoricalData: ({ reqId }, peer) => {
          peer.send('historicalData', { reqId, bars: [bar] });
          peer.send('historicalDataEnd', { reqId });
        },
        reqContractDetails: ({ reqId }, peer) => {
          peer.send('contractDetails', { reqId, contract: { ...stock, conId: 5 } });
          peer.send('contractDetailsEnd', { reqId });
        },
      },
    });
    const store = { get: () => undefined, set: late as () => void };
    await using ib = await connect({ port: gateway.port, limits: 'none', orders: { accounts: 'none' }, contracts: { store } });
    const thrown: string[] = [];
    ib.on('thrown', (error) => void thrown.push((error as Error).message));
    expect((await ib.contracts.qualify(stock)).conId).toBe(5);
    await until(() => thrown.length === 1);
    const request = { size: '1 day', from: new Date('2026-09-01'), to: new Date('2026-09-02') } as const;
    const failing = (): void => {
      throw new Error('progress');
    };
    await ib.history.span(stock, { ...request, onProgress: late as () => void }).all();
    await ib.history.span(stock, { ...request, onProgress: failing }).all();
    expect(thrown).toEqual(['late', 'late', 'progress']);
  });
});
