// Quotes, depth, ticks and bars as a client sees them.

import { afterEach, describe, expect, it } from 'vitest';
import type { SimulateOptions } from '../../../src/gateway/server/options.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { AAPL, closeAll, EURUSD, MSFT, type WireClient, wireClient } from './wire-client.js';

let gateway: SimulatedGateway;
let client: WireClient;

const begin = async (options: SimulateOptions = {}, version = 225): Promise<void> => {
  gateway = await simulate({ clock: 'virtual', pacing: 'off', ...options });
  client = await wireClient(gateway.port, { version });
  await settle();
  client.clear();
};
afterEach(async () => {
  expect(gateway.log.filter(({ what }) => what === 'trouble')).toEqual([]);
  closeAll();
  await gateway.close();
});

async function settle(): Promise<void> {
  const before = client.of('currentTime').length;
  client.send('reqCurrentTime', {});
  await client.wait('currentTime', () => client.of('currentTime').length > before);
}
const quote = (
  contract: object,
  more: { genericTickList?: string; snapshot?: boolean; regulatorySnapshot?: boolean } = {},
): void =>
  client.send('reqMktData', { reqId: 1, contract, genericTickList: '', snapshot: false, regulatorySnapshot: false, ...more });
const kinds = (): string[] => client.messages.filter(({ kind }) => kind !== 'currentTime').map(({ kind }) => kind);
const tickTypes = (): (number | undefined)[] =>
  client.messages.flatMap((message) => ('tickType' in message ? [message.tickType as number] : []));
/** Trades in odd lots most of the time. */
const THIN = { symbol: 'MELI', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const CLOSED = Date.UTC(2026, 8, 5, 16); // Saturday

describe('quotes', () => {
  it('say what kind of data follows and on which grid, then every tick of the quote', async () => {
    await begin();
    quote(AAPL);
    await settle();
    expect(kinds().slice(0, 4)).toEqual(['marketDataType', 'tickReqParams', 'tickPrice', 'tickSize']);
    expect(client.of('marketDataType')).toMatchObject([{ reqId: 1, marketDataType: 1 }]);
    expect(client.of('tickReqParams')).toMatchObject([{ minTick: 0.01, bboExchange: '9c0001', snapshotPermissions: 4 }]);
    expect(new Set(tickTypes())).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 45, 49]));
    const shown = gateway.market.quote(265598);
    const price = (type: number) => client.of('tickPrice').find(({ tickType }) => tickType === type)?.price;
    expect([price(1), price(2), price(4), price(9)]).toEqual([shown.bid, shown.ask, shown.last, shown.close]);
  });

  it('follow the market: each change is told, by price and by size', async () => {
    await begin();
    quote(AAPL);
    await settle();
    client.clear();
    for (const price of [300, 301.5, 280]) {
      gateway.market.set('AAPL', price);
      await settle();
      const { bid, bidSize, ask, askSize, last, low } = gateway.market.quote(265598);
      const latest = (type: number) =>
        client
          .of('tickPrice')
          .filter(({ tickType }) => tickType === type)
          .at(-1)?.price;
      const size = (type: number) =>
        client
          .of('tickSize')
          .filter(({ tickType }) => tickType === type)
          .at(-1)?.size;
      expect([latest(1), latest(2), latest(4)]).toEqual([bid, ask, last]);
      expect([size(0), size(3)]).toEqual([bidSize, askSize]);
      if (price === 280) expect(latest(7)).toBe(low);
    }
    client.send('cancelMktData', { reqId: 1 });
    await settle();
    client.clear();
    await gateway.advance(5_000);
    expect(kinds()).toEqual([]);
  });

  it('count US shares in hundreds below 159 and volumes below 220', async () => {
    await begin({}, 158);
    const sizes = async (): Promise<(number | undefined)[]> => {
      quote(AAPL);
      await settle();
      return [0, 8].map((type) => client.of('tickSize').find(({ tickType }) => tickType === type)?.size);
    };
    const { bidSize, volume } = gateway.market.quote(265598);
    expect(volume % 100).toBeGreaterThan(0);
    expect(await sizes()).toEqual([bidSize / 100, Math.floor(volume / 100)]);
    client = await wireClient(gateway.port, { version: 219, clientId: 2 });
    expect(await sizes()).toEqual([bidSize, Math.floor(volume / 100)]);
    client = await wireClient(gateway.port, { version: 220, clientId: 3 });
    expect(await sizes()).toEqual([bidSize, volume]);
  });

  it('a snapshot ends with its marker and takes no generic ticks', async () => {
    await begin();
    quote(AAPL, { snapshot: true });
    await settle();
    await gateway.advance(1_000);
    await client.wait('tickSnapshotEnd');
    const count = client.messages.length;
    await gateway.advance(5_000);
    expect(client.messages.length).toBe(count);
    quote(AAPL, { snapshot: true, genericTickList: '233' });
    expect(await client.wait('error')).toMatchObject({ errorCode: 414 });
    quote(AAPL, { regulatorySnapshot: true });
    await settle();
    await gateway.advance(1_000);
    await client.wait('tickSnapshotEnd', () => client.of('tickSnapshotEnd').length === 2);
  });

  it('a closed market has no bid and no ask, unless frozen data is wanted', async () => {
    await begin({ startAt: CLOSED });
    quote(AAPL);
    await settle();
    expect(
      client
        .of('tickPrice')
        .filter(({ tickType }) => tickType === 1 || tickType === 2)
        .map(({ price }) => price),
    ).toEqual([-1, -1]);
    client.clear();
    client.send('cancelMktData', { reqId: 1 });
    client.send('reqMarketDataType', { marketDataType: 2 });
    quote(AAPL);
    await settle();
    expect(client.of('marketDataType')).toMatchObject([{ marketDataType: 2 }]);
    expect(client.of('tickPrice').find(({ tickType }) => tickType === 1)?.price).toBeGreaterThan(0);
  });

  it('without rights: 354, or delayed data with 10167 where that is wanted, of a quarter of an hour ago', async () => {
    await begin({ marketData: 'delayed' });
    quote(AAPL);
    expect(await client.wait('error')).toMatchObject({ reqId: 1, errorCode: 354 });
    client.clear();
    client.send('reqMarketDataType', { marketDataType: 3 });
    gateway.market.set('AAPL', 200);
    quote(AAPL);
    await settle();
    expect(kinds().slice(0, 3)).toEqual(['tickReqParams', 'marketDataType', 'error']);
    expect(client.of('error')).toMatchObject([{ errorCode: 10167 }]);
    expect(client.of('marketDataType')).toMatchObject([{ marketDataType: 3 }]);
    const bid = () =>
      client
        .of('tickPrice')
        .filter(({ tickType }) => tickType === 66)
        .at(-1)?.price ?? 0;
    expect(bid()).toBeGreaterThan(300);
    await gateway.advance(16 * 60_000);
    await settle();
    expect(bid()).toBeLessThan(220);
  });

  it('10089 as the refusal comes after the grid, and names what would have to be subscribed', async () => {
    await begin({ marketData: 'delayed', refusal: 10089 });
    quote(AAPL);
    expect((await client.wait('error')).errorString).toMatch(/Delayed market data is available\.AAPL NASDAQ\.NMS\/TOP\/ALL$/);
    expect(kinds()).toEqual(['tickReqParams', 'error']);
  });

  it('a CFD sends its asker to the stock, quotes and depth alike', async () => {
    await begin();
    const cfd = { symbol: 'AAPL', secType: 'CFD', exchange: 'SMART', currency: 'USD' };
    quote(cfd);
    client.send('reqMktDepth', { reqId: 2, contract: cfd, numRows: 5, isSmartDepth: false });
    expect(await client.wait('rerouteMktDataReq')).toMatchObject({ reqId: 1, conId: 265598, exchange: 'SMART' });
    expect(await client.wait('rerouteMktDepthReq')).toMatchObject({ reqId: 2, conId: 265598 });
    expect(client.of('tickPrice')).toEqual([]);
  });

  it('generic ticks come beside the quote; numbers nobody knows are refused with 321', async () => {
    await begin();
    quote(AAPL, { genericTickList: '100,104,106,165,233,236,318' });
    await settle();
    expect(tickTypes()).toEqual(expect.arrayContaining([23, 24, 29, 30, 46, 48, 89]));
    expect(
      client
        .of('tickString')
        .find(({ tickType }) => tickType === 48)
        ?.value?.split(';'),
    ).toHaveLength(6);
    client.clear();
    client.send('reqMktData', {
      reqId: 2,
      contract: MSFT,
      genericTickList: '233,9999',
      snapshot: false,
      regulatorySnapshot: false,
    });
    expect(await client.wait('error')).toMatchObject({ reqId: 2, errorCode: 321 });
  });

  it('a halt is told and ends with the resumption', async () => {
    await begin();
    quote(AAPL);
    await settle();
    client.clear();
    const halted = () =>
      client
        .of('tickGeneric')
        .filter(({ tickType }) => tickType === 49)
        .map(({ value }) => value);
    gateway.market.halt('AAPL');
    await settle();
    expect(halted()).toEqual([1]);
    client.clear();
    await gateway.advance(10_000);
    expect(client.of('tickPrice')).toEqual([]);
    gateway.market.resume('AAPL');
    await gateway.advance(2_000);
    await client.wait('tickGeneric', ({ value }) => value === 0);
  });

  it('an option brings model values, an index no bid, a currency no trades, a combination the sum of its legs', async () => {
    await begin();
    quote({ localSymbol: 'AAPL  260918C00315000', secType: 'OPT', exchange: 'SMART', currency: 'USD' });
    await settle();
    const model = client.of('tickOptionComputation').find(({ tickType }) => tickType === 13);
    expect(model?.delta).toBeGreaterThan(0.2);
    expect(model?.delta).toBeLessThan(0.8);
    expect(model?.impliedVol).toBeGreaterThan(0.1);
    expect(model?.undPrice).toBeCloseTo(gateway.market.quote(265598).last, -1);
    client.clear();
    client.send('reqMktData', {
      reqId: 2,
      contract: { symbol: 'SPX', secType: 'IND', exchange: 'CBOE', currency: 'USD' },
      genericTickList: '',
      snapshot: false,
      regulatorySnapshot: false,
    });
    await settle();
    expect(tickTypes()).toContain(4);
    expect(tickTypes().some((type) => type === 1 || type === 2)).toBe(false);
    client.clear();
    client.send('reqMktData', { reqId: 3, contract: EURUSD, genericTickList: '', snapshot: false, regulatorySnapshot: false });
    await settle();
    expect(tickTypes()).toEqual([45, 49, 6, 7, 9, 1, 0, 2, 3]);
    client.clear();
    const comboLegs = [
      { conId: 265598, ratio: 1, action: 'BUY', exchange: 'SMART' },
      { conId: 272093, ratio: 1, action: 'SELL', exchange: 'SMART' },
    ];
    client.send('reqMktData', {
      reqId: 4,
      contract: { symbol: 'AAPL,MSFT', secType: 'BAG', exchange: 'SMART', currency: 'USD', comboLegs },
      genericTickList: '',
      snapshot: false,
      regulatorySnapshot: false,
    });
    await settle();
    const [aapl, msft] = [gateway.market.quote(265598), gateway.market.quote(272093)];
    expect(client.of('tickPrice').find(({ tickType }) => tickType === 1)?.price).toBeCloseTo(aapl.bid - msft.ask, 6);
  });

  it.each([
    [{ symbol: 'NOSUCH', secType: 'STK', exchange: 'SMART', currency: 'USD' }, 200, 'No security definition'],
    [{ symbol: 'ES', secType: 'FUT', exchange: 'CME', currency: 'USD' }, 200, 'ambiguous'],
    [{ symbol: 'AAPL', secType: 'STK', currency: 'USD' }, 321, 'Please enter exchange'],
    [{ symbol: 'AAPL', exchange: 'SMART', currency: 'USD' }, 321, 'security type'],
  ])('%j is refused', async (contract, code, text) => {
    await begin();
    quote(contract);
    expect(await client.wait('error')).toMatchObject({ reqId: 1, errorCode: code, errorString: expect.stringContaining(text) });
  });
});

describe('templates of ticks', () => {
  it.each([100, 158, 200, 201, 206, 225])('write what the encoder writes at version %i', async (version) => {
    await begin({ serverVersion: version }, version);
    quote(AAPL);
    client.send('reqMktData', {
      reqId: 123456,
      contract: EURUSD,
      genericTickList: '',
      snapshot: false,
      ...(version >= 114 && { regulatorySnapshot: false }),
    });
    client.send('reqMktData', {
      reqId: 7_654_321,
      contract: { localSymbol: 'AAPL  260918C00315000', secType: 'OPT', exchange: 'SMART', currency: 'USD' },
      genericTickList: '',
      snapshot: false,
      ...(version >= 114 && { regulatorySnapshot: false }),
    });
    await settle();
    await gateway.advance(30_000);
    await settle();
    const models = client.of('tickOptionComputation');
    expect(models.length).toBeGreaterThan(20);
    expect(models.every(({ reqId }) => reqId === 7_654_321)).toBe(true);
    // Decoded by the tables: the values must be those of the market, to the last digit.
    const { bid, askSize } = gateway.market.quote(265598);
    expect(
      client
        .of('tickPrice')
        .filter(({ reqId, tickType }) => reqId === 1 && tickType === 1)
        .at(-1)?.price,
    ).toBe(bid);
    expect(
      client
        .of('tickSize')
        .filter(({ reqId, tickType }) => reqId === 1 && tickType === 3)
        .at(-1)?.size,
    ).toBe(version < 159 ? askSize / 100 : askSize);
    const fx = gateway.market.quote(12087792);
    expect(
      client
        .of('tickPrice')
        .filter(({ reqId, tickType }) => reqId === 123456 && tickType === 2)
        .at(-1)?.price,
    ).toBe(fx.ask);
  });

  it('a forced wire is kept to, and says the same', async () => {
    for (const wire of ['text', 'protobuf'] as const) {
      await begin({ wire });
      quote(AAPL);
      await settle();
      expect(client.of('tickPrice')[0]?.price).toBe(gateway.market.quote(265598).bid);
      const ids = client.bytes.slice(1).flatMap((chunk) => [chunk.readUInt32BE(4)]);
      expect(ids.every((id) => (wire === 'text' ? id < 200 : id > 200))).toBe(true);
      client.close();
      if (wire === 'text') await gateway.close();
    }
  });
});

describe('depth', () => {
  const replay = (rows: number, isL2 = true): { bids: number[]; asks: number[] } => {
    const book = { bids: [] as number[], asks: [] as number[] };
    for (const message of client.messages) {
      if (message.kind !== (isL2 ? 'updateMktDepthL2' : 'updateMktDepth')) continue;
      const {
        side,
        operation,
        position = 0,
        price = 0,
      } = message as { side?: number; operation?: number; position?: number; price?: number };
      const list = side === 1 ? book.bids : book.asks;
      if (operation === 0) list.splice(position, 0, price);
      else if (operation === 1) list[position] = price;
      else list.splice(position, 1);
      expect(list.length).toBeLessThanOrEqual(rows + 1);
      if (book.bids[0] !== undefined && book.asks[0] !== undefined) expect(book.bids[0]).toBeLessThan(book.asks[0]);
    }
    return book;
  };

  it.each([
    ['rows of makers for a stock', AAPL, true],
    ['one level for a future', { localSymbol: 'ESU6', secType: 'FUT', exchange: 'CME', currency: 'USD' }, false],
  ])('%s: inserts, then changes; never crossed, equal to the market in the end', async (_what, contract, isL2) => {
    await begin();
    client.send('reqMktDepth', { reqId: 1, contract, numRows: 5, isSmartDepth: false });
    await settle();
    const first = client.messages.filter(({ kind }) => kind.startsWith('updateMktDepth'));
    expect(first.slice(0, 10).every((message) => (message as { operation?: number }).operation === 0)).toBe(true);
    await gateway.advance(60_000);
    await settle();
    const { bids, asks } = replay(5, isL2);
    const conId =
      gateway.market.instrument(265598) !== undefined && isL2
        ? 265598
        : (gateway.world.universe.futures(gateway.clock.now()).find(({ localSymbol }) => localSymbol === 'ESU6')?.conId ?? 0);
    const book = gateway.world.market.book(conId, 5);
    expect(bids).toEqual(book.bids.map(({ price }) => price));
    expect(asks).toEqual(book.asks.map(({ price }) => price));
  });

  it('a reset says 317 and fills the book anew', async () => {
    await begin();
    client.send('reqMktDepth', { reqId: 1, contract: AAPL, numRows: 3, isSmartDepth: true });
    await settle();
    client.clear();
    gateway.market.resetDepth();
    await client.wait('error', ({ errorCode }) => errorCode === 317);
    await settle();
    expect(client.of('updateMktDepthL2').map(({ operation }) => operation)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(client.of('updateMktDepthL2').every(({ isSmartDepth }) => isSmartDepth === true)).toBe(true);
  });
});

describe('ticks and bars', () => {
  it.each([
    ['Last', 1],
    ['AllLast', 2],
    ['BidAsk', 3],
    ['MidPoint', 4],
  ])('%s: ticks of the past first, then each as it comes', async (tickType, number) => {
    await begin();
    client.send('reqTickByTickData', { reqId: 1, contract: AAPL, tickType, numberOfTicks: 7, ignoreSize: false });
    await settle();
    const past = client.messages.find(({ kind }) => kind.startsWith('historicalTicks')) as
      | { ticks?: readonly { time?: number }[]; done?: boolean }
      | undefined;
    expect(past?.ticks).toHaveLength(7);
    expect(past?.done).toBe(true);
    await gateway.advance(20_000);
    await settle();
    const ticks = client.of('tickByTick');
    expect(ticks.length).toBeGreaterThan(10);
    expect(ticks.every((tick) => tick.tickType === number && (tick.time ?? 0) >= (past?.ticks?.at(-1)?.time ?? 0))).toBe(true);
  });

  it('Last leaves out the unreported trades that AllLast shows', async () => {
    await begin();
    for (const [reqId, tickType] of [
      [1, 'Last'],
      [2, 'AllLast'],
    ] as const)
      client.send('reqTickByTickData', { reqId, contract: THIN, tickType, numberOfTicks: 0, ignoreSize: false });
    await settle();
    await gateway.advance(10 * 60_000);
    await settle();
    const unreported = (reqId: number): number =>
      client.of('tickByTick').filter((tick) => tick.reqId === reqId && ((tick.attribMask ?? 0) & 2) !== 0).length;
    const all = (reqId: number): number => client.of('tickByTick').filter((tick) => tick.reqId === reqId).length;
    expect(unreported(1)).toBe(0);
    expect(unreported(2)).toBeGreaterThan(0);
    expect(all(2) - unreported(2)).toBe(all(1));
    // What was streamed is what history tells afterwards, to the exchange and the conditions.
    const streamed = client
      .of('tickByTick')
      .filter((tick) => tick.reqId === 2)
      .slice(-200);
    client.send('reqHistoricalTicks', {
      reqId: 3,
      contract: THIN,
      startDateTime: '',
      endDateTime: '20260902 10:10:00 US/Eastern',
      numberOfTicks: 200,
      whatToShow: 'TRADES',
      useRth: true,
      ignoreSize: false,
    });
    const { ticks = [] } = await client.wait('historicalTicksLast');
    const shown = (tick: Partial<Record<'time' | 'price' | 'size' | 'exchange' | 'specialConditions', unknown>>): string =>
      `${tick.time} ${tick.price} ${tick.size} ${tick.exchange} ${tick.specialConditions}`;
    const told = new Set(streamed.map(shown));
    expect(ticks.filter((tick) => told.has(shown(tick))).length).toBeGreaterThan(190);
  });

  it('real-time bars are the five-second bars of history', async () => {
    await begin();
    client.send('reqRealTimeBars', { reqId: 1, contract: AAPL, barSize: 5, whatToShow: 'TRADES', useRTH: false });
    await settle();
    await gateway.advance(31_000);
    client.send('reqHistoricalData', {
      reqId: 2,
      contract: AAPL,
      endDateTime: '',
      barSizeSetting: '5 secs',
      durationStr: '60 S',
      useRTH: false,
      whatToShow: 'TRADES',
      formatDate: 2,
      keepUpToDate: false,
    });
    const { bars = [] } = await client.wait('historicalData');
    const live = client.of('realtimeBar');
    expect(live.length).toBe(6);
    for (const bar of live) {
      const same = bars.find(({ date }) => Number(date) === bar.time);
      expect(same).toMatchObject({
        open: bar.open,
        high: bar.high,
        low: bar.low,
        close: bar.close,
        volume: bar.volume,
        barCount: bar.count,
      });
    }
  });

  it.each(['5 secs', '10 secs', '15 secs', '30 secs'])(
    'kept bars of %s are told every five seconds, each to its end',
    async (barSizeSetting) => {
      await begin();
      client.send('reqHistoricalData', {
        reqId: 1,
        contract: AAPL,
        endDateTime: '',
        barSizeSetting,
        durationStr: '300 S',
        useRTH: true,
        whatToShow: 'MIDPOINT',
        formatDate: 2,
        keepUpToDate: true,
      });
      await client.wait('historicalDataEnd');
      client.clear();
      await gateway.advance(60_000);
      await settle();
      const updates = client.of('historicalDataUpdate');
      expect(updates).toHaveLength(12);
      expect(new Set(updates.map(({ date }) => date)).size).toBe(60 / Number.parseInt(barSizeSetting, 10));
    },
  );

  it('a kept bar grows, and its end is that of history', async () => {
    await begin();
    client.send('reqHistoricalData', {
      reqId: 1,
      contract: AAPL,
      endDateTime: '',
      barSizeSetting: '1 min',
      durationStr: '600 S',
      useRTH: true,
      whatToShow: 'TRADES',
      formatDate: 2,
      keepUpToDate: true,
    });
    await client.wait('historicalDataEnd');
    await gateway.advance(125_000);
    await settle();
    const updates = client.of('historicalDataUpdate');
    // Every five seconds; at the end of a minute all of it is told once more.
    expect(updates.length).toBe(25);
    expect(updates.every(({ barCount }) => barCount === -1)).toBe(true);
    const minutes = [...new Set(updates.map(({ date }) => Number(date)))];
    expect(minutes.length).toBeGreaterThanOrEqual(2);
    client.send('cancelHistoricalData', { reqId: 1 });
    await client.wait('error', ({ errorCode }) => errorCode === 162);
    client.send('reqHistoricalData', {
      reqId: 2,
      contract: AAPL,
      endDateTime: '',
      barSizeSetting: '1 min',
      durationStr: '600 S',
      useRTH: true,
      whatToShow: 'TRADES',
      formatDate: 2,
      keepUpToDate: false,
    });
    const { bars = [] } = await client.wait('historicalData', ({ reqId }) => reqId === 2);
    const whole = bars.find(({ date }) => Number(date) === minutes[0]);
    const last = updates.filter(({ date }) => Number(date) === minutes[0]).at(-1);
    expect(last?.high).toBeLessThanOrEqual(whole?.high ?? 0);
    expect(last).toMatchObject({ open: whole?.open });
    client.clear();
    await gateway.advance(10_000);
    expect(kinds()).toEqual([]);
  });

  it.each([
    [{ durationStr: '90000 S' }, 321],
    [{ durationStr: 'a day' }, 321],
    [{ barSizeSetting: '7 mins' }, 321],
    [{ whatToShow: 'NONSENSE' }, 321],
    [{ endDateTime: 'yesterday' }, 10314],
    [{ keepUpToDate: true, endDateTime: '20260901 16:00:00 US/Eastern' }, 321],
    [{ keepUpToDate: true, whatToShow: 'BID_ASK' }, 321],
    [{ whatToShow: 'SCHEDULE' }, 10295],
    [{ contract: EURUSD }, 162],
    [{ contract: { symbol: 'BTC', secType: 'CRYPTO', exchange: 'PAXOS', currency: 'USD' } }, 10299],
  ])('history with %j is refused with %i', async (more, code) => {
    await begin();
    client.send('reqHistoricalData', {
      reqId: 1,
      contract: AAPL,
      endDateTime: '',
      barSizeSetting: '1 hour',
      durationStr: '1 D',
      useRTH: true,
      whatToShow: 'TRADES',
      formatDate: 1,
      keepUpToDate: false,
      ...more,
    });
    expect(await client.wait('error')).toMatchObject({ reqId: 1, errorCode: code });
  });

  it('the end of history is a message of its own from 196 on, and part of the answer before', async () => {
    for (const version of [195, 196]) {
      await begin({}, version);
      client.send('reqHistoricalData', {
        reqId: 1,
        contract: AAPL,
        endDateTime: '',
        barSizeSetting: '1 day',
        durationStr: '3 D',
        useRTH: true,
        whatToShow: 'TRADES',
        formatDate: 1,
        keepUpToDate: false,
      });
      const { startDateStr } = await client.wait('historicalData');
      await settle();
      expect(startDateStr === undefined).toBe(version === 196);
      expect(client.of('historicalDataEnd')).toHaveLength(version === 196 ? 1 : 0);
      client.close();
      if (version === 195) await gateway.close();
    }
  });

  it('the head timestamp of AAPL is that of the real gateway', async () => {
    await begin();
    client.send('reqHeadTimestamp', { reqId: 1, contract: AAPL, useRTH: true, whatToShow: 'TRADES', formatDate: 1 });
    expect((await client.wait('headTimestamp')).headTimestamp).toBe('19801212-14:30:00');
  });
});
