// Columns: the ticks of many quotes as rows of numbers, with their holes, ends and losses in band.

import { describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../src/client/connect.js';
import { checked } from '../../../src/client/input/check-call.js';
import { marketCalls } from '../../../src/client/market/calls.js';
import { columnFields } from '../../../src/client/market/columns/fields.js';
import { openColumns } from '../../../src/client/market/columns/open.js';
import type { ColumnBatch } from '../../../src/client/market/columns/queue.js';
import { createMarket } from '../../../src/client/market/facade.js';
import { quoteFields } from '../../../src/client/market/tick-types.js';
import { incomingEncoder } from '../../../src/protocol/encode.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';
import { until } from '../../helpers/until.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';

const contracts = ['AAPL', 'MSFT'].map((symbol) => ({ symbol, secType: 'STK', exchange: 'SMART', currency: 'USD' }));
const encoder = incomingEncoder(225);

/** Rows as people would write them down. */
function rowsOf({
  length,
  instrument,
  field,
  value,
  texts,
}: ColumnBatch): readonly (readonly [number, string, number | string])[] {
  return Array.from({ length }, (_, at) => {
    const name = columnFields[field[at] ?? -1] ?? `unknown ${field[at]}`;
    const number = value[at] ?? Number.NaN;
    return [instrument[at] ?? -1, name, name === 'bidExch' ? (texts[number] ?? '') : number];
  });
}

type Request = Parameters<typeof openColumns>[2];

async function opened(request: Request = {}) {
  const paper = await paperSession();
  const stream = openColumns(paper.session, contracts, request);
  await paper.timer.advance(1);
  const ids = (): readonly number[] => paper.sent.filter(({ kind }) => kind === 'reqMktData').map(({ reqId }) => reqId ?? 0);
  const price = (reqId: number, value: number, size = 5, tickType = 1): void =>
    paper.hear(encoder.encode('tickPrice', { reqId: reqId as never, tickType, price: value, size, attribMask: 0 }));
  const reader = stream[Symbol.asyncIterator]();
  const next = async (): Promise<ColumnBatch> => {
    const step = await reader.next();
    if (step.done === true) throw new Error('the columns are over');
    return step.value;
  };
  return { paper, stream, ids, price, reader, next };
}

function say(paper: PaperSession, kind: 'tickString' | 'tickGeneric' | 'tickSize', message: object): void {
  paper.hear(encoder.encode(kind, message as never));
}

describe('columns', () => {
  it('are rows of time, instrument, field and value, whether a message came first or fields alone', async () => {
    const { paper, ids, price, next } = await opened();
    const [first = 0, second = 0] = ids();
    price(first, 187.5);
    price(first, 187.25, 6);
    price(second, 401, 7, 2);
    say(paper, 'tickSize', { reqId: first, tickType: 0, size: 6 }); // the twin of a size that is known
    say(paper, 'tickSize', { reqId: first, tickType: 0, size: 9 });
    const batch = await next();
    expect(rowsOf(batch)).toEqual([
      [0, 'bid', 187.5],
      [0, 'bidSize', 5],
      [0, 'bid', 187.25],
      [0, 'bidSize', 6],
      [1, 'ask', 401],
      [1, 'askSize', 7],
      [0, 'bidSize', 9],
    ]);
    expect([...batch.time]).toEqual(Array.from({ length: 7 }, () => paper.timer.now()));
    expect(batch).toMatchObject({ gaps: [], ended: [], dropped: 0 });
    expect(paper.handed).toBe(3); // the first of each instrument is looked at
  });

  it('hold NaN where there is no price, times as seconds, texts by their place, Greeks part by part', async () => {
    const { paper, ids, price, next } = await opened();
    const [id = 0] = ids();
    price(id, -1, 0);
    price(id, -1, 3);
    say(paper, 'tickString', { reqId: id, tickType: 45, value: '1700000000' });
    say(paper, 'tickString', { reqId: id, tickType: 32, value: 'ARCA' });
    say(paper, 'tickGeneric', { reqId: id, tickType: 999, value: 4 });
    const greeks = { impliedVol: 0.25, delta: 0.5, tickAttrib: 1 };
    paper.hear(encoder.encode('tickOptionComputation', { reqId: id as never, tickType: 13, ...greeks }));
    paper.hear(encoder.encode('marketDataType', { reqId: id as never, marketDataType: 3 }));
    expect(rowsOf(await next())).toEqual([
      [0, 'bid', Number.NaN],
      [0, 'bidSize', 0],
      [0, 'bid', -1],
      [0, 'bidSize', 3],
      [0, 'lastTimestamp', 1_700_000_000],
      [0, 'bidExch', 'ARCA'],
      [0, 'unknown -1000', 4],
      [0, 'modelGreeks.impliedVol', 0.25],
      [0, 'modelGreeks.delta', 0.5],
      [0, 'modelGreeks.tickAttrib', 1],
      [0, 'dataType', 3],
    ]);
  });

  it('have the fields of quotes in the order of quoteFields', () => {
    const plain = quoteFields.filter((field) => !field.endsWith('Greeks'));
    expect(columnFields.slice(0, plain.length)).toEqual(plain);
    expect(columnFields.length).toBe(plain.length + 5 * 9 + 1);
  });

  it('grow with what waits, and each row is there once', async () => {
    const { ids, price, next } = await opened();
    const [id = 0] = ids();
    for (let at = 0; at < 5000; at++) price(id, at, at);
    const { length, value, field } = await next();
    expect(length).toBe(10_000);
    const prices = value.filter((_, at) => field[at] === quoteFields.indexOf('bid'));
    expect([...prices]).toEqual(Array.from({ length: 5000 }, (_, at) => at));
  });

  it('arrays stay as they are once handed over, unless reuse is asked for', async () => {
    for (const reuse of [false, true]) {
      const { ids, price, next } = await opened({ reuse });
      const [id = 0] = ids();
      const batches: ColumnBatch[] = [];
      for (const value of [1, 2, 3]) {
        price(id, value, 0);
        batches.push(await next());
      }
      expect(batches[0]?.value[0]).toBe(reuse ? 3 : 1);
    }
  });
});

describe('a slow reader of columns', () => {
  it('is failed, and everything is cancelled', async () => {
    const { paper, ids, price, reader, next } = await opened({ limit: 4 });
    const [id = 0] = ids();
    for (const value of [1, 2, 3]) price(id, value, value);
    expect((await next()).length).toBe(4);
    await expect(reader.next()).rejects.toMatchObject({ name: 'OverflowError', held: 4 });
    expect(paper.sent.filter(({ kind }) => kind === 'cancelMktData')).toHaveLength(2);
    expect(paper.session.router.openRequests).toBe(0);
  });

  it('loses the oldest half where it asked for that, and is told how many', async () => {
    const { paper, ids, next } = await opened({ limit: 4, overflow: 'dropOldest' });
    const [id = 0] = ids();
    for (const value of [1, 2, 3, 4, 5]) say(paper, 'tickString', { reqId: id, tickType: 32, value: `E${value}` });
    const batch = await next();
    expect(rowsOf(batch).map(([, , text]) => text)).toEqual(['E3', 'E4', 'E5']);
    expect(batch.dropped).toBe(2);
  });

  it('has the newest of each field of each instrument where it asked for that', async () => {
    const { ids, price, next } = await opened({ limit: 4, overflow: 'latest' });
    const [first = 0, second = 0] = ids();
    for (const value of [1, 2, 3]) {
      price(first, value, value);
      price(second, value * 10, value);
    }
    const batch = await next();
    const newest = new Map(rowsOf(batch).map(([instrument, field, value]) => [`${instrument} ${field}`, value]));
    expect(Object.fromEntries(newest)).toEqual({ '0 bid': 3, '0 bidSize': 3, '1 bid': 30, '1 bidSize': 3 });
    expect(batch.length + batch.dropped).toBe(12);
  });

  it('is refused a limit or an overflow that is none', async () => {
    const paper = await paperSession();
    const market = checked(createMarket(paper.session), marketCalls);
    expect(() => market.columns(contracts, { limit: 0 })).toThrow('limit');
    expect(() => market.columns(contracts, { overflow: 'drop' as never })).toThrow('overflow');
    expect(paper.sent).toEqual([]);
  });
});

describe('in band', () => {
  it('a hole is told with its instrument, and sizes count as new behind it', async () => {
    const { paper, ids, price, next } = await opened();
    for (const id of ids()) price(id, 1);
    await next();
    paper.cut();
    await paper.timer.advance(500);
    const [, , again = 0] = ids();
    price(again, 1);
    const batch = await next();
    expect(batch.gaps).toEqual([expect.objectContaining({ instrument: 0, cause: 'disconnected' })]);
    expect(rowsOf(batch)).toEqual([
      [0, 'bid', 1],
      [0, 'bidSize', 5],
    ]);
  });

  it('an instrument that fails is told; the others go on, and the end comes with the last', async () => {
    const { paper, ids, price, next, reader } = await opened();
    const [first = 0, second = 0] = ids();
    paper.say('error', { reqId: first as never, errorCode: 354, errorString: 'Requested market data is not subscribed.' });
    expect((await next()).ended).toEqual([{ instrument: 0, cause: expect.objectContaining({ errorCode: 354 }) }]);
    price(second, 2, 0);
    expect(rowsOf(await next())[0]).toEqual([1, 'bid', 2]);
    paper.session.close();
    expect((await next()).ended).toEqual([{ instrument: 1, cause: expect.any(Error) }]);
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  it('a message that cannot be read is a hole of its instrument alone', async () => {
    const { paper, ids, price, next } = await opened();
    const [first = 0, second = 0] = ids();
    price(first, 1);
    price(second, 1);
    const frame = encoder.encode('tickPrice', { reqId: first as never, tickType: 1, price: 2, size: 3, attribMask: 0 });
    paper.hear(frame.subarray(0, frame.length - 1));
    await paper.timer.advance(1);
    const [, , again = 0] = ids();
    price(again, 4);
    expect((await next()).gaps).toEqual([expect.objectContaining({ instrument: 0, cause: 'unreadable' })]);
  });
});

describe('on the wire', () => {
  const open = async (): Promise<{ gateway: Awaited<ReturnType<typeof scriptedGateway>>; ib: Ib }> => {
    const gateway = await scriptedGateway({
      on: { reqMktData: ({ reqId }, peer) => peer.send('tickSize', { reqId, tickType: 5, size: 7 }) },
    });
    return { gateway, ib: await connect({ port: gateway.port, orders: { accounts: 'none' } }) };
  };

  it('leaving the loop cancels every instrument', async () => {
    const { gateway, ib } = await open();
    for await (const batch of ib.market.columns(contracts)) if (batch.length > 0) break;
    await until(() => gateway.received.filter(({ kind }) => kind === 'cancelMktData').length === 2);
    expect(ib.health.openRequests).toBe(0);
    await ib[Symbol.asyncDispose]();
    await gateway.close();
  });

  it('an abort ends the loop with its reason', async () => {
    const { gateway, ib } = await open();
    const abort = new AbortController();
    const reason = new Error('enough');
    const read = async (): Promise<void> => {
      for await (const batch of ib.market.columns(contracts, { signal: abort.signal })) if (batch.length > 0) abort.abort(reason);
    };
    await expect(read()).rejects.toBe(reason);
    await ib[Symbol.asyncDispose]();
    await gateway.close();
  });

  it('of no instrument at all are over at once', async () => {
    const { gateway, ib } = await open();
    for await (const _ of ib.market.columns([])) expect.fail('there is nothing to read');
    await ib[Symbol.asyncDispose]();
    await gateway.close();
  });
});
