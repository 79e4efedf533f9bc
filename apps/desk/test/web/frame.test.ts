// The frame in a real browser: the stop and its second step, find, themes and palettes, 200 %, reduced motion, the keyboard alone.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buy, startedAt } from '../stage.js';
import { findByKeys, ordersAt, pick, priceOf, seen, sendButton, soon, tab, write } from './acts.js';
import { deskWith, hasBrowser } from './browser.js';
import { oneBrowser } from './one-browser.js';

describe.runIf(hasBrowser)('the frame', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('the stop leaves what works alone, then offers to cancel it with its list; released by the id, orders leave again', async () => {
    await using at = await deskWith(all);
    const { page, errors } = await all.open(at);
    const price = await priceOf(at);
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '2', { orderType: 'LMT', lmtPrice: price(0.95) }));
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '1', price: price(0.96) });
    await sendButton(page).waitFor();
    await page.getByRole('button', { name: 'STOP ALL TRADING' }).click();
    await seen(page, 'STOPPED by owner');
    await expect.poll(() => page.locator('.preview button.send').count(), { timeout: 30_000 }).toBeLessThanOrEqual(1);
    if ((await page.locator('.preview button.send').count()) === 1)
      expect(await page.getByRole('button', { name: 'Send (stopped)' }).isDisabled()).toBe(true);
    await page.keyboard.press('Control+Enter');
    expect(ordersAt(at)).toBe(1);
    expect((await at.owner<unknown[]>('GET', '/v1/orders/list')).body).toHaveLength(1);
    await page.locator('.stop').getByRole('button', { name: 'Cancel all …' }).click();
    const question = page.getByRole('dialog', { name: 'Cancel 1 working order' });
    expect(await question.getByRole('listitem').textContent()).toContain(`BUY 2 AAPL @ ${price(0.95)} LMT DAY,`);
    await question.getByRole('button', { name: 'Cancel these 1' }).click();
    await seen(page, 'nothing works');
    expect((await at.owner<unknown[]>('GET', '/v1/orders/list')).body).toHaveLength(0);
    await page.getByLabel('to release').fill('DU9000001');
    await page.getByRole('button', { name: 'Release' }).click();
    await page.getByRole('button', { name: 'STOP ALL TRADING' }).waitFor();
    await seen(page, 'owner released trading');
    expect(errors).toEqual([]);
  });

  it('Ctrl+K finds from every tab, digits change tabs, and neither acts behind a question', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '2', { orderType: 'LMT', lmtPrice: (await priceOf(at))(0.95) }));
    for (const name of ['Gateway', 'Market Data', 'Account']) {
      await tab(page, name);
      await page.keyboard.press('Control+K');
      await soon(() => page.evaluate<string>('document.activeElement.id'), 'find');
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cancel all …' }).click();
    await page.getByRole('dialog').waitFor();
    for (const key of ['1', '/', 'Control+Enter']) await page.keyboard.press(key);
    expect(await page.getByRole('dialog').count()).toBe(1);
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('dialog').count(), 0);
    expect((await at.owner<unknown[]>('GET', '/v1/orders/list')).body).toHaveLength(1);
    await page.keyboard.press('1');
    await page.getByRole('table', { name: 'Positions' }).waitFor();
  });

  it.each([
    // 10:00 in New York: a Wednesday, Thanksgiving, a Saturday; 13:30 of a half day.
    ['2026-12-02T15:00:00Z', '10:00', '(open)'],
    ['2026-11-26T15:00:00Z', '10:00', '(closed)'],
    ['2026-12-05T15:00:00Z', '10:00', '(closed)'],
    ['2026-11-27T18:30:00Z', '13:30', '(closed)'],
  ])('the band has the clock of New York and whether its market is open, at %s', async (instant, clock, word) => {
    const timer = startedAt(instant);
    await using at = await deskWith(all, {
      timer,
      sessionTimer: timer,
      simulate: { clock: 'wall', startAt: Date.parse(instant) },
    });
    const { page } = await all.open(at, { timezoneId: 'Asia/Tokyo' }, (empty) => empty.clock.install({ time: instant }));
    const shown = page.locator('.band').getByText(/ ET/);
    const parts = async (): Promise<unknown> => /^(\d\d:\d\d):\d\d ET (.*)$/.exec((await shown.textContent()) ?? '')?.slice(1);
    await expect.poll(parts, { timeout: 30_000 }).toEqual([clock, word]);
  });

  it('a gateway with a time of its own is shown by its own; a market whose hours nobody publishes or tells is not said to be open', async () => {
    await using at = await deskWith(all, { simulate: { startAt: Date.parse('2026-09-02T14:00:00Z') } });
    const { page } = await all.open(at);
    const shown = page.locator('.band').getByText(/ ET/);
    await expect.poll(() => shown.textContent(), { timeout: 30_000 }).toMatch(/^10:0\d:\d\d ET \(open\)$/);
    for (const [answer, words] of [
      [{ status: 200, json: { now: 'unknown', at: new Date().toISOString() } }, / ET \(hours not published\)$/],
      [{ status: 503, json: {} }, / ET $/],
    ] as const) {
      let asked: Promise<unknown> = Promise.resolve();
      const before = async (empty: Page): Promise<unknown> => {
        asked = empty.waitForResponse(/contracts\/hours/);
        return empty.route('**/v1/contracts/hours?symbol=SPY', (route) => route.fulfill(answer));
      };
      const other = await all.open(at, {}, before);
      const band = other.page.locator('.band').getByText(/ ET/);
      await asked;
      // A second later the answer has been drawn.
      const first = await band.textContent();
      await expect.poll(() => band.textContent(), { timeout: 30_000 }).not.toBe(first);
      await expect.poll(() => band.textContent(), { timeout: 30_000 }).toMatch(words);
    }
  });

  it('theme and palette are chosen here, up and down differ in more than colour, and nothing moves where the system says so', async () => {
    await using at = await deskWith(all, {
      simulate: { accounts: [{ account: 'DU9000001', kind: 'individual-margin', holdings: { AAPL: 20, MSFT: 15 } }] },
    });
    const { page } = await all.open(at, { colorScheme: 'light', reducedMotion: 'reduce' });
    const ground = (): Promise<string> => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    const light = await ground();
    await page.getByText('View', { exact: true }).click();
    await page.getByLabel('Theme').selectOption('dark');
    expect(await ground()).not.toBe(light);
    const gain = page.locator('.up, .down').first();
    await gain.waitFor();
    const colours = (): Promise<readonly string[]> =>
      page.evaluate("['--up', '--down'].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name))");
    const [up, down] = await colours();
    await page.getByLabel('Colours').selectOption('east');
    await expect.poll(colours).toEqual([down, up]);
    expect(await gain.textContent()).toMatch(/^[▲▼] [+-]/);
    const moving = 'document.getAnimations().filter(({ playState }) => playState === "running").length';
    expect(await page.evaluate<number>(moving)).toBe(0);
    await page.reload();
    expect(await ground()).not.toBe(light);
  });

  it('at 200 % nothing is wider than the window, and the ticket is whole', async () => {
    await using at = await deskWith(all);
    // 1280 pixels at 200 %: what the page is given is 640.
    const { page } = await all.open(at, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    await pick(page, 'AAPL');
    await page.getByLabel('bracket').check();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(640);
    for (const name of ['Quantity', 'Limit price', 'Take profit', 'Stop loss']) {
      const box = await page.getByLabel(name, { exact: true }).boundingBox();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= 640, name).toBe(true);
    }
  });

  it('by the keyboard alone: a bracket is written, previewed, sent, and its entry cancelled from its row', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    const price = await priceOf(at);
    const { keyboard } = page;
    const until = async (script: string): Promise<void> => {
      for (let steps = 0; steps < 80; steps++) {
        if (await page.evaluate<boolean>(script)) return;
        await keyboard.press('Tab');
      }
      throw new Error(`the keyboard does not reach ${script}`);
    };
    const named = (name: string): string => `document.activeElement.name === '${name}'`;
    const labelled = (text: string): string =>
      `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).startsWith('${text}')`;
    const fill = async (name: string, text: string): Promise<void> => {
      await until(named(name));
      await keyboard.type(text);
    };
    await findByKeys(page, 'AAPL');
    await fill('quantity', '2');
    await fill('price', price(0.96));
    await until(`document.activeElement.parentElement.textContent.trim() === 'bracket'`);
    await keyboard.press('Space');
    await fill('take', price(1.05));
    await fill('loss', price(0.92));
    await keyboard.press('Enter');
    await sendButton(page).waitFor();
    expect(ordersAt(at)).toBe(0);
    await keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    await page.getByRole('button', { name: 'Working 3' }).waitFor();
    expect(ordersAt(at)).toBe(3);
    await until(labelled('Cancel BUY AAPL'));
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Working 0' }).waitFor();
  });
});
