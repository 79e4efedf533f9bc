// What gateways send in the place of nothing: no bid in other units, bars without prices, amounts that are not set. Both wires.

import { describe, expect, it } from 'vitest';
import { money } from '../../../src/client/accounts/money.js';
import { connect, type Ib } from '../../../src/client/connect.js';
import type { Bar } from '../../../src/client/history/bar.js';
import { priceOrNone } from '../../../src/client/history/no-price.js';
import { type Script, type ScriptedGateway, scriptedGateway } from '../../helpers/scripted-gateway.js';
import { until } from '../../helpers/until.js';

const VOD = { conId: 17_665, symbol: 'VOD', secType: 'STK', exchange: 'SMART', currency: 'GBP' } as const;
const UNSET = '1.7976931348623157E308';

async function meet(serverVersion: number, on: NonNullable<Script['on']>): Promise<[ScriptedGateway, Ib]> {
  const gateway = await scriptedGateway({ serverVersion, on });
  return [gateway, await connect({ port: gateway.port, limits: 'none', orders: { accounts: 'none' } })];
}

describe('no price', () => {
  it.each([
    [-1, 0, undefined],
    [-10, 0, undefined],
    [-100, 0, undefined],
    [-1_000, undefined, undefined],
    [-100, 5, -100],
    [-1, 1, -1],
    [-100.5, 0, -100.5],
    [-37.63, 0, -37.63],
    [-2.5, undefined, -2.5],
    [0, 0, 0],
    [100, 0, 100],
    [undefined, 0, undefined],
  ])('%s with the size %s is %s', (price, size, meant) => {
    expect(priceOrNone(price, size)).toBe(meant);
  });
});

describe('amounts', () => {
  it.each([UNSET, `-${UNSET}`, '1.797E308', '1.7976931348623157E+308', '2147483647', '9223372036854775807', '', 'N/A'])(
    '%j is not set',
    (text) => expect(money(text)).toBeUndefined(),
  );
  it.each([Number.MAX_VALUE, -Number.MAX_VALUE, 1e300, Number.NaN, Number.POSITIVE_INFINITY])('%s is not set', (value) =>
    expect(money(value)).toBeUndefined(),
  );
  it.each(['2147483648', '2147483647.01', '-2147483647', '1e299', '0'])('%s is an amount', (text) =>
    expect(money(text)?.eq(text)).toBe(true),
  );
});

describe.each([176, 226])('at server version %i', (version) => {
  it('a line without a market quotes nothing, however its price is counted', async () => {
    const [gateway, ib] = await meet(version, {
      reqMktData: ({ reqId = 0 }, peer) => {
        peer.send('tickPrice', { reqId, tickType: 1, price: -100, size: 0, attribMask: 0 });
        peer.send('tickPrice', { reqId, tickType: 2, price: -100, size: 0, attribMask: 0 });
        peer.send('tickPrice', { reqId, tickType: 4, price: -100, size: 3, attribMask: 0 });
      },
      reqTickByTickData: ({ reqId = 0 }, peer) => {
        const sizes = { bidSize: 0, askSize: 2 };
        peer.send('tickByTick', { reqId, tickType: 3, time: 1, bidPrice: -100, askPrice: -100, ...sizes, attribMask: 0 });
      },
    });
    await using _gateway = gateway;
    await using _ib = ib;
    const quotes = ib.market.quotes(VOD);
    await until(() => quotes.view.last !== undefined);
    expect([quotes.view.bid?.value, quotes.view.ask?.value, quotes.view.last?.value]).toEqual([undefined, undefined, -100]);
    const ticks = ib.market.tickByTick(VOD, 'BidAsk');
    await until(() => ticks.latest !== undefined);
    expect(ticks.latest).toMatchObject({ bidPrice: undefined, askPrice: -100 });
  });

  const priced = { open: 1, high: 2, low: 0.5, close: 1.5, volume: 10, wap: 1.2, barCount: 3 };
  const nothing = { volume: -1, wap: undefined, barCount: 0 }; // absent doubles are empty fields as text
  const answer = (peer: Parameters<NonNullable<NonNullable<Script['on']>['reqHistoricalData']>>[1], reqId: number): void => {
    const bars = [
      { date: '1788357600', ...priced },
      { date: '1788357660', ...nothing },
      { date: '1788357720', ...priced, high: undefined },
      { date: '1788357780', ...priced, close: 1.75, volume: -1, wap: -1, barCount: -1 },
    ];
    peer.send('historicalData', { reqId, bars });
    if (version >= 196) peer.send('historicalDataEnd', { reqId });
  };
  const numbersOf = ({ open, high, low, close, volume, wap, count }: Bar) =>
    [open, high, low, close, volume, wap, count].filter((value) => value !== undefined);

  it('a bar without all its prices is left out: asked once, and over a span', async () => {
    const [gateway, ib] = await meet(version, { reqHistoricalData: ({ reqId = 0 }, peer) => answer(peer, reqId) });
    await using _gateway = gateway;
    await using _ib = ib;
    const bars = await ib.history.bars(VOD, { duration: '1 D', size: '1 min' });
    expect(bars.map(({ close }) => close)).toEqual([1.5, 1.75]);
    expect(bars[1]).toMatchObject({ volume: undefined, wap: undefined, count: undefined });
    const from = new Date(1_788_357_600_000);
    const span = ib.history.span(VOD, { from, to: new Date(from.getTime() + 240_000), size: '1 min', show: 'MIDPOINT' });
    for await (const page of span) expect(page.bars.flatMap(numbersOf).every(Number.isFinite)).toBe(true);
  });

  it('an update without prices replaces no good bar, live and in batches', async () => {
    const [gateway, ib] = await meet(version, {
      reqHistoricalData: ({ reqId = 0 }, peer) => {
        answer(peer, reqId);
        peer.send('historicalDataUpdate', { reqId, date: '1788357840', ...priced, close: 1.9 });
        peer.send('historicalDataUpdate', { reqId, date: '1788357840', ...nothing });
        peer.send('historicalDataUpdate', { reqId, date: '1788357840', ...priced, close: 1.95 });
      },
    });
    await using _gateway = gateway;
    await using _ib = ib;
    const live = ib.history.live(VOD, { duration: '1 D', size: '1 min' });
    const seen: Bar[] = [];
    for await (const bars of live.batches({ overflow: 'fail' })) {
      seen.push(...bars);
      if (seen.at(-1)?.close === 1.95) break;
    }
    expect(seen.map(({ close }) => close)).toEqual([1.5, 1.75, 1.9, 1.95]);
    expect(seen.flatMap(numbersOf).every(Number.isFinite)).toBe(true);
    live.close();
  });

  it('a five-second bar without prices is none', async () => {
    const [gateway, ib] = await meet(version, {
      reqRealTimeBars: ({ reqId = 0 }, peer) => {
        peer.send('realtimeBar', { reqId, time: 1_788_357_600, volume: -1, wap: undefined, count: 0 });
        peer.send('realtimeBar', { reqId, time: 1_788_357_605, ...priced, count: 2 });
      },
    });
    await using _gateway = gateway;
    await using _ib = ib;
    const bars = ib.market.bars5s(VOD);
    await until(() => bars.latest !== undefined);
    expect(bars.latest).toMatchObject({ time: new Date(1_788_357_605_000), open: 1, close: 1.5 });
  });

  it('amounts of accounts that are not set are undefined in every kind', async () => {
    const account = 'DU9000001';
    const row = { key: 'NetLiquidation', value: UNSET, currency: 'USD' };
    const [gateway, ib] = await meet(version, {
      reqPositions: (_, peer) => peer.send('positionEnd', {}),
      reqAccountSummary: ({ reqId = 0 }, peer) => {
        peer.send('accountSummary', { reqId, account, tag: row.key, value: row.value, currency: row.currency });
        peer.send('accountSummaryEnd', { reqId });
      },
      reqAccountUpdatesMulti: ({ reqId = 0 }, peer) => {
        peer.send('accountUpdateMulti', { reqId, account, modelCode: '', ...row });
        peer.send('accountUpdateMultiEnd', { reqId });
      },
      reqAccountUpdates: (_, peer) => {
        peer.send('updateAccountValue', { ...row, accountName: account });
        const values = { marketPrice: Number.MAX_VALUE, marketValue: Number.MAX_VALUE, averageCost: 10 };
        const gains = { unrealizedPNL: Number.MAX_VALUE, realizedPNL: Number.MAX_VALUE };
        peer.send('updatePortfolio', { contract: VOD, position: '5', ...values, ...gains, accountName: account });
        peer.send('accountDownloadEnd', { accountName: account });
      },
      reqPnL: ({ reqId = 0 }, peer) =>
        peer.send('pnl', { reqId, dailyPnL: Number.MAX_VALUE, unrealizedPnL: Number.MAX_VALUE, realizedPnL: Number.MAX_VALUE }),
      reqPnLSingle: ({ reqId = 0 }, peer) => {
        const values = { dailyPnL: Number.MAX_VALUE, unrealizedPnL: Number.MAX_VALUE, realizedPnL: Number.MAX_VALUE };
        peer.send('pnlSingle', { reqId, position: '5', ...values, value: Number.MAX_VALUE });
      },
    });
    await using _gateway = gateway;
    await using _ib = ib;
    const live = ib.accounts.live();
    await live.complete();
    await until(() => live.accounts.get(account)?.pnl !== undefined);
    expect(live.accounts.get(account)?.numbers?.totals.get('NetLiquidation')).toMatchObject({ value: UNSET, amount: undefined });
    expect(live.totals).toMatchObject({ netLiquidation: undefined, dailyPnL: undefined });
    const portfolio = ib.accounts.portfolio(account);
    await portfolio.complete();
    expect(portfolio.view.numbers?.totals.get('NetLiquidation')?.amount).toBeUndefined();
    const nothingSet = { marketPrice: undefined, marketValue: undefined, unrealizedPNL: undefined, realizedPNL: undefined };
    expect([...portfolio.view.rows.values()][0]).toMatchObject(nothingSet);
    const multi = ib.accounts.liveNumbers(account);
    await multi.complete();
    expect(multi.view.get(account)?.totals.get('NetLiquidation')?.amount).toBeUndefined();
  });
});
