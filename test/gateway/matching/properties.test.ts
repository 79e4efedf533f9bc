/** What must hold whatever is ordered and however the market moves: nothing is lost, overfilled, or outside a limit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cashOf, worthOf } from '../../../src/gateway/accounts/amount.js';
import { cashIn } from '../../../src/gateway/accounts/ledger.js';
import type { SimOrder } from '../../../src/gateway/matching/sim-order.js';
import { type Desk, openDesk } from './desk.js';
import { cents, eachFlow, exact, executionsOf, flow, run, runs, STOCKS } from './flows.js';
import { AAPL, ACCOUNT } from './instruments.js';

describe('conservation over random order flow', () => {
  it('what was executed is what the position is', () =>
    eachFlow((desk) => {
      for (const stock of STOCKS) {
        let sum = 0n;
        for (const { contract, execution } of executionsOf(desk)) {
          if (contract.conId === stock.conId)
            sum += execution.side === 'BOT' ? exact(execution.shares) : -exact(execution.shares);
        }
        expect(desk.accounts.accounts.get(ACCOUNT)?.positions.get(stock.conId)?.quantity ?? 0n).toBe(sum);
      }
    }));

  it('cash moved by exactly the fills and the commissions', () =>
    eachFlow((desk) => {
      let cash = cashOf(1_000_000);
      for (const event of desk.events) {
        if (event.kind === 'execDetails') {
          const value = worthOf(event.execution.price, exact(event.execution.shares), 1);
          cash += event.execution.side === 'BOT' ? -value : value;
        }
        if (event.kind === 'commissionAndFeesReport') cash -= cashOf(event.commissionAndFees);
      }
      const account = desk.accounts.accounts.get(ACCOUNT);
      expect(account && cashIn(account.ledger, 'USD')).toBe(cash);
    }));

  it('an order never fills more than it was, and its last status adds up', () =>
    eachFlow((desk) => {
      const filled = new Map<string, bigint>();
      for (const { execution } of executionsOf(desk))
        filled.set(execution.permId, (filled.get(execution.permId) ?? 0n) + exact(execution.shares));
      for (const order of desk.engine.orders()) {
        expect(filled.get(order.permId) ?? 0n).toBe(order.filled);
        expect(order.remaining >= 0n).toBe(true);
        if (order.status === 'Filled') expect(order.remaining).toBe(0n);
      }
    }));

  it('no fill lies outside the limit its order had at that moment', () =>
    fc.assert(
      fc.property(flow, (steps) => {
        const desk = openDesk();
        const limits = new Map<string, number | undefined>();
        desk.engine.onEvent((event) => {
          if (event.kind === 'openOrder') {
            const isLimited = ['LMT', 'STP LMT', 'LIT', 'LOC', 'TRAIL LIMIT', 'MIDPRICE'].includes(event.order.orderType);
            limits.set(event.order.permId, isLimited ? event.order.lmtPrice : undefined);
          }
          if (event.kind !== 'execDetails') return;
          const { permId, price, side } = event.execution;
          const lmtPrice = limits.get(permId);
          const order = desk.engine.orders().find((one) => one.permId === permId)?.order;
          if (lmtPrice === undefined || order?.orderType === 'TRAIL LIMIT') return;
          if (side === 'BOT') expect(price).toBeLessThanOrEqual(lmtPrice);
          else expect(price).toBeGreaterThanOrEqual(lmtPrice);
        });
        run(desk, steps);
        desk.engine.close();
      }),
      runs,
    ));

  it('one-cancels-all: type 1 fills one order only, types 2 and 3 together at most one whole order', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.array(
          fc.record({ quantity: fc.integer({ min: 1, max: 400 }), near: fc.integer({ min: 1, max: 30 }), sells: fc.boolean() }),
          { minLength: 2, maxLength: 6 },
        ),
        fc.array(
          fc.record({
            ticks: fc.integer({ min: -60, max: 60 }),
            size: fc.integer({ min: 1, max: 120 }),
            print: fc.integer({ min: 0, max: 60 }),
          }),
          { minLength: 3, maxLength: 30 },
        ),
        (ocaType, orders, moves) => {
          const desk = openDesk();
          orders.forEach(({ quantity, near, sells }, i) => {
            const lmtPrice = cents(0, sells ? near + 1 : -near - 1);
            desk.place(i + 1, AAPL, {
              action: sells ? 'SELL' : 'BUY',
              orderType: 'LMT',
              totalQuantity: String(quantity),
              lmtPrice,
              ocaGroup: 'g',
              ocaType,
            });
          });
          run(
            desk,
            moves.map((move) => ({ do: 'move', stock: 0, ...move })),
          );
          const known = desk.engine.orders();
          const filled = known.filter((order) => order.filled > 0n);
          if (ocaType === 1) expect(filled.length).toBeLessThanOrEqual(1);
          const whole = filled.reduce((product, { order }) => product * exact(order.totalQuantity ?? '0'), 1n);
          const sum = filled.reduce(
            (all, { order, filled: part }) => all + (part * whole) / exact(order.totalQuantity ?? '0'),
            0n,
          );
          expect(sum <= whole).toBe(true);
          if (known.some(({ filled: part, order }) => part === exact(order.totalQuantity ?? '0')))
            expect(known.every(({ status }) => status !== 'Submitted')).toBe(true);
          desk.engine.close();
        },
      ),
      { ...runs, numRuns: 300 },
    ));

  it('every order is at work or has ended once, and nothing is said of it after its end', () =>
    eachFlow((desk) => {
      const ended = new Map<string, string>();
      for (const event of desk.events) {
        if (event.kind !== 'orderStatus') continue;
        const before = ended.get(event.permId);
        if (before !== undefined) expect(event.status).toBe(before);
        if (['Filled', 'Cancelled', 'Inactive'].includes(event.status)) ended.set(event.permId, event.status);
      }
      for (const order of desk.engine.orders()) {
        const isEnded = ['Filled', 'Cancelled', 'Inactive'].includes(order.status);
        expect(ended.get(order.permId)).toBe(isEnded ? order.status : undefined);
      }
    }));

  it('no resting order could still trade with the quote or with another resting order', () =>
    fc.assert(
      fc.property(flow, (steps) => {
        const desk = openDesk();
        run(desk, steps, () => expectNothingCrossed(desk));
        desk.engine.close();
      }),
      runs,
    ));

  it('the same calls give the same events', () =>
    fc.assert(
      fc.property(flow, (steps) => {
        const [one, two] = [openDesk({ options: { seed: 7 } }), openDesk({ options: { seed: 7 } })];
        run(one, steps);
        run(two, steps);
        expect(one.events).toEqual(two.events);
      }),
      { ...runs, numRuns: 60 },
    ));

  it('permIds rise and are never given twice; execution ids neither', () =>
    eachFlow((desk) => {
      const permIds = desk.engine.orders().map(({ permId }) => Number(permId));
      expect(permIds).toEqual([...permIds].sort((a, b) => a - b));
      expect(new Set(permIds).size).toBe(permIds.length);
      const execIds = executionsOf(desk).map(({ execution }) => execution.execId);
      expect(new Set(execIds).size).toBe(execIds.length);
    }));

  it('a what-if changes nothing and a second one says the same', () =>
    fc.assert(
      fc.property(flow, fc.integer({ min: 1, max: 500 }), (steps, quantity) => {
        const desk = openDesk();
        run(desk, steps);
        const state = (): string =>
          JSON.stringify(
            [
              desk.engine.orders(),
              [...desk.accounts.accounts.values()].map(({ ledger, positions, revision }) => [
                [...ledger],
                [...positions],
                revision,
              ]),
            ],
            (_, value) => (typeof value === 'bigint' ? String(value) : value),
          );
        const before = state();
        desk.take();
        const id = desk.engine.nextValidId(1);
        const order: SimOrder = { action: 'BUY', orderType: 'MKT', totalQuantity: String(quantity), whatIf: true };
        const first = desk.place(id, AAPL, order);
        expect(desk.place(id, AAPL, order)).toEqual(first);
        expect(first.every((event) => event.kind === 'openOrder' || event.kind === 'error')).toBe(true);
        expect(state()).toBe(before);
        desk.engine.close();
      }),
      { ...runs, numRuns: 60 },
    ));
});

function expectNothingCrossed(desk: Desk): void {
  const working = desk.engine
    .orders()
    .filter(({ status, order }) => status === 'Submitted' && order.orderType === 'LMT' && !order.allOrNone && !order.minQty);
  for (const stock of STOCKS) {
    const quote = desk.market.quote(stock.conId);
    const mine = working.filter(({ contract }) => contract.conId === stock.conId);
    const bids = mine.filter(({ order }) => order.action === 'BUY').map(({ order }) => order.lmtPrice ?? 0);
    const offers = mine.filter(({ order }) => order.action === 'SELL').map(({ order }) => order.lmtPrice ?? 0);
    const best = Math.max(0, ...bids);
    const worst = Math.min(Number.POSITIVE_INFINITY, ...offers);
    expect(best).toBeLessThan(worst);
    if (best >= quote.ask) expect(bookIsEmpty(desk, stock.conId, 'BOT')).toBe(true);
    if (worst <= quote.bid) expect(bookIsEmpty(desk, stock.conId, 'SLD')).toBe(true);
  }
}

/** True when everything the quote showed on the side a direction takes from was taken since it came. */
function bookIsEmpty(desk: Desk, conId: number, side: 'BOT' | 'SLD'): boolean {
  const quote = desk.market.quote(conId);
  let taken = 0;
  for (const { contract, execution } of executionsOf(desk)) {
    if (contract.conId === conId && execution.side === side && execution.time >= quote.time) taken += Number(execution.shares);
  }
  return taken >= (side === 'BOT' ? quote.askSize : quote.bidSize);
}
