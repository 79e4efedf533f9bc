// The worst price an order can fill at, scaled by 10^36, and the money it can cost.
import { divideUp, larger, ONE, readDecimal } from '../decimal.js';
import type { OrderFacts, Policy } from '../types.js';
import type { Contract } from './contract.js';
import { orderTypes } from './order-types.js';

const DEFAULT_BUFFER = 50_000_000_000_000_000n;

const plain = (price: bigint | undefined): bigint | undefined => (price === undefined ? undefined : price * ONE);

/** 1 + buffer, scaled; a malformed policy value falls back to 5 percent. */
export function bufferFactor(policy: Policy): bigint {
  return ONE + larger(0n, readDecimal(policy.marketBuffer) ?? DEFAULT_BUFFER);
}

/** Limit; stop plus buffer; else reference plus buffer, or the cap that a pegged order carries. Undefined: no bound. */
export function worstPrice(order: OrderFacts, policy: Policy): bigint | undefined {
  const type = orderTypes.get(order.orderType);
  if (type === undefined) return undefined;
  if (type.bound === 'limit') return plain(readDecimal(order.lmtPrice));
  const from = readDecimal(type.bound === 'stop' ? order.auxPrice : order.reference);
  if (from === undefined)
    return type.bound === 'stop' || order.orderType.startsWith('TRAIL') ? undefined : plain(readDecimal(order.lmtPrice));
  return from * (from > 0n ? bufferFactor(policy) : ONE);
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
  if (price === undefined) return undefined;
  const debit = order.action === 'SELL' ? -price : price;
  return debit * (!byLimit && debit > 0n ? bufferFactor(policy) : ONE);
}
