// A bracket is one draft: one key, one judgement, one approval; it is over when all of its orders are.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { type Stage, stage } from './stage.js';

const ira = { accounts: [{ account: 'DU9000001', kind: 'ira-margin' as const, cash: { USD: 50_000 } }] };

interface Order {
  readonly draftId: string;
  readonly role: string;
  readonly orderId: number;
  readonly action: string;
  readonly lmtPrice?: string;
  readonly auxPrice?: string;
}

async function priceOf(at: Stage): Promise<(share: number) => string> {
  const { ask } = (await at.owner('GET', '/api/ibkr/quote?symbol=AAPL')).body;
  return (share) => (Number(ask) * share).toFixed(2);
}

const wish = (price: string, takeProfit: string, stopLoss: string): object => ({
  contract: { symbol: 'AAPL' },
  order: { action: 'BUY', orderType: 'LMT', totalQuantity: '5', lmtPrice: price, takeProfit, stopLoss },
});

const workingAt = async (at: Stage): Promise<readonly Order[]> =>
  (await at.owner<readonly Order[]>('GET', '/v1/orders/list')).body;

const sent = (at: Stage): number => at.desk.gateway?.orders.length ?? -1;

describe('a bracket', { timeout: 60_000 }, () => {
  it('is judged whole and sent once under its key, in an IRA too; its exits work until one of them ends it', async () => {
    await using at = await stage({ simulate: ira });
    const price = await priceOf(at);
    const asked = wish(price(1.02), price(1.05), price(0.95));
    const before = (await at.owner('POST', '/v1/orders/preview', asked)).body.preview;
    expect(before.findings.filter(({ severity }) => severity === 'reject')).toEqual([]);
    expect(sent(at)).toBe(0);
    const key = { 'idempotency-key': 'bracket-1' };
    const draft = (await at.owner('POST', '/v1/orders/draft', asked, key)).body;
    await at.desk.follower.tradeOf(draft.id)?.done;
    await at.desk.follower.settled(draft.id);
    expect((await at.owner('POST', '/v1/orders/draft', asked, key)).body.id).toBe(draft.id);
    expect(sent(at)).toBe(3);
    const held = (await at.owner('GET', `/v1/orders/get?id=${draft.id}`)).body;
    expect(held).toMatchObject({ state: 'working', order: { takeProfit: price(1.05), stopLoss: price(0.95) } });
    expect(held.outcome).toMatchObject({ status: 'filled', filled: '5', exits: [{ role: 'takeProfit' }, { role: 'stopLoss' }] });
    const exits = await workingAt(at);
    expect(exits.map(({ draftId, role, action }) => [draftId, role, action])).toEqual([
      [draft.id, 'takeProfit', 'SELL'],
      [draft.id, 'stopLoss', 'SELL'],
    ]);
    const changes = { id: draft.id, role: 'takeProfit', lmtPrice: price(1.06) };
    expect((await at.owner('POST', '/v1/orders/modify', changes)).body.outcome).toBe('modified');
    const larger = await at.owner('POST', '/v1/orders/modify', { id: draft.id, totalQuantity: '6' });
    expect([larger.status, larger.body.type]).toEqual([422, 'urn:ibwire:desk:bracket-quantity']);
    expect((await at.owner('GET', `/v1/orders/get?id=${draft.id}`)).body.order['takeProfit']).toBe(price(1.06));
    expect((await at.owner('POST', '/v1/orders/cancel', { id: draft.id })).body.outcome).toBe('cancelled');
    expect((await at.owner('GET', `/v1/orders/get?id=${draft.id}`)).body.state).toBe('done');
    expect(await workingAt(at)).toEqual([]);
  });

  it('waits for an approval as one draft, which sends all of it', async () => {
    await using at = await stage();
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
    const price = await priceOf(at);
    const draft = (await at.owner('POST', '/v1/orders/draft', wish(price(0.95), price(1.05), price(0.91)))).body;
    expect([draft.state, sent(at)]).toEqual(['waiting', 0]);
    expect((await at.owner('POST', '/v1/orders/approve', { id: draft.id })).body.state).toBe('working');
    expect(sent(at)).toBe(3);
    expect((await at.owner('POST', '/v1/orders/cancel', { id: draft.id })).body.outcome).toBe('cancelled');
    expect(await workingAt(at)).toEqual([]);
  });

  it('with prices on the wrong sides of each other is a mistake of the request, and no draft', async () => {
    await using at = await stage();
    const price = await priceOf(at);
    const crossed = await at.owner('POST', '/v1/orders/draft', wish(price(1), price(0.9), price(0.95)));
    expect(crossed.status).toBe(400);
    expect(crossed.body.detail).toContain('takeProfit');
    expect((await at.owner('GET', '/v1/orders/drafts')).body).toEqual([]);
  });

  it('is found whole after a restart of the desk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibwire-bracket-'));
    await using gateway = await simulate({});
    const connect = { host: gateway.host, port: gateway.port, clientId: 1 };
    const options = { db: join(folder, 'desk.db'), simulate: false as const, connect };
    let id = '';
    {
      await using at = await stage(options);
      await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: true, paper: true } });
      const price = await priceOf(at);
      id = (await at.owner('POST', '/v1/orders/draft', wish(price(1.02), price(1.05), price(0.95)))).body.id;
      await at.desk.follower.tradeOf(id)?.done;
    }
    {
      await using at = await stage(options);
      const held = (await at.owner('GET', `/v1/orders/get?id=${id}`)).body;
      expect([held.state, held.outcome.exits?.map(({ role }) => role)]).toEqual(['working', ['takeProfit', 'stopLoss']]);
      expect((await at.owner('POST', '/v1/orders/cancel', { id })).body).toEqual({ outcome: 'cancelled' });
    }
    rmSync(folder, { recursive: true });
  });
});
