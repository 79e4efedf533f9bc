// From the bytes of a placeOrder to the terms of the oracle; what it cannot bound it names.

import type { RequestOf } from '../../src/protocol/registry.js';
import type { Terms } from './oracle.js';

/** Fields that may set something without changing size, side, price, contract or account. */
const HARMLESS = new Set([
  ...['orderId', 'clientId', 'permId', 'tif', 'account', 'transmit', 'whatIf', 'outsideRth', 'orderRef', 'openClose', 'origin'],
  ...['goodTillDate', 'goodAfterTime', 'hidden', 'allOrNone', 'minQty', 'displaySize', 'sweepToFill', 'blockOrder', 'ocaGroup'],
  ...['ocaType', 'parentId', 'triggerMethod', 'exemptCode', 'shortSaleSlot', 'designatedLocation', 'rule80A', 'usePriceMgmtAlgo'],
  ...['action', 'totalQuantity', 'orderType', 'lmtPrice', 'auxPrice', 'trailStopPrice', 'trailingPercent', 'lmtPriceOffset'],
  ...['cashQty', 'discretionaryAmt', 'adjustedOrderType', 'adjustedStopPrice', 'adjustedStopLimitPrice', 'triggerPrice'],
  ...[
    'adjustableTrailingUnit',
    'adjustedTrailingAmount',
    'conditions',
    'clearingIntent',
    'duration',
    'overridePercentageConstraints',
  ],
]);
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

export function termsOf(request: RequestOf<'placeOrder'>, clientId: number): Terms {
  const { contract } = request;
  const order: Partial<NonNullable<typeof request.order>> = request.order ?? {};
  const strange = Object.entries(order)
    .filter(([field, value]) => !HARMLESS.has(field) && isSet(value))
    .map(([field]) => field);
  const prices = [order.adjustedStopPrice, order.adjustedStopLimitPrice].map((price) => cents(price) ?? 0);
  const terms = {
    conId: contract?.conId ?? 0,
    action: order.action ?? '',
    orderType: order.orderType ?? '',
    quantity: Number(order.totalQuantity ?? 0),
    lmt: cents(order.lmtPrice),
    aux: cents(order.auxPrice),
    discretion: cents(order.discretionaryAmt),
    trailStop: cents(order.trailStopPrice),
    adjusted: isSet(order.adjustedOrderType) ? Math.max(...prices) : undefined,
    cashQty: isSet(order.cashQty) ? cents(order.cashQty) : undefined,
    ocaGroup: order.ocaGroup,
    ocaType: order.ocaType,
    parent: isSet(order.parentId) ? `${clientId}/${order.parentId}` : undefined,
    strange,
  };
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined)) as unknown as Terms;
}
