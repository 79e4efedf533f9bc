// Contracts, chains, news, scanners, groups, configuration: what changes rarely.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { AAPL, closeAll, type WireClient, wireClient } from './wire-client.js';

let gateway: SimulatedGateway;

beforeAll(async () => {
  gateway = await simulate({ clock: 'virtual', pacing: 'off' });
});
afterEach(closeAll);
afterAll(() => gateway.close());

const open = (version = 225): Promise<WireClient> =>
  wireClient(gateway.port, { version, clientId: 1 + (Math.floor(performance.now() * 1000) % 1_000_000) });

describe('contract details', () => {
  it('a chain of futures comes in no order, with the hour of expiry in details and the bare day beside it', async () => {
    const client = await open();
    client.send('reqContractDetails', { reqId: 1, contract: { symbol: 'ES', secType: 'FUT', exchange: 'CME', currency: 'USD' } });
    await client.wait('contractDetailsEnd');
    const rows = client.of('contractDetails');
    const days = rows.map(({ contract }) => contract?.lastTradeDate ?? '');
    expect(days.length).toBeGreaterThan(4);
    expect([...days].sort()).not.toEqual(days);
    const september = rows.find(({ contract }) => contract?.localSymbol === 'ESU6');
    expect(september?.contract).toMatchObject({
      lastTradeDateOrContractMonth: '20260918 08:30:00 US/Central',
      lastTradeDate: '20260918',
      multiplier: '50',
    });
    expect(september?.contractDetails).toMatchObject({ minTick: 0.25, underSymbol: 'ES', contractMonth: '202609' });
  });

  it('a bond travels as its own kind, a fund with its facts, an index without class or market', async () => {
    const client = await open();
    const bond = gateway.world.universe.statics.find(({ secType }) => secType === 'BOND');
    client.send('reqContractDetails', { reqId: 1, contract: { conId: bond?.conId ?? 0 } });
    const row = await client.wait('bondContractDetails');
    expect(row.contractDetails).toMatchObject({ cusip: bond?.bond?.cusip, coupon: bond?.bond?.coupon });
    await client.wait('contractDetailsEnd');
    expect(client.of('contractDetails')).toEqual([]);
    const fund = gateway.world.universe.statics.find(({ secType }) => secType === 'FUND');
    client.send('reqContractDetails', { reqId: 2, contract: { conId: fund?.conId ?? 0 } });
    expect((await client.wait('contractDetails')).contractDetails).toMatchObject({
      fundName: fund?.fund?.fundName,
      fundFamily: fund?.fund?.fundFamily,
    });
    client.clear();
    client.send('reqContractDetails', {
      reqId: 3,
      contract: { symbol: 'SPX', secType: 'IND', exchange: 'CBOE', currency: 'USD' },
    });
    expect((await client.wait('contractDetails')).contract?.tradingClass ?? '').toBe('');
  });

  it('one answer can have hundreds of options', async () => {
    const client = await open();
    client.send('reqContractDetails', {
      reqId: 1,
      contract: { symbol: 'AAPL', secType: 'OPT', exchange: 'SMART', currency: 'USD', lastTradeDateOrContractMonth: '202609' },
    });
    await client.wait('contractDetailsEnd');
    const rows = client.of('contractDetails');
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map(({ contract }) => contract?.conId)).size).toBe(rows.length);
    expect(
      rows.every(({ contract }) => contract?.multiplier === '100' && (contract.right === 'C' || contract.right === 'P')),
    ).toBe(true);
  });

  it('the option chain has a row for each exchange and class, and its pairs exist', async () => {
    const client = await open();
    client.send('reqSecDefOptParams', {
      reqId: 1,
      underlyingSymbol: 'AAPL',
      futFopExchange: '',
      underlyingSecType: 'STK',
      underlyingConId: 265598,
    });
    await client.wait('securityDefinitionOptionParameterEnd');
    const rows = client.of('securityDefinitionOptionParameter');
    expect(rows.map(({ exchange }) => exchange)).toContain('SMART');
    expect(rows.every(({ multiplier, underlyingConId }) => multiplier === '100' && underlyingConId === 265598)).toBe(true);
    const { expirations = [], strikes = [] } = rows[0] ?? {};
    expect([...expirations].sort()).toEqual(expirations);
    const strike = strikes[Math.floor(strikes.length / 2)] ?? 0;
    client.send('reqContractDetails', {
      reqId: 2,
      contract: {
        symbol: 'AAPL',
        secType: 'OPT',
        exchange: 'SMART',
        currency: 'USD',
        lastTradeDateOrContractMonth: expirations[0] ?? '',
        strike,
        right: 'C',
      },
    });
    expect((await client.wait('contractDetails')).contract?.strike).toBe(strike);
    client.clear();
    client.send('reqSecDefOptParams', {
      reqId: 3,
      underlyingSymbol: 'AAPL',
      futFopExchange: '',
      underlyingSecType: 'STK',
      underlyingConId: 0,
    });
    expect(await client.wait('error')).toMatchObject({ errorCode: 321 });
    client.send('reqSecDefOptParams', {
      reqId: 4,
      underlyingSymbol: 'AAPL',
      futFopExchange: 'SMART',
      underlyingSecType: 'STK',
      underlyingConId: 265598,
    });
    await client.wait('securityDefinitionOptionParameterEnd', ({ reqId }) => reqId === 4);
    expect(client.of('securityDefinitionOptionParameter')).toEqual([]);
  });

  it('symbols, market rules and exchange letters are found; unknown rules get 322', async () => {
    const client = await open();
    client.send('reqMatchingSymbols', { reqId: 1, pattern: 'aap' });
    const { contractDescriptions = [] } = await client.wait('symbolSamples');
    expect(contractDescriptions[0]).toMatchObject({
      contract: { conId: 265598, symbol: 'AAPL' },
      derivativeSecTypes: expect.arrayContaining(['OPT', 'CFD']),
    });
    const bond = gateway.world.universe.statics.find(({ secType }) => secType === 'BOND');
    client.clear();
    client.send('reqMatchingSymbols', { reqId: 2, pattern: bond?.longName.slice(0, 8) ?? '' });
    const issuers = ((await client.wait('symbolSamples')).contractDescriptions ?? []).filter(
      ({ contract }) => contract?.secType === 'BOND',
    );
    expect(issuers[0]?.contract).toMatchObject({ description: bond?.longName, issuerId: expect.stringMatching(/^e/) });
    expect(issuers[0]?.contract?.conId ?? 0).toBe(0);
    client.send('reqHistogramData', { reqId: 3, contract: AAPL, useRTH: true, timePeriod: '3 days' });
    const prices = ((await client.wait('histogramData')).items ?? []).map(({ price }) => price ?? 0);
    expect(prices.length).toBeGreaterThan(50);
    expect([...prices].sort((a, b) => a - b)).not.toEqual(prices);
    client.send('reqMarketRule', { marketRuleId: 109 });
    expect((await client.wait('marketRule')).priceIncrements).toEqual([
      { lowEdge: 0, increment: 0.01 },
      { lowEdge: 3, increment: 0.05 },
    ]);
    client.send('reqMarketRule', { marketRuleId: 123456 });
    expect(await client.wait('error', ({ errorCode }) => errorCode === 322)).toMatchObject({ reqId: -1 });
    client.send('reqSmartComponents', { reqId: 2, bboExchange: '9c0001' });
    expect((await client.wait('smartComponents')).components?.map(({ exchange }) => exchange)).toContain('NASDAQ');
    client.clear();
    client.send('reqSmartComponents', { reqId: 3, bboExchange: 'nothing' });
    expect((await client.wait('smartComponents')).components).toEqual([]);
  });

  it('a price has an implied volatility and that volatility the price', async () => {
    const client = await open();
    const contract = { localSymbol: 'AAPL  260918C00315000', secType: 'OPT', exchange: 'SMART', currency: 'USD' };
    client.send('calculateOptionPrice', { reqId: 1, contract, volatility: 0.31, underPrice: 316 });
    const { optPrice = 0, delta } = await client.wait('tickOptionComputation');
    expect(delta).toBeGreaterThan(0);
    client.send('calculateImpliedVolatility', { reqId: 2, contract, optionPrice: optPrice, underPrice: 316 });
    const back = await client.wait('tickOptionComputation', ({ reqId }) => reqId === 2);
    expect(back.impliedVol).toBeCloseTo(0.31, 6);
    expect([back.delta, back.gamma]).toEqual([undefined, undefined]);
  });

  it('ticks of the past page by their edge, and ask for exactly one of start and end', async () => {
    const client = await open();
    const ask = (reqId: number, more: object) =>
      client.send('reqHistoricalTicks', {
        reqId,
        contract: AAPL,
        startDateTime: '',
        endDateTime: '',
        numberOfTicks: 50,
        whatToShow: 'TRADES',
        useRth: true,
        ignoreSize: false,
        ...more,
      });
    ask(1, { startDateTime: '20260902 09:45:00 US/Eastern' });
    const { ticks = [], done } = await client.wait('historicalTicksLast');
    expect([ticks.length, done]).toEqual([50, true]);
    ask(2, { endDateTime: '20260902-13:45:00', whatToShow: 'MIDPOINT' });
    const before = (await client.wait('historicalTicks')).ticks ?? [];
    expect(before.at(-1)?.time ?? 0).toBeLessThan(ticks[0]?.time ?? 0);
    ask(3, { startDateTime: '20260902 09:45:00 US/Eastern', endDateTime: '20260902 09:46:00 US/Eastern' });
    ask(4, { startDateTime: '20260902 09:45:00 US/Eastern', numberOfTicks: 1001 });
    ask(5, { startDateTime: 'soon' });
    await client.wait('error', ({ reqId }) => reqId === 5);
    expect(
      client
        .of('error')
        .filter(({ reqId }) => (reqId ?? 0) > 2)
        .map(({ errorCode }) => errorCode),
    ).toEqual([321, 321, 10314]);
  });
});

describe('news, scanners, events', () => {
  it('headlines carry their metadata in braces, at most as many as asked, and articles can be read', async () => {
    const client = await open();
    client.send('reqHistoricalNews', {
      reqId: 1,
      conId: 265598,
      providerCodes: 'BRFG+BRFUPDN+DJ-N+DJNL',
      startDateTime: '2026-08-20 00:00:00.0',
      endDateTime: '',
      totalResults: 5,
    });
    expect(await client.wait('historicalNewsEnd')).toMatchObject({ hasMore: true });
    const rows = client.of('historicalNews');
    expect(rows).toHaveLength(5);
    expect(
      rows.every(
        ({ headline, time }) =>
          /^\{A:\d+:L:en:K:n\/a:C:[\d.]+\}APPLE INC/.test(headline ?? '') &&
          /^2026-\d\d-\d\d \d\d:\d\d:\d\d\.0$/.test(time ?? ''),
      ),
    ).toBe(true);
    client.send('reqNewsArticle', { reqId: 2, providerCode: rows[0]?.providerCode ?? '', articleId: rows[0]?.articleId ?? '' });
    expect((await client.wait('newsArticle')).articleText).toContain(rows[0]?.articleId);
    client.send('reqNewsArticle', { reqId: 3, providerCode: 'DJ-N', articleId: 'nothing' });
    expect(await client.wait('error', ({ reqId }) => reqId === 3)).toMatchObject({ errorCode: 10172 });
  });

  it('news of a subscription comes when its hour comes', async () => {
    const startAt = Date.parse('2026-09-02T22:00:00Z');
    await using evening = await simulate({ clock: 'virtual', pacing: 'off', startAt });
    const client = await wireClient(evening.port, { version: 225, clientId: 1 });
    client.send('reqMktData', { reqId: 1, contract: AAPL, genericTickList: '292', snapshot: false, regulatorySnapshot: false });
    await client.wait('tickPrice');
    expect(client.of('tickNews')).toEqual([]);
    for (let minute = 0; minute < 120 && client.of('tickNews').length === 0; minute++) await evening.advance(60_000);
    const [story] = client.of('tickNews');
    expect(story?.headline).toMatch(/^APPLE INC/);
    expect(story?.extraData).toMatch(/^A:800015/);
    expect(story?.timeStamp).toBeGreaterThan(1_700_000_000_000);
  }, 20_000);

  it('a scanner ranks from 0, best first, and its cancel is answered with 162', async () => {
    const client = await open();
    client.send('reqScannerParameters', {});
    const { xml = '' } = await client.wait('scannerParameters');
    expect(xml).toContain('<scanCode>TOP_PERC_GAIN</scanCode>');
    client.send('reqScannerSubscription', {
      reqId: 1,
      subscription: {
        numberOfRows: 10,
        instrument: 'STK',
        locationCode: 'STK.US.MAJOR',
        scanCode: 'TOP_PERC_GAIN',
        abovePrice: 5,
      },
    });
    const { elements = [] } = await client.wait('scannerData');
    expect(elements.map(({ rank }) => rank)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const gains = elements.map(({ contract }) => {
      const { last, close } = gateway.market.quote(contract?.conId ?? 0);
      return last / close;
    });
    expect([...gains].sort((a, b) => b - a)).toEqual(gains);
    client.send('cancelScannerSubscription', { reqId: 1 });
    expect(await client.wait('error', ({ errorCode }) => errorCode === 162)).toMatchObject({
      errorString: 'Historical Market Data Service error message:API scanner subscription cancelled: 1',
    });
    client.send('reqScannerSubscription', {
      reqId: 2,
      subscription: { instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'TOP_PERC_GAIN', abovePrice: 1e9 },
    });
    await client.wait('error', ({ errorCode }) => errorCode === 165);
    client.send('reqScannerSubscription', {
      reqId: 3,
      subscription: { instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'NO_SUCH_SCAN' },
    });
    await client.wait('error', ({ reqId, errorCode }) => reqId === 3 && errorCode === 162);
  });

  it('events need their metadata first', async () => {
    const client = await open();
    client.send('reqWshMetaData', { reqId: 1 });
    expect(JSON.parse((await client.wait('wshMetaData')).dataJson ?? '').meta_data.event_types.length).toBeGreaterThan(1);
    client.send('reqWshMetaData', { reqId: 2 });
    await client.wait('error', ({ errorCode }) => errorCode === 10279);
    client.send('reqWshEventData', { reqId: 3, conId: 265598 });
    expect(JSON.parse((await client.wait('wshEventData')).dataJson ?? '')[0]).toMatchObject({ conId: 265598, symbol: 'AAPL' });
    client.send('reqWshEventData', { reqId: 4, conId: 265598, filter: '{}' });
    await client.wait('error', ({ errorCode }) => errorCode === 10281);
  });

  it('display groups are shared between clients', async () => {
    const [one, two] = [await open(), await open()];
    for (const client of [one, two]) {
      client.send('subscribeToGroupEvents', { reqId: 7, groupId: 2 });
      await client.wait('displayGroupUpdated');
    }
    one.send('updateDisplayGroup', { reqId: 7, contractInfo: '265598@SMART' });
    expect(await two.wait('displayGroupUpdated', ({ contractInfo }) => contractInfo === '265598@SMART')).toMatchObject({
      reqId: 7,
    });
    two.send('unsubscribeFromGroupEvents', { reqId: 7 });
    two.send('subscribeToGroupEvents', { reqId: 8, groupId: 99 });
    await two.wait('error', ({ reqId, errorCode }) => reqId === 8 && errorCode === 321);
  });

  it('the configuration is told and changed', async () => {
    const client = await open();
    client.send('updateConfig', { reqId: 1, orders: { smartRouting: { defaultAlgorithm: 'Adaptive' } } });
    expect(await client.wait('updateConfigResponse')).toMatchObject({
      status: 'SUCCESS',
      changedFields: ['orders.smartRouting.defaultAlgorithm'],
    });
    client.send('reqConfig', { reqId: 2 });
    expect(await client.wait('configResponse')).toMatchObject({
      reqId: 2,
      orders: { smartRouting: { defaultAlgorithm: 'Adaptive' } },
      api: { settings: { readOnlyApi: false } },
    });
    client.send('updateConfig', { reqId: 3 });
    await client.wait('updateConfigResponse', ({ reqId, status }) => reqId === 3 && status === 'FAILED');
  });

  it('bulletins come at once when all are wanted', async () => {
    const client = await open();
    client.send('reqNewsBulletins', { allMsgs: true });
    expect((await client.wait('updateNewsBulletin')).newsMessage).toContain('\n');
  });
});
