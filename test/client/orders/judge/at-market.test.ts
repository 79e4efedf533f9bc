// Orders at the market that work count at the market as it is seen now, so that another purchase can leave beside them.

import { expect, it } from 'vitest';
import { limit, market, trail } from '../../../../src/index.js';
import { AAPL, MSFT, type Scene, type SceneOptions, scene } from '../../../witness/scene.js';
import { ACCOUNT } from '../../../witness/world.js';

const KINDS = ['ira-cash', 'ira-margin', 'cash'] as const;
const buy = (stage: Scene, contract: unknown, order: unknown) =>
  stage.leaves(() => stage.ib.orders.place(contract as never, order as never));
/** Prices by conId, as they are seen at `at`. */
const priced = (kind: string, prices: Record<number, number>, at: () => number): NonNullable<SceneOptions['orders']> => ({
  accounts: { kinds: { [ACCOUNT]: kind } },
  lastPrice: ({ conId = 0 }) => (prices[conId] === undefined ? undefined : { price: prices[conId], at: at() }),
});

it.each(KINDS)('%s: five purchases at the market, one after the other, all leave', async (kind) => {
  using stage = await scene({ kind });
  for (let i = 0; i < 5; i++) expect([await buy(stage, i % 2 === 0 ? AAPL : MSFT, market('BUY', String(5 + i)))]).toEqual([1]);
  expect(stage.codes).toEqual([]);
});

it.each(KINDS)(
  '%s: what works at the market is counted: the next is refused for its cash, not for an unknown price',
  async (kind) => {
    using stage = await scene({ kind, cash: { USD: 1_000 } });
    expect(await buy(stage, AAPL, market('BUY', '5'))).toBe(1);
    expect(await buy(stage, MSFT, limit('BUY', '10', 50))).toBe(0);
    expect(stage.codes).not.toContain('PRICE-UNKNOWN');
    expect(stage.codes.join()).toMatch(kind === 'cash' ? /CASH/ : /IRA-DEBIT/);
  },
);

it.each(KINDS)('%s: a market that rises while an order works counts as it is now', async (kind) => {
  const prices: Record<number, number> = { 101: 100, 102: 50 };
  using stage = await scene({ kind, cash: { USD: 1_500 }, orders: priced(kind, prices, () => stage.timer.now()) });
  expect(await buy(stage, AAPL, market('BUY', '5'))).toBe(1);
  prices[101] = 250;
  expect(await buy(stage, MSFT, limit('BUY', '6', 50))).toBe(0);
  prices[101] = 100;
  expect(await buy(stage, MSFT, limit('BUY', '7', 50))).toBe(1);
});

it.each(KINDS)('%s: a price that nobody has seen for a minute bounds nothing', async (kind) => {
  const prices = { 101: 100, 102: 50 };
  const seen = { at: 0 };
  using stage = await scene({ kind, orders: priced(kind, prices, () => seen.at) });
  seen.at = stage.timer.now();
  expect(await buy(stage, AAPL, market('BUY', '5'))).toBe(1);
  await stage.pass(61_000);
  expect(await buy(stage, MSFT, limit('BUY', '5', 50))).toBe(0);
  expect(stage.codes).toEqual(['PRICE-UNKNOWN']);
  seen.at = stage.timer.now();
  expect(await buy(stage, MSFT, limit('BUY', '6', 50))).toBe(1);
});

it.each(KINDS)('%s: a source of prices that throws is a price that is not known', async (kind) => {
  const broken = { is: false };
  using stage = await scene({
    kind,
    orders: {
      accounts: { kinds: { [ACCOUNT]: kind } },
      lastPrice: ({ conId }) => {
        if (broken.is && conId === 101) throw new Error('no prices today');
        return { price: 100, at: stage.timer.now() };
      },
    },
  });
  expect(await buy(stage, AAPL, market('BUY', '5'))).toBe(1);
  broken.is = true;
  expect(await buy(stage, MSFT, limit('BUY', '5', 50))).toBe(0);
  expect(stage.codes).toEqual(['PRICE-UNKNOWN']);
});

it('an order that trails at work does not hide its cost, nor refuse what it leaves room for', async () => {
  using stage = await scene({ kind: 'ira-cash', cash: { USD: 2_000 } });
  expect(await buy(stage, AAPL, trail('BUY', '5', { amount: 2 }))).toBe(1);
  expect(await buy(stage, MSFT, limit('BUY', '5', 50))).toBe(1);
});
