// What an order is worth, from what is known: its size, its prices at their worst, its multiplier. Unknown stays unknown.
import Big from 'big.js';
import { readDecimal, writeDecimal } from '../decimal.js';
import { awaited } from '../facts/awaited.js';
import { WITHOUT_LIMIT } from '../facts/order-types.js';
import type { ContractFacts, OrderFacts, SeenPrice } from '../types.js';

/** auxPrice is a price for these types, and a distance elsewhere. */
const TRIGGERED: ReadonlySet<string> = new Set(['STP', 'STP LMT', 'STP PRT', 'MIT', 'LIT']);
const MULTIPLIED: ReadonlySet<string> = new Set(['OPT', 'FOP', 'FUT', 'WAR', 'IOPT', 'BAG', 'EC', 'CONTFUT', 'FWD']);
/** Types that can never pay more than their limit. */
const BY_LIMIT: ReadonlySet<string> = new Set(['LMT', 'LOC', 'LIT', 'STP LMT']);

const listed = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);
const isNamed = (type: string | undefined): boolean => type !== undefined && type !== '' && type !== 'None';

/** A number, when the value is one. */
export function known(value: number | string | undefined): Big | undefined {
  if (value === undefined || value === '') return undefined;
  try {
    return new Big(value);
  } catch {
    return undefined;
  }
}

const sizeOf = (value: string | undefined): Big => known(value)?.abs() ?? new Big(0);
/** `price` and what may be added to it on the dear side of an order. */
const beyond = ({ action }: OrderFacts, price: Big, by: Big): Big => (action === 'BUY' ? price.plus(by) : price.minus(by));
const limitOf = ({ orderType, lmtPrice }: OrderFacts): Big | undefined =>
  WITHOUT_LIMIT.has(orderType) ? undefined : known(lmtPrice);

/** The prices an order names and may take, at their worst: discretion and the terms that it may change to count. */
export function orderPrices(order: OrderFacts): readonly Big[] {
  const { auxPrice, trailStopPrice, orderType, adjustedOrderType } = order;
  const limit = limitOf(order);
  const adjusted = isNamed(adjustedOrderType) ? [order.adjustedStopPrice, order.adjustedStopLimitPrice] : [];
  const stated = [TRIGGERED.has(orderType) ? auxPrice : undefined, trailStopPrice, ...adjusted];
  const worst = limit === undefined ? [] : [beyond(order, limit, sizeOf(order.discretionaryAmt))];
  return [...worst, ...stated.flatMap((price) => known(price) ?? [])];
}

/** Whether the price of an order follows the market: by a distance, or as a trail that an adjustable stop becomes. */
export const followsMarket = (order: OrderFacts): boolean =>
  [order.trailingPercent, order.percentOffset, order.lmtPriceOffset, order.adjustedTrailingAmount].some((by) =>
    sizeOf(by).gt(0),
  ) ||
  (isPegged(order) && sizeOf(order.auxPrice).gt(0));

const isPegged = (order: OrderFacts): boolean =>
  order.orderType.startsWith('TRAIL') ||
  (limitOf(order) === undefined && !TRIGGERED.has(order.orderType) && !WITHOUT_LIMIT.has(order.orderType));

/** The same with those that follow from the last price. */
export function pricesAt(order: OrderFacts, last: Big): readonly Big[] {
  if (!followsMarket(order)) return orderPrices(order);
  const start = known(order.trailStopPrice);
  const share = sizeOf(order.trailingPercent).div(100).plus(sizeOf(order.percentOffset)).times(last.abs());
  const distance = isPegged(order) && start === undefined ? share.plus(sizeOf(order.auxPrice)) : new Big(0);
  const first = beyond(order, start ?? last, distance.plus(sizeOf(order.lmtPriceOffset)));
  const amount = sizeOf(order.adjustedTrailingAmount);
  const trail = order.adjustableTrailingUnit ? amount.div(100).times(last.abs()) : amount;
  return [...orderPrices(order), first, beyond(order, known(order.adjustedStopPrice) ?? last, trail)];
}

/** The limit moves by itself at intervals: nothing bounds it. */
export const isUnbounded = (order: OrderFacts): boolean => sizeOf(order.scalePriceAdjustValue).gt(0);

/** The price that was seen, when it is not older than `maxAgeMs`. A price from the future is none. */
export function freshPrice(seen: SeenPrice | undefined, maxAgeMs: number): Big | undefined {
  if (seen === undefined || !(seen.ageSeconds * 1000 <= maxAgeMs) || seen.ageSeconds < 0) return undefined;
  return known(seen.price);
}

/** The quantity of an order; of one sized by money, from the lowest price that could fill it. */
export function quantityOf(order: OrderFacts, maxAgeMs: number): Big | undefined {
  const stated = known(order.totalQuantity);
  const money = known(order.cashQty);
  if (money === undefined || money.eq(0)) return stated;
  const price = lowest([...orderPrices(order), ...listed(freshPrice(order.seen, maxAgeMs))]);
  if (price === undefined || price.lte(0)) return undefined;
  return larger(stated, money.times(magnifierOf(order.contract)).div(price));
}

/**
 * What an order is worth at the dearest of its own prices and the last price, in the contract's currency. Only a buy is
 * bounded by its limit; everything else needs a fresh price. A combination is worth what its legs are, each at its own price.
 */
export function notionalOf(order: OrderFacts, maxAgeMs: number): Big | undefined {
  if (order.act === 'lapse') return new Big(0);
  const quantity = known(order.totalQuantity)?.abs();
  const amount = known(order.cashQty)?.abs();
  const money = amount?.eq(0) === true ? undefined : amount;
  if (money !== undefined && (quantity === undefined || quantity.eq(0))) return money;
  if (quantity === undefined) return undefined;
  const unit = unitOf(order, maxAgeMs);
  return unit === undefined ? undefined : larger(money, quantity.times(unit));
}

function unitOf(order: OrderFacts, maxAgeMs: number): Big | undefined {
  const { contract, act } = order;
  if (contract.secType === 'BAG') return legsValue(contract, maxAgeMs);
  if (act !== 'exercise') return unitValue(order, maxAgeMs);
  // Exercised shares are worth the strike.
  const strike = known(contract.strike);
  return strike && multiplierOf(contract)?.times(strike);
}

/** The market when the conditions of the order let it begin. */
function marketOf(order: OrderFacts, fresh: Big): Big | undefined {
  const market = awaited(order, readDecimal(fresh.toFixed()));
  return market === undefined ? undefined : new Big(writeDecimal(market));
}

function unitValue(order: OrderFacts, maxAgeMs: number): Big | undefined {
  const fresh = freshPrice(order.seen, maxAgeMs);
  const isBounded = order.action === 'BUY' && order.lmtPrice !== undefined && BY_LIMIT.has(order.orderType);
  if ((fresh === undefined && !isBounded) || isUnbounded(order)) return undefined;
  const market = fresh === undefined || BY_LIMIT.has(order.orderType) ? fresh : marketOf(order, fresh);
  if (fresh !== undefined && market === undefined) return undefined;
  const prices = (market === undefined ? orderPrices(order) : [...pricesAt(order, market), market]).map((price) => price.abs());
  const dearest = prices.reduce<Big | undefined>(larger, undefined);
  const unit = multiplierOf(order.contract);
  return dearest === undefined || unit === undefined ? undefined : dearest.times(unit).div(magnifierOf(order.contract));
}

/** One unit of a combination: every leg in full, at its own fresh price. A leg that is not known leaves the value unknown. */
function legsValue({ comboLegs = [], currency }: ContractFacts, maxAgeMs: number): Big | undefined {
  if (comboLegs.length === 0) return undefined;
  let sum = new Big(0);
  for (const { ratio, contract, seen } of comboLegs) {
    const price = freshPrice(seen, maxAgeMs);
    const [unit, count] = [multiplierOf(contract), known(ratio)];
    if (price === undefined || unit === undefined || count === undefined || contract.currency !== currency) return undefined;
    sum = sum.plus(price.abs().times(unit).times(count.abs()).div(magnifierOf(contract)));
  }
  return sum;
}

function multiplierOf({ secType, multiplier }: ContractFacts): Big | undefined {
  if (secType === '') return undefined;
  return (known(multiplier) ?? (MULTIPLIED.has(secType) ? undefined : new Big(1)))?.abs();
}

function magnifierOf({ priceMagnifier }: ContractFacts): Big {
  const magnifier = known(priceMagnifier);
  return magnifier === undefined || magnifier.eq(0) ? new Big(1) : magnifier;
}

function larger(a: Big | undefined, b: Big): Big;
function larger(a: Big | undefined, b: Big | undefined): Big | undefined;
function larger(a: Big | undefined, b: Big | undefined): Big | undefined {
  return a === undefined || b?.gt(a) === true ? b : a;
}

function lowest(prices: readonly Big[]): Big | undefined {
  return prices.reduce<Big | undefined>((least, price) => (least === undefined || price.lt(least) ? price : least), undefined);
}
