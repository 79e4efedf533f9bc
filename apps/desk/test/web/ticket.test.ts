// The ticket in a real browser: trailing orders and dates, derived instruments by expiry and strike, and a preview that a moving quote ends.

import { describe, expect, it } from 'vitest';
import { buy } from '../stage.js';
import { findByKeys, ordersAt, pick, placedAt, priceOf, seen, sendButton, soon, tab, write } from './acts.js';
import { axe, deskWith, hasBrowser } from './browser.js';
import { oneBrowser } from './one-browser.js';

describe.runIf(hasBrowser)('the ticket', { timeout: 240_000 }, () => {
  const all = oneBrowser();
  const held = { accounts: [{ account: 'DU9000001', kind: 'individual-margin' as const, holdings: { AAPL: 20 } }] };

  it('a trailing stop by percent and by amount says how it trails, leaves with these terms, and is changed from its row', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page, errors } = await all.open(at);
    await pick(page, 'AAPL');
    await page.locator('.sides .sell input').check();
    await page.getByLabel('Quantity', { exact: true }).fill('5');
    await page.getByRole('combobox', { name: /^Type/ }).selectOption('TRAIL');
    await page.getByRole('combobox', { name: /^Trails by/ }).selectOption('percent');
    await page.getByLabel('Trailing percent').fill('4');
    await page.keyboard.press('Enter');
    await sendButton(page).waitFor();
    expect(await page.locator('.preview .order').textContent()).toContain('SELL 5 AAPL trailing by 4 % TRAIL DAY');
    await sendButton(page).click();
    await page.getByRole('button', { name: 'Another order' }).click();
    const last = (await priceOf(at))(1);
    // The market would have to move by two percent for the stop to follow it or to be met.
    const stop = (Number(last) * 0.98).toFixed(2);
    const amount = (Number(last) * 0.04).toFixed(2);
    await page.locator('.sides .sell input').check();
    await page.getByLabel('Quantity', { exact: true }).fill('6');
    await page.getByRole('combobox', { name: /^Type/ }).selectOption('TRAIL LIMIT');
    await page.getByLabel('Trailing amount').fill(amount);
    await page.getByLabel('First stop').fill(`${stop}5`);
    await seen(page, `${stop}5 is between two prices`);
    await page.getByLabel('First stop').fill(stop);
    await page.getByLabel('Limit offset').fill('0.1');
    await page.getByRole('button', { name: 'Preview' }).click();
    await sendButton(page).click();
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    const working = page.getByRole('table', { name: 'Working orders' });
    const beyond = `trailing by ${amount}, stop ${stop}, limit 0.10 beyond the stop TRAIL LIMIT DAY`;
    await working.getByText(`SELL 6 AAPL ${beyond}`).waitFor();
    const row = working.getByRole('row').filter({ hasText: 'SELL 5 AAPL trailing by 4 %' });
    await row.getByRole('button', { name: /^Modify/ }).click();
    expect(await page.getByLabel('New stop').count()).toBe(0);
    await page.getByLabel('New trailing percent').fill('5');
    await page.getByRole('button', { name: 'Send change' }).click();
    await working.getByText('SELL 5 AAPL trailing by 5 %').waitFor();
    expect(placedAt(at)).toMatchObject([
      { orderType: 'TRAIL', totalQuantity: '5', trailingPercent: 4 },
      {
        orderType: 'TRAIL LIMIT',
        totalQuantity: '6',
        auxPrice: Number(amount),
        trailStopPrice: Number(stop),
        lmtPriceOffset: 0.1,
      },
      { orderType: 'TRAIL', totalQuantity: '5', trailingPercent: 5 },
    ]);
    expect(errors).toEqual([]);
  });

  it('a date is written on the clock of the viewer, and reaches the gateway as the same moment in UTC', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page } = await all.open(at, { timezoneId: 'Asia/Tokyo' });
    const price = (await priceOf(at))(0.95);
    await pick(page, 'AAPL');
    await page.getByLabel('Quantity', { exact: true }).fill('1');
    await page.getByLabel('Limit price', { exact: true }).fill(price);
    await page.getByRole('combobox', { name: /^Time in force/ }).selectOption('GTD');
    await page.getByRole('button', { name: 'Preview' }).click();
    // Without its date it is not asked for.
    expect(await page.locator('.preview .order').count()).toBe(0);
    const next = new Date().getFullYear() + 1;
    await page.getByRole('textbox', { name: 'Good till' }).fill(`${next}-03-02T08:30`);
    await page.getByLabel('Not before').fill(`${next}-03-01T23:00`);
    await seen(page, 'on the clock of Asia/Tokyo');
    await page.getByRole('button', { name: 'Preview' }).click();
    await sendButton(page).waitFor();
    const dates = /GTD until \S+03-02 08:30, not before \S+03-01 23:00/;
    expect(await page.locator('.preview .order').textContent()).toMatch(dates);
    await sendButton(page).click();
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    await page.getByRole('table', { name: 'Working orders' }).getByText(dates).waitFor();
    expect(placedAt(at)[0]).toMatchObject({
      tif: 'GTD',
      goodTillDate: `${next}0301-23:30:00`,
      goodAfterTime: `${next}0301-14:00:00`,
    });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`a trailing order with both dates is written by the keyboard alone, without a finding of axe, ${colorScheme}`, async () => {
      await using at = await deskWith(all, { simulate: held });
      const { page, errors } = await all.open(at, { colorScheme, bypassCSP: true });
      const { keyboard } = page;
      const until = async (label: string): Promise<void> => {
        for (let steps = 0; steps < 40; steps++) {
          const told = await page.evaluate<string>(`document.activeElement.closest('label')?.textContent.trim() ?? ''`);
          if (told.startsWith(label)) return;
          await keyboard.press('Tab');
        }
        throw new Error(`no way by the keyboard to ${label}`);
      };
      const type = async (label: string, text: string): Promise<void> => {
        await until(label);
        await keyboard.type(text);
      };
      await findByKeys(page, 'AAPL');
      const stop = (await priceOf(at))(0.96);
      await until('BUY');
      await keyboard.press('ArrowRight');
      await type('Quantity', '5');
      await until('Type');
      await keyboard.press('End');
      await type('Trailing amount', '2.5');
      await type('First stop', stop);
      await type('Limit offset', '0.1');
      await until('Time in force');
      await keyboard.press('End');
      // Month, day, year of six digits, hour, minute, half of the day.
      await type('Good till', '03020020990830AM');
      await type('Not before', '03010020991100PM');
      expect(await axe(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await keyboard.press('Enter');
      await sendButton(page).waitFor();
      expect(await axe(page)).toEqual([]);
      expect(await page.locator('.preview .order').textContent()).toMatch(
        /^SELL 5 AAPL trailing by 2.50, stop \S+, limit 0.10 beyond the stop TRAIL LIMIT GTD until 99-03-02 08:30, not before 99-03-01 23:00, /,
      );
      await keyboard.press('Control+Enter');
      await page.getByRole('button', { name: 'Another order' }).waitFor();
      expect(placedAt(at)).toMatchObject([{ orderType: 'TRAIL LIMIT', tif: 'GTD', trailStopPrice: Number(stop) }]);
      await page.getByRole('button', { name: 'Modify SELL AAPL' }).click();
      expect(await axe(page)).toEqual([]);
      expect(errors).toEqual([]);
    });

  it('dates of a working order are changed on the clock of the viewer; one that is taken away is not sent', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page, errors } = await all.open(at, { timezoneId: 'Asia/Tokyo' });
    const lmtPrice = (await priceOf(at))(0.95);
    const dates = { tif: 'GTD', goodTillDate: '20991231-21:00:30', goodAfterTime: '20991230-21:00:00' };
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1', { orderType: 'LMT', lmtPrice, ...dates }));
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Modify BUY AAPL' }).click();
    const [till, after] = [page.getByLabel('New good till'), page.getByLabel('New not before')];
    expect([await till.inputValue(), await after.inputValue()]).toEqual(['2100-01-01T06:00', '2099-12-31T06:00']);
    const send = page.getByRole('button', { name: 'Send change' });
    // Seconds that the field has not are no change.
    expect(await send.isDisabled()).toBe(true);
    await after.fill('');
    await page.getByLabel('New quantity').fill('2');
    await page.getByText('a date cannot be taken away').waitFor();
    expect(await send.isDisabled()).toBe(true);
    await after.fill('2099-12-31T09:30');
    await send.click();
    await page.getByRole('table', { name: 'Working orders' }).getByText('not before 99-12-31 09:30').waitFor();
    expect(placedAt(at).at(-1)).toMatchObject({ ...dates, goodAfterTime: '20991231-00:30:00', totalQuantity: '2' });
    expect(errors).toEqual([]);
  });

  it('a future is found by its expiry, an option by expiry, strike and right, and each can be written for', async () => {
    await using at = await deskWith(all);
    const { page, errors } = await all.open(at);
    const { universe, clock } = at.desk.gateway?.world ?? {};
    if (universe === undefined || clock === undefined) throw new Error('no simulated gateway');
    const future = universe.futures(clock.now())[1];
    if (future === undefined) throw new Error('no futures');
    await tab(page, 'Trading');
    await page.getByText('Futures, options, pairs').click();
    await page.getByLabel('Find', { exact: true }).fill(future.symbol);
    await page.getByLabel('Kind').selectOption('FUT');
    await page.getByLabel('Expiry').fill(future.lastTradeDate ?? '');
    await page.getByRole('button', { name: 'Search' }).click();
    await page
      .locator('.found button')
      .filter({ hasText: String(future.conId) })
      .click();
    await page.locator('.picked').getByText(`conId ${future.conId}`).waitFor();
    await page.getByLabel('Quantity', { exact: true }).waitFor();
    type Chain = {
      readonly parameters: readonly { readonly expiries: readonly string[]; readonly strikes: readonly string[] }[];
    };
    const [chain] = (await at.owner<Chain>('GET', '/v1/contracts/chain?symbol=AAPL')).body.parameters;
    const [expiry = '', strike = ''] = [chain?.expiries[1], chain?.strikes[2]];
    expect([expiry, strike]).not.toContain('');
    await page.getByLabel('Find', { exact: true }).fill('AAPL');
    await page.getByLabel('Kind').selectOption('OPT');
    await page.getByLabel('Expiry').fill(expiry);
    await page.getByLabel('Strike').fill(strike);
    await page.getByLabel('Right').selectOption('P');
    await page.getByRole('button', { name: 'Search' }).click();
    const one = page.locator('.found button').first();
    await one.waitFor();
    expect(await page.locator('.found button').count()).toBe(1);
    await one.click();
    await expect.poll(() => page.locator('.picked').textContent(), { timeout: 30_000 }).toMatch(/AAPL.*P0.*OPT/);
    expect(errors).toEqual([]);
  });

  it('a quote that moves past the collar ends the preview, with a word', async () => {
    await using at = await deskWith(all, { simulate: held });
    const { page } = await all.open(at);
    const price = (await priceOf(at))(0.99);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '1', price });
    await sendButton(page).waitFor();
    at.desk.gateway?.market.set('AAPL', Number(price) * 1.3);
    await seen(page, 'The preview is over: the quote has moved past the collar');
    await soon(() => sendButton(page).count(), 0);
    expect(ordersAt(at)).toBe(0);
  });
});
