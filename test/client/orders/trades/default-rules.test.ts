// An IRA is known by what the gateway says of it: from then on every order of it is judged.

import { describe, expect, it } from 'vitest';
import { connect } from '../../../../src/client/connect.js';
import { stock } from '../../../../src/client/contracts/builders.js';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { simulate } from '../../../../src/gateway/simulate.js';

const order = limit('BUY', 1, '400');

describe('an account that is known to be an IRA', () => {
  it('is watched and judged from its first order on, unless that is switched off by name; others are not', async () => {
    await using gateway = await simulate({ seed: 1, accounts: 'all' });
    await using ib = await connect({ port: gateway.port, clientId: 1 });
    const types = new Map((await ib.accounts.summary(['AccountType'])).map(({ account, value }) => [account, value]));
    const ira = ib.accounts.ids.find((account) => types.get(account)?.includes('IRA')) ?? '';
    const taxable = ib.accounts.ids.find((account) => types.get(account)?.includes('INDIVIDUAL')) ?? '';
    expect([ira, taxable]).not.toContain('');
    const aapl = await ib.contracts.qualify(stock('AAPL'));
    // Its picture is not whole yet: nothing leaves. From then on it is judged.
    expect(() => ib.orders.place(aapl, order, { account: ira })).toThrow(/wait for prepare/);
    expect(gateway.received.map(({ message }) => message.kind)).not.toContain('placeOrder');
    expect((await ib.orders.place(aapl, order, { account: taxable }).done).at).toBe('filled');
    await ib.orders.prepare();
    expect(() => ib.orders.place(aapl, limit('SELL', 10_000, '1'), { account: ira })).toThrow(/SHORT/);
    expect((await ib.orders.place(aapl, order, { account: ira }).done).at).toBe('filled');

    await using open = await connect({ port: gateway.port, clientId: 2, orders: { accounts: 'none' } });
    await open.accounts.summary(['AccountType']);
    expect((await open.orders.place(aapl, order, { account: ira }).done).at).toBe('filled');
  });
});
