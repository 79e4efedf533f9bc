// Streams of the market: what is asked, how they are rerouted and reset, and what answers become when parts of them are not told.

import { describe, expect, expectTypeOf, it } from 'vitest';
import type { BidAskTick, EveryTick, TradeTick } from '../../../src/client/history/tick.js';
import type { BookChange } from '../../../src/client/market/book.js';
import { createMarket } from '../../../src/client/market/facade.js';
import type { QuoteTick } from '../../../src/client/market/quote.js';
import type { TickByTickType, TickOfType } from '../../../src/client/market/tick-by-tick.js';
import { asked } from '../../helpers/asked.js';
import { settle } from '../../helpers/hand-timer.js';
import { paperSession } from '../session/paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const cfd = { symbol: 'IBUS500', secType: 'CFD', exchange: 'SMART', currency: 'USD' };

describe('ticks of the time before', () => {
  it.each<
    [
      type: TickByTickType,
      kind: 'historicalTicks' | 'historicalTicksBidAsk' | 'historicalTicksLast',
      ticks: object[],
      read: object[],
    ]
  >([
    ['Last', 'historicalTicksLast', [{ time: 1, price: 2, size: 3 }], [{ type: 'Last', time: 1000, price: 2, size: 3 }]],
    [
      'AllLast',
      'historicalTicksLast',
      [{ time: 1, price: 2, size: 3, attribMask: 2 }],
      [{ type: 'AllLast', time: 1000, unreported: true }],
    ],
    [
      'BidAsk',
      'historicalTicksBidAsk',
      [{ time: 1, priceBid: 2, priceAsk: 3, sizeBid: 4, sizeAsk: 5 }],
      [{ type: 'BidAsk', bidPrice: 2, askPrice: 3, bidSize: 4, askSize: 5 }],
    ],
    [
      'MidPoint',
      'historicalTicks',
      [{ time: 1, price: 2.5 }, { time: 2 }],
      [
        { type: 'MidPoint', time: 1000, midPoint: 2.5 },
        { type: 'MidPoint', time: 2000, midPoint: undefined },
      ],
    ],
  ])('%s: they come as the live ones do', async (type, kind, ticks, read) => {
    const paper = await paperSession();
    const seen: EveryTick[] = [];
    createMarket(paper.session)
      .tickByTick(stock, type, { numberOfTicks: 10 })
      .on((tick) => void seen.push(tick));
    const { reqId, message } = await asked(paper, 'reqTickByTickData');
    expect(message).toMatchObject({ tickType: type, numberOfTicks: 10, ignoreSize: false });
    paper.say(kind, { reqId, ticks, done: true });
    expect(seen).toMatchObject(read);
    paper.say(kind, { reqId, done: true });
    expect(seen).toHaveLength(read.length);
  });
});

it('a stream of trades is typed by trades, whichever it was asked for', () => {
  expectTypeOf<TickOfType<'Last'>>().toEqualTypeOf<TradeTick>();
  expectTypeOf<TickOfType<'AllLast'>>().toEqualTypeOf<TradeTick>();
  expectTypeOf<TickOfType<'BidAsk'>>().toEqualTypeOf<BidAskTick>();
});

describe('contracts for difference', () => {
  it('quotes follow to the instrument that the gateway names', async () => {
    const paper = await paperSession();
    createMarket(paper.session).quotes(cfd);
    const { reqId } = await asked(paper, 'reqMktData');
    paper.say('rerouteMktDataReq', { reqId, conId: 11, exchange: 'CBOE' });
    expect((await asked(paper, 'reqMktData')).message).toMatchObject({ contract: { conId: 11, exchange: 'CBOE' } });
    expect(paper.sent.map(({ kind }) => kind)).toEqual(['reqMktData', 'cancelMktData', 'reqMktData']);
  });

  it('raw ticks follow too, and show the reroute', async () => {
    const paper = await paperSession();
    const seen: string[] = [];
    createMarket(paper.session)
      .ticks(cfd)
      .on(({ kind }) => void seen.push(kind));
    const { reqId } = await asked(paper, 'reqMktData');
    paper.say('tickSize', { reqId, tickType: 0, size: 1 });
    paper.say('rerouteMktDataReq', { reqId, conId: 11, exchange: 'CBOE' });
    expect((await asked(paper, 'reqMktData')).message).toMatchObject({ contract: { conId: 11, exchange: 'CBOE' } });
    expect(seen).toEqual(['tickSize', 'rerouteMktDataReq']);
  });

  it.each([
    ['quotes', 'reqMktData', 'rerouteMktDataReq'],
    ['ticks', 'reqMktData', 'rerouteMktDataReq'],
    ['depth', 'reqMktDepth', 'rerouteMktDepthReq'],
  ] as const)('%s stay where they are when that is wanted', async (what, asks, reroute) => {
    const paper = await paperSession();
    createMarket(paper.session)[what](cfd, { followReroute: false });
    const { reqId } = await asked(paper, asks);
    paper.say(reroute, { reqId, conId: 11, exchange: 'CBOE' });
    await settle();
    expect(paper.sent).toHaveLength(1);
  });

  it('depth follows, and its rows are those of the other instrument', async () => {
    const paper = await paperSession();
    const depth = createMarket(paper.session).depth(cfd, { rows: 3 });
    const first = await asked(paper, 'reqMktDepth');
    paper.say('rerouteMktDepthReq', { reqId: first.reqId, conId: 11, exchange: 'CBOE' });
    const second = await asked(paper, 'reqMktDepth');
    expect(second.message).toMatchObject({ contract: { conId: 11, exchange: 'CBOE' }, numRows: 3 });
    paper.say('updateMktDepth', { reqId: second.reqId, position: 0, operation: 0, side: 1, price: 5, size: 6 });
    expect(depth.view.bids).toMatchObject([{ price: 5, size: 6 }]);
  });
});

describe('depth', () => {
  it('is emptied when the gateway says so, and by no other notice', async () => {
    const paper = await paperSession();
    const seen: BookChange[] = [];
    const depth = createMarket(paper.session).depth(stock);
    depth.on((change) => void seen.push(change));
    const { reqId } = await asked(paper, 'reqMktDepth');
    paper.say('updateMktDepth', { reqId, position: 0, operation: 0, side: 0, price: 5, size: 6 });
    paper.say('error', { reqId, errorCode: 2152, errorString: 'Exchanges - Depth: IEX; Top: BYX' });
    expect(depth.view.asks).toHaveLength(1);
    paper.say('error', {
      reqId,
      errorCode: 317,
      errorString: 'Market depth data has been RESET. Please empty deep book contents before applying any new entries.',
    });
    expect(depth.view.asks).toEqual([]);
    expect(seen.at(-1)).toMatchObject({ change: 'reset', why: 'gateway' });
  });
});

describe('answers that tell less', () => {
  it('no exchanges and no components are empty lists', async () => {
    const paper = await paperSession();
    const market = createMarket(paper.session);
    const exchanges = market.depthExchanges();
    await settle();
    paper.say('mktDepthExchanges', {});
    await expect(exchanges).resolves.toEqual([]);
    const components = market.smartComponents('9c0001');
    const { reqId } = await asked(paper, 'reqSmartComponents');
    paper.say('smartComponents', { reqId });
    await expect(components).resolves.toEqual([]);
  });

  it('ticks without type, price or text change no field of a quote', async () => {
    const paper = await paperSession();
    const quotes = createMarket(paper.session).quotes(stock);
    const ticks: QuoteTick[] = [];
    quotes.on((tick) => void ticks.push(tick));
    const { reqId } = await asked(paper, 'reqMktData');
    paper.say('tickPrice', { reqId });
    paper.say('tickSize', { reqId });
    paper.say('tickGeneric', { reqId });
    paper.say('tickString', { reqId });
    paper.say('tickOptionComputation', { reqId });
    paper.say('marketDataType', { reqId });
    paper.say('tickEFP', { reqId });
    expect(ticks.filter(({ field }) => field !== 'other' && field !== 'dataType')).toEqual([]);
    expect([quotes.view.bid, quotes.view.ask, quotes.view.last, quotes.view.dataType]).toEqual([
      undefined,
      undefined,
      undefined,
      'unknown',
    ]);
  });

  it('a snapshot of the whole market is paid for only when that is asked', async () => {
    const paper = await paperSession();
    const market = createMarket(paper.session);
    void market.snapshot(stock, { regulatory: true }).catch(() => {});
    expect((await asked(paper, 'reqMktData')).message).toMatchObject({ snapshot: false, regulatorySnapshot: true });
    void market.snapshot(stock).catch(() => {});
    expect((await asked(paper, 'reqMktData')).message).not.toHaveProperty('regulatorySnapshot');
    paper.session.close();
  });

  it('the columns take what is told and leave the rest', async () => {
    const paper = await paperSession();
    const columns = createMarket(paper.session).columns([stock]);
    const { reqId } = await asked(paper, 'reqMktData');
    paper.say('tickPrice', { reqId, tickType: 1, price: 10, size: 100, attribMask: 0 });
    paper.say('tickPrice', { reqId, tickType: 1, price: 11 });
    for (const kind of [
      'tickPrice',
      'tickSize',
      'tickGeneric',
      'tickString',
      'tickOptionComputation',
      'marketDataType',
      'tickEFP',
    ] as const)
      paper.say(kind, { reqId });
    const batches = columns[Symbol.asyncIterator]();
    const { value } = await batches.next();
    expect(value?.length).toBeGreaterThanOrEqual(3);
    expect([...(value?.value ?? [])].slice(0, 3)).toEqual([10, 100, 11]);
    await batches.return?.();
  });
});
