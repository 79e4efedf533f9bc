// What comes back after a loss, in which order, and what is said about the time between.

import { describe, expect, it } from 'vitest';
import { createAccounts } from '../../../src/client/accounts/facade.js';
import { createHistory } from '../../../src/client/history/facade.js';
import { createMarket } from '../../../src/client/market/facade.js';
import { createNews } from '../../../src/client/news/facade.js';
import { createScanner } from '../../../src/client/scanner/facade.js';
import { AdmissionError, ClosedError, GatewayError, ReadOnlyError } from '../../../src/client/wire/errors.js';
import { settle } from '../../helpers/hand-timer.js';
import { type PaperSession, paperSession } from './paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const kindsOf = (paper: PaperSession, connection: number): string[] =>
  paper.sent.filter((sent) => sent.connection === connection).map(({ kind }) => kind);
const lastId = (paper: PaperSession, kind: string): number =>
  paper.sent.filter((sent) => sent.kind === kind).at(-1)?.reqId ?? Number.NaN;

async function back(paper: PaperSession): Promise<void> {
  paper.cut();
  await paper.timer.advance(500);
}

describe('after a reconnect', () => {
  it('what others rest on is asked first: data type, account, positions, data', async () => {
    const paper = await paperSession();
    const market = createMarket(paper.session);
    const accounts = createAccounts(paper.session);
    market.ticks(stock);
    createNews(paper.session).bulletins();
    accounts.livePositions();
    accounts.pnl('DU9000001');
    market.dataType('delayed');
    await settle();
    await back(paper);
    expect(kindsOf(paper, 2)).toEqual(['reqMarketDataType', 'reqPnL', 'reqPositions', 'reqMktData', 'reqNewsBulletins']);
    expect(paper.sent.find(({ kind, connection }) => kind === 'reqMarketDataType' && connection === 2)?.message).toEqual({
      marketDataType: 3,
    });
  });

  it('a stream has a gap from the loss to its first message', async () => {
    const paper = await paperSession();
    const { timer } = paper;
    const stream = createMarket(paper.session).ticks(stock);
    const gaps: unknown[] = [];
    stream.onGap((gap) => gaps.push(gap));
    const batches = stream.batches();
    await settle();
    paper.say('tickPrice', { reqId: lastId(paper, 'reqMktData'), tickType: 1, price: 1, size: 1, attribMask: 0 });
    await timer.advance(1000);
    const from = timer.now();
    paper.cut();
    expect(stream.state).toMatchObject({ at: 'stale', since: from, cause: 'disconnected' });
    await timer.advance(700);
    const reqId = lastId(paper, 'reqMktData');
    // What comes with every request shows nothing yet.
    paper.say('marketDataType', { reqId, marketDataType: 1 });
    expect(stream.state.at).toBe('stale');
    paper.say('tickPrice', { reqId, tickType: 1, price: 2, size: 1, attribMask: 0 });
    expect(stream.state.at).toBe('live');
    expect(gaps).toEqual([{ from, to: timer.now(), cause: 'disconnected' }]);
    const step = await batches.next();
    expect(step.value?.gaps).toEqual(gaps);
    expect(step.value).toHaveLength(3);
  });

  it('a stream that stays silent is cancelled and asked again once, then reported, then asked again ever more slowly', async () => {
    const paper = await paperSession();
    const reports: unknown[] = [];
    paper.session.events.on('stale', (report) => reports.push(report));
    const stream = createMarket(paper.session).ticks(stock);
    await settle();
    paper.say('tickPrice', { reqId: lastId(paper, 'reqMktData'), tickType: 1, price: 1, size: 1, attribMask: 0 });
    await back(paper);
    await paper.timer.advance(29_000);
    expect(kindsOf(paper, 2)).toEqual(['reqMktData']);
    await paper.timer.advance(2_000);
    expect(kindsOf(paper, 2)).toEqual(['reqMktData', 'cancelMktData', 'reqMktData']);
    expect(reports).toEqual([]);
    await paper.timer.advance(30_000);
    expect(reports).toMatchObject([{ asked: 'reqMktData' }]);
    expect(stream.state).toMatchObject({ at: 'stale' });
    const tries: number[] = [];
    const asked = (): number => kindsOf(paper, 2).filter((kind) => kind === 'reqMktData').length;
    for (let seconds = 1, before = asked(); seconds <= 2_500; seconds++) {
      await paper.timer.advance(1_000);
      if (asked() > before) tries.push(seconds);
      before = asked();
    }
    expect(tries).toEqual([30, 90, 210, 450, 930, 1530, 2130].map((at) => at - 1));
    expect(reports).toHaveLength(1);
    paper.say('tickPrice', { reqId: lastId(paper, 'reqMktData'), tickType: 1, price: 2, size: 1, attribMask: 0 });
    expect(stream.state.at).toBe('live');
    const calm = asked();
    await paper.timer.advance(1_200_000);
    expect(asked()).toBe(calm);
  });

  it.each<
    [name: string, asks: string, open: (paper: PaperSession) => unknown, move: (paper: PaperSession, reqId: number) => void]
  >([
    [
      'profit and loss',
      'reqPnL',
      (paper) => createAccounts(paper.session).pnl('DU9000001'),
      (paper, reqId) => paper.say('pnl', { reqId, dailyPnL: 1 }),
    ],
    [
      'a scan',
      'reqScannerSubscription',
      (paper) =>
        createScanner(paper.session).subscribe({ instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'HOT_BY_VOLUME' }),
      (paper, reqId) => paper.say('scannerData', { reqId, elements: [] }),
    ],
    [
      'account updates',
      'reqAccountUpdates',
      (paper) => createAccounts(paper.session).portfolio('DU9000001'),
      (paper) => paper.say('accountDownloadEnd', { accountName: 'DU9000001' }),
    ],
  ])('%s that moved before is asked again when the request after the reconnect is swallowed', async (_name, asks, open, move) => {
    const paper = await paperSession();
    open(paper);
    await settle();
    move(paper, lastId(paper, asks));
    await back(paper);
    const asked = (): number =>
      paper.sent.filter(({ kind, connection, message }) => kind === asks && connection === 2 && message['subscribe'] !== false)
        .length;
    expect(asked()).toBe(1);
    await paper.timer.advance(61_000);
    expect(asked()).toBe(2);
    move(paper, lastId(paper, asks));
    await paper.timer.advance(600_000);
    expect(asked()).toBe(2);
  });

  it('tick by tick, where silence is normal, is asked again after a minute of it and never called stale', async () => {
    const paper = await paperSession();
    const reports: unknown[] = [];
    paper.session.events.on('stale', (report) => reports.push(report));
    const stream = createMarket(paper.session).tickByTick(stock, 'BidAsk');
    await settle();
    const asked = (): number => kindsOf(paper, 1).filter((kind) => kind === 'reqTickByTickData').length;
    await paper.timer.advance(59_000);
    expect(asked()).toBe(1);
    await paper.timer.advance(1_000);
    expect(asked()).toBe(2);
    await paper.timer.advance(120_000);
    expect(asked()).toBe(3);
    expect(stream.state.at).toBe('opening');
    expect(reports).toEqual([]);
    paper.say('tickByTick', { reqId: lastId(paper, 'reqTickByTickData'), tickType: 3, time: 1, bidPrice: 1, askPrice: 2 });
    expect(stream.state.at).toBe('live');
    await paper.timer.advance(3_600_000);
    expect(asked()).toBe(3);
  });

  it('positions that were closed meanwhile are told as closed at the end of the new picture', async () => {
    const paper = await paperSession();
    const stream = createAccounts(paper.session).livePositions();
    const seen: [number | undefined, string][] = [];
    stream.on(({ contract, position }) => seen.push([contract.conId, position.toFixed()]));
    const position = (conId: number, quantity: string): void =>
      paper.say('position', { account: 'DU9000001', contract: { conId }, position: quantity, avgCost: 1 });
    await settle();
    position(1, '10');
    position(2, '20');
    paper.say('positionEnd', {});
    await back(paper);
    position(2, '20');
    expect(stream.view.size).toBe(2);
    paper.say('positionEnd', {});
    expect([...stream.view.values()].map(({ contract }) => contract.conId)).toEqual([2]);
    expect(seen.at(-1)).toEqual([1, '0']);
  });

  it('a quote and a book begin empty, and say so', async () => {
    const paper = await paperSession();
    const market = createMarket(paper.session);
    const quotes = market.quotes(stock);
    const depth = market.depth(stock);
    const fields: string[] = [];
    const changes: string[] = [];
    quotes.on(({ field }) => fields.push(field));
    depth.on(({ change }) => changes.push(change));
    await settle();
    paper.say('tickPrice', { reqId: lastId(paper, 'reqMktData'), tickType: 1, price: 1, size: 1, attribMask: 0 });
    paper.say('updateMktDepth', { reqId: lastId(paper, 'reqMktDepth'), position: 0, operation: 0, side: 1, price: 1, size: 1 });
    expect(quotes.view.bid?.value).toBe(1);
    expect(depth.view.bids).toHaveLength(1);
    await back(paper);
    expect(quotes.view.bid).toBeUndefined();
    expect(depth.view.bids).toHaveLength(0);
    expect(fields).toEqual(['bid', 'bidSize', 'reset']);
    expect(changes).toEqual(['insert', 'reset']);
  });

  it('200 times with 300 streams: all resume, no id comes twice, no second has more than its messages', async () => {
    const paper = await paperSession({ limits: { lines: 1000 } });
    const { session, timer } = paper;
    const market = createMarket(session);
    const streams = Array.from({ length: 300 }, (_, at) => market.ticks({ ...stock, symbol: `S${at}` }));
    await timer.advance(10_000);
    for (let round = 2; round <= 201; round++) {
      paper.cut();
      await timer.advance(10_000);
      expect(paper.connections).toBe(round);
      for (const { reqId } of paper.sent.slice(-300)) {
        if (round % 50 === 0) paper.say('tickPrice', { reqId: reqId ?? 0, tickType: 1, price: 1, size: 1, attribMask: 0 });
      }
    }
    const asked = paper.sent.filter(({ kind }) => kind === 'reqMktData');
    expect(asked).toHaveLength(300 * 201);
    expect(new Set(asked.map(({ reqId }) => reqId)).size).toBe(asked.length);
    expect(asked.filter(({ connection }) => connection === 201)).toHaveLength(300);
    let first = 0;
    for (const [at, { at: time, connection }] of asked.entries()) {
      while ((asked[first]?.connection ?? 0) < connection || (asked[first]?.at ?? 0) <= time - 1000) first++;
      expect(at - first + 1).toBeLessThanOrEqual(45);
    }
    for (const stream of streams) stream.close();
    expect(session.router.openRequests).toBe(0);
    expect(session.live.size).toBe(0);
    session.close();
    await settle();
    expect(timer.pending).toBe(0);
  });

  it('what waited for a budget when the link broke is told so at once, and never sent', async () => {
    const paper = await paperSession({
      limits: { messagesPerSecond: 1, burst: 1, shares: { cancel: 1, order: 1, probe: 1, request: 1, history: 1 } },
    });
    const history = createHistory(paper.session);
    const first = history.bars(stock, { duration: '1 D', size: '1 hour' }).catch((error: unknown) => error);
    const second = history.bars(stock, { duration: '2 D', size: '1 hour' }).catch((error: unknown) => error);
    await settle();
    expect(paper.sent).toHaveLength(1);
    paper.cut();
    await settle();
    expect(await first).toBeInstanceOf(ClosedError);
    expect(await second).toBeInstanceOf(ClosedError);
    await paper.timer.advance(10_000);
    expect(paper.sent).toHaveLength(1);
  });
});

describe('while the broker is away', () => {
  const say = (paper: PaperSession, errorCode: number, errorString: string): void =>
    paper.say('error', { reqId: -1, errorCode, errorString });

  it('streams are stale from 1100 on; after 1102 each has to move or is asked again', async () => {
    const paper = await paperSession();
    const market = createMarket(paper.session);
    const [moves, rests] = [market.ticks(stock), market.ticks({ ...stock, symbol: 'MSFT' })];
    await settle();
    const ids = paper.sent.map(({ reqId }) => reqId ?? 0);
    const tick = (reqId: number | undefined): void =>
      paper.say('tickPrice', { reqId: reqId ?? 0, tickType: 1, price: 1, size: 1, attribMask: 0 });
    for (const reqId of ids) tick(reqId);
    say(paper, 1100, 'Connectivity between IB and TWS has been lost.');
    expect([moves.state, rests.state]).toMatchObject([
      { at: 'stale', cause: 'broker' },
      { at: 'stale', cause: 'broker' },
    ]);
    expect(paper.session.state.at).toBe('degraded');
    await paper.timer.advance(5000);
    say(paper, 1102, 'Connectivity restored - data maintained.');
    tick(ids[0]);
    await paper.timer.advance(40_000);
    expect(moves.state.at).toBe('live');
    expect(kindsOf(paper, 1).slice(2)).toEqual(['cancelMktData', 'reqMktData']);
    expect(paper.sent.at(-1)?.message['contract']).toMatchObject({ symbol: 'MSFT' });
    expect(rests.state.at).toBe('stale');
    expect(paper.connections).toBe(1);
  });

  it('streams for which silence is normal are live again with 1102', async () => {
    const paper = await paperSession();
    const stream = createAccounts(paper.session).livePositions();
    const gaps: string[] = [];
    stream.onGap(({ cause }) => gaps.push(cause));
    await settle();
    paper.say('positionEnd', {});
    say(paper, 1100, 'lost');
    say(paper, 1102, 'restored');
    expect(stream.state.at).toBe('live');
    expect(gaps).toEqual(['broker']);
  });

  it('1101 asks for everything again on the same connection', async () => {
    const paper = await paperSession();
    const stream = createMarket(paper.session).ticks(stock);
    await settle();
    say(paper, 1101, 'restored - data lost');
    await settle();
    expect(kindsOf(paper, 1)).toEqual(['reqMktData', 'reqMktData']);
    expect(stream.state).toMatchObject({ at: 'stale', cause: 'dataLost' });
  });

  it('another login makes data streams stale, and is an event', async () => {
    const paper = await paperSession();
    const stream = createMarket(paper.session).ticks(stock);
    const events: number[] = [];
    paper.session.events.on('competing', ({ code }) => events.push(code));
    await settle();
    const reqId = lastId(paper, 'reqMktData');
    paper.say('error', { reqId, errorCode: 10197, errorString: 'No market data during competing live session' });
    expect(stream.state).toMatchObject({ at: 'stale', cause: 'competing' });
    expect(events).toEqual([10197]);
    paper.say('tickPrice', { reqId, tickType: 1, price: 1, size: 1, attribMask: 0 });
    expect(stream.state.at).toBe('live');
  });

  it('a farm that comes back makes the data streams prove themselves', async () => {
    const paper = await paperSession();
    createMarket(paper.session).ticks(stock);
    await settle();
    paper.say('tickPrice', { reqId: lastId(paper, 'reqMktData'), tickType: 1, price: 1, size: 1, attribMask: 0 });
    say(paper, 2103, 'Market data farm connection is broken:usfarm');
    await paper.timer.advance(60_000);
    expect(kindsOf(paper, 1)).toHaveLength(1);
    say(paper, 2104, 'Market data farm connection is OK:usfarm');
    await paper.timer.advance(31_000);
    expect(kindsOf(paper, 1)).toEqual(['reqMktData', 'cancelMktData', 'reqMktData']);
  });
});

describe('notices on streams', () => {
  it('10182 asks kept-up-to-date bars again for what was missed, and no bar comes twice', async () => {
    const paper = await paperSession();
    const { timer } = paper;
    const stream = createHistory(paper.session).live(stock, { duration: '3600 S', size: '1 min' });
    const seen: [number, boolean][] = [];
    stream.on(({ time, isForming }) => seen.push([(time.getTime() - start) / 60_000, isForming]));
    const start = timer.now() - 120_000;
    const bar = (minute: number, close = 1) => ({
      date: String(start / 1000 + minute * 60),
      open: 1,
      high: 1,
      low: 1,
      close,
      volume: 1,
      wap: 1,
      barCount: 1,
    });
    await settle();
    paper.say('historicalData', { reqId: lastId(paper, 'reqHistoricalData'), bars: [bar(0), bar(1), bar(2)] });
    paper.say('historicalDataEnd', { reqId: lastId(paper, 'reqHistoricalData') });
    paper.say('historicalDataUpdate', { reqId: lastId(paper, 'reqHistoricalData'), ...bar(2, 2) });
    paper.say('historicalDataUpdate', { reqId: lastId(paper, 'reqHistoricalData'), ...bar(2, 2) });
    expect(seen).toEqual([
      [0, false],
      [1, false],
      [2, true],
      [2, true],
    ]);
    await timer.advance(180_000);
    const reqId = lastId(paper, 'reqHistoricalData');
    paper.say('error', { reqId, errorCode: 10182, errorString: 'Failed to request live updates (disconnected).' });
    await settle();
    const again = paper.sent.at(-1);
    expect(again?.kind).toBe('reqHistoricalData');
    expect(again?.reqId).not.toBe(reqId);
    expect(again?.message).toMatchObject({ keepUpToDate: true, durationStr: '600 S' });
    seen.length = 0;
    paper.say('historicalData', { reqId: again?.reqId ?? 0, bars: [bar(0), bar(1), bar(2, 3), bar(3), bar(4), bar(5)] });
    expect(seen).toEqual([
      [2, false],
      [3, false],
      [4, false],
      [5, true],
    ]);
    expect(stream.view.map(({ close }) => close)).toEqual([1, 1, 3, 1, 1, 1]);
  });

  it('10225 cancels first and then asks again, ever more slowly while it repeats', async () => {
    const paper = await paperSession();
    createMarket(paper.session).bars5s(stock);
    await settle();
    const bust = async (): Promise<void> => {
      paper.say('error', { reqId: lastId(paper, 'reqRealTimeBars'), errorCode: 10225, errorString: 'Bust event occurred' });
      await settle();
    };
    await bust();
    expect(kindsOf(paper, 1)).toEqual(['reqRealTimeBars', 'cancelRealTimeBars', 'reqRealTimeBars']);
    await bust();
    expect(kindsOf(paper, 1)).toHaveLength(4);
    await paper.timer.advance(1000);
    expect(kindsOf(paper, 1)).toHaveLength(5);
    await bust();
    await paper.timer.advance(1500);
    expect(kindsOf(paper, 1)).toHaveLength(6);
    await paper.timer.advance(500);
    expect(kindsOf(paper, 1)).toHaveLength(7);
  });

  it('317 empties a book in band and keeps the stream', async () => {
    const paper = await paperSession();
    const stream = createMarket(paper.session).depth(stock);
    const changes: string[] = [];
    stream.on(({ change }) => changes.push(change));
    await settle();
    const reqId = lastId(paper, 'reqMktDepth');
    paper.say('updateMktDepth', { reqId, position: 0, operation: 0, side: 1, price: 1, size: 1 });
    paper.say('error', { reqId, errorCode: 317, errorString: 'Market depth data has been RESET.' });
    expect(stream.view.bids).toEqual([]);
    paper.say('updateMktDepth', { reqId, position: 0, operation: 0, side: 1, price: 2, size: 1 });
    expect(changes).toEqual(['insert', 'reset', 'insert']);
    expect(kindsOf(paper, 1)).toEqual(['reqMktDepth']);
  });

  it('a reroute of a CFD is followed to the instrument it names', async () => {
    const paper = await paperSession();
    const market = createMarket(paper.session);
    const stream = market.quotes({ ...stock, secType: 'CFD' });
    await settle();
    const first = lastId(paper, 'reqMktData');
    paper.say('rerouteMktDataReq', { reqId: first, conId: 265598, exchange: 'SMART' });
    await settle();
    expect(kindsOf(paper, 1)).toEqual(['reqMktData', 'cancelMktData', 'reqMktData']);
    expect(paper.sent.at(-1)?.message['contract']).toEqual({ conId: 265598, exchange: 'SMART' });
    paper.say('tickPrice', { reqId: lastId(paper, 'reqMktData'), tickType: 1, price: 5, size: 1, attribMask: 0 });
    expect(stream.view.bid?.value).toBe(5);
    await back(paper);
    expect(paper.sent.at(-1)?.message['contract']).toEqual({ conId: 265598, exchange: 'SMART' });
  });

  it('an empty scan is an empty list, of a run and of a stream that stays open', async () => {
    const paper = await paperSession();
    const scanner = createScanner(paper.session);
    const request = { scanCode: 'TOP_PERC_GAIN', instrument: 'STK', locationCode: 'STK.US' };
    const stream = scanner.subscribe(request);
    const run = scanner.run(request);
    await settle();
    for (const { reqId } of paper.sent)
      paper.say('error', {
        reqId: reqId ?? 0,
        errorCode: 165,
        errorString: 'Historical Market Data Service query message:no items retrieved',
      });
    expect(await run).toEqual([]);
    expect(stream.latest).toEqual([]);
    expect(stream.state.at).toBe('live');
    expect(paper.sent.filter(({ kind }) => kind === 'cancelScannerSubscription')).toHaveLength(1);
  });

  it('the second account takes the one slot of account updates; the echo of the first one’s end harms nobody', async () => {
    const paper = await paperSession();
    const accounts = createAccounts(paper.session);
    const first = accounts.portfolio('DU9000001');
    await settle();
    const second = accounts.portfolio('DU9000002');
    await settle();
    expect(first.state).toMatchObject({ at: 'closed', cause: expect.any(ClosedError) });
    expect(paper.sent.map(({ message }) => [message['subscribe'], message['acctCode']])).toEqual([
      [true, 'DU9000001'],
      [false, 'DU9000001'],
      [true, 'DU9000002'],
    ]);
    paper.say('error', { reqId: -1, errorCode: 2100, errorString: 'API client has been unsubscribed from account data.' });
    paper.say('updateAccountValue', { key: 'NetLiquidation', value: '1', currency: 'USD', accountName: 'DU9000001' });
    paper.say('updateAccountValue', { key: 'NetLiquidation', value: '2', currency: 'USD', accountName: 'DU9000002' });
    paper.say('accountDownloadEnd', { accountName: 'DU9000002' });
    await second.complete();
    expect(second.view.numbers?.totals.get('NetLiquidation')?.amount?.toFixed()).toBe('2');
    await paper.timer.advance(60_000);
    paper.say('error', { reqId: -1, errorCode: 2100, errorString: 'API client has been unsubscribed from account data.' });
    expect(second.state).toMatchObject({ at: 'closed', cause: expect.any(GatewayError) });
  });

  it('an error without an id ends no stream that runs', async () => {
    const paper = await paperSession();
    const stream = createAccounts(paper.session).livePositions();
    await settle();
    paper.say('positionEnd', {});
    paper.say('error', {
      reqId: -1,
      errorCode: 321,
      errorString: 'Error validating request.-The API interface is currently in Read-Only mode.',
    });
    expect(stream.state.at).toBe('live');
    expect(() => paper.session.send('placeOrder', { orderId: 1, contract: stock, order: { action: 'BUY' } } as never)).toThrow(
      ReadOnlyError,
    );
    await back(paper);
    expect(paper.session.isReadOnly).toBe(false);
  });
});

describe('five-second bars', () => {
  it('fill the hole of a reconnect with bars of the past, each bar once and in order', async () => {
    const paper = await paperSession();
    const { timer } = paper;
    const stream = createMarket(paper.session).bars5s(stock);
    const times: number[] = [];
    stream.on(({ time }) => times.push(time.getTime() / 1000));
    await settle();
    const start = Math.floor(timer.now() / 5000) * 5;
    const live = (n: number): void =>
      paper.say('realtimeBar', {
        reqId: lastId(paper, 'reqRealTimeBars'),
        time: start + n * 5,
        open: 1,
        high: 1,
        low: 1,
        close: 1,
        volume: 1,
        wap: 1,
        count: 1,
      });
    live(0);
    live(1);
    paper.cut();
    await timer.advance(30_000);
    live(6);
    await settle();
    expect(times).toEqual([start, start + 5]);
    const reqId = lastId(paper, 'reqHistoricalData');
    const bars = [0, 1, 2, 3, 4, 5].map((n) => ({
      date: String(start + n * 5),
      open: 1,
      high: 1,
      low: 1,
      close: 1,
      volume: 1,
      wap: 1,
      barCount: 1,
    }));
    paper.say('historicalData', { reqId, bars });
    paper.say('historicalDataEnd', { reqId });
    await settle();
    live(7);
    expect(times.map((time) => (time - start) / 5)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('budgets', () => {
  it('that are spent refuse at once with what would help, and come back when a stream closes', async () => {
    const paper = await paperSession({ limits: { lines: 1 } });
    const market = createMarket(paper.session);
    const first = market.ticks(stock);
    const second = market.ticks({ ...stock, symbol: 'MSFT' });
    expect(await second.ended).toBeInstanceOf(AdmissionError);
    first.close();
    const third = market.ticks({ ...stock, symbol: 'MSFT' });
    await settle();
    expect(third.state.at).toBe('opening');
    expect(kindsOf(paper, 1)).toEqual(['reqMktData', 'cancelMktData', 'reqMktData']);
  });
});
