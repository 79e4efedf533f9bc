// From the bytes of a placeOrder to the terms of the oracle; what it cannot bound it names.

import type { RequestOf } from '../../src/protocol/registry.js';
import type { Terms } from './books.js';

/** Fields that may set something without changing size, side, price, contract or account. */
const HARMLESS = new Set([
  ...['orderId', 'clientId', 'permId', 'tif', 'account', 'transmit', 'whatIf', 'outsideRth', 'orderRef', 'openClose', 'origin'],
  ...['goodTillDate', 'goodAfterTime', 'hidden', 'allOrNone', 'minQty', 'displaySize', 'sweepToFill', 'blockOrder', 'ocaGroup'],
  ...['ocaType', 'parentId', 'triggerMethod', 'exemptCode', 'shortSaleSlot', 'designatedLocation', 'rule80A', 'usePriceMgmtAlgo'],
  ...['action', 'totalQuantity', 'orderType', 'lmtPrice', 'auxPrice', 'trailStopPrice', 'trailingPercent', 'lmtPriceOffset'],
  ...['cashQty', 'discretionaryAmt', 'adjustedOrderType', 'adjustedStopPrice', 'adjustedStopLimitPrice', 'triggerPrice'],
  ...['adjustableTrailingUnit', 'adjustedTrailingAmount', 'conditions', 'clearingIntent', 'duration', 'percentOffset'],
  // How and when an order is worked inside its own price.
  ...['overridePercentageConstraints', 'notHeld', 'discretionaryUpToLimitPrice', 'minTradeQty', 'minCompeteSize'],
  ...['conditionsCancelOrder', 'conditionsIgnoreRth', 'algoParams', 'auctionStrategy', 'imbalanceOnly'],
  // Prices of types that fill at the market or not at all.
  ...['volatility', 'volatilityType', 'continuousUpdate', 'referencePriceType', 'startingPrice', 'stockRefPrice', 'delta'],
  ...['stockRangeLower', 'stockRangeUpper', 'referenceContractId', 'peggedChangeAmount', 'isPeggedChangeAmountDecrease'],
  ...['referenceChangeAmount', 'referenceExchangeId', 'competeAgainstBestOffset', 'midOffsetAtWhole', 'midOffsetAtHalf'],
]);
/** Strategies that work an order inside its own price and size. */
const WORKED = new Set([
  ...['Twap', 'Vwap', 'Adaptive', 'ArrivalPx', 'ClosePx', 'DarkIce', 'AD', 'PctVol', 'PctVolPx', 'PctVolSz', 'PctVolTm'],
  ...['BalanceImpactRisk', 'MinImpact'],
]);
const isKnownRouting = (value: unknown): boolean =>
  Array.isArray(value) && value.every(({ tag }: { tag?: string }) => tag === 'NonGuaranteed' || tag === 'LeginPrio');
const isBounded = (field: string, value: unknown): boolean =>
  HARMLESS.has(field) ||
  (field === 'smartComboRoutingParams' && isKnownRouting(value)) ||
  (field === 'algoStrategy' && WORKED.has(String(value)));
const isSet = (value: unknown): boolean =>
  value !== undefined &&
  value !== '' &&
  value !== 0 &&
  value !== '0' &&
  value !== false &&
  value !== -1 &&
  !(Array.isArray(value) && value.length === 0) &&
  !(typeof value === 'number' && value > 1e300) &&
  !(typeof value === 'object' && value !== null && Object.values(value).every((one) => !isSet(one)));
const cents = (value: number | undefined): number | undefined =>
  value === undefined || value > 1e12 ? undefined : Math.round(value * 100);

type Unfinished = { readonly [K in keyof Terms]: Terms[K] | undefined };

/** Where the second life of a stop begins: its new stop, and beyond the trigger by the distance that it then trails at. */
function movedTo(order: Partial<NonNullable<RequestOf<'placeOrder'>['order']>>): number {
  const [stop = 0, trigger = 0, aux = 0, amount = 0] = [
    order.adjustedStopPrice,
    order.triggerPrice,
    order.auxPrice,
    order.adjustedTrailingAmount,
  ].map((price) => cents(price) ?? 0);
  const from = Math.max(stop, trigger, aux);
  return order.adjustableTrailingUnit === 1 ? from * (1 + amount / 10_000) : from + amount;
}

const legOf = ({ conId, ratio, action }: NonNullable<NonNullable<RequestOf<'placeOrder'>['contract']>['comboLegs']>[number]) => ({
  conId: conId ?? 0,
  each: (action === 'BUY' ? 1 : -1) * (ratio ?? 0),
});

export function termsOf(request: RequestOf<'placeOrder'>, clientId: number): Terms {
  const { contract } = request;
  const order: Partial<NonNullable<typeof request.order>> = request.order ?? {};
  const strange = Object.entries(order)
    .filter(([field, value]) => !isBounded(field, value) && isSet(value))
    .map(([field]) => field);
  const terms: Unfinished = {
    conId: contract?.conId ?? 0,
    action: order.action ?? '',
    orderType: order.orderType ?? '',
    quantity: Number(order.totalQuantity ?? 0),
    lmt: cents(order.lmtPrice),
    aux: cents(order.auxPrice),
    discretion: cents(order.discretionaryAmt),
    trailStop: cents(order.trailStopPrice),
    adjusted: isSet(order.adjustedOrderType) ? movedTo(order) : undefined,
    adjustedLimit: isSet(order.adjustedOrderType) ? cents(order.adjustedStopLimitPrice) : undefined,
    percent: order.trailingPercent,
    share: order.percentOffset,
    offset: cents(order.lmtPriceOffset),
    legs: contract?.secType === 'BAG' ? contract.comboLegs?.map(legOf) : undefined,
    isLoose: order.smartComboRoutingParams?.some(({ tag, value }) => tag === 'NonGuaranteed' && value === '1'),
    cashQty: isSet(order.cashQty) ? cents(order.cashQty) : undefined,
    ocaGroup: order.ocaGroup,
    ocaType: order.ocaType,
    parent: isSet(order.parentId) ? `${clientId}/${order.parentId}` : undefined,
    strange,
  };
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined)) as never;
}
