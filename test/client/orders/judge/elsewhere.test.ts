// What an order costs does not depend on how many others work on other contracts: what is walked over is counted.
import { expect, it } from 'vitest';
import { bracket, limit, market } from '../../../../src/index.js';
import { apart, stepsOf } from '../../../helpers/steps.js';
import { AAPL, MSFT, scene } from '../../../witness/scene.js';

type Stage = Awaited<ReturnType<typeof scene>>;
type Count = (act: () => void) => void;

async function bought(stage: Stage, quantity: string, count: Count): Promise<void> {
  let cancelled: Promise<unknown> | undefined;
  count(() => {
    cancelled = stage.ib.orders.place(AAPL, limit('BUY', quantity, 90)).cancel();
  });
  await stage.pass();
  await cancelled;
}

const flows: Readonly<Record<string, (stage: Stage, count: Count) => Promise<void>>> = {
  'a purchase and its cancel': (stage, count) => bought(stage, '1', count),
  'a bracket': async (stage, count) => {
    count(() => stage.ib.orders.placeGroup(AAPL, bracket(limit('BUY', '1', 90), { takeProfit: 120, stopLoss: 80 })));
    await stage.pass();
  },
  'a purchase at the market, executed': async (stage, count) => {
    count(() => void stage.ib.orders.place(AAPL, market('BUY', '1')));
    await stage.pass();
  },
};

it.each(Object.entries(flows))('%s walks over as much beside 150 orders as beside 15', async (_, flow) => {
  const walked = async (others: number): Promise<number> => {
    using stage = await scene({ cash: { USD: 1_000_000 } });
    for (let i = 0; i < others; i++) {
      stage.ib.orders.place(MSFT, limit('BUY', String(i + 1), 10)).done.catch(() => {});
      if (i % 10 === 9) await stage.pass(3_000);
    }
    await stage.pass(3_000);
    expect(stage.ib.orders.book.live.length).toBe(others);
    const venue = stage.venue as unknown as { request: (...given: unknown[]) => void };
    const request = venue.request.bind(venue);
    venue.request = (...given) => apart(() => request(...given));
    await bought(stage, '7', (act) => act());
    let steps = 0;
    await flow(stage, (act) => {
      steps += stepsOf(act);
    });
    return steps;
  };
  // What a process keeps, such as the rows of the book that such an order is asked of, is made by the first.
  await walked(1);
  expect(await walked(150)).toBe(await walked(15));
});
