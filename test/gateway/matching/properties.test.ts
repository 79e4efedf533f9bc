/** What must hold whatever is ordered and however the market moves: nothing is lost, overfilled, or outside a limit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountKind } from '../../../src/gateway/accounts/account-kind.js';
import { cashOf, quantityOf, worthOf } from '../../../src/gateway/accounts/amount.js';
import { cashIn } from '../../../src/gateway/accounts/ledger.js';
import type { OrderEvent } from '../../../src/gateway/matching/order-events.js';
import type { SimOrder } from '../../../src/gateway/matching/sim-order.js';
import { type Desk, type DeskSetup, openDesk } from './desk.js';
import { AAPL, ACCOUNT, ES, MSFT } from './instruments.js';

const STOCKS = [AAPL, MSFT];

type Step =
  | { readonly do: 'place'; readonly client: number; readonly id: number; readonly stock: number; readonly order: SimOrder }
  | { readonly do: 'cancel'; readonly client: number; readonly id: number }
  | { readonly do: 'move'; readonly stock: number; readonly ticks: number; readonly size: number; readonly print: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'global' };

const BASE = [250, 408.5];
const cents = (stock: number, ticks: number): number => Math.round(((BASE[stock] ?? 0) + ticks / 100) * 100) / 100;

const orderOf = (stock: number): fc.Arbitrary<SimOrder> =>
  fc
    .record({
      action: fc.constantFrom('BUY', 'SELL'),
      quantity: fc.integer({ min: 1, max: 900 }),
      orderType: fc.constantFrom(
        'MKT',
        'LMT',
        'LMT',
        'LMT',
        'STP',
        'STP LMT',
        'TRAIL',
        'TRAIL LIMIT',
        'MIT',
        'LIT',
        'MTL',
        'REL',
        'MIDPRICE',
        'PEG MKT',
        'MOC',
        'LOC',
      ),
      tif: fc.constantFrom('DAY', 'DAY', 'DAY', 'GTC', 'IOC', 'FOK', 'OPG'),
      near: fc.integer({ min: -40, max: 40 }),
      far: fc.integer({ min: -60, max: 60 }),
      oca: fc.option(fc.constantFrom('one', 'two'), { freq: 5 }),
      ocaType: fc.integer({ min: 1, max: 3 }),
      special: fc.constantFrom('', '', '', 'allOrNone', 'minQty', 'displaySize', 'hidden', 'outsideRth'),
    })
    .map(({ action, quantity, orderType, tif, near, far, oca, ocaType, special }) => ({
      action,
      totalQuantity: String(quantity),
      orderType,
      tif,
      lmtPrice: ['MKT', 'STP', 'TRAIL', 'TRAIL LIMIT', 'MIT', 'MTL', 'MOC', 'PEG MKT', 'REL'].includes(orderType)
        ? undefined
        : cents(stock, near),
      auxPrice: orderType.startsWith('TRAIL')
        ? 0.25
        : ['STP', 'STP LMT', 'MIT', 'LIT'].includes(orderType)
          ? cents(stock, far)
          : undefined,
      lmtPriceOffset: orderType === 'TRAIL LIMIT' ? 0.05 : undefined,
      ocaGroup: oca ?? undefined,
      ocaType: oca === null ? undefined : ocaType,
      allOrNone: special === 'allOrNone',
      minQty: special === 'minQty' ? 50 : undefined,
      displaySize: special === 'displaySize' ? 20 : undefined,
      hidden: special === 'hidden',
      outsideRth: special === 'outsideRth',
    }));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 0, max: 1 }).chain((stock) =>
      fc.record({
        do: fc.constant('place' as const),
        client: fc.integer({ min: 1, max: 2 }),
        id: fc.integer({ min: 1, max: 12 }),
        stock: fc.constant(stock),
        order: orderOf(stock),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      client: fc.integer({ min: 1, max: 2 }),
      id: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      stock: fc.integer({ min: 0, max: 1 }),
      ticks: fc.integer({ min: -60, max: 60 }),
      size: fc.integer({ min: 1, max: 600 }),
      print: fc.integer({ min: 0, max: 300 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(100, 60_000, 3 * 3_600_000, 20 * 3_600_000) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'global' as const }) },
);
const flow = fc.array(step, { minLength: 5, maxLength: 60 });

/** Order ids grow per client: a step's id is added to the next valid one, or changes an order when it is 12 or 11. */
function run(
  desk: Desk,
  steps: readonly Step[],
  after: (desk: Desk, events: readonly OrderEvent[]) => void = () => undefined,
): void {
  for (const one of steps) {
    if (one.do === 'place') {
      const next = desk.engine.nextValidId(one.client);
      const id = one.id > 10 ? Math.max(1, next - (one.id - 10)) : next;
      desk.place(id, STOCKS[one.stock] ?? AAPL, one.order, one.client);
    } else if (one.do === 'cancel') desk.cancel(one.id, one.client);
    else if (one.do === 'move') {
      const bid = cents(one.stock, one.ticks);
      const width = 0.01 * (1 + (one.size % 3));
      const round = (price: number): number => Math.round(price * 100) / 100;
      desk.market.move(STOCKS[one.stock] ?? AAPL, {
        bid,
        ask: round(bid + width),
        last: bid,
        bidSize: one.size,
        askSize: one.size,
        lastSize: one.print,
        volume: one.size * 10,
      });
    } else if (one.do === 'wait') desk.clock.advance(one.ms);
    else desk.engine.globalCancel(1);
    after(desk, desk.events);
  }
}

function executionsOf(desk: Desk) {
  return desk.events.flatMap((event) => (event.kind === 'execDetails' ? [event] : []));
}

const exact = (text: string): bigint => quantityOf(text) ?? 0n;
const runs = { seed: 20260415, numRuns: 150 };

function eachFlow(check: (desk: Desk, steps: readonly Step[]) => void, setup: DeskSetup = {}): void {
  fc.assert(
    fc.property(flow, (steps) => {
      const desk = openDesk(setup);
      run(desk, steps);
      check(desk, steps);
      desk.engine.close();
    }),
    runs,
  );
}

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

describe('the flows themselves', () => {
  it('reach every kind of event and every final state, so that the properties above are about something', () => {
    const seen = new Set<string>();
    eachFlow((desk) => {
      for (const event of desk.events) {
        seen.add(event.kind);
        if (event.kind === 'orderStatus') seen.add(event.status);
        if (event.kind === 'orderStatus' && event.status === 'Submitted' && event.filled !== '0') seen.add('partly filled');
        if (event.kind === 'execDetails') seen.add(`liquidity ${event.execution.lastLiquidity}`);
      }
    });
    const wanted = [
      'openOrder',
      'execDetails',
      'commissionAndFeesReport',
      'error',
      'PreSubmitted',
      'Submitted',
      'Filled',
      'Cancelled',
      'Inactive',
      'partly filled',
      'liquidity 1',
      'liquidity 2',
    ];
    expect([...seen]).toEqual(expect.arrayContaining(wanted));
  });
});

describe('accounts that may not borrow', () => {
  const kinds: readonly AccountKind[] = ['cash', 'roth-ira-cash', 'ira-margin'];
  it.each(kinds)('a %s account never owes money and never is short', (kind) =>
    eachFlow(
      (desk) => {
        const account = desk.accounts.accounts.get(ACCOUNT);
        for (const row of account?.ledger.values() ?? []) expect(row.cash >= 0n).toBe(true);
        for (const position of account?.positions.values() ?? []) expect(position.quantity >= 0n).toBe(true);
      },
      { accounts: [{ account: ACCOUNT, kind, baseCurrency: 'USD', cash: { USD: cashOf(150_000) } }] },
    ),
  );
});

describe('futures', () => {
  it('cash moves by the realised result and commissions only, exactly', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ buys: fc.boolean(), quantity: fc.integer({ min: 1, max: 5 }), ticks: fc.integer({ min: -40, max: 40 }) }),
          { maxLength: 20 },
        ),
        (trades) => {
          const desk = openDesk();
          let value = 0n;
          let fees = 0n;
          trades.forEach(({ buys, quantity, ticks }, i) => {
            const bid = 6800 + ticks * 0.25;
            desk.market.move(ES, { bid, ask: bid + 0.25, last: bid });
            desk.place(i + 1, ES, { action: buys ? 'BUY' : 'SELL', orderType: 'MKT', totalQuantity: String(quantity) });
          });
          for (const event of desk.events) {
            if (event.kind === 'execDetails')
              value += worthOf(
                event.execution.price,
                event.execution.side === 'BOT' ? exact(event.execution.shares) : -exact(event.execution.shares),
                50,
              );
            if (event.kind === 'commissionAndFeesReport') fees += cashOf(event.commissionAndFees);
          }
          const account = desk.accounts.accounts.get(ACCOUNT);
          const position = account?.positions.get(ES.conId);
          expect(account && cashIn(account.ledger, 'USD')).toBe(cashOf(1_000_000) - value - fees + (position?.carry ?? 0n));
          if (position?.quantity === 0n) expect(position.carry).toBe(0n);
          desk.engine.close();
        },
      ),
      runs,
    ));
});
