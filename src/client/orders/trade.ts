// One order as its user holds it: it reads, waits and asks; only the book writes, through the other end.

import type Big from 'big.js';
import type { Keyed } from '../../input/keyed.js';
import type { Source } from '../conversation/source.js';
import { channel, type Subscription } from '../conversation/subscription.js';
import { SHOWN } from '../input/legible.js';
import type { OrderDraft } from './draft.js';
import { NotAcceptedError, NotFilledError } from './order-errors.js';
import { type Deferred, deferred } from './record/deferred.js';
import type { OrderNotice, TradeEvent } from './record/events.js';
import type { Fill } from './record/fills.js';
import {
  endOf,
  isAcknowledged,
  isBehind,
  isWorking,
  type OrderRecord,
  parentOf,
  remainingOf,
  totalOf,
} from './record/order-record.js';
import type { StatusLine } from './record/status.js';
import type { TradeEnd, TradeState } from './record/trade-state.js';
import type {
  ActionCall,
  Asked,
  CancelOutcome,
  ModifyOutcome,
  ReportedOrder,
  ReportedState,
  TradedContract,
} from './record/trade-types.js';

/** How a trade reaches its session. */
export interface TradeActions {
  modify(trade: Trade, changes: Partial<OrderDraft>, call?: ActionCall): Promise<ModifyOutcome>;
  cancel(trade: Trade, call?: ActionCall): Promise<CancelOutcome>;
  thrown(error: unknown): void;
}

/** The writing end of trades, for their book alone. */
export interface TradeWriter {
  begin(record: OrderRecord): Trade;
  /** Whether the trade is one of this book. */
  owns(trade: Trade): boolean;
  /** Takes the next record in. */
  write(trade: Trade, record: OrderRecord): void;
  /** Tells its listeners, and settles what the event proves. */
  emit(trade: Trade, event: TradeEvent): void;
  /** The session is over: the order may live on. */
  close(trade: Trade, cause: Error): void;
}

/** Makes the writing end of the trades of a new book: whoever holds it writes, and nobody else. */
export let writerFor: (actions: TradeActions) => TradeWriter;

/**
 * An order as its program holds it: reads and promises, no writing. `accepted`, `filled` and `done` settle once; `state` is
 * where it stands now.
 */
export class Trade {
  readonly #events: Subscription<TradeEvent>;
  readonly #source: Source<TradeEvent>;
  readonly #actions: TradeActions;
  readonly #done = deferred<TradeEnd>();
  readonly #filled = deferred<TradeEnd>();
  /** Made when somebody asks for it. */
  #accepted: Deferred<TradeState> | undefined;
  #record: OrderRecord;
  #closed: Error | undefined;

  /** Made by the book. */
  constructor(record: OrderRecord, actions: TradeActions) {
    this.#record = record;
    this.#actions = actions;
    [this.#events, this.#source] = channel<TradeEvent>({ close() {} }, (error) => actions.thrown(error));
  }

  static {
    writerFor = (actions) => ({
      begin: (record) => new Trade(record, actions),
      owns: (trade) => trade.#actions === actions,
      write: (trade, record) => trade.#write(record),
      emit: (trade, event) => trade.#emit(event),
      close: (trade, cause) => trade.#close(cause),
    });
  }

  /** Everything that is known of it, as data that never changes: what happens next makes another record. */
  get record(): OrderRecord {
    return this.#record;
  }

  /** Everything that happens to it, in the turn in which it is heard. */
  get events(): Subscription<TradeEvent> {
    return this.#events;
  }

  /** Waiting orders have no id: 0. It is drawn in the turn in which the order leaves. */
  get orderId(): number {
    return this.#record.orderId;
  }

  /** Whose order it is; 0 is an order of TWS itself, or of the client that binds those. */
  get clientId(): number {
    return this.#record.clientId;
  }

  /** True when this session placed it. */
  get isPlaced(): boolean {
    return this.#record.isPlaced;
  }

  /** Undefined while it is not told, and for an order of an advisor's group: its fills say in which accounts it was executed. */
  get account(): string | undefined {
    return this.#record.account;
  }

  /** As the gateway told it, before that as it was sent; undefined for an order that is known by its status alone. */
  get contract(): TradedContract | undefined {
    return this.#record.contract;
  }

  /** The terms as last sent, which a change is compared with; undefined for orders this session did not place. */
  get draft(): OrderDraft | undefined {
    return this.#record.draft;
  }

  /** The terms as the gateway reports them. */
  get reported(): ReportedOrder | undefined {
    return this.#record.reported;
  }

  /** Status, margins and commissions of the newest open order message; undefined before the first. */
  get orderState(): ReportedState | undefined {
    return this.#record.orderState;
  }

  /** What was last sent. */
  get asked(): Asked {
    return this.#record.asked;
  }

  /** Epoch milliseconds when its bytes were handed to the socket; undefined before. */
  get sentAt(): number | undefined {
    return this.#record.sentAt;
  }

  /** When the first message about it came. */
  get heardAt(): number | undefined {
    return this.#record.heardAt;
  }

  /** Where it stands now. A union: switch over `at`. */
  get state(): TradeState {
    return this.#record.state;
  }

  /** Settles once, on proof, with fills and their commissions (or without those that do not come). Rejects only when the session is closed: the order may live on. */
  get done(): Promise<TradeEnd> {
    return this.#done.promise;
  }

  /** Resolves when everything is executed. @throws {NotFilledError} when the order ends otherwise. */
  get filled(): Promise<TradeEnd> {
    return this.#filled.promise;
  }

  /** Resolves when the broker has acknowledged the order. @throws {NotAcceptedError} when it ends before. */
  get accepted(): Promise<TradeState> {
    this.#accepted ??= deferred();
    this.#settleAccepted();
    if (this.#closed !== undefined) this.#accepted.reject(this.#closed);
    return this.#accepted.promise;
  }

  /** What `done` settled with; undefined until then. */
  get end(): TradeEnd | undefined {
    return this.#record.end;
  }

  /** The id by which every client and every session knows it; undefined before the gateway has said it. */
  get permId(): string | undefined {
    return this.#record.permIds[0];
  }

  /** Every permId seen; two are an alarm. */
  get permIds(): ReadonlySet<string> {
    return new Set(this.#record.permIds);
  }

  /** The user's own tag. */
  get orderRef(): string | undefined {
    const { draft, reported } = this.#record;
    return draft?.orderRef ?? (reported?.orderRef === '' ? undefined : reported?.orderRef);
  }

  /** Order id of the order whose execution brings this one to work; undefined for one that stands alone. */
  get parentId(): number | undefined {
    return parentOf(this.#record);
  }

  /** Ordered quantity; undefined for an order sized by money. */
  get total(): Big | undefined {
    return totalOf(this.#record);
  }

  /** Sum of the executions that are known; 0 before the first. */
  get filledQuantity(): Big {
    return this.#record.fills.filled;
  }

  /** Never below 0; undefined for an order sized by money. */
  get remaining(): Big | undefined {
    return remainingOf(this.#record);
  }

  /** Of the executions that are known; undefined before the first. */
  get averagePrice(): Big | undefined {
    return this.#record.fills.averagePrice;
  }

  /** Executions as they stand after corrections, oldest first. */
  get fills(): readonly Fill[] {
    return this.#record.fills.all;
  }

  /** Reported so far, by currency. */
  get commissions(): Keyed<string, Big> {
    return this.#record.fills.commissions;
  }

  /** Reported so far, by currency. */
  get realizedPnl(): Keyed<string, Big> {
    return this.#record.fills.realizedPnl;
  }

  /** Every status in the gateway's words; repetitions are counted, not listed. */
  get statuses(): readonly StatusLine[] {
    return this.#record.statuses.toArray();
  }

  /** What the gateway said of it with a code, oldest first. */
  get notices(): readonly OrderNotice[] {
    return this.#record.notices.toArray();
  }

  /** Acknowledged by the broker; undefined when that is not certain. Codes mean different things either way. */
  get isWorking(): boolean | undefined {
    return isWorking(this.#record);
  }

  /** The gateway counts more as filled than executions have shown. */
  get isBehind(): boolean {
    return isBehind(this.#record);
  }

  /** Changes price, size or lifetime. @throws {OrderStateError} {RuleError} {NotChangedError} {TimeoutError} {ClosedError} */
  modify(changes: Partial<OrderDraft>, call?: ActionCall): Promise<ModifyOutcome> {
    return this.#actions.modify(this, changes, call);
  }

  /** Cancels what is left of it and waits for the verdict. @throws {OrderStateError} {TimeoutError} {ClosedError} */
  cancel(call?: ActionCall): Promise<CancelOutcome> {
    return this.#actions.cancel(this, call);
  }

  /** All of it, for logs: its terms, what the gateway says, what was executed. Amounts are exact texts. */
  toJSON(): object {
    const { isPlaced, reported, orderState, asked, statuses } = this;
    return { ...this.#brief(), isPlaced, permIds: [...this.permIds], reported, orderState, asked, statuses };
  }

  /** What `console.log` prints: the same without the gateway's own words. */
  [SHOWN](): object {
    return this.#brief();
  }

  #brief(): object {
    const { orderId, clientId, permId, account, orderRef, parentId, contract, draft, total, state, sentAt, heardAt } = this;
    const { filledQuantity, remaining, averagePrice, fills, commissions, realizedPnl, notices, isWorking, isBehind, end } = this;
    const terms = { orderId, clientId, permId, account, orderRef, parentId, contract, draft, total };
    const executed = { filledQuantity, remaining, averagePrice, fills, commissions, realizedPnl };
    return { ...terms, state, sentAt, heardAt, ...executed, notices, isWorking, isBehind, end };
  }

  #write(record: OrderRecord): void {
    this.#record = Object.freeze(record);
    if (this.#accepted !== undefined) this.#settleAccepted();
  }

  #settleAccepted(): void {
    if (isAcknowledged(this.#record)) this.#accepted?.resolve(this.state);
    else if (this.end !== undefined) this.#accepted?.reject(new NotAcceptedError(this.end));
  }

  #emit(event: TradeEvent): void {
    if (event.is === 'state' && event.state.at === 'filled') this.#filled.resolve(endOf(this.#record, 'filled'));
    if (event.is === 'end') {
      this.#done.resolve(event.end);
      if (event.end.at === 'filled') this.#filled.resolve(event.end);
      else this.#filled.reject(new NotFilledError(event.end));
    }
    this.#source.push(event);
  }

  #close(cause: Error): void {
    this.#closed = cause;
    for (const promise of [this.#done, this.#filled, this.#accepted]) promise?.reject(cause);
    this.#source.finish(cause);
  }
}
