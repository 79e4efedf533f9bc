/** What must hold for accounts under random order flow, and that the flows reach what the properties are about. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountKind } from '../../../src/gateway/accounts/account-kind.js';
import { cashOf, worthOf } from '../../../src/gateway/accounts/amount.js';
import { cashIn } from '../../../src/gateway/accounts/ledger.js';
import { openDesk } from './desk.js';
import { eachFlow, exact, runs } from './flows.js';
import { ACCOUNT, ES } from './instruments.js';

describe('the flows themselves', () => {
  it('reach every kind of event and every final state, so that the properties above are about something', () => {
    const seen = new Set<string>();
    eachFlow((desk) => {
      for (const event of desk.events) {
        seen.add(event.kind);
        if (event.kind === 'orderStatus') seen.add(event.status);
        if (event.kind === 'orderStatus' && event.status === 'Submitted' && event.filled !== '0') seen.add('partly filled');
        if (event.kind === 'execDetails') seen.add(`liquidity ${event.execution.lastLiquidity}`);
      }
    });
    const wanted = [
      'openOrder',
      'execDetails',
      'commissionAndFeesReport',
      'error',
      'PreSubmitted',
      'Submitted',
      'Filled',
      'Cancelled',
      'Inactive',
      'partly filled',
      'liquidity 1',
      'liquidity 2',
    ];
    expect([...seen]).toEqual(expect.arrayContaining(wanted));
  });
});

describe('accounts that may not borrow', () => {
  const kinds: readonly AccountKind[] = ['cash', 'roth-ira-cash', 'ira-margin'];
  it.each(kinds)('a %s account never owes money and never is short', (kind) =>
    eachFlow(
      (desk) => {
        const account = desk.accounts.accounts.get(ACCOUNT);
        for (const row of account?.ledger.values() ?? []) expect(row.cash >= 0n).toBe(true);
        for (const position of account?.positions.values() ?? []) expect(position.quantity >= 0n).toBe(true);
      },
      { accounts: [{ account: ACCOUNT, kind, baseCurrency: 'USD', cash: { USD: cashOf(150_000) } }] },
    ),
  );
});

describe('futures', () => {
  it('cash moves by the realised result and commissions only, exactly', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ buys: fc.boolean(), quantity: fc.integer({ min: 1, max: 5 }), ticks: fc.integer({ min: -40, max: 40 }) }),
          { maxLength: 20 },
        ),
        (trades) => {
          const desk = openDesk();
          let value = 0n;
          let fees = 0n;
          trades.forEach(({ buys, quantity, ticks }, i) => {
            const bid = 6800 + ticks * 0.25;
            desk.market.move(ES, { bid, ask: bid + 0.25, last: bid });
            desk.place(i + 1, ES, { action: buys ? 'BUY' : 'SELL', orderType: 'MKT', totalQuantity: String(quantity) });
          });
          for (const event of desk.events) {
            if (event.kind === 'execDetails')
              value += worthOf(
                event.execution.price,
                event.execution.side === 'BOT' ? exact(event.execution.shares) : -exact(event.execution.shares),
                50,
              );
            if (event.kind === 'commissionAndFeesReport') fees += cashOf(event.commissionAndFees);
          }
          const account = desk.accounts.accounts.get(ACCOUNT);
          const position = account?.positions.get(ES.conId);
          expect(account && cashIn(account.ledger, 'USD')).toBe(cashOf(1_000_000) - value - fees + (position?.carry ?? 0n));
          if (position?.quantity === 0n) expect(position.carry).toBe(0n);
          desk.engine.close();
        },
      ),
      runs,
    ));
});
