// The nine routes with their own bodies, and the commands over HTTP; every answer is held against its schema.

import { describe, expect, it } from 'vitest';
import { buy, stage } from './stage.js';

describe('the nine routes', () => {
  it('status, account, positions, orders, quote answer what they are asked', async () => {
    await using at = await stage();
    expect((await at.owner('GET', '/api/ibkr/status')).body).toMatchObject({
      connected: true,
      mode: 'simulated',
      accounts: ['DU9000001'],
      host: '127.0.0.1',
      clientId: 1,
    });
    const account = await at.owner('GET', '/api/ibkr/account');
    expect(account.body).toMatchObject({
      values: { NetLiquidation: { currency: 'USD' } },
      currencies: { USD: { CashBalance: { value: '1000000.00' } } },
    });
    expect((await at.owner('GET', '/api/ibkr/positions')).body).toEqual({ positions: [] });
    expect((await at.owner('GET', '/api/ibkr/orders')).body).toEqual({ orders: [], waiting: [] });
    const quote = await at.owner('GET', '/api/ibkr/quote?symbol=AAPL&marketType=USStock');
    expect(quote.status).toBe(200);
    expect(quote.body).toMatchObject({ contract: { symbol: 'AAPL', currency: 'USD', secType: 'STK' }, source: 'live' });
    expect(Number(quote.body.ask)).toBeGreaterThan(0);
  });

  it('0700.HK, 00700 and 700 are one share of Hong Kong', async () => {
    await using at = await stage();
    const told = await Promise.all(
      ['0700.HK', '00700', '700'].map((symbol) => at.owner('GET', `/api/ibkr/quote?symbol=${symbol}&marketType=HShare`)),
    );
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(told.map(({ body }) => body.contract.conId)).size).toBe(1);
    expect(told[0]?.body.contract).toMatchObject({ symbol: '700', currency: 'HKD' });
  });

  it('a market order without orderType and a limit order go through and are seen as positions and orders', async () => {
    await using at = await stage();
    const sent = await at.owner('POST', '/api/ibkr/order', { symbol: 'AAPL', side: 'buy', quantity: 10, marketType: 'USStock' });
    expect(sent.status).toBe(201);
    expect(sent.body.orderId).toBeGreaterThan(0);
    const limit = { symbol: 'AAPL', side: 'sell', quantity: 5, marketType: 'USStock', orderType: 'limit', price: 250 };
    const ask = Number((await at.owner('GET', '/api/ibkr/quote?symbol=AAPL')).body.ask);
    const waits = await at.owner('POST', '/api/ibkr/order', { ...limit, price: Math.round(ask * 1.05) });
    expect(waits.status).toBe(201);
    expect(waits.body).toMatchObject({ status: 'working' });
    await at.desk.follower.tradeOf(sent.body.id)?.done;
    expect((await at.owner('GET', '/api/ibkr/positions')).body).toMatchObject({
      positions: [{ symbol: 'AAPL', quantity: '10' }],
    });
    const gone = await at.owner('DELETE', `/api/ibkr/order/${waits.body.orderId}`);
    expect(gone.body).toEqual({ outcome: 'cancelled' });
    const { orders } = (await at.owner<{ readonly orders: readonly { readonly state: string }[] }>('GET', '/api/ibkr/orders'))
      .body;
    expect(orders.map(({ state }) => state).sort()).toEqual(['cancelled', 'filled']);
    expect(at.desk.gateway?.orders.length).toBe(2);
  });

  it('an order of a token that may not approve answers 202 with the draft, and one of the owner is sent', async () => {
    await using at = await stage();
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
    const body = { symbol: 'AAPL', side: 'buy', quantity: 1, marketType: 'USStock' };
    const script = await at.as('read', 'propose');
    const drafted = await script('POST', '/api/ibkr/order', body);
    expect(drafted.status).toBe(202);
    expect(drafted.body.draft).toMatchObject({ state: 'waiting', contract: { symbol: 'AAPL' } });
    expect(at.desk.gateway?.orders).toEqual([]);
    expect((await script('POST', '/v1/orders/approve', { id: drafted.body.id })).status).toBe(403);
    expect((await at.owner('POST', '/v1/orders/approve', { id: drafted.body.id })).body.orderId).toBeGreaterThan(0);
    expect((await at.owner('POST', '/api/ibkr/order', body)).status).toBe(201);
    expect(at.desk.gateway?.orders.length).toBe(2);
  });

  it('connect and disconnect hold one session at a time, and write each connection down', async () => {
    await using at = await stage();
    const port = at.desk.gateway?.port;
    expect((await at.owner('POST', '/api/ibkr/connect', { host: '127.0.0.1', port, clientId: 1 })).status).toBe(409);
    expect((await at.owner('POST', '/api/ibkr/disconnect')).body).toMatchObject({ connected: false });
    expect((await at.owner('GET', '/api/ibkr/account')).status).toBe(503);
    const back = await at.owner('POST', '/api/ibkr/connect', {
      host: '127.0.0.1',
      port,
      clientId: 7,
      account: 'DU9000001',
      readonly: true,
    });
    expect(back.body).toMatchObject({ connected: true, clientId: 7, isReadOnly: true });
    const order = await at.owner('POST', '/api/ibkr/order', { symbol: 'AAPL', side: 'buy', quantity: 1, marketType: 'USStock' });
    expect(order.status).toBe(422);
    const log = (await at.owner<{ readonly until?: string }[]>('GET', '/v1/session/log')).body;
    expect(log).toMatchObject([
      { clientId: 7, mode: 'simulated' },
      { clientId: 1, mode: 'simulated', why: 'closed by command' },
    ]);
    expect(log[0]?.until).toBeUndefined();
  });
});

describe('commands over HTTP', () => {
  it.each([
    '/v1/session/health',
    '/v1/session/farms',
    '/v1/session/budgets',
    '/v1/accounts/list',
    '/v1/accounts/pnl',
    '/v1/portfolio/byCurrency',
    '/v1/portfolio/merged?prices=false',
    '/v1/contracts/search?pattern=AA',
    '/v1/contracts/qualify?symbol=AAPL',
    '/v1/contracts/details?symbol=AAPL',
    '/v1/contracts/hours?symbol=AAPL',
    '/v1/contracts/chain?symbol=AAPL',
    '/v1/quotes/list?symbols=AAPL&symbols=MSFT',
    '/v1/quotes/watch',
    '/v1/history/bars?symbol=AAPL&duration=1%20D&size=1%20hour',
    '/v1/history/schedule?symbol=AAPL',
    '/v1/shorting/shares?symbol=AAPL',
    '/v1/shorting/rate?symbol=AAPL',
    '/v1/shorting/margin?symbol=AAPL&quantity=100',
    '/v1/shorting/analysis?symbol=AAPL',
    '/v1/journal/entries',
    '/v1/control/limits',
    '/v1/orders/executions',
  ])('GET %s answers by its schema', async (path) => {
    await using at = await stage();
    const told = await at.owner('GET', path);
    expect(told.body).not.toHaveProperty('requestId');
    expect(told.status).toBe(200);
  });

  it('accounts come with their kind and mode', async () => {
    await using at = await stage({ simulate: { accounts: ['individual-margin', 'cash', 'roth-ira-cash'] } });
    expect((await at.owner('GET', '/v1/accounts/list')).body).toMatchObject([
      { account: 'DU9000001', mode: 'simulated', owner: 'taxable', kind: 'reg-t' },
      { account: 'DU9000002', mode: 'simulated', owner: 'taxable', kind: 'cash' },
      { account: 'DU9000003', mode: 'simulated', owner: 'ira', kind: 'ira-cash' },
    ]);
  });

  it('plans give drafts that can be drafted', async () => {
    await using at = await stage();
    const ask = Number((await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL')).body.ask);
    const size = await at.owner('POST', '/v1/plans/size', {
      contract: { symbol: 'AAPL' },
      stop: String(Math.round(ask * 0.9)),
      maxQuantity: '20',
    });
    expect(size.body).toMatchObject({ quantity: '20', binding: 'maxQuantity' });
    expect((await at.owner('POST', '/v1/orders/draft', size.body.draft)).status).toBe(201);
    const plan = await at.owner('POST', '/v1/plans/rebalance', { targets: { MSFT: '0.01' } });
    expect(plan.body).toMatchObject({ drafts: [{ draft: { order: { action: 'BUY' } } }] });
  });

  it('short selling is refused for an IRA, with its reason', async () => {
    await using at = await stage({ simulate: { accounts: ['roth-ira-cash'] } });
    for (const path of ['shares', 'rate', 'margin', 'analysis']) {
      const told = await at.owner('GET', `/v1/shorting/${path}?symbol=AAPL`);
      expect(told.status).toBe(403);
      expect(told.body.detail).toContain('IRA');
    }
  });

  it('what nobody knows is refused by name', async () => {
    await using at = await stage();
    const told = await at.owner('POST', '/v1/orders/draft', { ...buy('AAPL'), sideways: true });
    expect(told.status).toBe(400);
    expect(told.headers.get('content-type')).toContain('application/problem+json');
    expect(told.body.detail).toContain('sideways');
    expect((await at.owner('GET', '/v1/nothing')).status).toBe(404);
    expect((await at.owner('GET', '/v1/quotes/snapshot?symbol=NOSUCHTHING')).status).toBe(404);
  });
});
