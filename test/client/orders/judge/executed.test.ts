// A purchase at the market that was executed costs what was paid, before the account's numbers show it.

import { expect, it } from 'vitest';
import { limit, market } from '../../../../src/index.js';
import type { Order } from '../../../witness/peer.js';
import { AAPL, MSFT, type Scene, scene } from '../../../witness/scene.js';

const KINDS = ['ira-cash', 'ira-margin', 'cash'] as const;
/** 5 AAPL bought at the market and paid 110 each; the numbers of the account have not come. */
async function bought(stage: Scene): Promise<void> {
  await stage.leaves(() => stage.ib.orders.place(AAPL as never, market('BUY', '5')));
  const [order] = [...stage.venue.orders.values()] as [Order];
  stage.venue.acknowledge(order);
  stage.venue.fill(order, 2, 10_000);
  stage.venue.fill(order, 3, 11_000);
  await stage.pass(500);
}

it.each(KINDS)('%s: another purchase leaves, at the market too', async (kind) => {
  for (const next of [market('BUY', '5'), limit('BUY', '5', 50)]) {
    using stage = await scene({ kind });
    await bought(stage);
    expect([await stage.leaves(() => stage.ib.orders.place(MSFT as never, next)), stage.codes]).toEqual([1, []]);
  }
});

it.each(KINDS)('%s: the dearest price that was paid counts for all of it', async (kind) => {
  // 5 at 110 and a commission leave 448 of 1,000.
  for (const [price, left] of [
    [44.4, 1],
    [44.9, 0],
  ] as const) {
    using stage = await scene({ kind, cash: { USD: 1_000 } });
    await bought(stage);
    expect(await stage.leaves(() => stage.ib.orders.place(MSFT as never, limit('BUY', '10', price)))).toBe(left);
  }
});
