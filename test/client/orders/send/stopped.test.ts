// What is stopped in the very turn in which it leaves, by whatever is asked meanwhile: a guard, a source of prices, the journal.

import { describe, expect, it } from 'vitest';
import { bracket, killSwitch, limit, type Trade } from '../../../../src/index.js';
import { AAPL, CALL, type Scene, type SceneOptions, scene } from '../../../witness/scene.js';
import { situations } from '../../../witness/situation.js';
import { ACCOUNT } from '../../../witness/world.js';

type Act = (stage: Scene) => unknown;
const buy = limit('BUY', '5', 95);
const ACTS: readonly [string, Act][] = [
  ['an order', ({ ib }) => ib.orders.place(AAPL, buy)],
  ['a group', ({ ib }) => ib.orders.placeGroup(AAPL, bracket(buy, { takeProfit: 105, stopLoss: 90 }))],
  ['a change', ({ ib }) => ib.orders.book.live[0]?.modify({ lmtPrice: 91 })],
  ['an exercise', ({ ib }) => ib.orders.exercise(CALL, { action: 'exercise', quantity: 1 })],
  [
    'a raw order',
    ({ ib }) => ib.raw.send('placeOrder', { orderId: 500, contract: AAPL, order: { account: ACCOUNT, ...buy } } as never),
  ],
];
/** A stage whose program does something at one place of the way out, once. */
async function staged(
  place: string,
  now: (stage: Scene) => void,
  more: SceneOptions['orders'] = {},
): Promise<[Scene, () => void]> {
  let isArmed = false;
  const fire = (at: string): void => {
    if (!isArmed || at !== place) return;
    isArmed = false;
    now(stage);
  };
  const journal = { lastSeq: 0, close() {}, write: (line: string) => fire(`journal: ${JSON.parse(line).event}`) };
  const guard = () => {
    fire('guard');
    return [];
  };
  const stage: Scene = await scene({
    ...{ holds: { 101: 10, 201: 1 }, cash: { USD: 50_000 } },
    orders: { journal, guards: [guard], ...more },
  });
  const arm = (): void => {
    isArmed = true;
  };
  return [stage, arm];
}
const working = ({ venue }: Scene): number => [...venue.orders.values()].filter(({ hasEnded }) => !hasEnded).length;

describe.each(['guard', 'journal: attempt', 'journal: sent'])('the kill switch, engaged in %s', (place) => {
  situations(
    ACTS,
    async (name, act) => {
      const stop = killSwitch();
      const engage = ({ venue }: Scene): void => {
        if (place !== 'journal: sent') venue.stopped.add(1);
        stop.engage('now');
      };
      const [stage, arm] = await staged(place, engage, { killSwitch: stop });
      if (name === 'a change') await stage.leaves(() => stage.ib.orders.place(AAPL, limit('BUY', '1', 90)));
      for (const order of stage.venue.orders.values()) stage.venue.acknowledge(order);
      await stage.pass(250);
      arm();
      await stage.leaves(() => act(stage));
      expect(stop.reason()).toBe('now');
      // An instruction that has left cannot be taken back.
      const given = name === 'an exercise' && place === 'journal: sent' ? 1 : 0;
      expect([working(stage), stage.venue.violations, stage.venue.instructions]).toEqual([0, [], given]);
      stage[Symbol.dispose]();
    },
    'lets nothing work of %s',
  );
});

it('an order that waits and is cancelled by a guard does not leave', async () => {
  let waiting: Trade | undefined;
  const [stage, arm] = await staged('guard', () => void waiting?.cancel());
  stage.ib.on('ready', () => {
    waiting = stage.ib.orders.place(AAPL, buy);
    arm();
  });
  stage.client.cut();
  await stage.pass(3_000);
  expect([waiting?.state.at, working(stage)]).toEqual(['cancelled', 0]);
  stage[Symbol.dispose]();
});
