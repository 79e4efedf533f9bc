// What each order type needs, may have and excludes: the one table behind every builder's run-time checks.
import type { OrderDraft, OrderType, PriceFields, Tif } from '../draft.js';

export type PriceField = keyof PriceFields;

export interface OrderKind {
  /** All of these. */
  readonly needs: readonly PriceField[];
  /** Exactly one of these. */
  readonly oneOf?: readonly PriceField[];
  /** Any of these. */
  readonly may?: readonly PriceField[];
  /** auxPrice is a distance and must be above 0. */
  readonly distance?: true;
  /** The only times in force it knows. Absent: any except OPG and AUC. */
  readonly tifs?: readonly Tif[];
}

const CLOSE: readonly Tif[] = ['DAY', 'GTC', 'GTD', 'DTC'];
const OPENABLE: readonly Tif[] = ['DAY', 'GTC', 'IOC', 'GTD', 'OPG', 'FOK', 'DTC', 'GTT', 'AUC', 'GTX', 'Minutes'];
const VOLATILITY = ['volatility', 'volatilityType'] as const;
const VOLATILITY_MAY = [
  'lmtPrice',
  'auxPrice',
  'continuousUpdate',
  'referencePriceType',
  'stockRefPrice',
  'stockRangeLower',
  'stockRangeUpper',
] as const;
const TRAILING = ['auxPrice', 'trailingPercent'] as const;
const pegVolatility: OrderKind = { needs: VOLATILITY, may: VOLATILITY_MAY };
const snap: OrderKind = { needs: [], may: ['auxPrice'] };

export const ORDER_KINDS: Readonly<Record<OrderType, OrderKind>> = {
  MKT: { needs: [], tifs: OPENABLE },
  LMT: { needs: ['lmtPrice'], may: ['startingPrice', 'stockRefPrice', 'delta'], tifs: OPENABLE },
  STP: { needs: ['auxPrice'] },
  'STP LMT': { needs: ['lmtPrice', 'auxPrice'] },
  TRAIL: { needs: [], oneOf: TRAILING, may: ['trailStopPrice'], distance: true },
  'TRAIL LIMIT': { needs: ['trailStopPrice'], oneOf: TRAILING, may: ['lmtPrice', 'lmtPriceOffset'], distance: true },
  MIT: { needs: ['auxPrice'] },
  LIT: { needs: ['lmtPrice', 'auxPrice'] },
  'TRAIL MIT': { needs: [], oneOf: TRAILING, may: ['trailStopPrice'], distance: true },
  'TRAIL LIT': { needs: ['lmtPriceOffset'], oneOf: TRAILING, may: ['trailStopPrice'], distance: true },
  MOC: { needs: [], tifs: CLOSE },
  LOC: { needs: ['lmtPrice'], tifs: CLOSE },
  MTL: { needs: [], may: ['lmtPrice'], tifs: OPENABLE },
  'MKT PRT': { needs: [] },
  'STP PRT': { needs: ['auxPrice'] },
  REL: { needs: [], may: ['auxPrice', 'percentOffset', 'lmtPrice'] },
  'PASSV REL': { needs: [], oneOf: ['auxPrice', 'percentOffset'], may: ['lmtPrice'] },
  'PEG MKT': { needs: ['auxPrice'], may: ['lmtPrice'] },
  'PEG PRIM': { needs: ['auxPrice'], may: ['lmtPrice'] },
  'PEG MID': { needs: [], may: ['auxPrice', 'lmtPrice', 'minTradeQty', 'midOffsetAtWhole', 'midOffsetAtHalf'] },
  'PEG BEST': {
    needs: ['lmtPrice', 'competeAgainstBestOffset'],
    may: ['minTradeQty', 'minCompeteSize', 'midOffsetAtWhole', 'midOffsetAtHalf'],
  },
  'PEG STK': { needs: ['delta', 'startingPrice'], may: ['stockRefPrice', 'stockRangeLower', 'stockRangeUpper'] },
  'PEG BENCH': {
    needs: [
      'startingPrice',
      'referenceContractId',
      'peggedChangeAmount',
      'referenceChangeAmount',
      'isPeggedChangeAmountDecrease',
    ],
    may: ['referenceExchangeId', 'stockRefPrice', 'stockRangeLower', 'stockRangeUpper', 'lmtPrice'],
  },
  'SNAP MID': snap,
  'SNAP MKT': snap,
  'SNAP PRIM': snap,
  MIDPRICE: { needs: [], may: ['lmtPrice'] },
  'BOX TOP': { needs: [] },
  VOL: pegVolatility,
  PPV: pegVolatility,
  PDV: pegVolatility,
  PMV: pegVolatility,
  PSV: pegVolatility,
  VWAP: { needs: [] },
  QUOTE: { needs: [] },
  'FIX PEGGED': { needs: [], may: ['lmtPrice', 'auxPrice'] },
  'LMT + MKT': { needs: ['lmtPrice'] },
  'REL + LMT': { needs: ['lmtPrice', 'auxPrice'] },
  'REL + MKT': { needs: ['auxPrice'] },
  'TRAIL LMT + MKT': { needs: ['trailStopPrice'], oneOf: TRAILING, may: ['lmtPrice', 'lmtPriceOffset'], distance: true },
  'TRAIL REL + MKT': { needs: [], oneOf: TRAILING, may: ['trailStopPrice'], distance: true },
};

/** Attributes that only an order with a limit or a pegged price can have: they say how a resting price behaves. */
export const RESTING_ONLY = [
  'displaySize',
  'hidden',
  'blockOrder',
  'sweepToFill',
  'discretionaryAmt',
  'discretionaryUpToLimitPrice',
  'postOnly',
  'auctionStrategy',
] as const satisfies readonly (keyof OrderDraft)[];

/** Order types without any resting price. */
export const MARKETLIKE: ReadonlySet<OrderType> = new Set([
  'MKT',
  'STP',
  'TRAIL',
  'MIT',
  'TRAIL MIT',
  'MOC',
  'MKT PRT',
  'STP PRT',
  'VWAP',
  'QUOTE',
]);

/** Order types that can be sized by money. */
export const CASHABLE: ReadonlySet<OrderType> = new Set([
  'MKT',
  'LMT',
  'STP',
  'STP LMT',
  'MIDPRICE',
  'REL',
  'MOC',
  'LOC',
  'TRAIL',
  'TRAIL LIMIT',
  'MIT',
  'LIT',
  'MTL',
]);

/** Times in force a type accepts. */
export function tifsOf(orderType: OrderType): readonly Tif[] {
  return ORDER_KINDS[orderType].tifs ?? OPENABLE.filter((tif) => tif !== 'OPG' && tif !== 'AUC');
}
