// Orders as the gateway has them now, whoever placed them.

import type { Trade } from 'ibwire';
import type { Caller } from '../commands/command.js';
import type { Desk } from '../desk.js';
import { accountsFor } from '../session/account.js';

const ENDS = new Set(['filled', 'cancelled', 'rejected']);

export async function tradesOf(
  desk: Desk,
  who: Caller,
  { ended, signal }: { readonly ended: boolean; readonly signal?: AbortSignal | undefined },
): Promise<readonly Trade[]> {
  const connected = desk.connection.need();
  const { ib } = connected;
  const accounts = accountsFor(connected, who);
  await ib.orders.open({ which: 'all', signal, timeout: 10_000 });
  return ib.orders.book.trades.filter(
    (trade) =>
      (ended || !ENDS.has(trade.state.at)) &&
      (trade.account === undefined ? who.accounts === undefined : accounts.includes(trade.account)),
  );
}
