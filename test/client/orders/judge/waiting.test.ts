// Orders that wait for what their judgement needs: they wait for the gateway, and not for each other.
import { expect, it } from 'vitest';
import { connect } from '../../../../src/client/connect.js';
import { scriptedGateway } from '../../../helpers/scripted-gateway.js';

const aapl = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;

it('several that wait for a picture which never comes leave the process its turns, and end as refused', async () => {
  let looks = 0;
  await using gateway = await scriptedGateway({
    serverVersion: 200,
    on: {
      reqAccountSummary: ({ reqId }, peer) => {
        peer.send('accountSummary', { reqId, account: 'DU9000001', tag: 'AccountType', value: 'IRA-ROTH-NEW', currency: '' });
        peer.send('accountSummaryEnd', { reqId });
      },
      reqAllOpenOrders: (_, peer) => {
        looks++;
        peer.send('openOrderEnd', {});
      },
      reqExecutions: ({ reqId }, peer) => peer.send('execDetailsEnd', { reqId }),
    },
  });
  const ib = await connect({ port: gateway.port, clientId: 1, limits: 'none' });
  try {
    const order = { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: 10 } as const;
    const trades = [1, 2, 3].map(() => ib.orders.place(aapl, order, { timeout: 400 }));
    let turns = 0;
    const clock = setInterval(() => turns++, 5);
    const ends = await Promise.all(trades.map(({ done }) => done));
    clearInterval(clock);
    expect(ends.map(({ at }) => at)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(ends[0]?.reason?.text).toContain('positions, cash and open orders have not been told');
    expect(turns).toBeGreaterThan(5);
    expect(looks, 'looks at the open orders while they waited').toBeLessThan(10);
    expect(gateway.received.filter(({ kind }) => kind === 'placeOrder')).toHaveLength(0);
  } finally {
    ib.close();
  }
});
