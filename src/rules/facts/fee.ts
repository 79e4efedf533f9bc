// What is kept back for the commission of a purchase: enough for the broker's fixed prices, and nothing where the policy reserves nothing.
import { amountOf, divideUp, larger, ONE, readDecimal, readPositive, smaller } from '../decimal.js';
import type { Policy } from '../policy-types.js';
import type { OrderFacts } from '../types.js';
import type { Contract } from './contract.js';

/** Least commissions in other currencies than those that are worth about a dollar, per unit of `policy.feeReserve`. */
const LEAST: Readonly<Record<string, bigint>> = {
  JPY: 100n,
  KRW: 1000n,
  HKD: 12n,
  SEK: 25n,
  NOK: 25n,
  DKK: 25n,
  CNH: 12n,
  INR: 50n,
};
/** A cent per share, which is twice the dearest fixed price, and never more than one percent of the value. */
const PER_SHARE = ONE / 100n;

/** What the order states itself, as an amount; undefined when it states nothing. */
export function statedFee(order: OrderFacts): bigint | undefined {
  const stated = readDecimal(order.fee);
  return stated === undefined ? undefined : amountOf(larger(0n, stated));
}

/** Amount of money reserved for an order that pays `value`: what it states itself, else what the policy keeps back. */
export function feeOf(
  order: OrderFacts,
  policy: Policy,
  contract: Contract,
  quantity = 0n,
  value = 0n,
  currency = contract.currency,
): bigint {
  const stated = statedFee(order);
  if (stated !== undefined) return stated;
  const reserve = readPositive(policy.feeReserve);
  if (reserve === undefined) return 0n;
  const least = amountOf(reserve) * (LEAST[currency] ?? 1n);
  const share = divideUp(value, contract.secType === 'CASH' ? 20_000n : 500n);
  switch (contract.secType) {
    case 'STK':
      return larger(
        least,
        contract.currency === 'USD' && quantity > 0n
          ? smaller(divideUp(value, 100n), (amountOf(quantity) * PER_SHARE) / ONE)
          : share,
      );
    case 'OPT':
    case 'FOP':
    case 'BAG':
      return larger(least, (least * quantity * larger(1n, BigInt(contract.legs.length))) / ONE);
    default:
      return larger(least, share);
  }
}
