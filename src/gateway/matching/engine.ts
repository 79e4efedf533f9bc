/** The matching engine: orders in, events out. Owns no socket; time comes from its clock, prices from its market. */
import type { Refusal } from '../accounts/admission.js';
import type { Timer } from '../clock.js';
import { act, wake } from './act.js';
import { cancel, globalCancel } from './cancel.js';
import { correctExecution } from './correct.js';
import { createState, type EngineSetup, type EngineState } from './engine-state.js';
import { type ExerciseRequest, exercise } from './exercise.js';
import { forgetStaged, release } from './finish.js';
import type { InstrumentBook } from './instrument-book.js';
import { highestId, overLink, setLink } from './link.js';
import { type LiveOrder, remainingOf, statusOf } from './live-order.js';
import { bindManualOrders, placeManual } from './manual.js';
import { onMove } from './moves.js';
import type { CommissionAndFeesReportEvent, ExecDetailsEvent, OrderEvent } from './order-events.js';
import { type PlaceTerms, place } from './place.js';
import { completedOrders, type ExecutionFilter, executions, openOrders } from './queries.js';
import { accepted, type OrderFields, type SimContract, type SimOrder } from './sim-order.js';

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
 * Takes orders by client id and order id, and answers with what happens, in the gateway's order: see `act.ts`. It adds the clock
 * that wakes orders, the moves of the market, and listeners, who are told the same and what comes of clock and market. Everything
 * within a call is said before it returns, unless a delay was asked for. Close it to let go of its quotes and timers.
 */
export class MatchingEngine {
  readonly #state: EngineState;
  readonly #setup: EngineSetup;
  readonly #listeners = new Set<(event: OrderEvent) => void>();
  /** Said and not yet told: what a listener causes is told after what it was told of. */
  readonly #untold: OrderEvent[] = [];
  readonly #stopMoves: () => void;
  readonly #watches = new Map<InstrumentBook, () => void>();
  #alarm: { readonly at: number; readonly timer: Timer } | undefined;
  #isTelling = false;

  constructor(setup: EngineSetup) {
    this.#setup = setup;
    this.#state = createState(setup);
    this.#stopMoves = setup.market.onMove((quote, instrument) => void this.#act((state) => onMove(state, quote, instrument)));
  }

  /** Adds a listener for every event; `hears` of `order-events.ts` says which client it is for. Returns the way to stop. */
  onEvent(listener: (event: OrderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Places an order, changes the one that has this id, or answers a what-if. Refusals come as error events. */
  place(clientId: number, orderId: number, contract: SimContract, order: OrderFields, terms?: PlaceTerms): readonly OrderEvent[] {
    const does = (state: EngineState): void => place(state, clientId, orderId, contract, accepted(order), terms);
    return this.#act((state) => overLink(state, { clientId, orderId, does }));
  }

  cancel(clientId: number, orderId: number): readonly OrderEvent[] {
    const does = (state: EngineState): void => cancel(state, clientId, orderId);
    return this.#act((state) => overLink(state, { clientId, orderId, does }));
  }

  /** Cancels all orders of all clients. */
  globalCancel(clientId: number): readonly OrderEvent[] {
    const does = (state: EngineState): void => globalCancel(state, clientId);
    return this.#act((state) => overLink(state, { clientId, orderId: -1, does }));
  }

  exercise(clientId: number, orderId: number, request: ExerciseRequest): readonly OrderEvent[] {
    const does = (state: EngineState): void => exercise(state, clientId, orderId, request);
    return this.#act((state) => overLink(state, { clientId, orderId, does }));
  }

  /** An order entered by hand; returns its permId or the refusal. */
  placeManual(contract: SimContract, order: OrderFields): string | Refusal {
    let answer: string | Refusal = '';
    this.#act((state) => {
      answer = placeManual(state, contract, accepted(order));
    });
    return answer;
  }

  /** What client 0 gets when it asks for manual orders to be bound to it. */
  bindManualOrders(): readonly OrderEvent[] {
    return this.#act(bindManualOrders);
  }

  /** The next order id of a client: above all it has used. */
  nextValidId(clientId: number): number {
    return highestId(this.#state, clientId) + 1;
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
    return this.#act((state) => correctExecution(state, execId, price)).length > 0;
  }

  /** Shares were found for orders held to be located; unset: for all of them. */
  locate(permId?: string): readonly OrderEvent[] {
    return this.#act((state) => {
      for (const order of [...state.live]) if (permId === undefined || order.permId === permId) release(state, order, 'locate');
    });
  }

  /** The link to the broker is there, or lost: what comes meanwhile is kept until it is back, or refused. */
  setLink(isThere: boolean): readonly OrderEvent[] {
    return this.#act((state) => setLink(state, isThere));
  }

  /** Drops the orders that were never transmitted or sent on, as a restart of the gateway does. Nothing is said. */
  forgetStaged(): void {
    forgetStaged(this.#state);
    this.#state.kept.length = 0;
  }

  /** Every order the engine knows, ended ones included. */
  orders(): readonly OrderSummary[] {
    return [...this.#state.byPermId.values()].map(summaryOf);
  }

  close(): void {
    this.#stopMoves();
    for (const stop of this.#watches.values()) stop();
    this.#watches.clear();
    this.#alarm?.timer.cancel();
    this.#listeners.clear();
  }

  #act(does: (state: EngineState) => void): readonly OrderEvent[] {
    const said = act(this.#state, does);
    this.#watch();
    this.#setAlarm();
    this.#tell(said);
    return said;
  }

  /** Has the moves made that orders wait for, and no others. */
  #watch(): void {
    const { rewatched } = this.#state;
    for (const book of rewatched) {
      const stop = this.#watches.get(book);
      if (book.isWatched && stop === undefined) this.#watches.set(book, this.#setup.market.watch(book.instrument.conId));
      if (book.isWatched || stop === undefined) continue;
      stop();
      this.#watches.delete(book);
    }
    rewatched.clear();
  }

  #setAlarm(): void {
    const { due } = this.#state.agenda;
    if (due === this.#alarm?.at) return;
    this.#alarm?.timer.cancel();
    this.#alarm = due === undefined ? undefined : { at: due, timer: this.#setup.clock.at(due, () => this.#wake()) };
  }

  #wake(): void {
    this.#alarm = undefined;
    this.#act((state) => wake(state, this.#setup.clock.now()));
  }

  #tell(said: readonly OrderEvent[]): void {
    this.#untold.push(...said);
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (const event of this.#untold) for (const listener of this.#listeners) listener(event);
    } finally {
      this.#untold.length = 0;
      this.#isTelling = false;
    }
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
