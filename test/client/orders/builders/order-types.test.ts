import { readFileSync } from 'node:fs';
import Big from 'big.js';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { InputError } from '../../../../src/client/input/input-error.js';
import { cash } from '../../../../src/client/orders/builders/assemble.js';
import * as basic from '../../../../src/client/orders/builders/basic.js';
import * as optional from '../../../../src/client/orders/builders/option-orders.js';
import * as pegged from '../../../../src/client/orders/builders/pegged.js';
import * as trailing from '../../../../src/client/orders/builders/trailing.js';
import type { OrderDraft } from '../../../../src/client/orders/draft.js';

const vocabulary: { orderTypes: { wire: string }[]; timeInForce: { wire: string }[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/protocol/order-types.json', import.meta.url), 'utf8'),
);

const buy100 = { action: 'BUY', totalQuantity: '100' };
const cases: readonly (readonly [string, OrderDraft, object])[] = [
  ['market', basic.market('BUY', 100), { ...buy100, orderType: 'MKT' }],
  [
    'market by money',
    basic.market('BUY', cash('5000.50')),
    { action: 'BUY', orderType: 'MKT', totalQuantity: '0', cashQty: 5000.5 },
  ],
  ['limit', basic.limit('BUY', 100, '187.50'), { ...buy100, orderType: 'LMT', lmtPrice: 187.5 }],
  [
    'limit, exact size',
    basic.limit('SELL', '0.71430', 1),
    { action: 'SELL', totalQuantity: '0.71430', orderType: 'LMT', lmtPrice: 1 },
  ],
  ['limit, credit', basic.limit('BUY', 100, '-1.25'), { ...buy100, orderType: 'LMT', lmtPrice: -1.25 }],
  ['stop', basic.stop('BUY', 100, 185.25), { ...buy100, orderType: 'STP', auxPrice: 185.25 }],
  ['stopLimit', basic.stopLimit('BUY', 100, 185, 186), { ...buy100, orderType: 'STP LMT', lmtPrice: 186, auxPrice: 185 }],
  ['stopWithProtection', basic.stopWithProtection('BUY', 100, 5900), { ...buy100, orderType: 'STP PRT', auxPrice: 5900 }],
  ['marketWithProtection', basic.marketWithProtection('BUY', 100), { ...buy100, orderType: 'MKT PRT' }],
  ['marketIfTouched', basic.marketIfTouched('BUY', 100, 180), { ...buy100, orderType: 'MIT', auxPrice: 180 }],
  ['limitIfTouched', basic.limitIfTouched('BUY', 100, 180, 181), { ...buy100, orderType: 'LIT', lmtPrice: 181, auxPrice: 180 }],
  [
    'marketOnClose',
    basic.marketOnClose('BUY', 100, { imbalanceOnly: true }),
    { ...buy100, orderType: 'MOC', imbalanceOnly: true },
  ],
  ['limitOnClose', basic.limitOnClose('BUY', 100, 188), { ...buy100, orderType: 'LOC', lmtPrice: 188 }],
  ['marketOnOpen', basic.marketOnOpen('BUY', 100), { ...buy100, orderType: 'MKT', tif: 'OPG' }],
  ['limitOnOpen', basic.limitOnOpen('BUY', 100, 188), { ...buy100, orderType: 'LMT', lmtPrice: 188, tif: 'OPG' }],
  ['marketToLimit', basic.marketToLimit('BUY', 100), { ...buy100, orderType: 'MTL' }],
  ['auction', basic.auction('BUY', 100), { ...buy100, orderType: 'MTL', tif: 'AUC' }],
  ['auction, capped', basic.auction('BUY', 100, 9), { ...buy100, orderType: 'MTL', lmtPrice: 9, tif: 'AUC' }],
  [
    'discretionary',
    basic.discretionary('BUY', 100, 188, '0.1'),
    { ...buy100, orderType: 'LMT', lmtPrice: 188, discretionaryAmt: 0.1 },
  ],
  ['sweepToFill', basic.sweepToFill('BUY', 100, 188), { ...buy100, orderType: 'LMT', lmtPrice: 188, sweepToFill: true }],
  ['block', basic.block('BUY', 100, 188), { ...buy100, orderType: 'LMT', lmtPrice: 188, blockOrder: true }],
  ['iceberg', basic.iceberg('BUY', 100, 188, 10), { ...buy100, orderType: 'LMT', lmtPrice: 188, displaySize: 10 }],
  [
    'trail by amount',
    trailing.trail('BUY', 100, { amount: 2.5, startAt: 180 }),
    { ...buy100, orderType: 'TRAIL', auxPrice: 2.5, trailStopPrice: 180 },
  ],
  ['trail by percent', trailing.trail('BUY', 100, { percent: 5 }), { ...buy100, orderType: 'TRAIL', trailingPercent: 5 }],
  [
    'trailLimit',
    trailing.trailLimit('BUY', 100, { amount: 1, startAt: 181 }, { lmtPriceOffset: '0.1' }),
    { ...buy100, orderType: 'TRAIL LIMIT', auxPrice: 1, trailStopPrice: 181, lmtPriceOffset: 0.1 },
  ],
  [
    'trailMarketIfTouched',
    trailing.trailMarketIfTouched('BUY', 100, { amount: 1 }),
    { ...buy100, orderType: 'TRAIL MIT', auxPrice: 1 },
  ],
  [
    'trailLimitIfTouched',
    trailing.trailLimitIfTouched('BUY', 100, { amount: 1 }, 0.2),
    { ...buy100, orderType: 'TRAIL LIT', auxPrice: 1, lmtPriceOffset: 0.2 },
  ],
  [
    'discretionaryPeg',
    pegged.discretionaryPeg('BUY', 100, 188),
    { ...buy100, orderType: 'REL', lmtPrice: 188, discretionaryUpToLimitPrice: true },
  ],
  [
    'relative',
    pegged.relative('BUY', 100, { offset: 0.02, cap: 188.53 }),
    { ...buy100, orderType: 'REL', auxPrice: 0.02, lmtPrice: 188.53 },
  ],
  [
    'relative by percent',
    pegged.relative('BUY', 100, { percentOffset: 0.01 }),
    { ...buy100, orderType: 'REL', percentOffset: 0.01 },
  ],
  [
    'passiveRelative',
    pegged.passiveRelative('BUY', 100, { offset: 0.02 }),
    { ...buy100, orderType: 'PASSV REL', auxPrice: 0.02 },
  ],
  ['pegMarket', pegged.pegMarket('BUY', 100, { offset: 0.02 }), { ...buy100, orderType: 'PEG MKT', auxPrice: 0.02 }],
  [
    'pegPrimary',
    pegged.pegPrimary('BUY', 100, { offset: 0, cap: 9 }),
    { ...buy100, orderType: 'PEG PRIM', auxPrice: 0, lmtPrice: 9 },
  ],
  [
    'pegMid',
    pegged.pegMid('BUY', 100, { cap: 188.53, offset: 0, midOffsetAtWhole: 0.01, midOffsetAtHalf: 0.005 }),
    { ...buy100, orderType: 'PEG MID', lmtPrice: 188.53, auxPrice: 0, midOffsetAtWhole: 0.01, midOffsetAtHalf: 0.005 },
  ],
  [
    'pegBest',
    pegged.pegBest(
      'BUY',
      100,
      188.53,
      { minTradeQty: 100, minCompeteSize: 200, competeAgainstBestOffset: 0.02 },
      { notHeld: true },
    ),
    {
      ...buy100,
      orderType: 'PEG BEST',
      lmtPrice: 188.53,
      notHeld: true,
      minTradeQty: 100,
      minCompeteSize: 200,
      competeAgainstBestOffset: 0.02,
    },
  ],
  [
    'pegBest up to mid',
    pegged.pegBest('BUY', 100, 188.53, { upToMid: { midOffsetAtWhole: 0.02, midOffsetAtHalf: 0.01 } }),
    {
      ...buy100,
      orderType: 'PEG BEST',
      lmtPrice: 188.53,
      competeAgainstBestOffset: Number.POSITIVE_INFINITY,
      midOffsetAtWhole: 0.02,
      midOffsetAtHalf: 0.01,
    },
  ],
  [
    'pegStock',
    pegged.pegStock('BUY', 100, { delta: 0.3, startingPrice: 4.1, stockRefPrice: 611 }),
    { ...buy100, orderType: 'PEG STK', delta: 0.3, stockRefPrice: 611, startingPrice: 4.1 },
  ],
  [
    'pegBench',
    pegged.pegBench('BUY', 100, {
      startingPrice: 33,
      isPeggedChangeAmountDecrease: true,
      peggedChangeAmount: 0.1,
      referenceChangeAmount: 1,
      referenceContractId: 87335484,
      referenceExchangeId: 'ISLAND',
      stockRefPrice: 650,
      stockRangeLower: 649,
      stockRangeUpper: 651,
    }),
    {
      ...buy100,
      orderType: 'PEG BENCH',
      startingPrice: 33,
      isPeggedChangeAmountDecrease: true,
      peggedChangeAmount: 0.1,
      referenceChangeAmount: 1,
      referenceContractId: 87335484,
      referenceExchangeId: 'ISLAND',
      stockRefPrice: 650,
      stockRangeLower: 649,
      stockRangeUpper: 651,
    },
  ],
  ['snapMid', pegged.snapMid('BUY', 100, 0.05), { ...buy100, orderType: 'SNAP MID', auxPrice: 0.05 }],
  ['snapMarket', pegged.snapMarket('BUY', 100), { ...buy100, orderType: 'SNAP MKT' }],
  ['snapPrimary', pegged.snapPrimary('BUY', 100, 0.05), { ...buy100, orderType: 'SNAP PRIM', auxPrice: 0.05 }],
  ['midprice', pegged.midprice('BUY', 100, 188.53), { ...buy100, orderType: 'MIDPRICE', lmtPrice: 188.53 }],
  ['midprice without cap', pegged.midprice('BUY', 100), { ...buy100, orderType: 'MIDPRICE' }],
  ['fixPegged', pegged.fixPegged('BUY', 100, { offset: 0.01 }), { ...buy100, orderType: 'FIX PEGGED', auxPrice: 0.01 }],
  ['boxTop', optional.boxTop('BUY', 100), { ...buy100, orderType: 'BOX TOP' }],
  [
    'volatility',
    optional.volatility(
      'BUY',
      100,
      { volatility: 25, per: 'year', reference: 'average', continuousUpdate: true },
      { deltaNeutralOrderType: 'MKT' },
    ),
    {
      ...buy100,
      orderType: 'VOL',
      volatility: 25,
      volatilityType: 2,
      referencePriceType: 1,
      continuousUpdate: true,
      deltaNeutralOrderType: 'MKT',
    },
  ],
  ...(['primary', 'midpoint', 'market', 'surface'] as const).map(
    (to, i) =>
      [
        `pegVolatility ${to}`,
        optional.pegVolatility(to, 'BUY', 100, { volatility: 2, per: 'day' }),
        { ...buy100, orderType: ['PPV', 'PDV', 'PMV', 'PSV'][i], volatility: 2, volatilityType: 1 },
      ] as const,
  ),
  [
    'boxAuction',
    optional.boxAuction('BUY', 100, 4.5, { strategy: 'improvement', startingPrice: 4.4, stockRefPrice: 610, delta: 0.5 }),
    { ...buy100, orderType: 'LMT', lmtPrice: 4.5, auctionStrategy: 2, startingPrice: 4.4, stockRefPrice: 610, delta: 0.5 },
  ],
  ['requestForQuote', optional.requestForQuote('BUY', 100), { ...buy100, orderType: 'QUOTE' }],
  ['guaranteedVwap', optional.guaranteedVwap('BUY', 100), { ...buy100, orderType: 'VWAP' }],
  ['comboLimitMarket', optional.comboLimitMarket('BUY', 100, 3), { ...buy100, orderType: 'LMT + MKT', lmtPrice: 3 }],
  [
    'comboRelativeLimit',
    optional.comboRelativeLimit('BUY', 100, 3, 0.1),
    { ...buy100, orderType: 'REL + LMT', lmtPrice: 3, auxPrice: 0.1 },
  ],
  ['comboRelativeMarket', optional.comboRelativeMarket('BUY', 100, 0.1), { ...buy100, orderType: 'REL + MKT', auxPrice: 0.1 }],
  [
    'comboTrailLimitMarket',
    optional.comboTrailLimitMarket('BUY', 100, { amount: 1, startAt: 10 }, { lmtPrice: 11 }),
    { ...buy100, orderType: 'TRAIL LMT + MKT', auxPrice: 1, trailStopPrice: 10, lmtPrice: 11 },
  ],
  [
    'comboTrailRelativeMarket',
    optional.comboTrailRelativeMarket('BUY', 100, { percent: 2 }),
    { ...buy100, orderType: 'TRAIL REL + MKT', trailingPercent: 2 },
  ],
];

describe('order builders', () => {
  it.each(cases)('%s makes exactly its record', (_, built, expected) => {
    expect(built).toStrictEqual(expected);
  });

  it('take a Big of any copy of big.js', () => {
    const Foreign = Big();
    expect(basic.limit('BUY', new Foreign('0.5'), new Foreign('187.50'))).toStrictEqual(
      basic.limit('BUY', new Big('0.5'), '187.5'),
    );
    expect(() => Reflect.apply(basic.limit, null, ['BUY', { toString: () => '5' }, 1])).toThrowError(InputError);
  });

  it('cover every order type of the vocabulary', () => {
    const built = new Set<string>(cases.map(([, order]) => order.orderType));
    expect(vocabulary.orderTypes.map((type) => type.wire).filter((wire) => !built.has(wire))).toStrictEqual([]);
  });

  it.each([
    ['DAY', basic.limit('BUY', 1, 1, { tif: 'DAY' }), { tif: 'DAY' }],
    ['GTC', basic.limit('BUY', 1, 1, { tif: 'GTC' }), { tif: 'GTC' }],
    ['IOC', basic.limit('BUY', 1, 1, { tif: 'IOC' }), { tif: 'IOC' }],
    ['FOK', basic.limit('BUY', 1, 1, { tif: 'FOK' }), { tif: 'FOK' }],
    ['DTC', basic.limit('BUY', 1, 1, { tif: 'DTC' }), { tif: 'DTC' }],
    ['GTX', basic.limit('BUY', 1, 1, { tif: 'GTX' }), { tif: 'GTX' }],
    [
      'GTD',
      basic.limit('BUY', 1, 1, { tif: 'GTD', goodTillDate: new Date(Date.UTC(2026, 5, 30, 20, 0, 0, 999)) }),
      { tif: 'GTD', goodTillDate: '20260630-20:00:00' },
    ],
    [
      'GTT',
      basic.limit('BUY', 1, 1, { tif: 'GTT', goodTillDate: '20260630 16:00:00 US/Eastern' }),
      { tif: 'GTT', goodTillDate: '20260630 16:00:00 US/Eastern' },
    ],
    ['Minutes', basic.limit('BUY', 1, 1, { tif: 'Minutes', duration: 45 }), { tif: 'Minutes', duration: 45 }],
    ['OPG', basic.limitOnOpen('BUY', 1, 1), { tif: 'OPG' }],
    ['AUC', basic.auction('BUY', 1), { tif: 'AUC' }],
  ])('take the time in force %s', (_, built, expected) => {
    expect(built).toMatchObject(expected);
  });

  it('know every time in force of the vocabulary', () => {
    const known = ['DAY', 'GTC', 'IOC', 'GTD', 'OPG', 'FOK', 'DTC', 'GTT', 'AUC', 'GTX', 'Minutes'];
    expect(vocabulary.timeInForce.map((row) => row.wire)).toStrictEqual(known);
  });

  it('carry attributes under their official names', () => {
    const built = basic.limit('SSHORT', 100, 188, {
      account: 'DU9000001',
      orderRef: 'ref-1',
      shortSaleSlot: 2,
      designatedLocation: 'LOCX',
      goodAfterTime: Date.UTC(2026, 5, 1, 13, 30),
      usePriceMgmtAlgo: false,
      softDollarTier: { name: 'Tier1', value: '1' },
    });
    expect(built).toStrictEqual({
      action: 'SSHORT',
      orderType: 'LMT',
      totalQuantity: '100',
      lmtPrice: 188,
      account: 'DU9000001',
      orderRef: 'ref-1',
      shortSaleSlot: 2,
      designatedLocation: 'LOCX',
      goodAfterTime: '20260601-13:30:00',
      usePriceMgmtAlgo: false,
      softDollarTier: { name: 'Tier1', value: '1' },
    });
  });

  const js =
    (build: (...args: never[]) => unknown, ...args: readonly unknown[]) =>
    () =>
      Reflect.apply(build, null, args);
  it.each<[string, () => unknown, string]>([
    ['a limit order without a price', js(basic.limit, 'BUY', 100), 'lmtPrice'],
    ['a limit order with NaN for a price', () => basic.limit('BUY', 100, Number.NaN), 'lmtPrice'],
    ['a price with more digits than a double holds', () => basic.limit('BUY', 100, '0.12345678901234567'), 'lmtPrice'],
    ['a price with a thousands separator', () => basic.limit('BUY', 100, '1,000'), 'lmtPrice'],
    ['a quantity of zero', () => basic.market('BUY', 0), 'totalQuantity'],
    ['a negative quantity', () => basic.market('SELL', -5), 'totalQuantity'],
    ['an unknown action', js(basic.market, 'HOLD', 5), 'action'],
    ['a misspelt attribute', js(basic.market, 'BUY', 5, { acount: 'DU9000001' }), 'acount'],
    ['a stray price', js(basic.market, 'BUY', 5, { lmtPrice: 3 }), 'lmtPrice'],
    ['a hidden market order', js(basic.market, 'BUY', 5, { hidden: true }), 'hidden'],
    ['an iceberg that shows more than it holds', () => basic.iceberg('BUY', 5, 10, 6), 'displaySize'],
    ['GTD without a date', js(basic.limit, 'BUY', 5, 1, { tif: 'GTD' }), 'goodTillDate'],
    ['a date without GTD', js(basic.limit, 'BUY', 5, 1, { goodTillDate: new Date(0) }), 'goodTillDate'],
    [
      'a date in a form without zone',
      () => basic.limit('BUY', 5, 1, { tif: 'GTD', goodTillDate: '20260630 16:00:00' }),
      'goodTillDate',
    ],
    [
      'a date that does not exist',
      () => basic.limit('BUY', 5, 1, { tif: 'GTD', goodTillDate: '20260631-16:00:00' }),
      'goodTillDate',
    ],
    ['an invalid Date', () => basic.limit('BUY', 5, 1, { tif: 'GTD', goodTillDate: new Date(Number.NaN) }), 'goodTillDate'],
    ['minutes without their number', js(basic.limit, 'BUY', 5, 1, { tif: 'Minutes' }), 'duration'],
    ['immediate at the close', js(basic.marketOnClose, 'BUY', 5, { tif: 'IOC' }), 'tif'],
    ['a stop at the open', js(basic.stop, 'BUY', 5, 1, { tif: 'OPG' }), 'tif'],
    [
      'a trail both by amount and percent',
      js(trailing.trail, 'BUY', 5, { amount: 1, percent: 2 }),
      'auxPrice or trailingPercent',
    ],
    ['a trail by nothing', js(trailing.trail, 'BUY', 5, {}), 'auxPrice or trailingPercent'],
    ['a trail by zero', () => trailing.trail('BUY', 5, { amount: 0 }), 'auxPrice'],
    [
      'a trailing limit without a limit',
      js(trailing.trailLimit, 'BUY', 5, { amount: 1, startAt: 9 }, {}),
      'lmtPrice or lmtPriceOffset',
    ],
    ['a relative order by nothing', js(pegged.relative, 'BUY', 5, {}), 'auxPrice or percentOffset'],
    ['a relative order by both', js(pegged.relative, 'BUY', 5, { offset: 1, percentOffset: 0.1 }), 'auxPrice or percentOffset'],
    ['money for a peg', js(pegged.pegMarket, 'BUY', { cashQty: 5 }, { offset: 0 }), 'cashQty'],
    ['an OCA type without a group', () => basic.market('BUY', 5, { ocaType: 1 }), 'ocaGroup'],
    ['borrowed shares from nowhere', () => basic.market('SSHORT', 5, { shortSaleSlot: 2 }), 'designatedLocation'],
    ['a truthy flag', js(basic.market, 'BUY', 5, { outsideRth: 1 }), 'outsideRth'],
    ['an order reference with a NUL', () => basic.market('BUY', 5, { orderRef: 'a\u0000b' }), 'orderRef'],
  ])('refuse %s', (_, build, field) => {
    expect(build).toThrowError(InputError);
    expect(build).toThrowError(expect.objectContaining({ field }));
  });
});

describe('order types', () => {
  it('know what each builder is sure of', () => {
    expectTypeOf(basic.limit('BUY', 1, 1).lmtPrice).toEqualTypeOf<number>();
    expectTypeOf(basic.stop('BUY', 1, 1).orderType).toEqualTypeOf<'STP'>();
  });

  it('do not compile wrong combinations', () => {
    const never = (): void => {
      // @ts-expect-error a limit order needs a price
      basic.limit('BUY', 100);
      // @ts-expect-error a side is one of four
      basic.market('HOLD', 100);
      // @ts-expect-error a market order rests at no price
      basic.market('BUY', 100, { hidden: true });
      // @ts-expect-error no attribute of that name
      basic.market('BUY', 100, { acount: 'DU9000001' });
      // @ts-expect-error GTD needs its date
      basic.limit('BUY', 100, 1, { tif: 'GTD' });
      // @ts-expect-error a date needs GTD
      basic.limit('BUY', 100, 1, { tif: 'DAY', goodTillDate: new Date(0) });
      // @ts-expect-error the closing auction is not immediate
      basic.marketOnClose('BUY', 100, { tif: 'IOC' });
      // @ts-expect-error amount or percent, not both
      trailing.trail('BUY', 100, { amount: 1, percent: 1 });
      // @ts-expect-error a trailing limit needs a first stop price
      trailing.trailLimit('BUY', 100, { amount: 1 }, { lmtPriceOffset: 1 });
      // @ts-expect-error offset or percent, not both
      pegged.relative('BUY', 100, { offset: 1, percentOffset: 0.01 });
      // @ts-expect-error a peg cannot be sized by money
      pegged.pegMarket('BUY', cash(5), { offset: 0 });
      // @ts-expect-error a volatility is per day or per year
      optional.volatility('BUY', 1, { volatility: 5 });
    };
    expect(never).toBeTypeOf('function');
  });
});
