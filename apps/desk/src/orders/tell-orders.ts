// What happens to any order at the gateway, whoever placed it, told to those who listen.

import type { OrdersFacade } from 'ibwire';
import type { Ring } from '../ring.js';
import { shownTrade } from './shown-order.js';

type Events = OrdersFacade['book']['events'];

const TOLD: ReadonlySet<string> = new Set(['state', 'status', 'fill', 'commission', 'correction']);

/** Ends with the session. */
export function tellOrders(events: Events, ring: Ring): void {
  events.on((event) => {
    if (event.is === 'reconciled') return;
    const isNews = event.is === 'found' || (event.event.is === 'report' ? event.event.isChanged : TOLD.has(event.event.is));
    if (isNews) ring.push('orders', { is: 'order', order: shownTrade(event.trade) });
  });
}
