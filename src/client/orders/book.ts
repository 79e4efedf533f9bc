// The book of orders: every message about an order finds its trade here, whoever placed it. It alone writes to trades.
import type { Incoming, MessageOf } from '../../protocol/registry.js';
import type { ErrorMessage, OrderParty } from '../conversation/router.js';
import { channel, type Source, type Subscription } from '../conversation/subscription.js';
import { classify } from '../notices/classify.js';
import { orderChannel } from '../wire/channels.js';
import { withoutAccounts } from '../wire/errors.js';
import type { OrderIds } from '../wire/ids.js';
import type { Timer } from '../wire/timer.js';
import type { BookEvent, InnerEvent } from './book-events.js';
import { BookIndex } from './book-index.js';
import type { TradeEvent } from './record/events.js';
import { fillOf, isPermId } from './record/fills.js';
import { next } from './record/next.js';
import type { OrderEvent, ReconcileCause, Said, SaidStatus, Wish } from './record/order-event.js';
import { begun, isWorking, type Patience } from './record/order-record.js';
import { type CommissionReport, commissionReport } from './record/revisions.js';
import { type EndReason, endReason, isEnd } from './record/trade-state.js';
import type { TradedContract, TradeIdentity } from './record/trade-types.js';
import { isOnlyExecuted } from './recover/doubtful.js';
import type { Preview } from './send/preview.js';
import { handle, type Trade, type TradeActions, type TradeWriter } from './trade.js';

/** What the book needs of its session. */
export interface BookHome {
  readonly timer: Timer;
  readonly orderIds: OrderIds;
  /** The client id in use. */
  readonly clientId: () => number;
  readonly patience: Patience;
  thrown(error: unknown): void;
  /** Open orders and executions are to be asked for; the trade is told when that has been answered. */
  ask(cause: ReconcileCause, trade: Trade): void;
  /** A child is to be sent once more. */
  retry(trade: Trade): void;
}

/** Reports of executions that have not come yet. */
const MOST_REPORTS = 10_000;

type OpenOrder = MessageOf<'openOrder'>;

/** What happened to an order; the book knows when. */
export type Happening = OrderEvent extends infer One
  ? One extends OrderEvent
    ? Omit<One, 'at'> & { readonly at?: number }
    : never
  : never;

export class OrderBook implements OrderParty {
  readonly index = new BookIndex();
  readonly events: Subscription<BookEvent>;
  /** Where the book's own parts tell of what they found. */
  readonly telling: Source<BookEvent>;
  readonly home: BookHome;
  /** Running what-if questions by their order id. */
  readonly previews = new Map<number, Preview>();
  /** The connection in which open orders were last listed whole. */
  private comparedIn = 0;
  /** When all open orders were last listed. */
  listedAt: number | undefined;
  private readonly actions: TradeActions;
  private readonly writers = new WeakMap<Trade, TradeWriter>();
  private readonly earlyReports = new Map<string, CommissionReport>();
  private readonly watchers = new Set<(trade: Trade, event: InnerEvent) => void>();
  private readonly listWatchers = new Set<() => void>();
  /** What is still to be told or done, in the order in which it came up. */
  private readonly following: { readonly trade: Trade; readonly said: Said }[] = [];
  private isFollowing = false;
  private readonly waits = new Map<Trade, Map<string, () => void>>();
  private isClosed = false;

  constructor(home: BookHome, actions: Omit<TradeActions, 'thrown'>) {
    this.home = home;
    [this.events, this.telling] = channel<BookEvent>({ close() {} }, (error) => home.thrown(error));
    this.actions = { ...actions, thrown: (error) => home.thrown(error) };
  }

  get trades(): ReadonlySet<Trade> {
    return this.index.trades;
  }

  /** Trades that may still change; what is known by old executions alone may not. */
  get live(): readonly Trade[] {
    return [...this.index.trades].filter((trade) => !isEnd(trade.state) && !isOnlyExecuted(trade));
  }

  /** A new order in the book. */
  begin(identity: TradeIdentity): Trade {
    const writer = handle(begun(identity, this.home.patience), this.actions);
    this.writers.set(writer.trade, writer);
    return writer.trade;
  }

  /** Takes in an order that is about to leave. */
  register(trade: Trade): void {
    this.index.add(trade);
    this.inform(trade, { is: 'placed' });
  }

  /** Takes an order out: it did not leave, or is looked at as if it were not there. */
  unregister(trade: Trade): void {
    this.index.remove(trade);
    this.inform(trade, { is: 'changing' });
  }

  /** The one way to change a trade: something happened to it, and all that follows is told and done. */
  take(trade: Trade, happening: Happening): void {
    const writer = this.writers.get(trade);
    if (writer === undefined) return;
    const before = trade.record;
    const [record, said] = next(before, { at: this.home.timer.now(), ...happening } as OrderEvent);
    const isRenamed = record.orderId !== before.orderId || record.clientId !== before.clientId;
    if (isRenamed) this.index.unname(before, trade);
    writer.write(record);
    if (isRenamed || record.permIds !== before.permIds) this.index.bind(trade);
    for (const one of said) this.following.push({ trade, said: one });
    if (!this.isFollowing) this.follow();
    if (happening.is === 'changing' || happening.is === 'sent' || happening.is === 'bound')
      this.inform(trade, { is: 'changing' });
  }

  /** The one loop that tells and does what follows. What comes up meanwhile waits for its turn. */
  private follow(): void {
    this.isFollowing = true;
    try {
      for (let at = 0; at < this.following.length; at++) {
        const { trade, said } = this.following[at] as { trade: Trade; said: Said };
        try {
          if (said.is === 'emit') this.emit(trade, said.event);
          else this.carryOut(trade, said.wish);
        } catch (error) {
          this.home.thrown(error);
        }
      }
    } finally {
      this.following.length = 0;
      this.isFollowing = false;
    }
  }

  private emit(trade: Trade, event: TradeEvent): void {
    if (event.is === 'end') this.index.settled(trade);
    this.writers.get(trade)?.emit(event);
    if (orderChannel.hasSubscribers) orderChannel.publish({ trade, event });
    this.telling.push({ is: 'trade', trade, event });
    this.inform(trade, event);
  }

  private carryOut(trade: Trade, wish: Wish): void {
    switch (wish.wish) {
      case 'ask':
        this.home.ask(wish.cause, trade);
        return;
      case 'retry':
        this.home.retry(trade);
        return;
      case 'askChildren':
        for (const child of this.live) {
          if (child.parentId !== trade.orderId || child.clientId !== trade.clientId || child.heardAt !== undefined) continue;
          if (child.sentAt === undefined) continue;
          this.take(child, { is: 'doubted', why: 'notice' });
          this.take(child, { is: 'question', cause: 'notice' });
        }
        return;
      case 'wait':
        this.wait(trade, wish.what, wish.until);
        return;
      default:
        unreachable(wish);
    }
  }

  private wait(trade: Trade, what: string, until: number | undefined): void {
    const { timer } = this.home;
    const waits = this.waits.get(trade) ?? new Map<string, () => void>();
    waits.get(what)?.();
    waits.delete(what);
    if (until !== undefined && !this.isClosed)
      waits.set(
        what,
        timer.after(Math.max(0, until - timer.now()), () => {
          waits.delete(what);
          if (waits.size === 0) this.waits.delete(trade);
          this.take(trade, { is: 'due', at: Math.max(until, timer.now()) });
        }),
      );
    if (waits.size === 0) this.waits.delete(trade);
    else this.waits.set(trade, waits);
  }

  /** Calls with every event of every trade; the book's own parts listen here, after its users. */
  watch(watcher: (trade: Trade, event: InnerEvent) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Calls when open orders have been listed. */
  watchLists(watcher: () => void): () => void {
    this.listWatchers.add(watcher);
    return () => this.listWatchers.delete(watcher);
  }

  private inform(trade: Trade, event: InnerEvent): void {
    for (const watcher of this.watchers) watcher(trade, event);
  }

  /** For the reconciler: open orders have been listed whole. */
  compared(epoch: number): void {
    this.comparedIn = epoch;
    for (const watcher of this.listWatchers) watcher();
  }

  /** All open orders, of every client, have just been listed. */
  listed(): void {
    this.listedAt = this.home.timer.now();
    for (const watcher of this.listWatchers) watcher();
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
    if (trade === undefined) return;
    const code = error.errorCode ?? 0;
    const text = error.errorString ?? '';
    const { record } = trade;
    const verdict = classify({ code, text }, { is: 'order', working: isWorking(record), asked: record.asked });
    const notice = { code, text: withoutAccounts(text), verdict, at: error.errorTime ?? this.home.timer.now() };
    this.take(trade, { is: 'notice', notice, reason: reasonOf(error) });
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
        this.take(known, { is: 'alarm', alarm: { what: 'otherOrderId', orderId } });
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
    const trade = this.begin({
      clientId: clientId ?? 0,
      orderId: orderId ?? 0,
      isPlaced: false,
      account: undefined,
      contract,
      draft: undefined,
    });
    this.index.add(trade);
    this.telling.push({ is: 'found', trade });
    return trade;
  }

  private identify(trade: Trade, permId: string | undefined): void {
    if (trade.isPlaced) this.home.orderIds.confirm(trade.orderId);
    if (isPermId(permId)) this.take(trade, { is: 'permId', permId });
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
    this.take(trade, { is: 'report', contract: message.contract, order, orderState });
    const status = orderState?.status;
    if (status !== undefined && status !== '') this.take(trade, { is: 'status', line: this.line('openOrder', status) });
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
    const line = this.line('orderStatus', status, filled, remaining, whyHeld === '' ? undefined : whyHeld);
    this.take(trade, { is: 'status', line });
  }

  private line(from: SaidStatus['from'], status: string, filled?: string, remaining?: string, whyHeld?: string): SaidStatus {
    return { status, at: this.home.timer.now(), from, filled, remaining, whyHeld };
  }

  private execDetails(message: MessageOf<'execDetails'>): void {
    const fill = fillOf(message);
    if (fill === undefined) return;
    const known = this.index.byExec(fill.execId);
    const trade =
      known ?? this.find(fill.clientId, fill.orderId, fill.permId) ?? this.found(fill.clientId, fill.orderId, fill.contract);
    this.identify(trade, fill.permId);
    this.index.executed(fill.execId, trade);
    this.take(trade, { is: 'execution', fill, isAnswer: message.reqId !== undefined && message.reqId !== -1 });
    const early = this.earlyReports.get(fill.execId);
    if (early === undefined) return;
    this.earlyReports.delete(fill.execId);
    this.take(trade, { is: 'commission', report: early });
  }

  private commission(message: MessageOf<'commissionAndFeesReport'>): void {
    const report = commissionReport(message);
    if (report === undefined) return;
    const trade = this.index.byExec(report.execId);
    if (trade !== undefined) {
      this.take(trade, { is: 'commission', report });
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
    const text = (orderState?.completedStatus ?? '').replace(/\s+/g, ' ').trim();
    this.take(trade, { is: 'completed', line: this.line('completedOrder', status, order?.filledQuantity), text });
  }

  private orderBound(message: MessageOf<'orderBound'>): void {
    const { permId, clientId, orderId } = message;
    const trade = this.index.byPerm(permId);
    if (trade === undefined || clientId === undefined || orderId === undefined || orderId === 0) return;
    this.take(trade, { is: 'bound', clientId, orderId });
  }

  /** The session is over. */
  close(cause: Error): void {
    this.isClosed = true;
    for (const waits of this.waits.values()) for (const stop of waits.values()) stop();
    this.waits.clear();
    for (const trade of this.index.trades) this.writers.get(trade)?.close(cause);
    for (const preview of [...this.previews.values()]) preview.fail(cause);
    this.telling.finish(cause);
  }
}

function reasonOf(error: ErrorMessage): EndReason {
  const json = error.advancedOrderRejectJson;
  return endReason('gateway', withoutAccounts(error.errorString ?? ''), {
    code: error.errorCode,
    advancedOrderRejectJson: json === undefined || json === '' ? undefined : withoutAccounts(json),
  });
}

function unreachable(wish: never): never {
  throw new TypeError(`no such wish: ${JSON.stringify(wish)}`);
}
