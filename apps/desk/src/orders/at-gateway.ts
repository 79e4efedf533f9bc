// Orders as the gateway has them now, whoever placed them.

import type { Trade } from 'ibwire';
import type { Desk } from '../desk.js';

const ENDS = new Set(['filled', 'cancelled', 'rejected']);

export async function tradesOf(desk: Desk, ended: boolean, signal?: AbortSignal): Promise<readonly Trade[]> {
  const { ib, accounts } = desk.connection.need();
  await ib.orders.open({ which: 'all', signal, timeout: 10_000 });
  return ib.orders.book.trades.filter(
    (trade) => (ended || !ENDS.has(trade.state.at)) && (trade.account === undefined || accounts.includes(trade.account)),
  );
}
