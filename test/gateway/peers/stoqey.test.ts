// `@stoqey/ib` takes the simulated gateway for the real one, at every version it speaks.

import {
  BarSizeSetting,
  EventName,
  OptionType,
  type Order,
  OrderAction,
  OrderType,
  SecType,
  TimeInForce,
  WhatToShow,
} from '@stoqey/ib';
import { afterEach, describe, expect, it } from 'vitest';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { type StoqeyClient, stoqeyClient } from './stoqey-client.js';

const AAPL = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };
const ES = { symbol: 'ES', secType: SecType.FUT, exchange: 'CME', currency: 'USD', lastTradeDateOrContractMonth: '202609' };
const VERSIONS = [100, 110, 124, 137, 145, 151, 157, 163, 176, 177, 183, 187, 193];

let gateway: SimulatedGateway;
let client: StoqeyClient;

afterEach(async () => {
  await client.close();
  await gateway.close();
});

const last = <T>(list: readonly T[]): T => list[list.length - 1] as T;

describe.each(VERSIONS)('at server version %i', (serverVersion) => {
  const begin = async (): Promise<void> => {
    gateway = await simulate({
      serverVersion,
      seed: 3,
      accounts: [{ kind: 'individual-margin', holdings: { MSFT: 200, '700': 500 } }],
    });
    client = await stoqeyClient(gateway.port, 7);
  };

  it('fetches accounts, values, positions and clocks', async () => {
    await begin();
    expect(client.api.serverVersion).toBe(serverVersion);
    expect(client.of(EventName.managedAccounts)).toEqual([['DU9000001']]);
    client.api.reqAccountSummary(1, 'All', 'NetLiquidation,TotalCashValue,AccountType').reqPositions().reqCurrentTime();
    client.api.reqAccountUpdates(true, 'DU9000001');
    await client.wait(EventName.accountSummaryEnd);
    await client.wait(EventName.positionEnd);
    await client.wait(EventName.accountDownloadEnd, ([account]) => account === 'DU9000001');
    const rows = client.of(EventName.accountSummary);
    expect(rows).toContainEqual([1, 'DU9000001', 'AccountType', 'INDIVIDUAL', '']);
    expect(rows).toContainEqual([1, 'DU9000001', 'TotalCashValue', '1000000.00', 'USD']);
    const positions = client
      .of(EventName.position)
      .map(([account, contract, size]) => [account, (contract as { symbol: string }).symbol, size]);
    expect(positions).toEqual([
      ['DU9000001', '700', 500],
      ['DU9000001', 'MSFT', 200],
    ]);
    const portfolio = client
      .of(EventName.updatePortfolio)
      .map(([contract, pos, price, value]) => ({ symbol: (contract as { symbol: string }).symbol, pos, price, value }));
    expect(portfolio[1]).toMatchObject({ symbol: 'MSFT', pos: 200 });
    expect(portfolio[1]?.value).toBeCloseTo(200 * Number(portfolio[1]?.price), 6);
    const [time] = last(client.of(EventName.currentTime)) as [number];
    expect(time).toBeGreaterThanOrEqual(Date.UTC(2026, 8, 2, 14) / 1000);
    expect(client.of(EventName.error).filter(([, code]) => Number(code) < 2000)).toEqual([]);
  });

  it('fetches details of a stock, a chain of futures, an option, and history', async () => {
    await begin();
    client.api.reqContractDetails(1, AAPL);
    client.api.reqContractDetails(2, { symbol: 'ES', secType: SecType.FUT, exchange: 'CME', currency: 'USD' });
    client.api.reqContractDetails(3, {
      symbol: 'AAPL',
      secType: SecType.OPT,
      exchange: 'SMART',
      currency: 'USD',
      lastTradeDateOrContractMonth: '20260918',
      strike: 315,
      right: OptionType.Call,
    });
    client.api.reqContractDetails(4, { symbol: 'NOSUCH', secType: SecType.STK, exchange: 'SMART', currency: 'USD' });
    client.api.reqHistoricalData(5, AAPL, '', '2 D', BarSizeSetting.HOURS_ONE, WhatToShow.TRADES, 1, 1, false);
    await client.wait(EventName.historicalData, ([, date]) => String(date).startsWith('finished'));
    const details = (reqId: number) =>
      client
        .of(EventName.contractDetails)
        .filter(([id]) => id === reqId)
        .map(
          ([, found]) =>
            found as {
              contract: Record<string, unknown>;
              minTick: number;
              timeZoneId: string;
              longName: string;
              tradingHours: string;
              validExchanges: string;
            },
        );
    expect(details(1)).toHaveLength(1);
    expect(details(1)[0]).toMatchObject({
      minTick: 0.01,
      longName: 'APPLE INC',
      timeZoneId: 'US/Eastern',
      contract: { conId: 265598, symbol: 'AAPL', localSymbol: 'AAPL', tradingClass: 'NMS', primaryExch: 'NASDAQ' },
    });
    expect(details(1)[0]?.tradingHours).toMatch(/^20260902:0400-20260902:2000;/);
    expect(details(2).length).toBeGreaterThan(3);
    expect(details(3)[0]).toMatchObject({
      contract: { strike: 315, right: 'C', multiplier: 100, localSymbol: 'AAPL  260918C00315000' },
    });
    for (const reqId of [1, 2, 3]) await client.wait(EventName.contractDetailsEnd, ([id]) => id === reqId);
    expect(client.of(EventName.error).map(([, code, id]) => [code, id])).toContainEqual([200, 4]);
    const bars = client.of(EventName.historicalData).filter(([, date]) => !String(date).startsWith('finished'));
    expect(bars.length).toBeGreaterThanOrEqual(8);
    for (const [, , open, high, low, close, volume] of bars as unknown as [
      number,
      string,
      number,
      number,
      number,
      number,
      number,
    ][]) {
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
      expect(volume).toBeGreaterThan(0);
    }
  });

  it('streams quotes and depth', async () => {
    await begin();
    client.api.reqMktData(1, AAPL, '', false, false);
    client.api.reqMktData(2, ES, '', false, false);
    client.api.reqMktDepth(3, AAPL, 5, false);
    await client.wait(EventName.updateMktDepthL2);
    await client.wait(EventName.tickPrice, ([id, type]) => id === 2 && type === 2);
    const first = client.of(EventName.tickSize).length;
    await client.wait(EventName.tickSize, () => client.of(EventName.tickSize).length > first + 3);
    const price = (id: number, type: number) =>
      client
        .of(EventName.tickPrice)
        .filter((row) => row[0] === id && row[1] === type)
        .map((row) => Number(row[2]));
    expect(price(1, 1)[0]).toBeLessThan(Number(price(1, 2)[0]));
    expect(client.of(EventName.tickSize).some((row) => row[0] === 1 && row[1] === 0 && Number(row[2]) > 0)).toBe(true);
    const rows = client.of(EventName.updateMktDepthL2).slice(0, 10) as unknown as [
      number,
      number,
      string,
      number,
      number,
      number,
      number,
    ][];
    expect(rows.every(([id, , maker, operation]) => id === 3 && operation === 0 && maker !== '')).toBe(true);
    const side = (which: number) => rows.filter((row) => row[4] === which).map((row) => row[5]);
    expect(Math.max(...side(1))).toBeLessThan(Math.min(...side(0)));
    expect(side(1)).toEqual([...side(1)].sort((a, b) => b - a));
    client.api.cancelMktData(1).cancelMktData(2);
    client.api.cancelMktDepth(3, false);
  });

  it('places a limit order that fills, a bracket, and cancels; receives executions and commissions', async () => {
    await begin();
    const quote = gateway.market.quote(265598);
    const order = (more: Order): Order => ({
      account: 'DU9000001',
      tif: TimeInForce.DAY,
      totalQuantity: 10,
      transmit: true,
      ...more,
    });
    const [[start]] = client.of(EventName.nextValidId) as [[number]];
    client.api.placeOrder(
      start,
      AAPL,
      order({ action: OrderAction.BUY, orderType: OrderType.LMT, lmtPrice: Math.round(quote.ask * 102) / 100 }),
    );
    await client.wait(EventName.orderStatus, ([id, status]) => id === start && status === 'Filled');
    const filled = client.of(EventName.orderStatus).find(([id, status]) => id === start && status === 'Filled') as unknown[];
    expect(filled.slice(2, 4)).toEqual([10, 0]);
    await client.wait(EventName.commissionReport);
    const [[, contract, execution]] = client.of(EventName.execDetails) as [
      [number, { symbol: string }, { orderId: number; shares: number; price: number; side: string; execId: string }],
    ];
    expect(contract.symbol).toBe('AAPL');
    expect(execution).toMatchObject({ orderId: start, shares: 10, side: 'BOT' });
    expect(execution.price).toBeCloseTo(quote.ask, 0);
    expect(client.of(EventName.commissionReport)[0]?.[0]).toMatchObject({ execId: execution.execId, currency: 'USD' });

    const far = Math.round(quote.bid * 90) / 100;
    client.api.placeOrder(
      start + 1,
      AAPL,
      order({ action: OrderAction.BUY, orderType: OrderType.LMT, lmtPrice: far, transmit: false }),
    );
    client.api.placeOrder(
      start + 2,
      AAPL,
      order({
        action: OrderAction.SELL,
        orderType: OrderType.LMT,
        lmtPrice: Math.round(far * 120) / 100,
        parentId: start + 1,
        transmit: false,
      }),
    );
    client.api.placeOrder(
      start + 3,
      AAPL,
      order({ action: OrderAction.SELL, orderType: OrderType.STP, auxPrice: Math.round(far * 90) / 100, parentId: start + 1 }),
    );
    await client.wait(EventName.orderStatus, ([id]) => id === start + 3);
    await client.wait(
      EventName.openOrder,
      ([id, , , state]) => id === start + 1 && (state as { status: string }).status === 'Submitted',
    );
    const held = client.of(EventName.orderStatus).find(([id]) => id === start + 2) as unknown[];
    expect(held[1]).toBe('PreSubmitted');
    client.api.cancelOrder(start + 1);
    for (const id of [start + 1, start + 2, start + 3])
      await client.wait(EventName.orderStatus, ([one, status]) => one === id && status === 'Cancelled');
    expect(client.of(EventName.error).map(([, code, id]) => [code, id])).toContainEqual([202, start + 1]);

    client.api.reqExecutions(40, {});
    await client.wait(EventName.execDetailsEnd, ([id]) => id === 40);
    expect(client.of(EventName.execDetails).filter(([id]) => id === 40)).toHaveLength(1);
    client.api.reqAllOpenOrders();
    await client.wait(EventName.openOrderEnd);
    client.api.reqPositions();
    await client.wait(EventName.positionEnd);
    const mine = client.of(EventName.position).find(([, one]) => (one as { symbol: string }).symbol === 'AAPL') as unknown[];
    expect(mine[2]).toBe(10);
    client.api.placeOrder(start + 4, AAPL, order({ action: OrderAction.BUY, orderType: 'NONSENSE' as OrderType, lmtPrice: 1 }));
    await client.wait(EventName.error, ([, , id]) => id === start + 4);
  });
});
