// Words of others that have no end, in a real browser: none makes a page wider than its window.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buy, TEN } from '../stage.js';
import { pick, priceOf, tab, write } from './acts.js';
import { deskWith, hasBrowser, type Screens } from './browser.js';
import { withLists } from './many.js';
import { oneBrowser } from './one-browser.js';

const WORD = 'W'.repeat(300);
/** Members whose text comes from the broker, from programs, or from whoever names things. */
const OUTSIDE: ReadonlySet<string> = new Set([
  ...['localSymbol', 'symbol', 'untrusted', 'why', 'whyHeld', 'note', 'message', 'remedy', 'detail', 'cause', 'text', 'reason'],
  ...['exchange', 'primaryExchange', 'askedBy', 'who', 'says', 'todo', 'story', 'meaning', 'outcome', 'status', 'host', 'by'],
]);

/** Every text of others in an answer, as one long word. */
function lengthened(told: unknown): unknown {
  if (Array.isArray(told)) return told.map(lengthened);
  if (typeof told !== 'object' || told === null) return told;
  return Object.fromEntries(
    Object.entries(told).map(([name, value]) => [
      name,
      OUTSIDE.has(name) && typeof value === 'string' ? WORD : lengthened(value),
    ]),
  );
}

const lengthen = (page: Page): Promise<unknown> =>
  page.route(
    (url) => url.pathname.startsWith('/v1/') && !/streams|socket|contracts|history|quotes/.test(url.pathname),
    async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: lengthened(await answer.json()) });
    },
  );

describe.runIf(hasBrowser)('a word of 300 letters', { timeout: 240_000 }, () => {
  const all: Screens = oneBrowser();

  it.each([360, 640, 1440])('makes no tab wider than %i pixels', async (width) => {
    const simulate = {
      ...TEN,
      accounts: [{ account: 'DU9000001', kind: 'ira-margin' as const, holdings: { AAPL: 20 } }],
    };
    await using at = await deskWith(all, { simulate });
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1'));
    const price = await priceOf(at);
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '9', { action: 'SELL', orderType: 'LMT', lmtPrice: price(1.05) }));
    await at.owner('POST', '/v1/orders/draft', buy('MSFT', '500', { action: 'SELL' }));
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
    const program = await at.as('read', 'propose');
    await program('POST', '/v1/orders/draft', { ...buy('AAPL', '3', { orderType: 'LMT', lmtPrice: price(0.95) }), note: WORD });
    const screen = await all.open(at, { viewport: { width, height: 740 } });
    const { page } = screen;
    page.setDefaultTimeout(15_000);
    await lengthen(page);
    await withLists(screen, { [WORD.slice(0, 24)]: { names: [WORD, 'AAPL'], pinned: [] } });
    at.desk.gateway?.faults.competing();
    at.desk.ring.push('session', { is: 'alarm', code: 1, text: WORD });
    await page.getByRole('button', { name: `Dismiss: Alarm 1: ${WORD}` }).waitFor();
    const isWithin = async (what: string): Promise<void> => {
      await page.waitForTimeout(300);
      const [whole, inner] = await page.evaluate<readonly [number, number]>('[document.documentElement.scrollWidth, innerWidth]');
      const wide = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.closest('.table, .panel, .chart') === null)
        .map((one) => one.tagName + '.' + one.className + ' ' + one.textContent.slice(0, 30)).slice(0, 5)`);
      expect({ what, isWithin: whole <= inner, wide }).toEqual({ what, isWithin: true, wide: [] });
    };
    await isWithin('Market Data');
    await tab(page, 'Account');
    await page.getByRole('table', { name: 'Positions' }).getByText(WORD).first().click();
    await page.getByRole('region', { name: `Details of ${WORD}` }).waitFor();
    await isWithin('Account');
    await pick(page, 'AAPL');
    await write(page, { side: 'SELL', quantity: '500', price: price(1) });
    await page.locator('.findings .reject').getByText(WORD).first().waitFor();
    for (const name of [/^Working/, /^Waiting/, /^Today's/, /^Rejected/, /^Journal/]) {
      await page.getByRole('button', { name }).click();
      await page.locator('[aria-label="Orders"]').getByText(WORD).first().waitFor();
      await isWithin(`Trading ${name}`);
    }
    await page.getByRole('button', { name: 'Cancel all …' }).click();
    await page.getByRole('dialog').waitFor();
    await isWithin('cancel all');
    await page.keyboard.press('Escape');
    await tab(page, 'Gateway');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.checks').getByText(WORD).first().waitFor();
    await page.getByRole('list', { name: 'Troubles' }).getByText(WORD).first().waitFor();
    await isWithin('Gateway');
  });
});
