// The sign of a combination's price, judged on what `place` sends.
import { expect, it } from 'vitest';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { CALL, PUT, scene } from '../../../witness/scene.js';

const strangle = {
  symbol: 'AAPL',
  secType: 'BAG',
  exchange: 'SMART',
  currency: 'USD',
  comboLegs: [CALL, PUT].map(({ conId }) => ({ conId, ratio: 1, action: 'BUY', exchange: 'SMART' })),
} as const;

it('a strangle sold below zero gives money away and does not leave; the price that was meant leaves', async () => {
  using stage = await scene({ kind: 'ira-cash', cash: { USD: 100_000 }, holds: { [CALL.conId]: 2, [PUT.conId]: 2 } });
  expect(await stage.leaves(() => stage.ib.orders.place(strangle, limit('SELL', 1, -4)))).toBe(0);
  expect(stage.codes).toEqual(['COMBO-SIGN']);
  expect(await stage.leaves(() => stage.ib.orders.place(strangle, limit('SELL', 1, 4)))).toBe(1);
});
