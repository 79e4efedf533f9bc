// What the page says of orders while the gateway or the broker is away, in a real browser: what is not known is said to be unknown.

import { describe, expect, it } from 'vitest';
import { buy, TEN } from '../stage.js';
import { ordersAt, pick, priceOf, seen, sendButton, soon, tab, write } from './acts.js';
import { deskWith, hasBrowser, type Screen } from './browser.js';
import { oneBrowser } from './one-browser.js';

const patience = { timeout: 30_000 };
const held = {
  ...TEN,
  accounts: [{ account: 'DU9000001', kind: 'individual-margin' as const, holdings: { AAPL: 20 } }],
};

describe.runIf(hasBrowser)('while the gateway is away', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('a cancel that gets no answer stays known as such on every screen, though the order is listed as working, until the verdict', async () => {
    await using at = await deskWith(all, { simulate: held });
    const lmtPrice = (await priceOf(at))(0.95);
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '2', { orderType: 'LMT', lmtPrice }));
    const [one, two] = [await all.open(at), await all.open(at)];
    for (const { page } of [one, two]) await tab(page, 'Trading');
    at.desk.gateway?.faults.disconnect();
    await one.page.getByText('● degraded').waitFor();
    const state = ({ page }: Screen) =>
      page.getByRole('table', { name: 'Working orders' }).locator('td[data-label="State"]').textContent();
    await one.page.getByRole('button', { name: /^Cancel BUY AAPL/ }).click();
    for (const screen of [one, two])
      await expect
        .poll(() => state(screen), patience)
        .toMatch(/^cancelling .*cancel of owner not answered since \d\d:\d\d:\d\d$/);
    await seen(one.page, /No answer in time.*The order may live on/);
    for (const screen of [one, two])
      await expect.poll(() => state(screen), patience).toMatch(/^working \(Submitted\) · cancel of owner not answered since /);
    at.desk.gateway?.faults.reconnect('kept');
    for (const { page } of [one, two]) await page.getByRole('button', { name: 'Working 0' }).waitFor();
    expect([...one.errors, ...two.errors]).toEqual([]);
  });

  it('an order that nobody knows the state of is said to be unknown', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page } = await all.open(at);
    await page.route('**/v1/orders/list', async (route) => {
      const answer = await route.fetch();
      const orders = (await answer.json()) as object[];
      await route.fulfill({ response: answer, json: orders.map((one) => ({ ...one, state: 'unclear' })) });
    });
    const lmtPrice = (await priceOf(at))(0.95);
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '2', { orderType: 'LMT', lmtPrice }));
    await tab(page, 'Trading');
    await seen(page, /^unknown: asked the gateway again \(Submitted\)$/);
  });

  it('an order whose fate is not known offers no other one before the gateway has said what became of it', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page } = await all.open(at);
    let isAway = true;
    await page.route(/\/v1\/orders\/(draft|drafts|get)(\?|$)/, async (route) => {
      const answer = await route.fetch();
      const told: unknown = await answer.json();
      const unknown = (one: unknown): unknown => (isAway ? { ...(one as object), state: 'unknown' } : one);
      await route.fulfill({ response: answer, json: Array.isArray(told) ? told.map(unknown) : unknown(told) });
    });
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '1', price: (await priceOf(at))(0.97) });
    await sendButton(page).click();
    await page.getByRole('heading', { name: 'unknown: asked the gateway again' }).waitFor();
    expect(await page.getByRole('button', { name: 'Another order' }).count()).toBe(0);
    isAway = false;
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    expect(ordersAt(at)).toBe(1);
  });

  it('without a session the orders are as of when they were told, and what the desk itself keeps is still there', async () => {
    await using at = await deskWith(all, { simulate: held });
    const lmtPrice = (await priceOf(at))(0.95);
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '2', { orderType: 'LMT', lmtPrice }));
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1'));
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '9999'));
    const { page, errors } = await all.open(at);
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Working 1' }).waitFor();
    await at.owner('POST', '/v1/session/disconnect');
    await seen(page, /^as of \d\d:\d\d:\d\d: the gateway cannot be asked now$/);
    await page.getByRole('button', { name: /^Cancel BUY AAPL \d+ \(not connected\)$/ }).waitFor();
    const other = (await all.open(at)).page;
    await tab(other, 'Trading');
    for (const name of ['Working —', 'Waiting for approval 0', 'Rejected 1'])
      await other.getByRole('button', { name, exact: true }).waitFor();
    await other.getByRole('region', { name: 'Orders' }).getByText('not connected', { exact: true }).waitFor();
    await other.getByRole('button', { name: 'Rejected 1' }).click();
    await soon(() => other.getByRole('table', { name: 'Rejected' }).getByText('MAX-QUANTITY').count(), 1);
    expect(errors).toEqual([]);
  });
});
