// What a person at the page does besides one order: steps of prices, the book that a market order meets, cancel all, the stop.

import { connect, limit } from 'ibwire';
import { describe, expect, it } from 'vitest';
import { buy, type Stage, stage } from './stage.js';

interface Cancelled {
  readonly orderId: number;
  readonly symbol: string;
  readonly outcome: string;
  readonly why?: string;
}

const low = async (at: Stage, symbol: string): Promise<object> => {
  const { bid } = (await at.owner('GET', `/api/ibkr/quote?symbol=${symbol}`)).body;
  return buy(symbol, '2', { orderType: 'LMT', lmtPrice: (Number(bid) * 0.95).toFixed(2) });
};
const count = async (at: Stage): Promise<number> => (await at.owner<unknown[]>('GET', '/v1/orders/list')).body.length;

describe('acts beside an order', { timeout: 60_000 }, () => {
  it('steps: lot, price steps, and the two good prices beside one that is none', async () => {
    await using at = await stage();
    const { body } = await at.owner<{
      readonly minSize: string;
      readonly bands: readonly { readonly increment: string }[];
      readonly prices: readonly object[];
    }>('GET', '/v1/contracts/steps?symbol=AAPL&prices=187.425&prices=187.42');
    expect(body.bands[0]?.increment).toBe('0.01');
    expect(body.prices).toEqual([
      { price: '187.425', isOnGrid: false, below: '187.42', above: '187.43' },
      { price: '187.42', isOnGrid: true, below: '187.42', above: '187.42' },
    ]);
    const hk = await at.owner<{ readonly sizeIncrement: string }>('GET', '/v1/contracts/steps?symbol=0700.HK');
    expect(hk.body.sizeIncrement).toBe('100');
  });

  it('a price or a date that the type or the time in force needs, or does not have, is named, with its form', async () => {
    await using at = await stage();
    const limit = { orderType: 'LMT', lmtPrice: '300' };
    for (const [order, said] of [
      [{ ...limit, tif: 'GTD' }, "goodTillDate: is needed with tif GTD: 'yyyyMMdd-HH:mm:ss' (UTC)"],
      [{ ...limit, goodTillDate: '20991231-21:00:00' }, 'goodTillDate: needs tif GTD'],
      [{ ...limit, tif: 'GTD', goodTillDate: '20991231 21:00:00' }, /^goodTillDate: must be 'yyyyMMdd-HH:mm:ss' \(UTC\) or/],
      [{ ...limit, goodAfterTime: 'tomorrow' }, /^goodAfterTime: must be 'yyyyMMdd-HH:mm:ss' \(UTC\) or/],
      [{ orderType: 'LMT' }, 'lmtPrice: is needed by an order of type LMT'],
      [{ orderType: 'TRAIL' }, /^auxPrice or trailingPercent: .* needs exactly one of them, got 0$/],
      [{ ...limit, trailingPercent: '4' }, 'trailingPercent: an order of type LMT has no such price'],
    ] as const)
      for (const command of ['preview', 'draft']) {
        const { status, body } = await at.owner('POST', `/v1/orders/${command}`, buy('AAPL', '1', order));
        expect([status, body.detail]).toEqual([400, said instanceof RegExp ? expect.stringMatching(said) : said]);
      }
    expect(at.desk.gateway?.orders.length).toBe(0);
    expect((await at.owner<unknown[]>('GET', '/v1/orders/drafts')).body).toEqual([]);
  });

  it('the list of orders tells how an order trails and when it lives; a change of the trail is taken', async () => {
    await using at = await stage({
      simulate: { accounts: [{ account: 'DU9000001', kind: 'individual-margin', holdings: { AAPL: 20 } }] },
    });
    const dates = { tif: 'GTD', goodTillDate: '20991231-21:00:00', goodAfterTime: '20991230-21:00:00', outsideRth: true };
    const order = { action: 'SELL', orderType: 'TRAIL', trailingPercent: '4' };
    const { id } = (await at.owner('POST', '/v1/orders/draft', buy('AAPL', '5', { ...order, ...dates }))).body;
    const listed = async () => (await at.owner<object[]>('GET', '/v1/orders/list')).body;
    expect(await listed()).toMatchObject([{ ...order, ...dates, quantity: '5' }]);
    expect((await at.owner('POST', '/v1/orders/modify', { id, trailingPercent: '5' })).body).toMatchObject({
      outcome: 'modified',
    });
    expect(await listed()).toMatchObject([{ ...order, ...dates, trailingPercent: '5' }]);
    const later = { goodTillDate: '20991231-21:30:00', goodAfterTime: '20991230-22:00:00' };
    expect((await at.owner('POST', '/v1/orders/modify', { id, ...later })).body).toMatchObject({ outcome: 'modified' });
    expect(await listed()).toMatchObject([{ ...order, ...dates, ...later, trailingPercent: '5' }]);
    expect((await at.owner('POST', '/v1/orders/modify', { id, goodTillDate: '20200101-21:00:00' })).body.outcome).toBe('refused');
    expect(await listed()).toMatchObject([later]);
    expect((await at.owner('POST', '/v1/orders/modify', { id, goodTillDate: 'tomorrow' })).status).toBe(400);
    const stop = await at.owner('POST', '/v1/orders/modify', { id, trailStopPrice: '150' });
    expect([stop.status, stop.body.findings.map(({ code }) => code)]).toEqual([422, ['MODIFY-FIELD']]);
  });

  it('worst: the price that a market order would meet, and what is beyond the book is said', async () => {
    await using at = await stage();
    const ask = Number((await at.owner('GET', '/api/ibkr/quote?symbol=AAPL')).body.ask);
    const worst = async (totalQuantity: string) =>
      (
        await at.owner<{ readonly worst: string; readonly isWhole: boolean; readonly why?: string }>(
          'GET',
          `/v1/orders/worst?symbol=AAPL&action=BUY&totalQuantity=${totalQuantity}`,
        )
      ).body;
    const little = await worst('1');
    expect(little.isWhole).toBe(true);
    expect(Math.abs(Number(little.worst) - ask)).toBeLessThan(1);
    const much = await worst('100000000');
    expect(much).toMatchObject({ isWhole: false, why: expect.stringMatching(/^the book holds \d+ of 100000000$/) });
    expect(Number(much.worst)).toBeGreaterThan(Number(little.worst));
  });

  it('cancel all ends what was named, or all; an order of another client is told as failed until everybody is meant', async () => {
    await using at = await stage({ simulate: { accounts: [{ account: 'DU9000001', kind: 'individual-margin' }] } });
    for (const symbol of ['AAPL', 'MSFT', 'SPY']) await at.owner('POST', '/v1/orders/draft', await low(at, symbol));
    const listed = (
      await at.owner<{ readonly permId: string; readonly contract: { readonly symbol: string } }[]>('GET', '/v1/orders/list')
    ).body;
    const one = listed.find(({ contract }) => contract.symbol === 'MSFT')?.permId;
    const some = (await at.owner<readonly Cancelled[]>('POST', '/v1/orders/cancelAll', { ids: [one] })).body;
    expect(some).toMatchObject([{ symbol: 'MSFT', outcome: 'cancelled' }]);
    expect(await count(at)).toBe(2);
    const other = await connect({ port: at.desk.gateway?.port ?? 0, clientId: 7 });
    const theirs = other.orders.place(
      { conId: 265598, exchange: 'SMART', symbol: 'AAPL', secType: 'STK', currency: 'USD' },
      limit('BUY', 1, 200),
    );
    await theirs.accepted;
    const all = (await at.owner<readonly Cancelled[]>('POST', '/v1/orders/cancelAll', {})).body;
    expect(all.map(({ outcome }) => outcome).sort()).toEqual(['cancelled', 'cancelled', 'failed']);
    expect(all.find(({ outcome }) => outcome === 'failed')?.why).toContain('client 7');
    const every = (await at.owner<readonly Cancelled[]>('POST', '/v1/orders/cancelAll', { everybody: true })).body;
    expect(every).toMatchObject([{ symbol: 'AAPL', outcome: 'cancelled' }]);
    expect((await theirs.done).at).toBe('cancelled');
    const both = await at.owner('POST', '/v1/orders/cancelAll', { everybody: true, account: 'DU9000001' });
    expect(both.body.type).toBe('urn:ibwire:desk:everybody');
    other.close();
  });

  it('a stop that keeps what works refuses every order and every change, after a restart of the session too, until it is released', async () => {
    await using at = await stage();
    const { id } = (await at.owner('POST', '/v1/orders/draft', await low(at, 'AAPL'))).body;
    await at.owner('POST', '/v1/control/stop', { keepsWorking: true });
    expect((await at.owner('GET', '/v1/session/status')).body).toMatchObject({ stopped: { by: 'owner', keepsWorking: true } });
    const next = (await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1', { orderType: 'LMT', lmtPrice: '200' }))).body;
    expect(next.findings.map(({ code }) => code)).toContain('TRADING-STOPPED');
    const change = await at.owner('POST', '/v1/orders/modify', { id, totalQuantity: '1' });
    expect([change.status, change.body.findings.map(({ code }) => code)]).toEqual([422, ['TRADING-STOPPED']]);
    expect(await count(at)).toBe(1);
    await at.owner('POST', '/v1/control/release');
    expect((await at.owner('POST', '/v1/orders/modify', { id, totalQuantity: '1' })).body).toMatchObject({ outcome: 'modified' });
    await at.owner('POST', '/v1/control/stop');
    await at.desk.follower.tradeOf(id)?.done;
    expect(await count(at)).toBe(0);
  });
});
