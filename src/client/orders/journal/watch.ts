// Writes down what becomes of our orders, as the book hears it.

import type { InnerEvent } from '../book-events.js';
import { idsOf } from '../send/call.js';
import { type Desk, outcome } from '../send/desk.js';
import type { Trade } from '../trade.js';
import type { OutcomeEntry } from './entry.js';

/** Orders of this client id are written down, whichever run placed them. */
export function watchForJournal(desk: Desk): () => void {
  if (desk.journal === undefined) return () => {};
  return desk.book.watch((trade, event) => {
    if (trade.clientId !== desk.core.usedClientId && !trade.isPlaced) return;
    const entry = entryOf(event);
    if (entry !== undefined) outcome(desk, { account: trade.account ?? '', ...idsOf(desk, trade), ...entry }, trade);
  });
}

function entryOf(event: InnerEvent): Omit<OutcomeEntry, 'account'> | undefined {
  switch (event.is) {
    case 'status':
      return {
        event: 'status',
        status: event.line.status,
        detail: { filled: event.line.filled, remaining: event.line.remaining },
      };
    case 'fill':
    case 'correction': {
      const { execId, shares, price, time, side } = event.fill;
      return { event: 'execution', execId, detail: { side, shares: shares.toFixed(), price: price.toFixed(), time } };
    }
    case 'commission': {
      const { execId, commission } = event.fill;
      return { event: 'commission', execId, detail: { amount: commission?.amount.toFixed(), currency: commission?.currency } };
    }
    case 'notice':
      return { event: 'error', detail: { code: event.notice.code, text: event.notice.text, means: event.notice.verdict.means } };
    default:
      return undefined;
  }
}

/** An order that never reached the gateway. */
export function writeLost(desk: Desk, trade: Trade): void {
  outcome(desk, { event: 'lost', account: trade.account ?? '', ...idsOf(desk, trade) }, trade);
}
