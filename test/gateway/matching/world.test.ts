/** The engine on the simulated world itself: its moves wake orders, its sessions hold them, its rates value the accounts. */
import { describe, expect, it } from 'vitest';
import { createAccountBook, snapshot } from '../../../src/gateway/accounts/account-book.js';
import { cashOf, quantityOf } from '../../../src/gateway/accounts/amount.js';
import { marketPrices } from '../../../src/gateway/accounts/market-prices.js';
import { virtualClock } from '../../../src/gateway/clock.js';
import { MatchingEngine } from '../../../src/gateway/matching/engine.js';
import type { OrderEvent } from '../../../src/gateway/matching/order-events.js';
import type { OrderFields, SimContract } from '../../../src/gateway/matching/sim-order.js';
import { resolve } from '../../../src/gateway/world/find.js';
import { createWorld } from '../../../src/gateway/world/world.js';
import type { Contract } from '../../../src/protocol/records/contract.js';
import type { Order } from '../../../src/protocol/records/order.js';
import { ACCOUNT } from './instruments.js';

/** Wednesday 2 September 2026, 10:00 in New York. */
const START = Date.UTC(2026, 8, 2, 14);

function openWorldDesk() {
  const clock = virtualClock(START);
  const world = createWorld(clock, 1);
  const prices = marketPrices(
    world.market,
    world.universe.statics.filter(({ secType }) => secType === 'CASH'),
  );
  const accounts = createAccountBook(
    [{ account: ACCOUNT, kind: 'individual-margin', baseCurrency: 'EUR', cash: { USD: cashOf(1_000_000) } }],
    prices,
  );
  const engine = new MatchingEngine({
    market: world.market,
    clock,
    accounts,
    resolve: (contract) => {
      const found = resolve(world.universe, contract, clock.now());
      return found.at === 'one' ? found.instrument : undefined;
    },
  });
  const events: OrderEvent[] = [];
  engine.onEvent((event) => events.push(event));
  return { clock, world, accounts, engine, events, close: () => [engine.close(), world.close()] };
}

const aapl: SimContract = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

describe('on the simulated world', () => {
  it('takes the records of the protocol as they are', () => {
    const order = (record: Order): OrderFields => record;
    const contract = (record: Contract): SimContract => record;
    expect([order, contract]).toHaveLength(2);
  });

  it('fills at the quote, keeps stops and limits for later moves, and adds up at the end of the day', () => {
    const desk = openWorldDesk();
    const { conId } = desk.world.universe.statics.find(({ symbol, secType }) => symbol === 'AAPL' && secType === 'STK') ?? {
      conId: 0,
    };
    const quote = desk.world.market.quote(conId);
    const near = (share: number): number => Math.round(quote.last * share * 100) / 100;
    desk.engine.place(1, 1, aapl, { action: 'BUY', orderType: 'MKT', totalQuantity: '10' });
    expect(desk.events.find((event) => event.kind === 'execDetails')).toMatchObject({ execution: { price: quote.ask } });
    for (let i = 0; i < 40; i++) {
      const isBuy = i % 2 === 0;
      desk.engine.place(1, 2 + i, aapl, {
        action: isBuy ? 'BUY' : 'SELL',
        orderType: 'LMT',
        lmtPrice: near(1 + (isBuy ? -1 : 1) * 0.0005 * (i + 1)),
        totalQuantity: '5',
        tif: 'GTC',
      });
    }
    desk.engine.place(1, 90, aapl, { action: 'SELL', orderType: 'TRAIL', trailingPercent: 0.5, totalQuantity: '5' });
    desk.clock.advance(5.9 * 3_600_000);
    const statuses = desk.engine.orders().map(({ status }) => status);
    expect(statuses.filter((status) => status === 'Filled').length).toBeGreaterThan(2);
    let sum = 0n;
    for (const event of desk.events) {
      if (event.kind === 'execDetails')
        sum += (event.execution.side === 'BOT' ? 1n : -1n) * (quantityOf(event.execution.shares) ?? 0n);
    }
    expect(desk.accounts.accounts.get(ACCOUNT)?.positions.get(conId)?.quantity).toBe(sum);
    expect(snapshot(desk.accounts, ACCOUNT).values.find(({ key }) => key === 'NetLiquidation')).toMatchObject({
      currency: 'EUR',
      value: expect.stringMatching(/^\d{6,7}\.\d\d$/),
    });
    desk.close();
    expect(desk.clock.pending).toBe(0);
  });

  it('says the same twice for the same seed', () => {
    const run = (): readonly OrderEvent[] => {
      const desk = openWorldDesk();
      desk.engine.place(1, 1, aapl, { action: 'BUY', orderType: 'MIDPRICE', totalQuantity: '500' });
      desk.engine.place(
        1,
        2,
        { symbol: 'EUR', secType: 'CASH', exchange: 'IDEALPRO', currency: 'USD' },
        { action: 'BUY', orderType: 'MKT', totalQuantity: '20000' },
      );
      desk.clock.advance(600_000);
      desk.close();
      return desk.events;
    };
    const first = run();
    expect(first.length).toBeGreaterThan(10);
    expect(run()).toEqual(first);
  });

  it.each([
    ['ES', 'FUT', 'CME', 'MKT', '1'],
    ['EUR', 'CASH', 'IDEALPRO', 'LMT', '20000'],
    ['BTC', 'CRYPTO', 'PAXOS', 'LMT', '0.01'],
  ])('trades %s %s', (symbol, secType, exchange, orderType, totalQuantity) => {
    const desk = openWorldDesk();
    const found = [...desk.world.universe.futures(START), ...desk.world.universe.statics].find(
      (one) => one.symbol === symbol && one.secType === secType,
    );
    if (!found) throw new Error(`no ${symbol}`);
    const { ask } = desk.world.market.quote(found.conId);
    desk.engine.place(
      1,
      1,
      { conId: found.conId, exchange },
      { action: 'BUY', orderType, totalQuantity, ...(orderType === 'LMT' ? { lmtPrice: ask } : {}) },
    );
    expect(desk.engine.orders()[0]?.status).toBe('Filled');
    desk.close();
  });
});
