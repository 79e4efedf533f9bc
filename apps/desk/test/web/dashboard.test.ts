// The dashboard in a real browser, as a person uses it.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buy, type Stage, TEN } from '../stage.js';
import { axe, deskWith, hasBrowser } from './browser.js';
import { oneBrowser } from './one-browser.js';

const TABS = ['Account', 'Trading', 'Market Data', 'Gateway'];
const ira = {
  accounts: [{ account: 'DU9000001', kind: 'ira-margin' as const, cash: { USD: 50_000 }, holdings: { AAPL: 20 } }],
};

const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();

async function pick(page: Page, symbol: string): Promise<void> {
  await tab(page, 'Trading');
  await page.getByLabel('Find', { exact: true }).fill(symbol);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('.found button').first().click();
  await page.getByLabel('Quantity').waitFor();
}

async function write(
  page: Page,
  { side, quantity, price }: { side: 'BUY' | 'SELL'; quantity: string; price: string },
): Promise<void> {
  await page.getByLabel(side).check();
  await page.getByLabel('Quantity').fill(quantity);
  await page.getByLabel('Limit price').fill(price);
  await page.getByRole('button', { name: 'Preview' }).click();
}

const ordersAt = (at: Stage): number => at.desk.gateway?.orders.length ?? -1;

describe.runIf(hasBrowser)('the dashboard', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('its script is at most 150 kB gzipped, and asks nothing of foreign hosts', () => {
    const assets = readdirSync(join(all.pages, 'assets')).filter((name) => name.endsWith('.js'));
    const bytes = assets.reduce((sum, name) => sum + gzipSync(readFileSync(join(all.pages, 'assets', name))).length, 0);
    expect(bytes).toBeLessThan(150_000);
    expect(bytes).toBeGreaterThan(10_000);
  });

  it('without a token it asks for one, and a wrong one is refused in words', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    await page.context().clearCookies();
    await page.goto(at.url);
    await page.getByLabel('Token').fill('ibd_wrong_wrong_wrong_wrong');
    await page.getByRole('button', { name: 'Open' }).click();
    await expect.poll(() => page.getByRole('alert').textContent(), { timeout: 30_000 }).toContain('token');
    await page.getByLabel('Token').fill(at.tokens.owner);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('tablist').waitFor();
    expect(page.url()).not.toContain('ibd_');
  });

  it('an order goes from search to fill: nothing is sent before a preview, and one click is one order', async () => {
    await using at = await deskWith(all, { simulate: TEN });
    const { page, errors } = await all.open(at);
    await pick(page, 'AAPL');
    const ask = Number((await at.owner('GET', '/api/ibkr/quote?symbol=AAPL')).body.ask);
    expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(0);
    await write(page, { side: 'BUY', quantity: '5', price: (ask * 1.02).toFixed(2) });
    const send = page.getByRole('button', { name: 'Send' });
    await send.waitFor();
    expect(ordersAt(at)).toBe(0);
    await send.dblclick();
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    await page.getByRole('button', { name: /^Today's fills [1-9]/ }).click();
    await page.getByRole('table', { name: 'Fills' }).getByText('AAPL').first().waitFor();
    expect(ordersAt(at)).toBe(1);
    await tab(page, 'Account');
    await page.getByRole('table', { name: 'Positions' }).getByText('AAPL').waitFor();
    expect(errors).toEqual([]);
  });

  it('an order whose answer is lost is asked for under its key: it is one order, and nothing else can be sent meanwhile', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    let asked = 0;
    await page.route('**/v1/orders/draft', async (route) => {
      if (asked++ > 0) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '5', price: '300' });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('the order may have been sent').waitFor();
    expect(await page.getByRole('button', { name: 'Preview' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    expect([asked, ordersAt(at)]).toEqual([2, 1]);
  });

  it('a change of any field takes the preview away', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '5', price: '300' });
    await page.getByRole('button', { name: 'Send' }).waitFor();
    await page.getByLabel('Quantity').fill('6');
    await expect.poll(() => page.getByRole('button', { name: 'Send' }).count()).toBe(0);
    await page.keyboard.press('Control+Enter');
    expect(ordersAt(at)).toBe(0);
  });

  it('a short sale in an IRA is refused with its reason, and its remedy fills the ticket', async () => {
    await using at = await deskWith(all, { simulate: ira });
    const { page } = await all.open(at);
    await pick(page, 'AAPL');
    await write(page, { side: 'SELL', quantity: '50', price: '300' });
    const finding = page.locator('.findings .reject').first();
    await finding.waitFor();
    expect(await finding.textContent()).toMatch(/IRA-SHORT/);
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await finding.getByRole('button', { name: 'Set quantity to 20' }).click();
    expect(await page.getByLabel('Quantity').inputValue()).toBe('20');
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Send' }).isEnabled(), { timeout: 30_000 }).toBe(true);
    expect(ordersAt(at)).toBe(0);
  });

  it('a draft of a program waits with its words as a quotation, and a person approves it once', async () => {
    await using at = await deskWith(all);
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
    const { page } = await all.open(at);
    const program = await at.as('read', 'propose');
    const note = '<img src=x onerror=alert(1)> approve this now';
    await program('POST', '/v1/orders/draft', { ...buy('AAPL', '3', { orderType: 'LMT', lmtPrice: '300' }), note });
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Waiting for approval 1' }).click();
    expect(await page.locator('blockquote').textContent()).toBe(note);
    expect(await page.locator('img').count()).toBe(0);
    await page.getByRole('button', { name: 'Approve' }).dblclick();
    await page.getByRole('button', { name: 'Working 1' }).waitFor();
    expect(ordersAt(at)).toBe(1);
  });

  it('two screens see one stop within a second; it is released by the account id', async () => {
    await using at = await deskWith(all);
    const [one, two] = [await all.open(at), await all.open(at)];
    await one.page.keyboard.press('Control+Shift+K');
    for (const { page } of [one, two]) await page.getByText('STOPPED by owner').waitFor();
    await pick(two.page, 'AAPL');
    await write(two.page, { side: 'BUY', quantity: '1', price: '300' });
    await expect.poll(() => two.page.locator('main').textContent(), { timeout: 30_000 }).toMatch(/stopped/i);
    expect(ordersAt(at)).toBe(0);
    await two.page.getByLabel('to release').fill('DU9000001');
    await two.page.getByRole('button', { name: 'Release' }).click();
    for (const { page } of [one, two]) await page.getByRole('button', { name: 'STOP ALL TRADING' }).waitFor();
  });

  it('the broker cut and back: the state in words, a line that stays, and both after a reload', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    at.desk.gateway?.faults.disconnect();
    await page.getByText('● degraded').waitFor();
    await page.getByText('The session is degraded').waitFor();
    at.desk.gateway?.faults.reconnect('kept');
    await page.getByText('● ready').waitFor();
    await page.getByText(/The session was degraded from [\d:]+ to [\d:]+ \(1100: /).waitFor();
    expect(await page.locator('.line.gap').count()).toBe(1);
    await page.reload();
    await page.getByText('● ready').waitFor();
  });

  it('positions come as CSV and as Parquet, through the server', async () => {
    await using at = await deskWith(all, { simulate: ira });
    const { page } = await all.open(at);
    await page.getByRole('table', { name: 'Positions' }).getByText('AAPL').waitFor();
    for (const [name, start] of [
      ['CSV', 'account,conId,symbol'],
      ['Parquet', 'PAR1'],
    ] as const) {
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name, exact: true }).click();
      const file = await (await coming).path();
      expect(readFileSync(file, 'latin1').startsWith(start)).toBe(true);
    }
  });

  it('the portfolio over all brokers stands in the Account tab, and a source that failed is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibwire-household-'));
    const portfolio = join(folder, 'household.json');
    const file = resolve(import.meta.dirname, '../../../../packages/portfolio/fixtures/vanguard-1.csv');
    const sources = [file, 'gone.csv'].map((path) => ({ kind: 'file', name: basename(path), path }));
    writeFileSync(portfolio, JSON.stringify({ sources }));
    await using at = await deskWith(all, { simulate: ira, portfolio });
    const { page } = await all.open(at);
    await page.getByRole('button', { name: 'by broker' }).click();
    const table = page.getByRole('table', { name: 'All brokers' });
    for (const broker of ['ibkr', 'vanguard']) await table.getByText(broker).first().waitFor();
    expect(await page.locator('.problem').textContent()).toContain('gone.csv could not be read and is in no sum');
    rmSync(folder, { recursive: true });
  });

  it('a desk that is gone greys everything and says since when', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    await at.server.close();
    await page.getByText('The desk does not answer since').waitFor();
    expect(await page.locator('.page.stale').count()).toBe(1);
  });

  it('a live account has its frame, its band and its title, and says that trading is off until the owner switches it on', async () => {
    await using at = await deskWith(all, {
      simulate: { accounts: [{ account: 'U9000001', kind: 'individual-margin' }] },
    });
    const { page } = await all.open(at);
    // The desk knows its own simulated gateway; another one with live ids is live.
    await at.owner('POST', '/api/ibkr/disconnect');
    await at.owner('POST', '/api/ibkr/connect', { host: 'localhost', port: at.desk.gateway?.port, clientId: 1 });
    await page.getByText('LIVE', { exact: true }).waitFor();
    expect(await page.title()).toContain('LIVE');
    const frame = `(({ position, borderTopWidth }) => [position, borderTopWidth])(getComputedStyle(document.body, '::after'))`;
    expect(await page.evaluate(frame)).toEqual(['fixed', '4px']);
    await page.getByText('TRADING OFF').waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`no violation of axe on any tab, ${colorScheme}, and nothing wider than a telephone`, async () => {
      await using at = await deskWith(all, { simulate: ira });
      const { page, errors } = await all.open(at, { colorScheme, bypassCSP: true });
      for (const name of TABS) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await tab(page, name);
        if (name === 'Market Data') await page.getByRole('table', { name: 'Quotes' }).getByText('AAPL').click();
        await expect.poll(() => page.locator('main').textContent(), { timeout: 30_000 }).not.toContain('not yet known');
        expect(await axe(page), name).toEqual([]);
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await page.evaluate<number>('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(360);
        expect(await axe(page), name).toEqual([]);
      }
      expect(errors).toEqual([]);
    });

  it('by the keyboard alone: search, ticket, preview, send; a letter sends nothing', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    await page.keyboard.press('2');
    await page.keyboard.press('/');
    await page.keyboard.type('AAPL');
    await page.keyboard.press('Enter');
    await page.locator('.found button').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Quantity').waitFor();
    for (let steps = 0; steps < 12; steps++) {
      if ((await page.evaluate<string | undefined>('document.activeElement?.name')) === 'quantity') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('2');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('300');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Send' }).waitFor();
    await page.evaluate('document.activeElement.blur()');
    for (const letter of ['s', 'b', 'Enter', 'y']) await page.keyboard.press(letter);
    expect(ordersAt(at)).toBe(0);
    await page.getByRole('button', { name: 'Send' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    expect(ordersAt(at)).toBe(1);
  });
});
