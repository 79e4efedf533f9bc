// The budgets of a login, with the errors of the real gateway, on the gateway's clock.

import { afterEach, describe, expect, it } from 'vitest';
import type { PacingLimits } from '../../../src/gateway/server/pacing/limits.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { hello } from '../../../src/protocol/handshake.js';
import { AAPL, closeAll, EURUSD, left, MSFT, type WireClient, wireClient } from './wire-client.js';

let gateway: SimulatedGateway;
let client: WireClient;

const begin = async (pacing: Partial<PacingLimits> | 'off' = {}): Promise<void> => {
  gateway = await simulate({ clock: 'virtual', pacing });
  client = await wireClient(gateway.port);
  client.clear();
};
afterEach(async () => {
  closeAll();
  await gateway.close();
});

const stock = (symbol: string) => ({ symbol, secType: 'STK', exchange: 'SMART', currency: 'USD' });
const codes = (): (number | undefined)[] => client.of('error').map(({ errorCode }) => errorCode);
const settle = async (): Promise<void> => {
  const before = client.of('newsProviders').length;
  client.send('reqNewsProviders', {});
  await client.wait('newsProviders', () => client.of('newsProviders').length > before);
};

describe('message rate', () => {
  it('the third breach ends the session', async () => {
    await begin({ messagesPerSecond: 5 });
    for (let strike = 1; strike <= 3; strike++) {
      for (let i = 0; i < 6; i++) client.send('reqFamilyCodes', {});
      await client.wait('error', () => codes().filter((code) => code === 100).length === strike);
      if (strike < 3) await gateway.advance(1_001);
    }
    await client.closed();
    expect(client.of('error')[0]).toMatchObject({ reqId: -1, errorString: 'Max rate of messages per second has been exceeded' });
    expect(client.of('familyCodes')).toHaveLength(15);
  });

  it('is counted per connection', async () => {
    await begin({ messagesPerSecond: 3 });
    const other = await wireClient(gateway.port, { clientId: 2 });
    for (let i = 0; i < 3; i++) client.send('reqFamilyCodes', {});
    await client.wait('familyCodes', () => client.of('familyCodes').length === 3);
    other.send('reqCurrentTime', {});
    await other.wait('currentTime');
  });
});

describe('pacing instead of refusing', () => {
  it('a client that connected with +PACEAPI gets every answer, as fast as the rate allows, in order', async () => {
    gateway = await simulate({ clock: 'virtual', pacing: { messagesPerSecond: 5 } });
    client = await wireClient(gateway.port, { silent: true });
    client.socket.write(hello({ min: 100, max: 225, options: '+PACEAPI' }));
    await client.wait('nextValidId');
    for (let reqId = 1; reqId <= 17; reqId++) client.send('reqSoftDollarTiers', { reqId });
    await client.wait('softDollarTiers', ({ reqId }) => reqId === 5);
    await (await wireClient(gateway.port, { clientId: 2 })).fence(); // its own round trip would have to wait
    expect(client.of('softDollarTiers')).toHaveLength(5);
    for (let second = 1; second <= 3; second++) await gateway.advance(1_000);
    await client.wait('softDollarTiers', ({ reqId }) => reqId === 17);
    expect(client.of('softDollarTiers').map(({ reqId }) => reqId)).toEqual(Array.from({ length: 17 }, (_, i) => i + 1));
    expect(codes()).not.toContain(100);
  });
});

describe('market-data lines', () => {
  const quote = (reqId: number, contract: object) =>
    client.send('reqMktData', { reqId, contract, genericTickList: '', snapshot: false, regulatorySnapshot: false });

  it('one line per instrument; 101 above the budget; a cancel gives the line back', async () => {
    await begin({ lines: 2 });
    quote(1, AAPL);
    quote(2, AAPL);
    quote(3, MSFT);
    quote(4, EURUSD);
    await settle();
    expect(client.of('error')).toMatchObject([
      { reqId: 4, errorCode: 101, errorString: 'Max number of tickers has been reached' },
    ]);
    client.send('cancelMktData', { reqId: 3 });
    quote(5, EURUSD);
    await client.wait('tickPrice', ({ reqId }) => reqId === 5);
    expect(codes()).toEqual([101]);
  });

  it('lines of a client that went are free again', async () => {
    await begin({ lines: 1 });
    quote(1, AAPL);
    await client.wait('tickPrice');
    client.close();
    await left(gateway, 0);
    client = await wireClient(gateway.port, { clientId: 2 });
    client.clear();
    quote(1, MSFT);
    await client.wait('tickPrice');
    expect(codes().filter((code) => code === 101)).toEqual([]);
  });

  it('depth for three instruments, then 309; tick-by-tick for five, then 10190, and not twice in 15 seconds', async () => {
    await begin();
    for (const [i, symbol] of ['AAPL', 'MSFT', 'IBM', 'TSLA'].entries())
      client.send('reqMktDepth', { reqId: i, contract: stock(symbol), numRows: 3, isSmartDepth: false });
    await settle();
    expect(client.of('error')).toMatchObject([{ reqId: 3, errorCode: 309 }]);
    client.clear();
    for (const [i, symbol] of ['AAPL', 'MSFT', 'IBM', 'TSLA', 'AMD', 'MU'].entries())
      client.send('reqTickByTickData', {
        reqId: 20 + i,
        contract: stock(symbol),
        tickType: 'BidAsk',
        numberOfTicks: 0,
        ignoreSize: false,
      });
    await settle();
    expect(client.of('error')).toMatchObject([{ reqId: 25, errorCode: 10190 }]);
    client.clear();
    client.send('cancelTickByTickData', { reqId: 20 });
    client.send('reqTickByTickData', { reqId: 30, contract: AAPL, tickType: 'Last', numberOfTicks: 0, ignoreSize: false });
    await settle();
    expect(client.of('error')).toMatchObject([{ reqId: 30, errorCode: 10190 }]);
    await gateway.advance(15_000);
    client.clear();
    client.send('reqTickByTickData', { reqId: 31, contract: AAPL, tickType: 'Last', numberOfTicks: 0, ignoreSize: false });
    await gateway.advance(3_000);
    await client.wait('tickByTick', ({ reqId }) => reqId === 31);
  });
});

describe('history', () => {
  const bars = (reqId: number, more: object = {}) =>
    client.send('reqHistoricalData', {
      reqId,
      contract: AAPL,
      endDateTime: '',
      barSizeSetting: '5 secs',
      durationStr: '60 S',
      useRTH: true,
      whatToShow: 'TRADES',
      formatDate: 2,
      keepUpToDate: false,
      ...more,
    });
  const refused = (): (number | undefined)[] =>
    client
      .of('error')
      .filter(({ errorCode, errorString }) => errorCode === 162 && errorString?.includes('pacing violation'))
      .map(({ reqId }) => reqId);

  it('the same small bars again within 15 seconds are refused, later they are not', async () => {
    await begin();
    bars(1);
    bars(2);
    await settle();
    expect(refused()).toEqual([2]);
    await gateway.advance(15_000);
    bars(3);
    await settle();
    expect(refused()).toEqual([2]);
    expect(client.of('historicalData').map(({ reqId }) => reqId)).toEqual([1, 3]);
  });

  it('a sixth request of one contract and kind within two seconds is refused; bid and ask count twice', async () => {
    await begin();
    for (let i = 1; i <= 6; i++) bars(i, { durationStr: `${60 + i} S` });
    await settle();
    expect(refused()).toEqual([6]);
    await gateway.advance(2_001);
    client.clear();
    for (let i = 1; i <= 3; i++) bars(i, { durationStr: `${60 + i} S`, whatToShow: 'BID_ASK' });
    await settle();
    expect(refused()).toEqual([3]);
  });

  it('sixty in ten minutes and no more', async () => {
    await begin({ messagesPerSecond: 1_000, burst: 1_000 });
    for (let i = 1; i <= 61; i++) bars(i, { durationStr: `${60 + i} S` });
    await settle();
    expect(refused()).toEqual([61]);
    await gateway.advance(600_000);
    bars(62);
    await settle();
    expect(refused()).toEqual([61]);
  });

  it('bars of a minute and more are not counted', async () => {
    await begin({ messagesPerSecond: 1_000 });
    for (let i = 1; i <= 20; i++) bars(i, { barSizeSetting: '1 min', durationStr: '1800 S' });
    await settle();
    expect(client.of('historicalData')).toHaveLength(20);
  });

  it('all of it can be switched off', async () => {
    await begin('off');
    for (let i = 1; i <= 80; i++) bars(i);
    await settle();
    expect(client.of('historicalData')).toHaveLength(80);
  });
});

describe('accounts', () => {
  it('two summaries at once, the third gets 322; a cancelled one makes room', async () => {
    await begin('off');
    for (const reqId of [1, 2, 3]) client.send('reqAccountSummary', { reqId, group: 'All', tags: 'NetLiquidation' });
    await settle();
    expect(client.of('accountSummaryEnd').map(({ reqId }) => reqId)).toEqual([1, 2]);
    expect(client.of('error')).toMatchObject([{ reqId: 3, errorCode: 322 }]);
    client.send('cancelAccountSummary', { reqId: 1 });
    client.send('reqAccountSummary', { reqId: 4, group: 'All', tags: 'NetLiquidation' });
    await client.wait('accountSummaryEnd', ({ reqId }) => reqId === 4);
  });
});
