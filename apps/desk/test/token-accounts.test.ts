// A token that may see some accounts only: of the others it hears nothing and can name none. And the account that a token has chosen.

import type { SimulateOptions } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { type Ask, asker, buy, type Stage, stage } from './stage.js';

const kind = 'individual-margin';
const TWO: SimulateOptions = {
  accounts: [
    { account: 'DU9000001', kind, holdings: { AAPL: 100 } },
    { account: 'DU9000002', kind, holdings: { MSFT: 20 } },
  ],
};

interface Two {
  readonly account: string;
  readonly symbol: string;
}

/** A token of the second account, with every scope but `operate`. */
async function second({ url, owner }: Stage): Promise<Ask> {
  const asked = { name: 'second', scopes: ['read', 'propose', 'approve'], accounts: ['DU9000002'] };
  const { body } = await owner('POST', '/v1/control/createToken', asked);
  return asker(url, body.token);
}

describe('a token of one account', () => {
  it('sees this account alone, and means it where it names none', async () => {
    await using at = await stage({ simulate: TWO });
    const own = await second(at);
    const accounts = async (path: string): Promise<readonly string[]> =>
      (await own<readonly Two[]>('GET', path)).body.map(({ account }) => account);
    expect(await accounts('/v1/accounts/list')).toEqual(['DU9000002']);
    expect(await accounts('/v1/portfolio/positions')).toEqual(['DU9000002']);
    expect((await own('GET', '/v1/session/status')).body).toMatchObject({ accounts: ['DU9000002'] });
    expect((await own('GET', '/v1/accounts/summary')).body.account).toBe('DU9000002');
    expect((await own('GET', '/v1/portfolio/brokers')).status).toBe(403);
    expect((await at.owner('GET', '/v1/accounts/summary')).status).toBe(422);
  });

  it('names no other one: not to look, not to choose, not to trade', async () => {
    await using at = await stage({ simulate: TWO });
    const own = await second(at);
    const account = 'DU9000001';
    expect((await own('GET', `/v1/accounts/summary?account=${account}`)).status).toBe(404);
    expect((await own('GET', `/v1/portfolio/positions?account=${account}`)).status).toBe(404);
    expect((await own('GET', `/v1/orders/list?account=${account}`)).status).toBe(404);
    expect((await own('POST', '/v1/accounts/use', { account })).status).toBe(404);
    expect((await own('POST', '/v1/orders/draft', { ...buy('AAPL'), account })).status).toBe(404);
    expect((await own('POST', '/v1/orders/preview', { ...buy('AAPL'), account })).status).toBe(404);
    expect(at.desk.gateway?.orders).toHaveLength(0);
  });

  it('finds no draft, order, fill or line of the log of another one', async () => {
    await using at = await stage({ simulate: TWO });
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
    const own = await second(at);
    const waits = await at.owner('POST', '/v1/orders/draft', { ...buy('AAPL'), account: 'DU9000001' });
    expect(waits.status).toBe(202);
    const { id } = waits.body;
    for (const path of ['approve', 'decline', 'cancel', 'modify'])
      expect((await own('POST', `/v1/orders/${path}`, { id })).status, path).toBe(404);
    expect((await own('GET', `/v1/orders/get?id=${id}`)).status).toBe(404);
    expect((await own('GET', `/v1/journal/explain?id=${id}`)).status).toBe(404);
    const done = await at.owner('POST', '/v1/orders/approve', { id });
    await at.desk.follower.tradeOf(id)?.done;
    expect((await own('POST', '/v1/orders/cancel', { id: String(done.body.orderId) })).status).toBe(404);
    for (const path of ['orders/drafts', 'orders/list?ended=true', 'orders/executions', 'journal/entries'])
      expect((await own('GET', `/v1/${path}`)).body, path).toEqual([]);
    expect((await at.owner<readonly unknown[]>('GET', '/v1/orders/executions')).body).not.toEqual([]);
  });

  it('makes no tokens, and is the same after a restart of its table', async () => {
    await using at = await stage({ simulate: TWO });
    const asked = { name: 'o', scopes: ['operate'], accounts: ['DU9000002'] };
    const { body } = await at.owner('POST', '/v1/control/createToken', asked);
    expect((await asker(at.url, body.token)('POST', '/v1/control/createToken', { name: 'x', scopes: ['read'] })).status).toBe(
      403,
    );
    const { openTokens } = await import('../src/tokens.js');
    const again = await openTokens(at.desk.store, at.desk.timer);
    expect([...(again.find(body.token)?.accounts ?? [])]).toEqual(['DU9000002']);
    expect(again.find(at.tokens.owner)?.accounts).toBeUndefined();
  });
});

describe('the account that a token has chosen', () => {
  it('is meant where it names none, and by no other token', async () => {
    await using at = await stage({ simulate: TWO });
    const [first, other] = [await at.as('read'), await at.as('read')];
    expect((await first('POST', '/v1/accounts/use', { account: 'DU9000002' })).body).toEqual({
      account: 'DU9000002',
      holdsFor: 'read, until the desk ends',
    });
    expect((await first('GET', '/v1/accounts/summary')).body.account).toBe('DU9000002');
    expect((await first<readonly Two[]>('GET', '/v1/portfolio/positions')).body.map(({ symbol }) => symbol)).toEqual(['MSFT']);
    expect((await other('GET', '/v1/accounts/summary')).status).toBe(422);
    expect((await other<readonly Two[]>('GET', '/v1/portfolio/positions')).body).toHaveLength(2);
  });
});
