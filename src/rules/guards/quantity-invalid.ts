// QTY-INVALID: a size is a positive plain decimal.
import { type Rule, shownId } from '../context.js';
import { isUnset, ONE, readDecimal, readPositive } from '../decimal.js';
import type { Ask } from '../facts/ask.js';
import { type Facts, finding } from '../finding.js';
import { shown } from '../naming.js';

function isBad({ order, contract, size }: Ask): boolean {
  if (contract.legs.some((leg) => leg.ratio % ONE !== 0n)) return true;
  const legs = contract.facts.comboLegs;
  const isBadLeg = (leg: unknown): boolean => {
    const ratio = readPositive((leg as { ratio?: unknown } | null)?.ratio);
    return ratio === undefined;
  };
  if (Array.isArray(legs) && contract.secType === 'BAG' && legs.some(isBadLeg)) return true;
  const isByAmount = readDecimal(order.totalQuantity) === 0n && readPositive(order.cashQty) !== undefined;
  if (!isUnset(order.totalQuantity) && !isByAmount) return readPositive(order.totalQuantity) === undefined || size === undefined;
  return readPositive(order.cashQty) === undefined;
}

/** A size and a cash amount at once, or a sale of what is never sold by amount. */
function conflictOf({ order, contract }: Ask): Facts | undefined {
  const size = readPositive(order.totalQuantity);
  const cash = readPositive(order.cashQty);
  if (cash === undefined) return undefined;
  if (size !== undefined) return { size: shown(order.totalQuantity), cash: shown(order.cashQty) };
  return contract.secType === 'CRYPTO' && order.action === 'SELL'
    ? { cash: shown(order.cashQty), secType: contract.secType }
    : undefined;
}

export const quantityInvalid: Rule = {
  codes: ['QTY-INVALID'],
  judge: (context) =>
    context.asks.flatMap((ask) => {
      const { order } = ask;
      const facts = isBad(ask) ? { quantity: shown(order.totalQuantity ?? order.cashQty) } : conflictOf(ask);
      return facts === undefined ? [] : [finding('QTY-INVALID', facts, { orderId: shownId(ask, context) })];
    }),
};
