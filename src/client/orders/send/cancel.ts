// Cancelling: what was asked for is not what happened; the call resolves with the gateway's verdict.

import { type Checks, deadline, record, signal, text } from '../../../input/checks.js';
import type { RequestInput } from '../../../protocol/registry.js';
import { mustBe } from '../../input/check-call.js';
import { TimeoutError } from '../../wire/errors.js';
import { OrderStateError } from '../order-errors.js';
import type { TradeEvent } from '../record/events.js';
import { isEnd } from '../record/trade-state.js';
import type { ActionCall, CancelOutcome } from '../record/trade-types.js';
import type { Trade } from '../trade.js';
import { idsOf } from './call.js';
import type { Desk } from './desk.js';
import { leave, outcome, textOf } from './desk.js';
import { goOut, WITHIN_MS } from './way-out.js';

/** What a cancel takes, and a change besides its own. */
export const actionCall = { signal, timeout: deadline, token: text } satisfies Checks<ActionCall>;
const cancelCall = record<ActionCall>(actionCall);

/** The error at a deadline; what became of the order is asked for. */
export function unanswered(desk: Desk, trade: Trade, { timeout = WITHIN_MS }: ActionCall, asked: string): TimeoutError {
  desk.book.take(trade, { is: 'question', cause: 'cancel' });
  return new TimeoutError(asked, timeout, { hint: 'The order may live on: its trade tells.' });
}

/** Acts, and waits for what becomes of it; with deadline, abort and the end of the session. `until`: epoch milliseconds. */
export function awaitTrade<T>(
  desk: Desk,
  trade: Trade,
  call: ActionCall,
  until: number,
  read: (event: TradeEvent | undefined) => T | undefined,
  act: () => void,
  late: () => TimeoutError,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const leaveAll = (): void => {
      stop();
      unlisten();
      desk.core.calls.delete(fail);
      call.signal?.removeEventListener('abort', abort);
    };
    const settle = (event: TradeEvent | undefined): void => {
      const found = read(event);
      if (found === undefined) return;
      leaveAll();
      resolve(found);
    };
    const fail = (cause: unknown): void => {
      leaveAll();
      reject(cause);
    };
    const abort = (): void => fail(call.signal?.reason);
    const stop = desk.core.timer.after(until - desk.core.timer.now(), () => fail(late()));
    const unlisten = trade.events.on(settle);
    desk.core.calls.add(fail);
    call.signal?.addEventListener('abort', abort, { once: true });
    settle(undefined);
    try {
      act();
    } catch (error) {
      fail(error);
    }
  });
}

/** @throws {OrderStateError} for an order that cannot be cancelled from here; {TimeoutError}, {ClosedError}: it may live on. */
export async function cancel(desk: Desk, trade: Trade, call: ActionCall = {}): Promise<CancelOutcome> {
  call.signal?.throwIfAborted();
  mustBe(cancelCall, 'call', call);
  if (isEnd(trade.state)) return ended(trade) ?? { at: 'cancelled' };
  if (withdrawn(desk, trade)) return { at: 'cancelled' };
  checkOwner(desk, trade);
  const { core } = desk;
  const until = core.timer.now() + (call.timeout ?? WITHIN_MS);
  return new Promise((resolve, reject) => {
    goOut(core, {
      kind: 'cancelOrder',
      messages: 1,
      until,
      signal: call.signal,
      look: () => [], // a way out of the market is open whatever the rules say
      write() {
        const act = (): void => sendCancel(desk, trade);
        const read = (event: TradeEvent | undefined): CancelOutcome | undefined => verdict(trade, event);
        const late = (): TimeoutError => unanswered(desk, trade, call, 'cancelOrder');
        resolve(ended(trade) ?? awaitTrade(desk, trade, call, until, read, act, late));
      },
      failed: reject,
    });
  });
}

/** Ends an order that waits for its turn: it never leaves. False: it has left. */
function withdrawn(desk: Desk, trade: Trade): boolean {
  if (!trade.isPlaced || trade.sentAt !== undefined) return false;
  desk.book.take(trade, { is: 'withdrawn' });
  return true;
}

function checkOwner(desk: Desk, trade: Trade): void {
  if (trade.orderId === 0)
    throw new OrderStateError(
      'the order was typed into TWS and has no order id',
      'connect as client 0 with open({ which: "autoBind" })',
    );
  const own = desk.core.usedClientId;
  // Client 0 has been seen to cancel orders of others by their id, as long as it has none of that id itself.
  if (trade.clientId !== own && (own !== 0 || desk.book.index.byOrder(0, trade.orderId) !== undefined))
    throw new OrderStateError(
      `the order belongs to client ${trade.clientId}, and this is client ${own}`,
      'cancel it there, or cancel everything with cancelAll',
    );
}

export function sendCancel(desk: Desk, trade: Trade): void {
  const account = trade.account ?? '';
  leave(desk, {
    kind: 'cancelOrder',
    message: { orderId: trade.orderId },
    action: 'cancel',
    account,
    ids: idsOf(desk, trade),
    orders: [],
    findings: [],
  });
  desk.book.take(trade, { is: 'cancelling' });
}

function ended(trade: Trade): CancelOutcome | undefined {
  const { at } = trade.state;
  return at === 'cancelled' || at === 'filled' || at === 'rejected' ? { at } : undefined;
}

function verdict(trade: Trade, event: TradeEvent | undefined): CancelOutcome | undefined {
  const over = ended(trade);
  if (over !== undefined) return over;
  if (event?.is !== 'notice' || event.notice.verdict.means !== 'cancelRefused') return undefined;
  return { at: 'refused', notice: event.notice, state: event.notice.verdict.state };
}

/** One global cancel: every order of the login, whoever placed it. Answers come to each trade. @throws as `leave` */
export function cancelAll(desk: Desk, message: RequestInput<'reqGlobalCancel'> = {}): void {
  // What waits ends first: it must not leave although the message cannot.
  for (const trade of desk.book.live) withdrawn(desk, trade);
  leave(desk, {
    kind: 'reqGlobalCancel',
    message,
    action: 'globalCancel',
    account: '',
    ids: { clientId: desk.core.usedClientId },
    orders: [],
    findings: [],
  });
  for (const trade of desk.book.live) desk.book.take(trade, { is: 'cancelling' });
}

/** Cancels what was to be stopped in the turn in which it left, before any book knew that it had. */
export function cancelLate(desk: Desk, trades: readonly Trade[]): void {
  const isStopped = desk.options.killSwitch?.reason() !== undefined;
  for (const trade of trades) if (isStopped || trade.record.isCancelAsked) tryCancel(desk, trade);
}

/** Cancels everything this client has at work, without waiting; what cannot be cancelled is written down and told. */
export function cancelOwn(desk: Desk): void {
  for (const trade of desk.book.live) {
    if (trade.clientId !== desk.core.usedClientId || (trade.orderId === 0 && !trade.isPlaced)) continue;
    if (withdrawn(desk, trade) || !desk.core.isReady || trade.record.isCancelAsked) continue;
    tryCancel(desk, trade);
  }
}

function tryCancel(desk: Desk, trade: Trade): void {
  try {
    sendCancel(desk, trade);
  } catch (error) {
    outcome(desk, { event: 'failed', account: trade.account ?? '', ...idsOf(desk, trade), detail: textOf(error) }, trade);
    desk.core.thrown(error);
  }
}
