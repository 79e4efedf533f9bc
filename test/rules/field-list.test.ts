// Which fields may be set under rules, field by field, held against lists that are written here a second time on purpose: whoever
// moves a field from one to another has to say so twice.

import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import { attachedFields, contractFields, legFields, orderFields, unjudgedOf } from '../../src/rules/fields.js';
import type { OrderFacts, Situation } from '../../src/rules/types.js';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Each could change size, side, price, contract or account, and no rule understands it. */
const REFUSED: readonly [string, object, readonly string[]][] = [
  [
    'order',
    orderFields,
    words(`settlingFirm clearingAccount clearingIntent faGroup faMethod faPercentage deltaNeutralOrderType deltaNeutralAuxPrice
      deltaNeutralConId deltaNeutralOpenClose deltaNeutralShortSale deltaNeutralShortSaleSlot deltaNeutralDesignatedLocation
      scaleInitLevelSize scaleSubsLevelSize scalePriceIncrement scalePriceAdjustValue scalePriceAdjustInterval scaleProfitOffset
      scaleAutoReset scaleInitPosition scaleInitFillQty scaleRandomPercent scaleTable hedgeType hedgeParam shortSaleSlot
      designatedLocation exemptCode deltaNeutralSettlingFirm deltaNeutralClearingAccount deltaNeutralClearingIntent
      orderMiscOptions randomizeSize randomizePrice modelCode softDollarTier dontUseAutoPriceForHedge isOmsContainer
      customerAccount hedgeMaxSize sharesAllocation faProfile basisPoints basisPointsType`),
  ],
  ['attached orders', attachedFields, words('slOrderId slOrderType ptOrderId ptOrderType')],
  ['contract', contractFields, words('secIdType secId issuerId deltaNeutralContract')],
  ['leg', legFields, words('shortSaleSlot designatedLocation exemptCode perLegPrice')],
];

/** Values that pass where the rest is lawful: every field that a rule reads. */
const READ: readonly [string, readonly [string, unknown][]][] = [
  [
    'order',
    [
      ['orderId', 1],
      ['parentId', 2],
      ['action', 'BUY'],
      ['totalQuantity', '1'],
      ['orderType', 'LMT'],
      ['lmtPrice', 1],
      ['auxPrice', 1],
      ['tif', 'DAY'],
      ['account', 'DU9000001'],
      ['percentOffset', 0.1],
      ['trailingPercent', 5],
      ['trailStopPrice', 1],
      ['ocaGroup', 'g'],
      ['ocaType', 1],
      ['algoStrategy', 'Twap'],
      ['smartComboRoutingParams', [{ tag: 'NonGuaranteed', value: '1' }]],
      ['whatIf', true],
      ['discretionaryAmt', 1],
      ['adjustedOrderType', 'STP'],
      ['triggerPrice', 1],
      ['adjustedStopPrice', 1],
      ['adjustedStopLimitPrice', 1],
      ['adjustedTrailingAmount', 1],
      ['adjustableTrailingUnit', 1],
      ['lmtPriceOffset', 1],
      ['cashQty', 100],
      ['conditions', [{ conditionType: 1, conId: 1, isMore: true, price: 1 }]],
      ['conditionsCancelOrder', true],
    ],
  ],
  [
    'contract',
    [
      ['conId', 1],
      ['symbol', 'AAPL'],
      ['secType', 'OPT'],
      ['lastTradeDateOrContractMonth', '20270115'],
      ['strike', 1],
      ['right', 'C'],
      ['multiplier', '100'],
      ['exchange', 'SMART'],
      ['currency', 'USD'],
      ['tradingClass', 'AAPL'],
      ['comboLegs', [{ conId: 1, ratio: 1, action: 'BUY' }]],
    ],
  ],
];

const named = (table: object, is: (kind: string) => boolean): readonly string[] =>
  Object.entries(table)
    .filter(([, kind]) => is(kind))
    .map(([field]) => field);

describe('the list of fields', () => {
  it.each(REFUSED)('refuses these of the %s table, and no others', (_, table, fields) => {
    expect([...named(table, (kind) => kind === 'refused')].sort()).toEqual([...fields].sort());
  });
  it.each(READ)('takes these of the %s table, all that a rule reads', (what, fields) => {
    const table = what === 'order' ? orderFields : contractFields;
    expect([...named(table, (kind) => kind === 'understood')].sort()).toEqual(fields.map(([field]) => field).sort());
    for (const [field, value] of fields)
      expect([field, what === 'order' ? unjudgedOf({ [field]: value }) : unjudgedOf({}, { [field]: value })]).toEqual([
        field,
        [],
      ]);
  });
  it('takes of a leg what says which contract, how many and which way', () => {
    expect([...named(legFields, (kind) => kind === 'understood')].sort()).toEqual(['action', 'conId', 'ratio']);
  });
});

describe('a field that is understood is read', () => {
  const stock = { secType: 'STK', symbol: 'AAPL', conId: 101, currency: 'USD', stockType: 'COMMON' };
  const call = {
    ...{ secType: 'OPT', symbol: 'AAPL', conId: 201, underConId: 101, currency: 'USD', right: 'C', strike: '105' },
    ...{ lastTradeDateOrContractMonth: '20270115', multiplier: '100', tradingClass: 'AAPL' },
  };
  const situation: Situation = {
    account: { account: 'DU9000001', accountType: 'IRA-ROTH-NEW', configuredKind: 'ira-margin', baseCurrency: 'USD' },
    cash: { USD: '1100', EUR: '0' },
    settledCash: { USD: '1100', EUR: '0' },
    positions: [{ contract: stock, position: '100' }],
    workingOrders: [],
  };
  const lmt = { orderType: 'LMT', lmtPrice: '100' };
  const buy: OrderFacts = { orderId: '1', contract: stock, action: 'BUY', totalQuantity: '10', reference: '100', ...lmt };
  const sale = { ...buy, action: 'SELL', totalQuantity: '60' };
  const write: OrderFacts = { ...buy, contract: call, action: 'SELL', totalQuantity: '1', lmtPrice: '3', reference: '3' };
  const stop = { ...buy, orderType: 'STP', auxPrice: '100', lmtPrice: undefined };
  const trail = { ...buy, orderType: 'TRAIL', auxPrice: '2', lmtPrice: undefined };
  const of = (base: OrderFacts, contract: object): OrderFacts => ({ ...base, contract: { ...base.contract, ...contract } });
  const refused = (...orders: OrderFacts[]): boolean => check(orders, situation).some(({ severity }) => severity === 'reject');

  /** The field, an order that passes, and the same with another value of that field alone. */
  const rows: readonly [string, readonly OrderFacts[], readonly OrderFacts[]][] = [
    ['action', [{ ...buy, totalQuantity: '10' }], [{ ...buy, action: 'SSHORT' }]],
    ['totalQuantity', [buy], [{ ...buy, totalQuantity: '12' }]],
    ['cashQty', [{ ...buy, totalQuantity: '0', cashQty: '1000' }], [{ ...buy, totalQuantity: '0', cashQty: '1200' }]],
    ['orderType', [buy], [{ ...buy, orderType: 'YOLO' }]],
    ['lmtPrice', [buy], [{ ...buy, lmtPrice: '111' }]],
    ['auxPrice', [stop], [{ ...stop, auxPrice: '106' }]],
    ['tif', [{ ...buy, tif: 'GTC' }], [{ ...buy, tif: 'FOREVER' }]],
    ['discretionaryAmt', [{ ...buy, discretionaryAmt: '1' }], [{ ...buy, discretionaryAmt: '11' }]],
    [
      'percentOffset',
      [{ ...buy, orderType: 'REL', lmtPrice: undefined, percentOffset: '0.01' }],
      [{ ...buy, orderType: 'REL', lmtPrice: undefined, percentOffset: '0.1' }],
    ],
    [
      'trailingPercent',
      [{ ...trail, auxPrice: undefined, trailingPercent: '1' }],
      [{ ...trail, auxPrice: undefined, trailingPercent: '9' }],
    ],
    ['trailStopPrice', [{ ...trail, trailStopPrice: '103' }], [{ ...trail, trailStopPrice: '109' }]],
    [
      'lmtPriceOffset',
      [{ ...trail, orderType: 'TRAIL LIMIT', lmtPriceOffset: '1' }],
      [{ ...trail, orderType: 'TRAIL LIMIT', lmtPriceOffset: '9' }],
    ],
    [
      'adjustedOrderType',
      [{ ...stop, adjustedOrderType: 'None', adjustedStopPrice: '109' }],
      [{ ...stop, adjustedOrderType: 'STP', adjustedStopPrice: '109' }],
    ],
    [
      'adjustedStopPrice',
      [{ ...stop, adjustedOrderType: 'STP', adjustedStopPrice: '101' }],
      [{ ...stop, adjustedOrderType: 'STP', adjustedStopPrice: '109' }],
    ],
    [
      'triggerPrice',
      [{ ...stop, adjustedOrderType: 'STP', triggerPrice: '101' }],
      [{ ...stop, adjustedOrderType: 'STP', triggerPrice: '109' }],
    ],
    [
      'adjustedStopLimitPrice',
      [{ ...stop, adjustedOrderType: 'STP LMT', adjustedStopPrice: '101', adjustedStopLimitPrice: '102' }],
      [{ ...stop, adjustedOrderType: 'STP LMT', adjustedStopPrice: '101', adjustedStopLimitPrice: '112' }],
    ],
    [
      'adjustedTrailingAmount',
      [{ ...stop, adjustedOrderType: 'TRAIL', adjustedStopPrice: '100', adjustedTrailingAmount: '1' }],
      [{ ...stop, adjustedOrderType: 'TRAIL', adjustedStopPrice: '100', adjustedTrailingAmount: '9' }],
    ],
    [
      'adjustableTrailingUnit',
      [{ ...stop, adjustedOrderType: 'TRAIL', adjustedStopPrice: '100', adjustedTrailingAmount: '4', adjustableTrailingUnit: 1 }],
      [
        {
          ...stop,
          adjustedOrderType: 'TRAIL',
          adjustedStopPrice: '100',
          adjustedTrailingAmount: '40',
          adjustableTrailingUnit: 1,
        },
      ],
    ],
    [
      'parentId',
      [
        { ...buy, totalQuantity: '5' },
        { ...sale, orderId: '2', parentId: '1', totalQuantity: '105' },
      ],
      [
        { ...buy, totalQuantity: '5' },
        { ...sale, orderId: '2', totalQuantity: '105' },
      ],
    ],
    [
      'ocaGroup',
      [
        { ...sale, ocaGroup: 'g', ocaType: 1 },
        { ...sale, orderId: '2', ocaGroup: 'g', ocaType: 1 },
      ],
      [
        { ...sale, ocaGroup: 'g', ocaType: 1 },
        { ...sale, orderId: '2', ocaGroup: 'h', ocaType: 1 },
      ],
    ],
    [
      'ocaType',
      [
        { ...sale, ocaGroup: 'g', ocaType: 2 },
        { ...sale, orderId: '2', ocaGroup: 'g', ocaType: 2 },
      ],
      [
        { ...sale, ocaGroup: 'g', ocaType: 3 },
        { ...sale, orderId: '2', ocaGroup: 'g', ocaType: 3 },
      ],
    ],
    [
      'orderId',
      [
        { ...sale, totalQuantity: '40' },
        { ...sale, orderId: '2' },
      ],
      [{ ...sale, totalQuantity: '40' }, sale],
    ],
    ['right', [write], [of({ ...write, totalQuantity: '1' }, { right: 'P' })]],
    [
      'strike',
      [of({ ...write, lmtPrice: '1' }, { right: 'P', strike: '10' })],
      [of({ ...write, lmtPrice: '1' }, { right: 'P', strike: '12' })],
    ],
    ['multiplier', [write], [of(write, { multiplier: '101' })]],
    ['tradingClass', [write], [of(write, { tradingClass: 'AAPL1' })]],
    ['symbol', [write], [of(write, { symbol: 'MSFT', underConId: undefined, tradingClass: 'MSFT' })]],
    ['currency', [buy], [of(buy, { currency: 'EUR' })]],
    ['secType', [buy], [of(buy, { secType: 'CFD' })]],
    ['conId', [sale], [of(sale, { conId: 102, symbol: 'MSFT' })]],
    ['lastTradeDateOrContractMonth', [write], [of(write, { lastTradeDateOrContractMonth: undefined })]],
  ];
  it.each(rows)('%s', (_, passing, breaking) => {
    expect([refused(...passing), refused(...breaking)]).toEqual([false, true]);
  });
});
