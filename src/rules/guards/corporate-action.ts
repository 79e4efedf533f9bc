// CORP-ACTION: a split or similar is pending for a symbol of the order.
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';

export const corporateAction: Rule = {
  codes: ['CORP-ACTION'],
  judge: (context) => {
    const pending = context.snapshot.situation.corporateActions;
    if (!Array.isArray(pending)) return [];
    return context.asks.flatMap((ask) => {
      const symbols = new Set([ask.contract, ...ask.contracts].map((contract) => contract.symbol));
      return pending
        .filter((action) => symbols.has(action?.symbol))
        .map(({ symbol, kind, ratio, date }) => {
          const facts = ratio === undefined ? { symbol, plainKind: kind, date } : { symbol, kind, ratio, date };
          return finding('CORP-ACTION', facts, { orderId: shownId(ask, context) });
        });
    });
  },
};
