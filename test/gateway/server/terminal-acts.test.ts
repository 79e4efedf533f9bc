// Settings of the terminal that change prices, sizes, zones, and what becomes of orders: what the simulated gateway sends by them.

import { afterEach, describe, expect, it } from 'vitest';
import { settings } from '../../../src/cli/doctor/settings.js';
import { connect } from '../../../src/client/connect.js';
import { parseInstant } from '../../../src/client/time/parse.js';
import { type SimulateOptions, simulate } from '../../../src/gateway/index.js';
import { lensOf } from '../../../src/gateway/server/lens.js';
import { inWholePips } from '../../../src/gateway/server/pips.js';
import { settingsAs } from '../../../src/gateway/server/terminal-settings.js';
import type { RequestInput } from '../../../src/protocol/registry.js';
import { until } from '../../helpers/until.js';
import { AAPL, closeAll, wireClient } from './wire-client.js';

type Terminal = NonNullable<SimulateOptions['terminal']>;
const ACCOUNT = 'DU9000001';
const EURUSD = { symbol: 'EUR', secType: 'CASH', currency: 'USD', exchange: 'IDEALPRO' };
const SAP = { symbol: 'SAP', secType: 'STK', currency: 'EUR', exchange: 'IBIS' };

afterEach(closeAll);

/** Ten in the morning in New York; the host stands in Chicago. */
async function meet(terminal: Terminal, version = 226, options: SimulateOptions = {}) {
  const gateway = await simulate({ clock: 'virtual', pacing: 'off', hostZone: 'US/Central', ...options, terminal });
  const client = await wireClient(gateway.port, { version });
  return { gateway, client, [Symbol.asyncDispose]: () => gateway.close() };
}

const limit = (lmtPrice: number): RequestInput<'placeOrder'>['order'] => ({
  action: 'BUY',
  orderType: 'LMT',
  totalQuantity: '25000',
  lmtPrice,
  tif: 'DAY',
  transmit: true,
});
const market = { action: 'BUY', orderType: 'MKT', totalQuantity: '10', tif: 'DAY', transmit: true } as const;
const bars = (contract: object, formatDate: number): RequestInput<'reqHistoricalData'> => ({
  reqId: 1,
  contract,
  endDateTime: '',
  barSizeSetting: '5 mins',
  durationStr: '3600 S',
  useRTH: false,
  whatToShow: contract === EURUSD ? 'MIDPOINT' : 'TRADES',
  formatDate,
  keepUpToDate: false,
});

describe('the zone of times', () => {
  it.each<[Terminal, string]>([
    [{}, '20260902 10:00:00 US/Eastern'],
    [{ sendInstrumentTimezone: 'operator' }, '20260902 09:00:00 US/Central'],
    [{ sendInstrumentTimezone: 'UTC' }, '20260902-14:00:00'],
  ])('with %j an execution was at %s, and its order was done then', async (terminal, text) => {
    await using desk = await meet(terminal);
    const { client } = desk;
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: market });
    expect((await client.wait('execDetails')).execution?.time).toBe(text);
    expect(client.of('openOrder').at(-1)?.orderState?.completedTime).toBe(text);
  });

  it.each<[Terminal, string]>([
    [{}, '20260902 16:00:00 MET'],
    [{ sendInstrumentTimezone: 'operator' }, '20260902 09:00:00 US/Central'],
    [{ sendInstrumentTimezone: 'UTC' }, '20260902-14:00:00'],
  ])('with %j bars of Frankfurt end at %s', async (terminal, text) => {
    await using desk = await meet(terminal);
    desk.client.send('reqHistoricalData', bars(SAP, 1));
    expect((await desk.client.wait('historicalDataEnd')).endDateStr).toBe(text);
    const { bars: rows = [] } = desk.client.of('historicalData')[0] ?? {};
    expect(rows[0]?.date).toMatch(terminal.sendInstrumentTimezone === 'UTC' ? /^\d{8}-/ : new RegExp(`${text.slice(18)}$`));
  });

  it('is the zone of the host before 174, whatever is set', async () => {
    await using desk = await meet({ sendInstrumentTimezone: 'UTC' }, 173);
    desk.client.send('placeOrder', { orderId: 1, contract: AAPL, order: market });
    expect((await desk.client.wait('execDetails')).execution?.time).toBe('20260902  09:00:00');
  });

  it.each(['instrument', 'operator', 'UTC'] as const)('%s is one instant to our client', async (sendInstrumentTimezone) => {
    const gateway = await simulate({ clock: 'virtual', hostZone: 'US/Central', terminal: { sendInstrumentTimezone } });
    await using _gateway = gateway;
    const ib = await connect({ port: gateway.port, clientId: 1, orders: { accounts: 'none' } });
    const trade = ib.orders.place({ ...AAPL, conId: 265598 }, market);
    await trade.done;
    expect(trade.fills.map(({ time = '' }) => parseInstant(time))).toEqual([gateway.clock.now()]);
    ib.close();
  });

  it('is refused where there is no such', async () => {
    await expect(simulate({ terminal: { sendInstrumentTimezone: 'mine' as never } })).rejects.toThrow(
      /sendInstrumentTimezone: must be one of instrument, operator, UTC/,
    );
    await using desk = await meet({});
    desk.client.send('updateConfig', { reqId: 1, api: { settings: { sendInstrumentTimezone: 'mine' } } });
    expect(await desk.client.wait('updateConfigResponse')).toMatchObject({ status: 'FAILED', changedFields: [] });
    desk.client.send('updateConfig', { reqId: 2, api: { settings: { sendInstrumentTimezone: 'UTC' } } });
    await desk.client.wait('updateConfigResponse', ({ status }) => status === 'SUCCESS');
    desk.client.send('placeOrder', { orderId: 1, contract: AAPL, order: market });
    expect((await desk.client.wait('execDetails')).execution?.time).toBe('20260902-14:00:00');
  });
});

describe.each([176, 226])('parts of a pip at server version %i', (version) => {
  const isWhole = (price: number | undefined): boolean =>
    price !== undefined && Math.abs(price * 1e4 - Math.round(price * 1e4)) < 1e-6;

  /** Every price that quotes, books and bars told in a minute. */
  async function pricesOf(terminal: Terminal): Promise<readonly (number | undefined)[]> {
    await using desk = await meet(terminal, version);
    const { client, gateway } = desk;
    client.send('reqMktData', { reqId: 1, contract: EURUSD, genericTickList: '', snapshot: false });
    client.send('reqMktDepth', { reqId: 2, contract: EURUSD, numRows: 5 });
    client.send('reqRealTimeBars', { reqId: 3, contract: EURUSD, barSize: 5, whatToShow: 'MIDPOINT', useRTH: false });
    client.send('reqHistoricalData', { ...bars(EURUSD, 2), reqId: 4 });
    client.send('reqTickByTickData', { reqId: 5, contract: EURUSD, tickType: 'BidAsk', numberOfTicks: 5 });
    await client.fence();
    await gateway.advance(60_000);
    await client.fence();
    const told = [
      client.of('tickPrice').map(({ price }) => price),
      client.of('updateMktDepth').map(({ price }) => price),
      client.of('realtimeBar').flatMap(({ open, high, low, close }) => [open, high, low, close]),
      client.of('historicalData').flatMap(({ bars: rows = [] }) => rows.flatMap(({ open, close }) => [open, close])),
      client.of('historicalTicksBidAsk').flatMap(({ ticks = [] }) => ticks.flatMap((tick) => [tick.priceBid, tick.priceAsk])),
      client.of('tickByTick').flatMap((tick) => ('bidPrice' in tick ? [tick.bidPrice, tick.askPrice] : [])),
    ];
    for (const prices of told) expect(prices.length).toBeGreaterThan(3);
    return told.flat();
  }

  it('are shown, or no price has them', async () => {
    expect((await pricesOf({})).every(isWhole)).toBe(false);
    expect((await pricesOf({ showForexDataIn1_10Pips: false })).filter((price) => !isWhole(price))).toEqual([]);
  });

  it('are traded, or refused with 110, as the details and the market rule say', async () => {
    for (const [allowForexTradingIn1_10Pips, minTick] of [
      [true, 0.00005],
      [false, 0.0001],
    ] as const) {
      await using desk = await meet({ allowForexTradingIn1_10Pips }, version);
      const { client } = desk;
      client.send('reqContractDetails', { reqId: 1, contract: EURUSD });
      const { contractDetails } = await client.wait('contractDetails');
      expect(contractDetails?.minTick).toBe(minTick);
      client.send('reqMarketRule', { marketRuleId: Number(contractDetails?.marketRuleIds) });
      expect((await client.wait('marketRule')).priceIncrements?.map(({ increment }) => increment)).toEqual([minTick]);
      client.send('placeOrder', { orderId: 1, contract: EURUSD, order: limit(1.00005) });
      client.send('placeOrder', { orderId: 2, contract: EURUSD, order: limit(1.0001) });
      await client.wait('orderStatus', ({ orderId }) => orderId === 2);
      const refused = client.of('error').filter(({ errorCode }) => errorCode === 110);
      expect(refused.map(({ reqId }) => reqId)).toEqual(allowForexTradingIn1_10Pips ? [] : [1]);
    }
  });
});

it('sides of a market that is shown in whole pips never cross, and rows at one price are one', async () => {
  await using gateway = await simulate({ clock: 'virtual' });
  const pair = gateway.world.universe.statics.find(({ localSymbol }) => localSymbol === 'EUR.USD');
  if (pair === undefined) throw new Error('no EUR.USD');
  expect(inWholePips(pair)).toMatchObject({ minTick: 0.0001, conId: pair.conId });
  const lens = lensOf(settingsAs({ showForexDataIn1_10Pips: false }), pair);
  expect([lens.price(1.17125, 'bid'), lens.price(1.17125, 'ask'), lens.price(1.1713, 'ask'), lens.price(-1)]).toEqual([
    1.1712, 1.1713, 1.1713, -1,
  ]);
  const row = (price: number, size: number) => ({ price, size, marketMaker: 'IDEALPRO' });
  expect(lens.book({ bids: [row(1.17125, 5), row(1.1712, 7), row(1.17115, 1)], asks: [row(1.1713, 2)] })).toEqual({
    bids: [row(1.1712, 12), row(1.1711, 1)],
    asks: [row(1.1713, 2)],
  });
});

describe.each([176, 226])('lots at server version %i', (version) => {
  async function sizesOf(sendMarketDataInLotsForUsStocks: boolean, contract: object) {
    await using desk = await meet({ sendMarketDataInLotsForUsStocks }, version);
    const { client, gateway } = desk;
    client.send('reqMktDepth', { reqId: 2, contract, numRows: 5 });
    client.send('reqRealTimeBars', { reqId: 3, contract, barSize: 5, whatToShow: 'TRADES', useRTH: false });
    client.send('reqHistoricalData', { ...bars(contract, 2), reqId: 4 });
    client.send('reqHistogramData', { reqId: 6, contract, useRTH: true, timePeriod: '1 day' });
    await client.wait('histogramData');
    await gateway.advance(15_000);
    await client.fence();
    const books = client.of('updateMktDepthL2').slice(0, 5);
    return {
      book: books.map(({ size }) => size),
      realTime: client.of('realtimeBar').map(({ volume }) => volume),
      past: client.of('historicalData').flatMap(({ bars: rows = [] }) => rows.map(({ volume }) => volume)),
      histogram: client.of('histogramData').flatMap(({ items = [] }) => items.map(({ size }) => size)),
    };
  }
  const lots = (size: number | undefined): number => Math.floor((size ?? 0) / 100);

  it('books, bars and histograms of US stocks count them where the setting says so', async () => {
    const [shares, told] = [await sizesOf(false, AAPL), await sizesOf(true, AAPL)];
    expect(shares.realTime.length).toBeGreaterThan(1);
    expect(told.realTime).toEqual(shares.realTime.map(lots));
    expect(told.past).toEqual(shares.past.map(lots));
    expect(told.book).toEqual(shares.book.map((size) => Math.max(1, lots(size))));
    expect(told.histogram).toEqual(shares.histogram.map((size) => Math.max(1, lots(size))));
  });

  it('those of other stocks count shares', async () => {
    expect(await sizesOf(true, SAP)).toEqual(await sizesOf(false, SAP));
  });
});

describe('insured deposits', () => {
  const accounts: NonNullable<SimulateOptions['accounts']> = [{ kind: 'cash', cash: { USD: 1_000_000, EUR: 500 } }];

  it('leave the cash balances of the ledgers, and nothing else', async () => {
    const rowsOf = async (splitInsuredDepositFromCashBalance: boolean) => {
      await using desk = await meet({ splitInsuredDepositFromCashBalance }, 226, { accounts });
      desk.client.send('reqAccountUpdatesMulti', { reqId: 1, account: ACCOUNT, modelCode: '', ledgerAndNLV: false });
      desk.client.send('reqAccountSummary', { reqId: 2, group: 'All', tags: '$LEDGER:ALL' });
      await desk.client.wait('accountSummaryEnd');
      const rows = desk.client.of('accountUpdateMulti').map(({ key, currency, value }) => [`${key} ${currency}`, value] as const);
      const summary = desk.client
        .of('accountSummary')
        .map(({ tag, currency, value }) => [`sum ${tag} ${currency}`, value] as const);
      return new Map<string, string | undefined>([...rows, ...summary]);
    };
    const [whole, split] = [await rowsOf(false), await rowsOf(true)];
    const changed = [...split].flatMap(([name, value]) => {
      const before = whole.get(name);
      return before === value ? [] : [[name, Number(before) - Number(value)]];
    });
    const names = ['CashBalance', 'TotalCashBalance'].flatMap((key) => [`${key} USD`, `${key} BASE`]);
    expect(Object.fromEntries(changed)).toEqual(
      Object.fromEntries(
        names.flatMap((name) => [
          [name, 250_000],
          [`sum ${name}`, 250_000],
        ]),
      ),
    );
  });

  it('are no cash to the rules of an account: less than there is, never more', async () => {
    const cashOf = async (splitInsuredDepositFromCashBalance: boolean) => {
      await using gateway = await simulate({
        clock: 'virtual',
        accounts: [{ kind: 'roth-ira-cash', cash: { USD: 300_000 } }],
        terminal: { splitInsuredDepositFromCashBalance },
      });
      const ib = await connect({ port: gateway.port, clientId: 1 });
      await ib.contracts.details(AAPL);
      await until(() => ib.orders.situationOf(ACCOUNT)?.cash?.['USD'] !== undefined);
      const { cash } = ib.orders.situationOf(ACCOUNT) ?? {};
      ib.close();
      return cash;
    };
    expect(await cashOf(false)).toEqual({ USD: '300000' });
    expect(await cashOf(true)).toEqual({ USD: '50000' });
  });
});

describe('orders that come while the broker is away', () => {
  it.each(['lost', 'kept'] as const)('are kept without a word, and sent on when it is back with data %s', async (data) => {
    await using desk = await meet({});
    const { client, gateway } = desk;
    client.send('placeOrder', { orderId: 1, contract: EURUSD, order: limit(1.0001) });
    client.send('placeOrder', { orderId: 2, contract: EURUSD, order: limit(1.0001) });
    await client.wait('orderStatus', ({ orderId }) => orderId === 2);
    gateway.faults.disconnect();
    await client.wait('error', ({ errorCode }) => errorCode === 1100);
    await gateway.advance(5_000);
    await client.fence();
    client.clear();
    client.send('placeOrder', { orderId: 3, contract: AAPL, order: market });
    client.send('placeOrder', { orderId: 1, contract: EURUSD, order: limit(1.0002) });
    client.send('cancelOrder', { orderId: 2 });
    client.send('reqIds', {});
    expect((await client.wait('nextValidId')).orderId).toBe(4);
    await gateway.advance(5_000);
    await client.fence();
    expect(client.messages.filter(({ kind }) => /^(openOrder|orderStatus|execDetails|error)$/.test(kind))).toEqual([]);
    gateway.faults.reconnect(data);
    await client.wait('execDetails', ({ execution }) => execution?.orderId === 3);
    await client.wait('orderStatus', ({ orderId, status }) => orderId === 2 && status === 'Cancelled');
    expect(client.of('openOrder').find(({ orderId }) => orderId === 1)?.order?.lmtPrice).toBe(1.0002);
    expect(client.of('error')[0]?.errorCode).toBe(data === 'lost' ? 1101 : 1102);
  });

  it('are refused with 201 where the setting is off; what works is left as it is', async () => {
    await using desk = await meet({ maintainAndResubmitOrdersOnReconnect: false });
    const { client, gateway } = desk;
    client.send('placeOrder', { orderId: 1, contract: EURUSD, order: limit(1.0001) });
    await client.wait('orderStatus');
    gateway.faults.disconnect();
    client.send('placeOrder', { orderId: 2, contract: AAPL, order: market });
    client.send('cancelOrder', { orderId: 1 });
    await client.fence();
    expect(
      client
        .of('error')
        .filter(({ errorCode }) => errorCode === 201)
        .map(({ reqId }) => reqId),
    ).toEqual([2, 1]);
    gateway.faults.reconnect('kept');
    await client.fence();
    expect(gateway.orders.map(({ orderId, status }) => [orderId, status])).toEqual([[1, 'Submitted']]);
  });

  it('are gone when the gateway restarts meanwhile', async () => {
    await using desk = await meet({});
    const { client, gateway } = desk;
    gateway.faults.disconnect();
    client.send('placeOrder', { orderId: 1, contract: AAPL, order: market });
    await client.fence();
    gateway.faults.restart();
    gateway.faults.reconnect('kept');
    expect(gateway.orders).toEqual([]);
  });

  it('and the doctor says where they are refused, or where cash is split', async () => {
    await using desk = await meet({ maintainAndResubmitOrdersOnReconnect: false, splitInsuredDepositFromCashBalance: true });
    const ib = await connect({ port: desk.gateway.port, clientId: 2, orders: { accounts: 'none' } });
    expect((await settings(ib, {})).map(({ says }) => says.split(':')[0])).toEqual([
      '"Split insured deposit from cash balance" is on',
      '"Maintain and resubmit orders on reconnect" is off',
    ]);
    ib.close();
  });
});
