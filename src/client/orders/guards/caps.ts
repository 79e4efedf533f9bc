// Guards that limit how much, how dear and how often: quantity, notional, orders per minute, price collar, duplicates.
import Big from 'big.js';
import { freshPrice, known, notionalOf, orderPrices, quantityOf } from './amounts.js';
import { isSameOrder } from './canonical.js';
import { reject } from './finding.js';
import { type Guard, gently } from './guard.js';

/** How old a price may be to count, where a guard does not say otherwise. */
const FRESH_MS = 60_000;

/** At most so many shares or contracts in one order. */
export function maxQuantity(most: number | string, { maxAgeMs = FRESH_MS }: { readonly maxAgeMs?: number } = {}): Guard {
  const cap = new Big(most);
  return (attempt, facts) => {
    const quantity = quantityOf(attempt, facts, maxAgeMs);
    if (quantity === undefined) {
      return gently(
        [
          reject(
            'QUANTITY-UNKNOWN',
            'the quantity of the order is not known',
            'supply a quantity, or a fresh price for an order sized by money',
          ),
        ],
        facts,
      );
    }
    if (quantity.abs().lte(cap)) return [];
    const numbers = { quantity: quantity.toFixed(), cap: cap.toFixed() };
    return gently(
      [
        reject(
          'MAX-QUANTITY',
          `quantity ${numbers.quantity} is above the cap of ${numbers.cap}`,
          `order at most ${numbers.cap}`,
          numbers,
        ),
      ],
      facts,
    );
  };
}

/** At most so much money in one order, in `currency`: other currencies need `facts.rate`. */
export function maxNotional(
  most: number | string,
  currency: string,
  { maxAgeMs = FRESH_MS }: { readonly maxAgeMs?: number } = {},
): Guard {
  const cap = new Big(most);
  return (attempt, facts) => {
    const own = attempt.contract.currency;
    const rate = own === currency ? new Big(1) : known(facts.rate);
    const notional = notionalOf(attempt, facts, maxAgeMs);
    if (notional === undefined || rate === undefined || rate.lte(0)) {
      const missing =
        notional === undefined
          ? 'quantity, fresh price or multiplier'
          : `rate from ${own ?? 'the unknown currency'} to ${currency}`;
      return gently(
        [
          reject('NOTIONAL-UNKNOWN', `the value of the order is not known: ${missing} missing`, `supply the ${missing}`, {
            currency,
          }),
        ],
        facts,
      );
    }
    const value = notional.times(rate);
    if (value.lte(cap)) return [];
    const numbers = { notional: value.toFixed(2), cap: cap.toFixed(), currency };
    return gently(
      [
        reject(
          'MAX-NOTIONAL',
          `value ${numbers.notional} ${currency} is above the cap of ${numbers.cap}`,
          `order for at most ${numbers.cap} ${currency}`,
          numbers,
        ),
      ],
      facts,
    );
  };
}

/** At most so many orders in any 60 seconds. Without the list of sent orders nothing passes. */
export function maxOrdersPerMinute(most: number): Guard {
  return (_, { sent, now }) => {
    if (sent === undefined)
      return [reject('RATE-UNKNOWN', 'what was sent before is not known', 'supply the orders sent in the last minute')];
    const recent = sent.filter((one) => one.at > now - 60_000);
    if (recent.length < most) return [];
    const oldest = recent[recent.length - most]?.at ?? now;
    const numbers = { sent: String(recent.length), cap: String(most), waitMs: String(Math.max(0, oldest + 60_000 - now)) };
    return [
      reject(
        'ORDER-RATE',
        `${recent.length} orders in the last minute, the cap is ${most}`,
        `wait ${numbers.waitMs} ms`,
        numbers,
      ),
    ];
  };
}

export interface Collar {
  /** Widest distance from the last price in percent of it. */
  readonly percent: number | string;
  readonly maxAgeMs?: number;
  /** true: only prices on the dear side count (a buy above, a sale below). Default false: both sides. */
  readonly onlyMarketable?: boolean;
}

/** Prices of an order must be near the last fresh price. Orders that name no price pass: see `maxNotional` for those. */
export function priceCollar({ percent, maxAgeMs = FRESH_MS, onlyMarketable = false }: Collar): Guard {
  const share = new Big(percent).div(100);
  return (attempt, facts) => {
    const prices = orderPrices(attempt);
    if (prices.length === 0) return [];
    const last = freshPrice(facts, maxAgeMs);
    if (last === undefined) {
      const age = facts.lastPrice === undefined ? 'none' : String(facts.now - facts.lastPrice.at);
      return gently(
        [
          reject('PRICE-UNKNOWN', 'no fresh price to compare with', `supply a price not older than ${maxAgeMs} ms`, {
            ageMs: age,
            maxAgeMs: String(maxAgeMs),
          }),
        ],
        facts,
      );
    }
    const width = last.abs().times(share);
    const [low, high] = [last.minus(width), last.plus(width)];
    const isBuy = attempt.order.action === 'BUY';
    return prices
      .filter((price) => (price.gt(high) && !(onlyMarketable && !isBuy)) || (price.lt(low) && !(onlyMarketable && isBuy)))
      .map((price) => {
        const numbers = { price: price.toFixed(), last: last.toFixed(), low: low.toFixed(), high: high.toFixed() };
        return reject(
          'PRICE-COLLAR',
          `price ${numbers.price} is outside ${numbers.low} to ${numbers.high}`,
          'choose a price inside, or widen the collar',
          numbers,
        );
      });
  };
}

/** The same order twice within a time is taken for a mistake. Ids, references and tokens do not make a difference. */
export function noDuplicate(withinMs: number): Guard {
  return (attempt, { sent, now }) => {
    if (sent === undefined)
      return [reject('DUPLICATE-UNKNOWN', 'what was sent before is not known', `supply the orders of the last ${withinMs} ms`)];
    const same = sent.filter((one) => one.at > now - withinMs && isSameOrder(one.attempt, attempt)).at(-1);
    if (same === undefined) return [];
    const numbers = { agoMs: String(now - same.at), withinMs: String(withinMs) };
    return [
      reject(
        'DUPLICATE-ORDER',
        `the same order was sent ${numbers.agoMs} ms ago`,
        `wait ${withinMs - (now - same.at)} ms if it is meant`,
        numbers,
      ),
    ];
  };
}

/** At most so many orders of this session that work at once. Without the list of them nothing passes. */
export function maxOpenOrders(most: number): Guard {
  return ({ orderId }, facts) => {
    if (orderId !== undefined) return []; // a change adds no order
    if (facts.open === undefined)
      return gently([reject('OPEN-ORDERS-UNKNOWN', 'how many orders work is not known', 'supply the orders that work')], facts);
    if (facts.open.length < most) return [];
    const numbers = { open: String(facts.open.length), cap: String(most) };
    return gently(
      [reject('MAX-OPEN-ORDERS', `${numbers.open} orders work, the cap is ${most}`, 'cancel one of them first', numbers)],
      facts,
    );
  };
}

/** No two orders bear the same `orderRef`: neither one that works, nor one sent before, nor a member of the same group. */
export function uniqueOrderRef(): Guard {
  return ({ order: { orderRef }, orderId }, { open, sent }) => {
    if (orderId !== undefined || orderRef === undefined || orderRef === '') return [];
    if (open === undefined || sent === undefined)
      return [
        reject('ORDER-REF-UNKNOWN', 'which references are in use is not known', 'supply the orders that work and were sent'),
      ];
    const isUsed = [...open, ...sent.map(({ attempt }) => attempt.order)].some((other) => other.orderRef === orderRef);
    if (!isUsed) return [];
    return [
      reject('ORDER-REF-USED', `an order with the reference ${orderRef} was sent before`, 'give a new reference', { orderRef }),
    ];
  };
}
