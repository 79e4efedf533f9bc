// A process killed while it places orders: journal and gateway together explain every id.

import { describe, expect, it } from 'vitest';
import { type Crash, crash } from './crash.js';

function check(found: Crash): void {
  const fates = new Map(found.explained.map(({ orderId, fate }) => [orderId, fate]));
  // Nothing reaches the gateway that the journal does not know of.
  for (const orderId of found.gateway.keys()) expect(fates.has(orderId), `order ${orderId}`).toBe(true);
  for (const { orderId, fate } of found.explained) {
    const status = found.gateway.get(orderId);
    const told = `order ${orderId} ${status ?? 'unseen'} -> ${JSON.stringify(fate)}`;
    if (status === undefined) expect(['neverArrived', 'notSent'], told).toContain(fate.is);
    else {
      expect(['known', 'ended'], told).toContain(fate.is);
      if (fate.is !== 'known') continue;
      if (status === 'Filled') expect(fate.says.state, told).toBe('filled');
      else if (status === 'Submitted' || status === 'PreSubmitted') expect(fate.says.state, told).toBe('working');
    }
  }
  expect(found.explained.length).toBe(found.attempted);
}

describe('a crash while placing orders', () => {
  it.each([
    [1, 0],
    [2, 7],
    [3, 25],
  ])(
    'seed %i, killed after %i ms: every id is explained',
    async (seed, afterMs) => {
      check(await crash(seed, 1_000, afterMs));
    },
    30_000,
  );
});
