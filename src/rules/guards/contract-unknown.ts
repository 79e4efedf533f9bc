// CONTRACT-UNKNOWN: kinds that are not supported, in an order or in a leg.
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';
import { shown } from '../naming.js';

export const contractUnknown: Rule = {
  codes: ['CONTRACT-UNKNOWN'],
  judge: (context) =>
    context.asks.flatMap((ask) => {
      const legs = ask.contract.legs.map((leg) => leg.contract);
      const bad = [ask.contract, ...legs].find(
        (one, at) => !one.isKnown || (at > 0 && (one.secType === 'BAG' || one.secType === 'CASH')),
      );
      return bad === undefined
        ? []
        : [finding('CONTRACT-UNKNOWN', { secType: shown(bad.facts.secType) }, { orderId: shownId(ask, context) })];
    }),
};
