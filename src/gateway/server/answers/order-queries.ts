// Lists of orders and executions, order ids, and binding of manual orders.
import type { Family } from '../answer-types.js';
import type { Client } from '../client.js';
import { tell } from '../orders-out.js';
import { nextOrderId } from '../start.js';
import type { Gateway } from '../state.js';

const READ_ONLY = "Error validating request.-'bM' : cause - The API interface is currently in Read-Only mode.";

export const orderQueryAnswers = {
  reqOpenOrders: (_request, client, gateway) => list(gateway, client, client.clientId),

  reqAllOpenOrders: (_request, client, gateway) => list(gateway, client, 'all'),

  reqAutoOpenOrders: ({ autoBind }, client, gateway) => {
    if (gateway.settings.readOnly) client.error(-1, 321, READ_ONLY);
    else if (client.clientId !== 0) client.error(-1, 327, 'Only the default client (i.e 0) can auto bind orders');
    else {
      client.bindsManualOrders = autoBind === true;
      if (autoBind === true) gateway.engine.bindManualOrders();
    }
  },

  reqCompletedOrders: ({ apiOnly }, client, gateway) => {
    if (gateway.settings.readOnly) {
      client.error(-1, 321, READ_ONLY);
      return;
    }
    for (const event of gateway.engine.completedOrders(client.clientId, apiOnly === true)) tell(gateway, client, event);
    client.send('completedOrdersEnd', {});
  },

  reqExecutions: ({ reqId = 0, filter }, client, gateway) => {
    const { lastNDays, specificDates } = filter ?? {};
    const asked = {
      ...filter,
      lastNDays: lastNDays === 2147483647 ? undefined : lastNDays,
      specificDates: specificDates?.map(String),
    };
    const events = gateway.engine.executions(client.clientId, reqId, asked, gateway.settings.hostZone);
    for (const event of events) tell(gateway, client, event);
    client.send('execDetailsEnd', { reqId });
  },

  reqIds: (_request, client, gateway) => {
    client.send('nextValidId', { orderId: nextOrderId(gateway, client.clientId) });
  },
} satisfies Family;

function list(gateway: Gateway, client: Client, scope: number | 'all'): void {
  if (gateway.settings.readOnly) {
    client.error(-1, 321, READ_ONLY);
    return;
  }
  for (const event of gateway.engine.openOrders(client.clientId, scope)) tell(gateway, client, event);
  client.send('openOrderEnd', {});
}
