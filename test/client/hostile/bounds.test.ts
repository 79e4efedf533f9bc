// Lists that do not end, texts that do not end, news that never stops: what is kept of them is bounded, and the bound is said.

import { describe, expect, it } from 'vitest';
import { connect, facade } from '../../../src/client/connect.js';
import type { Subscription } from '../../../src/client/conversation/subscription.js';
import { type FarmsHealth, farmNotice, withFarmNotice } from '../../../src/client/notices/farms.js';
import { Rows } from '../../../src/client/orders/record/rows.js';
import { TooManyRowsError } from '../../../src/client/wire/errors.js';
import { KeyedMap } from '../../../src/input/keyed.js';
import { cut } from '../../../src/protocol/visible-text.js';
import { type Script, scriptedGateway } from '../../helpers/scripted-gateway.js';
import { until } from '../../helpers/until.js';
import { paperSession } from '../session/paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const details = {
  contract: { conId: 1, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' },
  contractDetails: { longName: 'x'.repeat(2000) },
};

describe.each([176, 225])('a list whose rows never end, at %i', (serverVersion) => {
  const thirty: Script['on'] = {
    reqContractDetails({ reqId }, peer) {
      for (let row = 0; row < 30; row++) peer.send('contractDetails', { reqId, ...details });
    },
    reqPositions(_, peer) {
      for (let row = 1; row <= 30; row++)
        peer.send('position', {
          account: 'DU9000001',
          contract: { conId: row, symbol: 'A', secType: 'STK' },
          position: '1',
          avgCost: 1,
        });
    },
  };

  it('fails beyond maxRows, says how many came, and leaves nothing open', async () => {
    await using gateway = await scriptedGateway({ serverVersion, on: thirty });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const failed: unknown = await ib.contracts.details(stock, { maxRows: 25 }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(TooManyRowsError);
    expect(failed).toMatchObject({ code: 'TOO_MANY_ROWS', asked: 'reqContractDetails', seen: 26 });
    expect((failed as Error).message).toMatch(
      /: 26 rows with \d+ bytes came and no end; the call takes at most 25 rows \(maxRows\)\.$/,
    );
    expect(ib.health.openRequests).toBe(0);
    expect(ib.state.at).toBe('ready');
  });

  it('fails beyond maxBytes, counted as they come on the wire', async () => {
    await using gateway = await scriptedGateway({ serverVersion, on: thirty });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const failed: unknown = await ib.contracts.details(stock, { maxBytes: 20_000 }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'TOO_MANY_ROWS', seen: expect.any(Number) });
    const { seen, bytes } = failed as TooManyRowsError;
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes / seen).toBeGreaterThan(2_000);
    expect((failed as Error).message).toContain('at most 20000 bytes (maxBytes)');
  });

  it('fails the first picture of positions too', async () => {
    await using gateway = await scriptedGateway({ serverVersion, on: thirty });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    await expect(ib.accounts.positions({ maxRows: 10 })).rejects.toMatchObject({ code: 'TOO_MANY_ROWS', seen: 11 });
    await expect.poll(() => gateway.received.at(-1)?.kind).toBe('cancelPositions');
  });
});

describe.each([176, 225])('a stream that is no list, at %i', (serverVersion) => {
  const ten = Array.from({ length: 10 }, (_, row) => row + 1);
  const tenSizes: Script['on'] = {
    reqMktData({ reqId }, peer) {
      for (const size of ten) peer.send('tickSize', { reqId, tickType: 5, size });
    },
  };

  it('has no bound: quotes go on beyond maxRows and maxBytes', async () => {
    await using gateway = await scriptedGateway({ serverVersion, on: tenSizes });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const quotes = ib.market.quotes(stock, { maxRows: 3, maxBytes: 100 });
    const sizes: unknown[] = [];
    quotes.on(({ field, value }) => {
      if (field === 'lastSize') sizes.push(value);
    });
    await until(() => sizes.length === 10 || quotes.state.at === 'closed');
    expect(sizes).toEqual(ten);
    expect(quotes.state.at).toBe('live');
  });

  it('has one where it is a picture: a snapshot fails beyond maxRows', async () => {
    await using gateway = await scriptedGateway({ serverVersion, on: tenSizes });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    await expect(ib.market.snapshot(stock, { maxRows: 3 })).rejects.toMatchObject({ code: 'TOO_MANY_ROWS', seen: 4 });
  });
});

describe('a text without an end', () => {
  it.each([176, 225])('is cut where it enters: notices keep 4,096 letters, at %i', async (serverVersion) => {
    await using gateway = await scriptedGateway({ serverVersion });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    for (let sent = 0; sent < 60; sent++)
      gateway.peers[0]?.send('error', { reqId: -1, errorCode: 2109, errorString: `${sent} ${'x'.repeat(100_000)}` });
    await until(() => ib.health.notices.length === 50 && ib.health.notices.at(-1)?.text.startsWith('59 ') === true);
    for (const { text } of ib.health.notices) expect(text.length).toBeLessThan(4_200);
    expect(ib.health.notices.at(-1)?.text.endsWith('x… (95907 more)')).toBe(true);
  });

  it('is cut in errors of calls as well', async () => {
    await using gateway = await scriptedGateway({
      on: {
        reqContractDetails: ({ reqId }, peer) => peer.send('error', { reqId, errorCode: 200, errorString: 'y'.repeat(50_000) }),
      },
    });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const failed: unknown = await ib.contracts.details(stock).catch((error: unknown) => error);
    expect((failed as Error).message.length).toBeLessThan(4_300);
  });

  it('is cut in orders: a field keeps 1,024 letters', async () => {
    await using gateway = await scriptedGateway();
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    gateway.peers[0]?.send('openOrder', {
      orderId: 7,
      contract: { conId: 1, symbol: 'A', secType: 'STK' },
      order: { action: 'BUY', totalQuantity: '1', orderType: 'LMT', orderRef: 'r'.repeat(200_000), permId: '77' },
      orderState: { status: 'Submitted' },
    });
    await until(() => ib.orders.book.trades.length === 1);
    expect(ib.orders.book.trades[0]?.orderRef).toBe(`${'r'.repeat(1_024)}… (198976 more)`);
  });

  it.each([176, 225])(
    'is cut in ticks, trades and rows of a book, for which no message is made, at %i',
    async (serverVersion) => {
      await using gateway = await scriptedGateway({
        serverVersion,
        on: {
          reqMktData: ({ reqId }, peer) => peer.send('tickString', { reqId, tickType: 48, value: 'v'.repeat(10_000) }),
          reqMktDepth: ({ reqId }, peer) =>
            peer.send('updateMktDepthL2', {
              ...{ reqId, position: 0, operation: 0, side: 1, price: 10, size: 1 },
              marketMaker: 'm'.repeat(10_000),
            }),
          reqTickByTickData: ({ reqId }, peer) =>
            peer.send('tickByTick', {
              ...{ reqId, tickType: 1, time: 1_788_357_600, price: 10, size: 1, attribMask: 0 },
              exchange: 'e'.repeat(10_000),
              specialConditions: 'c'.repeat(10_000),
            }),
        },
      });
      await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
      const told = async <T, V>(stream: Subscription<T, V>): Promise<T> => new Promise((resolve) => void stream.on(resolve));
      expect(await told(ib.market.quotes(stock))).toMatchObject({ value: `${'v'.repeat(4_096)}… (5904 more)` });
      expect(await told(ib.market.depth(stock))).toMatchObject({ level: { marketMaker: `${'m'.repeat(1_024)}… (8976 more)` } });
      expect(await told(ib.market.tickByTick(stock, 'Last'))).toMatchObject({
        exchange: `${'e'.repeat(1_024)}… (8976 more)`,
        specialConditions: `${'c'.repeat(1_024)}… (8976 more)`,
      });
    },
  );

  it('is never cut within a letter of two halves', () => {
    expect(cut('a😀b', 2)).toBe('a… (3 more)');
    expect(cut('a😀b', 3)).toBe('a😀… (1 more)');
    expect(cut('a😀b', 4)).toBe('a😀b');
  });
});

describe('what is kept of orders', () => {
  it('ended ones together at most 80 MB: the oldest are forgotten when their notices are long', async () => {
    const paper = await paperSession();
    const ib = facade(paper.session, { port: 1, orders: { accounts: 'none' } });
    for (let orderId = 1; orderId <= 30; orderId++) {
      const order = { clientId: 1, permId: String(9_000 + orderId), action: 'BUY', totalQuantity: '1', orderType: 'LMT' };
      const contract = { symbol: 'A', secType: 'STK' };
      paper.say('openOrder', { orderId, contract, order, orderState: { status: 'Submitted' } });
      for (let n = 0; n < 1_000; n++)
        paper.say('error', { reqId: orderId, errorCode: 399, errorString: `${n} ${'x'.repeat(4_000)}` });
      const ended = { orderId, clientId: 1, permId: order.permId, status: 'Cancelled', filled: '0', remaining: '1' };
      paper.say('orderStatus', ended);
      await paper.timer.advance(20_000);
    }
    const { trades } = ib.orders.book;
    expect(trades.length).toBeGreaterThan(5);
    expect(trades.length).toBeLessThan(15);
    expect(trades.some(({ orderId }) => orderId === 30)).toBe(true);
    expect(trades.some(({ orderId }) => orderId === 1)).toBe(false);
    ib.close();
  });

  it('the newest rows of a list that is added to without end', () => {
    let rows = Rows.none<number>();
    for (let n = 0; n < 1_000; n++) rows = rows.newest(n, 300);
    expect(rows.size).toBeLessThanOrEqual(300);
    expect(rows.size).toBeGreaterThan(300 - 64);
    expect(rows.last).toBe(999);
    expect(rows.toArray()[0]).toBe(1_000 - rows.size);
    expect(rows.get(0)).toBe(1_000 - rows.size);
  });

  it('those that never end: all, and it is told at 10,000 and at twice as many', async () => {
    const paper = await paperSession();
    const ib = facade(paper.session, { port: 1, orders: { accounts: 'none' } });
    const told: string[] = [];
    ib.on('notice', ({ code, text }) => void told.push(`${code}: ${text}`));
    for (let orderId = 1; orderId <= 21_000; orderId++)
      paper.say('openOrder', {
        orderId,
        contract: { symbol: 'A' },
        order: { clientId: 9, permId: String(orderId) },
        orderState: { status: 'Submitted' },
      });
    expect(told).toEqual([
      '0: 10000 orders have not ended; each takes about 4 kB until it has.',
      '0: 20000 orders have not ended; each takes about 4 kB until it has.',
    ]);
    expect(ib.orders.book.trades.length).toBe(21_000);
    ib.close();
  });

  it('eight permIds of one order', async () => {
    const paper = await paperSession();
    const ib = facade(paper.session, { port: 1, orders: { accounts: 'none' } });
    for (let n = 1; n <= 50; n++)
      paper.say('orderStatus', { orderId: 7, clientId: 1, permId: String(n), status: 'Submitted', filled: '0', remaining: '1' });
    paper.say('openOrder', {
      orderId: 7,
      contract: { symbol: 'A' },
      order: { clientId: 1 },
      orderState: { status: 'Submitted' },
    });
    for (let n = 1; n <= 50; n++)
      paper.say('orderStatus', { orderId: 7, clientId: 1, permId: String(n), status: 'Submitted', filled: '0', remaining: '1' });
    expect(ib.orders.book.trades[0]?.permIds.size).toBe(8);
    ib.close();
  });
});

describe('what is kept of accounts and contracts', () => {
  it('types of 10,000 accounts', async () => {
    const { session, say } = await paperSession();
    for (let n = 0; n < 12_000; n++)
      say('accountSummary', { reqId: -1, account: `DU${9_000_000 + n}`, tag: 'AccountType', value: 'INDIVIDUAL' });
    expect(session.accountTypes.size).toBe(10_000);
    session.close();
  });

  it('no contract whose names have more than 1,024 letters', async () => {
    const { session, say } = await paperSession();
    const row = (conId: number, symbol: string): void =>
      say('position', { account: 'DU9000001', contract: { conId, symbol, secType: 'STK' }, position: '1', avgCost: 1 });
    row(5, 'A'.repeat(1_025));
    row(6, 'A'.repeat(1_024));
    expect(session.told.of(5)).toBeUndefined();
    expect(session.told.of(6)?.conId).toBe(6);
    session.close();
  });
});

describe('farms', () => {
  it('are remembered a hundred at a time, the longest unheard of forgotten first', () => {
    let farms: FarmsHealth = new KeyedMap();
    for (let n = 0; n < 1_000; n++) {
      const notice = farmNotice(2104, `Market data farm connection is OK:farm${n}`);
      if (notice !== undefined) farms = withFarmNotice(farms, notice, n);
    }
    expect(farms.size).toBe(100);
    expect([...farms.keys()][0]).toBe('farm900');
  });

  it('have names of at most 64 letters', () => {
    expect(farmNotice(2104, `Market data farm connection is OK:${'f'.repeat(1_000)}`)?.farm).toBeUndefined();
    expect(farmNotice(2104, 'Market data farm connection is OK:usfarm')?.farm).toBe('usfarm');
  });
});
