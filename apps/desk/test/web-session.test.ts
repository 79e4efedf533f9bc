// A desk whose session goes over the Web API: the same commands, before a simulated web gateway.

import { describe, expect, it } from 'vitest';
import { buy, type Stage, stage } from './stage.js';

const opened = (): Promise<Stage> =>
  stage({
    kind: 'web',
    simulate: { accounts: [{ kind: 'cash', cash: { USD: 50_000 }, holdings: { AAPL: 20 } }] },
  });
/** Until what is asked for is there: the order list may be asked for once in five seconds. */
async function until<T>(ask: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (isThere(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe('a desk over the Web API', () => {
  it('tells session, accounts, holdings and prices by the same commands, names what is not there, refuses by the same rules', async () => {
    await using at = await opened();
    const get = async (path: string): Promise<unknown> => (await at.owner('GET', path)).body;
    expect(await get('/v1/session/status')).toMatchObject({
      ...{ connected: true, state: 'ready', mode: 'simulated', accounts: ['DU9000001'] },
    });
    expect(await get('/v1/accounts/list')).toMatchObject([{ account: 'DU9000001', mode: 'simulated' }]);
    expect(await get('/v1/portfolio/positions')).toMatchObject([{ symbol: 'AAPL', quantity: '20', currency: 'USD' }]);
    const quote = (await get('/v1/quotes/snapshot?symbol=AAPL')) as { readonly bid: string; readonly ask: string };
    expect(Number(quote.bid)).toBeGreaterThan(0);
    expect(Number(quote.ask)).toBeGreaterThan(Number(quote.bid));
    const news = await at.owner<Record<string, string>>('GET', '/v1/news/providers');
    expect([news.status, news.body['type'], news.body['capability']]).toEqual([
      ...[501, 'urn:ibwire:desk:unsupported', 'news.providers'],
    ]);
    // What the account rules refuse never leaves.
    const { status, body } = await at.owner('POST', '/v1/orders/draft', buy('AAPL', '900'));
    expect([status, body.findings.map(({ code }) => code)]).toEqual([422, expect.arrayContaining(['CASH-DEBIT'])]);
    expect(at.desk.gateway?.orders).toEqual([]);
  }, 60_000);

  it('draft, preview, approval, fill, and a cancel: one way through', async () => {
    await using at = await opened();
    await at.desk.settings.setLimits({ sendAtOnce: { simulated: false, paper: false } });
    const drafted = await at.owner('POST', '/v1/orders/draft', buy('AAPL', '2'));
    expect([drafted.status, drafted.body.state, drafted.body.preview.passes]).toEqual([202, 'waiting', true]);
    expect(at.desk.gateway?.orders).toEqual([]);
    const approved = await at.owner('POST', '/v1/orders/approve', { id: drafted.body.id });
    expect(approved.status).toBeLessThan(300);
    const { body } = await until(
      () => at.owner('GET', `/v1/orders/get?id=${drafted.body.id}`),
      ({ body: draft }) => draft.state === 'done',
    );
    expect(body.outcome).toMatchObject({ status: 'filled', filled: '2' });
    expect(at.desk.gateway?.orders).toMatchObject([{ status: 'Filled', order: { action: 'BUY', totalQuantity: '2' } }]);
    // Another one works, is listed, and is taken back.
    await at.desk.settings.setLimits({ sendAtOnce: { simulated: true, paper: false } });
    const limit = { orderType: 'LMT', lmtPrice: '300' };
    const placed = await at.owner('POST', '/v1/orders/draft', buy('AAPL', '2', limit));
    expect(placed.status).toBeLessThan(300);
    const { id } = placed.body;
    await until(
      () => at.owner('GET', `/v1/orders/get?id=${id}`),
      ({ body: draft }) => draft.state === 'working',
    );
    expect((await at.owner<unknown>('GET', '/v1/orders/list')).body).toMatchObject([
      { draftId: id, action: 'BUY', quantity: '2', lmtPrice: '300', state: 'working' },
    ]);
    const cancelled = await at.owner<Record<string, string>>('POST', '/v1/orders/cancel', { id });
    expect(cancelled.body).toMatchObject({ outcome: 'cancelled' });
    expect(at.desk.gateway?.orders).toMatchObject([{ status: 'Filled' }, { status: 'Cancelled' }]);
  }, 120_000);
});
