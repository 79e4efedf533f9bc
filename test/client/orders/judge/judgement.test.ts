// What the judge says before an order is sent: awaited, with what-if answers, and with orders of others as they are found.

import { describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../../src/client/connect.js';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { simulate } from '../../../../src/gateway/simulate.js';
import { quick, until } from '../trades/desk.js';

const AAPL = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;
const ES = { symbol: 'ES', secType: 'FUT', exchange: 'CME', currency: 'USD' } as const;

async function desk(kind: 'roth-ira-cash' | 'individual-margin') {
  const gateway = await simulate({
    accounts: [{ kind, cash: { USD: 1_000_000 }, holdings: { AAPL: 10 } }],
    pacing: 'off',
    cadence: { account: 1 },
  });
  const client = (clientId: number, orders: Parameters<typeof connect>[0]['orders']): Promise<Ib> =>
    connect({ port: gateway.port, ...quick, clientId, ...(orders !== undefined && { orders }) });
  const price = gateway.market.quote(AAPL.conId).last ?? 0;
  return { gateway, client, at: (share: number): string => String(Math.round(price * share * 100) / 100) };
}

const codes = (findings: readonly { code: string }[]): string[] => findings.map(({ code }) => code);

describe('a judgement that is awaited', () => {
  it('says what is right in the first moment of a session, where check says that the picture is not told', async () => {
    const { gateway, client, at } = await desk('roth-ira-cash');
    await using _ = gateway;
    await using ib = await client(1, { accounts: {} });
    await ib.contracts.details(AAPL);
    const order = limit('SELL', 11, at(1.05));
    expect(ib.orders.check(AAPL, order).some(({ severity }) => severity === 'reject')).toBe(true);
    expect(codes(await ib.orders.judge(AAPL, order))).toEqual(['IRA-SHORT-STOCK']);
    expect(await ib.orders.judge(AAPL, limit('SELL', 10, at(1.05)))).toEqual([]);
    expect(gateway.orders).toEqual([]);
  });

  it('counts an order of another client that a look in the background has found', async () => {
    const { gateway, client, at } = await desk('roth-ira-cash');
    await using _ = gateway;
    await using ib = await client(1, { accounts: { maxOrdersAgeSeconds: 0.1 } });
    await using other = await client(2, { accounts: 'none' });
    await ib.contracts.details(AAPL);
    const sale = limit('SELL', 10, at(1.05));
    // From now on looks are repeated.
    expect(await ib.orders.judge(AAPL, sale)).toEqual([]);
    const theirs = other.orders.place(AAPL, sale);
    await until(() => theirs.isWorking === true);
    await until(() => ib.orders.book.live.length === 1, 'their sale to be found');
    expect(ib.orders.situationOf(ib.accounts.ids[0] ?? '')?.workingOrders).toHaveLength(1);
    expect(codes(await ib.orders.judge(AAPL, sale))).toEqual(['IRA-SHORT-STOCK']);
  });

  it('prepare learns details and price steps of the contracts that are named', async () => {
    const { gateway, client } = await desk('roth-ira-cash');
    await using _ = gateway;
    await using ib = await client(1, { accounts: {} });
    await ib.orders.prepare({ contracts: [AAPL] });
    expect(ib.contracts.known.gridOf(AAPL)).toBeDefined();
    expect(codes(ib.orders.check(AAPL, limit('BUY', 1, '100.005')))).toContain('PRICE-TICK');
  });
});

describe('a what-if that has been answered', () => {
  it('counts for the order that it was asked for, and for no other', async () => {
    const { gateway, client } = await desk('individual-margin');
    await using _ = gateway;
    await using ib = await client(1, { accounts: { kinds: () => 'reg-t', watch: 'all' } });
    const [found] = await ib.contracts.details(ES);
    const contract = { ...found?.contract, exchange: 'CME' } as never;
    await ib.orders.prepare({ contracts: [contract] });
    const order = limit('BUY', 1, String(gateway.market.quote(found?.contract?.conId ?? 0).last));
    expect(codes(await ib.orders.judge(contract, order))).toContain('MARGIN-NEEDS-WHATIF');
    const preview = await ib.orders.preview(contract, order);
    expect(codes(await ib.orders.judge(contract, order, { preview }))).not.toContain('MARGIN-NEEDS-WHATIF');
    expect(codes(await ib.orders.judge(contract, { ...order, totalQuantity: '2' }, { preview }))).toContain(
      'MARGIN-NEEDS-WHATIF',
    );
  });
});
