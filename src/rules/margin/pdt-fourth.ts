// PDT-FOURTH-DAY-TRADE: an exit that completes one more day trade passes, but is said; so is an opening that makes one likely.
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';
import { isCounted, pdtState } from './pdt-state.js';

export const pdtFourth: Rule = {
  codes: ['PDT-FOURTH-DAY-TRADE'],
  judge: (context) => {
    const state = pdtState(context.snapshot);
    if (state === undefined) return [];
    const potential = context.snapshot.account.dayTradesPotential;
    return context.asks.filter(isCounted).flatMap((ask) => {
      const options = { orderId: shownId(ask, context) };
      if (!ask.opens && ask.order.closesTodaysOpening === true && state.left === 0) {
        return [finding('PDT-FOURTH-DAY-TRADE', { number: String(state.used + 1) }, options)];
      }
      if (!ask.opens || typeof potential !== 'number' || potential + 1 <= 3) return [];
      return [finding('PDT-FOURTH-DAY-TRADE', { potential: String(potential + 1) }, { ...options, severity: 'info' })];
    });
  },
};
