/** What the engine says: one event per frame the message layer writes, with whom it is for. Their order: test/gateway/matching/message-order.test.ts. */
import type { SimContract, SimOrder } from './sim-order.js';

/**
 * Who hears an event. `owner`: the client that asked. `watchers`: the owner and the master client. `manual`: an order entered
 * by hand, heard by client 0, the master, and everybody who asked for all orders to be bound to them.
 */
export type Audience =
  | { readonly at: 'owner'; readonly clientId: number }
  | { readonly at: 'watchers'; readonly clientId: number }
  | { readonly at: 'manual' };

export interface OrderState {
  readonly status: string;
  readonly initMarginBefore?: number | undefined;
  readonly maintMarginBefore?: number | undefined;
  readonly equityWithLoanBefore?: number | undefined;
  readonly initMarginChange?: number | undefined;
  readonly maintMarginChange?: number | undefined;
  readonly equityWithLoanChange?: number | undefined;
  readonly initMarginAfter?: number | undefined;
  readonly maintMarginAfter?: number | undefined;
  readonly equityWithLoanAfter?: number | undefined;
  readonly commissionAndFees?: number | undefined;
  readonly commissionAndFeesCurrency?: string | undefined;
  readonly marginCurrency?: string | undefined;
  readonly warningText?: string | undefined;
  readonly completedTime?: string | undefined;
  readonly completedStatus?: string | undefined;
}

/** The order as the gateway echoes it: the client's fields with ids and the gateway's own additions. */
export interface EchoedOrder extends SimOrder {
  readonly orderId: number;
  readonly clientId: number;
  readonly permId: string;
  readonly filledQuantity: string;
  readonly parentPermId: string | undefined;
  readonly autoCancelDate: string | undefined;
  readonly submitter: string | undefined;
  readonly clearingIntent: string;
  readonly shareholder: string;
}

export interface OpenOrderEvent {
  readonly kind: 'openOrder';
  readonly to: Audience;
  readonly orderId: number;
  readonly contract: SimContract;
  readonly order: EchoedOrder;
  readonly orderState: OrderState;
}

export interface OrderStatusEvent {
  readonly kind: 'orderStatus';
  readonly to: Audience;
  readonly orderId: number;
  readonly status: string;
  /** Exact decimal texts. */
  readonly filled: string;
  readonly remaining: string;
  readonly avgFillPrice: number;
  readonly permId: string;
  readonly parentId: number;
  readonly lastFillPrice: number;
  readonly clientId: number;
  /** Left out where nothing holds the order. */
  readonly whyHeld: string | undefined;
  readonly mktCapPrice: number;
}

export interface Execution {
  readonly orderId: number;
  readonly clientId: number;
  readonly execId: string;
  /** Instant, epoch ms; the message layer writes it in the zone the login chose. */
  readonly time: number;
  readonly acctNumber: string;
  readonly exchange: string;
  readonly side: 'BOT' | 'SLD';
  /** Exact decimal texts. */
  readonly shares: string;
  readonly cumQty: string;
  readonly price: number;
  readonly avgPrice: number;
  readonly permId: string;
  readonly orderRef: string | undefined;
  readonly evRule: string | undefined;
  readonly evMultiplier: number | undefined;
  /** 1 added liquidity, 2 took it. */
  readonly lastLiquidity: number;
  readonly optExerciseOrLapseType: number;
}

export interface ExecDetailsEvent {
  readonly kind: 'execDetails';
  readonly to: Audience;
  /** −1: nobody asked. */
  readonly reqId: number;
  readonly contract: SimContract;
  readonly execution: Execution;
  /** Zone of the instrument that was traded. */
  readonly timeZoneId: string;
}

export interface CommissionAndFeesReportEvent {
  readonly kind: 'commissionAndFeesReport';
  readonly to: Audience;
  readonly execId: string;
  readonly commissionAndFees: number;
  readonly currency: string;
  /** Unset when the execution only opened. */
  readonly realizedPNL: number | undefined;
}

export interface ErrorEvent {
  readonly kind: 'error';
  readonly to: Audience;
  readonly id: number;
  readonly errorCode: number;
  readonly errorMsg: string;
  readonly errorTime: number;
}

export interface CompletedOrderEvent {
  readonly kind: 'completedOrder';
  readonly to: Audience;
  readonly contract: SimContract;
  readonly order: EchoedOrder;
  readonly orderState: OrderState;
}

export interface OrderBoundEvent {
  readonly kind: 'orderBound';
  readonly to: Audience;
  readonly permId: string;
  readonly clientId: number;
  readonly orderId: number;
}

export type OrderEvent =
  | OpenOrderEvent
  | OrderStatusEvent
  | ExecDetailsEvent
  | CommissionAndFeesReportEvent
  | ErrorEvent
  | CompletedOrderEvent
  | OrderBoundEvent;

/** What matters about a connected client when an event is addressed. */
export interface Listener {
  readonly clientId: number;
  readonly isMaster: boolean;
  readonly bindsManualOrders: boolean;
}

/** True when this client is to be sent an event for this audience. */
export function hears(listener: Listener, audience: Audience): boolean {
  if (audience.at === 'manual') return listener.clientId === 0 || listener.isMaster || listener.bindsManualOrders;
  if (listener.clientId === audience.clientId) return true;
  return audience.at === 'watchers' && listener.isMaster;
}
