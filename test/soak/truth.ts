// What the client believes, held against what the gateway knows: orders, fills, positions, cash.

import type { PositionsView } from '../../src/client/accounts/position-row.js';
import type { ValuesView } from '../../src/client/accounts/values.js';
import { isEnd } from '../../src/client/orders/record/trade-state.js';
import { snapshot } from '../../src/gateway/accounts/account-book.js';
import { pass } from '../helpers/virtual-time.js';
import { type Orders, VERDICT_MS } from './orders.js';
import { ACCOUNT, type Stage } from './stage.js';

const ENDED = new Set(['Filled', 'Cancelled', 'ApiCancelled']);

/** Gives how many orders ended at the gateway in a way that this client cannot know: not a word about them ever came. */
export function checkOrders({ ib, gateway, wrong }: Stage, orders: Orders): number {
  let unknowable = 0;
  const truth = new Map(gateway.orders.filter(({ clientId }) => clientId === ib.clientId).map((one) => [one.orderId, one]));
  for (const trade of orders.trades) {
    const name = `order ${trade.orderId}`;
    const real = truth.get(trade.orderId);
    const hasEnded = isEnd(trade.state);
    if (hasEnded && !orders.settled.has(trade)) wrong(`${name} is ${trade.state.at}, and its done has not settled`);
    if (real === undefined) {
      if (!hasEnded) wrong(`${name} counts as ${trade.state.at}; the gateway does not know it`);
      continue;
    }
    const isOver = ENDED.has(real.status);
    // Completed orders are listed by permId alone, and it has told none.
    if (isOver && trade.state.at === 'unclear' && trade.permIds.size === 0) {
      unknowable++;
      continue;
    }
    const mayBeEither = real.status === 'Inactive';
    if (!mayBeEither && isOver !== hasEnded) wrong(`${name} counts as ${trade.state.at}; at the gateway it is ${real.status}`);
    if (trade.state.at === 'unclear') wrong(`${name} is unclear (${trade.state.why}); at the gateway it is ${real.status}`);
    if (real.status === 'Filled' && hasEnded && trade.state.at !== 'filled')
      wrong(`${name} counts as ${trade.state.at}; it was filled`);
    if (BigInt(trade.filledQuantity.times(1e8).toFixed(0)) !== real.filled)
      wrong(`${name} counts ${trade.filledQuantity.toFixed()} as filled; the gateway ${Number(real.filled) / 1e8}`);
  }
  return unknowable;
}

/** Cancels one of the working orders, while nothing else goes on: it has to end. */
export async function checkCancel({ chance, clock, promises, wrong }: Stage, orders: Orders): Promise<void> {
  const working = orders.trades.filter(({ state }) => state.at === 'working');
  if (working.length === 0) return;
  const one = chance.of(working);
  promises.track('cancel', VERDICT_MS, () => one.cancel());
  await pass(clock, VERDICT_MS);
  if (!isEnd(one.state)) wrong(`order ${one.orderId} is ${one.state.at} ${VERDICT_MS} ms after it was cancelled`);
}

export function checkPositions({ gateway, wrong }: Stage, view: PositionsView): void {
  const real = new Map(gateway.positions(ACCOUNT).map(({ instrument, position }) => [instrument.conId, position]));
  const told = new Map([...view.values()].map(({ contract, position }) => [contract.conId ?? 0, position.toFixed()]));
  for (const conId of new Set([...real.keys(), ...told.keys()])) {
    const is = real.get(conId) ?? '0';
    const says = told.get(conId) ?? '0';
    if (is !== says) wrong(`position of ${conId} is told as ${says}; it is ${is}`);
  }
}

/** Cash by currency, under whatever tags it was told. */
export function checkCash({ gateway, wrong }: Stage, view: ValuesView): void {
  for (const { key, currency = '', value } of snapshot(gateway.accountBook, ACCOUNT).values) {
    if (key !== 'CashBalance' || currency === 'BASE') continue;
    const told = view.get(ACCOUNT)?.ledgers.get(currency)?.get('CashBalance')?.value;
    if (told !== value) wrong(`cash in ${currency} is told as ${told}; it is ${value}`);
  }
}
