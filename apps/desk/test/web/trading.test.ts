// The Trading tab in a real browser: what the ticket says before an order is written, brackets, live orders, changes, the journal.

import { describe, expect, it } from 'vitest';
import { buy, TEN } from '../stage.js';
import { goLive, ordersAt, pick, priceOf, seen, sendButton, soon, tab, write } from './acts.js';
import { axe, deskWith, hasBrowser, type Screen } from './browser.js';
import { oneBrowser } from './one-browser.js';

const ira = {
  ...TEN,
  accounts: [{ account: 'DU9000001', kind: 'ira-margin' as const, cash: { USD: 50_000 }, holdings: { AAPL: 20 } }],
};
const two = {
  ...TEN,
  accounts: [
    { account: 'DU9000001', kind: 'individual-margin' as const, holdings: { AAPL: 20 } },
    { account: 'DU9000002', kind: 'individual-margin' as const },
  ],
};
const live = { accounts: [{ account: 'U9000001', kind: 'individual-margin' as const }] };

describe.runIf(hasBrowser)('the Trading tab', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('lot and tick stand there before anything is typed; a price between two steps is said with both, and not corrected by itself', async () => {
    await using at = await deskWith(all, { simulate: ira });
    const { page, errors } = await all.open(at);
    await pick(page, 'AAPL');
    await seen(page, 'lot 0.0001 · tick 0.01');
    await page.getByLabel('Limit price', { exact: true }).fill('187.425');
    await seen(page, '187.425 is between two prices');
    expect(await page.getByLabel('Limit price', { exact: true }).inputValue()).toBe('187.425');
    await page.getByRole('button', { name: '187.42', exact: true }).click();
    await soon(() => page.getByLabel('Limit price', { exact: true }).inputValue(), '187.42');
    await page.getByLabel('SELL').check();
    await page.getByLabel('Quantity', { exact: true }).fill('20');
    await seen(page, 'position 20 → 0');
    await page.getByLabel('Quantity', { exact: true }).fill('30');
    await seen(page, 'position 20 → -10 short');
    expect(errors).toEqual([]);
  });

  it('a bracket is one preview and one send; its exits can be changed and cancelled from their rows', async () => {
    await using at = await deskWith(all, { simulate: ira });
    const { page, errors } = await all.open(at);
    const price = await priceOf(at);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '5', price: price(1.02), take: price(1.05), loss: price(0.95) });
    await sendButton(page).waitFor();
    expect(await page.locator('.preview .order').textContent()).toContain(`take profit ${price(1.05)}, stop loss ${price(0.95)}`);
    expect(ordersAt(at)).toBe(0);
    await sendButton(page).dblclick();
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    await page.getByRole('button', { name: 'Working 2' }).waitFor();
    expect(ordersAt(at)).toBe(3);
    const table = page.getByRole('table', { name: 'Working orders' });
    const profit = table.getByRole('row').filter({ hasText: 'take profit' });
    await profit.getByRole('button', { name: /^Modify/ }).click();
    expect(await page.getByLabel('New quantity').count()).toBe(0);
    await page.getByLabel('New limit price').fill(price(1.06));
    await page.getByRole('button', { name: 'Send change' }).click();
    await table.getByText(price(1.06)).waitFor();
    await page.getByRole('button', { name: 'Cancel all …' }).click();
    const question = page.getByRole('dialog');
    expect(await question.getByRole('listitem').count()).toBe(2);
    await question.getByRole('button', { name: 'Cancel these 2' }).click();
    await page.getByRole('button', { name: 'Working 0' }).waitFor();
    await page.getByRole('button', { name: 'Journal' }).click();
    await page.getByRole('table', { name: 'Journal' }).getByText('cancel all').first().waitFor();
    expect(errors).toEqual([]);
  });

  it('a bracket whose prices cross is refused in words, and nothing is sent', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    const price = await priceOf(at);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '5', price: price(1), take: price(0.9), loss: price(0.95) });
    await seen(page, /not beyond the entry/);
    expect([await sendButton(page).count(), ordersAt(at)]).toEqual([0, 0]);
  });

  it('a market order shows the worst price of the book, and leaves only when that is ticked', async () => {
    await using at = await deskWith(all);
    const { page } = await all.open(at);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '5' });
    const tick = page.getByLabel(/The price is open: in the book of now it meets [\d,.]+ at worst/);
    await tick.waitFor();
    expect(await sendButton(page).isDisabled()).toBe(true);
    await page.keyboard.press('Control+Enter');
    await tick.check();
    await sendButton(page).click();
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    expect(ordersAt(at)).toBe(1);
  });

  it('another account clears the ticket, and a working order that changes ends the preview with a word', async () => {
    await using at = await deskWith(all, { simulate: two });
    const { page } = await all.open(at);
    const price = await priceOf(at);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '5', price: price(1) });
    await sendButton(page).waitFor();
    const order = buy('MSFT', '1', { orderType: 'LMT', lmtPrice: (await priceOf(at, 'MSFT'))(0.95) });
    await at.owner('POST', '/v1/orders/draft', { ...order, account: 'DU9000001' });
    await seen(page, 'The preview is over: a position or a working order has changed');
    expect(await sendButton(page).count()).toBe(0);
    await page.locator('.account select').selectOption('DU9000002');
    await seen(page, 'Find a contract first');
    expect(ordersAt(at)).toBe(1);
  });

  it('a preview says what the order comes to and the margin before and after; Enter on its button sends nothing', async () => {
    await using at = await deskWith(all, { simulate: two });
    const { page } = await all.open(at);
    const price = (await priceOf(at))(0.98);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '10', price });
    await sendButton(page).waitFor();
    const facts = page.locator('.preview .facts');
    const { format } = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 });
    expect(await facts.textContent()).toContain(`Value${format(Number((Number(price) * 10).toFixed(2)))} USD`);
    expect(await facts.textContent()).toMatch(/Margin, initial([\d,]+\.\d\d) → ([\d,]+\.\d\d) \(\+[\d,]+\.\d\d\)/);
    await sendButton(page).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    expect(ordersAt(at)).toBe(1);
    const sent = await at.owner<{ readonly what: string }[]>('GET', '/v1/journal/entries');
    expect(sent.body.filter(({ what }) => what === 'draft').length).toBe(1);
  });

  it('a preview that passes says the cash after it, and has a tick for each limit and each rule that found nothing', async () => {
    await using at = await deskWith(all, { simulate: ira });
    const { page, errors } = await all.open(at);
    const price = (await priceOf(at))(0.98);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '10', price });
    await sendButton(page).waitFor();
    const { preview } = (await at.owner('POST', '/v1/orders/preview', buy('AAPL', '10', { orderType: 'LMT', lmtPrice: price })))
      .body;
    const cash = 50_000 - Number(price) * 10 - Number(preview.commission.most ?? preview.commission.amount);
    const written = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(cash);
    expect(await page.locator('.preview .facts').textContent()).toContain(`Cash, USD50,000.00 → ${written}`);
    const limits = page.getByRole('list', { name: 'Limits that let it pass' });
    expect(await limits.getByRole('listitem').allTextContents()).toEqual([
      '✓ of a paper account',
      '✓ at most 1000 shares or contracts',
      '✓ worth at most 250000 USD',
      '✓ prices within 10 % of the last one',
      '✓ at most 60 orders a minute',
      '✓ fewer than 5 rejections in a row',
      '✓ trading is not stopped',
      '✓ the broker answers what it would do',
    ]);
    const told = await at.owner<{ readonly kind: string; readonly rules: readonly { readonly code: string }[] }>(
      'GET',
      '/v1/accounts/rules',
    );
    const { kind, rules } = told.body;
    const codes = rules.map(({ code }) => code);
    expect([kind, codes.includes('IRA-SHORT-STOCK'), codes.includes('CASH-SHORT-STOCK'), codes.length > 50]).toEqual([
      ...['ira-cash', true, false, true],
    ]);
    await page.getByText(`✓ ${rules.length} rules found nothing (${kind})`).click();
    await page.locator('.passed li').filter({ hasText: '✓ IRA-SHORT-STOCK stock that could end below zero' }).waitFor();
    expect(await page.locator('.passed details li').count()).toBe(rules.length);
    // What is rejected has no tick: what was not asked because of it would have one.
    await write(page, { side: 'SELL', quantity: '30', price });
    await seen(page, '✗ rejected');
    expect(await page.locator('.passed').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('a rule or a limit that warns has no tick', async () => {
    await using at = await deskWith(all, { simulate: ira });
    const warned = (code: string) => ({ code, severity: 'warn', message: 'So it is.', remedy: 'Look.', facts: {} });
    const { page } = await all.open(at, {}, (empty) =>
      empty.route('**/v1/orders/preview', async (route) => {
        const answer = await route.fetch();
        const told = (await answer.json()) as { readonly preview: object };
        const findings = ['MAX-NOTIONAL', 'IRA-PTP'].map(warned);
        await route.fulfill({ response: answer, json: { ...told, preview: { ...told.preview, findings } } });
      }),
    );
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '10', price: (await priceOf(at))(0.98) });
    await page.getByLabel('I have read IRA-PTP').waitFor();
    const limits = page.getByRole('list', { name: 'Limits that let it pass' });
    expect([await limits.getByText('worth at most').count(), await limits.getByText('shares or contracts').count()]).toEqual([
      0, 1,
    ]);
    await page.getByText(/^✓ \d+ rules found nothing/).click();
    const rules = await page.locator('.passed details code').allTextContents();
    expect([rules.includes('IRA-MLP'), rules.includes('IRA-PTP'), rules.includes('MAX-NOTIONAL')]).toEqual([true, false, false]);
  });

  it('the journal is filtered by words, kind and account, over all of its lines, by the keyboard and on a telephone', async () => {
    await using at = await deskWith(all, { simulate: two });
    for (const [symbol, account] of [
      ['AAPL', 'DU9000001'],
      ['MSFT', 'DU9000002'],
    ] as const)
      await at.owner('POST', '/v1/orders/draft', {
        ...buy(symbol, '1', { orderType: 'LMT', lmtPrice: (await priceOf(at, symbol))(0.95) }),
        account,
      });
    // Older than what the list shows without a filter.
    for (let turns = 0; turns < 210; turns++) await at.desk.drafts.log({ account: '' }, 'limits', { who: 'owner' });
    const { page, errors } = await all.open(at, { viewport: { width: 360, height: 740 }, bypassCSP: true });
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Journal' }).click();
    const bar = page.getByRole('search', { name: 'Filter of the journal' });
    await bar.getByText('the newest 200 lines').waitFor();
    const table = page.getByRole('table', { name: 'Journal' });
    const symbols = async (): Promise<readonly string[]> => [
      ...new Set(await table.locator('td[data-label="Symbol"]').allTextContents()),
    ];
    expect(await symbols()).toEqual(['']);
    await bar.getByLabel('Text').focus();
    await page.keyboard.type('msf');
    await soon(symbols, ['MSFT']);
    await page.keyboard.press('Tab');
    await bar.getByLabel('Kind').selectOption('draft');
    await bar.getByText('1 lines').waitFor();
    await bar.getByLabel('Text').fill('');
    await soon(async () => [...(await symbols())].sort(), ['AAPL', 'MSFT']);
    await bar.getByLabel('Account').selectOption('DU9000001');
    await soon(symbols, ['AAPL']);
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await bar.getByLabel('Text').fill('100%_');
    await page.getByText('no line of the journal fits').waitFor();
    expect(errors).toEqual([]);
  });

  it('a live order carries itself on its button, and above the threshold the account id is typed', async () => {
    await using at = await deskWith(all, { simulate: live });
    const screen = await all.open(at);
    await goLive(at, screen.page);
    const { page } = screen;
    const frame = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body, "::after").borderTopColor');
    await expect.poll(frame, { timeout: 30_000 }).toBe('rgb(163, 15, 26)');
    const price = await priceOf(at);
    await pick(page, 'AAPL');
    await write(page, { side: 'BUY', quantity: '1', price: price(0.98) });
    const small = page.getByRole('button', { name: new RegExp(`^SEND LIVE: BUY 1 AAPL @ ${price(0.98)}`) });
    await expect.poll(() => small.isEnabled(), { timeout: 30_000 }).toBe(true);
    await write(page, { side: 'BUY', quantity: '100', price: price(0.98) });
    const large = page.getByRole('button', { name: /^SEND LIVE: BUY 100 AAPL/ });
    await large.waitFor();
    const typed = page.getByLabel(/Type the account id U9000001/);
    for (const wrong of ['', 'DU9000001', 'u9000001']) {
      await typed.fill(wrong);
      expect(await large.isDisabled(), wrong).toBe(true);
      await page.keyboard.press('Control+Enter');
    }
    expect(ordersAt(at)).toBe(0);
    await typed.fill('U9000001');
    await large.click();
    await page.getByRole('button', { name: 'Another order' }).waitFor();
    expect(ordersAt(at)).toBe(1);
  });

  it('read-only disables every control that would send, change or cancel, with the reason in its label', async () => {
    await using at = await deskWith(all, { simulate: two });
    const { page } = await all.open(at);
    const order = buy('MSFT', '1', { orderType: 'LMT', lmtPrice: (await priceOf(at, 'MSFT'))(0.95) });
    await at.owner('POST', '/v1/orders/draft', { ...order, account: 'DU9000001' });
    await at.owner('POST', '/v1/session/disconnect');
    const { port } = at.desk.gateway ?? { port: 0 };
    await at.owner('POST', '/v1/session/connect', { host: '127.0.0.1', port, clientId: 1, readonly: true });
    await page.getByText('READ-ONLY', { exact: true }).waitFor();
    await pick(page, 'AAPL');
    for (const name of ['Preview (read-only)', 'Close all (read-only)', 'Cancel all (read-only)'])
      expect(await page.getByRole('button', { name }).isDisabled(), name).toBe(true);
    await page.getByRole('table', { name: 'Working orders' }).getByText('MSFT').waitFor();
    for (const name of [/^Modify BUY MSFT \d+ \(read-only\)$/, /^Cancel BUY MSFT \d+ \(read-only\)$/])
      expect(await page.getByRole('button', { name }).isDisabled(), String(name)).toBe(true);
  });

  it('close all lists an order for each position with its price, and sends what it listed once', async () => {
    await using at = await deskWith(all, { simulate: two });
    const { page } = await all.open(at);
    await tab(page, 'Trading');
    await page.getByRole('button', { name: 'Close all …' }).click();
    const question = page.getByRole('dialog', { name: 'Close 1 of 1 positions' });
    await question.waitFor();
    expect(await question.getByRole('listitem').textContent()).toMatch(/^SELL 20 AAPL @ [\d.]+ LMT DAY$/);
    expect(ordersAt(at)).toBe(0);
    await question.getByRole('button', { name: 'Send 1 orders' }).dblclick();
    await soon(async () => ordersAt(at), 1);
    await page.getByRole('button', { name: /^Today's fills [1-9]/ }).waitFor();
    await seen(page, /Filled: SLD 20 AAPL|Filled: S\w+ \d+ AAPL/);
  });

  it('a fill and a refusal stay as notes until they are seen, on every screen', async () => {
    await using at = await deskWith(all, { simulate: ira });
    const screens2 = [await all.open(at), await all.open(at)];
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1'));
    await at.owner('POST', '/v1/orders/draft', {
      contract: { symbol: 'AAPL' },
      order: { action: 'SELL', orderType: 'LMT', totalQuantity: '500', lmtPrice: (await priceOf(at))(1) },
    });
    for (const { page } of screens2) {
      const notes = page.getByRole('region', { name: 'Fills and rejections' });
      await notes.getByText(/Filled: BOT 1 AAPL/).waitFor();
      await notes.getByText(/SELL 500 AAPL: rejected/).waitFor();
    }
    const [{ page }] = screens2 as [Screen, Screen];
    await page.getByRole('button', { name: /^Seen: Filled/ }).click();
    await soon(() => page.locator('.toast').count(), 1);
    await soon(() => (screens2[1] as Screen).page.locator('.toast').count(), 2);
  });

  it('what happens before the stream of a page is open is told when it is there', async () => {
    await using at = await deskWith(all, { simulate: ira });
    const held = new Map<string, () => void>();
    const { page } = await all.open(at, {}, (one) =>
      one.route('**/v1/streams/*', async (route) => {
        await new Promise<void>((resolve) => held.set(new URL(route.request().url()).pathname.slice(12), resolve));
        await route.continue();
      }),
    );
    await soon(async () => [...held.keys()].sort(), ['orders', 'session']);
    const { id } = (await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1'))).body;
    await soon(async () => (await at.desk.drafts.get(id)).state, 'done');
    const sell = buy('AAPL', '500', { action: 'SELL', orderType: 'LMT', lmtPrice: (await priceOf(at))(1) });
    expect((await at.owner('POST', '/v1/orders/draft', sell)).status).toBe(422);
    // The lists, which the other stream has asked for, have both before any event has come.
    held.get('session')?.();
    await tab(page, 'Trading');
    await page.getByRole('button', { name: "Today's fills 1" }).waitFor();
    await page.getByRole('button', { name: 'Rejected 1' }).waitFor();
    expect(await page.locator('.toast').count()).toBe(0);
    await page.getByRole('button', { name: 'Rejected 1' }).click();
    const why = page.getByRole('table', { name: 'Rejected' }).getByRole('cell').last();
    await expect.poll(() => why.textContent(), { timeout: 10_000 }).toMatch(/^rejected: [A-Z-]+: \S/);
    held.get('orders')?.();
    const notes = page.getByRole('region', { name: 'Fills and rejections' });
    await notes.getByText(/Filled: BOT 1 AAPL/).waitFor();
    await notes.getByText(/SELL 500 AAPL: rejected/).waitFor();
    expect(await page.locator('.toast').count()).toBe(2);
  });
});
