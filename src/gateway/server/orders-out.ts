// What the engine says, as messages to the clients that are to hear it.
import type { MessageInput } from '../../protocol/registry.js';
import { hears, type OrderEvent, type OrderState } from '../matching/order-events.js';
import type { Client } from './client.js';
import type { Gateway } from './state.js';
import { toldTime } from './times.js';

/** Sends an event to every client it is for. */
export function tellClients(gateway: Gateway, event: OrderEvent): void {
  for (const client of gateway.clients) {
    if (!client.isStarted || !client.isOpen) continue;
    if (hears(client, event.to)) tell(gateway, client, event);
  }
}

/** Sends one event to one client. */
export function tell(gateway: Gateway, client: Client, event: OrderEvent): void {
  switch (event.kind) {
    case 'openOrder': {
      const { orderId, contract, order, orderState } = event;
      client.send('openOrder', { orderId, contract, order, orderState: stateOf(orderState) } satisfies MessageInput<'openOrder'>);
      return;
    }
    case 'completedOrder': {
      const { contract, order, orderState } = event;
      client.send('completedOrder', { contract, order, orderState: stateOf(orderState) });
      return;
    }
    case 'execDetails': {
      const { reqId, contract, execution, timeZoneId } = event;
      const time = toldTime(gateway, execution.time, timeZoneId, client.serverVersion);
      client.send('execDetails', { reqId, contract, execution: { ...execution, time, isLiquidation: 0 } });
      return;
    }
    case 'error': {
      const { id, errorCode, errorMsg, errorTime } = event;
      gateway.log(client, 'error', `${errorCode} ${errorMsg} (${id})`);
      client.send('error', { reqId: id, errorCode, errorString: errorMsg, errorTime });
      return;
    }
    case 'orderStatus':
      client.send('orderStatus', event);
      return;
    case 'commissionAndFeesReport':
      client.send('commissionAndFeesReport', event);
      return;
    case 'orderBound':
      client.send('orderBound', event);
      return;
    default:
      unreachable(event);
  }
}

function unreachable(event: never): never {
  throw new RangeError(`an event that nobody sends: ${JSON.stringify(event)}`);
}

const text = (amount: number | undefined): string | undefined => (amount === undefined ? undefined : String(amount));

/** Margins are amounts as text on the wire. */
function stateOf(state: OrderState): NonNullable<MessageInput<'openOrder'>['orderState']> {
  return {
    ...state,
    initMarginBefore: text(state.initMarginBefore),
    maintMarginBefore: text(state.maintMarginBefore),
    equityWithLoanBefore: text(state.equityWithLoanBefore),
    initMarginChange: text(state.initMarginChange),
    maintMarginChange: text(state.maintMarginChange),
    equityWithLoanChange: text(state.equityWithLoanChange),
    initMarginAfter: text(state.initMarginAfter),
    maintMarginAfter: text(state.maintMarginAfter),
    equityWithLoanAfter: text(state.equityWithLoanAfter),
  };
}
