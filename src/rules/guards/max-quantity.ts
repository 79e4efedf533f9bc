// MAX-QUANTITY: the cap on one order's size; an exit above it is only flagged.
import { type Rule, shownId } from '../context.js';
import { readDecimal, readPositive, writeDecimal } from '../decimal.js';
import { finding } from '../finding.js';

export const maxQuantity: Rule = {
  codes: ['MAX-QUANTITY'],
  judge: (context) =>
    context.asks.flatMap((ask) => {
      const size = readPositive(ask.order.totalQuantity);
      const cap = readDecimal(context.snapshot.policy.maxQuantity[ask.contract.secType]);
      if (size === undefined || cap === undefined || size <= cap) return [];
      const facts = { quantity: writeDecimal(size), cap: writeDecimal(cap), secType: ask.contract.secType };
      return [finding('MAX-QUANTITY', facts, { orderId: shownId(ask, context), ...(ask.opens ? {} : { severity: 'warn' }) })];
    }),
};
