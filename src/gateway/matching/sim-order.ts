/** The fields of an order and its contract that matching reads, by their official names. Whatever else they carry is echoed. */

export interface SimComboLeg {
  readonly conId?: number | undefined;
  readonly ratio?: number | undefined;
  readonly action?: string | undefined;
  readonly exchange?: string | undefined;
}

/** A contract as an order of the simulated gateway names it; undefined is what the order did not say. */
export interface SimContract {
  readonly conId?: number | undefined;
  readonly symbol?: string | undefined;
  readonly secType?: string | undefined;
  readonly lastTradeDateOrContractMonth?: string | undefined;
  readonly strike?: number | undefined;
  readonly right?: string | undefined;
  readonly multiplier?: string | undefined;
  readonly exchange?: string | undefined;
  readonly primaryExchange?: string | undefined;
  readonly currency?: string | undefined;
  readonly localSymbol?: string | undefined;
  readonly tradingClass?: string | undefined;
  readonly comboLegsDescrip?: string | undefined;
  readonly comboLegs?: readonly SimComboLeg[] | undefined;
}

/** 1 price, 3 time, 4 margin, 5 execution, 6 volume, 7 percentage change. */
export interface SimCondition {
  readonly conditionType?: number | undefined;
  /** How the next condition is joined: true and, false or. */
  readonly isConjunctionConnection?: boolean | undefined;
  readonly isMore?: boolean | undefined;
  readonly price?: number | undefined;
  readonly triggerMethod?: number | undefined;
  readonly conId?: number | undefined;
  readonly exchange?: string | undefined;
  readonly symbol?: string | undefined;
  readonly secType?: string | undefined;
  readonly time?: string | undefined;
  readonly percent?: number | undefined;
  readonly volume?: number | undefined;
  readonly changePercent?: number | undefined;
}

/** A parameter by its official name, its value as text. */
export interface TagValue {
  readonly tag: string;
  readonly value: string;
}

/** An order as a client sends it. The protocol's record fits. */
export interface OrderFields {
  readonly action?: string | undefined;
  /** Exact decimal text. */
  readonly totalQuantity?: string | undefined;
  readonly orderType?: string | undefined;
  readonly lmtPrice?: number | undefined;
  readonly auxPrice?: number | undefined;
  readonly tif?: string | undefined;
  readonly account?: string | undefined;
  readonly orderRef?: string | undefined;
  readonly transmit?: boolean | undefined;
  readonly whatIf?: boolean | undefined;
  readonly parentId?: number | undefined;
  readonly ocaGroup?: string | undefined;
  readonly ocaType?: number | undefined;
  readonly displaySize?: number | undefined;
  readonly hidden?: boolean | undefined;
  readonly triggerMethod?: number | undefined;
  readonly outsideRth?: boolean | undefined;
  readonly includeOvernight?: boolean | undefined;
  readonly goodAfterTime?: string | undefined;
  readonly goodTillDate?: string | undefined;
  readonly duration?: number | undefined;
  readonly allOrNone?: boolean | undefined;
  readonly minQty?: number | undefined;
  readonly percentOffset?: number | undefined;
  readonly discretionaryAmt?: number | undefined;
  readonly trailStopPrice?: number | undefined;
  readonly trailingPercent?: number | undefined;
  readonly lmtPriceOffset?: number | undefined;
  readonly cashQty?: number | undefined;
  readonly shortSaleSlot?: number | undefined;
  readonly faGroup?: string | undefined;
  readonly faMethod?: string | undefined;
  readonly faPercentage?: string | undefined;
  readonly algoStrategy?: string | undefined;
  readonly algoParams?: readonly TagValue[] | undefined;
  readonly conditions?: readonly SimCondition[] | undefined;
  readonly conditionsCancelOrder?: boolean | undefined;
  readonly conditionsIgnoreRth?: boolean | undefined;
  readonly conditionsIncludeOvernight?: boolean | undefined;
  readonly adjustedOrderType?: string | undefined;
  readonly triggerPrice?: number | undefined;
  readonly adjustedStopPrice?: number | undefined;
  readonly adjustedStopLimitPrice?: number | undefined;
  readonly adjustedTrailingAmount?: number | undefined;
  /** 0: amount, 1: percent. */
  readonly adjustableTrailingUnit?: number | undefined;
  readonly startingPrice?: number | undefined;
  readonly stockRefPrice?: number | undefined;
  readonly stockRangeLower?: number | undefined;
  readonly stockRangeUpper?: number | undefined;
  readonly referenceContractId?: number | undefined;
  readonly referenceExchangeId?: string | undefined;
  readonly peggedChangeAmount?: number | undefined;
  readonly isPeggedChangeAmountDecrease?: boolean | undefined;
  readonly referenceChangeAmount?: number | undefined;
  readonly competeAgainstBestOffset?: number | undefined;
  readonly hedgeType?: string | undefined;
  readonly hedgeParam?: string | undefined;
  readonly deactivate?: boolean | undefined;
}

/** An order as the engine keeps it: never without a side and a type, and nothing is 0 that means unset. */
export interface SimOrder extends OrderFields {
  readonly action: string;
  readonly orderType: string;
}

/** Clients send 0 where they mean that there is none. */
export function accepted(order: OrderFields): SimOrder {
  return {
    ...order,
    action: order.action ?? '',
    orderType: order.orderType ?? '',
    trailStopPrice: order.trailStopPrice || undefined,
    trailingPercent: order.trailingPercent || undefined,
    percentOffset: order.percentOffset || undefined,
    triggerPrice: order.triggerPrice || undefined,
    startingPrice: order.startingPrice || undefined,
    stockRangeLower: order.stockRangeLower || undefined,
    stockRangeUpper: order.stockRangeUpper || undefined,
  };
}
