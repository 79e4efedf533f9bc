// The Gateway tab in a real browser: what the session knows of itself, the doctor, the recording, and the door.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, startedAt } from '../stage.js';
import { axe, deskWith, hasBrowser, type Screen, type Screens, screens } from './browser.js';

const patience = { timeout: 30_000 };
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function gateway(all: Screens, at: Stage, options: Parameters<Screens['open']>[1] = {}): Promise<Screen> {
  const screen = await all.open(at, options);
  await screen.page.getByRole('tab', { name: 'Gateway' }).click();
  await expect.poll(() => part(screen.page, 'Link').textContent(), patience).toContain('protobuf');
  return screen;
}

async function disconnect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByText('not connected: connect below').waitFor();
}

describe.runIf(hasBrowser)('Gateway', { timeout: 240_000 }, () => {
  let all: Screens;
  beforeAll(async () => {
    all = await screens();
  }, 120_000);
  afterAll(() => all[Symbol.asyncDispose]());

  it('shows link, session, farms, budgets, queue; the doctor looks; a recording starts, stops, and tells size and redaction', async () => {
    await using at = await deskWith(all, { sessionTimer: startedAt('2026-12-02T15:00:00Z') });
    await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL');
    const { page, errors } = await gateway(all, at);
    await expect.poll(() => part(page, 'Link').textContent(), patience).toMatch(/ready.*Round trip[\d.]+ ms \(p99/s);
    expect(await part(page, 'Session').textContent()).toMatch(/none seen.*Sunday 01:00 in New York/s);
    await expect.poll(() => part(page, 'Farms').textContent(), patience).toContain('usfarm');
    await expect.poll(() => part(page, 'Budgets').textContent(), patience).toMatch(/[1-9]\d* \/ 100 market data lines/);
    expect(await part(page, 'Queue and streams').textContent()).toMatch(/order 0.*quotes [1-9]\d* \(0 stale\)/s);
    await part(page, 'Doctor').getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => part(page, 'Doctor').locator('li.ok').count(), patience).toBeGreaterThanOrEqual(5);
    expect(await part(page, 'Doctor').locator('[data-todo]').count()).toBe(0);
    const capture = part(page, 'Capture');
    await capture.getByRole('button', { name: 'Record' }).click();
    await capture.getByText('● recording').waitFor();
    await at.owner('GET', '/v1/contracts/details?symbol=AAPL');
    await capture.getByRole('button', { name: 'Stop recording' }).click();
    await expect.poll(() => capture.textContent(), patience).toMatch(/last: 2\d{3}-.*, \d+ kB, redacted: \S+\.ibcap/);
    expect(errors).toEqual([]);
  });

  it('each trouble has cause and remedy; another session is named; the log is filtered', async () => {
    await using at = await deskWith(all);
    await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL');
    const { page } = await gateway(all, at);
    const troubles = page.getByRole('list', { name: 'Troubles' });
    at.desk.gateway?.faults.competing();
    await expect
      .poll(() => troubles.textContent(), patience)
      .toMatch(/another session uses this login \(10197\).*never takes a session over/s);
    await expect.poll(() => part(page, 'Session').textContent(), patience).toContain('code 10197');
    at.desk.gateway?.faults.disconnect();
    await expect
      .poll(() => troubles.textContent(), patience)
      .toMatch(/link: the gateway has lost its link.*internet connection/s);
    await expect.poll(() => part(page, 'Queue and streams').textContent(), patience).toContain('AAPL stale since');
    const log = page.getByRole('list', { name: 'Log, newest first' });
    await page.getByLabel('Filter').fill('1100');
    await expect.poll(() => log.locator('li').allTextContents(), patience).toEqual([expect.stringContaining('1100')]);
    await page.getByLabel('Filter').fill('');
    await page.getByLabel('Kind').selectOption('state');
    await expect.poll(() => log.locator('li').first().textContent(), patience).toContain('degraded');
    at.desk.gateway?.faults.competing(false);
    at.desk.gateway?.faults.reconnect('kept');
    await expect.poll(() => troubles.textContent(), patience).not.toContain('link:');
  });

  it('disconnects, lets the doctor look at a port, and connects again by the form', async () => {
    await using at = await deskWith(all);
    const { page, errors } = await gateway(all, at);
    await disconnect(page);
    await page.getByRole('button', { name: '7497 TWS, paper' }).click();
    expect(await page.getByLabel('Port').inputValue()).toBe('7497');
    await page.getByLabel('Port').fill(String(at.desk.gateway?.port));
    await part(page, 'Doctor').getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => part(page, 'Doctor').textContent(), patience).toContain('990 is free');
    await page.getByLabel('read-only').check();
    await page.getByLabel('Restarts at').fill('23:45');
    await page.getByLabel('in the zone').fill('America/New_York');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('READ-ONLY').waitFor();
    await expect.poll(() => part(page, 'Session').textContent(), patience).toMatch(/Next restart\d\d:45/);
    await expect
      .poll(() => page.getByRole('list', { name: 'Troubles' }).textContent(), patience)
      .toContain('orders cannot be sent');
    expect(errors).toEqual([]);
  });

  it('a live account is connected to when its id was typed, once', async () => {
    await using at = await deskWith(all, { simulate: { accounts: [{ account: 'U9000001', kind: 'individual-margin' }] } });
    const { page } = await gateway(all, at);
    await disconnect(page);
    await page.getByLabel('Host').fill('localhost');
    await page.getByLabel('Port').fill(String(at.desk.gateway?.port));
    const connect = page.getByRole('button', { name: 'Connect', exact: true });
    await connect.click();
    await page.getByRole('alert').getByText('the login has a live account: real money').waitFor();
    expect(at.desk.connection.current).toBeUndefined();
    await page.getByLabel('Live account id').fill('U9000009');
    await connect.click();
    await page.getByRole('alert').getByText('no live account of the id that was typed').waitFor();
    await page.getByLabel('Live account id').fill('U9000001');
    await connect.click();
    await page.getByText('LIVE', { exact: true }).waitFor();
    await disconnect(page);
    await connect.click();
    await page.getByText('LIVE', { exact: true }).waitFor();
  });

  it('by the keyboard alone: the tab, the doctor, the recording', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    await page.keyboard.press('4');
    await part(page, 'Doctor').waitFor();
    const reach = async (text: string): Promise<void> => {
      for (let steps = 0; steps < 40; steps++) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate<string | null>('document.activeElement.textContent')) === text) return;
      }
      throw new Error(`${text} is not reached`);
    };
    await reach('Run');
    await page.keyboard.press('Enter');
    await expect.poll(() => part(page, 'Doctor').locator('li.ok').count(), patience).toBeGreaterThan(0);
    await reach('Record');
    await page.keyboard.press('Enter');
    await expect.poll(() => at.desk.recording.current !== undefined, patience).toBe(true);
  });

  it.each(['light', 'dark'] as const)(
    'no violation of axe, connected and not, %s; nothing wider than a telephone',
    async (colorScheme) => {
      await using at = await deskWith(all);
      const { page, errors } = await gateway(all, at, { colorScheme, bypassCSP: true });
      await part(page, 'Doctor').getByRole('button', { name: 'Run' }).click();
      await expect.poll(() => part(page, 'Doctor').locator('li').count(), patience).toBeGreaterThan(3);
      at.desk.gateway?.faults.disconnect();
      await page.getByRole('list', { name: 'Troubles' }).locator('li').first().waitFor();
      expect(await axe(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await disconnect(page);
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(errors).toEqual([]);
    },
  );
});
