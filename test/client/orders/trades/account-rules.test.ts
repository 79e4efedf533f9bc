// The account rules in the order path, on a simulated Roth IRA beside a margin account.

import { describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../../src/client/connect.js';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import type { OrderDraft } from '../../../../src/client/orders/draft.js';
import type { RuleError } from '../../../../src/client/orders/order-errors.js';
import { type SimulatedGateway, simulate } from '../../../../src/gateway/simulate.js';
import { hasty, quick, until } from './desk.js';

const AAPL = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;
const limit = (action: 'BUY' | 'SELL', totalQuantity: string, lmtPrice: number): OrderDraft => ({
  action,
  orderType: 'LMT',
  totalQuantity,
  lmtPrice,
});

async function session(
  cash = 10_000,
): Promise<{ ib: Ib; gateway: SimulatedGateway; ira: string; margin: string } & AsyncDisposable> {
  const gateway = await simulate({
    accounts: [
      { kind: 'roth-ira-cash', cash: { USD: cash }, holdings: { AAPL: 10 } },
      { kind: 'individual-margin', cash: { USD: 1_000_000 } },
    ],
    pacing: 'off',
    cadence: { account: 1 },
  });
  const ib = await connect({
    port: gateway.port,
    ...quick,
    orders: { ...hasty, accounts: { kinds: { [gateway.accounts[1] ?? '']: 'reg-t' } } },
  });
  await ib.contracts.details(AAPL);
  const [ira = '', margin = ''] = gateway.accounts;
  return {
    ib,
    gateway,
    ira,
    margin,
    async [Symbol.asyncDispose]() {
      ib.close();
      await gateway.close();
    },
  };
}

function codes(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    return (
      (error as RuleError).findings?.filter(({ severity }) => severity === 'reject').map(({ code }) => code) ?? [String(error)]
    );
  }
  return [];
}

describe('account rules', () => {
  it('a restricted account is watched from the start, the other one is not', async () => {
    await using desk = await session();
    const situation = desk.ib.orders.situationOf(desk.ira);
    expect(situation?.account).toMatchObject({ account: desk.ira, snapshotAgeSeconds: 0, baseCurrency: 'USD' });
    expect(situation?.cash).toEqual({ USD: '10000' });
    expect(situation?.positions.map(({ contract, position }) => [contract.symbol, position])).toEqual([['AAPL', '10']]);
    expect(desk.ib.orders.situationOf(desk.margin)).toBeUndefined();
  });

  it('no short sale, no debit, in the IRA; both in the margin account', async () => {
    await using desk = await session();
    const price = desk.gateway.market.quote(AAPL.conId).last ?? 0;
    const low = Math.round(price * 0.95 * 100) / 100;
    const high = Math.round(price * 1.05 * 100) / 100;
    const place = (account: string, order: OrderDraft) => () => desk.ib.orders.place(AAPL, order, { account });
    expect(codes(place(desk.ira, limit('SELL', '11', high)))).toContain('IRA-SHORT-STOCK');
    expect(codes(place(desk.ira, limit('BUY', '100', low)))).toEqual(['IRA-DEBIT']);
    expect(codes(place(desk.margin, limit('SELL', '11', high)))).toEqual([]);
    expect(codes(place(desk.ira, limit('SELL', '10', high)))).toEqual([]);
    const sent = desk.gateway.received.filter(({ message }) => message.kind === 'placeOrder');
    await until(() => desk.ib.orders.book.live.length === 2);
    expect(sent.length).toBeLessThanOrEqual(2);
  });

  it('orders that work already count, in the same turn', async () => {
    await using desk = await session(10_000);
    const price = desk.gateway.market.quote(AAPL.conId).last ?? 0;
    const low = Math.round(price * 0.9 * 100) / 100;
    const most = Math.floor(10_000 / low);
    const account = desk.ira;
    expect(codes(() => desk.ib.orders.place(AAPL, limit('BUY', String(most), low), { account }))).toEqual([]);
    expect(codes(() => desk.ib.orders.place(AAPL, limit('BUY', '2', low), { account }))).toEqual(['IRA-DEBIT']);
    const [trade] = desk.ib.orders.book.live;
    await until(() => trade?.isWorking === true);
    expect(codes(() => desk.ib.orders.place(AAPL, limit('BUY', '2', low), { account }))).toEqual(['IRA-DEBIT']);
    await trade?.cancel();
    expect(codes(() => desk.ib.orders.place(AAPL, limit('BUY', '2', low), { account }))).toEqual([]);
  });

  it('an execution counts as still working until the account’s numbers have followed', async () => {
    await using desk = await session(10_000);
    const price = desk.gateway.market.quote(AAPL.conId).last ?? 0;
    const high = Math.round(price * 1.02 * 100) / 100;
    const most = Math.floor(10_000 / high) - 1;
    const account = desk.ira;
    const trade = desk.ib.orders.place(AAPL, limit('BUY', String(most), high), { account });
    await trade.filled;
    expect(codes(() => desk.ib.orders.place(AAPL, limit('BUY', '3', high), { account }))).toEqual(['IRA-DEBIT']);
    await until(() => Number(desk.ib.orders.situationOf(account)?.cash['USD'] ?? 10_000) < 9_000, 'the cash to move', 6000);
    expect(codes(() => desk.ib.orders.place(AAPL, limit('BUY', '3', high), { account }))).toEqual(['IRA-DEBIT']);
  });

  it('a change on its way counts with the dearer of its terms', async () => {
    await using desk = await session(10_000);
    const price = desk.gateway.market.quote(AAPL.conId).last ?? 0;
    const low = Math.round(price * 0.9 * 100) / 100;
    const most = Math.floor(10_000 / low);
    const account = desk.ira;
    const trade = desk.ib.orders.place(AAPL, limit('BUY', '1', low), { account });
    await until(() => trade.isWorking === true);
    const changing = trade.modify({ totalQuantity: String(most) });
    await until(() => trade.asked === 'modify');
    expect(codes(() => desk.ib.orders.place(AAPL, limit('BUY', '2', low), { account }))).toEqual(['IRA-DEBIT']);
    expect(await changing).toEqual({ at: 'modified' });
    expect(codes(() => desk.ib.orders.place(AAPL, limit('BUY', '2', low), { account }))).toEqual(['IRA-DEBIT']);
  });

  it('a bracket is judged as one: its exits sell what its entry buys', async () => {
    await using desk = await session(10_000);
    const price = desk.gateway.market.quote(AAPL.conId).last ?? 0;
    const at = (share: number): number => Math.round(price * share * 100) / 100;
    const group = bracket(limit('BUY', '15', at(0.95)), { takeProfit: at(1.05), stopLoss: at(0.91) });
    const [, exit] = group.members;
    const alone = await desk.ib.orders.judge(AAPL, exit?.order ?? limit('SELL', '15', at(1.05)), { account: desk.ira });
    expect(alone.map(({ code }) => code)).toContain('IRA-SHORT-STOCK');
    expect(await desk.ib.orders.judgeGroup(AAPL, group, { account: desk.ira })).toEqual([]);
    expect(codes(() => desk.ib.orders.placeGroup(AAPL, group, { account: desk.ira }))).toEqual([]);
  });

  it('while the link is gone nothing opens; what only closes may leave when it is back', async () => {
    await using desk = await session();
    const price = desk.gateway.market.quote(AAPL.conId).last ?? 0;
    desk.gateway.faults.disconnect();
    await until(() => desk.ib.state.at === 'degraded');
    const account = desk.ira;
    const low = Math.round(price * 0.95 * 100) / 100;
    expect(codes(() => desk.ib.orders.place(AAPL, limit('BUY', '1', low), { account }))).toContain('SNAPSHOT-STALE');
    desk.gateway.faults.reconnect('kept');
    await until(
      () => codes(() => desk.ib.orders.check(AAPL, limit('BUY', '1', low), { account }).map(({ code }) => code)).length === 0,
    );
    await until(
      () => desk.ib.orders.check(AAPL, limit('BUY', '1', low), { account }).every(({ severity }) => severity !== 'reject'),
      'being current',
    );
  });
});
