// The household: a Roth IRA, a personal and a business account in the simulated gateway, and a Robinhood file.

import { describe, expect, it } from 'vitest';
import { household } from '../scripts/household.js';
import { keyOf } from '../src/merge.js';
import { tableText } from '../src/out/table.js';
import { summarySheets } from '../src/report.js';
import { view } from '../src/views/groups.js';
import { fixture } from './fixtures.js';

describe('the household', () => {
  it('is one portfolio: three accounts of a session with prices and cash, and a file', async () => {
    const portfolio = await household(fixture('robinhood-1.csv'));
    expect(portfolio.accounts.map(({ account }) => account.number)).toEqual(['DU9000001', 'DU9000002', 'DU9000003']);
    expect([...new Set(portfolio.transactions.map(({ account }) => keyOf(account)))]).toEqual(['robinhood:5551234']);
    expect(view(portfolio, 'instrument').map(({ key, quantity }) => [key, quantity])).toEqual([
      ['cash', undefined],
      ['AAPL', '150'],
      ['cash', undefined],
      ['MSFT', '60'],
      ['SPY', '105'],
    ]);
    // the session's own net value of an account in one currency agrees with ours
    const [roth] = portfolio.accounts;
    const ours = view(portfolio, 'account').find(({ key }) => key === keyOf(roth!.account))!;
    expect(Number(ours.value)).toBeCloseTo(Number(roth!.netLiquidation), 0);
    expect(summarySheets(portfolio).map(tableText).join('\n')).toContain('robinhood:5551234');
  });
});
