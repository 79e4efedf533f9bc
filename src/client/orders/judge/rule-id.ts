// What the rules call an order at work.
import type { Trade } from '../trade.js';

/** The id the rules know a trade by: order ids of other clients are theirs. */
export function ruleId(trade: Pick<Trade, 'clientId' | 'orderId' | 'permId'>, own: number): string {
  if (trade.orderId === 0) return trade.permId === undefined ? waitingId(trade) : `perm:${trade.permId}`;
  return idUnder(trade.clientId, trade.orderId, own);
}

/** What a client calls an order, a parent too: under another client the same number is another order. */
export function idUnder(clientId: number, orderId: number | string, own: number): string {
  return clientId === own ? String(orderId) : `${clientId}:${orderId}`;
}

const waitingIds = new WeakMap<object, string>();
let waitingCount = 0;

/** An order that waits for its turn has no id of its own yet. */
function waitingId(trade: object): string {
  const id = waitingIds.get(trade) ?? `waiting:${++waitingCount}`;
  waitingIds.set(trade, id);
  return id;
}
