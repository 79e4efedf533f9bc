// PRICE-UNKNOWN: a purchase whose cost has no bound, the order's own or one that is already working.

import { type Rule, shownId } from '../context.js';
import { isUnset, readPositive } from '../decimal.js';
import { isEngineKind } from '../facts/snapshot.js';
import { type Finding, finding } from '../finding.js';
import { openingMargin } from '../margin/opening-margin.js';
import { nameOf } from '../naming.js';

export const priceUnknown: Rule = {
  codes: ['PRICE-UNKNOWN'],
  judge: (context) => {
    const { snapshot, asks } = context;
    const found: Finding[] = [];
    for (const ask of asks) {
      const options = { orderId: shownId(ask, context) };
      const isEngine = isEngineKind(snapshot);
      if (isEngine && ask.effects.some((effect) => !effect.isBounded)) {
        found.push(finding('PRICE-UNKNOWN', { order: nameOf(ask.contract) }, options));
      }
      if (!isEngine) {
        const margin = openingMargin(ask, snapshot);
        if (margin.unknown === 'price') found.push(finding('PRICE-UNKNOWN', { order: nameOf(ask.contract) }, options));
        if (margin.unknown === 'rate') found.push(finding('PRICE-UNKNOWN', { currency: ask.contract.currency }, options));
      }
      const bySizedCash = isUnset(ask.order.totalQuantity) && readPositive(ask.order.cashQty) !== undefined;
      if (bySizedCash && ask.order.action === 'SELL' && ask.size === undefined) {
        found.push(finding('PRICE-UNKNOWN', { order: nameOf(ask.contract) }, options));
      }
    }
    if (!isEngineKind(snapshot) || found.length > 0) return found;
    const unknown = snapshot.reserves().unknown;
    if (unknown.size === 0) return found;
    const { needsMore } = context.worst();
    const own = new Set(asks.map((ask) => ask.id));
    for (const [currency, list] of unknown) {
      if (!needsMore.has(currency)) continue;
      for (const what of list) {
        if (what.what === 'price' && !own.has(what.id)) found.push(finding('PRICE-UNKNOWN', { order: what.id, cancel: what.id }));
      }
    }
    return found;
  },
};
