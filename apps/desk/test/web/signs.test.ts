// Signs that turn what is read around, hide in it or are obeyed, in every text of the gateway: the page shows them, and sends back what it was told.

import { simulate } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { poisonedGateway } from '../../../../test/helpers/poisoned-gateway.js';
import { buy } from '../stage.js';
import { pick, priceOf, seen, sendButton, tab, write } from './acts.js';
import { deskWith, hasBrowser, type Screen } from './browser.js';
import { oneBrowser } from './one-browser.js';

const TAIL = '\u202e\u2066\u200b\u061c\u009b';
const SHOWN = String.raw`\u202e\u2066\u200b\u061c\u009b`;
/** Words of closed lists and accounts: with a tail nothing would work at all. */
const spared = new Set([
  ...['tag', 'key', 'action', 'side', 'right', 'status', 'secType', 'orderType', 'tif', 'currency', 'timeZoneId', 'hours'],
  'value',
  ...['accountsList', 'account', 'acctNumber', 'accountName', 'accountType', 'tradingHours', 'liquidHours', 'zone', 'timeZone'],
]);

/** Texts and attributes of the page in which such a sign stands. */
const hidden = ({ page }: Screen): Promise<readonly string[]> =>
  page.evaluate(String.raw`(() => {
    const signs = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
    const texts = [document.title];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode())
      texts.push(...(node.nodeType === 3 ? [node.data] : [...node.attributes].map(({ name, value }) => name + '=' + value)));
    return texts.filter((text) => signs.test(text.replace(/\s+/g, ' '))).map((text) => JSON.stringify(text));
  })()`);

describe.runIf(hasBrowser)('signs that nobody sees', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it('are shown in every tab, in names, symbols and rejections, and a symbol goes back as it came', async () => {
    await using gateway = await simulate({ seed: 1, accounts: [{ kind: 'individual-margin', holdings: { AAPL: 200 } }] });
    await using poisoned = await poisonedGateway(gateway.port, 225, { tail: TAIL, spared });
    await using at = await deskWith(all, {
      simulate: false,
      connect: { host: '127.0.0.1', port: poisoned.port, clientId: 1 },
      server: { validateAnswers: false },
    });
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: true, paper: true } });
    const price = await priceOf(at);
    const lmtPrice = price(0.95);
    const told = await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1', { orderType: 'LMT', lmtPrice }));
    expect(told.body.state, JSON.stringify(told.body)).toBe('working');
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '9999'));
    const screen = await all.open(at);
    const { page, errors } = screen;
    page.setDefaultTimeout(20_000);
    const symbol = `AAPL${SHOWN}`;
    const look = async (where: string): Promise<void> => {
      await page.getByText(SHOWN).first().waitFor();
      expect(await hidden(screen), where).toEqual([]);
    };
    await page.getByRole('table', { name: 'Positions' }).getByText(symbol).first().waitFor();
    await look('Account');
    await pick(page, 'AAPL');
    await seen(page, symbol);
    await look('Trading');
    await page.getByRole('button', { name: 'Working 1' }).waitFor();
    await page.getByRole('button', { name: `Cancel BUY ${symbol}` }).click();
    await page.getByRole('button', { name: 'Working 0' }).waitFor();
    await write(page, { side: 'BUY', quantity: '1', price: price(1.01) });
    await sendButton(page).click();
    await page.locator('.toast', { hasText: `Filled: BOT 1 ${symbol}` }).waitFor();
    await look('Trading, after a fill');
    await tab(page, 'Gateway');
    await page.getByRole('list', { name: 'Log, newest first' }).getByText(SHOWN).first().waitFor();
    await look('Gateway');
    await page.getByRole('tab', { name: 'Market Data' }).click();
    await page.getByRole('table').first().waitFor();
    expect(await hidden(screen)).toEqual([]);
    expect(errors).toEqual([]);
  });
});
