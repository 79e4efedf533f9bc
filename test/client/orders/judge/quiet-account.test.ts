// An account in which nothing moves: no change of its numbers is told, and they are asked for anew.
import { expect, it } from 'vitest';
import { limit } from '../../../../src/index.js';
import { AAPL, type Scene, scene } from '../../../witness/scene.js';

const bought = (stage: Scene, price: number) =>
  stage.leaves(() => stage.ib.orders.place(AAPL as never, limit('BUY', '1', price)));
const MINUTE = 60_000;

it('an order after four minutes of silence waits for the numbers that are asked for again, and leaves', async () => {
  using stage = await scene();
  await stage.pass(5 * MINUTE);
  expect([await bought(stage, 90), stage.codes]).toEqual([1, []]);
  await stage.pass(5 * MINUTE);
  expect([await bought(stage, 91), stage.codes]).toEqual([1, []]);
});
