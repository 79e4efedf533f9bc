// Orders of other clients, and positions of this connection: nothing leaves on a picture older than the policy allows.

import { describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../../src/client/connect.js';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { simulate } from '../../../../src/gateway/simulate.js';
import { quick, until } from './desk.js';

const AAPL = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;

async function ira() {
  const gateway = await simulate({
    accounts: [{ kind: 'roth-ira-cash', cash: { USD: 1_000 }, holdings: { AAPL: 10 } }],
    pacing: 'off',
    cadence: { account: 1 },
  });
  const client = async (clientId: number, orders: Parameters<typeof connect>[0]['orders']): Promise<Ib> => {
    const ib = await connect({ port: gateway.port, ...quick, clientId, ...(orders !== undefined && { orders }) });
    await ib.contracts.details(AAPL);
    return ib;
  };
  const price = gateway.market.quote(AAPL.conId).last ?? 0;
  const at = (share: number): string => String(Math.round(price * share * 100) / 100);
  return { gateway, client, at };
}

describe('account rules and the orders of others', () => {
  it('a sale of all that is held, after another client of the login has placed the same sale, does not leave', async () => {
    const { gateway, client, at } = await ira();
    await using _ = gateway;
    await using ib = await client(1, { accounts: {} });
    await using other = await client(2, { accounts: 'none' });
    // Their order comes after our picture was taken, and nobody tells us.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const theirs = other.orders.place(AAPL, limit('SELL', 10, at(1.05)));
    await until(() => theirs.isWorking === true);
    const ours = ib.orders.place(AAPL, limit('SELL', 10, at(1.05)));
    expect(ours.state.at).toBe('waiting');
    const end = await ours.done;
    expect([end.at, end.reason?.by]).toEqual(['rejected', 'client']);
    expect(end.reason?.text).toContain('IRA-SHORT-STOCK');
    await theirs.cancel();
    // The next look, within the age that is allowed, shows that it is gone.
    await until(
      () => ib.orders.check(AAPL, limit('SELL', 10, at(1.05))).every(({ severity }) => severity !== 'reject'),
      'their sale to be gone',
    );
    const again = ib.orders.place(AAPL, limit('SELL', 10, at(1.05)));
    await until(() => again.isWorking === true, 'the sale to work once theirs is gone', 5_000);
  });

  it('after a reconnect a sale waits until positions and open orders have been told on this connection', async () => {
    const { gateway, client, at } = await ira();
    await using _ = gateway;
    await using ib = await client(1, { accounts: {} });
    await using other = await client(2, { accounts: 'none' });
    const states: string[] = [];
    const sold = other.orders.place(AAPL, limit('SELL', 10, at(0.9)));
    await sold.filled;
    const first = new Promise<void>((resolve) => {
      ib.on('ready', () => {
        try {
          const trade = ib.orders.place(AAPL, limit('SELL', 10, at(1.05)));
          states.push(trade.state.at);
          void trade.done.then((end) => {
            states.push(`${end.at} ${end.reason?.text ?? ''}`);
            resolve();
          });
        } catch (error) {
          states.push(String(error));
          resolve();
        }
      });
    });
    gateway.faults.cut();
    await first;
    expect(states.at(-1)).toContain('IRA-SHORT-STOCK');
  });
});
