// What happens to any order at the gateway, whoever placed it, told to those who listen.

import type { OrdersFacade } from 'ibwire';
import type { Ring } from '../ring.js';
import { shownTrade } from './shown-order.js';

type Events = OrdersFacade['book']['events'];

const TOLD: ReadonlySet<string> = new Set(['state', 'status', 'fill', 'commission', 'correction']);

/** Ends with the session. What is only told again, as every list of open orders does, is no news. */
export function tellOrders(events: Events, ring: Ring): void {
  const told = new Map<string, string>();
  events.on((event) => {
    if (event.is === 'reconciled') return;
    const isNews = event.is === 'found' || (event.event.is === 'report' ? event.event.isChanged : TOLD.has(event.event.is));
    if (!isNews) return;
    const order = shownTrade(event.trade);
    const [key, now] = [`${order.clientId} ${order.orderId} ${order.permId ?? ''}`, JSON.stringify(order)];
    if (told.get(key) === now) return;
    told.set(key, now);
    ring.push('orders', { is: 'order', order });
  });
}
