// What a call to place something is made of: its options, and the order as it stands before it is judged.

import { anything, type Checks, deadline, flag, record, signal, text } from '../../../input/checks.js';
import { placeOrder as placeOrderTable } from '../../../protocol/messages/orders/place-order.js';
import { type OrderKind, passOrderGate } from '../../conversation/order-gate.js';
import { mustBe } from '../../input/check-call.js';
import { InputError } from '../../input/input-error.js';
import { refuseUnknown } from '../../input/known-properties.js';
import { type PlaceOrder, placeOrderMessage } from '../builders/message.js';
import type { Mutable, OrderDraft, Tif } from '../draft.js';
import type { JournalIds } from '../journal/entry.js';
import type { TradedContract } from '../record/trade-types.js';
import type { Trade } from '../trade.js';
import type { Desk } from './desk.js';
import { ownCopy } from './own-copy.js';
import type { OrderPreview } from './preview.js';

/** A contract to trade: a builder's draft, or what the gateway reports. */
export type TradableContract = TradedContract & PlaceOrder['contract'];

/** How an order is sent, besides what it is. */
export interface PlaceOptions {
  /** May be left out where the login has only one, or the draft names it. */
  readonly account?: string;
  /** Your own tag; it comes back with fills and open orders. */
  readonly orderRef?: string;
  /** Confirmation token, where the policy wants one. */
  readonly token?: string;
  /** Gives up while the order waits for its turn; an order that has left is cancelled with `trade.cancel()`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds the order may wait for its turn; default 10,000. */
  readonly timeout?: number | undefined;
  /** False holds the order in TWS (staged). */
  readonly transmit?: boolean;
  /** A repeat of an order sent moments ago that is meant: no rule and no guard takes it for a mistake. */
  readonly deliberate?: boolean;
  /** What `preview` answered for this very order: the account rules count its margin and commission. */
  readonly preview?: OrderPreview;
}

const placeOptions = record({
  account: text,
  orderRef: text,
  token: text,
  signal,
  timeout: deadline,
  transmit: flag,
  deliberate: flag,
  preview: anything,
} satisfies Checks<PlaceOptions>);

/** The message of an order, without its id. @throws {InputError} for an option or a property that nobody knows. */
export function checkNames(contract: TradableContract, draft: OrderDraft, options: object): PlaceOrder {
  mustBe(placeOptions, 'options', options);
  const message = placeOrderMessage(0, contract, draft);
  refuseUnknown(placeOrderTable, message);
  return message;
}

/** Day unless the order says otherwise. */
export function timeInForce({ tif }: OrderDraft): Tif {
  return tif === undefined || (tif as string) === '' ? 'DAY' : tif;
}

/** Account and reference of the call, or of the draft, or the only account there is. */
export function completed(desk: Desk, draft: OrderDraft, options: PlaceOptions): OrderDraft {
  const { accounts } = desk.core;
  const own = draft.faGroup === undefined && accounts.length === 1 ? accounts[0] : undefined;
  const account = options.account ?? draft.account ?? own;
  if (options.account !== undefined && draft.account !== undefined && options.account !== draft.account)
    throw new InputError('account', 'the order names another account than the call');
  // Assigned: a property that is new behind a spread takes 3 µs, and each of these is one.
  const order: Mutable<OrderDraft> = ownCopy(draft);
  // Always on the wire: gateways of 225 and up refuse an order without.
  order.tif = timeInForce(draft);
  if (account !== undefined) order.account = account;
  if (options.orderRef !== undefined) order.orderRef = options.orderRef;
  if (options.transmit !== undefined) order.transmit = options.transmit;
  return order;
}

export function checkSession(desk: Desk, kind: OrderKind): void {
  passOrderGate(kind, desk.core);
  if (!desk.core.isReady) throw desk.core.notConnected(kind);
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
