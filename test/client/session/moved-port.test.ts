// A gateway that moves to another port (1300) is found again, whichever of the two ports it comes back on.

import { describe, expect, it } from 'vitest';
import { connectBy } from '../../../src/client/connect.js';
import { openLink } from '../../../src/client/wire/link.js';
import { virtualClock } from '../../../src/gateway/clock.js';
import { simulateOn } from '../../../src/gateway/simulate.js';
import { memoryNetwork } from '../../helpers/memory-network.js';
import { pass, passUntil } from '../../helpers/virtual-time.js';
import { virtualTimer } from '../../helpers/virtual-timer.js';

const MINUTE = 60_000;

async function moved() {
  const clock = virtualClock(Date.UTC(2026, 8, 2, 14));
  const network = memoryNetwork(clock);
  const gateway = await simulateOn(network, { clock });
  const first = gateway.port;
  const connecting = connectBy((options, events) => openLink(options, events, network.openTransport), {
    port: first,
    timer: virtualTimer(clock),
    random: () => 0.5,
    orders: { accounts: 'none' },
  });
  const ib = await passUntil(clock, connecting, MINUTE);
  const ports: number[] = [];
  ib.on('state', (state) => {
    if (state.at === 'connecting') ports.push(state.port);
  });
  await gateway.faults.movePort();
  await pass(clock, MINUTE);
  expect([ib.state.at, ports]).toEqual(['ready', [gateway.port]]);
  expect(gateway.port).not.toBe(first);
  return { clock, network, gateway, first, ib, ports };
}

describe('after a 1300', () => {
  it('a restart that takes minutes is waited for on the new port too', async () => {
    const { clock, gateway, ib } = await moved();
    gateway.faults.restart({ downFor: 5 * MINUTE });
    await pass(clock, 6 * MINUTE);
    expect(ib.state).toMatchObject({ at: 'ready', epoch: 3 });
    ib.close();
    await gateway.close();
  });

  it('a gateway that is back on the configured port is found there', async () => {
    const { clock, network, gateway, first, ib } = await moved();
    await gateway.close();
    await pass(clock, 5 * MINUTE);
    await using again = await simulateOn(network, { clock, port: first });
    await pass(clock, MINUTE);
    expect(ib.state).toMatchObject({ at: 'ready', epoch: 3 });
    expect(again.clients).toHaveLength(1);
    ib.close();
  });

  it('both ports have their turns while nobody listens, the newest of several moves counts', async () => {
    const { clock, gateway, first, ib, ports } = await moved();
    await gateway.faults.movePort();
    await pass(clock, MINUTE);
    const newest = gateway.port;
    ports.length = 0;
    gateway.faults.restart({ downFor: 30 * MINUTE });
    await pass(clock, 3 * MINUTE);
    expect(ports.slice(0, 4)).toEqual([newest, first, newest, first]);
    await pass(clock, 28 * MINUTE);
    expect(ib.state).toMatchObject({ at: 'ready', epoch: 4 });
    ib.close();
    await gateway.close();
  });
});
