// What a person does at the page, for all tests of it.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Stage } from '../stage.js';

export const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();

export async function pick(page: Page, symbol: string): Promise<void> {
  await tab(page, 'Trading');
  await page.getByLabel('Find', { exact: true }).fill(symbol);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('.found button').first().click();
  await page.getByLabel('Quantity', { exact: true }).waitFor();
}

export interface Written {
  readonly side: 'BUY' | 'SELL';
  readonly quantity: string;
  readonly price?: string;
  readonly take?: string;
  readonly loss?: string;
}

/** Fills the ticket and asks for its preview. */
export async function write(page: Page, { side, quantity, price, take, loss }: Written): Promise<void> {
  await page.locator(`.sides .${side.toLowerCase()} input`).check();
  await page.getByLabel('Quantity', { exact: true }).fill(quantity);
  if (price === undefined) await page.getByRole('combobox', { name: /^Type/ }).selectOption('MKT');
  else await page.getByLabel('Limit price', { exact: true }).fill(price);
  if (take !== undefined || loss !== undefined) {
    await page.getByLabel('bracket').check();
    await page.getByLabel('Take profit').fill(take ?? '');
    await page.getByLabel('Stop loss').fill(loss ?? '');
  }
  await page.getByRole('button', { name: 'Preview' }).click();
}

export const ordersAt = (at: Stage): number => at.desk.gateway?.orders.length ?? -1;

/** The ask of now times a share, in cents. */
export async function priceOf(at: Stage, symbol = 'AAPL'): Promise<(share: number) => string> {
  const ask = Number((await at.owner('GET', `/api/ibkr/quote?symbol=${symbol}`)).body.ask);
  return (share) => (ask * share).toFixed(2);
}

export const sendButton = (page: Page) => page.locator('button.send').first();

export const seen = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

export async function soon<T>(read: () => Promise<T>, wanted: T): Promise<void> {
  await expect.poll(read, { timeout: 30_000 }).toEqual(wanted);
}

/** The desk knows its own simulated gateway; another one with live ids is live. */
export async function goLive(at: Stage, page: Page): Promise<void> {
  await at.owner('POST', '/v1/control/setLimits', { live: true });
  await at.owner('POST', '/api/ibkr/disconnect');
  await at.owner('POST', '/api/ibkr/connect', { host: 'localhost', port: at.desk.gateway?.port, clientId: 1 });
  await page.getByText('LIVE', { exact: true }).waitFor();
  await expect.poll(() => page.getByText('TRADING OFF').count(), { timeout: 30_000 }).toBe(0);
}

/** Terms of what was sent, questions for margin left out. */
export function placedAt(at: Stage): readonly unknown[] {
  const asked = (at.desk.gateway?.received ?? []).map(({ message }) => message);
  return asked.flatMap((one) => (one.kind === 'placeOrder' && one.order?.whatIf !== true ? [one.order] : []));
}

/** Finds a contract and takes the first that fits, by the keyboard alone, from any tab. */
export async function findByKeys(page: Page, text: string): Promise<void> {
  const { keyboard } = page;
  await keyboard.press('2');
  await keyboard.press('/');
  await keyboard.type(text);
  await keyboard.press('Enter');
  await page.locator('.found button').first().waitFor();
  for (let steps = 0; !(await page.evaluate<boolean>(`document.activeElement.closest('.found') !== null`)); steps++) {
    if (steps > 10) throw new Error('the keyboard does not reach what was found');
    await keyboard.press('Tab');
  }
  await keyboard.press('Enter');
  await page.getByLabel('Quantity', { exact: true }).waitFor();
}
