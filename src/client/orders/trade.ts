// One order from the moment it is ours to know: what was sent, what was said of it, what was executed, and how it ended.
import type Big from 'big.js';
import { channel, type Source, type Subscription } from '../subscription.js';
import { mergedContract } from './builders/reported-draft.js';
import type { OrderDraft } from './draft.js';
import { NotFilledError } from './order-errors.js';
import type { OrderNotice, TradeAlarm, TradeEvent } from './record/events.js';
import { decimal, type Fill, type FillChange, Fills, isPermId } from './record/fills.js';
import type { CommissionReport } from './record/revisions.js';
import { type Settlement, settlement } from './record/settlement.js';
import type { StatusLine } from './record/status.js';
import { counts, endOf, termsOf } from './record/trade-end.js';
import { Life } from './record/trade-life.js';
import { type Doubt, type EndReason, isEnd, stateOf, type TradeEnd, type TradeState } from './record/trade-state.js';
import type {
  ActionCall,
  Asked,
  CancelOutcome,
  ModifyOutcome,
  OpenOrder,
  ReportedOrder,
  ReportedState,
  TradeActions,
  TradedContract,
  TradeIdentity,
} from './record/trade-types.js';

export class Trade {
  clientId: number;
  orderId: number;
  readonly isPlaced: boolean;
  account: string | undefined;
  contract: TradedContract | undefined;
  /** The terms as last sent, which a change is compared with; undefined for orders this session did not place. */
  draft: OrderDraft | undefined;
  /** The terms as the gateway reports them. */
  reported: ReportedOrder | undefined;
  orderState: ReportedState | undefined;
  /** What was last sent. */
  asked: Asked = 'place';
  /** Epoch milliseconds when its bytes were handed to the socket; undefined before. */
  sentAt: number | undefined;
  /** When the first message about it came. */
  heardAt: number | undefined;
  isRetried = false;
  /** Open questions at the gateway whose answer may change how it ended. */
  questions = 0;
  /** Every permId seen; two are an alarm. */
  readonly permIds = new Set<string>();
  readonly fillBook: Fills;
  /** For the book: what the gateway has said of it. */
  readonly life = new Life();
  private readonly heard: OrderNotice[] = [];
  private current: TradeState = { at: 'waiting' };
  private readonly promises: Settlement;
  private readonly actions: TradeActions;
  /** Everything that happens to it, in the turn in which it is heard. */
  readonly events: Subscription<TradeEvent>;
  private readonly stream: Source<TradeEvent>;

  constructor(identity: TradeIdentity, actions: TradeActions) {
    this.clientId = identity.clientId;
    this.orderId = identity.orderId;
    this.isPlaced = identity.isPlaced;
    this.account = identity.account;
    this.contract = identity.contract;
    this.draft = identity.draft;
    this.actions = actions;
    this.promises = settlement((end) => new NotFilledError(end));
    this.fillBook = new Fills((fill) => counts(this.contract?.secType, fill));
    [this.events, this.stream] = channel<TradeEvent>({ close() {} }, (error) => actions.thrown(error));
    if (!identity.isPlaced) this.current = { at: 'sent' };
  }

  get state(): TradeState {
    return this.current;
  }

  /** Settles once, on proof, with fills and their commissions (or without those that do not come). Rejects only when the session is closed: the order may live on. */
  get done(): Promise<TradeEnd> {
    return this.promises.done;
  }

  /** Resolves when everything is executed. @throws {NotFilledError} when the order ends otherwise. */
  get filled(): Promise<TradeEnd> {
    return this.promises.filled;
  }

  /** What `done` settled with; undefined until then. */
  get end(): TradeEnd | undefined {
    return this.promises.end;
  }

  get permId(): string | undefined {
    return this.permIds.values().next().value;
  }

  /** The user's own tag. */
  get orderRef(): string | undefined {
    return this.draft?.orderRef ?? (this.reported?.orderRef === '' ? undefined : this.reported?.orderRef);
  }

  get parentId(): number | undefined {
    const parentId = this.draft?.parentId ?? this.reported?.parentId;
    return parentId === 0 ? undefined : parentId;
  }

  /** Ordered quantity; undefined for an order sized by money. */
  get total(): Big | undefined {
    const reported = decimal(this.reported?.totalQuantity);
    if (reported?.gt(0) === true) return reported;
    const sent = decimal(this.draft?.totalQuantity);
    return sent?.gt(0) === true ? sent : undefined;
  }

  get filledQuantity(): Big {
    return this.fillBook.filled;
  }

  /** Never below 0; undefined for an order sized by money. */
  get remaining(): Big | undefined {
    const left = this.total?.minus(this.fillBook.filled);
    return left?.lt(0) === true ? left.times(0) : left;
  }

  get averagePrice(): Big | undefined {
    return this.fillBook.averagePrice;
  }

  get fills(): readonly Fill[] {
    return this.fillBook.all;
  }

  /** Reported so far, by currency. */
  get commissions(): ReadonlyMap<string, Big> {
    return this.fillBook.commissions;
  }

  /** Reported so far, by currency. */
  get realizedPnl(): ReadonlyMap<string, Big> {
    return this.fillBook.realizedPnl;
  }

  /** Every status in the gateway's words; repetitions are counted, not listed. */
  get statuses(): readonly StatusLine[] {
    return this.life.lines;
  }

  get notices(): readonly OrderNotice[] {
    return this.heard;
  }

  /** Acknowledged by the broker; undefined when that is not certain. Codes mean different things either way. */
  get isWorking(): boolean | undefined {
    const { doubt, status } = this.life;
    if (doubt !== undefined || isEnd(this.current)) return undefined;
    return status === 'accepted' || status === 'working' || status === 'cancelling';
  }

  /** The gateway counts more as filled than executions have shown. */
  get isBehind(): boolean {
    return this.life.claimed?.gt(this.fillBook.filled) === true || (this.life.status === 'filled' && this.fillBook.filled.eq(0));
  }

  /** Changes price, size or lifetime. @throws {OrderStateError} {RuleError} {TimeoutError} {ClosedError} */
  modify(changes: Partial<OrderDraft>, call?: ActionCall): Promise<ModifyOutcome> {
    return this.actions.modify(this, changes, call);
  }

  /** Cancels what is left of it and waits for the verdict. @throws {OrderStateError} {TimeoutError} {ClosedError} */
  cancel(call?: ActionCall): Promise<CancelOutcome> {
    return this.actions.cancel(this, call);
  }

  /** For the book. */
  tell(event: TradeEvent): void {
    this.stream.push(event);
    this.actions.told(this, event);
  }

  /** For the book. */
  alarm(alarm: TradeAlarm): void {
    this.tell({ is: 'alarm', alarm });
  }

  /** For the book: its bytes are on the way. */
  sent(at: number): void {
    this.sentAt ??= at;
    this.refresh();
  }

  /** For the book: takes a permId in. A second one is an alarm. */
  identify(permId: string | undefined): boolean {
    if (!isPermId(permId) || this.permIds.has(permId)) return false;
    this.permIds.add(permId);
    if (this.permIds.size > 1) this.alarm({ what: 'secondPermId', permIds: [...this.permIds] });
    return true;
  }

  /** For the book: terms and state as the gateway reports them. */
  report(message: Pick<OpenOrder, 'contract' | 'order' | 'orderState'>): void {
    const before = this.reported;
    this.reported = message.order;
    this.orderState = message.orderState;
    this.contract = mergedContract(this.isPlaced ? this.contract : undefined, message.contract);
    this.account ??= message.order?.account;
    this.refresh();
    const isChanged = before === undefined ? !this.isPlaced : termsOf(before) !== termsOf(message.order);
    this.tell({ is: 'report', isChanged });
  }

  /** For the book: a status. `isCertain`: it answers a question, so it may bring an ended order back. */
  hear(line: Omit<StatusLine, 'times'>, isCertain = false): void {
    this.heardAt ??= line.at;
    if (this.life.hear(line, isCertain, this.parentId !== undefined)) this.tell({ is: 'status', line: { ...line, times: 1 } });
    this.refresh();
  }

  /** For the book: an execution. */
  execute(fill: Fill): FillChange {
    const change = this.fillBook.add(fill);
    if (change.is === 'known') return change;
    if (change.is === 'corrected') this.life.claimed = undefined;
    this.tell(change.is === 'new' ? { is: 'fill', fill } : { is: 'correction', fill: change.fill, before: change.before });
    const { total } = this;
    if (total?.lt(this.fillBook.filled) === true)
      this.alarm({ what: 'overfilled', filled: this.fillBook.filled.toFixed(), total: total.toFixed() });
    this.refresh();
    return change;
  }

  /** For the book: a commission report. */
  charge(report: CommissionReport): void {
    const fill = this.fillBook.report(report);
    if (fill !== undefined) this.tell({ is: 'commission', fill });
    this.refresh();
  }

  /** For the book: an error message that is its own. */
  note(notice: OrderNotice): void {
    if (this.heard.length < 1000) this.heard.push(notice);
    this.tell({ is: 'notice', notice });
  }

  /** For the book: the order was refused. */
  reject(reason: EndReason): void {
    this.life.rejection = reason;
    this.refresh();
  }

  /** For the book: the balance is cancelled. */
  finish(reason: EndReason | undefined): void {
    this.life.isOver = true;
    this.life.over = reason ?? this.life.over;
    this.refresh();
  }

  /** For the book. */
  doubted(doubt: Doubt | undefined): void {
    this.life.doubt = doubt;
    this.refresh();
  }

  /** For the book: derives the state again and tells of a change. */
  refresh(): void {
    const { current: before, life } = this;
    const state = stateOf({
      total: this.total,
      filled: this.fillBook.filled,
      isSent: this.sentAt !== undefined || !this.isPlaced,
      status: life.status,
      claimed: life.claimed,
      isRejected: life.rejection !== undefined,
      isOver: life.isOver,
      isCancelAsked: life.isCancelAsked,
      doubt: life.doubt,
    });
    if (state.at === before.at && !(state.at === 'unclear' && before.at === 'unclear' && state.why !== before.why)) return;
    this.current = state;
    this.tell({ is: 'state', state, before });
    if (state.at === 'filled') this.promises.fill(endOf(this, 'filled'));
    if (isEnd(before) && (before.at === 'filled' || before.at === 'cancelled' || before.at === 'rejected'))
      this.tell({ is: 'reopened', was: before.at, end: this.end });
  }

  /** For the book: `done` settles with the end as it is now. */
  settle(): void {
    const { state } = this;
    if (state.at !== 'filled' && state.at !== 'cancelled' && state.at !== 'rejected') return;
    const end = endOf(this, state.at);
    if (this.promises.settle(end)) this.tell({ is: 'end', end });
  }

  /** For the book: the session is over. */
  close(cause: Error): void {
    this.promises.fail(cause);
    this.stream.finish(cause);
  }
}
