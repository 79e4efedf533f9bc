// Orders that an earlier session filled are history: they hold up no order of the next one.

import { describe, expect, it } from 'vitest';
import { connect } from '../../../../src/client/connect.js';
import { stock } from '../../../../src/client/contracts/builders.js';
import { limit, market } from '../../../../src/client/orders/builders/basic.js';
import { simulate } from '../../../../src/gateway/simulate.js';

describe('account rules on the second session of a day', () => {
  it('count what the first one filled neither as working nor as unsettled', async () => {
    await using gateway = await simulate({ seed: 1 });
    {
      await using ib = await connect({ port: gateway.port, clientId: 5 });
      const aapl = await ib.contracts.qualify(stock('AAPL'));
      const trade = await ib.orders.place(aapl, market('BUY', 10), { account: 'DU9000001' });
      expect((await trade.done).at).toBe('filled');
    }
    await using ib = await connect({
      port: gateway.port,
      clientId: 5,
      orders: { accounts: { watch: 'all', kinds: { DU9000001: 'reg-t' } } },
    });
    const aapl = await ib.contracts.qualify(stock('AAPL'));
    expect(ib.orders.situationOf('DU9000001')?.workingOrders).toEqual([]);
    const trade = await ib.orders.place(aapl, limit('BUY', 10, '400'), { account: 'DU9000001' });
    expect((await trade.done).at).toBe('filled');
  });
});
