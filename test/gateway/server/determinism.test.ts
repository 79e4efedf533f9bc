// Same seed, same clock, same client bytes: the same bytes back, on every wire.

import { afterEach, describe, expect, it } from 'vitest';
import { simulate } from '../../../src/gateway/simulate.js';
import { AAPL, closeAll, EURUSD, MSFT, type WireClient, wireClient } from './wire-client.js';

afterEach(closeAll);

/** Waits until an answer shows that everything before it was answered. */
async function settle(client: WireClient): Promise<void> {
  const before = client.of('currentTime').length;
  client.send('reqCurrentTime', {});
  await client.wait('currentTime', () => client.of('currentTime').length > before);
}

async function session(seed: number, version: number): Promise<Buffer> {
  await using gateway = await simulate({
    seed,
    clock: 'virtual',
    serverVersion: version,
    accounts: [{ kind: 'individual-margin', holdings: { MSFT: 50 } }],
  });
  const client = await wireClient(gateway.port, { version });
  const quote = { genericTickList: '', snapshot: false, ...(version >= 114 && { regulatorySnapshot: false }) };
  client.send('reqMktData', { reqId: 1, contract: AAPL, ...quote });
  client.send('reqMktData', { reqId: 2, contract: EURUSD, ...quote });
  client.send('reqMktDepth', { reqId: 3, contract: MSFT, numRows: 5, ...(version >= 146 && { isSmartDepth: false }) });
  client.send('reqAccountUpdates', { subscribe: true, acctCode: 'DU9000001' });
  client.send('reqContractDetails', { reqId: 4, contract: { symbol: 'ES', secType: 'FUT', exchange: 'CME', currency: 'USD' } });
  await settle(client);
  await gateway.advance(3_000);
  client.send('placeOrder', {
    orderId: 1,
    contract: AAPL,
    order: { action: 'BUY', orderType: 'MKT', totalQuantity: '100', tif: 'DAY', transmit: true },
  });
  client.send('placeOrder', {
    orderId: 2,
    contract: MSFT,
    order: { action: 'SELL', orderType: 'TRAIL', trailingPercent: 0.1, totalQuantity: '50', tif: 'DAY', transmit: true },
  });
  await settle(client);
  await gateway.advance(120_000);
  client.send('reqExecutions', { reqId: 5, filter: {} });
  client.send('reqHistoricalData', {
    reqId: 6,
    contract: AAPL,
    endDateTime: '',
    barSizeSetting: '5 secs',
    durationStr: '300 S',
    useRTH: true,
    whatToShow: 'TRADES',
    formatDate: 2,
    ...(version >= 124 && { keepUpToDate: false }),
  });
  await settle(client);
  const bytes = Buffer.concat(client.bytes);
  client.close();
  return bytes;
}

describe('determinism', () => {
  it.each([100, 176, 203, 225])('two gateways of one seed send the same bytes at version %i', async (version) => {
    const [one, two] = [await session(7, version), await session(7, version)];
    expect(one.length).toBeGreaterThan(20_000);
    expect(Buffer.compare(one, two)).toBe(0);
  });

  it('another seed sends others', async () => {
    expect(Buffer.compare(await session(7, 225), await session(8, 225))).not.toBe(0);
  });
});
