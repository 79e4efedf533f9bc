/** Matching: orders placed and filled per second, orders resting and cancelled, and what a move costs with 1,000 orders at work. */
import { bench, describe } from 'vitest';
import { createAccountBook } from '../src/gateway/accounts/account-book.js';
import { cashOf } from '../src/gateway/accounts/amount.js';
import { virtualClock } from '../src/gateway/clock.js';
import { MatchingEngine } from '../src/gateway/matching/engine.js';
import type { EngineOptions } from '../src/gateway/matching/engine-state.js';
import type { SimOrder } from '../src/gateway/matching/sim-order.js';
import { type Desk, openDesk, pricesOn } from '../test/gateway/matching/desk.js';
import { HandMarket } from '../test/gateway/matching/hand-market.js';
import { AAPL, ACCOUNT, OPEN_TIME } from '../test/gateway/matching/instruments.js';

const contract = { conId: AAPL.conId, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

/** An engine nobody listens to but a counter, so that the engine is measured and not an array of events. */
function quiet(options: EngineOptions): { engine: MatchingEngine; market: HandMarket; said: () => number } {
  const clock = virtualClock(OPEN_TIME);
  const market = new HandMarket(clock, [AAPL]);
  market.move(AAPL, { bid: 249.99, ask: 250.01, last: 250, bidSize: 1e9, askSize: 1e9 });
  const accounts = createAccountBook(
    [{ account: ACCOUNT, kind: 'individual-margin', baseCurrency: 'USD', cash: { USD: cashOf(1e7) } }],
    pricesOn(market),
  );
  const engine = new MatchingEngine({ market, clock, accounts, resolve: () => AAPL, options });
  let count = 0;
  engine.onEvent(() => {
    count += 1;
  });
  return { engine, market, said: () => count };
}

const PER_ROUND = 1_000;

/** Records of the protocol carry every property, set or not; an object that lacks most of them measures property growth instead. */
const FIELDS =
  'action totalQuantity orderType lmtPrice auxPrice tif account orderRef parentId ocaGroup ocaType displaySize hidden triggerMethod outsideRth includeOvernight goodAfterTime goodTillDate duration allOrNone minQty percentOffset discretionaryAmt trailStopPrice trailingPercent lmtPriceOffset cashQty faGroup faMethod faPercentage algoStrategy algoParams conditions orderId clientId permId filledQuantity parentPermId autoCancelDate adjustedOrderType clearingIntent shareholder submitter';
const EMPTY: Partial<SimOrder> = Object.fromEntries(FIELDS.split(' ').map((name) => [name, undefined]));

describe('1,000 orders', () => {
  for (const echo of ['real', 'plain'] as const) {
    bench(`placed and filled, echo ${echo}`, () => {
      const { engine } = quiet({ echo });
      for (let id = 1; id <= PER_ROUND; id++) {
        engine.place(1, id, contract, {
          ...EMPTY,
          action: id % 2 ? 'BUY' : 'SELL',
          orderType: 'MKT',
          totalQuantity: '1',
          tif: 'DAY',
        });
      }
      engine.close();
    });
  }

  bench('rested and cancelled', () => {
    const { engine } = quiet({ echo: 'plain' });
    for (let id = 1; id <= PER_ROUND; id++) {
      engine.place(1, id, contract, { ...EMPTY, action: 'BUY', orderType: 'LMT', lmtPrice: 200, totalQuantity: '1', tif: 'DAY' });
      engine.cancel(1, id);
    }
    engine.close();
  });
});

/** Half limits, a quarter stops, a quarter trails, all away from the market. */
function crowded(orders: number): Desk {
  const desk = openDesk({ options: { echo: 'plain', acknowledge: 'direct' } });
  for (let i = 0; i < orders; i++) {
    const away = 1 + (i % 100) * 0.01;
    const id = i + 1;
    const kind = i % 4;
    if (kind === 0)
      desk.place(id, AAPL, {
        action: 'BUY',
        orderType: 'LMT',
        lmtPrice: Math.round((249 - away) * 100) / 100,
        totalQuantity: '1',
      });
    else if (kind === 1)
      desk.place(id, AAPL, {
        action: 'SELL',
        orderType: 'LMT',
        lmtPrice: Math.round((251 + away) * 100) / 100,
        totalQuantity: '1',
      });
    else if (kind === 2)
      desk.place(id, AAPL, {
        action: 'BUY',
        orderType: 'STP',
        auxPrice: Math.round((252 + away) * 100) / 100,
        totalQuantity: '1',
      });
    else desk.place(id, AAPL, { action: 'SELL', orderType: 'TRAIL', auxPrice: 2, trailStopPrice: 240, totalQuantity: '1' });
  }
  return desk;
}

describe('1,000 moves of one instrument', () => {
  for (const orders of [0, 10, 1_000]) {
    const desk = crowded(orders);
    bench(`${orders} orders at work, none reached`, () => {
      for (let i = 0; i < 1_000; i++)
        desk.market.move(AAPL, { bid: 249.9 + (i % 5) * 0.01, ask: 249.95 + (i % 5) * 0.01, last: 249.92 });
    });
  }
});
