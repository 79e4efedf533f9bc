// Refusals of requests that gateways are known for: malformed dates, depth, numbers in use, places of a scan, identifiers.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import type { OutgoingKind, RequestInput } from '../../../src/protocol/registry.js';
import { AAPL, closeAll, type WireClient, wireClient } from './wire-client.js';

let gateway: SimulatedGateway;
let client: WireClient;
beforeEach(async () => {
  gateway = await simulate({ clock: 'virtual', pacing: 'off' });
  client = await wireClient(gateway.port);
});
afterEach(async () => {
  closeAll();
  await gateway.close();
});

/** Codes and kinds of what came for a request by the answer to a later question. */
async function told(reqId: number): Promise<(string | number | undefined)[]> {
  client.send('reqCurrentTime', {});
  await client.wait('currentTime');
  return client.messages
    .splice(0)
    .flatMap((message) =>
      'reqId' in message && message.reqId === reqId ? [message.kind === 'error' ? message.errorCode : message.kind] : [],
    );
}
const errorOf = (reqId: number) => client.wait('error', (error) => error.reqId === reqId);

describe('a date that is none (10372)', () => {
  const MALFORMED = ['2026', '2026-09-18', '20260931', '202613', '20260918 08:30:00 US/Central', 'SEP26', '19770101', '30010101'];
  const fut = (lastTradeDateOrContractMonth: string) =>
    ({ symbol: 'ES', secType: 'FUT', exchange: 'CME', currency: 'USD', lastTradeDateOrContractMonth }) as const;
  const option = (date: string) =>
    ({ ...fut(date), secType: 'OPT', symbol: 'AAPL', exchange: 'SMART', strike: 250, right: 'C' }) as const;

  type Asking = { [K in OutgoingKind]: readonly [K, (date: string) => RequestInput<K>] }[OutgoingKind];
  const asking: readonly Asking[] = [
    ['reqContractDetails', (date) => ({ reqId: 1, contract: fut(date) })],
    [
      'reqMktData',
      (date) => ({ reqId: 1, contract: fut(date), genericTickList: '', snapshot: false, regulatorySnapshot: false }),
    ],
    ['reqMktDepth', (date) => ({ reqId: 1, contract: fut(date), numRows: 5, isSmartDepth: false })],
    ['reqTickByTickData', (date) => ({ reqId: 1, contract: fut(date), tickType: 'Last', numberOfTicks: 0, ignoreSize: false })],
    ['reqRealTimeBars', (date) => ({ reqId: 1, contract: fut(date), barSize: 5, whatToShow: 'TRADES', useRTH: false })],
    [
      'reqHistoricalData',
      (date) => ({
        reqId: 1,
        contract: fut(date),
        endDateTime: '',
        durationStr: '1 D',
        barSizeSetting: '1 hour',
        whatToShow: 'TRADES',
        useRTH: true,
        formatDate: 1,
        keepUpToDate: false,
      }),
    ],
    [
      'reqHistoricalTicks',
      (date) => ({
        reqId: 1,
        contract: fut(date),
        startDateTime: '',
        endDateTime: '20260902-13:00:00',
        numberOfTicks: 5,
        whatToShow: 'TRADES',
        useRth: false,
        ignoreSize: false,
      }),
    ],
    ['reqHeadTimestamp', (date) => ({ reqId: 1, contract: fut(date), whatToShow: 'TRADES', useRTH: true, formatDate: 1 })],
    ['reqHistogramData', (date) => ({ reqId: 1, contract: fut(date), useRTH: true, timePeriod: '1 day' })],
    ['calculateImpliedVolatility', (date) => ({ reqId: 1, contract: option(date), optionPrice: 10, underPrice: 250 })],
    ['calculateOptionPrice', (date) => ({ reqId: 1, contract: option(date), volatility: 0.3, underPrice: 250 })],
    [
      'exerciseOptions',
      (date) => ({
        reqId: 1,
        contract: option(date),
        exerciseAction: 1,
        exerciseQuantity: 1,
        account: 'DU9000001',
        override: 0,
      }),
    ],
  ];

  it.each(asking.map(([kind, request]) => [kind, request] as const))(
    '%s refuses each before it looks the contract up',
    async (kind, request) => {
      for (const date of MALFORMED) {
        client.send(kind, (request as (date: string) => RequestInput<typeof kind>)(date));
        expect(await errorOf(1), date).toMatchObject({
          errorCode: 10372,
          errorString:
            'lastTradeDateOrContractMonth: The date entered is invalid. The correct format is yyyyMM for a contract month or yyyyMMdd for a date. E.g.: 202607 or 20260724.',
        });
        client.clear();
      }
    },
  );

  it.each(['', 'NOEXP', '202609', '20260918', '197801', '30001231'])("'%s' passes", async (date) => {
    client.send('reqContractDetails', { reqId: 1, contract: fut(date) });
    expect(await told(1)).not.toContain(10372);
  });
});

describe('market depth', () => {
  const depth = (more: object) =>
    client.send('reqMktDepth', { reqId: 1, contract: AAPL, numRows: 5, isSmartDepth: false, ...more });

  it.each([
    [{ contract: { conId: 265598 } }, 'Please enter exchange.'],
    [{ contract: { conId: 265598, exchange: '' } }, 'Please enter exchange.'],
    [{ contract: { ...AAPL, exchange: '' } }, 'Please enter exchange.'],
    [
      { contract: { symbol: 'AAPL', secType: 'BAG', exchange: 'SMART', currency: 'USD' } },
      'Market depth does not support combos.',
    ],
    [{ numRows: 0 }, 'Market depth rows requested must be greater than zero.'],
    [{ numRows: -3 }, 'Market depth rows requested must be greater than zero.'],
  ])('%j: 321 %s', async (more, cause) => {
    depth(more);
    expect(await errorOf(1)).toMatchObject({ errorCode: 321, errorString: expect.stringContaining(cause) as string });
    expect(await told(1)).toEqual([321]);
  });

  it.each([true, false])(
    'asked with the smart flag %s it is not cancelled with the other one: 310, and the book goes on',
    async (isSmartDepth) => {
      depth({ isSmartDepth });
      await client.wait('updateMktDepthL2');
      client.send('cancelMktDepth', { reqId: 1, isSmartDepth: !isSmartDepth });
      await client.wait('error', ({ errorCode }) => errorCode === 310);
      client.clear();
      gateway.market.set('AAPL', 300);
      await client.wait('updateMktDepthL2');
      client.send('cancelMktDepth', { reqId: 1, isSmartDepth });
      await told(1);
      gateway.market.set('AAPL', 310);
      expect(await told(1)).toEqual([]);
    },
  );
});

describe('numbers in use', () => {
  it('386: the second history request is refused, the first goes on', async () => {
    const bars = {
      contract: AAPL,
      endDateTime: '',
      durationStr: '600 S',
      barSizeSetting: '1 min',
      whatToShow: 'TRADES',
    } as const;
    const live = { ...bars, useRTH: true, formatDate: 1, keepUpToDate: true } as const;
    client.send('reqHistoricalData', { reqId: 1, ...live });
    await client.wait('historicalDataEnd');
    client.send('reqHistoricalData', { reqId: 1, ...live, whatToShow: 'MIDPOINT' });
    expect(await errorOf(1)).toMatchObject({ errorCode: 386 });
    client.clear();
    await gateway.advance(6_000);
    await client.wait('historicalDataUpdate', ({ reqId }) => reqId === 1);
  });

  it('385: the second scan is refused, the first goes on', async () => {
    const subscription = { instrument: 'STK', locationCode: 'STK.US', scanCode: 'TOP_PERC_GAIN' };
    client.send('reqScannerSubscription', { reqId: 1, subscription });
    await client.wait('scannerData');
    client.send('reqScannerSubscription', { reqId: 1, subscription });
    expect(await errorOf(1)).toMatchObject({ errorCode: 385 });
    client.send('cancelScannerSubscription', { reqId: 1 });
    await client.wait('error', ({ errorCode }) => errorCode === 162);
  });
});

describe('places of a scan', () => {
  const scan = (instrument: string, locationCode: string) =>
    client.send('reqScannerSubscription', { reqId: 1, subscription: { instrument, locationCode, scanCode: 'MOST_ACTIVE' } });

  it.each([
    ['STK', 'STK.US.MOON'],
    ['STK', 'STK.EU'],
    ['STK', ''],
    ['STK', 'STK.US,STK.TSEJ'],
    ['STOCK.EU', 'STK.US'],
    ['FUT.US', 'FUT.US'],
  ])('%s at %j is not configured (162)', async (instrument, locationCode) => {
    scan(instrument, locationCode);
    expect(await errorOf(1)).toMatchObject({
      errorCode: 162,
      errorString:
        'Historical Market Data Service error message:Error: Market Scanner is not configured for one of the chosen locations.',
    });
    expect(await told(1)).toEqual([162]);
  });

  it.each([
    ['STK.NYSE', ['NYSE']],
    ['STK.NASDAQ', ['NASDAQ']],
    ['STK.NASDAQ,STK.NYSE', ['NASDAQ', 'NYSE']],
  ])('%s lists what trades there, and nothing else', async (locationCode, exchanges) => {
    scan('STK', locationCode);
    const { elements = [] } = await client.wait('scannerData');
    const found = elements.map(({ contract }) => gateway.market.instrument(contract?.conId ?? 0)?.primaryExchange);
    expect([...new Set(found)].sort()).toEqual(exchanges);
  });
});

describe('identifiers', () => {
  const byIsin = { secType: 'STK', exchange: 'SMART', currency: 'USD', secIdType: 'ISIN', secId: 'US0378331005' };

  it('find a contract in contract details', async () => {
    client.send('reqContractDetails', { reqId: 1, contract: byIsin });
    expect((await client.wait('contractDetails')).contract?.symbol).toBe('AAPL');
  });

  it.each(['isin', 'Isin', 'WKN', 'SYMBOL'])('of the kind %s are ignored, and the symbol is used', async (secIdType) => {
    client.send('reqContractDetails', { reqId: 1, contract: { ...byIsin, secIdType, symbol: 'MSFT' } });
    expect((await client.wait('contractDetails')).contract?.symbol).toBe('MSFT');
  });

  it.each(['CUSIP', 'SEDOL', 'ISIN', 'RIC', 'FIGI', 'BB_SYMBOL'])(
    'of the kind %s are looked up, also in vain',
    async (secIdType) => {
      client.send('reqContractDetails', { reqId: 1, contract: { ...byIsin, secIdType, secId: 'NOTHING', symbol: 'MSFT' } });
      expect(await errorOf(1)).toMatchObject({ errorCode: 200 });
    },
  );

  it('market data and history do not look at them', async () => {
    const other = { ...byIsin, symbol: 'MSFT' };
    client.send('reqMktData', { reqId: 1, contract: other, genericTickList: '', snapshot: false, regulatorySnapshot: false });
    const { price } = await client.wait('tickPrice', ({ tickType }) => tickType === 9);
    const msft = gateway.world.universe.statics.find(({ symbol, secType }) => symbol === 'MSFT' && secType === 'STK');
    expect(price).toBe(gateway.market.quote(msft?.conId ?? 0).close);
    client.send('reqMktData', { reqId: 2, contract: byIsin, genericTickList: '', snapshot: false, regulatorySnapshot: false });
    expect(await errorOf(2)).toMatchObject({ errorCode: 200 });
  });
});

describe('a head timestamp that its farm does not answer', () => {
  const ask = () =>
    client.send('reqHeadTimestamp', { reqId: 1, contract: AAPL, whatToShow: 'TRADES', useRTH: true, formatDate: 1 });

  it('is given up after 5 s with 162', async () => {
    gateway.faults.farm('ushmds', 'broken');
    ask();
    expect(await told(1)).toEqual([]);
    await gateway.advance(4_999);
    expect(await told(1)).toEqual([]);
    await gateway.advance(1);
    expect(await errorOf(1)).toMatchObject({
      errorCode: 162,
      errorString: 'Historical Market Data Service error message:Request Timed Out',
    });
  });

  it('is silent once it was cancelled', async () => {
    gateway.faults.disconnect();
    ask();
    client.send('cancelHeadTimestamp', { reqId: 1 });
    await told(1);
    await gateway.advance(10_000);
    expect(await told(1)).toEqual([]);
  });
});
