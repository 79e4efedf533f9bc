/** The matching engine: orders in, events out. Owns no socket; time comes from its clock, prices from its market. */
import type { Refusal } from '../accounts/admission.js';
import { cancel, globalCancel } from './cancel.js';
import { correctExecution } from './correct.js';
import { clientOf, createState, type EngineSetup, type EngineState } from './engine-state.js';
import { type ExerciseRequest, exercise } from './exercise.js';
import { release } from './finish.js';
import { type LiveOrder, remainingOf, statusOf } from './live-order.js';
import { bindManualOrders, placeManual } from './manual.js';
import { onMove } from './moves.js';
import type { CommissionAndFeesReportEvent, ExecDetailsEvent, OrderEvent } from './order-events.js';
import { type PlaceTerms, place } from './place.js';
import { completedOrders, type ExecutionFilter, executions, openOrders } from './queries.js';
import { accepted, type OrderFields, type SimContract, type SimOrder } from './sim-order.js';
import { drain } from './work.js';

/** One order in a summary for embedding programs and tests. */
export interface OrderSummary {
  readonly orderId: number;
  readonly clientId: number;
  readonly permId: string;
  readonly status: string;
  readonly order: SimOrder;
  readonly contract: SimContract;
  readonly filled: bigint;
  readonly remaining: bigint;
}

/**
 * Takes orders by client id and order id and tells listeners what happens, in the gateway's order. Everything within a call
 * is said before it returns, unless a delay was asked for. Close it to let go of its quotes and timers.
 */
export class MatchingEngine {
  readonly #state: EngineState;
  readonly #listeners = new Set<(event: OrderEvent) => void>();
  readonly #stopMoves: () => void;

  constructor(setup: EngineSetup) {
    this.#state = createState(setup, (event) => {
      for (const listener of this.#listeners) listener(event);
    });
    this.#state.drain = () => drain(this.#state);
    this.#stopMoves = setup.market.onMove((quote, instrument) => onMove(this.#state, quote, instrument));
  }

  /** Adds a listener for every event; `hears` of `order-events.ts` says which client it is for. Returns the way to stop. */
  onEvent(listener: (event: OrderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Places an order, changes the one that has this id, or answers a what-if. Refusals come as error events. */
  place(clientId: number, orderId: number, contract: SimContract, order: OrderFields, terms?: PlaceTerms): void {
    place(this.#state, clientId, orderId, contract, accepted(order), terms);
    drain(this.#state);
  }

  cancel(clientId: number, orderId: number): void {
    cancel(this.#state, clientId, orderId);
  }

  /** Cancels all orders of all clients. */
  globalCancel(clientId: number): void {
    globalCancel(this.#state, clientId);
  }

  exercise(clientId: number, orderId: number, request: ExerciseRequest): void {
    exercise(this.#state, clientId, orderId, request);
  }

  /** An order entered by hand; returns its permId or the refusal. */
  placeManual(contract: SimContract, order: OrderFields): string | Refusal {
    return placeManual(this.#state, contract, accepted(order));
  }

  /** What client 0 gets when it asks for manual orders to be bound to it. */
  bindManualOrders(): void {
    bindManualOrders(this.#state);
  }

  /** The next order id of a client: above all it has used. */
  nextValidId(clientId: number): number {
    return clientOf(this.#state, clientId).highest + 1;
  }

  openOrders(askedBy: number, scope: number | 'all'): readonly OrderEvent[] {
    return openOrders(this.#state, askedBy, scope);
  }

  completedOrders(askedBy: number, apiOnly: boolean): readonly OrderEvent[] {
    return completedOrders(this.#state, askedBy, apiOnly);
  }

  executions(
    askedBy: number,
    reqId: number,
    filter: ExecutionFilter,
    zone: string,
  ): readonly (ExecDetailsEvent | CommissionAndFeesReportEvent)[] {
    return executions(this.#state, askedBy, reqId, filter, zone);
  }

  /** Corrects an execution's price; false when there is none with this id. */
  correctExecution(execId: string, price: number): boolean {
    return correctExecution(this.#state, execId, price);
  }

  /** Shares were found for orders held to be located; unset: for all of them. */
  locate(permId?: string): void {
    for (const order of [...this.#state.live])
      if (permId === undefined || order.permId === permId) release(this.#state, order, 'locate');
    drain(this.#state);
  }

  /** Drops the orders that were never transmitted, as a restart of the gateway does. Nothing is said. */
  forgetStaged(): void {
    for (const order of [...this.#state.live]) {
      if (!order.isStaged) continue;
      this.#state.live.delete(order);
      this.#state.liveByAccount.get(order.account)?.delete(order);
      this.#state.clients.get(order.clientId)?.byId.delete(order.orderId);
      this.#state.byPermId.delete(order.permId);
    }
  }

  /** Every order the engine knows, ended ones included. */
  orders(): readonly OrderSummary[] {
    return [...this.#state.byPermId.values()].map(summaryOf);
  }

  close(): void {
    this.#stopMoves();
    for (const book of this.#state.books.values()) book.stopWatching?.();
    for (const order of this.#state.live) for (const timer of order.timers) timer.cancel();
    this.#listeners.clear();
  }
}

function summaryOf(order: LiveOrder): OrderSummary {
  const { orderId, clientId, permId, contract, filled } = order;
  return {
    orderId,
    clientId,
    permId,
    status: order.isStaged ? 'ApiPending' : statusOf(order),
    order: order.order,
    contract,
    filled,
    remaining: remainingOf(order),
  };
}
