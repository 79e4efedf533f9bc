// HOURS-CLOSED: while the venue is shut a market order has no known price and anything else waits.
import { type Rule, shownId } from '../context.js';
import { isInstruction } from '../facts/exercise.js';
import { finding } from '../finding.js';

export const hoursClosed: Rule = {
  codes: ['HOURS-CLOSED'],
  judge: (context) =>
    context.asks
      .filter(({ order }) => order.session === 'closed' && !isInstruction(order))
      .map((ask) => {
        const severity = ask.order.orderType === 'MKT' ? 'reject' : 'warn';
        return finding('HOURS-CLOSED', { opensAt: ask.order.opensAt }, { severity, orderId: shownId(ask, context) });
      }),
};
