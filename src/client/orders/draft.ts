// Orders as builders make them: official field names, absent means not given; facades add ids and hand them to the encoder.
import type { DecimalText } from '../../protocol/schema/codecs.js';
import type { ConditionDraft } from './conditions/draft.js';

/** Which side an order takes. `SSHORT` and `SLONG` are for institutions; a plain short sale is a `SELL`. */
export type Action = 'BUY' | 'SELL' | 'SSHORT' | 'SLONG';
/** How long an order lives. Unset on an order: `DAY` is written, because gateways from 225 on refuse an order without. */
export type Tif = 'DAY' | 'GTC' | 'IOC' | 'GTD' | 'OPG' | 'FOK' | 'DTC' | 'GTT' | 'AUC' | 'GTX' | 'Minutes';

/** Order types as the wire spells them. */
export const ORDER_TYPES = [
  ...(['MKT', 'LMT', 'STP', 'STP LMT', 'TRAIL', 'TRAIL LIMIT', 'MIT', 'LIT', 'TRAIL MIT', 'TRAIL LIT', 'MOC', 'LOC'] as const),
  ...(['MTL', 'MKT PRT', 'STP PRT', 'REL', 'PASSV REL', 'PEG MKT', 'PEG PRIM', 'PEG MID', 'PEG BEST', 'PEG STK'] as const),
  ...(['PEG BENCH', 'SNAP MID', 'SNAP MKT', 'SNAP PRIM', 'MIDPRICE', 'BOX TOP', 'VOL', 'PPV', 'PDV', 'PMV', 'PSV'] as const),
  ...(['VWAP', 'QUOTE', 'FIX PEGGED', 'LMT + MKT', 'REL + LMT', 'REL + MKT', 'TRAIL LMT + MKT', 'TRAIL REL + MKT'] as const),
] as const;
/** A type of order by its official name, such as `LMT` or `TRAIL LIMIT`; a builder makes each of them. */
export type OrderType = (typeof ORDER_TYPES)[number];

/** A parameter by its official name, its value as text. */
export interface TagValue {
  readonly tag: string;
  readonly value: string;
}

/** Prices an order type may ask for; which it needs is in `builders/order-kinds.ts`. */
export interface PriceFields {
  readonly lmtPrice?: number;
  readonly auxPrice?: number;
  readonly trailStopPrice?: number;
  /** Percent: 5 is five percent. */
  readonly trailingPercent?: number;
  readonly lmtPriceOffset?: number;
  /** Fraction: 0.01 is one percent. */
  readonly percentOffset?: number;
  readonly startingPrice?: number;
  readonly stockRefPrice?: number;
  readonly delta?: number;
  readonly stockRangeLower?: number;
  readonly stockRangeUpper?: number;
  readonly volatility?: number;
  readonly volatilityType?: 1 | 2;
  readonly continuousUpdate?: boolean;
  readonly referencePriceType?: 1 | 2;
  readonly referenceContractId?: number;
  readonly referenceExchangeId?: string;
  readonly peggedChangeAmount?: number;
  readonly referenceChangeAmount?: number;
  readonly isPeggedChangeAmountDecrease?: boolean;
  readonly minTradeQty?: number;
  readonly minCompeteSize?: number;
  /** Infinity means "up to mid". */
  readonly competeAgainstBestOffset?: number;
  readonly midOffsetAtWhole?: number;
  readonly midOffsetAtHalf?: number;
}

/** How long the order lives and when it starts. Times are wire text. */
export interface LifetimeFields {
  readonly tif?: Tif;
  readonly goodTillDate?: string;
  readonly goodAfterTime?: string;
  /** Minutes, with tif `Minutes`. */
  readonly duration?: number;
  readonly activeStartTime?: string;
  readonly activeStopTime?: string;
}

/** What ties orders together. */
export interface LinkFields {
  readonly parentId?: number;
  readonly transmit?: boolean;
  readonly ocaGroup?: string;
  readonly ocaType?: 0 | 1 | 2 | 3;
  readonly autoCancelParent?: boolean;
  readonly hedgeType?: 'D' | 'B' | 'F' | 'P';
  readonly hedgeParam?: string;
  readonly hedgeMaxSize?: number;
  readonly dontUseAutoPriceForHedge?: boolean;
  readonly slOrderId?: number;
  readonly slOrderType?: string;
  readonly ptOrderId?: number;
  readonly ptOrderType?: string;
}

/** What a stop order becomes when `triggerPrice` is touched: see `adjustable`. Prices in the contract's currency. */
export interface AdjustmentFields {
  readonly adjustedOrderType?: 'STP' | 'STP LMT' | 'TRAIL' | 'TRAIL LIMIT';
  readonly triggerPrice?: number;
  readonly adjustedStopPrice?: number;
  readonly adjustedStopLimitPrice?: number;
  readonly adjustedTrailingAmount?: number;
  /** 0 amount, 1 percent. */
  readonly adjustableTrailingUnit?: 0 | 1;
}

/** The levels of a scale order: see `scale`. Sizes in shares or contracts, the interval in seconds. */
export interface ScaleFields {
  readonly scaleInitLevelSize?: number;
  readonly scaleSubsLevelSize?: number;
  readonly scalePriceIncrement?: number;
  readonly scalePriceAdjustValue?: number;
  readonly scalePriceAdjustInterval?: number;
  readonly scaleProfitOffset?: number;
  readonly scaleAutoReset?: boolean;
  readonly scaleInitPosition?: number;
  readonly scaleInitFillQty?: number;
  readonly scaleRandomPercent?: boolean;
  readonly scaleTable?: string;
}

/** The hedge that the gateway places by itself for a volatility order. */
export interface DeltaNeutralFields {
  readonly deltaNeutralOrderType?: string;
  readonly deltaNeutralAuxPrice?: number;
  readonly deltaNeutralConId?: number;
  readonly deltaNeutralSettlingFirm?: string;
  readonly deltaNeutralClearingAccount?: string;
  readonly deltaNeutralClearingIntent?: string;
  readonly deltaNeutralOpenClose?: string;
  readonly deltaNeutralShortSale?: boolean;
  readonly deltaNeutralShortSaleSlot?: number;
  readonly deltaNeutralDesignatedLocation?: string;
}

/** Algos, routing of combinations and conditions: see `algo`, `routed`, `activateWhen`. */
export interface ProgramFields {
  readonly algoStrategy?: string;
  readonly algoParams?: readonly TagValue[];
  readonly algoId?: string;
  readonly smartComboRoutingParams?: readonly TagValue[];
  readonly orderMiscOptions?: readonly TagValue[];
  readonly orderComboLegs?: readonly { readonly price?: number }[];
  readonly conditions?: readonly ConditionDraft[];
  readonly conditionsIgnoreRth?: boolean;
  readonly conditionsCancelOrder?: boolean;
  /**
   * The conditions are measured in the overnight session too (server 226 on; `TooOldError` below). Absent: off. Says nothing
   * without conditions. New orders need a contract whose `validExchanges` names OVERNIGHT or IBEOS, and a login that has it:
   * refused with 10371 otherwise.
   */
  readonly conditionsIncludeOvernight?: boolean;
}

/** Attributes that no order type owns; `builders/attributes.ts` says what each accepts. */
export interface AttributeFields {
  readonly account?: string;
  readonly orderRef?: string;
  readonly modelCode?: string;
  readonly openClose?: 'O' | 'C';
  readonly origin?: 0 | 1;
  readonly displaySize?: number;
  readonly triggerMethod?: 0 | 1 | 2 | 3 | 4 | 7 | 8;
  readonly outsideRth?: boolean;
  readonly hidden?: boolean;
  readonly blockOrder?: boolean;
  readonly sweepToFill?: boolean;
  readonly discretionaryAmt?: number;
  readonly discretionaryUpToLimitPrice?: boolean;
  readonly allOrNone?: boolean;
  readonly minQty?: number;
  readonly notHeld?: boolean;
  readonly optOutSmartRouting?: boolean;
  readonly overridePercentageConstraints?: boolean;
  readonly randomizeSize?: boolean;
  readonly randomizePrice?: boolean;
  readonly solicited?: boolean;
  readonly whatIf?: boolean;
  readonly whatIfType?: number;
  readonly includeOvernight?: boolean;
  readonly imbalanceOnly?: boolean;
  readonly postOnly?: boolean;
  readonly allowPreOpen?: boolean;
  readonly ignoreOpenAuction?: boolean;
  readonly deactivate?: boolean;
  readonly routeMarketableToBbo?: boolean;
  readonly seekPriceImprovement?: boolean;
  readonly usePriceMgmtAlgo?: boolean;
  readonly isOmsContainer?: boolean;
  readonly postToAts?: number;
  readonly auctionStrategy?: 0 | 1 | 2 | 3;
  readonly rule80A?: 'I' | 'A' | 'W' | 'J' | 'U' | 'M' | 'K' | 'Y' | 'N';
  readonly shortSaleSlot?: 0 | 1 | 2;
  readonly designatedLocation?: string;
  readonly exemptCode?: number;
  readonly settlingFirm?: string;
  readonly clearingAccount?: string;
  readonly clearingIntent?: 'IB' | 'Away' | 'PTA';
  readonly faGroup?: string;
  readonly faMethod?: string;
  readonly faPercentage?: string;
  readonly extOperator?: string;
  readonly manualOrderTime?: string;
  readonly manualOrderIndicator?: 0 | 1;
  readonly advancedErrorOverride?: string;
  readonly customerAccount?: string;
  readonly professionalCustomer?: boolean;
  readonly mifid2DecisionMaker?: string;
  readonly mifid2DecisionAlgo?: string;
  readonly mifid2ExecutionTrader?: string;
  readonly mifid2ExecutionAlgo?: string;
  readonly softDollarTier?: { readonly name: string; readonly value: string };
}

/**
 * An order as the builders make it, plain data by official field names. A field that is left out is not sent; the gateway's
 * preset holds then.
 */
export interface OrderDraft
  extends PriceFields,
    LifetimeFields,
    LinkFields,
    AdjustmentFields,
    ScaleFields,
    DeltaNeutralFields,
    ProgramFields,
    AttributeFields {
  readonly action: Action;
  readonly orderType: OrderType;
  /** `0` together with cashQty, and for hedge children. */
  readonly totalQuantity: DecimalText;
  /** Money instead of a count, in the contract's currency. */
  readonly cashQty?: number;
}

/** An order of one type with the named fields certain to be there. */
export type OrderOf<T extends OrderType, K extends keyof OrderDraft = never> = OrderDraft &
  Readonly<Required<Pick<OrderDraft, K>>> & { readonly orderType: T };

/** An instruction for an option in the shape of an order, which the rules read as what it is. */
export type InstructionDraft = OrderDraft & { readonly act: 'exercise' | 'lapse' };

/** A draft while it is put together. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
