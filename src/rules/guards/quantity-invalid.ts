// QTY-INVALID: a size is a positive plain decimal.
import { type Rule, shownId } from '../context.js';
import { isUnset, ONE, readPositive } from '../decimal.js';
import type { Ask } from '../facts/ask.js';
import { finding } from '../finding.js';
import { shown } from '../naming.js';

function isBad({ order, contract, size }: Ask): boolean {
  if (contract.legs.some((leg) => leg.ratio % ONE !== 0n)) return true;
  const legs = contract.facts.comboLegs;
  const isBadLeg = (leg: unknown): boolean => {
    const ratio = readPositive((leg as { ratio?: unknown } | null)?.ratio);
    return ratio === undefined;
  };
  if (Array.isArray(legs) && contract.secType === 'BAG' && legs.some(isBadLeg)) return true;
  if (!isUnset(order.totalQuantity)) return readPositive(order.totalQuantity) === undefined || size === undefined;
  return readPositive(order.cashQty) === undefined;
}

export const quantityInvalid: Rule = {
  codes: ['QTY-INVALID'],
  judge: (context) =>
    context.asks
      .filter(isBad)
      .map((ask) =>
        finding(
          'QTY-INVALID',
          { quantity: shown(ask.order.totalQuantity ?? ask.order.cashQty) },
          { orderId: shownId(ask, context) },
        ),
      ),
};
