// What is told, and how: notes of fills that come in parts, the story behind a line of the journal, drafts with what they would do, ages.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buy, TEN } from '../stage.js';
import { ordersAt, pick, priceOf, seen, sendButton, soon, tab, write } from './acts.js';
import { axe, deskWith, hasBrowser, type Screen } from './browser.js';
import { oneBrowser } from './one-browser.js';

const patience = { timeout: 30_000 };
const held = {
  ...TEN,
  accounts: [{ account: 'DU9000001', kind: 'individual-margin' as const, holdings: { AAPL: 20 } }],
};
const two = {
  ...TEN,
  accounts: [...held.accounts, { account: 'DU9000002', kind: 'ira-margin' as const, holdings: { MSFT: 4 } }],
};
const rows = (page: Page, name: string) => page.getByRole('table', { name }).locator('tr.opens');

describe.runIf(hasBrowser)('what is told', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('fills of one order share a note, and what comes together is read aloud together', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page, errors } = await all.open(at);
    page.setDefaultTimeout(15_000);
    const fill = { account: 'DU9000001', symbol: 'AAPL', side: 'BOT', exchange: 'ISLAND', time: '2026-09-02T14:00:01.000Z' };
    await page.evaluate(`
      window.said = [];
      new MutationObserver(() => said.push(document.querySelector('.toasts [role=status]').textContent.trim()))
        .observe(document.querySelector('.toasts [role=status]'), { childList: true, characterData: true, subtree: true });
    `);
    for (let part = 1; part <= 40; part++)
      at.desk.ring.push('orders', {
        is: 'fill',
        fill: { ...fill, permId: part < 40 ? '7' : '8', execId: `E${part}`, shares: '2', price: '187.4' },
      });
    const notes = page.locator('.toast');
    await notes.getByText('Filled: BOT 78 AAPL in 39 parts, the last @ 187.4').waitFor();
    expect(await notes.count()).toBe(2);
    await expect
      .poll(() => page.evaluate<readonly string[]>('said'), patience)
      .toEqual([expect.stringMatching(/, and \d+ more$/)]);
    await page.getByRole('button', { name: /^Seen: Filled: BOT 78/ }).click();
    at.desk.ring.push('orders', { is: 'fill', fill: { ...fill, permId: '7', execId: 'E41', shares: '3', price: '187.5' } });
    await notes.getByText('Filled: BOT 3 AAPL @ 187.5').waitFor();
    expect(errors).toEqual([]);
  });

  it('a line of the journal opens by the keyboard: story, preview, findings, who approved; the walk goes beyond the rows that are drawn', async () => {
    await using at = await deskWith(all, { simulate: held });
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1', { orderType: 'LMT', lmtPrice: (await priceOf(at))(0.95) }));
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '9999'));
    for (let turns = 0; turns < 60; turns++)
      await at.desk.drafts.log({ account: '' }, 'limits', { who: 'owner', detail: { turns } });
    const { page, errors } = await all.open(at, { bypassCSP: true });
    page.setDefaultTimeout(15_000);
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Journal' }).click();
    await rows(page, 'Journal').first().waitFor();
    expect(await page.getByRole('table', { name: 'Journal' }).locator('tr.opens[tabindex="0"]').count()).toBe(1);
    await rows(page, 'Journal').filter({ hasText: 'limits' }).first().focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('region', { name: /^Line \d+ of the journal$/ })
      .getByText('turns 59')
      .waitFor();
    await page.keyboard.press('End');
    expect(await page.evaluate<string>("document.activeElement.getAttribute('aria-rowindex')")).toBe(
      await page.getByRole('table', { name: 'Journal' }).getAttribute('aria-rowcount'),
    );
    await page.getByRole('searchbox').fill('MAX-QUANTITY');
    await page.getByText(/^[1-9] lines$/).waitFor();
    await rows(page, 'Journal').first().focus();
    await page.keyboard.press('Enter');
    const story = page.getByRole('region', { name: /^Line \d+ of the journal$/ });
    await expect.poll(() => story.textContent(), { timeout: 8_000 }).toContain('BUY 9,999 AAPL');
    await story.getByText(/asked by owner: refused/).waitFor();
    await story.getByText(/it did not pass/).waitFor();
    await story.locator('.findings .reject').first().waitFor();
    expect(await axe(page)).toEqual([]);
    await story.getByRole('button', { name: 'Leave' }).press('Escape');
    await soon(() => story.count(), 0);
    expect(await page.evaluate<boolean>("document.activeElement.matches('tr.opens')")).toBe(true);
    expect(errors).toEqual([]);
  });

  it('a draft that waits shows what it would do as a preview by hand does', async () => {
    await using at = await deskWith(all, { simulate: held });
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
    const { page, errors } = await all.open(at, { bypassCSP: true });
    page.setDefaultTimeout(15_000);
    const program = await at.as('read', 'propose');
    const order = { action: 'SELL', orderType: 'LMT', totalQuantity: '5', lmtPrice: (await priceOf(at))(1.03) };
    await program('POST', '/v1/orders/draft', { account: 'DU9000001', contract: { symbol: 'AAPL' }, order });
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Waiting for approval 1' }).click();
    const facts = page.locator('.waiting .facts');
    await expect
      .poll(() => facts.textContent(), patience)
      .toMatch(/Value[\d,]+\.\d\d USD.*Cash, USD[\d,.]+ → [\d,]+.*Margin, initial[\d,.]+ → .*Position20 → 15.*Quote/);
    await page
      .locator('.waiting')
      .getByText(/^✓ \d+ rules found nothing/)
      .waitFor();
    await page.locator('.waiting').getByText('✓ trading is not stopped').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('the sums of all accounts have profit and loss too; every number of an account is grey while the session is not whole', async () => {
    await using at = await deskWith(all, { simulate: two });
    const { page, errors } = await all.open(at);
    page.setDefaultTimeout(15_000);
    await expect
      .poll(() => page.getByText(/^all, in USD: /).textContent(), patience)
      .toMatch(/^all, in USD: [\d,]+\.\d\d .*· day [▲▼]? ?[-+]?[\d.,]+ · unrealised .* · realised /);
    await rows(page, 'Positions').first().waitFor();
    const old = (): Promise<readonly boolean[]> =>
      Promise.all(
        ['.tiles', '[aria-label="Currencies"]', '[aria-label="Accounts"]'].map((place) =>
          page
            .locator(place)
            .first()
            .evaluate((one) => one.classList.contains('old')),
        ),
      );
    await soon(old, [false, false, false]);
    at.desk.gateway?.faults.disconnect();
    await soon(old, [true, true, true]);
    expect(await rows(page, 'Positions').first().locator('td[data-label="Unrealised"] .old').count()).toBe(1);
    expect(errors).toEqual([]);
  });

  it('two pages with a preview of the same order send it once: by a double click, by the key, and when they are loaded anew', async () => {
    await using at = await deskWith(all, { simulate: held });
    const screens = [await all.open(at), await all.open(at)] as const;
    const price = (await priceOf(at))(0.97);
    for (const { page } of screens) {
      await pick(page, 'AAPL');
      await write(page, { side: 'BUY', quantity: '5', price });
      await sendButton(page).waitFor();
    }
    const [one, other] = screens as readonly [Screen, Screen];
    await sendButton(one.page).dblclick();
    await one.page.keyboard.press('Control+Enter');
    await seen(other.page, 'The preview is over: a position or a working order has changed');
    await other.page.keyboard.press('Control+Enter');
    for (const { page } of screens) {
      await page.reload();
      await tab(page, 'Trading');
      await page.getByRole('button', { name: 'Working 1' }).waitFor();
      await page.keyboard.press('Control+Enter');
      expect(await sendButton(page).count()).toBe(0);
    }
    expect(ordersAt(at)).toBe(1);
  });
});
