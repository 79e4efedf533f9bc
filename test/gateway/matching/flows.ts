/** Random order flow for the properties: orders, changes, cancels, moves, time. */
import fc from 'fast-check';
import { quantityOf } from '../../../src/gateway/accounts/amount.js';
import type { OrderEvent } from '../../../src/gateway/matching/order-events.js';
import type { SimOrder } from '../../../src/gateway/matching/sim-order.js';
import { type Desk, type DeskSetup, openDesk } from './desk.js';
import { AAPL, MSFT } from './instruments.js';

export const STOCKS = [AAPL, MSFT];

export type Step =
  | { readonly do: 'place'; readonly client: number; readonly id: number; readonly stock: number; readonly order: SimOrder }
  | { readonly do: 'cancel'; readonly client: number; readonly id: number }
  | { readonly do: 'move'; readonly stock: number; readonly ticks: number; readonly size: number; readonly print: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'global' };

const BASE = [250, 408.5];
export const cents = (stock: number, ticks: number): number => Math.round(((BASE[stock] ?? 0) + ticks / 100) * 100) / 100;

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
export const flow = fc.array(step, { minLength: 5, maxLength: 60 });

/** Order ids grow per client: a step's id is added to the next valid one, or changes an order when it is 12 or 11. */
export function run(
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

export function executionsOf(desk: Desk) {
  return desk.events.flatMap((event) => (event.kind === 'execDetails' ? [event] : []));
}

export const exact = (text: string): bigint => quantityOf(text) ?? 0n;
export const runs = { seed: 20260415, numRuns: 150 };

export function eachFlow(check: (desk: Desk, steps: readonly Step[]) => void, setup: DeskSetup = {}): void {
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
