// Drafts of programs in a real browser: approved by a deliberate act, again where they have become worse, live ones with the id typed.

import { describe, expect, it } from 'vitest';
import { buy } from '../stage.js';
import { goLive, ordersAt, placedAt, priceOf, seen, tab } from './acts.js';
import { deskWith, hasBrowser } from './browser.js';
import { oneBrowser } from './one-browser.js';

const individual = { accounts: [{ account: 'DU9000001', kind: 'individual-margin' as const, holdings: { AAPL: 20 } }] };
const live = { accounts: [{ account: 'U9000001', kind: 'individual-margin' as const }] };

describe.runIf(hasBrowser)('approvals', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('one key approves nothing: it asks for a second one, and forgets the first when it is left', async () => {
    await using at = await deskWith(all, { simulate: individual });
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
    const { page } = await all.open(at);
    const program = await at.as('read', 'propose');
    const asked = { ...buy('AAPL', '3', { orderType: 'LMT', lmtPrice: (await priceOf(at))(0.97) }), account: 'DU9000001' };
    await program('POST', '/v1/orders/draft', asked);
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Waiting for approval 1' }).click();
    const approve = page.getByRole('button', { name: /^Approve/ });
    for (const key of ['Enter', 'Space']) {
      await approve.focus();
      await page.keyboard.press(key);
      await page.getByRole('button', { name: 'Approve: press again' }).waitFor();
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    }
    expect(ordersAt(at)).toBe(0);
    await approve.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Approve: press again' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Working 1' }).waitFor();
    expect(ordersAt(at)).toBe(1);
  });

  it('a live draft above the threshold takes the account id typed to be approved', async () => {
    await using at = await deskWith(all, { simulate: live });
    const screen = await all.open(at);
    await goLive(at, screen.page);
    const { page } = screen;
    const lmtPrice = (await priceOf(at))(0.98);
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1', { orderType: 'LMT', lmtPrice }));
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '100', { orderType: 'LMT', lmtPrice }));
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Waiting for approval 2' }).click();
    const approve = (size: number) => page.getByRole('button', { name: new RegExp(`^APPROVE LIVE: BUY ${size} AAPL @ `) });
    await expect.poll(() => approve(1).isEnabled(), { timeout: 30_000 }).toBe(true);
    const typed = page.getByLabel(/Type the account id U9000001 to approve/);
    expect(await typed.count()).toBe(1);
    await typed.fill('DU9000001');
    expect(await approve(100).isDisabled()).toBe(true);
    await typed.fill('U9000001');
    await approve(100).click();
    await page.getByRole('button', { name: 'Working 1' }).waitFor();
    expect(ordersAt(at)).toBe(1);
    // A change of it says the whole order, takes the account id as well, and no Enter sends it.
    await page.getByRole('button', { name: 'Working 1' }).click();
    await page.getByRole('button', { name: /^Modify/ }).click();
    const change = page.getByRole('button', { name: /^CHANGE LIVE to BUY 90 AAPL @ / });
    await page.getByLabel('New quantity').fill('');
    expect(await page.getByRole('button', { name: /^CHANGE LIVE/ }).isDisabled()).toBe(true);
    await page.getByLabel('New quantity').fill('90');
    await page.keyboard.press('Enter');
    expect(await change.isDisabled()).toBe(true);
    await page.getByLabel(/Type the account id U9000001 to change/).fill('U9000001');
    await page.keyboard.press('Enter');
    await change.press('Enter');
    expect(placedAt(at)).toHaveLength(1);
    await change.press('Control+Enter');
    await page.getByRole('table', { name: 'Working orders' }).getByText('BUY 90 AAPL @ ').waitFor();
    expect(placedAt(at)).toMatchObject([{ totalQuantity: '100' }, { totalQuantity: '90' }]);
  });

  it('an approval that has become worse asks again, with what is worse', async () => {
    await using at = await deskWith(all, { simulate: individual });
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
    const { page } = await all.open(at);
    const program = await at.as('read', 'propose');
    const asked = { ...buy('AAPL', '3', { orderType: 'LMT', lmtPrice: (await priceOf(at))(0.97) }), account: 'DU9000001' };
    const { id } = (await program('POST', '/v1/orders/draft', asked)).body;
    const kept = await at.desk.drafts.get(id);
    const preview = { ...kept.preview, worst: { ...kept.preview?.worst, initialMargin: '0.01' } };
    await at.desk.drafts.set(id, { preview: JSON.stringify(preview) });
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Waiting for approval 1' }).click();
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await seen(page, /Approve it again: worse than shown: initial margin/);
    expect(ordersAt(at)).toBe(0);
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByRole('button', { name: 'Working 1' }).waitFor();
    expect(ordersAt(at)).toBe(1);
  });
});
