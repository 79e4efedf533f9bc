// What the gateway says of orders: every message about one finds its trade here, whoever placed it.
import type { Incoming, MessageOf } from '../../protocol/registry.js';
import type { ErrorMessage, OrderParty, OrderTarget } from '../conversation/party.js';
import type { Verdict } from '../notices/verdict.js';
import { withoutAccounts } from '../notices/without-accounts.js';
import type { OrderBook } from './book.js';
import { fillOf, isPermId } from './record/fills.js';
import type { SaidStatus } from './record/order-event.js';
import { isWorking } from './record/order-record.js';
import { type CommissionReport, commissionReport } from './record/revisions.js';
import { type EndReason, endReason } from './record/trade-state.js';
import type { TradedContract } from './record/trade-types.js';
import type { Trade } from './trade.js';

/** Live orders of which it is told, and of twice as many, and so on. */
const CROWD = 10_000;
/** Reports of executions that have not come yet. */
const MOST_REPORTS = 10_000;

type OpenOrder = MessageOf<'openOrder'>;

/** A what-if question that waits for its answer. */
export interface Preview {
  answer(message: OpenOrder): void;
  notice(error: ErrorMessage, verdict: Verdict): void;
}

export class OrderMessages implements OrderParty {
  private readonly book: OrderBook;
  /** Running what-if questions by their order id. */
  readonly previews = new Map<number, Preview>();
  private crowd = CROWD;
  private readonly earlyReports = new Map<string, CommissionReport>();

  constructor(book: OrderBook) {
    this.book = book;
  }

  targetOf(orderId: number): OrderTarget | undefined {
    if (this.previews.has(orderId)) return { is: 'order', working: false, asked: 'place' };
    const trade = this.book.index.byOrder(this.book.home.clientId(), orderId);
    return trade === undefined ? undefined : { is: 'order', working: isWorking(trade.record), asked: trade.record.asked };
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

  unreadable(): void {
    this.book.damaged();
  }

  notice(error: ErrorMessage, verdict: Verdict): void {
    const orderId = error.reqId ?? 0;
    const preview = this.previews.get(orderId);
    if (preview !== undefined) {
      preview.notice(error, verdict);
      return;
    }
    const trade = this.book.index.byOrder(this.book.home.clientId(), orderId);
    if (trade === undefined) return;
    const code = error.errorCode ?? 0;
    const text = withoutAccounts(error.errorString ?? '');
    const notice = { code, text, verdict, at: error.errorTime ?? this.book.home.timer.now() };
    this.book.take(trade, { is: 'notice', notice, reason: reasonOf(error) });
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
    const own = this.book.home.clientId();
    const known = this.book.index.byPerm(permId);
    const named = this.book.index.byOrder(clientId ?? own, orderId);
    if (known !== undefined) {
      if (known !== named && orderId !== undefined && orderId !== 0 && orderId !== known.orderId)
        this.book.take(known, { is: 'alarm', alarm: { what: 'otherOrderId', orderId } });
      return known;
    }
    if (named !== undefined && !isAnother(named, permId, own)) return named;
    if (clientId !== undefined && clientId !== 0) return undefined;
    const trade = this.book.index.byOrder(own, orderId);
    const isMeant =
      trade?.isPlaced === true &&
      trade.heardAt === undefined &&
      (message === undefined ||
        (message.order?.action === trade.draft?.action && message.contract?.symbol === trade.contract?.symbol));
    return isMeant ? trade : undefined;
  }

  /** A trade that this session did not place. */
  private found(clientId: number | undefined, orderId: number | undefined, contract: TradedContract | undefined): Trade {
    const trade = this.book.begin({
      clientId: clientId ?? 0,
      orderId: orderId ?? 0,
      isPlaced: false,
      account: undefined,
      contract,
      draft: undefined,
    });
    this.book.index.add(trade);
    this.book.telling.push({ is: 'found', trade });
    this.noteCrowd();
    return trade;
  }

  /** Nobody's order is forgotten while it may live: whoever keeps the process is told instead. */
  private noteCrowd(): void {
    const { live } = this.book.index;
    if (live < this.crowd) return;
    this.crowd = live * 2;
    this.book.home.crowded(live);
  }

  private identify(trade: Trade, permId: string | undefined): void {
    if (trade.isPlaced) this.book.home.orderIds.confirm(trade.orderId);
    // A list of open orders names hundreds that are known: nothing is taken in of which there is no news.
    if (isPermId(permId) && !trade.record.permIds.includes(permId)) this.book.take(trade, { is: 'permId', permId });
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
    this.book.take(trade, { is: 'report', contract: message.contract, order, orderState });
    const status = orderState?.status;
    if (status !== undefined && status !== '') this.book.take(trade, { is: 'status', line: this.line('openOrder', status) });
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
    this.book.take(trade, { is: 'status', line });
  }

  private line(from: SaidStatus['from'], status: string, filled?: string, remaining?: string, whyHeld?: string): SaidStatus {
    return { status, at: this.book.home.timer.now(), from, filled, remaining, whyHeld };
  }

  private execDetails(message: MessageOf<'execDetails'>): void {
    const fill = fillOf(message);
    if (fill === undefined) {
      this.unreadable();
      return;
    }
    const known = this.book.index.byExec(fill.execId);
    const trade =
      known ?? this.find(fill.clientId, fill.orderId, fill.permId) ?? this.found(fill.clientId, fill.orderId, fill.contract);
    this.identify(trade, fill.permId);
    this.book.index.executed(fill.execId, trade);
    this.book.take(trade, { is: 'execution', fill, isAnswer: message.reqId !== undefined && message.reqId !== -1 });
    const early = this.earlyReports.get(fill.execId);
    if (early === undefined) return;
    this.earlyReports.delete(fill.execId);
    this.book.take(trade, { is: 'commission', report: early });
  }

  private commission(message: MessageOf<'commissionAndFeesReport'>): void {
    const report = commissionReport(message);
    if (report === undefined) return;
    const trade = this.book.index.byExec(report.execId);
    if (trade !== undefined) {
      this.book.take(trade, { is: 'commission', report });
      return;
    }
    this.earlyReports.set(report.execId, report);
    const oldest = this.earlyReports.keys().next();
    if (this.earlyReports.size > MOST_REPORTS && oldest.done !== true) this.earlyReports.delete(oldest.value);
  }

  private completedOrder(message: MessageOf<'completedOrder'>): void {
    const { order, orderState } = message;
    const trade = this.book.index.byPerm(order?.permId);
    const status = orderState?.status;
    if (trade === undefined || status === undefined || status === '') return;
    const text = (orderState?.completedStatus ?? '').replace(/\s+/g, ' ').trim();
    this.book.take(trade, { is: 'completed', line: this.line('completedOrder', status, order?.filledQuantity), text });
  }

  private orderBound(message: MessageOf<'orderBound'>): void {
    const { permId, clientId, orderId } = message;
    const trade = this.book.index.byPerm(permId);
    if (trade === undefined || clientId === undefined || orderId === undefined || orderId === 0) return;
    this.book.take(trade, { is: 'bound', clientId, orderId });
  }
}

/** Another client can have used an id twice, as after its ids were set back: two permIds are two orders of it. */
function isAnother({ clientId, record }: Trade, permId: string | undefined, own: number): boolean {
  return clientId !== own && isPermId(permId) && record.permIds.length > 0;
}

function reasonOf(error: ErrorMessage): EndReason {
  const json = error.advancedOrderRejectJson;
  return endReason('gateway', withoutAccounts(error.errorString ?? ''), {
    code: error.errorCode,
    advancedOrderRejectJson: json === undefined || json === '' ? undefined : withoutAccounts(json),
  });
}
