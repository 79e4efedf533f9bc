// A desk that leads no more sends nothing: not what its log does not take, and not while its lease is over.

import { connectBus } from '@ibwire/bus';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { limit, RuleError, stock } from 'ibwire';
import { simulate } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { hasNats, startNats } from '../../../../test/helpers/nats.js';
import { type Desk, openDesk } from '../../src/desk.js';

const ACCOUNT = 'DU9000001';
const asked = {
  account: ACCOUNT,
  contract: { symbol: 'AAPL' },
  order: { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: '1' },
};
const placed = (gateway: { readonly received: readonly { readonly message: { readonly kind: string } }[] }): number =>
  gateway.received.filter(
    ({ message }) => message.kind === 'placeOrder' && (message as { order?: { whatIf?: boolean } }).order?.whatIf !== true,
  ).length;

async function leading(url: string, port: number): Promise<Desk> {
  const desk = await openDesk({
    db: ':memory:',
    connect: { host: '127.0.0.1', port, clientId: 11 },
    bus: { servers: url, desk: 'one', log: true, lease: true },
  });
  await desk.settings.setLimits({ sendAtOnce: { simulated: true, paper: true }, collarPercent: '100' });
  await expect.poll(() => desk.bus?.leads, { timeout: 15_000 }).toBe(true);
  return desk;
}

describe.runIf(hasNats)('a desk that leads no more', () => {
  it('sends nothing that its log does not take, though its lease still holds', async () => {
    const nats = await startNats();
    await using gateway = await simulate({ orders: {} });
    const desk = await leading(nats.url, gateway.port);
    const bus = await connectBus({ servers: nats.url, who: 'flow', timeout: 10_000 });
    try {
      await bus.orders.draft(asked, { account: ACCOUNT, key: 'k1' });
      expect(placed(gateway)).toBe(1);
      // A line of somebody who leads by now, between two of its own.
      const other = await connect({ servers: nats.url });
      await jetstream(other).publish('ibwire.desk.kept.log._', JSON.stringify({ what: 'lead', desk: 'two' }));
      await other.close();
      expect(desk.bus?.leads).toBe(true);
      await expect(bus.orders.draft(asked, { account: ACCOUNT, key: 'k2' })).rejects.toMatchObject({ code: 'log' });
      expect(placed(gateway)).toBe(1);
    } finally {
      await bus.close();
      await desk.close();
      await nats.close();
    }
  });

  it('lets nothing leave while its lease is over, by whatever way it is asked', async () => {
    const nats = await startNats();
    await using gateway = await simulate({ orders: {} });
    const desk = await leading(nats.url, gateway.port);
    try {
      const { ib } = desk.connection.need();
      await nats.kill();
      await expect.poll(() => desk.bus?.leads, { timeout: 15_000 }).toBe(false);
      const { contract, order } = { contract: await ib.contracts.qualify(stock('AAPL')), order: limit('BUY', 1, 1) };
      const { token } = desk.gate().confirm.request({ contract, order: { ...order, account: ACCOUNT } });
      const refused = await Promise.resolve()
        .then(() => ib.orders.place(contract, { ...order, account: ACCOUNT }, { token }))
        .then((trade) => trade.accepted)
        .catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(RuleError);
      expect((refused as RuleError).findings.map(({ code }) => code)).toContain('NOT-LEADING');
      expect(placed(gateway)).toBe(0);
      await nats.restart();
      await expect.poll(() => desk.bus?.leads, { timeout: 20_000 }).toBe(true);
    } finally {
      await desk.close();
      await nats.close();
    }
  });
});
