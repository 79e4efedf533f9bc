// The Account tab in a real browser: sums that add up or say by how much not, several accounts, drawers, hidden ids.

import { describe, expect, it } from 'vitest';
import { buy } from '../stage.js';
import { ordersAt, seen, soon, tab } from './acts.js';
import { deskWith, hasBrowser } from './browser.js';
import { oneBrowser } from './one-browser.js';

const two = {
  accounts: [
    {
      account: 'DU9000001',
      kind: 'individual-margin' as const,
      cash: { USD: 500_000, HKD: 400_000 },
      holdings: { AAPL: 20, MSFT: 15, '700': 100 },
    },
    { account: 'DU9000002', kind: 'ira-margin' as const, holdings: { NVDA: 40 } },
  ],
};

describe.runIf(hasBrowser)('the Account tab', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('several accounts stand in rows with their sum; one is chosen by its row, and every number is its own', async () => {
    await using at = await deskWith(all, { simulate: two });
    const { page, errors } = await all.open(at);
    const accounts = page.getByRole('table', { name: 'Accounts' });
    await accounts.getByText('DU9000002').waitFor();
    const rows = await accounts.getByRole('row').allTextContents();
    const worth = (row: string | undefined): number => Number(/([\d,]+\.\d\d)/.exec(row ?? '')?.[1]?.replaceAll(',', ''));
    const sum = await page.getByText(/^all, in USD: [\d,]+\.\d\d/).textContent();
    expect(worth(sum ?? '')).toBeCloseTo(worth(rows[1]) + worth(rows[2]), 0);
    await page.getByRole('table', { name: 'Positions' }).getByText('MSFT').waitFor();
    await accounts.getByText('DU9000002').click();
    await page.getByRole('table', { name: 'Positions' }).getByText('NVDA').waitFor();
    await soon(() => page.getByRole('table', { name: 'Positions' }).getByText('MSFT').count(), 0);
    expect(errors).toEqual([]);
  });

  it('currencies add up to net liquidation; profit and loss is added up by currency, with the rate that was used beside the sum', async () => {
    await using at = await deskWith(all, { simulate: two });
    const { page } = await all.open(at);
    await seen(page, '✓ adds up to net liquidation');
    const sums = page.locator('.sums');
    await expect.poll(() => sums.textContent(), { timeout: 30_000 }).toMatch(/Day P&L.*HKD.*USD/);
    await expect.poll(() => sums.textContent(), { timeout: 30_000 }).toMatch(/In USDday .*1 HKD = 0\.\d+/);
    await page.getByLabel('Filter').fill('msf');
    await soon(() => page.getByRole('table', { name: 'Positions' }).getByRole('row').count(), 2);
    await page.getByLabel('Filter').fill('nothing is named so');
    await seen(page, 'nothing of this kind and name');
  });

  it('a position opens its executions, commissions and working orders, and a ticket that would close it, which sends nothing', async () => {
    await using at = await deskWith(all, { simulate: two });
    const order = { ...buy('AAPL', '3'), account: 'DU9000001' };
    await at.owner('POST', '/v1/orders/draft', order);
    await at.owner('POST', '/v1/orders/draft', {
      account: 'DU9000001',
      contract: { symbol: 'AAPL' },
      order: { action: 'SELL', orderType: 'LMT', totalQuantity: '2', lmtPrice: '330' },
    });
    const sent = ordersAt(at);
    const { page } = await all.open(at);
    await page.getByRole('table', { name: 'Positions' }).getByText('AAPL').click();
    const drawer = page.getByRole('region', { name: 'Details of AAPL' });
    await drawer.getByText(/commissions [\d.]+ USD/).waitFor();
    await drawer.getByText(/^SELL 2 AAPL @ 330.00 LMT DAY/).waitFor();
    expect(await drawer.getByRole('table', { name: 'Executions' }).getByText('BOT').count()).toBeGreaterThan(0);
    await drawer.getByRole('button', { name: 'Close position …' }).click();
    await soon(() => page.getByLabel('Quantity', { exact: true }).inputValue(), '23');
    expect(await page.locator('.sides .sell input').isChecked()).toBe(true);
    await seen(page, 'position 23 → 0');
    expect([await page.getByLabel('Limit price', { exact: true }).inputValue(), ordersAt(at)]).toEqual(['', sent]);
  });

  it('account ids are hidden for a shared screen, on every tab and after a reload', async () => {
    await using at = await deskWith(all, { simulate: two });
    const { page } = await all.open(at);
    await page.getByRole('table', { name: 'Accounts' }).getByText('DU9000002').waitFor();
    await page.getByText('View', { exact: true }).click();
    await page.getByLabel('hide account ids').check();
    await page.reload();
    for (const name of ['Account', 'Trading', 'Gateway']) {
      await tab(page, name);
      await expect.poll(() => page.locator('main').textContent(), { timeout: 30_000 }).not.toContain('not yet known');
      expect(await page.locator('body').innerText(), name).not.toMatch(/DU9/);
    }
    expect(await page.locator('.account select').innerText()).toContain('DU•••');
  });
});
