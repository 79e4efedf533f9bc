// Conversations about orders: the lists that show what is open, executed and done.

import { list } from '../conversation/shapes.js';

/** Orders of all clients, once. */
export const allOpenOrders = list({ open: 'reqAllOpenOrders', items: ['openOrder'], end: 'openOrderEnd', within: 10_000 });
/** Orders of this client; client 0 also binds those typed into TWS. */
export const openOrders = list({ open: 'reqOpenOrders', items: ['openOrder'], end: 'openOrderEnd', within: 10_000 });
/** Some versions send no end marker when there is nothing to report (limits §8). */
export const executions = list({ open: 'reqExecutions', items: ['execDetails'], end: 'execDetailsEnd', within: 5_000 });
/** Not answered by read-only gateways. */
export const completedOrders = list({
  open: 'reqCompletedOrders',
  items: ['completedOrder'],
  end: 'completedOrdersEnd',
  within: 10_000,
});
