// The worst price an order can fill at, scaled by 10^36, and the money it can cost.
import { divideUp, larger, ONE, readDecimal } from '../decimal.js';
import type { Policy } from '../policy-types.js';
import type { OrderFacts } from '../types.js';
import { awaited, awaitsItsLegs } from './awaited.js';
import type { Contract } from './contract.js';
import { limitOf, orderTypes } from './order-types.js';

const DEFAULT_BUFFER = 50_000_000_000_000_000n;

const plain = (price: bigint | undefined): bigint | undefined => (price === undefined ? undefined : price * ONE);

/** 1 + buffer, scaled; a malformed policy value falls back to 5 percent. */
export function bufferFactor(policy: Policy): bigint {
  return ONE + larger(0n, readDecimal(policy.marketBuffer) ?? DEFAULT_BUFFER);
}

/** Largest of those that are known; undefined when none is. */
const highest = (...prices: readonly (bigint | undefined)[]): bigint | undefined =>
  prices.reduce((most, price) => (price === undefined || (most !== undefined && most >= price) ? most : price), undefined);

const buffered = (price: bigint | undefined, policy: Policy): bigint | undefined =>
  price === undefined ? undefined : price * (price > 0n ? bufferFactor(policy) : ONE);

/** `price` with what is added to it: an amount, and a percentage of it. */
function beyond(price: bigint | undefined, amount: unknown, percent: bigint): bigint | undefined {
  if (price === undefined) return undefined;
  const share = divideUp(larger(0n, price) * larger(0n, percent), ONE);
  return price + larger(larger(0n, readDecimal(amount) ?? 0n), share);
}

/** The market of an order when it may begin. */
const marketOf = (order: OrderFacts): bigint | undefined => awaited(order, readDecimal(order.reference));

/** The last price that was seen, however old: it bounds nothing, but a market that is dearer than a stop sets it off at once. */
const lastSeen = (order: OrderFacts): bigint | undefined =>
  awaited(order, highest(readDecimal(order.reference), readDecimal(order.seen?.price)));

/**
 * Where the stop of a purchase that trails begins: at the stop that is stated, or its distance above the market; from there it
 * only falls. Undefined: neither is known.
 */
function trailStart(order: OrderFacts): bigint | undefined {
  const percent = (readDecimal(order.trailingPercent) ?? 0n) / 100n;
  return highest(readDecimal(order.trailStopPrice), beyond(marketOf(order), order.auxPrice, percent));
}

/** The first life of an order: what its type bounds it by. */
function firstLife(order: OrderFacts, policy: Policy): bigint | undefined {
  const bound = orderTypes.get(order.orderType)?.bound;
  const limit = limitOf(order);
  if (bound === undefined) return undefined;
  if (bound === 'limit') return plain(limit);
  if (bound === 'stop') {
    // A stop below the market goes off at once, at the market.
    const stop = readDecimal(order.auxPrice);
    return stop === undefined ? undefined : buffered(highest(stop, lastSeen(order)), policy);
  }
  if (order.orderType.startsWith('TRAIL')) {
    // Market and limit variants alike: a limit of a trail follows the stop at an offset of its own.
    const start = trailStart(order);
    const from = start === undefined ? undefined : highest(start, lastSeen(order));
    return from === undefined ? undefined : highest(buffered(beyond(from, order.lmtPriceOffset, 0n), policy), plain(limit));
  }
  const reference = marketOf(order);
  if (reference === undefined) return plain(limit);
  // The second price of a pegged order is its offset, that of one which waits for a price is that price.
  const isTouched = orderTypes.get(order.orderType)?.needs.includes('auxPrice') === true;
  return buffered(beyond(reference, isTouched ? undefined : order.auxPrice, readDecimal(order.percentOffset) ?? 0n), policy);
}

/** The life that an adjustable stop begins at its trigger: the dearest of all prices that it states. Undefined: none. */
function secondLife(order: OrderFacts, policy: Policy): bigint | undefined {
  const stop = readDecimal(order.adjustedStopPrice);
  const from = highest(stop, readDecimal(order.triggerPrice), readDecimal(order.auxPrice), marketOf(order));
  const amount = readDecimal(order.adjustedTrailingAmount) ?? 0n;
  const trailing =
    order.adjustableTrailingUnit === 1 ? beyond(from, undefined, amount / 100n) : beyond(from, order.adjustedTrailingAmount, 0n);
  return highest(buffered(trailing, policy), plain(readDecimal(order.adjustedStopLimitPrice)));
}

const isAdjusted = ({ adjustedOrderType }: OrderFacts): boolean =>
  typeof adjustedOrderType === 'string' && adjustedOrderType !== '' && adjustedOrderType !== 'None';

/**
 * The highest price at which a purchase can fill, with its discretion: its limit; its stop, or the last price seen where that is
 * dearer, plus buffer; for a trail where the stop begins, plus buffer; else the reference with offset and buffer, or the cap that
 * a pegged order carries. An adjustable stop has two lives and the dearer counts. Undefined: no bound.
 */
export function worstPrice(order: OrderFacts, policy: Policy): bigint | undefined {
  if ((readDecimal(order.scalePriceAdjustValue) ?? 0n) !== 0n) return undefined;
  const first = firstLife(order, policy);
  const second = isAdjusted(order) ? secondLife(order, policy) : first;
  const more = larger(0n, readDecimal(order.discretionaryAmt) ?? 0n) * ONE;
  return first === undefined || second === undefined ? undefined : larger(first, second) + more;
}

/** quantity × multiplier × price ÷ magnifier, never below zero. */
export function costOf(contract: Contract, quantity: bigint, price: bigint): bigint | undefined {
  if (contract.multiplier === undefined) return undefined;
  const product = quantity * contract.multiplier * price;
  if (product <= 0n) return 0n;
  return contract.magnifier === ONE ? product : divideUp(product * ONE, contract.magnifier);
}

/**
 * What one unit of price is worth in a combination: the multiplier of its option legs; with a stock leg its ratio, because the
 * net price is then per share. Undefined when a leg's multiplier is missing.
 */
export function unitsOfCombination(contract: Contract): bigint | undefined {
  let stock = 0n;
  let option = 0n;
  for (const leg of contract.legs) {
    if (leg.contract.secType === 'STK') stock = larger(stock, leg.ratio < 0n ? -leg.ratio : leg.ratio);
    else if (leg.contract.multiplier === undefined) return undefined;
    else if (leg.contract.secType !== 'FUT') option = larger(option, leg.contract.multiplier);
  }
  return stock > 0n ? stock : option;
}

/** Net price a combination pays per unit: positive pays, negative receives. Undefined: no bound. */
export function netDebit(order: OrderFacts, policy: Policy): bigint | undefined {
  const type = orderTypes.get(order.orderType);
  const byLimit = type?.bound === 'limit';
  const price = readDecimal(byLimit ? order.lmtPrice : order.reference);
  if (price === undefined || (!byLimit && awaitsItsLegs(order))) return undefined;
  if (isAdjusted(order) || (readDecimal(order.scalePriceAdjustValue) ?? 0n) !== 0n) return undefined;
  const offset = byLimit ? 0n : larger(0n, trailStart({ ...order, reference: '0' }) ?? 0n);
  const more = offset + larger(0n, readDecimal(order.discretionaryAmt) ?? 0n);
  const debit = (order.action === 'SELL' ? -price : price) + more;
  return debit * (!byLimit && debit > 0n ? bufferFactor(policy) : ONE);
}
