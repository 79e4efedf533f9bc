// IDM-DEFICIT: under the intraday regime an opening order may not push maintenance excess below zero.
import { type Rule, shownId } from '../context.js';
import { readDecimal, writeDecimal } from '../decimal.js';
import { finding } from '../finding.js';

export const intradayDeficit: Rule = {
  codes: ['IDM-DEFICIT'],
  judge: (context) => {
    const { kind, policy, account } = context.snapshot;
    const excess = readDecimal(account.excessLiquidity);
    if ((kind !== 'reg-t' && kind !== 'ira-margin') || policy.pdt !== 'intraday' || excess === undefined) return [];
    return context.asks.flatMap((ask) => {
      const change = readDecimal(ask.order.answer?.maintMarginChange);
      if (!ask.opens || change === undefined || excess - change >= 0n) return [];
      const facts = {
        excess: writeDecimal(excess),
        change: writeDecimal(change),
        after: writeDecimal(excess - change),
        missing: writeDecimal(change - excess),
      };
      return [finding('IDM-DEFICIT', facts, { orderId: shownId(ask, context) })];
    });
  },
};
