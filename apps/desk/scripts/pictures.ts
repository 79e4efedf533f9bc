// Pictures of the dashboard, each tab in both themes, wide and on a telephone: `npm run -s dashboard:pictures` writes docs/img/dashboard.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deskWith, screens } from '../test/web/browser.js';

const PLACE = resolve(import.meta.dirname, '../../../docs/img/dashboard');
const TABS = ['Account', 'Trading', 'Market Data', 'Gateway'];
const WIDTHS = [
  [1440, 900],
  [360, 740],
] as const;

mkdirSync(PLACE, { recursive: true });
await using all = await screens();
await using at = await deskWith(all, {
  simulate: {
    accounts: [
      { account: 'DU9000001', kind: 'ira-margin', cash: { USD: 50_000, EUR: 3_000 }, holdings: { AAPL: 20, MSFT: 15, SPY: 12 } },
      { account: 'DU9000002', kind: 'individual-margin', holdings: { NVDA: 40 } },
    ],
  },
});
await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
const program = await at.as('read', 'propose');
const wish = {
  account: 'DU9000001',
  contract: { symbol: 'MSFT' },
  order: { action: 'SELL', orderType: 'LMT', totalQuantity: '5', lmtPrice: '510' },
};
await program('POST', '/v1/orders/draft', { ...wish, note: 'Above the price that was set this morning.' });
for (const colorScheme of ['light', 'dark'] as const) {
  const { page } = await all.open(at, { colorScheme });
  for (const name of TABS) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('tab', { name }).click();
    if (name === 'Trading') {
      await page.getByLabel('Find', { exact: true }).fill('AAPL');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.locator('.found button').first().click();
      await page.getByLabel('SELL').check();
      await page.getByLabel('Quantity').fill('50');
      await page.getByLabel('Limit price').fill('315');
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.locator('.findings .reject').first().waitFor();
      await page.getByRole('button', { name: /Waiting for approval/ }).click();
    }
    if (name === 'Market Data') {
      await page.getByRole('table', { name: 'Quotes' }).getByText('AAPL').click();
      await page.getByRole('table', { name: 'Book of AAPL' }).waitFor();
      await page.getByRole('table', { name: 'Trades of AAPL' }).waitFor();
    }
    if (name === 'Gateway') {
      await page.getByRole('button', { name: 'Run' }).click();
      await page.locator('.checks li').first().waitFor();
    }
    await page.waitForTimeout(3_000);
    for (const [width, height] of WIDTHS) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(300);
      await page.screenshot({
        path: join(PLACE, `${name.toLowerCase().replace(' ', '-')}-${colorScheme}-${width}.png`),
        fullPage: width === 360,
      });
    }
  }
}
