// What the picture of an account asks of a trade: whether it has children, and whether its terms are known.
import type { OrderBook } from '../book.js';
import type { Trade } from '../trade.js';

/** Whether other orders wait for what this one buys or sells. */
export function isParent({ orderId, clientId }: Trade, book: OrderBook): boolean {
  for (const one of book.trades) if (one.parentId === orderId && one.clientId === clientId && orderId !== 0) return true;
  return false;
}

/** False for an order that only its executions tell of: it was done before this session asked. */
export function hasTerms(trade: Trade): boolean {
  return trade.draft !== undefined || trade.reported !== undefined;
}
