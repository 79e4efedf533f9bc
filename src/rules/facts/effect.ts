// What an order does to the account if it fills completely.
import { absolute, amountOf, divideUp, isUnset, larger, ONE, readDecimal, readPositive, smaller } from '../decimal.js';
import type { Policy } from '../policy-types.js';
import type { OrderFacts } from '../types.js';
import { awaited } from './awaited.js';
import type { Effect } from './change.js';
import type { Contract } from './contract.js';
import { instructionEffect, isInstruction } from './exercise.js';
import { feeOf, statedFee } from './fee.js';
import { orderTypes } from './order-types.js';
import { bufferFactor, costOf, netDebit, unitsOfCombination, worstPrice } from './worst-price.js';

/** The amount of cash that stands for a size; undefined where a size is stated, or neither. */
export const amountFor = ({ totalQuantity, cashQty }: OrderFacts): bigint | undefined =>
  readPositive(totalQuantity) === undefined ? readPositive(cashQty) : undefined;

function pairEffect(order: OrderFacts, policy: Policy, contract: Contract, quantity: bigint, base: string): Effect {
  const changes = [{ contract, quantity: order.action === 'SELL' ? -quantity : quantity }];
  if (order.action === 'SELL') {
    const { symbol } = contract;
    const sold = amountOf(quantity);
    // The commission is taken from the base currency: of any other all can be sold.
    const fee = symbol === base ? feeOf(order, policy, contract, quantity, sold, symbol) : 0n;
    return { changes, currency: symbol, pays: sold + fee, isBounded: true, premium: 0n };
  }
  const price = worstPrice(order, policy);
  const amount = amountFor(order);
  const cost = amount === undefined ? undefined : amountOf(amount);
  const value = cost ?? (price === undefined ? 0n : (costOf(contract, quantity, price) ?? 0n));
  const pays = value + feeOf(order, policy, contract, quantity, value);
  return { changes, currency: contract.currency, pays, isBounded: cost !== undefined || price !== undefined, premium: 0n };
}

/** A leg that pays in another currency than the combination's net price. */
export const hasForeignLeg = ({ legs, currency }: Contract): boolean =>
  legs.some(({ contract }) => contract.currency !== '' && contract.currency !== currency);

function combinationEffects(order: OrderFacts, policy: Policy, contract: Contract, units: bigint): Effect[] {
  const side = order.action === 'SELL' ? -1n : 1n;
  const changes = contract.legs.map((leg) => ({ contract: leg.contract, quantity: (side * leg.ratio * units) / ONE }));
  if (order.nonGuaranteed === true) {
    return changes.map((change, place) => {
      const reference = contract.legs[place]?.reference;
      const legOrder: OrderFacts = {
        contract: change.contract.facts,
        action: change.quantity < 0n ? 'SELL' : 'BUY',
        orderType: 'MKT',
        reference: typeof reference === 'string' ? reference : undefined,
        fee: place === 0 ? order.fee : '0',
      };
      return singleEffect(legOrder, policy, change.contract, absolute(change.quantity));
    });
  }
  const perUnit = unitsOfCombination(contract);
  const debit = netDebit(order, policy);
  const isBounded = !hasForeignLeg(contract) && (perUnit === 0n || (perUnit !== undefined && debit !== undefined));
  const net = perUnit === undefined || debit === undefined ? 0n : units * perUnit * debit;
  const counts = net > 0n || (policy.creditPremium && orderTypes.get(order.orderType)?.bound === 'limit');
  return [
    {
      changes,
      currency: contract.currency,
      pays: (counts ? net : 0n) + (statedFee(order) ?? (net > 0n ? feeOf(order, policy, contract, units, net) : 0n)),
      isBounded,
      premium: 0n,
    },
  ];
}

/** Interest that a purchase of a bond pays besides its price: what the order says, else that of a whole year. */
function accruedAtMost({ accrued, contract: { coupon } }: OrderFacts, contract: Contract, quantity: bigint): bigint {
  const told = readDecimal(accrued);
  if (told !== undefined || contract.secType !== 'BOND') return amountOf(larger(0n, told ?? 0n));
  return costOf(contract, quantity, larger(0n, readDecimal(coupon) ?? 0n) * ONE) ?? 0n;
}

function singleEffect(order: OrderFacts, policy: Policy, contract: Contract, quantity: bigint): Effect {
  const buys = order.action !== 'SELL';
  const changes = [{ contract, quantity: buys ? quantity : -quantity }];
  const { currency } = contract;
  if (contract.secType === 'FUT')
    return {
      changes,
      currency,
      pays: statedFee(order) ?? 0n,
      isBounded: true,
      premium: 0n,
    };
  if (!buys) {
    const counts = policy.creditPremium && contract.secType === 'OPT' && orderTypes.get(order.orderType)?.bound === 'limit';
    return { changes, currency, pays: 0n, isBounded: true, premium: counts ? (readPositive(order.lmtPrice) ?? 0n) : 0n };
  }
  const amount = amountFor(order);
  const price = worstPrice(order, policy);
  const cost = amount === undefined ? price && costOf(contract, quantity, price) : amountOf(amount);
  const pays = (cost ?? 0n) + accruedAtMost(order, contract, quantity) + feeOf(order, policy, contract, quantity, cost ?? 0n);
  return { changes, currency, pays, isBounded: cost !== undefined, premium: 0n };
}

/** Types of which it is known how low they may sell: beside the market as it is, their own prices. */
const SOLD_AT: Readonly<Record<string, readonly ('lmtPrice' | 'auxPrice')[]>> = {
  ...{ MKT: [], LMT: ['lmtPrice'], LOC: ['lmtPrice'], MOC: [], STP: ['auxPrice'], 'STP PRT': ['auxPrice'] },
  ...{ 'STP LMT': ['auxPrice', 'lmtPrice'], MIT: ['auxPrice'], LIT: ['auxPrice', 'lmtPrice'] },
};

/** The lowest price that a sale by an amount of money may be turned into a size at: the lower, the more is sold. */
function lowestSale(order: OrderFacts, policy: Policy): bigint | undefined {
  const own = SOLD_AT[order.orderType];
  const now = awaited(order, readPositive(order.reference), 'down');
  if (own === undefined || now === undefined || !isUnset(order.discretionaryAmt) || !isUnset(order.adjustedOrderType))
    return undefined;
  const below = (price: bigint): bigint => smaller(price, (price * (2n * ONE - bufferFactor(policy))) / ONE);
  let lowest = below(now);
  for (const name of own) {
    const price = readPositive(order[name]);
    if (price === undefined) return undefined;
    lowest = smaller(lowest, name === 'lmtPrice' ? price : below(price));
  }
  return lowest;
}

/**
 * Size that can still fill, scaled. An amount of cash buys a number of units that is not known (0 is certain) and sells at most
 * the amount at a price one buffer below the lowest at which it may be sold. Undefined: malformed, or a sale by amount of which that
 * is not known.
 */
export function sizeOf(order: OrderFacts, policy: Policy, remaining: unknown): bigint | undefined {
  const size = readPositive(remaining ?? order.totalQuantity);
  if (size !== undefined) return size;
  const amount = readPositive(order.cashQty);
  if (amount === undefined) return undefined;
  if (order.action !== 'SELL') return 0n;
  const floor = lowestSale(order, policy);
  return floor === undefined || floor <= 0n ? undefined : divideUp(amount * ONE, floor);
}

/** Effects of an order of `size`: one, or one per leg when the legs are not guaranteed to fill together. `base`: of the account. */
export function effectsOf(order: OrderFacts, policy: Policy, contract: Contract, size: bigint, base: string): readonly Effect[] {
  if (isInstruction(order)) return [instructionEffect(order, contract, size)];
  if (contract.secType === 'CASH') return [pairEffect(order, policy, contract, size, base)];
  if (contract.secType === 'BAG') return combinationEffects(order, policy, contract, size);
  return [singleEffect(order, policy, contract, size)];
}
