// Protected without being asked: kinds of accounts are asked in the background, and orders that come earlier wait for them.

import { describe, expect, it } from 'vitest';
import { connect } from '../../../../src/client/connect.js';
import { stock } from '../../../../src/client/contracts/builders.js';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { simulate } from '../../../../src/gateway/simulate.js';
import { scriptedGateway } from '../../../helpers/scripted-gateway.js';
import { quick, quietGateway, until } from './desk.js';

const order = limit('BUY', 1, '400');
const accounts = [
  { kind: 'roth-ira-cash', cash: { USD: 10_000 }, holdings: { AAPL: 10 } },
  { kind: 'individual-margin', cash: { USD: 1_000_000 } },
  { kind: 'cash', cash: { USD: 1_000 } },
] as const;
const AAPL = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;

describe('without any configuration', () => {
  it('an order that comes before kind and picture of its IRA are told waits, is judged then, and leaves or is refused', async () => {
    await using gateway = await simulate({ seed: 1, accounts: [...accounts] });
    await using ib = await connect({ port: gateway.port, clientId: 1 });
    const [ira = ''] = gateway.accounts;
    await ib.contracts.details(AAPL);
    await using second = await connect({ port: gateway.port, clientId: 2 });
    await second.contracts.details(AAPL);
    const early = second.orders.place(AAPL, limit('SELL', 10_000, '1'), { account: ira });
    expect(early.state.at).toBe('waiting');
    const end = await early.done;
    expect(end.at).toBe('rejected');
    expect(end.reason?.by).toBe('client');
    expect(end.reason?.text).toContain('IRA-SHORT-STOCK');
    expect(gateway.received.map(({ message }) => message.kind)).not.toContain('placeOrder');
    expect((await second.orders.place(AAPL, order, { account: ira }).done).at).toBe('filled');
  });

  it('a taxable account borrows only where the gateway’s own numbers prove it', async () => {
    await using gateway = await simulate({ seed: 1, accounts: [...accounts] });
    await using ib = await connect({ port: gateway.port, clientId: 1 });
    const [, margin = '', cash = ''] = gateway.accounts;
    await ib.contracts.details(AAPL);
    await ib.orders.prepare();
    expect(ib.orders.situationOf(margin)).toBeUndefined();
    expect(ib.orders.situationOf(cash)?.account.accountType).toBeDefined();
    expect(() => ib.orders.place(AAPL, limit('BUY', 100, '400'), { account: cash })).toThrow(/DEBIT/);
    expect(() => ib.orders.place(AAPL, limit('SELL', 1, '1'), { account: cash })).toThrow(/SHORT/);
    expect((await ib.orders.place(AAPL, order, { account: margin }).done).at).toBe('filled');
  });

  it('the question is put once per connection, and not at all with `none`', async () => {
    await using gateway = await simulate({ seed: 1, accounts: [...accounts] });
    const asked = () => gateway.received.filter(({ message }) => message.kind === 'reqAccountSummary').length;
    await using open = await connect({ port: gateway.port, clientId: 2, orders: { accounts: 'none' } });
    await open.contracts.details(AAPL);
    expect((await open.orders.place(AAPL, order, { account: gateway.accounts[0] ?? '' }).done).at).toBe('filled');
    expect(asked()).toBe(0);
    await using ib = await connect({ port: gateway.port, clientId: 1 });
    await ib.contracts.qualify(stock('AAPL'));
    await ib.orders.prepare();
    expect(asked()).toBe(1);
  });

  it('an order whose account’s kind is never told is refused when its time is over, by the client and as untold', async () => {
    await using gateway = await scriptedGateway({ on: quietGateway });
    await using ib = await connect({ port: gateway.port, ...quick });
    const trade = ib.orders.place(AAPL, order, { timeout: 150 });
    const end = await trade.done;
    expect([end.at, end.reason?.by]).toEqual(['rejected', 'client']);
    expect(end.reason?.text).toContain('ACCOUNT-UNKNOWN');
    expect(gateway.received.some(({ kind }) => kind === 'placeOrder')).toBe(false);
  });

  it('an order that waits and is cancelled never leaves', async () => {
    await using gateway = await scriptedGateway({ on: quietGateway });
    await using ib = await connect({ port: gateway.port, ...quick });
    const trade = ib.orders.place(AAPL, order, { timeout: 150 });
    void trade.cancel().catch(() => {});
    const end = await trade.done;
    expect(end.at).not.toBe('filled');
    await until(() => trade.state.at !== 'waiting');
    expect(gateway.received.some(({ kind }) => kind === 'placeOrder')).toBe(false);
  });
});
