// Executions that positions show and cash does not yet: their money is spent, and their shares are counted once.

import { expect, it } from 'vitest';
import { connect } from '../../../../src/client/connect.js';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import { simulate } from '../../../../src/gateway/simulate.js';
import { quick, until } from '../trades/desk.js';

const AAPL = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;

it('shares that a bracket has bought and its exits offer are not sold a second time before the cash is told', async () => {
  await using gateway = await simulate({ accounts: [{ kind: 'roth-ira-cash', cash: { USD: 100_000 } }], pacing: 'off' });
  await using ib = await connect({ port: gateway.port, ...quick, clientId: 1, orders: { accounts: {} } });
  await ib.orders.prepare({ contracts: [AAPL] });
  const price = gateway.market.quote(AAPL.conId).last ?? 0;
  const at = (share: number): string => String(Math.round(price * share * 100) / 100);
  const account = ib.accounts.ids[0] ?? '';
  const [parent] = ib.orders.placeGroup(AAPL, bracket(limit('BUY', 20, at(1.02)), { takeProfit: at(1.1), stopLoss: at(0.9) }));
  await parent?.filled;
  await until(() => ib.orders.situationOf(account)?.positions[0]?.position === '20', 'the position');
  const findings = await ib.orders.judge(AAPL, limit('SELL', 20, at(1.05)));
  expect(findings.map(({ code }) => code)).toContain('IRA-SHORT-STOCK');
});
