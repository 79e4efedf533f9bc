/** One order in the gateway's hands: what the client sent, what became of it, where it waits. Changed in place by the engine. */
import type { Refusal } from '../accounts/admission.js';
import type { Share } from '../accounts/advisor.js';
import type { Quantity } from '../accounts/amount.js';
import { type Charged, nothingCharged } from '../accounts/commission.js';
import type { Timer } from '../clock.js';
import type { Instrument } from '../world/instrument.js';
import type { EchoedOrder } from './order-events.js';
import type { OrderKind } from './order-kinds.js';
import type { Entry } from './price-queue.js';
import type { SimContract, SimOrder } from './sim-order.js';

/** Why an order is not at the exchange yet. It works when nothing holds it. */
export type Hold = 'parent' | 'acknowledge' | 'locate' | 'time' | 'condition' | 'session' | 'auction' | 'trigger' | 'deactivated';

export type OrderStatus = 'PreSubmitted' | 'Submitted' | 'PendingCancel' | 'Filled' | 'Cancelled' | 'ApiCancelled' | 'Inactive';

export interface ComboPart {
  readonly instrument: Instrument;
  /** Units per combo, negative when buying the combo sells the leg. */
  readonly ratio: number;
  readonly exchange: string;
}

export interface OcaGroup {
  readonly account: string;
  /** The name shown in echoes; another account may have a group of that name. */
  readonly key: string;
  readonly members: Set<LiveOrder>;
  /** Members, present and past, of which something was filled. */
  readonly filled: Set<LiveOrder>;
}

export interface LiveOrder {
  readonly seq: number;
  /** Changes only when a manual order is bound. */
  orderId: number;
  readonly clientId: number;
  readonly permId: string;
  readonly isManual: boolean;
  /** The contract as it is echoed. */
  readonly contract: SimContract;
  /** The instrument, or the first leg's for a combo. */
  readonly instrument: Instrument;
  readonly parts: readonly ComboPart[] | undefined;
  readonly account: string;
  readonly isBuy: boolean;
  order: SimOrder;
  kind: OrderKind;
  total: Quantity;
  /** Total before one-cancels-all reductions. */
  original: Quantity;
  filled: Quantity;
  /** Sum of price × quantity in 1e-16, for the average. */
  spent: bigint;
  lastFillPrice: number;
  commission: number;
  charged: Charged;
  partCharged: Charged[];
  shares: readonly Share[] | undefined;
  given: Quantity[];
  isStaged: boolean;
  isPendingCancel: boolean;
  final: 'Filled' | 'Cancelled' | 'ApiCancelled' | 'Inactive' | undefined;
  completedStatus: string | undefined;
  /** Why it became Inactive without an error; a later change is answered with it. */
  silentReason: Refusal | undefined;
  completedAt: number | undefined;
  readonly holds: Set<Hold>;
  /** Working price; undefined: at market. */
  limit: number | undefined;
  /** Price the trigger stands at; undefined when nothing triggers it any more. */
  stop: number | undefined;
  /** Best price a trail has seen. */
  water: number | undefined;
  isTriggered: boolean;
  /** Conditions (by place) that an execution has met. */
  readonly met: Set<number>;
  isAdjusted: boolean;
  /** How much an algorithm has let go so far; undefined: everything. */
  released: Quantity | undefined;
  parent: LiveOrder | undefined;
  readonly children: LiveOrder[];
  oca: OcaGroup | undefined;
  readonly entries: Entry<LiveOrder>[];
  /** Matched and queued; taken out of the queues it is not. */
  isWorking: boolean;
  readonly timers: Timer[];
  /** The timer of its time in force, among the others. */
  expiry: Timer | undefined;
  /** A global cancel has said once that it cannot be cancelled any more. */
  isSaidUncancellable: boolean;
  /** Raised by every report that says something new; repeats stop when it has moved on. */
  version: number;
  lastSaid: string;
  /** The echo last made, with what it was made from. */
  echo:
    | (Pick<LiveOrder, 'order' | 'total' | 'filled' | 'limit' | 'stop' | 'orderId'> & { readonly made: EchoedOrder })
    | undefined;
}

export type NewOrder = Pick<
  LiveOrder,
  | 'seq'
  | 'orderId'
  | 'clientId'
  | 'permId'
  | 'isManual'
  | 'contract'
  | 'instrument'
  | 'parts'
  | 'account'
  | 'isBuy'
  | 'order'
  | 'kind'
  | 'total'
>;

/** Spelled out rather than spread: every order has one shape, and spreading thirty fields costs microseconds. */
export function createLiveOrder(fields: NewOrder): LiveOrder {
  return {
    seq: fields.seq,
    orderId: fields.orderId,
    clientId: fields.clientId,
    permId: fields.permId,
    isManual: fields.isManual,
    contract: fields.contract,
    instrument: fields.instrument,
    parts: fields.parts,
    account: fields.account,
    isBuy: fields.isBuy,
    order: fields.order,
    kind: fields.kind,
    total: fields.total,
    original: fields.total,
    filled: 0n,
    spent: 0n,
    lastFillPrice: 0,
    commission: 0,
    charged: nothingCharged,
    partCharged: [],
    shares: undefined,
    given: [],
    isStaged: false,
    isPendingCancel: false,
    final: undefined,
    completedStatus: undefined,
    silentReason: undefined,
    completedAt: undefined,
    holds: new Set(),
    limit: undefined,
    stop: undefined,
    water: undefined,
    isTriggered: false,
    met: new Set(),
    isAdjusted: false,
    released: undefined,
    parent: undefined,
    children: [],
    oca: undefined,
    entries: [],
    isWorking: false,
    timers: [],
    expiry: undefined,
    isSaidUncancellable: false,
    version: 0,
    lastSaid: '',
    echo: undefined,
  };
}

export function statusOf(order: LiveOrder): OrderStatus {
  if (order.final) return order.final;
  if (order.isPendingCancel) return 'PendingCancel';
  if (order.holds.has('deactivated')) return 'Inactive';
  return order.holds.size > 0 ? 'PreSubmitted' : 'Submitted';
}

/** How lists and refused cancels name the end of an order: a rejected one counts as cancelled. */
export function endOf(order: LiveOrder): OrderStatus {
  return order.final === 'Inactive' ? 'Cancelled' : statusOf(order);
}

export function remainingOf(order: LiveOrder): Quantity {
  return order.total - order.filled;
}

/** What may trade now: the rest, or what an algorithm has let go of it. */
export function workableOf(order: LiveOrder): Quantity {
  const open = order.released === undefined ? remainingOf(order) : order.released - order.filled;
  const rest = remainingOf(order);
  return open < rest ? (open > 0n ? open : 0n) : rest;
}

/** Average price of what was filled, 0 before. */
export function averagePrice(order: LiveOrder): number {
  if (order.filled === 0n) return 0;
  return Math.round(Number(order.spent) / Number(order.filled)) / 1e8;
}

export function isAtExchange(order: LiveOrder): boolean {
  return order.final === undefined && !order.isStaged && order.holds.size === 0;
}

/** Words the status gives for a wait. */
export function whyHeldOf(order: LiveOrder): string {
  if (order.final || order.isPendingCancel) return '';
  const words: string[] = [];
  if (order.holds.has('parent')) words.push('child');
  if (order.holds.has('locate')) words.push('locate');
  if (order.holds.has('trigger')) words.push('trigger');
  return words.join(',');
}
