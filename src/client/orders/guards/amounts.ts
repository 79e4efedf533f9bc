// What an order is worth, from what is known: its size, its price, its multiplier. Unknown stays unknown.
import Big from 'big.js';
import type { Attempt, Facts } from './guard.js';

/** auxPrice is a price for these types, and a distance elsewhere. */
const TRIGGERED: ReadonlySet<string> = new Set(['STP', 'STP LMT', 'STP PRT', 'MIT', 'LIT']);
const MULTIPLIED: ReadonlySet<string> = new Set(['OPT', 'FOP', 'FUT', 'WAR', 'IOPT', 'BAG', 'EC', 'CONTFUT', 'FWD']);

/** The prices an order names. */
export function orderPrices({ order }: Attempt): readonly Big[] {
  const { lmtPrice, auxPrice, trailStopPrice, orderType } = order;
  return [lmtPrice, TRIGGERED.has(orderType) ? auxPrice : undefined, trailStopPrice].flatMap((price) => known(price) ?? []);
}

/** The last price, when it is one and not older than `maxAgeMs`. A price from the future is none. */
export function freshPrice({ lastPrice, now }: Facts, maxAgeMs: number): Big | undefined {
  if (lastPrice === undefined || !(now - lastPrice.at <= maxAgeMs) || lastPrice.at > now) return undefined;
  return known(lastPrice.price);
}

/** The quantity of an order; of one sized by money, from the lowest price that could fill it. */
export function quantityOf(attempt: Attempt, facts: Facts, maxAgeMs: number): Big | undefined {
  const { cashQty, totalQuantity } = attempt.order;
  if (cashQty === undefined) return known(totalQuantity);
  const price = lowest([...orderPrices(attempt), ...listed(freshPrice(facts, maxAgeMs))]);
  const money = known(cashQty);
  return price === undefined || price.lte(0) || money === undefined ? undefined : money.div(price);
}

/**
 * What an order is worth at the dearest of its own prices and the last price, in the contract's currency. Only a buy is
 * bounded by its limit; everything else needs a fresh price.
 */
export function notionalOf(attempt: Attempt, facts: Facts, maxAgeMs: number): Big | undefined {
  if (attempt.order.cashQty !== undefined) return known(attempt.order.cashQty);
  const { secType, multiplier } = attempt.contract;
  const quantity = known(attempt.order.totalQuantity);
  const fresh = freshPrice(facts, maxAgeMs);
  if (fresh === undefined && !(attempt.order.action === 'BUY' && attempt.order.lmtPrice !== undefined)) return undefined;
  const prices = [...orderPrices(attempt), ...listed(fresh)].map((price) => price.abs());
  const unit =
    secType === undefined ? undefined : MULTIPLIED.has(secType) ? known(multiplier) : (known(multiplier) ?? new Big(1));
  const dearest = prices.reduce<Big | undefined>(
    (most, price) => (most === undefined || price.gt(most) ? price : most),
    undefined,
  );
  if (quantity === undefined || unit === undefined || dearest === undefined) return undefined;
  return quantity.abs().times(unit.abs()).times(dearest);
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
