// Where the keyboard goes on, in a real browser: behind tabs, menus, questions and drawers, and what is seen wherever the page is scrolled to.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buy, TEN } from '../stage.js';
import { ordersAt, pick, priceOf, sendButton, soon, tab, write } from './acts.js';
import { axe, deskWith, hasBrowser } from './browser.js';
import { oneBrowser } from './one-browser.js';

const held = {
  ...TEN,
  accounts: [{ account: 'DU9000001', kind: 'individual-margin' as const, holdings: { AAPL: 20, MSFT: 15 } }],
};

/** Name of what has the focus, or its text. */
const here = (page: Page): Promise<string> =>
  page.evaluate<string>(
    "(document.activeElement.getAttribute('aria-label') ?? (document.activeElement.id || document.activeElement.textContent)).trim()",
  );

describe.runIf(hasBrowser)('the keyboard', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('arrows move among the tabs, which are one stop for Tab; a digit leaves nobody where nothing is', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page, errors } = await all.open(at);
    page.setDefaultTimeout(15_000);
    await page.getByRole('tab', { name: 'Account' }).focus();
    for (const [key, name] of [
      ['ArrowRight', 'tab-1'],
      ['End', 'tab-3'],
      ['ArrowRight', 'tab-0'],
      ['ArrowLeft', 'tab-3'],
      ['Home', 'tab-0'],
    ] as const) {
      await page.keyboard.press(key);
      expect([await here(page), await page.locator(`#${name}`).getAttribute('aria-selected')], key).toEqual([name, 'true']);
    }
    await page.keyboard.press('Tab');
    expect(await here(page)).toMatch(/find$/);
    await page.getByRole('table', { name: 'Positions' }).getByText('AAPL').waitFor();
    await page.getByRole('table', { name: 'Positions' }).locator('tr.opens').first().focus();
    await page.keyboard.press('4');
    expect(await here(page)).toBe('tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<boolean>("document.activeElement.closest('#tab') !== null")).toBe(true);
    expect(errors).toEqual([]);
  });

  it('Escape closes a drawer, a menu, a change and what was found, and goes back to what opened it', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page, errors } = await all.open(at);
    page.setDefaultTimeout(15_000);
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '2', { orderType: 'LMT', lmtPrice: (await priceOf(at))(0.95) }));
    const rows = page.getByRole('table', { name: 'Positions' }).locator('tr.opens');
    await rows.nth(1).waitFor();
    await rows.first().focus();
    await page.keyboard.press('End');
    // What is told again stays the row that it was.
    await page.waitForResponse(/portfolio\/positions/);
    await page.waitForResponse(/portfolio\/pnl/);
    expect(await here(page)).toMatch(/^MSFT/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Close position …' }).focus();
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('region', { name: 'Details of MSFT' }).count(), 0);
    expect(await here(page)).toMatch(/^MSFT/);
    await page.getByText('View', { exact: true }).click();
    await page.getByLabel('Theme').focus();
    await page.keyboard.press('Escape');
    expect([await page.getByLabel('Theme').isVisible(), await here(page)]).toEqual([false, 'View']);
    await tab(page, 'Trading');
    await page.getByRole('button', { name: /^Modify BUY AAPL/ }).click();
    await page.getByLabel('New quantity').focus();
    await page.keyboard.press('Escape');
    await soon(() => page.getByLabel('New quantity').count(), 0);
    expect(await here(page)).toMatch(/^Modify BUY AAPL/);
    await page.getByLabel('Find', { exact: true }).fill('AAPL');
    await page.keyboard.press('Enter');
    await page.locator('.found button').first().focus();
    await page.keyboard.press('Escape');
    expect([await page.locator('.found').count(), await here(page)]).toEqual([0, 'find']);
    await page.keyboard.press('Enter');
    await page.locator('.found button').first().press('Enter');
    await soon(() => page.evaluate<string>("document.activeElement.name ?? ''"), 'side');
    expect(errors).toEqual([]);
  });

  it('a question goes back to its button when it is left, and to the tab when the button can be pressed no more', async () => {
    await using at = await deskWith(all, { simulate: held });
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '2', { orderType: 'LMT', lmtPrice: (await priceOf(at))(0.95) }));
    const { page, errors } = await all.open(at);
    page.setDefaultTimeout(15_000);
    await tab(page, 'Trading');
    const cancelAll = page.getByRole('button', { name: 'Cancel all …' });
    await cancelAll.click();
    expect(await here(page)).toBe('Leave it');
    await page.keyboard.press('Escape');
    await soon(() => here(page), 'Cancel all …');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Cancel these 1' }).press('Enter');
    await page.getByRole('button', { name: 'Working 0' }).waitFor();
    await soon(() => here(page), 'tab');
    expect(errors).toEqual([]);
  });

  it('Change takes the preview away and goes to the quantity; nothing is sent', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page } = await all.open(at);
    page.setDefaultTimeout(15_000);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '5', price: (await priceOf(at))(0.97) });
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await soon(() => sendButton(page).count(), 0);
    expect(await page.evaluate<string>('document.activeElement.name')).toBe('quantity');
    expect([await page.getByLabel('Quantity', { exact: true }).inputValue(), ordersAt(at)]).toEqual(['5', 0]);
  });

  it.each(['light', 'dark'] as const)(
    'the band stays in sight wherever the page is scrolled to, and a page whose desk is gone can be read, %s',
    async (colorScheme) => {
      await using at = await deskWith(all, { simulate: held });
      const { page } = await all.open(at, { colorScheme, bypassCSP: true });
      await page.getByRole('table', { name: 'Positions' }).getByText('AAPL').waitFor();
      await tab(page, 'Gateway');
      await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
      const stop = await page.getByRole('button', { name: 'STOP ALL TRADING' }).boundingBox();
      expect([await page.evaluate<boolean>('scrollY > 100'), (stop?.y ?? -1) >= 0 && (stop?.y ?? 900) < 200]).toEqual([
        true,
        true,
      ]);
      await tab(page, 'Account');
      await at.server.close();
      await page.getByText('The desk does not answer since').waitFor();
      expect(await axe(page)).toEqual([]);
    },
  );
});
