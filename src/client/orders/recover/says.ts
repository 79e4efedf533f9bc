// What the book and the list of completed orders say of one order id.
import type { MessageOf } from '../../../protocol/registry.js';
import type { GatewaySays } from '../journal/explain-ids.js';
import type { Trade } from '../trade.js';

type CompletedOrder = MessageOf<'completedOrder'>;

export function saysOf(
  find: (id: number | string) => Trade | undefined,
  done: readonly CompletedOrder[],
  orderId: number,
  permIds: readonly string[],
): GatewaySays | undefined {
  const trade = find(orderId) ?? permIds.map(find).find((one) => one !== undefined);
  const completed = done.find(
    ({ order }) => permIds.includes(order?.permId ?? '') || trade?.permIds.has(order?.permId ?? '') === true,
  );
  const said = trade === undefined ? undefined : ofTrade(trade);
  if (said !== undefined && said.state !== 'unclear') return said;
  return completed === undefined ? said : ofCompleted(completed);
}

function ofTrade(trade: Trade): GatewaySays {
  const filled = trade.filledQuantity.toFixed();
  const { at } = trade.state;
  if (at === 'filled' || at === 'cancelled' || at === 'rejected') return { state: at, filled };
  // Only executions are known: the rest of it is in no list any more.
  if (at === 'unclear' || (trade.reported === undefined && !trade.isPlaced)) return { state: 'unclear', filled };
  return { state: 'working', filled };
}

function ofCompleted({ order, orderState }: CompletedOrder): GatewaySays {
  const filled = order?.filledQuantity ?? '0';
  if (orderState?.status === 'Filled') return { state: 'filled', filled };
  return { state: /^Rejected/i.test(orderState?.completedStatus ?? '') ? 'rejected' : 'cancelled', filled };
}
