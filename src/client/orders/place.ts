// Placing: one order or orders that belong together, as handles that know everything that follows.
import { InputError } from '../contracts/input-error.js';
import { ReadOnlyError } from '../errors.js';
import { type OrderGroup, withIds } from './builders/group.js';
import { type PlaceOrder, placeOrderMessage } from './builders/message.js';
import type { Checked } from './checks.js';
import { type Departure, type Desk, leave, outcome, pass, textOf, whenAdmitted } from './desk.js';
import type { OrderDraft } from './draft.js';
import type { Finding } from './guards/finding.js';
import type { JournalIds } from './journal/entry.js';
import { Trade } from './trade.js';
import type { TradedContract } from './trade-types.js';

/** A contract to trade: a builder's draft, or what the gateway reports. */
export type TradableContract = TradedContract & PlaceOrder['contract'];

export interface PlaceOptions {
  /** May be left out where the login has only one, or the draft names it. */
  readonly account?: string;
  readonly orderRef?: string;
  /** Confirmation token, where the policy wants one. */
  readonly token?: string;
  /** Gives up while the order waits for its turn; an order that has left is cancelled with `trade.cancel()`. */
  readonly signal?: AbortSignal;
  /** Milliseconds the order may wait for its turn; default 10,000. */
  readonly timeout?: number;
  /** False holds the order in TWS (staged). */
  readonly transmit?: boolean;
}

const CHILD_RETRY_MS = 50;

/** Account and reference of the call, or of the draft, or the only account there is. */
export function completed(desk: Desk, draft: OrderDraft, options: PlaceOptions): OrderDraft {
  const { accounts } = desk.core;
  const own = draft.faGroup === undefined && accounts.length === 1 ? accounts[0] : undefined;
  const account = options.account ?? draft.account ?? own;
  if (options.account !== undefined && draft.account !== undefined && options.account !== draft.account)
    throw new InputError('account', 'the order names another account than the call');
  return {
    ...draft,
    ...(account !== undefined && { account }),
    ...(options.orderRef !== undefined && { orderRef: options.orderRef }),
    ...(options.transmit !== undefined && { transmit: options.transmit }),
  };
}

export function checkSession(desk: Desk, kind: 'placeOrder' | 'exerciseOptions'): void {
  if (desk.core.isReadOnly) throw new ReadOnlyError(kind, 'client');
  if (!desk.core.isReady) throw desk.core.notConnected(kind);
}

/** @throws {InputError} {RuleError} {JournalError} {ReadOnlyError} {ClosedError} {TooOldError} {EncodeError}; nothing was sent then. */
export function place(desk: Desk, contract: TradableContract, draft: OrderDraft, options: PlaceOptions = {}): Trade {
  options.signal?.throwIfAborted();
  checkSession(desk, 'placeOrder');
  const order = completed(desk, draft, options);
  if (order.whatIf === true) throw new InputError('whatIf', 'use preview');
  const checked: Checked = { contract, order, token: options.token, orderId: undefined, filled: undefined };
  const findings = pass(desk, [checked], 'place');
  const orderId = desk.core.orderIds.next();
  const message = placeOrderMessage(orderId, contract, order);
  const trade = register(desk, orderId, contract, order);
  send(desk, [{ trade, checked: { ...checked, orderId }, message }], findings, options);
  return trade;
}

/**
 * Places orders that belong together: nothing leaves unless all of them pass, ids follow each other, and no parent works
 * without its children. @throws as `place`.
 */
export function placeGroup(
  desk: Desk,
  contract: TradableContract,
  group: OrderGroup,
  options: PlaceOptions & { readonly token?: string } = {},
): readonly Trade[] {
  options.signal?.throwIfAborted();
  checkSession(desk, 'placeOrder');
  const { transmit, ...rest } = options;
  const members = group.members.map((member) => ({ ...member, order: completed(desk, member.order, rest) }));
  // The ids they will have, so that rules see who is whose parent.
  const first = Math.max(1, desk.core.orderIds.mark);
  const trial = withIds(
    { members },
    members.map((_, i) => first + i),
  );
  const look = (order: OrderDraft, orderId: number): Checked => ({
    contract,
    order,
    token: options.token,
    orderId,
    filled: undefined,
  });
  const findings = pass(
    desk,
    trial.map(({ orderId, ...order }) => look(order, orderId)),
    'place',
  );
  const ids = desk.core.orderIds.block(members.length);
  const leaving = withIds({ members }, ids, transmit === undefined ? {} : { transmit }).map(({ orderId, ...order }) => ({
    checked: look(order, orderId),
    message: placeOrderMessage(orderId, contract, order),
    orderId,
    order,
  }));
  // The last member transmits all of them: from then on none is staged, and a change of any must be transmitted.
  const parts = leaving.map(({ checked, message, orderId, order }) => ({
    trade: register(desk, orderId, contract, { ...order, transmit: transmit !== false }),
    checked,
    message,
  }));
  send(desk, parts, findings, options);
  return parts.map(({ trade }) => trade);
}

export function register(desk: Desk, orderId: number, contract: TradedContract, draft: OrderDraft): Trade {
  const { book, core } = desk;
  const trade = new Trade(
    { clientId: core.usedClientId, orderId, isPlaced: true, account: draft.account, contract, draft },
    book.actions,
  );
  book.register(trade);
  return trade;
}

interface Part {
  readonly trade: Trade;
  readonly checked: Checked;
  readonly message: PlaceOrder;
}

/** One after the other through admission; when one cannot leave, those before it are taken back and those after it stay. */
function send(desk: Desk, parts: readonly Part[], findings: readonly Finding[], options: PlaceOptions): void {
  let isInTurn = true;
  const step = (i: number): void => {
    const part = parts[i];
    if (part === undefined) return;
    whenAdmitted(
      desk.core,
      'placeOrder',
      part.message,
      options,
      () => {
        if (part.trade.life.isCancelAsked) throw new Error('cancelled before it left');
        leave(desk, departureOf(desk, part, findings));
        part.trade.sent(desk.core.timer.now());
        step(i + 1);
      },
      (error) => fail(i, error),
    );
  };
  const fail = (i: number, error: unknown): void => {
    const first = parts.findIndex(({ trade }) => trade.sentAt === undefined);
    const from = first === -1 ? i : first;
    for (const { trade } of parts.slice(0, from)) if (parts.length > 1) takeBack(desk, trade);
    for (const { trade } of parts.slice(from)) {
      if (isInTurn && from === 0) desk.book.index.remove(trade);
      const byUser = trade.life.isCancelAsked;
      const reason = {
        code: undefined,
        text: textOf(error),
        by: byUser ? 'user' : 'client',
        advancedOrderRejectJson: undefined,
      } as const;
      if (byUser) trade.finish(reason);
      else trade.reject(reason);
    }
  };
  try {
    step(0);
  } catch (error) {
    fail(0, error);
    if (parts[0]?.trade.sentAt === undefined) throw error;
  } finally {
    isInTurn = false;
  }
}

function departureOf(desk: Desk, { trade, checked, message }: Part, findings: readonly Finding[]): Departure<'placeOrder'> {
  return {
    kind: 'placeOrder',
    message,
    action: 'place',
    account: trade.account ?? '',
    ids: idsOf(desk, trade),
    orders: [checked],
    findings,
  };
}

/** A member of a group whose later members could not leave: it must not stay in TWS. */
function takeBack(desk: Desk, trade: Trade): void {
  try {
    trade.life.isCancelAsked = true;
    trade.asked = 'cancel';
    desk.core.send('cancelOrder', { orderId: trade.orderId });
    trade.refresh();
  } catch (error) {
    desk.core.thrown(error);
  }
}

export function idsOf(desk: Desk, trade: Trade): JournalIds {
  const { permId, orderRef, orderId } = trade;
  return {
    clientId: trade.isPlaced ? desk.core.usedClientId : trade.clientId,
    orderId,
    ...(permId !== undefined && { permId }),
    ...(orderRef !== undefined && { orderRef }),
  };
}

/** Sends a child once more after its parent was not known yet. False: it is not ours to send. */
export function retryChild(desk: Desk, trade: Trade): boolean {
  const { contract, draft } = trade;
  if (!trade.isPlaced || contract === undefined || draft === undefined) return false;
  trade.isRetried = true;
  desk.core.timer.after(CHILD_RETRY_MS, () => {
    try {
      if (trade.life.isCancelAsked) throw new Error('cancelled before it was sent again');
      const message = placeOrderMessage(trade.orderId, contract, draft);
      const checked = { contract, order: draft, token: undefined, orderId: trade.orderId, filled: undefined };
      const { confirm: _, ...options } = desk.options;
      leave({ ...desk, options }, departureOf(desk, { trade, checked, message }, []));
    } catch (error) {
      outcome(desk, { event: 'failed', account: trade.account ?? '', ...idsOf(desk, trade), detail: textOf(error) });
      trade.reject({ code: 10006, text: textOf(error), by: 'client', advancedOrderRejectJson: undefined });
    }
  });
  return true;
}
