// Hours are asked about the gateway's time: a simulated one may live in another year.

import { expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import { stock } from '../../../src/client/contracts/builders.js';
import { simulate } from '../../../src/gateway/index.js';

it('a gateway with a clock of its own says by that clock whether a market is open, and when it opens next', async () => {
  await using gateway = await simulate({ clock: 'virtual', startAt: Date.UTC(2027, 2, 3, 15) });
  const ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
  try {
    expect(await ib.contracts.isOpen(stock('AAPL'))).toBe('open');
    const next = await ib.contracts.nextOpen(stock('AAPL'));
    expect(next?.toISOString()).toBe('2027-03-04T14:30:00.000Z');
  } finally {
    ib.close();
  }
});
