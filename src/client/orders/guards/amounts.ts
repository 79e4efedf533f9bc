// What an order is worth, from what is known: its size, its price, its multiplier. Unknown stays unknown.
import Big from 'big.js';
import { type Attempt, effectiveContract, type Facts, type KnownContract } from './guard.js';

/** auxPrice is a price for these types, and a distance elsewhere. */
const TRIGGERED: ReadonlySet<string> = new Set(['STP', 'STP LMT', 'STP PRT', 'MIT', 'LIT']);
const MULTIPLIED: ReadonlySet<string> = new Set(['OPT', 'FOP', 'FUT', 'WAR', 'IOPT', 'BAG', 'EC', 'CONTFUT', 'FWD']);

/** Types that leave at the market, whatever limit stands beside them. */
const WITHOUT_LIMIT: ReadonlySet<string> = new Set([
  'MKT',
  'MOC',
  'MTL',
  'MKT PRT',
  'STP',
  'STP PRT',
  'MIT',
  'TRAIL',
  'TRAIL MIT',
]);
/** Types that can never pay more than their limit. */
const BY_LIMIT: ReadonlySet<string> = new Set(['LMT', 'LOC', 'LIT', 'STP LMT']);

/** The prices an order names and may take, at their worst: discretion and the terms that it may change to count. */
export function orderPrices({ order }: Attempt): readonly Big[] {
  const { lmtPrice, auxPrice, trailStopPrice, orderType, discretionaryAmt, adjustedOrderType } = order;
  const limit = WITHOUT_LIMIT.has(orderType) ? undefined : known(lmtPrice);
  const more = known(discretionaryAmt)?.abs() ?? new Big(0);
  const worst = order.action === 'BUY' ? limit?.plus(more) : limit?.minus(more);
  const adjusted = isNamed(adjustedOrderType) ? [order.adjustedStopPrice, order.adjustedStopLimitPrice] : [];
  const stated = [TRIGGERED.has(orderType) ? auxPrice : undefined, trailStopPrice, ...adjusted];
  return [...listed(worst), ...stated.flatMap((price) => known(price) ?? [])];
}

function isNamed(type: string | undefined): boolean {
  return type !== undefined && type !== '' && type !== 'None';
}

/** The last price, when it is one and not older than `maxAgeMs`. A price from the future is none. */
export function freshPrice({ lastPrice, now }: Facts, maxAgeMs: number): Big | undefined {
  if (lastPrice === undefined || !(now - lastPrice.at <= maxAgeMs) || lastPrice.at > now) return undefined;
  return known(lastPrice.price);
}

/** The quantity of an order; of one sized by money, from the lowest price that could fill it. */
export function quantityOf(attempt: Attempt, facts: Facts, maxAgeMs: number): Big | undefined {
  const { cashQty, totalQuantity } = attempt.order;
  const stated = known(totalQuantity);
  if (cashQty === undefined || cashQty === 0) return stated;
  const price = lowest([...orderPrices(attempt), ...listed(freshPrice(facts, maxAgeMs))]);
  const money = known(cashQty);
  if (price === undefined || price.lte(0) || money === undefined) return undefined;
  return larger(stated, money.times(magnifierOf(attempt)).div(price));
}

/**
 * What an order is worth at the dearest of its own prices and the last price, in the contract's currency. Only a buy is
 * bounded by its limit; everything else needs a fresh price. A combination is worth what its legs are, each at its own price.
 */
export function notionalOf(attempt: Attempt, facts: Facts, maxAgeMs: number): Big | undefined {
  const { order } = attempt;
  const quantity = known(order.totalQuantity)?.abs();
  const money = order.cashQty === undefined || order.cashQty === 0 ? undefined : known(order.cashQty)?.abs();
  if (money !== undefined && (quantity === undefined || quantity.eq(0))) return money;
  if (quantity === undefined) return undefined;
  const contract = effectiveContract(attempt);
  const unit = contract.secType === 'BAG' ? legsValue(facts, contract.currency, maxAgeMs) : unitValue(attempt, facts, maxAgeMs);
  return unit === undefined ? undefined : larger(money, quantity.times(unit));
}

function unitValue(attempt: Attempt, facts: Facts, maxAgeMs: number): Big | undefined {
  const { order } = attempt;
  const fresh = freshPrice(facts, maxAgeMs);
  const isBounded = order.action === 'BUY' && order.lmtPrice !== undefined && BY_LIMIT.has(order.orderType);
  if (fresh === undefined && !isBounded) return undefined;
  const dearest = [...orderPrices(attempt), ...listed(fresh)]
    .map((price) => price.abs())
    .reduce<Big | undefined>(larger, undefined);
  const unit = multiplierOf(effectiveContract(attempt));
  return dearest === undefined || unit === undefined ? undefined : dearest.times(unit).div(magnifierOf(attempt));
}

/** One unit of a combination: every leg in full, at its own fresh price. A leg that is not known leaves the value unknown. */
function legsValue(facts: Facts, currency: string | undefined, maxAgeMs: number): Big | undefined {
  if (facts.legs === undefined || facts.legs.length === 0) return undefined;
  let sum = new Big(0);
  for (const { ratio, contract, lastPrice } of facts.legs) {
    const price = freshPrice({ now: facts.now, lastPrice }, maxAgeMs);
    const unit = contract === undefined ? undefined : multiplierOf(contract);
    if (price === undefined || unit === undefined || ratio === undefined || contract?.currency !== currency) return undefined;
    sum = sum.plus(
      price
        .abs()
        .times(unit)
        .times(Math.abs(ratio))
        .div(contract?.priceMagnifier || 1),
    );
  }
  return sum;
}

function multiplierOf({ secType, multiplier }: KnownContract): Big | undefined {
  if (secType === undefined) return undefined;
  return (known(multiplier) ?? (MULTIPLIED.has(secType) ? undefined : new Big(1)))?.abs();
}

function magnifierOf({ known: details }: Attempt): number {
  return details?.priceMagnifier || 1;
}

function larger(a: Big | undefined, b: Big): Big;
function larger(a: Big | undefined, b: Big | undefined): Big | undefined;
function larger(a: Big | undefined, b: Big | undefined): Big | undefined {
  return a === undefined || b?.gt(a) === true ? b : a;
}

/** A number, when the value is one. */
export function known(value: number | string | undefined): Big | undefined {
  if (value === undefined || value === '') return undefined;
  try {
    return new Big(value);
  } catch {
    return undefined;
  }
}

function listed<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function lowest(prices: readonly Big[]): Big | undefined {
  return prices.reduce<Big | undefined>((least, price) => (least === undefined || price.lt(least) ? price : least), undefined);
}
