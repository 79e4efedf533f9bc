// An order placed over the Web API in the shape in which the desk follows orders.

import { type LegResult, type ListedFill, type ListedOrder, webStateOf } from '@ibwire/web';
import Big from 'big.js';
import type { Fill, ModifyOutcome, OrderDraft, OrderNotice, Trade, TradeEnd, TradeEvent, TradeState } from 'ibwire';

type Listener = (event: TradeEvent) => void;

/** What of a trade the desk reads. */
export type DeskTrade = Pick<
  Trade,
  | 'orderId'
  | 'permId'
  | 'permIds'
  | 'clientId'
  | 'account'
  | 'orderRef'
  | 'contract'
  | 'draft'
  | 'reported'
  | 'state'
  | 'end'
  | 'fills'
  | 'filledQuantity'
  | 'remaining'
  | 'averagePrice'
  | 'total'
  | 'notices'
  | 'statuses'
  | 'sentAt'
  | 'heardAt'
  | 'isPlaced'
  | 'accepted'
  | 'done'
> & {
  readonly events: { on(listener: Listener): () => void };
  modify(changes: Partial<OrderDraft>, call?: { readonly token?: string }): Promise<ModifyOutcome>;
};

const ENDS: ReadonlySet<string> = new Set(['filled', 'cancelled', 'rejected']);
export interface TradeOf {
  /** A number that the desk gives it: the broker's own is `permId`. */
  readonly orderId: number;
  readonly contract: Trade['contract'];
  readonly draft: OrderDraft | undefined;
  readonly account: string;
  readonly orderRef: string;
  readonly now: () => number;
  modify(trade: WebDeskTrade, changes: Partial<OrderDraft>, token: string | undefined): Promise<ModifyOutcome>;
}

/** Written by `take…`, read by everybody else. */
export class WebDeskTrade implements DeskTrade {
  readonly orderId: number;
  readonly clientId = 0;
  readonly contract: Trade['contract'];
  readonly account: string;
  readonly orderRef: string;
  readonly permIds = new Set<string>();
  readonly notices: OrderNotice[] = [];
  readonly statuses: Trade['statuses'] = [];
  readonly fills: Fill[] = [];
  readonly isPlaced: boolean;
  readonly accepted: Promise<TradeState>;
  readonly done: Promise<TradeEnd>;
  draft: OrderDraft | undefined;
  reported: Trade['reported'];
  state: TradeState = { at: 'waiting' } as TradeState;
  end: TradeEnd | undefined;
  sentAt: number | undefined;
  heardAt: number | undefined;
  permId: Trade['permId'];
  averagePrice: Big | undefined;
  private filled = new Big(0);
  private readonly of: TradeOf;
  private readonly listeners = new Set<Listener>();
  private accept: (state: TradeState) => void = () => {};
  private finish: (end: TradeEnd) => void = () => {};

  constructor(of: TradeOf) {
    this.of = of;
    this.orderId = of.orderId;
    this.contract = of.contract;
    this.draft = of.draft;
    this.account = of.account;
    this.orderRef = of.orderRef;
    this.isPlaced = of.draft !== undefined;
    this.accepted = new Promise((resolve) => {
      this.accept = resolve;
    });
    this.done = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  readonly events = {
    on: (listener: Listener): (() => void) => {
      this.listeners.add(listener);
      return () => void this.listeners.delete(listener);
    },
  };

  get total(): Big | undefined {
    const quantity = (this.draft ?? this.reported)?.totalQuantity;
    return quantity === undefined ? undefined : new Big(String(quantity));
  }

  get filledQuantity(): Big {
    const sum = this.fills.reduce((all, { shares }) => all.plus(shares), new Big(0));
    return sum.gt(this.filled) ? sum : this.filled;
  }

  get remaining(): Big | undefined {
    return this.total?.minus(this.filledQuantity);
  }

  modify(changes: Partial<OrderDraft>, call: { readonly token?: string } = {}): Promise<ModifyOutcome> {
    return this.of.modify(this, changes, call.token);
  }

  /** It leaves now. */
  left(): void {
    this.sentAt = this.of.now();
    this.to({ at: 'sent' } as TradeState);
  }

  /** Nothing has left: why. */
  refused(text: string): void {
    this.sentAt = undefined;
    this.over('rejected', text, 'client');
  }

  takeResult(result: LegResult): void {
    this.heardAt = this.of.now();
    switch (result.at) {
      case 'working':
        this.permId = result.orderId as Trade['permId'];
        this.permIds.add(result.orderId);
        this.status(result.status);
        break;
      case 'rejected':
        this.over('rejected', result.text, 'gateway');
        break;
      case 'declined':
        this.over(
          'rejected',
          `a question of the broker was declined (${result.messageIds.join(', ')}): ${result.text}`,
          'client',
        );
        break;
      case 'unknown':
        this.to({ at: 'unclear', why: 'disconnected' } as TradeState);
    }
  }

  takeListed(order: ListedOrder): void {
    this.heardAt = this.of.now();
    this.permId = order.orderId as Trade['permId'];
    this.permIds.add(order.orderId);
    if (order.filled !== undefined) this.filled = new Big(order.filled);
    if (order.averagePrice !== undefined) this.averagePrice = new Big(order.averagePrice);
    this.reported = {
      action: order.action,
      orderType: order.orderType,
      totalQuantity: order.total,
      tif: order.tif,
      orderRef: order.orderRef,
      ...(order.lmtPrice !== undefined && { lmtPrice: Number(order.lmtPrice) }),
      ...(order.auxPrice !== undefined && { auxPrice: Number(order.auxPrice) }),
    } as unknown as Trade['reported']; // what lists tell
    this.tell({ is: 'report', isChanged: false });
    this.status(order.status, order.text);
  }

  takeFill(row: ListedFill): void {
    if (row.shares === undefined || row.price === undefined) return;
    const known = this.fills.find(({ execId }) => execId === row.execId);
    const currency = this.contract?.currency ?? '';
    const fill = {
      execId: row.execId,
      time: row.at === undefined ? '' : new Date(row.at).toISOString(),
      at: row.at,
      side: row.side ?? '',
      shares: new Big(row.shares),
      price: new Big(row.price),
      exchange: row.exchange ?? '',
      account: row.account ?? this.account,
      clientId: 0,
      orderId: this.orderId,
      permId: row.orderId,
      orderRef: this.orderRef,
      contract: this.contract,
      ...(row.commission !== undefined && { commission: { amount: new Big(row.commission), currency, realizedPnl: undefined } }),
    } as unknown as Fill;
    if (known === undefined) {
      this.fills.push(fill);
      this.tell({ is: 'fill', fill, isAnswer: false });
    } else if (known.commission === undefined && fill.commission !== undefined) {
      this.fills[this.fills.indexOf(known)] = fill;
      this.tell({ is: 'commission', fill });
    }
    if (this.state.at === 'filled') this.conclude('filled', undefined);
  }

  private status(status: string | undefined, text?: string): void {
    const next = webStateOf(status);
    this.accept(next);
    if (next.at === 'filled' || next.at === 'cancelled') this.over(next.at, text ?? '', 'gateway');
    else this.to(next);
  }

  private over(at: 'filled' | 'cancelled' | 'rejected', text: string, by: 'client' | 'gateway'): void {
    // The word says that all of it was executed; at which price its fills say.
    if (at === 'filled' && this.total !== undefined) this.filled = this.total;
    if (text !== '') this.notices.push({ code: undefined, text } as unknown as OrderNotice);
    this.to({ at } as TradeState);
    this.accept(this.state);
    this.conclude(at, at === 'filled' ? undefined : { code: undefined, text, by, advancedOrderRejectJson: undefined });
  }

  private conclude(at: TradeEnd['at'], reason: TradeEnd['reason']): void {
    if (this.end !== undefined) return;
    // A fill counts when all that was executed is told.
    const told = this.fills.reduce((all, { shares }) => all.plus(shares), new Big(0));
    if (at === 'filled' && this.total !== undefined && told.lt(this.total)) return;
    this.end = {
      at,
      reason,
      filled: this.filledQuantity,
      remaining: this.remaining,
      averagePrice: this.averagePrice,
      fills: this.fills,
    } as unknown as TradeEnd;
    this.finish(this.end);
    this.tell({ is: 'end', end: this.end });
  }

  private to(state: TradeState): void {
    const before = this.state;
    if (before.at === state.at || ENDS.has(before.at)) return;
    this.state = state;
    this.tell({ is: 'state', state, before });
  }

  private tell(event: TradeEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}
