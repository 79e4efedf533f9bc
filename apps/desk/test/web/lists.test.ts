// Long lists in a real browser: fills by their day, a thousand rows by the keyboard.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buy, type Stage, TEN } from '../stage.js';
import { ordersAt, seen, soon, tab } from './acts.js';
import { deskWith, hasBrowser } from './browser.js';
import { manyNames, withLists } from './many.js';
import { oneBrowser } from './one-browser.js';

const simulate = { ...TEN, accounts: [{ account: 'DU9000001', kind: 'individual-margin' as const }] };

/** A fill that the desk has kept, at a moment. */
async function filled(at: Stage, exec_id: string, time: string): Promise<void> {
  const terms = { side: 'BOT', shares: '1', price: '10', exchange: 'ISLAND', symbol: exec_id, account: 'DU9000001', time };
  await at.desk.store.db
    .insertInto('fills')
    .values({ exec_id, ...terms })
    .execute();
}

describe.runIf(hasBrowser)('long lists', { timeout: 240_000 }, () => {
  const all = oneBrowser();

  it("today's fills are those of New York's day wherever the viewer is; earlier ones are counted, and found behind one button; the files have all", async () => {
    await using at = await deskWith(all, { simulate });
    // Midnight in New York is 04:00 UTC, 13:00 in Tokyo.
    await filled(at, 'FIRST', '2026-09-02T04:00:00.000Z');
    await filled(at, 'LAST', '2026-09-02T03:59:59.000Z');
    await filled(at, 'OLD', '2026-07-01T15:00:00.000Z');
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '1'));
    await soon(async () => ordersAt(at), 1);
    const { page, errors } = await all.open(at, { timezoneId: 'Asia/Tokyo' });
    await tab(page, 'Trading');
    await page.getByRole('button', { name: "Today's fills 2", exact: true }).click();
    const table = page.getByRole('table', { name: 'Fills' });
    const symbols = async (): Promise<readonly string[]> =>
      (await table.locator('td[data-label="Fill"]').allTextContents()).map((text) => text.split(' ')[2] ?? '');
    await soon(symbols, ['AAPL', 'FIRST']);
    await seen(page, "the day is New York's; 2 of earlier days, back to 26-07-01");
    await page.getByRole('button', { name: 'Earlier days 2' }).click();
    await soon(symbols, ['LAST', 'OLD']);
    for (const name of ['CSV', 'Parquet'] as const) {
      const coming = page.waitForEvent('download');
      await page.getByRole('region', { name: 'Orders' }).getByRole('button', { name, exact: true }).click();
      const file = readFileSync(await (await coming).path(), 'latin1');
      // The file has every day's, and what it is of stands in it.
      for (const symbol of ['AAPL', 'FIRST', 'LAST', 'OLD']) expect(file, name).toContain(symbol);
      expect(file.startsWith(name === 'CSV' ? 'execId,' : 'PAR1'), file.slice(0, 80)).toBe(true);
    }
    expect(errors).toEqual([]);
  });

  it.each([1440, 360])(
    'at %i pixels a list of a thousand is walked by the keyboard, beyond the rows that are drawn, and Tab leaves it',
    async (width) => {
      await using at = await deskWith(all);
      const screen = await all.open(at, { viewport: { width, height: 740 } });
      const { page, errors } = screen;
      await withLists(screen, { long: { names: manyNames(at, 1_000), pinned: [] } });
      const table = page.getByRole('table', { name: 'Quotes' });
      const section = page.getByLabel('Quotes, table');
      await table.locator('tr.opens').first().waitFor();
      expect(await table.getAttribute('aria-rowcount')).toBe('1001');
      await table.locator('tr[tabindex="0"]').focus();
      /** Row of the focus, and whether all of it is seen, below the headings. */
      const here = (): Promise<readonly [number, boolean]> =>
        page.evaluate<readonly [number, boolean]>(`(() => {
        const row = document.activeElement;
        const box = row.closest('section');
        const [inner, outer] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
        const top = outer.top + (box.querySelector('thead')?.offsetHeight ?? 0);
        return [Number(row.getAttribute('aria-rowindex')), inner.top >= top - 1 && inner.bottom <= outer.bottom + 1];
      })()`);
      const press = async (key: string): Promise<number> => {
        await page.keyboard.press(key);
        const [row, isSeen] = await here();
        expect(isSeen, `${key} to ${row}`).toBe(true);
        return row;
      };
      expect([await press('ArrowUp'), await press('End'), await press('ArrowDown'), await press('ArrowUp')]).toEqual([
        2, 1_001, 1_001, 1_000,
      ]);
      const up = await press('PageUp');
      expect(1_000 - up).toBeGreaterThanOrEqual(width === 360 ? 1 : 10);
      expect(await press('PageDown')).toBe(1_000);
      expect(await press('Home')).toBe(2);
      for (let row = 3; row < 60; row++) expect(await press('ArrowDown')).toBe(row);
      const drawn = await table
        .locator('tr.opens')
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
      expect(drawn).toEqual([...drawn.keys()].map((place) => (drawn[0] ?? 0) + place));
      // The two buttons of the row, then what stands below the list.
      for (const key of ['Tab', 'Tab']) await page.keyboard.press(key);
      expect(await page.evaluate<string>("document.activeElement.closest('tr').getAttribute('aria-rowindex')")).toBe('59');
      await page.keyboard.press('Tab');
      expect(await section.evaluate((box) => box.contains(box.ownerDocument.activeElement))).toBe(false);
      expect(errors).toEqual([]);
    },
  );
});
