// Orders whose price follows another price: relative, pegged, snapped, midprice.
import { namesOf, refuseOthers } from '../../input/known-properties.js';
import type { Action, OrderOf } from '../draft.js';
import type { Amount } from './amount.js';
import { assemble, type PricesGiven, type Size } from './assemble.js';
import type { RestingOptions } from './attributes.js';

/** Offset as an amount of price or as a fraction (0.01 is one percent), and an optional worst price. */
export type RelativeOffset =
  | { readonly offset: Amount; readonly percentOffset?: never; readonly cap?: Amount }
  | { readonly percentOffset: Amount; readonly offset?: never; readonly cap?: Amount };

/** An offset and an optional worst price. */
export interface PegOffset {
  readonly offset: Amount;
  readonly cap?: Amount;
}

/** The band of the reference price outside which a pegged order is cancelled. */
export interface StockRange {
  readonly stockRefPrice?: Amount;
  readonly stockRangeLower?: Amount;
  readonly stockRangeUpper?: Amount;
}

const relativeNames = namesOf<RelativeOffset>({ offset: true, percentOffset: true, cap: true });
const offsetNames = namesOf<PegOffset>({ offset: true, cap: true });

function relativePrices(by: RelativeOffset): Pick<PricesGiven, 'auxPrice' | 'percentOffset' | 'lmtPrice'> {
  refuseOthers(relativeNames, by, 'by.');
  return { auxPrice: by.offset, percentOffset: by.percentOffset, lmtPrice: by.cap };
}

function offsetPrices(by: Partial<PegOffset>): Pick<PricesGiven, 'auxPrice' | 'lmtPrice'> {
  refuseOthers(offsetNames, by, 'by.');
  return { auxPrice: by.offset, lmtPrice: by.cap };
}

/** Better than the best quote on its own side by an offset, up to a cap. */
export function relative(action: Action, size: Size, by: RelativeOffset, options: RestingOptions = {}): OrderOf<'REL'> {
  return assemble('REL', action, size, relativePrices(by), options);
}

/** A discretionary peg (server 148 on): rests at the best quote of its own side and takes prices up to its limit, unseen. */
export function discretionaryPeg(
  action: Action,
  size: Amount,
  lmtPrice: Amount,
  options: RestingOptions = {},
): OrderOf<'REL', 'lmtPrice' | 'discretionaryUpToLimitPrice'> {
  return assemble('REL', action, size, { lmtPrice }, { ...options, discretionaryUpToLimitPrice: true });
}

/** Behind the best quote on its own side by an offset. */
export function passiveRelative(
  action: Action,
  size: Amount,
  by: RelativeOffset,
  options: RestingOptions = {},
): OrderOf<'PASSV REL'> {
  return assemble('PASSV REL', action, size, relativePrices(by), options);
}

/** Pegged to the opposite side of the market. */
export function pegMarket(
  action: Action,
  size: Amount,
  by: PegOffset,
  options: RestingOptions = {},
): OrderOf<'PEG MKT', 'auxPrice'> {
  return assemble('PEG MKT', action, size, offsetPrices(by), options);
}

/** Pegged to the best quote on its own side. */
export function pegPrimary(
  action: Action,
  size: Amount,
  by: PegOffset,
  options: RestingOptions = {},
): OrderOf<'PEG PRIM', 'auxPrice'> {
  return assemble('PEG PRIM', action, size, offsetPrices(by), options);
}

/** What a peg to the midpoint may say. The offsets at whole and half ticks belong to IBKRATS, server 170 on. */
export interface PegMid {
  readonly offset?: Amount;
  readonly cap?: Amount;
  readonly minTradeQty?: number;
  readonly midOffsetAtWhole?: Amount;
  readonly midOffsetAtHalf?: Amount;
}

/** Pegged to the midpoint. */
export function pegMid(action: Action, size: Amount, by: PegMid = {}, options: RestingOptions = {}): OrderOf<'PEG MID'> {
  const { offset, cap, ...ats } = by;
  return assemble('PEG MID', action, size, { auxPrice: offset, lmtPrice: cap, ...ats }, options);
}

/** How a peg to best competes: with an offset to the best quote, or up to the midpoint with its two offsets. */
export type Competing = { readonly minTradeQty?: number; readonly minCompeteSize?: number } & (
  | { readonly competeAgainstBestOffset: Amount; readonly upToMid?: never }
  | {
      readonly upToMid: { readonly midOffsetAtWhole: Amount; readonly midOffsetAtHalf: Amount };
      readonly competeAgainstBestOffset?: never;
    }
);

/** Pegged to best on IBKRATS (server 170 on). */
export function pegBest(
  action: Action,
  size: Amount,
  lmtPrice: Amount,
  by: Competing,
  options: RestingOptions = {},
): OrderOf<'PEG BEST', 'lmtPrice' | 'competeAgainstBestOffset'> {
  const { upToMid, competeAgainstBestOffset = Number.POSITIVE_INFINITY, ...rest } = by;
  return assemble('PEG BEST', action, size, { lmtPrice, competeAgainstBestOffset, ...upToMid, ...rest }, options);
}

/** An option pegged to its stock: `delta` per point of the stock from `startingPrice` on. */
export function pegStock(
  action: Action,
  size: Amount,
  by: { readonly delta: Amount; readonly startingPrice: Amount } & StockRange,
  options: RestingOptions = {},
): OrderOf<'PEG STK', 'delta' | 'startingPrice'> {
  return assemble('PEG STK', action, size, { ...by }, options);
}

/** How an order follows another contract (server 102 on). */
export interface Benchmark extends StockRange {
  readonly startingPrice: Amount;
  readonly referenceContractId: number;
  readonly referenceExchangeId?: string;
  /** The order's price moves by this … */
  readonly peggedChangeAmount: Amount;
  /** … for each move of the reference by this … */
  readonly referenceChangeAmount: Amount;
  /** … down when the reference goes up, if true. */
  readonly isPeggedChangeAmountDecrease: boolean;
  readonly lmtPrice?: Amount;
}

/** Pegged to another contract's price. */
export function pegBench(
  action: Action,
  size: Amount,
  by: Benchmark,
  options: RestingOptions = {},
): OrderOf<'PEG BENCH', 'referenceContractId'> {
  return assemble('PEG BENCH', action, size, { ...by }, options);
}

/** The price of a pegged order, taken once: midpoint. */
export function snapMid(action: Action, size: Amount, offset?: Amount, options: RestingOptions = {}): OrderOf<'SNAP MID'> {
  return assemble('SNAP MID', action, size, { auxPrice: offset }, options);
}

/** The price of a pegged order, taken once: opposite side. */
export function snapMarket(action: Action, size: Amount, offset?: Amount, options: RestingOptions = {}): OrderOf<'SNAP MKT'> {
  return assemble('SNAP MKT', action, size, { auxPrice: offset }, options);
}

/** The price of a pegged order, taken once: own side. */
export function snapPrimary(action: Action, size: Amount, offset?: Amount, options: RestingOptions = {}): OrderOf<'SNAP PRIM'> {
  return assemble('SNAP PRIM', action, size, { auxPrice: offset }, options);
}

/** Routed at the midpoint or better, up to an optional cap. */
export function midprice(action: Action, size: Size, cap?: Amount, options: RestingOptions = {}): OrderOf<'MIDPRICE'> {
  return assemble('MIDPRICE', action, size, { lmtPrice: cap }, options);
}

/** Pegged at a fixed distance, as some exchanges define it. */
export function fixPegged(
  action: Action,
  size: Amount,
  by: Partial<PegOffset> = {},
  options: RestingOptions = {},
): OrderOf<'FIX PEGGED'> {
  return assemble('FIX PEGGED', action, size, offsetPrices(by), options);
}
