// While the link is away the accounts of the login are still its accounts, and what they hold cannot be asked for.

import { expect, it } from 'vitest';
import { connectBy } from '../../../src/client/connect.js';
import { openLink } from '../../../src/client/wire/link.js';
import { virtualClock } from '../../../src/gateway/clock.js';
import { simulateOn } from '../../../src/gateway/simulate.js';
import { memoryNetwork } from '../../helpers/memory-network.js';
import { pass, passUntil } from '../../helpers/virtual-time.js';
import { virtualTimer } from '../../helpers/virtual-timer.js';

const MINUTE = 60_000;

it('holdings with prices that are asked for without a link are refused, and are never none', async () => {
  const clock = virtualClock(Date.UTC(2026, 8, 2, 14));
  const network = memoryNetwork(clock);
  const accounts = ['DU9000001', 'DU9000002'].map((account) => ({
    account,
    kind: 'individual-margin' as const,
    holdings: { AAPL: 20 },
  }));
  const gateway = await simulateOn(network, { clock, accounts });
  const connecting = connectBy((options, events) => openLink(options, events, network.openTransport), {
    port: gateway.port,
    timer: virtualTimer(clock),
    random: () => 0.5,
    orders: { accounts: 'none' },
  });
  const ib = await passUntil(clock, connecting, MINUTE);
  gateway.faults.restart({ downFor: MINUTE });
  await pass(clock, 2_000);
  expect(ib.state.at).toBe('reconnecting');
  expect(ib.accounts.ids).toEqual(['DU9000001', 'DU9000002']);
  const asked = ib.accounts.holdings({ prices: true });
  await expect(asked).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining('not connected') }));
  ib.close();
  await gateway.close();
});
