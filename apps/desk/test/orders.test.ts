// The one way through, on both databases: states, keys, approvals, limits, the stop, the breaker, and what a restart remembers.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from 'ibwire/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster, stores } from './postgres.js';
import { buy, stage } from './stage.js';

const PAPER = { sendAtOnce: { simulated: false, paper: false } };

// Every commit is on the disk before the next step: on a machine with much to do that takes its time.
describe.each(stores)('orders on %s', { timeout: 120_000 }, (kind) => {
  let cluster: Cluster | undefined;
  let folder = '';
  let count = 0;
  const fresh = (): string => (cluster === undefined ? join(folder, `${++count}.db`) : cluster.database(`desk${++count}`));

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ibwire-desk-'));
    if (kind === 'postgres') cluster = startCluster();
  });
  afterAll(() => {
    cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('drafted, previewed, waiting, approved, sent, done: each step is in the log, each fill in the table', async () => {
    await using at = await stage({ db: fresh() });
    await at.owner('POST', '/v1/control/setLimits', PAPER);
    const draft = (await at.owner('POST', '/v1/orders/draft', { ...buy('AAPL'), note: 'because' })).body;
    expect(draft).toMatchObject({ state: 'waiting', note: 'because', mode: 'simulated', account: 'DU9000001' });
    expect(draft.preview).toMatchObject({ passes: true, quote: { source: 'live' } });
    expect(Number(draft.preview.worst.initialMargin)).toBeGreaterThan(0);
    const sent = (await at.owner('POST', '/v1/orders/approve', { id: draft.id })).body;
    expect(sent.approvedBy).toBe('owner');
    await at.desk.follower.tradeOf(draft.id)?.done;
    const story = (await at.owner('GET', `/v1/journal/explain?id=${draft.id}`)).body;
    expect(story.draft).toMatchObject({ state: 'done', outcome: { status: 'filled', filled: '10' } });
    expect(story.story).toContain('asked by owner, approved by owner');
    const what = story.entries.map(({ what }) => what);
    expect(what.indexOf('draft')).toBeLessThan(what.indexOf('previewed'));
    expect(what.indexOf('previewed')).toBeLessThan(what.indexOf('send'));
    expect(what).toContain('wire place');
    expect(what.at(-1) === 'done' || what.includes('done')).toBe(true);
    const attempt = story.entries.find(({ what: of }) => of === 'wire place');
    expect(attempt).toMatchObject({ account: 'DU9000001', symbol: 'AAPL', secType: 'STK', currency: 'USD', outcome: 'passed' });
    const fills = (await at.owner<{ readonly shares: string }[]>('GET', `/v1/orders/executions?draftId=${draft.id}`)).body;
    expect(fills.reduce((sum, { shares }) => sum + Number(shares), 0)).toBe(10);
    expect(fills[0]).toMatchObject({ side: 'BOT', symbol: 'AAPL', commissionCurrency: 'USD' });
    const approvals = await at.desk.store.db.selectFrom('approvals').selectAll().execute();
    expect(approvals).toMatchObject([{ draft_id: draft.id, who: 'owner', decision: 'approved' }]);
  });

  it('one key is one order: the first answer for the same body, 422 for another, 409 while it runs', async () => {
    await using at = await stage({ db: fresh() });
    const key = { 'idempotency-key': 'k-1' };
    const both = await Promise.all([1, 2].map(() => at.owner('POST', '/v1/orders/draft', buy('AAPL'), key)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const first = both.find(({ status }) => status === 201);
    const again = await at.owner('POST', '/v1/orders/draft', buy('AAPL'), key);
    expect(again.body).toEqual(first?.body);
    const other = await at.owner('POST', '/v1/orders/draft', buy('AAPL', '11'), key);
    expect([other.status, other.body.type]).toEqual([422, 'urn:ibwire:desk:key-reused']);
    expect(at.desk.gateway?.orders.length).toBe(1);
    const someone = await at.as('propose');
    expect((await someone('POST', '/v1/orders/draft', buy('AAPL'), key)).status).toBe(201);
    expect(at.desk.gateway?.orders.length).toBe(2);
  });

  it('five drafts for five symbols at once go to five contracts', async () => {
    await using at = await stage({ db: fresh() });
    const five = ['AAPL', 'MSFT', 'SPY', 'QQQ', 'IBM'];
    const told = await Promise.all(five.map((symbol, i) => at.owner('POST', '/v1/orders/draft', buy(symbol, String(i + 1)))));
    expect(told.map(({ body }) => body.contract.symbol)).toEqual(five);
    expect(new Set(told.map(({ body }) => body.contract.conId)).size).toBe(5);
    const placed = new Map(
      (at.desk.gateway?.received ?? []).flatMap(({ message }) =>
        message.kind === 'placeOrder' && message.order?.whatIf !== true ? [[message.order?.orderRef, message] as const] : [],
      ),
    );
    expect(placed.size).toBe(5);
    for (const [i, { body }] of told.entries()) {
      const sent = placed.get(`desk:${body.id}`);
      expect([sent?.contract?.conId, sent?.order?.totalQuantity]).toEqual([body.contract.conId, String(i + 1)]);
    }
  });

  it('limits refuse with the finding, its numbers and what would pass; nothing is sent', async () => {
    await using at = await stage({ db: fresh() });
    const many = await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1001'));
    expect(many.status).toBe(422);
    expect(many.body.findings.map(({ code }) => code)).toContain('MAX-QUANTITY');
    expect(many.body.remedy).not.toBe('');
    const ask = Number((await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL')).body.ask);
    const dear = await at.owner(
      'POST',
      '/v1/orders/draft',
      buy('AAPL', '1', { orderType: 'LMT', lmtPrice: String(Math.round(ask * 1.5)) }),
    );
    expect(dear.body.findings.map(({ code }) => code)).toContain('PRICE-COLLAR');
    await at.owner('POST', '/v1/control/setLimits', { maxNotional: '100' });
    const rich = await at.owner('POST', '/v1/orders/draft', buy('AAPL', '10'));
    expect(rich.body.findings.map(({ code }) => code)).toContain('MAX-NOTIONAL');
    expect(at.desk.gateway?.orders).toEqual([]);
    const rows = (await at.owner<{ readonly what: string }[]>('GET', '/v1/journal/entries')).body;
    expect(rows.filter(({ what }) => what === 'refused').length).toBe(3);
  });

  it('a preview that has become worse has to be approved again', async () => {
    await using at = await stage({ db: fresh() });
    await at.owner('POST', '/v1/control/setLimits', PAPER);
    const { body: draft } = await at.owner('POST', '/v1/orders/draft', buy('AAPL'));
    const price = Math.round(Number(draft.preview.quote.ask) * 1.04);
    const line = at.desk.connection.lines.known(draft.contract.conId);
    const moved = new Promise<void>((resolve) => line?.on(() => Number(line.quote.ask?.value) > price * 0.98 && resolve()));
    at.desk.gateway?.market.set('AAPL', price);
    await moved;
    const told = await at.owner('POST', '/v1/orders/approve', { id: draft.id });
    expect([told.status, told.body.type]).toEqual([409, 'urn:ibwire:desk:worse']);
    expect(told.body.draft.state).toBe('waiting');
    expect(at.desk.gateway?.orders).toEqual([]);
    expect((await at.owner('POST', '/v1/orders/approve', { id: draft.id })).status).toBe(200);
    expect(at.desk.gateway?.orders.length).toBe(1);
    const approvals = await at.desk.store.db.selectFrom('approvals').select('decision').orderBy('id').execute();
    expect(approvals.map(({ decision }) => decision)).toEqual(['worse', 'approved']);
  });

  it('a draft is approved once, however many ask, and a declined one never', async () => {
    await using at = await stage({ db: fresh() });
    await at.owner('POST', '/v1/control/setLimits', PAPER);
    const { body: draft } = await at.owner('POST', '/v1/orders/draft', buy('AAPL'));
    const told = await Promise.all([1, 2, 3].map(() => at.owner('POST', '/v1/orders/approve', { id: draft.id })));
    expect(told.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(at.desk.gateway?.orders.length).toBe(1);
    const { body: second } = await at.owner('POST', '/v1/orders/draft', buy('AAPL', '7'));
    expect((await at.owner('POST', '/v1/orders/decline', { id: second.id, reason: 'no' })).body.why).toBe(
      'declined by owner: no',
    );
    expect((await at.owner('POST', '/v1/orders/approve', { id: second.id })).status).toBe(409);
    expect(at.desk.gateway?.orders.length).toBe(1);
  });

  it('STOP cancels what works, survives a restart, and ends by the owner alone', async () => {
    await using gateway = await simulate({});
    const db = fresh();
    const connect = { host: gateway.host, port: gateway.port, clientId: 3 };
    const body = buy('AAPL', '1', { orderType: 'LMT', lmtPrice: '0' });
    {
      await using at = await stage({ db, simulate: false, connect });
      await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: true, paper: true } });
      const bid = Number((await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL')).body.bid);
      Object.assign((body as { order: object }).order, { lmtPrice: String(Math.round(bid * 0.95)) });
      const { body: draft } = await at.owner('POST', '/v1/orders/draft', body);
      expect(draft.state).toBe('working');
      const ended = at.desk.follower.tradeOf(draft.id)?.done;
      expect((await at.owner('POST', '/v1/control/stop', { reason: 'enough' })).body).toMatchObject({
        stopped: { reason: 'enough' },
      });
      expect((await ended)?.at).toBe('cancelled');
      expect((await at.owner('POST', '/v1/orders/draft', body)).status).toBe(422);
    }
    await using at = await stage({ db, simulate: false, connect });
    expect((await at.owner('GET', '/v1/session/status')).body).toMatchObject({ mode: 'paper', stopped: { reason: 'enough' } });
    const refused = await at.owner('POST', '/v1/orders/draft', body);
    expect(refused.body.findings.map(({ code }) => code)).toContain('KILL-SWITCH');
    expect((await (await at.as('read', 'propose', 'approve'))('POST', '/v1/control/release', {})).status).toBe(403);
    await at.owner('POST', '/v1/control/release', {});
    expect((await at.owner('POST', '/v1/orders/draft', body)).status).toBe(201);
    expect(gateway.orders.length).toBe(2);
  });

  it('five rejections in a row open the circuit breaker; the owner closes it', async () => {
    await using at = await stage({ db: fresh() });
    const engine = at.desk.gateway?.engine;
    if (engine === undefined) throw new Error('no gateway');
    const place = engine.place.bind(engine);
    // What-ifs pass; the order itself is for a contract that the gateway does not know.
    const refusing: typeof place = (client, orderId, contract, order, terms) =>
      place(client, orderId, order.whatIf === true ? contract : { ...contract, conId: 999_999_999 }, order, terms);
    Object.assign(engine, { place: refusing });
    for (let i = 1; i <= 5; i++) {
      const { body } = await at.owner('POST', '/v1/orders/draft', buy('AAPL', String(i)));
      await at.desk.follower.tradeOf(body.id)?.done;
      await at.desk.follower.settled(body.id);
      expect((await at.owner('GET', `/v1/orders/get?id=${body.id}`)).body.outcome.status).toBe('rejected');
      expect(at.desk.settings.breaker.rejections).toBe(i);
    }
    Object.assign(engine, { place });
    const told = await at.owner('POST', '/v1/orders/draft', buy('AAPL', '9'));
    expect(told.body.findings.map(({ code }) => code)).toContain('CIRCUIT-OPEN');
    await at.owner('POST', '/v1/control/release', {});
    expect((await at.owner('POST', '/v1/orders/draft', buy('AAPL', '9'))).status).toBe(201);
  });

  it('a live account reads only until the owner says otherwise', async () => {
    await using at = await stage({ db: fresh(), simulate: { accounts: [{ kind: 'individual-margin', account: 'U9000001' }] } });
    expect((await at.owner('GET', '/v1/session/status')).body.mode).toBe('live');
    const told = await at.owner('POST', '/v1/orders/draft', buy('AAPL'));
    expect(told.body.findings.map(({ code }) => code)).toContain('LIVE-ACCOUNT');
    expect(at.desk.gateway?.orders).toEqual([]);
  });

  it('an order that cannot be logged does not leave', async () => {
    await using at = await stage({ db: fresh() });
    const write = at.desk.store.journal.write;
    Object.assign(at.desk.store.journal, {
      write() {
        throw new Error('disk full');
      },
    });
    const told = await at.owner('POST', '/v1/orders/draft', buy('AAPL'));
    expect(told.status).toBe(422);
    expect(at.desk.gateway?.orders).toEqual([]);
    Object.assign(at.desk.store.journal, { write });
  });
});
