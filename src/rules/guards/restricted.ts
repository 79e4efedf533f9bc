// RESTRICTED: symbols that may not be opened, or not be traded at all.
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';

export const restricted: Rule = {
  codes: ['RESTRICTED'],
  judge: (context) =>
    context.asks.flatMap((ask) => {
      const symbols = new Set([ask.contract, ...ask.contracts].map((contract) => contract.symbol));
      const hit = context.snapshot.policy.restricted.find(
        (one) => symbols.has(one.symbol) && (one.mode === 'no-trade' || ask.opens),
      );
      return hit === undefined
        ? []
        : [finding('RESTRICTED', { symbol: hit.symbol, mode: hit.mode }, { orderId: shownId(ask, context) })];
    }),
};
