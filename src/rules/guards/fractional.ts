// FRACTIONAL-API: this interface takes whole shares and contracts unless the policy says otherwise.
import { type Rule, shownId } from '../context.js';
import { floorTo, ONE, readPositive, writeDecimal } from '../decimal.js';
import { finding } from '../finding.js';

const WHOLE = new Set(['STK', 'OPT', 'FUT', 'FOP', 'WAR', 'BAG']);

export const fractional: Rule = {
  codes: ['FRACTIONAL-API'],
  judge: (context) =>
    context.snapshot.policy.fractional
      ? []
      : context.asks.flatMap((ask) => {
          const size = readPositive(ask.order.totalQuantity);
          if (size === undefined || !WHOLE.has(ask.contract.secType) || size % ONE === 0n) return [];
          const facts = { quantity: writeDecimal(size), floor: writeDecimal(floorTo(size, ONE)) };
          return [finding('FRACTIONAL-API', facts, { orderId: shownId(ask, context) })];
        }),
};
