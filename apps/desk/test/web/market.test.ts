// Market Data in a real browser: a thousand lines, of which the rows on the screen exist; depth, trades, chart, holes.

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Stage, startedAt } from '../stage.js';
import { axe, deskWith, hasBrowser, type Screen, type Screens } from './browser.js';
import { manyNames, withLists } from './many.js';
import { oneBrowser } from './one-browser.js';

const patience = { timeout: 30_000 };
const grid = (page: Page) => page.getByRole('table', { name: 'Quotes' });
const linesUsed = (at: Stage): number =>
  at.desk.connection.current?.ib.health.admission?.budgets.find(({ budget }) => budget === 'lines')?.used ?? -1;

async function market(all: Screens, at: Stage, options: Parameters<Screens['open']>[1] = {}): Promise<Screen> {
  const screen = await all.open(at, options);
  await screen.page.getByRole('tab', { name: 'Market Data' }).click();
  await expect.poll(() => grid(screen.page).textContent(), patience).toMatch(/AAPL.*live/);
  return screen;
}

describe.runIf(hasBrowser)('Market Data', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('of a list of a thousand only the rows on the screen exist and hold lines; a row that left gives its line back', async () => {
    await using at = await deskWith(all);
    const screen = await all.open(at);
    const { page, errors } = screen;
    await withLists(screen, { long: { names: manyNames(at, 1_000), pinned: [] } });
    await expect.poll(() => page.locator('.budget').textContent(), patience).toMatch(/^1,000 lines of 1,000 used in this list/);
    await expect.poll(() => page.locator('.budget').textContent(), patience).toMatch(/\d+ of 100 gateway lines left/);
    expect(Number(await grid(page).getAttribute('aria-rowcount'))).toBe(1_001);
    const rows = await grid(page).locator('tbody tr.opens').count();
    expect(rows).toBeGreaterThan(10);
    expect(rows).toBeLessThanOrEqual(30);
    await expect.poll(() => linesUsed(at), patience).toBe(rows);
    const section = page.getByLabel('Quotes, table');
    await section.evaluate((box) => box.scrollTo(0, 15_000));
    await expect.poll(() => grid(page).locator('tr[aria-rowindex="505"]').count(), patience).toBe(1);
    // Those of before are given back, those of now are held.
    await expect.poll(() => linesUsed(at), patience).toBeLessThanOrEqual(30);
    await expect.poll(() => grid(page).locator('tbody tr.opens').first().textContent(), patience).toMatch(/live/);
    expect(errors).toEqual([]);
  });

  it('on a telephone a list of a thousand is cards, of which those on the screen exist; each says what its numbers are', async () => {
    await using at = await deskWith(all);
    const screen = await all.open(at, { viewport: { width: 360, height: 740 }, bypassCSP: true });
    const { page, errors } = screen;
    await withLists(screen, { long: { names: manyNames(at, 1_000), pinned: [] } });
    const cards = grid(page).locator('tbody tr.opens');
    await expect.poll(() => cards.first().textContent(), patience).toMatch(/live/);
    expect(Number(await grid(page).getAttribute('aria-rowcount'))).toBe(1_001);
    const count = await cards.count();
    expect(count).toBeGreaterThan(3);
    expect(count).toBeLessThanOrEqual(12);
    await expect.poll(() => linesUsed(at), patience).toBe(count);
    const labels = await cards.first().evaluate((card) => [...card.children].map((cell) => cell.getAttribute('data-label')));
    expect(labels).toEqual(expect.arrayContaining(['Bid', 'Ask', 'Last', 'Change %', 'Age', 'Session', 'Data']));
    const cut = await cards.evaluateAll((all) =>
      all
        .flatMap((card) => [...card.children])
        .filter((cell) => cell.scrollWidth > cell.clientWidth || cell.scrollHeight > 33)
        .map((cell) => `${cell.getAttribute('data-label')} ${cell.textContent} ${cell.scrollWidth}x${cell.scrollHeight}`),
    );
    expect(cut).toEqual([]);
    const box = await cards.first().boundingBox();
    const next = await cards.nth(1).boundingBox();
    const height = (next?.y ?? 0) - (box?.y ?? 0);
    expect(height).toBeGreaterThan(120);
    const section = page.getByLabel('Quotes, table');
    // What is not made has the height that it would have.
    expect(await section.evaluate((one) => one.scrollHeight)).toBeGreaterThanOrEqual(1_000 * height - 6);
    expect(await section.evaluate((one) => one.scrollHeight)).toBeLessThanOrEqual(1_000 * height + 40);
    await section.evaluate((one) => one.scrollTo(0, one.scrollHeight));
    await expect.poll(() => grid(page).locator('tr[aria-rowindex="1001"]').count(), patience).toBe(1);
    await expect.poll(() => cards.last().textContent(), patience).toMatch(/live/);
    await expect.poll(() => linesUsed(at), patience).toBeLessThanOrEqual(12);
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await cards.last().focus();
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate<string | null>("document.activeElement.getAttribute('aria-rowindex')")).toBe('1000');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: /^Candles of/ }).waitFor();
    expect(errors).toEqual([]);
  });

  it('a line that is kept stays though its row left; a list that is full says so, and which has the most', async () => {
    await using at = await deskWith(all);
    const screen = await all.open(at);
    const { page } = screen;
    const names = manyNames(at, 1_000);
    await withLists(screen, { long: { names, pinned: names.slice(0, 3) } });
    const first = Number(names[0]?.slice(1));
    const isHeld = () => at.desk.connection.lines.open.some(({ contract }) => contract.conId === first);
    await expect.poll(isHeld, patience).toBe(true);
    await page.getByLabel('Quotes, table').evaluate((box) => box.scrollTo(0, 15_000));
    const second = Number(names[5]?.slice(1));
    await expect
      .poll(() => at.desk.connection.lines.open.some(({ contract }) => contract.conId === second), patience)
      .toBe(false);
    expect(isHeld()).toBe(true);
    await page.getByLabel('Add', { exact: true }).fill('AAPL MSFT');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('This list is full: 2 were not added. long has the most lines: 1,000.').waitFor();
  });

  it('lines that the gateway has not are said, with the list that holds them', async () => {
    await using at = await deskWith(all, { lines: 40 });
    const screen = await all.open(at);
    const names = manyNames(at, 45);
    await withLists(screen, { few: { names, pinned: names } });
    await screen.page.getByText("The gateway's lines are spent; they are held by few 32").waitFor();
    await screen.page.getByLabel('Quotes, table').evaluate((box) => box.scrollTo(0, 2_000));
    await grid(screen.page).getByText('no line free').first().waitFor();
  });

  it('sorts, filters by class, groups, chooses columns, and keeps lists over a reload', async () => {
    await using at = await deskWith(all);
    const { page } = await market(all, at);
    await page.getByLabel('Add', { exact: true }).fill('eur.usd, 700.hk');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect.poll(() => grid(page).textContent(), patience).toMatch(/EUR\.USD[\d.,\s×]+/);
    const symbols = () => grid(page).locator('tbody tr.opens td:first-child').allTextContents();
    await grid(page).getByRole('button', { name: 'Symbol' }).click();
    expect(await symbols()).toEqual(['700.HK', 'AAPL', 'EUR.USD', 'MSFT', 'NVDA', 'SPY', 'TSLA']);
    await grid(page).getByRole('button', { name: 'Symbol' }).click();
    expect((await symbols())[0]).toBe('TSLA');
    await page.getByRole('button', { name: 'forex' }).click();
    await expect.poll(symbols, patience).toEqual(['EUR.USD']);
    await page.getByRole('button', { name: 'forex' }).click();
    await page.getByLabel('Group by').selectOption('currency');
    await expect.poll(() => grid(page).locator('tr.group').allTextContents(), patience).toContain('HKD 1');
    await page.getByText('Columns', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'High' }).check();
    await grid(page).getByRole('columnheader', { name: 'High' }).waitFor();
    await page.getByRole('button', { name: 'New list' }).click();
    await page.getByLabel('New list').fill('mine');
    await page.getByRole('button', { name: 'Make' }).click();
    await page.getByText('this list is empty').waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'Market Data' }).click();
    await page.getByRole('button', { name: 'mine 0' }).waitFor();
    await grid(page).getByRole('columnheader', { name: 'High' }).waitFor();
  });

  it('of the instrument that is chosen it shows candles, the book and the trades; bars come as files', async () => {
    await using at = await deskWith(all);
    await at.owner('POST', '/v1/orders/draft', {
      contract: { symbol: 'AAPL' },
      order: { action: 'BUY', orderType: 'MKT', totalQuantity: '5' },
    });
    const { page, errors } = await market(all, at);
    await grid(page).getByText('AAPL').click();
    await page.getByRole('img', { name: /Candles of AAPL: [1-9]\d* bars .* US\/Eastern.* [1-9] own fills/ }).waitFor();
    expect(await page.locator('.readout').textContent()).toMatch(/US\/Eastern \(\d\d:\d\d here\) O [\d.]+ H/);
    const book = page.getByRole('table', { name: 'Book of AAPL' });
    await expect.poll(() => book.locator('tbody tr').count(), patience).toBeGreaterThanOrEqual(5);
    await expect
      .poll(() => page.getByRole('table', { name: 'Trades of AAPL' }).locator('tbody tr').count(), patience)
      .toBeGreaterThanOrEqual(10);
    for (const [format, start] of [
      ['CSV', 'time,open,high,low,close'],
      ['Parquet', 'PAR1'],
    ] as const) {
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: format, exact: true }).click();
      expect(readFileSync(await (await coming).path(), 'latin1').startsWith(start)).toBe(true);
    }
    await grid(page).getByText('MSFT').click();
    await page.getByRole('table', { name: 'Book of MSFT' }).waitFor();
    await page.getByRole('tab', { name: 'Account' }).click();
    const used = (name: string) =>
      at.desk.connection.current?.ib.health.admission?.budgets.find(({ budget }) => budget === name)?.used;
    await expect.poll(() => [used('depth'), used('tickByTick')], patience).toEqual([0, 0]);
    expect(errors).toEqual([]);
  });

  it('a login without the book says so, with what to do', async () => {
    await using at = await deskWith(all, { simulate: { marketData: 'none' } });
    const screen = await all.open(at);
    const { page } = screen;
    await page.getByRole('tab', { name: 'Market Data' }).click();
    await expect.poll(() => grid(page).textContent(), patience).toContain('no permission');
    await grid(page).getByText('AAPL').click();
    await page.getByText('no permission for level 2').waitFor();
    expect(await page.getByRole('region', { name: 'Depth of AAPL' }).getByRole('alert').textContent()).toMatch(/market data/i);
  });

  it('the gateway cut and back: quotes are stale and come back, and the desk keeps when and why', async () => {
    await using at = await deskWith(all);
    const { page } = await market(all, at);
    at.desk.gateway?.faults.disconnect();
    await expect.poll(() => grid(page).textContent(), patience).toMatch(/stale since \d\d:\d\d/);
    await expect.poll(() => grid(page).locator('tr.stale').count(), patience).toBe(5);
    at.desk.gateway?.faults.reconnect('kept');
    await expect.poll(() => grid(page).textContent(), patience).not.toContain('stale since');
    const outages = await at.owner<{ outages: readonly { to?: string; cause: string }[] }>('GET', '/v1/session/outages');
    expect(outages.body.outages).toMatchObject([
      { to: expect.any(String), cause: 'the gateway has lost its link to the broker' },
    ]);
  });

  it('while the gateway is cut the chart is hatched with the reason, and filled when history has answered', async () => {
    const hour = '2026-12-02T15:00:00Z';
    const timer = startedAt(hour);
    await using at = await deskWith(all, { timer, sessionTimer: timer, simulate: { clock: 'wall', startAt: Date.parse(hour) } });
    const coin = at.desk.gateway?.world.universe.statics.find(({ secType }) => secType === 'CRYPTO');
    const screen = await all.open(at);
    const { page } = screen;
    await page.clock.install({ time: hour });
    await withLists(screen, { coins: { names: [`#${coin?.conId}`], pinned: [] } });
    await grid(page).locator('tr.opens').first().click();
    await page.getByRole('button', { name: '1 min', exact: true }).click();
    await page.getByRole('img', { name: /Candles of .*: [1-9]\d* bars/ }).waitFor();
    const hatched = page.getByRole('list', { name: 'Hatched' });
    expect(await hatched.count()).toBe(0);
    at.desk.gateway?.faults.disconnect();
    await page.getByText('● degraded').waitFor();
    await page.clock.fastForward(180_000);
    await expect.poll(() => hatched.textContent(), patience).toMatch(/hatched .*: the gateway has lost its link to the broker/);
    at.desk.gateway?.faults.reconnect('kept');
    await expect.poll(() => hatched.count(), patience).toBe(0);
  });

  it('a last price lights up when it moves, at most once at a time, and not where the system wants stillness', async () => {
    await using at = await deskWith(all);
    const { page } = await market(all, at);
    const lit = (on: Page) => on.evaluate<number>('document.getAnimations().length');
    await expect.poll(() => lit(page), patience).toBeGreaterThan(0);
    expect(await lit(page)).toBeLessThanOrEqual(5);
    const still = await market(all, at, { reducedMotion: 'reduce' });
    const before = await grid(still.page).locator('tbody').textContent();
    await expect.poll(() => grid(still.page).locator('tbody').textContent(), patience).not.toBe(before);
    expect(await lit(still.page)).toBe(0);
  });

  it('by the keyboard alone: a row, its chart bar by bar, the next row', async () => {
    await using at = await deskWith(all);
    const { page } = await market(all, at);
    await page.getByLabel('Quotes, table').focus();
    for (let steps = 0; steps < 20; steps++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate<boolean>("document.activeElement.matches('tr.opens')")) break;
    }
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const chart = page.getByRole('img', { name: /Candles of MSFT: [1-9]/ });
    await chart.waitFor();
    await chart.focus();
    const readout = page.locator('.readout');
    await page.keyboard.press('ArrowLeft');
    const one = await readout.textContent();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => readout.textContent(), patience).not.toBe(one);
  });

  it.each(['light', 'dark'] as const)(
    'no violation of axe with chart, book and trades open, %s; nothing wider than a telephone',
    async (colorScheme) => {
      await using at = await deskWith(all);
      const { page, errors } = await market(all, at, { colorScheme, bypassCSP: true });
      await grid(page).getByText('AAPL').click();
      await page.getByRole('table', { name: 'Book of AAPL' }).waitFor();
      await page.getByRole('table', { name: 'Trades of AAPL' }).waitFor();
      expect(await axe(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      await expect.poll(() => page.evaluate<number>('document.documentElement.scrollWidth'), patience).toBeLessThanOrEqual(360);
      await expect.poll(() => grid(page).textContent(), patience).toMatch(/AAPL.*live/);
      expect(await axe(page)).toEqual([]);
      expect(errors).toEqual([]);
    },
  );
});
