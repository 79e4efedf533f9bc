// Asking the gateway about orders: what is open, what was executed, what is done.
import { DecodeError } from '../../../protocol/errors.js';
import type { MessageOf, RequestInput } from '../../../protocol/registry.js';
import { askList } from '../../conversation/ask.js';
import type { Call } from '../../core.js';
import { allOpenOrders, completedOrders, executions, openOrders } from '../conversations.js';
import { OrderStateError } from '../order-errors.js';
import { type Fill, fillOf } from '../record/fills.js';
import type { Desk } from '../send/desk.js';
import type { Trade } from '../trade.js';

/**
 * `own`: this client's. `all`: those of every client and of TWS. `autoBind`: this client's, and from now on orders typed into
 * TWS get an order id of client 0 and can be cancelled here.
 */
export type Which = 'own' | 'all' | 'autoBind';

/** Which executions are asked for, in the gateway's own fields. Unset: all of today that this client may see. */
export type ExecutionQuery = NonNullable<RequestInput<'reqExecutions'>['filter']>;

/** Open orders as trades of the book. @throws {GatewayError} 321 when the gateway is read-only; {TimeoutError} {ClosedError} */
export async function open(desk: Desk, which: Which, call: Call): Promise<readonly Trade[]> {
  const { core, book } = desk;
  if (which === 'autoBind') {
    if (core.usedClientId !== 0)
      throw new OrderStateError('only client 0 can bind orders typed into TWS', 'connect with clientId 0');
    core.send('reqAutoOpenOrders', { autoBind: true });
  }
  const answer = which === 'all' ? await askList(core, allOpenOrders, {}, call) : await askList(core, openOrders, {}, call);
  const trades = new Set<Trade>();
  for (const { order, orderId } of answer) {
    const trade = book.index.byPerm(order?.permId) ?? book.index.byOrder(order?.clientId ?? core.usedClientId, orderId);
    if (trade !== undefined) trades.add(trade);
  }
  return [...trades];
}

/** Orders of today that are done, as the gateway reports them. Asks one after the other: a second one would be dropped. */
export function completed(
  desk: Desk,
  call: Call & { readonly apiOnly?: boolean },
): Promise<readonly MessageOf<'completedOrder'>[]> {
  return askList(desk.core, completedOrders, { apiOnly: call.apiOnly ?? false }, call);
}

/**
 * Executions since midnight, with the commissions that are known. No answer at all counts as none, where nothing came.
 * @throws {DecodeError} for one without id, size or price: the list is not whole.
 */
export async function executed(desk: Desk, filter: ExecutionQuery, call: Call): Promise<readonly Fill[]> {
  const answer = await askList(desk.core, executions, { filter }, call);
  const fills = new Map<string, Fill>();
  for (const message of answer) {
    if (fillOf(message) === undefined) throw isMissing(desk.core.serverVersion);
    const execId = message.execution?.execId ?? '';
    const fill = desk.book.index.byExec(execId)?.record.fills.get(execId);
    if (fill !== undefined) fills.set(fill.execId, fill);
  }
  return [...fills.values()];
}

function isMissing(serverVersion: number): DecodeError {
  return new DecodeError('has no id, size or price', { kind: 'execDetails', serverVersion, row: 'execution', offset: undefined });
}
