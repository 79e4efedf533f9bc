// What a list of open orders names, and which executions came as answers.
import type { OrderBook } from '../book.js';
import type { InnerEvent } from '../book-events.js';
import type { Fill } from '../record/fills.js';
import { statusClass } from '../record/status.js';
import type { Trade } from '../trade.js';

/** Which trades the gateway lists as alive, with the status it gives them. */
export function listedBy(
  book: OrderBook,
  answer: readonly {
    readonly orderId?: number | undefined;
    readonly order?:
      | { readonly clientId?: number | undefined; readonly permId?: string | undefined; readonly whatIf?: boolean | undefined }
      | undefined;
    readonly orderState?: { readonly status?: string | undefined } | undefined;
  }[],
): ReadonlyMap<Trade, string> {
  const listed = new Map<Trade, string>();
  for (const { orderId, order, orderState } of answer) {
    const trade = book.index.byPerm(order?.permId) ?? book.index.byOrder(order?.clientId ?? book.home.clientId(), orderId);
    const status = orderState?.status ?? '';
    const meaning = statusClass(status);
    if (trade !== undefined && order?.whatIf !== true && meaning !== 'over' && meaning !== 'filled') listed.set(trade, status);
  }
  return listed;
}

/** Notes which executions came as answers: those had been missed. */
export class Notes {
  readonly fills: { readonly trade: Trade; readonly fill: Fill }[] = [];
  readonly stop: () => void;

  constructor(book: OrderBook) {
    this.stop = book.watch((trade: Trade, event: InnerEvent) => {
      if (event.is === 'fill' && event.isAnswer) this.fills.push({ trade, fill: event.fill });
    });
  }
}
