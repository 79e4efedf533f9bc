// What the page says of what is not live or not whole, in a real browser: the next try, delayed data, prices that grow old.

import { describe, expect, it } from 'vitest';
import { tab } from './acts.js';
import { deskWith, hasBrowser } from './browser.js';
import { oneBrowser } from './one-browser.js';

const patience = { timeout: 30_000 };

describe.runIf(hasBrowser)('the page is honest', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('a session that is made again says which try comes next and in how long, counting down; prices of positions turn grey', async () => {
    const simulate = { accounts: [{ account: 'DU9000001', kind: 'individual-margin' as const, holdings: { AAPL: 20 } }] };
    await using at = await deskWith(all, { simulate });
    const { page } = await all.open(at);
    const held = page.getByRole('table', { name: 'Positions' }).getByRole('row').filter({ hasText: 'AAPL' });
    await expect.poll(() => held.textContent(), patience).toMatch(/AAPL.*20.*\d+\.\d\d/);
    expect(await held.locator('.old').count()).toBe(0);
    const state = page.locator('.band .state');
    at.desk.gateway?.faults.disconnect();
    await expect.poll(() => state.textContent(), patience).toBe('● degraded (1100)');
    // Price, value, and the three columns of profit and loss.
    await expect.poll(() => held.locator('.old').count(), patience).toBe(5);
    at.desk.gateway?.faults.restart({ downFor: 600_000 });
    await expect.poll(() => state.textContent(), patience).toMatch(/^● reconnecting, try [2-9]\d*, next in \d+ s$/);
    // Read aloud once a try, not once a second.
    expect(await state.locator('[aria-hidden]').textContent()).toMatch(/^, next in \d+ s$/);
    const left = async (): Promise<number> => Number(/in (\d+) s/.exec((await state.textContent()) ?? '')?.[1]);
    const first = await left();
    await expect.poll(left, patience).not.toBe(first);
    await expect.poll(() => held.locator('.old').first().textContent(), patience).toMatch(/· (\d+ s|stale)$/);
  });

  it('a login without live data asks for delayed ones by the form, and every row and heading says so', async () => {
    await using at = await deskWith(all, { simulate: { marketData: 'delayed' } });
    const { page, errors } = await all.open(at);
    await page.locator('.band').getByText('data live', { exact: true }).waitFor();
    await tab(page, 'Gateway');
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByLabel('Port').fill(String(at.desk.gateway?.port));
    await page.getByRole('combobox', { name: /^Market data/ }).selectOption('delayed');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.locator('.band').getByText('data delayed where not live').waitFor();
    await tab(page, 'Market Data');
    await page.getByLabel('Add', { exact: true }).fill('AAPL');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const quotes = page.getByRole('table', { name: 'Quotes' });
    const row = quotes.getByRole('row').filter({ has: page.locator('strong[title="AAPL"]') });
    await expect.poll(() => row.getByRole('cell').first().textContent(), patience).toBe('AAPL delayed');
    for (const name of ['Bid', 'Ask', 'Last'])
      await expect
        .poll(
          () =>
            quotes
              .getByRole('columnheader', { name: new RegExp(`^${name}`) })
              .first()
              .textContent(),
          patience,
        )
        .toMatch(/delayed$/);
    await expect
      .poll(async () => (await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL')).body.source, patience)
      .toBe('delayed');
    expect((await at.owner<{ marketData: string }>('GET', '/v1/session/status')).body.marketData).toBe('delayed');
    expect(errors).toEqual([]);
  });
});
