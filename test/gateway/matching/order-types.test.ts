/** Market, limit, stop, touch and trailing orders by one example each: when they wake, what they fill at. */
import { describe, expect, it } from 'vitest';
import { brief, buy, type Desk, limit, openDesk, sell } from './desk.js';
import { AAPL, MSFT } from './instruments.js';

const fills = (desk: Desk): string[] => brief(desk.take()).filter((line) => line.startsWith('execDetails'));
const statusOf = (desk: Desk, orderId: number): string | undefined =>
  desk.engine.orders().find((order) => order.orderId === orderId)?.status;
const plain = { options: { echo: 'plain', acknowledge: 'direct' } } as const;

describe('market orders', () => {
  it('walk the book row by row, each fill at the row it took', () => {
    const desk = openDesk(plain);
    expect(brief(desk.place(1, AAPL, buy(700))).filter((line) => line.startsWith('exec'))).toEqual([
      'execDetails 1 BOT 500 @ 250.01',
      'execDetails 1 BOT 200 @ 250.02',
    ]);
  });

  it('keep working when the book is empty and go on with the next quote', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10_000));
    expect(statusOf(desk, 1)).toBe('Submitted');
    desk.market.move(AAPL, { bid: 249.99, ask: 250.05, bidSize: 9000, askSize: 9000 });
    expect(fills(desk).at(-1)).toBe('execDetails 1 BOT 2500 @ 250.05');
    expect(desk.position(AAPL)).toBe('10000');
  });

  it('charge the minimum with the first execution and only fees after it', () => {
    const desk = openDesk(plain);
    const reports = desk
      .place(1, AAPL, buy(540))
      .flatMap((event) => (event.kind === 'commissionAndFeesReport' ? [event.commissionAndFees] : []));
    expect(reports).toEqual([2.5015, 0.20012]);
    const small = desk.place(2, MSFT, buy(1)).find((event) => event.kind === 'commissionAndFeesReport');
    expect(small).toMatchObject({ commissionAndFees: 1.000003, realizedPNL: undefined });
  });

  it('realise the difference with the commissions of both ends', () => {
    const desk = openDesk(plain);
    desk.market.move(AAPL, { bid: 309.15, ask: 309.16, last: 309.16 });
    desk.place(1, AAPL, buy(1));
    expect(desk.place(2, AAPL, sell(1)).at(-1)).toMatchObject({
      kind: 'commissionAndFeesReport',
      commissionAndFees: 1.006566,
      realizedPNL: -2.016569,
    });
  });
});

describe('limit orders', () => {
  it('fill at the better price of the market, never beyond their own', () => {
    const desk = openDesk(plain);
    expect(brief(desk.place(1, AAPL, buy(700, limit(250.01)))).filter((line) => line.startsWith('exec'))).toEqual([
      'execDetails 1 BOT 500 @ 250.01',
    ]);
    desk.market.move(AAPL, { bid: 249.9, ask: 249.95, askSize: 50 });
    expect(fills(desk)).toEqual([
      'execDetails 1 BOT 50 @ 249.95',
      'execDetails 1 BOT 100 @ 249.96',
      'execDetails 1 BOT 50 @ 249.97',
    ]);
  });

  it('at rest get prints at or through their price, at their price, up to the size of the print', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(249.99)));
    desk.place(2, AAPL, buy(100, limit(249.98)));
    desk.market.move(AAPL, { last: 249.99, lastSize: 30 });
    expect(fills(desk)).toEqual(['execDetails 1 BOT 30 @ 249.99']);
    desk.market.move(AAPL, { last: 249.98, lastSize: 90 });
    expect(fills(desk)).toEqual(['execDetails 1 BOT 70 @ 249.99', 'execDetails 2 BOT 20 @ 249.98']);
  });

  it('of two clients meet each other: the resting one adds liquidity and sets the price', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(250)), 1);
    const said = desk.place(1, AAPL, sell(40, limit(249.995 - 0.005)), 2);
    const executions = said.flatMap((event) => (event.kind === 'execDetails' ? [event.execution] : []));
    expect(executions).toMatchObject([
      { clientId: 1, side: 'BOT', price: 250, shares: '40', lastLiquidity: 1 },
      { clientId: 2, side: 'SLD', price: 250, shares: '40', lastLiquidity: 2 },
    ]);
  });

  it('show limit + 1 as trail stop, 0 as aux price, and oca type 3 when none was given', () => {
    const desk = openDesk(plain);
    const [said] = desk.place(1, AAPL, buy(10, limit(10, { ocaType: 0, tif: 'GTC' })));
    expect(said).toMatchObject({
      order: {
        trailStopPrice: 11,
        auxPrice: 0,
        ocaType: 3,
        clearingIntent: 'IB',
        autoCancelDate: '20261231 16:00:00 US/Eastern',
        permId: expect.stringMatching(/^\d+$/),
      },
    });
  });

  it('fill an iceberg from prints in portions of its display size', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(249.99, { displaySize: 10 })));
    desk.market.move(AAPL, { last: 249.99, lastSize: 300 });
    expect(fills(desk)).toEqual(['execDetails 1 BOT 10 @ 249.99']);
  });

  it('with a discretionary amount take a better offer than they show', () => {
    const desk = openDesk(plain);
    expect(
      brief(desk.place(1, AAPL, buy(5, limit(249.95, { discretionaryAmt: 0.06 })))).filter((line) => line.startsWith('exec')),
    ).toEqual(['execDetails 1 BOT 5 @ 250.01']);
  });

  it('all-or-none waits until everything is there; a minimum quantity only for the first fill', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(600, limit(250.01, { allOrNone: true })));
    desk.place(2, AAPL, buy(700, limit(250.01, { minQty: 550 })));
    expect(desk.position(AAPL)).toBe('0');
    desk.market.move(AAPL, { ask: 250.01, askSize: 560 });
    expect(fills(desk)).toEqual(['execDetails 2 BOT 560 @ 250.01']);
    desk.market.move(AAPL, { ask: 250.01, askSize: 610 });
    expect(fills(desk)).toEqual(['execDetails 1 BOT 600 @ 250.01', 'execDetails 2 BOT 10 @ 250.01']);
  });
});

describe('stops and touches', () => {
  it('a stop fires on the last price and becomes a market order', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, sell(10, { orderType: 'STP', auxPrice: 249.5 }));
    desk.market.move(AAPL, { bid: 249.4, ask: 249.6, last: 249.6 });
    expect(fills(desk)).toEqual([]);
    desk.market.move(AAPL, { bid: 249.3, ask: 249.5, last: 249.5 });
    expect(fills(desk)).toEqual(['execDetails 1 SLD 10 @ 249.3']);
  });

  it('a stop with method bid/ask fires on the offer falling to it', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, sell(10, { orderType: 'STP', auxPrice: 249.5, triggerMethod: 4 }));
    desk.market.move(AAPL, { bid: 249.4, ask: 249.5, last: 250 });
    expect(fills(desk)).toHaveLength(1);
  });

  it('method double last wants two prices in a row', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, { orderType: 'STP', auxPrice: 250.5, triggerMethod: 3 }));
    desk.market.move(AAPL, { bid: 250.4, ask: 250.6, last: 250.5 });
    expect(fills(desk)).toEqual([]);
    desk.market.move(AAPL, { bid: 250.5, ask: 250.7, last: 250.6 });
    expect(fills(desk)).toHaveLength(1);
  });

  it('a stop limit waits at its limit after it fired', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, { orderType: 'STP LMT', auxPrice: 250.5, lmtPrice: 250.55 }));
    desk.market.move(AAPL, { bid: 250.7, ask: 250.9, last: 250.8 });
    expect(statusOf(desk, 1)).toBe('Submitted');
    desk.market.move(AAPL, { bid: 250.5, ask: 250.52, last: 250.5 });
    expect(fills(desk)).toEqual(['execDetails 1 BOT 10 @ 250.52']);
  });

  it('market and limit if touched fire when the market comes to them', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, { orderType: 'MIT', auxPrice: 249.5 }));
    desk.place(2, AAPL, sell(10, { orderType: 'LIT', auxPrice: 251, lmtPrice: 250.9 }));
    desk.market.move(AAPL, { bid: 249.4, ask: 249.5, last: 249.5 });
    desk.market.move(AAPL, { bid: 250.95, ask: 251.05, last: 251 });
    expect(fills(desk)).toEqual(['execDetails 1 BOT 10 @ 249.5', 'execDetails 2 SLD 10 @ 250.95']);
  });

  it('a trail follows the best price, never back, and fires at its distance', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, sell(10, { orderType: 'TRAIL', auxPrice: 1 }));
    for (const last of [251, 252, 251.5]) desk.market.move(AAPL, { bid: last - 0.01, ask: last + 0.01, last });
    const [shown] = desk.engine.openOrders(1, 1);
    expect(shown).toMatchObject({ order: { trailStopPrice: 251 } });
    expect(fills(desk)).toEqual([]);
    desk.market.move(AAPL, { bid: 250.98, ask: 251.02, last: 251 });
    expect(fills(desk)).toEqual(['execDetails 1 SLD 10 @ 250.98']);
  });

  it('a trail that was given a closer stop keeps it until the market carries the trail past it', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, sell(10, { orderType: 'TRAIL', auxPrice: 1, trailStopPrice: 249.8 }));
    const stop = (): unknown =>
      desk.engine.openOrders(1, 1).flatMap((event) => (event.kind === 'openOrder' ? [event.order.trailStopPrice] : []))[0];
    desk.market.move(AAPL, { bid: 250.49, ask: 250.51, last: 250.5 });
    expect(stop()).toBe(249.8);
    desk.market.move(AAPL, { bid: 250.99, ask: 251.01, last: 251 });
    expect(stop()).toBe(250);
  });

  it('a trailing limit gets its limit from the server: stop less offset for a sale', () => {
    const desk = openDesk({ at: Date.UTC(2026, 3, 15, 21) });
    const said = desk.place(
      1,
      AAPL,
      sell(1, { orderType: 'TRAIL LIMIT', auxPrice: 1, trailStopPrice: 200, lmtPriceOffset: 0.05 }),
    );
    expect(said.find((event) => event.kind === 'openOrder')).toMatchObject({ order: { trailStopPrice: 200, lmtPrice: 199.95 } });
    desk.clock.advanceTo(Date.UTC(2026, 3, 16, 14));
    desk.market.move(AAPL, { last: 250 });
    expect(desk.engine.openOrders(1, 1)[0]).toMatchObject({ order: { lmtPrice: 199.95, trailStopPrice: 200 } });
    desk.market.move(AAPL, { bid: 250.99, ask: 251.01, last: 251 });
    expect(desk.engine.openOrders(1, 1)[0]).toMatchObject({ order: { lmtPrice: 249.95, trailStopPrice: 250 } });
  });

  it('an adjustable stop turns into a trail when its trigger price is reached', () => {
    const desk = openDesk(plain);
    desk.place(
      1,
      AAPL,
      sell(10, {
        orderType: 'STP',
        auxPrice: 245,
        triggerPrice: 252,
        adjustedOrderType: 'TRAIL',
        adjustedStopPrice: 250,
        adjustedTrailingAmount: 1,
        adjustableTrailingUnit: 0,
      }),
    );
    desk.market.move(AAPL, { bid: 251.99, ask: 252.01, last: 252 });
    expect(desk.engine.openOrders(1, 1)[0]).toMatchObject({ order: { orderType: 'TRAIL', trailStopPrice: 250, auxPrice: 1 } });
    desk.market.move(AAPL, { bid: 253.99, ask: 254.01, last: 254 });
    desk.market.move(AAPL, { bid: 252.97, ask: 252.99, last: 252.98 });
    expect(fills(desk)).toEqual(['execDetails 1 SLD 10 @ 252.97']);
  });
});
