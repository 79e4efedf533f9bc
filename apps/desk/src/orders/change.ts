// Changing and cancelling what has left.

import { type OrderDraft, OrderStateError, type Trade } from 'ibwire';
import type { Caller } from '../commands/command.js';
import type { Desk } from '../desk.js';
import { notFound, Problem } from '../problem.js';
import { sendsAtOnce } from './order-desk.js';
import { type DraftOut, shownDraft } from './record.js';
import { OPEN } from './states.js';

export interface Changes {
  readonly totalQuantity?: string | undefined;
  readonly lmtPrice?: string | undefined;
  readonly auxPrice?: string | undefined;
  readonly tif?: 'DAY' | 'GTC' | undefined;
}

export interface Modified {
  readonly outcome: 'modified' | 'same' | 'refused' | 'ended';
  readonly why?: string;
  readonly draft: DraftOut;
}

function tradeOf(desk: Desk, id: string): Trade {
  const trade = desk.follower.tradeOf(id);
  if (trade === undefined)
    throw new Problem(409, 'state', 'Not at the gateway', 'no order of this draft is known at the gateway', {
      remedy: 'Look at it with orders.get.',
    });
  return trade;
}

export async function modifyDraft(desk: Desk, id: string, changes: Changes, who: Caller): Promise<Modified> {
  const draft = await desk.drafts.get(id, who);
  const trade = tradeOf(desk, id);
  const { contract, draft: terms } = trade;
  if (contract === undefined || terms === undefined)
    throw new OrderStateError('its terms are not known to this session', 'cancel it and draft a new one');
  const wanted: Partial<OrderDraft> = {
    ...(changes.totalQuantity === undefined ? {} : { totalQuantity: changes.totalQuantity as OrderDraft['totalQuantity'] }),
    ...(changes.lmtPrice === undefined ? {} : { lmtPrice: Number(changes.lmtPrice) }),
    ...(changes.auxPrice === undefined ? {} : { auxPrice: Number(changes.auxPrice) }),
    ...(changes.tif === undefined ? {} : { tif: changes.tif }),
  };
  await desk.previewer.watch(desk.connection.need(), draft.contract);
  await desk.drafts.log(draft, 'modify', { who: who.name, outcome: 'leaving', detail: changes });
  await desk.store.flush();
  const order = { ...terms, ...wanted };
  const { token } = desk.gate().confirm.request({ act: 'modify', contract, order, orderId: trade.orderId });
  const outcome = await trade.modify(wanted, { token });
  if (outcome.at === 'modified') await desk.drafts.set(id, { terms: JSON.stringify(order) });
  await desk.drafts.log(draft, 'modified', { who: who.name, outcome: outcome.at });
  const shown = shownDraft(await desk.drafts.get(id));
  return { outcome: outcome.at, ...(outcome.at === 'refused' ? { why: outcome.notice.text } : {}), draft: shown };
}

export interface Cancelled {
  readonly outcome: 'cancelled' | 'filled' | 'rejected' | 'refused' | 'declined';
  readonly why?: string;
}

/** `id`: a draft, or digits of an order id at the gateway. */
export async function cancelDraft(desk: Desk, id: string, who: Caller, signal?: AbortSignal): Promise<Cancelled> {
  const isOrderId = /^\d+$/.test(id);
  const draft = isOrderId ? undefined : await desk.drafts.get(id, who);
  if (draft !== undefined && OPEN.includes(draft.state)) {
    await desk.orders.decline(draft.id, who, 'cancelled');
    return { outcome: 'declined' };
  }
  const { ib, mode } = desk.connection.need();
  if (!who.scopes.has('approve') && !sendsAtOnce(desk.settings, mode))
    throw new Problem(403, 'scope', 'Not allowed', 'cancelling an order that has left takes the scope approve', {
      remedy: `A person cancels it: ibwire-desk call orders.cancel '{"id":"${id}"}'`,
    });
  if (isOrderId && ib.orders.book.get(Number(id)) === undefined) await ib.orders.open({ which: 'all', signal });
  const trade = draft === undefined ? (ib.orders.book.get(Number(id)) ?? ib.orders.book.get(id)) : tradeOf(desk, draft.id);
  if (trade === undefined || (who.accounts !== undefined && !who.accounts.has(trade.account ?? '')))
    throw notFound('order of this id');
  await desk.drafts.log(draft ?? { account: trade.account ?? '' }, 'cancel', {
    who: who.name,
    outcome: 'leaving',
    detail: { id },
  });
  await desk.store.flush();
  const outcome = await ib.orders.cancel(trade, { signal });
  await desk.follower.settled();
  return { outcome: outcome.at, ...(outcome.at === 'refused' ? { why: outcome.notice.text } : {}) };
}
