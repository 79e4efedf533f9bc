// Everything that works, cancelled at once: what was named, or all of it; what another client placed takes a global cancel.

import type { Trade } from 'ibwire';
import type { Caller } from '../commands/command.js';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';
import { tradesOf } from './at-gateway.js';
import { type Cancelled, cancelTrade } from './change.js';

export interface CancelledOrder {
  readonly orderId: number;
  readonly permId?: string;
  readonly symbol: string;
  readonly outcome: Cancelled['outcome'] | 'failed';
  readonly why?: string;
}

export interface WhichOrders {
  readonly account?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly everybody: boolean;
}

/** How long to wait for the last word on each order after a global cancel. */
const VERDICT_MS = 5_000;
const ASKS = 5;

export async function cancelAll(
  desk: Desk,
  { account, ids, everybody }: WhichOrders,
  who: Caller,
  signal?: AbortSignal,
): Promise<CancelledOrder[]> {
  if (everybody && (account !== undefined || ids !== undefined || who.accounts !== undefined))
    throw new Problem(422, 'everybody', 'A global cancel has no choice', 'it ends every order of the login, in all accounts', {
      remedy: 'Leave `everybody` out to cancel only some.',
    });
  const working = (await tradesOf(desk, who, { ended: false, signal })).filter(
    (trade) =>
      (account === undefined || trade.account === account) &&
      (ids === undefined || ids.includes(trade.permId ?? String(trade.orderId))),
  );
  await desk.drafts.log({ account: account ?? '' }, everybody ? 'global cancel' : 'cancel all', {
    who: who.name,
    outcome: 'leaving',
    detail: { orders: working.map(({ orderId, permId }) => permId ?? orderId) },
  });
  await desk.store.flush();
  const { ib } = desk.connection.need();
  if (everybody) ib.orders.cancelAll();
  const told = await Promise.all(
    working.map((trade) =>
      (everybody ? verdictOf(desk, trade) : cancelTrade(desk, trade, who, signal).then(outcomeOf)).catch(failed),
    ),
  );
  await desk.follower.settled();
  return working.map(({ orderId, permId, contract }, at) => ({
    orderId,
    ...(permId === undefined ? {} : { permId }),
    symbol: contract?.symbol ?? '',
    ...(told[at] ?? { outcome: 'failed' as const }),
  }));
}

type Told = Pick<CancelledOrder, 'outcome' | 'why'>;

const outcomeOf = (outcome: Awaited<ReturnType<typeof cancelTrade>>): Told => ({
  outcome: outcome.at,
  ...(outcome.at === 'refused' ? { why: outcome.notice.text } : {}),
});

const failed = (error: unknown): Told => ({ outcome: 'failed', why: error instanceof Error ? error.message : 'it failed' });

const after = (desk: Desk, ms: number): Promise<void> => new Promise((resolve) => void desk.timer.after(ms, resolve));

/** Of its own orders a session is told; what became of those of others stands in the list of completed ones. */
async function verdictOf(desk: Desk, trade: Trade): Promise<Told> {
  const { ib } = desk.connection.need();
  const ended = (): Told | undefined => {
    const { at } = trade.state;
    return at === 'cancelled' || at === 'filled' || at === 'rejected' ? { outcome: at } : undefined;
  };
  for (let asked = 0; asked < ASKS; asked++) {
    await Promise.race([trade.done.catch(() => {}), after(desk, VERDICT_MS / ASKS)]);
    const told = ended();
    if (told !== undefined) return told;
    if (trade.permId === undefined || trade.clientId === ib.clientId) continue;
    const done = (await ib.orders.completed({ timeout: VERDICT_MS })).find(({ order }) => order?.permId === trade.permId);
    const status = done?.orderState?.status;
    if (status === 'Cancelled' || status === 'ApiCancelled') return { outcome: 'cancelled' };
    if (status === 'Filled') return { outcome: 'filled' };
  }
  return { outcome: 'failed', why: `the gateway has not said that it ended: it is ${trade.state.at}` };
}
