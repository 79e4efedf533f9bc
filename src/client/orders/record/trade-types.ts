// What an order is made of, as its user and its session see it.
import type { MessageOf, RequestInput } from '../../../protocol/registry.js';
import type { OrderDraft } from '../draft.js';
import type { OrderNotice } from './events.js';
import type { TradeState } from './trade-state.js';

export type OpenOrder = MessageOf<'openOrder'>;
/** The order as the gateway reports it. */
export type ReportedOrder = NonNullable<MessageOf<'openOrder'>['order']>;
export type ReportedState = NonNullable<OpenOrder['orderState']>;
/** A contract as it was given, or as the gateway reports it. */
export type TradedContract = NonNullable<RequestInput<'placeOrder'>['contract']>;
/** What was last sent for an order. */
export type Asked = 'place' | 'modify' | 'cancel';

/** What a cancel or a change of an order takes. */
export interface ActionCall {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for the verdict; default 10,000. The order may live on when it passes. */
  readonly timeout?: number | undefined;
  /** Confirmation token, where the policy wants one for a change. */
  readonly token?: string | undefined;
}

/** What became of a change. */
export type ModifyOutcome =
  /** The gateway reports the new terms. */
  | { readonly at: 'modified' }
  /** Nothing differs from what was sent last: nothing was sent. */
  | { readonly at: 'same' }
  /** The order works on with its old terms. */
  | { readonly at: 'refused'; readonly notice: OrderNotice }
  /** The order ended before. */
  | { readonly at: 'ended'; readonly state: TradeState };

/** What became of a cancel. Only `cancelled` means that the rest will not fill. */
export type CancelOutcome =
  | { readonly at: 'cancelled' | 'filled' | 'rejected' }
  /** The gateway will not cancel it: code and text say why. `state`: the word its text names. */
  | { readonly at: 'refused'; readonly notice: OrderNotice; readonly state: string | undefined };

export interface TradeIdentity {
  readonly clientId: number;
  /** 0: typed into TWS and not bound. */
  readonly orderId: number;
  /** True when this session placed it. */
  readonly isPlaced: boolean;
  readonly account: string | undefined;
  readonly contract: TradedContract | undefined;
  /** As sent; undefined for orders this session did not place. */
  readonly draft: OrderDraft | undefined;
}
