// Changing and cancelling what has left.

import { type CancelOutcome, type OrderDraft, OrderStateError, type Trade } from 'ibwire';
import { iso } from '../clock.js';
import type { Caller } from '../commands/command.js';
import type { Desk } from '../desk.js';
import { notFound, Problem } from '../problem.js';
import { asText } from '../session/shown-quote.js';
import { sendsAtOnce } from '../settings.js';
import { ROLES, type Role } from '../store/journal-line.js';
import { type DraftOut, shownDraft, termsText } from './record.js';
import { OPEN } from './states.js';
import { type Exits, pricesOf } from './terms.js';

export interface Changes {
  /** Default the entry. */
  readonly role?: Role | undefined;
  readonly totalQuantity?: string | undefined;
  readonly lmtPrice?: string | undefined;
  readonly auxPrice?: string | undefined;
  readonly trailingPercent?: string | undefined;
  readonly trailStopPrice?: string | undefined;
  readonly lmtPriceOffset?: string | undefined;
  readonly tif?: 'DAY' | 'GTC' | undefined;
  /** `yyyyMMdd-HH:mm:ss`, UTC; of an order that has one. */
  readonly goodTillDate?: string | undefined;
  readonly goodAfterTime?: string | undefined;
}

export interface Modified {
  readonly outcome: 'modified' | 'same' | 'refused' | 'ended';
  readonly why?: string;
  readonly draft: DraftOut;
}

function tradeOf(desk: Desk, id: string, role?: Role): Trade {
  const trade = desk.follower.tradeOf(id, role);
  if (trade === undefined)
    throw new Problem(409, 'state', 'Not at the gateway', 'no order of this draft is known at the gateway', {
      remedy: 'Look at it with orders.get.',
    });
  return trade;
}

export async function modifyDraft(desk: Desk, id: string, changes: Changes, who: Caller): Promise<Modified> {
  const draft = await desk.drafts.get(id, who);
  const { role = 'entry' } = changes;
  const trade = tradeOf(desk, id, role);
  if (draft.exits !== undefined && changes.totalQuantity !== undefined)
    throw new Problem(422, 'bracket-quantity', 'The quantity of a bracket stays', 'entry and exits have one quantity together', {
      remedy: 'Cancel it and draft a bracket of the other quantity.',
    });
  const { contract, draft: terms } = trade;
  if (contract === undefined || terms === undefined)
    throw new OrderStateError('its terms are not known to this session', 'cancel it and draft a new one');
  const wanted: Partial<OrderDraft> = {
    ...(changes.totalQuantity === undefined ? {} : { totalQuantity: changes.totalQuantity as OrderDraft['totalQuantity'] }),
    ...pricesOf(changes),
    ...(changes.tif === undefined ? {} : { tif: changes.tif }),
    ...datesOf(changes, terms),
  };
  await desk.previewer.watch(desk.connection.need(), draft.contract);
  await desk.drafts.log(draft, 'modify', { who: who.name, outcome: 'leaving', detail: changes });
  await desk.store.flush();
  const order = { ...terms, ...wanted };
  const { token } = desk.gate().confirm.request({ act: 'modify', contract, order, orderId: trade.orderId });
  // The lifetime is what some gateways only let change: those that do not refuse it, and the order stays.
  const isDated = DATES.some((name) => wanted[name] !== undefined);
  const outcome = await trade.modify(wanted, { token, ...(isDated && { evenIfUnusual: true }) });
  if (outcome.at === 'modified') {
    const kept = role === 'entry' ? termsText(order, draft.exits) : termsText(draft.terms, exitsWith(draft.exits, role, order));
    await desk.drafts.set(id, { terms: kept });
    await desk.drafts.tell(id);
  }
  await desk.drafts.log(draft, 'modified', { who: who.name, outcome: outcome.at });
  const shown = shownDraft(await desk.drafts.get(id));
  return { outcome: outcome.at, ...(outcome.at === 'refused' ? { why: outcome.notice.text } : {}), draft: shown };
}

const DATES = ['goodTillDate', 'goodAfterTime'] as const;

/** @throws {Problem} for a date of an order that has none: it would be another kind of order */
function datesOf(changes: Changes, terms: OrderDraft): Partial<OrderDraft> {
  const given = DATES.filter((name) => changes[name] !== undefined);
  for (const name of given)
    if ((terms[name] ?? '') === '')
      throw new Problem(422, 'no-date', 'It has no such date', `the order has no ${name} that could be changed`, {
        remedy: 'Cancel it and draft a new one that has.',
      });
  return Object.fromEntries(given.map((name) => [name, changes[name]]));
}

/** The exits of a bracket after one of them was changed. */
function exitsWith(exits: Exits | undefined, role: 'takeProfit' | 'stopLoss', { lmtPrice, auxPrice }: OrderDraft): Exits {
  const price = role === 'takeProfit' ? lmtPrice : auxPrice;
  return { ...exits, ...(price === undefined ? {} : { [role]: asText(price) }) };
}

export interface Cancelled {
  readonly outcome: 'cancelled' | 'filled' | 'rejected' | 'refused' | 'declined';
  readonly why?: string;
}

const SETTLES_MS = 2_000;

export interface CancelAsked {
  readonly at: string;
  readonly by: string;
}

/** Cancels that have left and were not answered. That the gateway lists the order as working meanwhile is no answer. */
const unanswered = new WeakMap<Trade, CancelAsked>();

export const cancelOf = (trade: Trade): CancelAsked | undefined => (trade.end === undefined ? unanswered.get(trade) : undefined);

async function askCancel(desk: Desk, trade: Trade, who: Caller, signal?: AbortSignal): Promise<CancelOutcome> {
  const answered = (): void => {
    unanswered.delete(trade);
    off();
  };
  const off = trade.events.on((event) => {
    if (event.is === 'notice' && event.notice.verdict.means === 'cancelRefused') answered();
    else if (trade.state.at === 'cancelling' && !unanswered.has(trade))
      unanswered.set(trade, { at: iso(desk.timer), by: who.name });
  });
  try {
    const outcome = await desk.connection.need().ib.orders.cancel(trade, { signal });
    answered();
    return outcome;
  } catch (error) {
    // An answer may still come to what has left.
    if (!unanswered.has(trade)) off();
    throw error;
  }
}

/** Exits of a bracket end with each other: a cancel that comes too late for one is refused, and it is over all the same. */
export async function cancelTrade(desk: Desk, trade: Trade, who: Caller, signal?: AbortSignal): Promise<CancelOutcome> {
  const outcome = await askCancel(desk, trade, who, signal);
  if (outcome.at !== 'refused' || (trade.draft ?? trade.reported)?.ocaGroup === undefined) return outcome;
  await Promise.race([trade.done.catch(() => {}), new Promise<void>((resolve) => void desk.timer.after(SETTLES_MS, resolve))]);
  const { at } = trade.state;
  return at === 'cancelled' || at === 'filled' || at === 'rejected' ? { at } : outcome;
}

/** What to cancel so that nothing of a draft works any more: the exits of an entry that works go with it. */
function workingOf(desk: Desk, id: string): readonly Trade[] {
  const [entry, ...exits] = ROLES.map((role) => desk.follower.tradeOf(id, role));
  if (entry !== undefined && entry.end === undefined) return [entry];
  const working = exits.filter((one) => one !== undefined && one.end === undefined) as Trade[];
  return working.length > 0 ? working : [tradeOf(desk, id)];
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
  const named = ib.orders.book.get(Number(id)) ?? ib.orders.book.get(id);
  const trades = draft === undefined ? (named === undefined ? [] : [named]) : workingOf(desk, draft.id);
  const [trade] = trades;
  if (trade === undefined || (who.accounts !== undefined && !who.accounts.has(trade.account ?? '')))
    throw notFound('order of this id');
  await desk.drafts.log(draft ?? { account: trade.account ?? '' }, 'cancel', {
    who: who.name,
    outcome: 'leaving',
    detail: { id },
  });
  await desk.store.flush();
  const outcomes: CancelOutcome[] = [];
  for (const one of trades) outcomes.push(await cancelTrade(desk, one, who, signal));
  await desk.follower.settled();
  // Of several the one that is not over by this cancel is told.
  const outcome = outcomes.find(({ at }) => at !== 'cancelled') ?? { at: 'cancelled' as const };
  return { outcome: outcome.at, ...(outcome.at === 'refused' ? { why: outcome.notice.text } : {}) };
}
