// Everyday actions that are lawful in every kind of account: each leaves, whole, and nothing is said against it.

import { describe, expect, it } from 'vitest';
import { activateWhen, adaptive, bracket, limit, market, type OrderDraft, oca, price, stop, trail } from '../../src/index.js';
import { AAPL, CALL, MSFT, PUT, SAP, type Scene, scene } from './scene.js';
import { situations } from './situation.js';

type Act = (stage: Scene) => unknown;
const place =
  (contract: object, order: object): Act =>
  ({ ib }) =>
    ib.orders.place(contract as never, order as OrderDraft);
const group =
  (contract: object, members: unknown): Act =>
  ({ ib }) =>
    ib.orders.placeGroup(contract as never, members as never);
const of = (action: 'BUY' | 'SELL', orderType: string, more: object = {}): object => ({
  action,
  orderType,
  totalQuantity: '5',
  ...more,
});
const lmt = { lmtPrice: 100 };
const BECOMES_TRAIL = { adjustedOrderType: 'TRAIL', triggerPrice: 105, adjustedStopPrice: 100, adjustedTrailingAmount: 5 };
const MSFT_RISES = price({ conId: 102, exchange: 'SMART' }).above(55);
/** Legs by conId and signed ratio. */
const combination = (...legs: readonly [number, number][]): object => ({
  symbol: 'AAPL',
  secType: 'BAG',
  currency: 'USD',
  exchange: 'SMART',
  comboLegs: legs.map(([conId, ratio]) => ({
    conId,
    ratio: Math.abs(ratio),
    action: ratio > 0 ? 'BUY' : 'SELL',
    exchange: 'SMART',
  })),
});
const twice =
  (order: OrderDraft): Act =>
  ({ ib }) =>
    [false, true].map((deliberate) => ib.orders.place(AAPL, order, { deliberate }));

/** Title, act, and how many messages it takes. The account has 50,000 USD, 5,000 EUR, 250 AAPL, 10 SAP, two long calls and a long put. */
const EUROS = 'a stock in settled euros';

const ACTIONS: readonly [string, Act, number][] = [
  ['a limit to buy', place(AAPL, limit('BUY', '5', 100)), 1],
  ['a limit to sell', place(AAPL, limit('SELL', '5', 100)), 1],
  ['at the market, to buy', place(AAPL, market('BUY', '5')), 1],
  ['at the market, to sell', place(AAPL, market('SELL', '5')), 1],
  ['for an amount of cash', place(AAPL, { action: 'BUY', orderType: 'MKT', totalQuantity: '0', cashQty: 1000 }), 1],
  ['one share', place(AAPL, limit('BUY', '1', 100)), 1],
  ['an odd lot of 37', place(AAPL, limit('BUY', '37', 100)), 1],
  ['the whole holding at a limit', place(AAPL, limit('SELL', '250', 100)), 1],
  ['the whole holding at the market', place(AAPL, market('SELL', '250')), 1],
  ['a protecting stop', place(AAPL, stop('SELL', '250', 90)), 1],
  ['a stop to buy', place(AAPL, stop('BUY', '5', 105)), 1],
  ['a stop with a limit to sell', place(AAPL, of('SELL', 'STP LMT', { auxPrice: 90, lmtPrice: 89 })), 1],
  ['a stop with a limit to buy', place(AAPL, of('BUY', 'STP LMT', { auxPrice: 105, lmtPrice: 106 })), 1],
  ['a trail by an amount', place(AAPL, trail('SELL', '5', { amount: 5 } as never)), 1],
  ['a trail by percent', place(AAPL, trail('SELL', '5', { percent: 5 } as never)), 1],
  ['market if touched to buy', place(AAPL, of('BUY', 'MIT', { auxPrice: 95 })), 1],
  ['market if touched to sell', place(AAPL, of('SELL', 'MIT', { auxPrice: 110 })), 1],
  ['limit if touched', place(AAPL, of('BUY', 'LIT', { auxPrice: 95, lmtPrice: 96 })), 1],
  ['market on close', place(AAPL, of('SELL', 'MOC')), 1],
  ['limit on close', place(AAPL, of('BUY', 'LOC', lmt)), 1],
  ['market on open', place(AAPL, of('SELL', 'MKT', { tif: 'OPG' })), 1],
  ['limit on open', place(AAPL, of('BUY', 'LMT', { ...lmt, tif: 'OPG' })), 1],
  ['market to limit', place(AAPL, of('BUY', 'MTL')), 1],
  ['midprice with a cap', place(AAPL, of('BUY', 'MIDPRICE', lmt)), 1],
  ['relative with a cap', place(AAPL, of('BUY', 'REL', { lmtPrice: 101, auxPrice: 0.01 })), 1],
  ['pegged to the primary with a cap', place(AAPL, of('BUY', 'PEG PRIM', { lmtPrice: 101, auxPrice: 0.01 })), 1],
  ['pegged to the middle with a cap', place(AAPL, of('BUY', 'PEG MID', { lmtPrice: 101, auxPrice: 0.01 })), 1],
  ['snap to the middle, sale', place(AAPL, of('SELL', 'SNAP MID')), 1],
  ['good till cancelled', place(AAPL, of('BUY', 'LMT', { ...lmt, tif: 'GTC' })), 1],
  ['immediate or cancel', place(AAPL, of('BUY', 'LMT', { ...lmt, tif: 'IOC' })), 1],
  ['fill or kill', place(AAPL, of('BUY', 'LMT', { ...lmt, tif: 'FOK' })), 1],
  ['good till a date', place(AAPL, of('BUY', 'LMT', { ...lmt, tif: 'GTD', goodTillDate: '20270105-20:00:00' })), 1],
  ['good after a time', place(AAPL, of('BUY', 'LMT', { ...lmt, goodAfterTime: '20270105-15:00:00' })), 1],
  ['outside regular hours', place(AAPL, of('BUY', 'LMT', { ...lmt, outsideRth: true })), 1],
  ['an iceberg', place(AAPL, of('BUY', 'LMT', { ...lmt, displaySize: 1 })), 1],
  ['all or none', place(AAPL, of('BUY', 'LMT', { ...lmt, allOrNone: true })), 1],
  ['hidden', place(AAPL, of('BUY', 'LMT', { ...lmt, hidden: true })), 1],
  ['with a reference', place(AAPL, of('BUY', 'LMT', { ...lmt, orderRef: 'mine' })), 1],
  [EUROS, place(SAP, limit('BUY', '5', 80)), 1],
  ['the sale of a stock in euros', place(SAP, limit('SELL', '10', 80)), 1],
  ['a stop on a stock in euros', place(SAP, stop('SELL', '10', 70)), 1],
  ['a bracket without a holding', group(MSFT, bracket(limit('BUY', '10', 50), { takeProfit: 55, stopLoss: 45 })), 3],
  ['a bracket beside a holding', group(AAPL, bracket(limit('BUY', '10', 100), { takeProfit: 110, stopLoss: 90 })), 3],
  ['a bracket with a profit taker alone', group(MSFT, bracket(limit('BUY', '10', 50), { takeProfit: 55 })), 2],
  ['a bracket with a stop alone', group(MSFT, bracket(limit('BUY', '10', 50), { stopLoss: 45 })), 2],
  [
    'exits of the whole holding, one cancels the other',
    group(AAPL, oca([limit('SELL', '250', 110), stop('SELL', '250', 90)], 'exits')),
    2,
  ],
  ['two purchases of which one is meant', group(AAPL, oca([limit('BUY', '5', 95), limit('BUY', '6', 94)], 'either')), 2],
  ['a covered call', place(CALL, limit('SELL', '3', 3)), 1],
  ['a long call', place(CALL, limit('BUY', '1', 3)), 1],
  ['a long put', place(PUT, limit('BUY', '1', 2)), 1],
  ['a secured put', place(PUT, limit('SELL', '2', 2)), 1],
  ['the sale of a long call', place(CALL, limit('SELL', '2', 3)), 1],
  ['the sale of a long put at the market', place(PUT, { ...market('SELL', '1') }), 1],
  ['a stop on a long call', place(CALL, stop('SELL', '2', 2)), 1],
  ['an adjustable stop that becomes a trail', place(AAPL, { ...stop('SELL', '250', 90), ...BECOMES_TRAIL }), 1],
  ['a trail with a limit', place(AAPL, of('SELL', 'TRAIL LIMIT', { auxPrice: 2, trailStopPrice: 95, lmtPriceOffset: 0.5 })), 1],
  ['discretion of ten cents', place(AAPL, of('BUY', 'LMT', { ...lmt, discretionaryAmt: 0.1 })), 1],
  ['adaptive', place(AAPL, adaptive(limit('BUY', '5', 100), 'Normal')), 1],
  ['a limit when another stock has risen', place(AAPL, activateWhen(limit('BUY', '5', 100), MSFT_RISES)), 1],
  ['a bracket at the market', group(MSFT, bracket(market('BUY', '10'), { takeProfit: 55, stopLoss: 45 })), 3],
  ['a bracket around a long call', group(CALL, bracket(limit('BUY', '1', 3), { takeProfit: 5, stopLoss: 1 })), 3],
  ['two halves of a holding', ({ ib }) => [105, 106].map((price) => ib.orders.place(AAPL, limit('SELL', '125', price))), 2],
  ['the same purchase twice, meant', twice(limit('BUY', '5', 95)), 2],
  ['a buy-write', place(combination([101, 100], [201, -1]), limit('BUY', '1', 97)), 1],
  ['both sides of a straddle', place(combination([204, 1], [202, 1]), limit('BUY', '1', 9)), 1],
];

const kinds = ['ira-cash', 'ira-margin', 'cash', 'reg-t'] as const;
// An ira-cash account holds dollars alone.
const actionsOf = (kind: (typeof kinds)[number]) =>
  kind === 'ira-cash' ? ACTIONS.filter(([title]) => title !== EUROS) : ACTIONS;
it.each(kinds)('%s: no fewer than 60 actions, of different names', (kind) => {
  expect(new Set(actionsOf(kind).map(([title]) => title)).size).toBeGreaterThanOrEqual(60);
});

const CHANGES: readonly [string, Act, object, number][] = [
  ['a limit up', place(AAPL, limit('BUY', '5', 95)), { lmtPrice: 96 }, 2],
  ['a limit down', place(AAPL, limit('BUY', '5', 95)), { lmtPrice: 90 }, 2],
  ['a size up', place(AAPL, limit('BUY', '5', 95)), { totalQuantity: '6' }, 2],
  ['a size down', place(AAPL, limit('BUY', '5', 95)), { totalQuantity: '1' }, 2],
  ['a stop up', place(AAPL, stop('SELL', '250', 90)), { auxPrice: 92 }, 2],
  ['a stop down', place(AAPL, stop('SELL', '250', 90)), { auxPrice: 85 }, 2],
];

describe.each(kinds)('%s', (kind) => {
  const cash = { USD: 50_000, EUR: 5_000 };
  const holds = { 101: 250, 103: 10, 201: 2, 202: 1 };
  const named = <T extends readonly [string, ...unknown[]]>(rows: readonly T[]): T[] =>
    rows.map((row) => [`${kind}: ${row[0]}`, ...row.slice(1)] as never as T);
  situations(named(actionsOf(kind)), async (_, act, count) => {
    using stage = await scene({ kind, cash, holds });
    expect([await stage.leaves(() => act(stage)), stage.codes]).toEqual([count, []]);
  });
  situations(named(CHANGES), async (_, act, change, count) => {
    using stage = await scene({ kind, cash, holds });
    const changed = async (): Promise<number> => {
      const first = await stage.leaves(() => act(stage));
      for (const order of stage.venue.orders.values()) stage.venue.acknowledge(order);
      await stage.pass(250);
      const [trade] = stage.ib.orders.book.live;
      return first + (await stage.leaves(() => trade?.modify(change as never)));
    };
    expect([await changed(), stage.codes]).toEqual([count, []]);
  });
  situations(
    named<[string, 'exercise' | 'lapse', object]>([
      ['the exercise of a long put', 'exercise', PUT],
      ['a lapse', 'lapse', CALL],
      ['the exercise of a long call', 'exercise', CALL],
    ]),
    async (_, action, contract) => {
      using stage = await scene({ kind, cash, holds });
      expect([
        await stage.leaves(() => stage.ib.orders.exercise(contract as never, { action, quantity: 1 })),
        stage.codes,
        stage.venue.instructions,
      ]).toEqual([0, [], 1]);
    },
  );
});

it('ira-cash: a stock in euros is refused, as the rule book says of another currency', async () => {
  using stage = await scene({ kind: 'ira-cash', cash: { USD: 50_000, EUR: 5_000 } });
  expect([await stage.leaves(() => stage.ib.orders.place(SAP as never, limit('BUY', '5', 80))), stage.codes]).toEqual([
    0,
    ['IRA-CASH-FOREIGN'],
  ]);
});
