// Guards that limit how much, how dear and how often: quantity, notional, orders per minute, price collar, duplicates.

import Big from 'big.js';
import { amount, flag, milliseconds, record } from '../../input/checks.js';
import { insist } from '../../input/option-error.js';
import { readContract } from '../facts/contract.js';
import { nameOf } from '../naming.js';
import { ageOf, each, type Guard, gently, say } from './guard.js';
import { isSameOrder } from './same-order.js';
import { followsMarket, freshPrice, isUnbounded, known, notionalOf, orderPrices, pricesAt, quantityOf } from './worth.js';

/** How old a price may be to count, where a guard does not say otherwise. */
const FRESH_MS = 60_000;

export const ageChecks = record<Age>({ maxAgeMs: milliseconds() });
const collarChecks = record<Collar>({ percent: amount, maxAgeMs: milliseconds(), onlyMarketable: flag }, ['percent']);

/** How old a price may be to count. */
export interface Age {
  /** Milliseconds; default 60,000. An older price is as good as none. */
  readonly maxAgeMs?: number;
}

/** At most so many shares or contracts in one order. */
export function maxQuantity(most: number | string, options: Age = {}): Guard {
  insist(ageChecks, '', options);
  const { maxAgeMs = FRESH_MS } = options;
  const cap = new Big(most);
  return each((order) => {
    const quantity = quantityOf(order, maxAgeMs)?.abs();
    if (quantity === undefined) return gently([say('QUANTITY-UNKNOWN')], order);
    if (quantity.lte(cap)) return [];
    const secType = order.contract.secType || 'this kind';
    return gently([say('MAX-QUANTITY', { quantity: quantity.toFixed(), cap: cap.toFixed(), secType })], order);
  });
}

/** At most so much money in one order, in `currency`: other currencies need a rate (`orders.rate`). */
export function maxNotional(most: number | string, currency: string, options: Age = {}): Guard {
  insist(ageChecks, '', options);
  const { maxAgeMs = FRESH_MS } = options;
  const cap = new Big(most);
  return each((order) => {
    const own = order.contract.currency;
    const rate = own === currency ? new Big(1) : known(order.rate);
    const notional = notionalOf(order, maxAgeMs);
    if (notional === undefined || rate === undefined || rate.lte(0)) {
      const pair = `rate from ${own === '' ? 'the unknown currency' : own} to ${currency}`;
      const missing = notional === undefined ? 'quantity, fresh price or multiplier' : pair;
      return gently([say('NOTIONAL-UNKNOWN', { missing, currency })], order);
    }
    const value = notional.times(rate);
    if (value.lte(cap)) return [];
    return gently([say('MAX-NOTIONAL', { notional: value.toFixed(2), cap: cap.toFixed(), currency })], order);
  });
}

/** At most so many orders in any 60 seconds. Without the list of sent orders nothing passes. */
export function maxOrdersPerMinute(most: number): Guard {
  return each((_, before) => {
    const recent = before.sentWithin(60_000);
    if (recent === undefined) return [say('RATE-UNKNOWN')];
    if (recent.length < most) return [];
    const first = recent[recent.length - most];
    const waitMs = Math.max(0, 60_000 - (first === undefined ? 0 : ageOf(first)));
    return [say('ORDER-RATE', { sent: String(recent.length), cap: String(most), waitMs: String(waitMs) })];
  });
}

/** How far a price may stand from the last one that was seen, for `priceCollar`. */
export interface Collar {
  /** Widest distance from the last price in percent of it. */
  readonly percent: number | string;
  readonly maxAgeMs?: number;
  /** true: only prices on the dear side count (a buy above, a sale below). Default false: both sides. */
  readonly onlyMarketable?: boolean;
}

/** Prices of an order must be near the last fresh price. Orders that name no price pass: see `maxNotional` for those. */
export function priceCollar(options: Collar): Guard {
  insist(collarChecks, '', options);
  const { percent, maxAgeMs = FRESH_MS, onlyMarketable = false } = options;
  const share = new Big(percent).div(100);
  return each((order) => {
    if (isUnbounded(order)) return gently([say('PRICE-UNKNOWN', { order: nameOf(readContract(order.contract)) })], order);
    if (orderPrices(order).length === 0 && !followsMarket(order)) return [];
    const last = freshPrice(order.seen, maxAgeMs);
    if (last === undefined) {
      const ageMs = order.seen === undefined ? 'none' : String(Math.round(order.seen.ageSeconds * 1000));
      return gently([say('COLLAR-UNKNOWN', { ageMs, maxAgeMs: String(maxAgeMs) })], order);
    }
    const width = last.abs().times(share);
    const [low, high] = [last.minus(width), last.plus(width)];
    const isBuy = order.action === 'BUY';
    return pricesAt(order, last)
      .filter((price) => (price.gt(high) && !(onlyMarketable && !isBuy)) || (price.lt(low) && !(onlyMarketable && isBuy)))
      .map((price) => {
        const away = last.eq(0) ? '100' : price.minus(last).abs().div(last.abs()).times(100).round(2).toFixed();
        const bounds = { low: low.toFixed(), high: high.toFixed() };
        return say('PRICE-COLLAR', { price: price.toFixed(), reference: last.toFixed(), percent: away, ...bounds });
      });
  });
}

/** The same order twice within a time is taken for a mistake, unless it is marked as deliberate. */
export function noDuplicate(withinMs: number): Guard {
  return each((order, before) => {
    if (order.deliberate === true) return [];
    const sent = before.sentWithin(withinMs);
    if (sent === undefined) return [say('DUPLICATE-UNKNOWN', { withinMs: String(withinMs) })];
    const same = sent.findLast((one) => isSameOrder(one.order, order));
    if (same === undefined) return [];
    const ageMs = ageOf(same);
    const waitMs = String(withinMs - ageMs);
    const orderId = same.order.orderId === undefined ? 'an order' : `order ${same.order.orderId}`;
    return [say('DUPLICATE-ORDER', { orderId, age: new Big(ageMs).div(1000).toFixed(), waitMs })];
  });
}

/** At most so many orders of this session that work at once. Without the list of them nothing passes. */
export function maxOpenOrders(most: number): Guard {
  return each((order, { open }) => {
    if (order.act === 'modify') return []; // a change adds no order
    if (open === undefined) return gently([say('OPEN-ORDERS-UNKNOWN')], order);
    if (open.length < most) return [];
    return gently([say('MAX-OPEN-ORDERS', { open: String(open.length), cap: String(most) })], order);
  });
}

/** No two orders bear the same `orderRef`: neither one that works, nor one sent before, nor a member of the same group. */
export function uniqueOrderRef(): Guard {
  return each(({ orderRef, act }, { open, sent }) => {
    if (act === 'modify' || orderRef === undefined || orderRef === '') return [];
    if (open === undefined || sent === undefined) return [say('ORDER-REF-UNKNOWN')];
    const isUsed = open.some((other) => other.orderRef === orderRef) || sent.some(({ order }) => order.orderRef === orderRef);
    return isUsed ? [say('ORDER-REF-USED', { orderRef })] : [];
  });
}
