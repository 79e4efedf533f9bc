/** The end of an order: out of every queue, onto the completed list, with what that means for its group and its children. */
import type { Refusal } from '../accounts/admission.js';
import { floorToStep, type Quantity } from '../accounts/amount.js';
import { type EngineState, KEPT_EXECUTIONS, KEPT_ORDERS, nowOf, restBook } from './engine-state.js';
import { unqueue } from './instrument-book.js';
import type { Hold, LiveOrder } from './live-order.js';
import { lotOf } from './lots.js';
import { refusals } from './refusals.js';
import { announce, audienceOf, sayOpenOrder, sayOrderError, sayStatus } from './report.js';

/** Takes an order out of everything that could wake it. It stays known by its ids. */
export function withdraw(state: EngineState, order: LiveOrder): void {
  const book = state.books.get(order.instrument.conId);
  if (book) {
    unqueue(book, order);
    book.live.delete(order);
    book.volumeAlgos.delete(order);
    restBook(state, book);
  }
  for (const timer of order.timers.splice(0)) timer.cancel();
  for (const part of order.parts ?? []) {
    const leg = state.books.get(part.instrument.conId);
    leg?.combos.delete(order);
    if (leg) restBook(state, leg);
  }
  for (const { conId } of order.order.conditions ?? []) {
    const watched = conId === undefined ? undefined : state.books.get(conId);
    watched?.watchers.delete(order);
    if (watched) restBook(state, watched);
  }
  state.executionWatchers.delete(order);
  state.marginWatchers.delete(order);
  state.live.delete(order);
  state.liveByAccount.get(order.account)?.delete(order);
  for (const { account } of order.shares ?? []) state.liveByAccount.get(account)?.delete(order);
}

/** Marks an order as ended, once. Says nothing. */
export function conclude(
  state: EngineState,
  order: LiveOrder,
  final: NonNullable<LiveOrder['final']>,
  completedStatus: string,
): void {
  if (order.final) return;
  order.final = final;
  order.isPendingCancel = false;
  order.completedAt = nowOf(state);
  order.completedStatus = completedStatus;
  order.version += 1;
  withdraw(state, order);
  state.completed.push(order);
  if (state.completed.length > KEPT_ORDERS * 1.25) forget(state);
  order.oca?.members.delete(order);
  if (order.oca && order.oca.members.size === 0) state.ocaGroups.get(order.oca.account)?.delete(order.oca.key);
}

/** Lets the oldest ended orders and executions go, so that a gateway that runs for weeks does not grow. */
function forget(state: EngineState): void {
  for (const order of state.completed.splice(0, state.completed.length - KEPT_ORDERS)) {
    state.byPermId.delete(order.permId);
    state.clients.get(order.clientId)?.byId.delete(order.orderId);
  }
  if (state.executions.length > KEPT_EXECUTIONS) state.executions.splice(0, state.executions.length - KEPT_EXECUTIONS);
  for (const { refused } of state.clients.values()) if (refused.size > KEPT_ORDERS) refused.clear();
}

/** Ends an order as cancelled, with status and 202, and settles its children. */
export function cancelNow(state: EngineState, order: LiveOrder, reason: string, by: 'Trader' | 'System' = 'Trader'): void {
  if (order.final) return;
  conclude(state, order, 'Cancelled', by === 'Trader' ? 'Cancelled by Trader' : `Cancelled by System:\n${reason}`);
  sayStatus(state, order);
  sayOrderError(state, order, refusals.canceled(reason));
  settleChildren(state, order);
}

/** Children of a parent that ended: none of it filled, they go; partly filled, they shrink to that part and may work. */
export function settleChildren(state: EngineState, parent: LiveOrder): void {
  for (const child of parent.children) {
    if (child.final || !child.holds.has('parent')) continue;
    const step = lotOf(child.instrument, child.total);
    const part: Quantity = parent.total > 0n ? floorToStep((child.total * parent.filled) / parent.total, step) : 0n;
    if (part <= 0n) {
      cancelNow(state, child, '');
      continue;
    }
    child.total = part;
    release(state, child, 'parent');
  }
}

/** A rejection after the order had reached the book: the reason, then Inactive. */
export function rejectNow(state: EngineState, order: LiveOrder, refusal: Refusal): void {
  if (refusal.silent) order.silentReason = { code: refusal.code, text: refusal.text };
  else sayOrderError(state, order, refusal);
  conclude(state, order, 'Inactive', `Rejected by System:\n${refusal.text.replace(/^Order rejected - reason:/, '')}`);
  sayOpenOrder(state, order, false, audienceOf(order));
  sayStatus(state, order);
  settleChildren(state, order);
}

/** Taken, and found to end before anything can trade: recorded gateways say Inactive, the reason, and Inactive once more. */
export function rejectAsLate(state: EngineState, order: LiveOrder): void {
  conclude(state, order, 'Inactive', 'Rejected by System:\nOrder will be expired before market opens.');
  announce(state, order);
  sayOrderError(state, order, refusals.expiresFirst);
  announce(state, order);
  settleChildren(state, order);
}

/** Lifts a hold; the order goes on when the call that lifted it ends. */
export function release(state: EngineState, order: LiveOrder, hold: Hold): void {
  if (!order.holds.delete(hold) || order.final || order.isStaged) return;
  state.ready.push(order);
}

/** Orders that were never transmitted are gone, and nothing is said of them. */
export function forgetStaged(state: EngineState): void {
  for (const order of [...state.live]) {
    if (!order.isStaged) continue;
    state.live.delete(order);
    state.liveByAccount.get(order.account)?.delete(order);
    state.clients.get(order.clientId)?.byId.delete(order.orderId);
    state.byPermId.delete(order.permId);
  }
}
