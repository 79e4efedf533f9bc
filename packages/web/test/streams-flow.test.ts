import fc from 'fast-check';
import type { Gap, OrderDraft } from 'ibwire';
import { describe, expect, it } from 'vitest';
import type { OrderNews } from '../src/streams/orders.js';
import { AAPL, type WebWorld, webWorld } from './web-world.js';

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('order'), isMarket: fc.boolean(), size: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cancel'), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cut') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('reset') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('compete'), seconds: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('silent'), seconds: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('down'), seconds: fc.integer({ min: 1, max: 40 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('switch'),
      name: fc.constantFrom('binaryFrames', 'silentOrderStream', 'streamAsksForSession', 'emptyFirstRead'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('time'), seconds: fc.integer({ min: 1, max: 120 }) }) },
);

/** Somebody trades at the socket's door. */
function order({ gateway, account }: WebWorld, orderId: number, isMarket: boolean, size: number): void {
  const contract = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
  const terms = { action: 'BUY', totalQuantity: String(size), tif: 'DAY', account, transmit: true, orderRef: `o${orderId}` };
  const draft = { ...terms, ...(isMarket ? { orderType: 'MKT' } : { orderType: 'LMT', lmtPrice: 100 }) } as unknown as OrderDraft;
  gateway.engine.place(7, orderId, contract, draft as never);
}

async function does(
  world: WebWorld,
  one: typeof step extends fc.Arbitrary<infer S> ? S : never,
  next: () => number,
): Promise<void> {
  const { door, gateway, web, advance } = world;
  switch (one.does) {
    case 'order':
      order(world, next(), one.isMarket, one.size);
      break;
    case 'cancel': {
      const working = gateway.orders.filter(({ status }) => status === 'Submitted');
      const chosen = working[one.which % Math.max(1, working.length)];
      if (chosen !== undefined) gateway.engine.cancel(chosen.clientId, chosen.orderId);
      break;
    }
    case 'cut':
      door.streams.cut();
      break;
    case 'reset':
      door.reset();
      break;
    case 'compete':
      door.compete(true);
      await advance(one.seconds * 1000);
      door.compete(false);
      await advance(1_000);
      web.reopen(); // a person's word: twice within an hour is final
      break;
    case 'silent':
      door.faults.streamSilent = true;
      await advance(one.seconds * 1000);
      door.faults.streamSilent = false;
      break;
    case 'down':
      door.faults.down = true;
      await advance(one.seconds * 1000);
      door.faults.down = false;
      break;
    case 'switch':
      door.faults[one.name] = !door.faults[one.name];
      break;
    case 'time':
      await advance(one.seconds * 1000);
  }
}

describe('streams, with every fault in any order', () => {
  it('come back and tell the world as it is: each execution once, each order as it stands, each hole with its end', async () => {
    let [fillsSeen, gapsSeen] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (flow) => {
        await using world = await webWorld();
        const { web, door, gateway, until, advance } = world;
        const quotes = web.market.quotes(AAPL);
        const live = web.orders.live();
        const news: OrderNews[] = [];
        live.on((one) => void news.push(one));
        const gaps: Gap[] = [];
        for (const stream of [quotes, live] as const) stream.onGap((gap: Gap) => gaps.push(gap));
        let count = 0;
        for (const one of flow)
          await does(world, one, () => {
            count += 1;
            return count;
          });
        door.faults.silentOrderStream = false;
        await until(() => web.state.at === 'ready', 900_000);
        await advance(130_000); // a list is read at least once a minute
        expect([web.state.at, quotes.state.at]).toEqual(['ready', 'live']);
        // Quotes: what the door would say now.
        const { bid, ask } = quotes.view;
        const now = gateway.world.market.quote(265598);
        expect(Math.abs((bid?.value ?? 0) - now.bid) + Math.abs((ask?.value ?? 0) - now.ask)).toBeLessThan(2);
        expect(gateway.clock.now() - (bid?.time ?? 0)).toBeLessThan(60_000);
        // Orders and executions: those of the world, each once.
        const known = (status: string): string => status.replace(/^Api(?=Cancelled)/, '');
        expect([...live.view.orders.values()].map(({ orderRef, status }) => `${orderRef} ${status}`).sort()).toEqual(
          gateway.orders.map(({ order: { orderRef }, status }) => `${orderRef} ${known(status)}`).sort(),
        );
        const told = news.flatMap((one) => (one.is === 'fill' ? [one.fill.execId] : []));
        const executed = gateway.engine
          .executions(0, -1, {}, 'UTC')
          .flatMap((event) => (event.kind === 'execDetails' ? [event.execution.execId] : []));
        expect([...told].sort()).toEqual(executed.sort());
        expect([...live.view.fills.values()].every(({ commission }) => commission !== undefined)).toBe(true);
        // Holes have an end, and no two of one stream lie the wrong way round.
        for (const { from, to } of gaps) expect(to).toBeGreaterThanOrEqual(from);
        fillsSeen += told.length;
        gapsSeen += gaps.length;
      }),
      { numRuns: 40, seed: 23 },
    );
    expect([fillsSeen > 20, gapsSeen > 20]).toEqual([true, true]);
  }, 120_000);
});
