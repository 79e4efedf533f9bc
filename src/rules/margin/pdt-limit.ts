// PDT-LIMIT: with three day trades used below 25,000 only exits pass (legacy regime).
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';
import { isCounted, pdtState } from './pdt-state.js';

export const pdtLimit: Rule = {
  codes: ['PDT-LIMIT'],
  judge: (context) => {
    const state = pdtState(context.snapshot);
    if (state === undefined) return [];
    const opening = context.asks.filter((ask) => ask.opens && isCounted(ask));
    const differ = state.differ;
    const info =
      differ === undefined || opening.length === 0
        ? []
        : [finding('PDT-LIMIT', { own: String(differ.own), broker: String(differ.broker) }, { severity: 'info' })];
    if (state.left === undefined || state.left > 0) return info;
    const facts = { used: String(state.used), netLiquidation: state.netLiquidation };
    return [...opening.map((ask) => finding('PDT-LIMIT', facts, { orderId: shownId(ask, context) })), ...info];
  },
};
