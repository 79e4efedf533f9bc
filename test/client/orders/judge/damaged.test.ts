// A message about orders that could not be read: nothing leaves on the old picture, and everything once it was listed again.
import { describe, expect, it } from 'vitest';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { AAPL, P, type Scene, scene } from '../../../witness/scene.js';

const sale = limit('SELL', 5, P);
const codesOf = ({ ib }: Scene): readonly string[] => ib.orders.check(AAPL, sale).map(({ code }) => code);

describe.each(['openOrder', 'orderStatus', 'execDetails', 'completedOrder', 'error'] as const)('an unreadable %s', (kind) => {
  it('leaves the picture stale until open orders have been listed again', async () => {
    using stage = await scene({ kind: 'ira-cash', holds: { [AAPL.conId]: 10 } });
    stage.ib.orders.place(AAPL, limit('SELL', 5, P + 1));
    await stage.pass(250);
    expect(codesOf(stage)).toEqual([]);
    stage.client.damage(kind);
    expect(codesOf(stage)).toContain('SNAPSHOT-STALE');
    const trade = stage.ib.orders.place(AAPL, sale);
    expect(trade.state.at).toBe('waiting');
    await stage.pass(3_000);
    expect(trade.isWorking).toBe(true);
  });

  it('keeps it so when it came while they were being listed', async () => {
    using stage = await scene({ kind: 'ira-cash', holds: { [AAPL.conId]: 10 } });
    stage.client.damage(kind);
    stage.client.damage(kind); // the first has made the client ask; its answer is on its way
    await stage.pass();
    expect(codesOf(stage)).toContain('SNAPSHOT-STALE');
    const trade = stage.ib.orders.place(AAPL, sale);
    await stage.pass(3_000);
    expect(trade.isWorking).toBe(true);
  });
});
