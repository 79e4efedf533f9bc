// MAX-NOTIONAL: the cap on what an opening order is worth, in base currency.
import { type Context, lotSteps, type Rule, shownId } from '../context.js';
import { absolute, amountOf, ONE, readDecimal, readPositive, writeAmount, writeDecimal } from '../decimal.js';
import type { Ask } from '../facts/ask.js';
import { lotOf } from '../facts/ask.js';
import { costOf, netDebit, unitsOfCombination, worstPrice } from '../facts/worst-price.js';
import { finding } from '../finding.js';

/** Value of an order in the currency of its contract: at its limit, else at its worst price. */
export function orderValue(ask: Ask, size: bigint, context: Context): bigint | undefined {
  const { order, contract } = ask;
  const { policy } = context.snapshot;
  // Exercised shares are worth the strike.
  if (order.act === 'lapse') return 0n;
  if (order.act === 'exercise') return contract.strike === undefined ? undefined : costOf(contract, size, contract.strike * ONE);
  if (readPositive(order.totalQuantity) === undefined) {
    const amount = readPositive(order.cashQty);
    return amount === undefined ? undefined : amountOf(amount);
  }
  if (contract.secType === 'BAG') {
    const units = unitsOfCombination(contract);
    const debit = netDebit(order, policy);
    return units === undefined || debit === undefined ? undefined : size * units * absolute(debit);
  }
  const limit = readDecimal(order.lmtPrice) ?? readDecimal(order.reference);
  const price = worstPrice(order, policy) ?? (limit === undefined ? undefined : limit * ONE);
  return price === undefined ? undefined : costOf(contract, size, absolute(price));
}

export const maxNotional: Rule = {
  codes: ['MAX-NOTIONAL'],
  judge: (context) => {
    const { snapshot } = context;
    const cap = readDecimal(snapshot.policy.maxNotional);
    if (cap === undefined) return [];
    return context.asks.flatMap((ask) => {
      if (!ask.opens || ask.size === undefined) return [];
      const value = orderValue(ask, ask.size, context);
      const rate = snapshot.rate(ask.contract.currency);
      const options = { orderId: shownId(ask, context) };
      const known = { cap: writeDecimal(cap), currency: snapshot.base };
      if (value === undefined || rate === undefined) return [finding('MAX-NOTIONAL', known, options)];
      if (value * rate <= amountOf(cap) * ONE) return [];
      const facts = { ...known, notional: writeAmount((value * rate) / ONE) };
      const fits = (size: bigint): boolean => (orderValue(ask, size, context) ?? 0n) * rate <= amountOf(cap) * ONE;
      const most = readPositive(ask.order.totalQuantity) === undefined ? undefined : lotSteps(ask.size, lotOf(ask), fits);
      return [finding('MAX-NOTIONAL', { ...facts, maxQuantity: most === undefined ? undefined : writeDecimal(most) }, options)];
    });
  },
};
