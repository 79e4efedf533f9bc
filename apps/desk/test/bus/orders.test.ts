// Orders over the bus: the same one way as over REST, held to the account and the need of their subject, asked about by key.

import { type Bus, connectBus, NotTakenError } from '@ibwire/bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasNats, type NatsServer, startNats } from '../../../../test/helpers/nats.js';
import { type Desk, openDesk } from '../../src/desk.js';

const ACCOUNT = 'DU9000001';
const order = (totalQuantity: string, lmtPrice = '1.00'): object => ({
  account: ACCOUNT,
  contract: { symbol: 'AAPL' },
  order: { action: 'BUY', orderType: 'LMT', totalQuantity, lmtPrice },
});

describe.runIf(hasNats)('orders over the bus', () => {
  let nats: NatsServer;
  let desk: Desk;
  let bus: Bus;
  beforeAll(async () => {
    nats = await startNats();
    desk = await openDesk({
      db: ':memory:',
      simulate: true,
      bus: { servers: nats.url, desk: 'one', log: true, needs: ['read', 'propose', 'approve'] },
    });
    await desk.settings.setLimits({ collarPercent: '100' });
    bus = await connectBus({ servers: nats.url, who: 'alice', timeout: 15_000 });
  });
  afterAll(async () => {
    await bus?.close();
    await desk?.close();
    await nats?.close();
  });

  it('are drafted, sent, heard of and cancelled; the key has one order', async () => {
    const events: string[] = [];
    const stream = bus.orders.events(ACCOUNT);
    stream.on((event) => events.push(String((event['draft'] as { state?: string } | undefined)?.state ?? event.is)));
    await stream.complete();
    const sent = await bus.orders.draft(order('10'), { account: ACCOUNT, key: 'k1' });
    expect(sent.state).toBe('working');
    expect(await bus.orders.draft(order('10'), { account: ACCOUNT, key: 'k1' })).toMatchObject({ id: sent.id });
    expect(await bus.orders.outcome('k1', { account: ACCOUNT })).toMatchObject({ id: sent.id, askedBy: 'bus alice' });
    expect(await bus.orders.cancel(sent.id, { account: ACCOUNT })).toEqual({ outcome: 'cancelled' });
    await expect.poll(() => events).toEqual(expect.arrayContaining(['drafted', 'previewed', 'approved', 'working', 'done']));
    stream.close();
  });

  it('tell what refuses them, with findings and remedy', async () => {
    const refused = bus.orders.draft(order('5000'), { account: ACCOUNT, key: 'k2' });
    await expect(refused).rejects.toMatchObject({
      code: 'refused',
      more: { findings: expect.arrayContaining([expect.objectContaining({ code: 'MAX-QUANTITY' })]) },
    });
  });

  it('refuse the same key with another body', async () => {
    await bus.orders.draft(order('1'), { account: ACCOUNT, key: 'k3' });
    await expect(bus.orders.draft(order('2'), { account: ACCOUNT, key: 'k3' })).rejects.toMatchObject({ code: 'key-reused' });
  });

  it('see no other account than that of their subject', async () => {
    const draft = await bus.orders.draft(order('1'), { account: ACCOUNT, key: 'k4' });
    const other = 'DU9000002';
    await expect(bus.orders.get(draft.id, { account: other })).rejects.toMatchObject({ code: 'not-found' });
    expect(await bus.orders.outcome('k4', { account: other })).toBeUndefined();
    await expect(bus.orders.draft(order('1'), { account: other, key: 'k5' })).rejects.toThrow(
      'the login does not have the account',
    );
    expect(await bus.orders.command('orders.list', 'read', {}, { account: other })).toEqual([]);
  });

  it('do no more than the need of their subject', async () => {
    await expect(bus.orders.command('orders.draft', 'read', order('1'), { account: ACCOUNT })).rejects.toMatchObject({
      code: 'scope',
    });
    await expect(bus.orders.command('control.stop', 'approve', {}, {})).rejects.toMatchObject({ code: 'scope' });
    await expect(bus.orders.command('control.stop', 'operate', {}, {})).rejects.toThrow('operate is not allowed over this bus');
    await expect(bus.orders.command('no.such', 'read', {}, {})).rejects.toMatchObject({ code: 'not-found' });
  });

  it('say of a key that nobody has taken that nothing was sent', async () => {
    expect(await bus.orders.outcome('never', { account: ACCOUNT })).toBeUndefined();
    expect(new NotTakenError('never').message).toContain('Send it again under the same key');
  });

  it('stand in the log before they leave, for whoever audits', async () => {
    const draft = await bus.orders.draft(order('3'), { account: ACCOUNT, key: 'k6' });
    const lines: string[] = [];
    for await (const { line, subject } of bus.orders.replay(ACCOUNT)) {
      const one = line as {
        readonly what?: string;
        readonly draft?: { readonly id: string };
        readonly event?: { readonly is: string };
      };
      if (one.draft?.id === draft.id) lines.push(`${subject.split('.')[3]} ${one.what}`);
    }
    expect(lines.slice(0, 2)).toEqual(['log draft', 'log moved']);
    expect(lines.indexOf('log leaving')).toBeGreaterThan(0);
    const since: unknown[] = [];
    for await (const line of bus.orders.replay(ACCOUNT, { since: new Date(Date.now() + 60_000) })) since.push(line);
    expect(since).toEqual([]);
  });

  it('do not leave while the log cannot be kept', async () => {
    await nats.kill();
    await expect(
      desk.orders.draft(
        {
          account: ACCOUNT,
          contract: { symbol: 'AAPL' },
          order: { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: '1' },
        } as never,
        { id: 'here', name: 'here', scopes: new Set(['propose']) },
        { key: 'k7' },
      ),
    ).rejects.toMatchObject({ slug: 'log' });
    await nats.restart();
    const refused = await desk.drafts.byKey('here', 'k7');
    expect(refused?.state).toBe('refused');
    await expect
      .poll(async () => (await bus.orders.draft(order('1'), { account: ACCOUNT, key: 'k8' })).state, { timeout: 20_000 })
      .toBe('working');
  });
});
