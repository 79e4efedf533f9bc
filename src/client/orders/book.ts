// The book of orders: every message about an order finds its trade here, whichever session, client or hand placed it.
import type { Incoming, MessageOf } from '../../protocol/registry.js';
import { orderChannel } from '../channels.js';
import type { OrderIds } from '../ids.js';
import type { ErrorMessage, OrderParty } from '../router.js';
import { channel, type Source, type Subscription } from '../subscription.js';
import type { Timer } from '../timer.js';
import { BookIndex } from './book-index.js';
import type { BookEvent, TradeEvent } from './record/events.js';
import { fillOf } from './record/fills.js';
import { heedNotice } from './record/heed.js';
import { type CommissionReport, commissionReport } from './record/revisions.js';
import type { StatusLine } from './record/status.js';
import { isEnd } from './record/trade-state.js';
import type { TradeActions, TradedContract } from './record/trade-types.js';
import { isOnlyExecuted } from './recover/doubtful.js';
import type { ReconcileCause } from './recover/reconcile-report.js';
import type { Preview } from './send/preview.js';
import { Trade } from './trade.js';

/** What the book needs of its session. */
export interface BookHome {
  readonly timer: Timer;
  readonly orderIds: OrderIds;
  /** The client id in use. */
  readonly clientId: () => number;
  thrown(error: unknown): void;
}

/** Reports of executions that have not come yet. */
const MOST_REPORTS = 10_000;

type OpenOrder = MessageOf<'openOrder'>;

export class OrderBook implements OrderParty {
  readonly index = new BookIndex();
  readonly events: Subscription<BookEvent>;
  /** Where the book's own parts tell of what they found. */
  readonly telling: Source<BookEvent>;
  readonly home: BookHome;
  readonly actions: TradeActions;
  /** Running what-if questions by their order id. */
  readonly previews = new Map<number, Preview>();
  /** Set by the account rules: an order of ours counts from now on, whether it has left or waits. */
  onPlaced: (trade: Trade) => void = () => {};
  /** Set by the account rules: other terms are on their way to an order, and either may hold. */
  onChanging: (trade: Trade) => void = () => {};
  /** True while a message is taken in that answers a question. */
  isAnswer = false;
  /** The connection in which open orders were last listed whole. */
  private comparedIn = 0;
  /** When all open orders were last listed. */
  listedAt: number | undefined;
  /** Set by the account rules: open orders have been listed. */
  onListed: () => void = () => {};
  private readonly earlyReports = new Map<string, CommissionReport>();
  private readonly watchers = new Set<(trade: Trade, event: TradeEvent) => void>();
  /** Set by the reconciler: the gateway has to be asked. */
  ask: (cause: ReconcileCause, trade: Trade | undefined) => void = () => {};
  /** Set by the order path: sends a child once more. */
  retry: (trade: Trade) => boolean = () => false;

  constructor(home: BookHome, actions: Omit<TradeActions, 'told' | 'thrown'>) {
    this.home = home;
    [this.events, this.telling] = channel<BookEvent>({ close() {} }, (error) => home.thrown(error));
    this.actions = {
      modify: actions.modify,
      cancel: actions.cancel,
      told: (trade, event) => this.told(trade, event),
      thrown: (error) => home.thrown(error),
    };
  }

  get trades(): ReadonlySet<Trade> {
    return this.index.trades;
  }

  /** Trades that may still change; what is known by old executions alone may not. */
  get live(): readonly Trade[] {
    return [...this.index.trades].filter((trade) => !isEnd(trade.state) && !isOnlyExecuted(trade));
  }

  /** Takes in an order that is about to leave. */
  register(trade: Trade): void {
    this.index.add(trade);
    this.onPlaced(trade);
  }

  /** Takes an order out: it did not leave, or is looked at as if it were not there. */
  unregister(trade: Trade): void {
    this.index.remove(trade);
    this.onChanging(trade);
  }

  /** Calls with every event of every trade; the book's own parts listen here, after its users. */
  watch(watcher: (trade: Trade, event: TradeEvent) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private told(trade: Trade, event: TradeEvent): void {
    if (event.is === 'end') this.index.settled(trade);
    if (orderChannel.hasSubscribers) orderChannel.publish({ trade, event });
    this.telling.push({ is: 'trade', trade, event });
    for (const watcher of this.watchers) watcher(trade, event);
  }

  /** For the reconciler: open orders have been listed whole. */
  compared(epoch: number): void {
    this.comparedIn = epoch;
    this.onListed();
  }

  /** All open orders, of every client, have just been listed. */
  listed(): void {
    this.listedAt = this.home.timer.now();
    this.onListed();
  }

  /** Whether open orders have been listed whole since this connection began. */
  isCompared(epoch: number): boolean {
    return this.comparedIn === epoch && epoch > 0;
  }

  owns(orderId: number): boolean {
    return this.previews.has(orderId) || this.index.byOrder(this.home.clientId(), orderId) !== undefined;
  }

  message(message: Incoming): void {
    switch (message.kind) {
      case 'openOrder':
        this.openOrder(message);
        return;
      case 'orderStatus':
        this.orderStatus(message);
        return;
      case 'execDetails':
        this.execDetails(message);
        return;
      case 'commissionAndFeesReport':
        this.commission(message);
        return;
      case 'completedOrder':
        this.completedOrder(message);
        return;
      case 'orderBound':
        this.orderBound(message);
        return;
      default:
    }
  }

  notice(error: ErrorMessage): void {
    const orderId = error.reqId ?? 0;
    const preview = this.previews.get(orderId);
    if (preview !== undefined) {
      preview.notice(error);
      return;
    }
    const trade = this.index.byOrder(this.home.clientId(), orderId);
    if (trade !== undefined) heedNotice(this, trade, error);
  }

  /**
   * The trade of a message. The permId decides where it is known; an order of ours whose first report names no client, or
   * another one than we are, is known by what it is for.
   */
  private find(
    clientId: number | undefined,
    orderId: number | undefined,
    permId: string | undefined,
    message?: OpenOrder,
  ): Trade | undefined {
    const own = this.home.clientId();
    const known = this.index.byPerm(permId);
    const named = this.index.byOrder(clientId ?? own, orderId);
    if (known !== undefined) {
      if (known !== named && orderId !== undefined && orderId !== 0 && orderId !== known.orderId)
        known.alarm({ what: 'otherOrderId', orderId });
      return known;
    }
    if (named !== undefined) return named;
    if (clientId !== undefined && clientId !== 0) return undefined;
    const trade = this.index.byOrder(own, orderId);
    const isMeant =
      trade?.isPlaced === true &&
      trade.heardAt === undefined &&
      (message === undefined ||
        (message.order?.action === trade.draft?.action && message.contract?.symbol === trade.contract?.symbol));
    return isMeant ? trade : undefined;
  }

  /** A trade that this session did not place. */
  private found(clientId: number | undefined, orderId: number | undefined, contract: TradedContract | undefined): Trade {
    const trade = new Trade(
      { clientId: clientId ?? 0, orderId: orderId ?? 0, isPlaced: false, account: undefined, contract, draft: undefined },
      this.actions,
    );
    this.index.add(trade);
    this.telling.push({ is: 'found', trade });
    return trade;
  }

  private identify(trade: Trade, permId: string | undefined): void {
    if (trade.isPlaced) this.home.orderIds.confirm(trade.orderId);
    if (trade.identify(permId)) this.index.bind(trade);
  }

  private openOrder(message: OpenOrder): void {
    const { order, orderId, orderState } = message;
    if (order?.whatIf === true) {
      this.previews.get(orderId ?? 0)?.answer(message);
      return;
    }
    const trade =
      this.find(order?.clientId, orderId, order?.permId, message) ?? this.found(order?.clientId, orderId, message.contract);
    this.identify(trade, order?.permId);
    trade.report(message);
    const status = orderState?.status;
    if (status !== undefined && status !== '') this.hear(trade, this.line('openOrder', status));
  }

  private orderStatus(message: MessageOf<'orderStatus'>): void {
    const { status, clientId, orderId, permId } = message;
    if (status === undefined) return;
    let trade = this.find(clientId, orderId, permId);
    if (trade === undefined) {
      // A list of completed orders begins with the end of each of them: no news about an order nobody here knows.
      if (status === 'Cancelled' || status === 'ApiCancelled' || status === 'Filled') return;
      trade = this.found(clientId, orderId, undefined);
    }
    this.identify(trade, permId);
    const { filled, remaining, whyHeld } = message;
    this.hear(trade, this.line('orderStatus', status, filled, remaining, whyHeld === '' ? undefined : whyHeld));
  }

  private hear(trade: Trade, line: Omit<StatusLine, 'times'>): void {
    trade.hear(line);
    if (trade.life.doubt === 'contradiction') this.ask('contradiction', trade);
  }

  private line(
    from: StatusLine['from'],
    status: string,
    filled?: string,
    remaining?: string,
    whyHeld?: string,
  ): Omit<StatusLine, 'times'> {
    return { status, at: this.home.timer.now(), from, filled, remaining, whyHeld };
  }

  private execDetails(message: MessageOf<'execDetails'>): void {
    const fill = fillOf(message);
    if (fill === undefined) return;
    const known = this.index.byExec(fill.execId);
    const trade =
      known ?? this.find(fill.clientId, fill.orderId, fill.permId) ?? this.found(fill.clientId, fill.orderId, fill.contract);
    this.identify(trade, fill.permId);
    trade.account ??= fill.account;
    this.index.executed(fill.execId, trade);
    trade.heardAt ??= this.home.timer.now();
    this.isAnswer = message.reqId !== undefined && message.reqId !== -1;
    trade.execute(fill);
    this.isAnswer = false;
    const early = this.earlyReports.get(fill.execId);
    if (early === undefined) return;
    this.earlyReports.delete(fill.execId);
    trade.charge(early);
  }

  private commission(message: MessageOf<'commissionAndFeesReport'>): void {
    const report = commissionReport(message);
    if (report === undefined) return;
    const trade = this.index.byExec(report.execId);
    if (trade !== undefined) {
      trade.charge(report);
      return;
    }
    this.earlyReports.set(report.execId, report);
    const oldest = this.earlyReports.keys().next();
    if (this.earlyReports.size > MOST_REPORTS && oldest.done !== true) this.earlyReports.delete(oldest.value);
  }

  private completedOrder(message: MessageOf<'completedOrder'>): void {
    const { order, orderState } = message;
    const trade = this.index.byPerm(order?.permId);
    const status = orderState?.status;
    if (trade === undefined || status === undefined || status === '') return;
    const filled = order?.filledQuantity;
    trade.hear(this.line('completedOrder', status, filled));
    const text = (orderState?.completedStatus ?? '').replace(/\s+/g, ' ').trim();
    if (status !== 'Cancelled' && status !== 'ApiCancelled' && status !== 'Inactive') return;
    const reason = { code: undefined, text, by: 'unknown' as const, advancedOrderRejectJson: undefined };
    if (/^Rejected/i.test(text)) trade.reject({ ...reason, by: 'gateway' });
    else if (status !== 'Inactive' || text !== '')
      trade.finish({ ...reason, by: /by Trader/i.test(text) ? 'user' : /by System/i.test(text) ? 'gateway' : 'unknown' });
  }

  private orderBound(message: MessageOf<'orderBound'>): void {
    const { permId, clientId, orderId } = message;
    const trade = this.index.byPerm(permId);
    if (trade === undefined || clientId === undefined || orderId === undefined || orderId === 0) return;
    if (trade.clientId === clientId && trade.orderId === orderId) return;
    this.index.rename(trade, clientId, orderId);
    this.onChanging(trade);
  }

  /** The session is over. */
  close(cause: Error): void {
    for (const trade of this.index.trades) trade.close(cause);
    for (const preview of [...this.previews.values()]) preview.fail(cause);
    this.telling.finish(cause);
  }
}
