// The attributes every order may carry, each with the parser that checks it; the accepted types are derived from here.
import { shown } from '../../../input/shown.js';
import { InputError } from '../../input/input-error.js';
import { flag, nonNegative, oneOf, positive, text, whole } from './amount.js';
import { instant } from './instants.js';
import type { RESTING_ONLY } from './order-kinds.js';

const count = (field: string, value: number): number => whole(field, value, 1);

/** One row per attribute: official name and parser. */
export const ATTRIBUTES = {
  account: text,
  /** The user's own tag; it survives restarts. */
  orderRef: text,
  modelCode: text,
  /** `O` opens, `C` closes. */
  openClose: oneOf('O', 'C'),
  /** 0 customer, 1 firm. */
  origin: oneOf(0, 1),
  parentId: count,
  /** false: staged in this TWS session only. Absent: true. */
  transmit: flag,
  ocaGroup: text,
  /** 1 cancel the rest with block, 2 reduce with block, 3 reduce without block. */
  ocaType: oneOf(1, 2, 3),
  autoCancelParent: flag,
  /** Shown size of an iceberg. */
  displaySize: count,
  /** 0 default, 1 double bid/ask, 2 last, 3 double last, 4 bid/ask, 7 last or bid/ask, 8 midpoint. */
  triggerMethod: oneOf(0, 1, 2, 3, 4, 7, 8),
  outsideRth: flag,
  hidden: flag,
  blockOrder: flag,
  sweepToFill: flag,
  /** Amount the limit may be bettered by. */
  discretionaryAmt: positive,
  discretionaryUpToLimitPrice: flag,
  allOrNone: flag,
  minQty: count,
  notHeld: flag,
  optOutSmartRouting: flag,
  overridePercentageConstraints: flag,
  randomizeSize: flag,
  randomizePrice: flag,
  solicited: flag,
  whatIf: flag,
  whatIfType: (field: string, value: number): number => whole(field, value),
  includeOvernight: flag,
  imbalanceOnly: flag,
  postOnly: flag,
  allowPreOpen: flag,
  ignoreOpenAuction: flag,
  deactivate: flag,
  routeMarketableToBbo: flag,
  seekPriceImprovement: flag,
  /** Absent: the account's default. */
  usePriceMgmtAlgo: flag,
  isOmsContainer: flag,
  postToAts: (field: string, value: number): number => whole(field, value),
  /** 1 match, 2 improvement, 3 transparent. */
  auctionStrategy: oneOf(1, 2, 3),
  rule80A: oneOf('I', 'A', 'W', 'J', 'U', 'M', 'K', 'Y', 'N'),
  /** 1 broker holds the shares, 2 they come from `designatedLocation`. */
  shortSaleSlot: oneOf(1, 2),
  designatedLocation: text,
  exemptCode: (field: string, value: number): number => whole(field, value, -1),
  settlingFirm: text,
  clearingAccount: text,
  clearingIntent: oneOf('IB', 'Away', 'PTA'),
  faGroup: text,
  faMethod: oneOf('Equal', 'AvailableEquity', 'NetLiq', 'ContractsOrShares', 'Ratio', 'Percent', 'MonetaryAmount', 'PctChange'),
  faPercentage: text,
  extOperator: text,
  manualOrderTime: instant,
  manualOrderIndicator: oneOf(0, 1),
  advancedErrorOverride: text,
  customerAccount: text,
  professionalCustomer: flag,
  mifid2DecisionMaker: text,
  mifid2DecisionAlgo: text,
  mifid2ExecutionTrader: text,
  mifid2ExecutionAlgo: text,
  softDollarTier: (field: string, value: { readonly name: string; readonly value: string }): { name: string; value: string } => {
    if (typeof value !== 'object' || value === null) throw new InputError(field, `must be { name, value }, got ${shown(value)}`);
    return { name: text(`${field}.name`, value.name), value: text(`${field}.value`, value.value) };
  },
  /** Delta-neutral part of a volatility order. */
  deltaNeutralOrderType: text,
  deltaNeutralAuxPrice: nonNegative,
  deltaNeutralConId: count,
  deltaNeutralSettlingFirm: text,
  deltaNeutralClearingAccount: text,
  deltaNeutralClearingIntent: text,
  deltaNeutralOpenClose: oneOf('O', 'C'),
  deltaNeutralShortSale: flag,
  deltaNeutralShortSaleSlot: oneOf(1, 2),
  deltaNeutralDesignatedLocation: text,
  dontUseAutoPriceForHedge: flag,
  /** From when on the order works. */
  goodAfterTime: instant,
} as const;

type Table = typeof ATTRIBUTES;
type Loose = { readonly [K in keyof Table]?: Parameters<Table[K]>[1] };

/** Attributes of an order that rests at a price. */
export interface Attributes extends Loose {}

/** How long an order lives. Absent: the gateway's preset, normally DAY. */
export type Lifetime =
  | { readonly tif?: 'DAY' | 'GTC' | 'IOC' | 'FOK' | 'DTC' | 'GTX'; readonly goodTillDate?: never; readonly duration?: never }
  | { readonly tif: 'GTD'; readonly goodTillDate: Parameters<typeof instant>[1]; readonly duration?: never }
  | { readonly tif: 'GTT'; readonly goodTillDate?: Parameters<typeof instant>[1]; readonly duration?: never }
  | { readonly tif: 'Minutes'; readonly duration: number; readonly goodTillDate?: never };

/** Lifetimes of orders for the close: what waits for an auction can neither fill or kill nor be immediate. */
export type ClosingLifetime =
  | { readonly tif?: 'DAY' | 'GTC' | 'DTC'; readonly goodTillDate?: never; readonly duration?: never }
  | { readonly tif: 'GTD'; readonly goodTillDate: Parameters<typeof instant>[1]; readonly duration?: never };

type Parked = (typeof RESTING_ONLY)[number];
/** Everything an order with a resting price may carry. */
export type RestingOptions = Attributes & Lifetime;
/** Everything a market-like order may carry: nothing that says how a resting price behaves. */
export type MarketOptions = Omit<Attributes, Parked> & Lifetime;
/** The same for orders at the close. */
export type ClosingOptions = Attributes & ClosingLifetime;
/** Options of a market-like order for the close. */
export type MarketClosingOptions = Omit<Attributes, Parked> & ClosingLifetime;
/** Options of an order whose lifetime its kind decides. */
export type FixedOptions = Attributes & { readonly tif?: never; readonly goodTillDate?: never; readonly duration?: never };
/** Options of a market-like order whose lifetime its kind decides, such as one for the opening. */
export type MarketFixedOptions = Omit<FixedOptions, Parked>;
