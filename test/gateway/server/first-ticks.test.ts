// What a subscription begins with, in the order of recorded sessions, and sizes in whole lots.
import { afterEach, describe, expect, it } from 'vitest';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { AAPL, closeAll, EURUSD, type WireClient, wireClient } from './wire-client.js';

let gateway: SimulatedGateway;
let client: WireClient;
afterEach(async () => {
  closeAll();
  await gateway.close();
});

const CLOSED = Date.UTC(2026, 8, 5, 16); // Saturday

async function begin(options: object, version = 225): Promise<void> {
  gateway = await simulate({ clock: 'virtual', pacing: 'off', ...options });
  client = await wireClient(gateway.port, { version });
  client.send('reqMarketDataType', { marketDataType: 3 });
}

/** Everything that came for a request by the answer to a later question; ticks by their type. */
async function beginning(reqId: number, contract: object, snapshot = false): Promise<(string | number)[]> {
  client.clear();
  client.send('reqMktData', { reqId, contract, genericTickList: '', snapshot, regulatorySnapshot: false });
  client.send('reqCurrentTime', {});
  await client.wait('currentTime');
  return client.messages.flatMap((message): (string | number)[] => {
    if (message.kind === 'error') return message.reqId === reqId ? [`error ${message.errorCode}`] : [];
    if ('tickType' in message) return [Number(message.tickType)];
    return 'reqId' in message ? [message.kind] : [];
  });
}

describe('delayed data', () => {
  it('a stream begins with the day and ends with the quote (ibkr-go-market-data-type-switch-v225)', async () => {
    await begin({ marketData: 'delayed' });
    expect(await beginning(1, AAPL)).toEqual([
      'tickReqParams',
      'marketDataType',
      'error 10167',
      76,
      72,
      73,
      74,
      75,
      68,
      88,
      66,
      67,
    ]);
    expect(client.of('tickPrice').map(({ attribMask }) => attribMask)).toEqual(client.of('tickPrice').map(() => 0));
    expect(client.of('tickPrice').find(({ tickType }) => tickType === 66)?.size).toBe(
      gateway.world.market.delayedQuote(265598).bidSize,
    );
  });

  it('a snapshot begins with the quote (ibkr-go-bracket-trail-refused-v225)', async () => {
    await begin({ marketData: 'delayed' });
    expect(await beginning(1, AAPL, true)).toEqual([
      'marketDataType',
      'tickReqParams',
      'error 10167',
      66,
      67,
      68,
      88,
      72,
      73,
      74,
      75,
      76,
    ]);
    await gateway.advance(300);
    await client.wait('tickSnapshotEnd');
  });

  it('on a closed day there is no bid, no ask and no open (ibkr-go-delayed-quote-reconnect-v225)', async () => {
    await begin({ marketData: 'delayed', startAt: CLOSED });
    expect((await beginning(1, AAPL)).slice(3)).toEqual([72, 73, 74, 75, 68, 88]);
  });

  it('10167 does not come where the data flows for somebody already', async () => {
    await begin({ marketData: 'delayed' });
    expect(await beginning(1, AAPL)).toContain('error 10167');
    expect(await beginning(2, AAPL)).not.toContain('error 10167');
    client.send('cancelMktData', { reqId: 1 });
    client.send('cancelMktData', { reqId: 2 });
    expect(await beginning(3, AAPL)).toContain('error 10167');
  });
});

it('a currency: time and halt, the day, and its quote last (ibkr-go-fx-rejected-v225)', async () => {
  await begin({});
  const said = await beginning(1, EURUSD, true);
  expect(said.filter((one) => one !== 0 && one !== 3)).toEqual(['marketDataType', 'tickReqParams', 45, 49, 6, 7, 9, 1, 2]);
});

it.each([100, 158])('sizes in lots are whole at %i: bids, trades, volume, bars', async (version) => {
  await begin({}, version);
  // Trades in odd lots most of the time.
  const thin = { symbol: 'MELI', secType: 'STK', exchange: 'SMART', currency: 'USD' };
  await beginning(1, thin);
  await gateway.advance(120_000);
  client.send('reqHistoricalData', {
    reqId: 2,
    contract: thin,
    endDateTime: '',
    durationStr: '600 S',
    barSizeSetting: '1 min',
    whatToShow: 'TRADES',
    useRTH: true,
    formatDate: 2,
    keepUpToDate: false,
  });
  const bars = (await client.wait('historicalData')).bars ?? [];
  const sizes = [
    ...client.of('tickSize').map(({ size }) => size ?? 0),
    ...client.of('tickPrice').map(({ size }) => size ?? 0),
    ...bars.map(({ volume }) => Number(volume)),
  ];
  expect(sizes.length).toBeGreaterThan(30);
  expect(sizes.filter((size) => !Number.isInteger(size))).toEqual([]);
  const sides = client.of('tickSize').filter(({ tickType }) => tickType === 0 || tickType === 3);
  expect(sides.filter(({ size }) => (size ?? 0) < 1)).toEqual([]);
});
