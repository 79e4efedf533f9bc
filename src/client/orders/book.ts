// The book of orders: it alone writes to trades, and tells and does what follows. messages.ts brings what the gateway says.
import type { Source } from '../conversation/source.js';
import { channel, type Subscription } from '../conversation/subscription.js';
import { orderChannel } from '../wire/channels.js';
import type { OrderIds } from '../wire/ids.js';
import type { Timer } from '../wire/timer.js';
import type { BookEvent, InnerEvent } from './book-events.js';
import { BookIndex } from './book-index.js';
import type { TradeEvent } from './record/events.js';
import { next } from './record/next.js';
import type { OrderEvent, ReconcileCause, Said, Wish } from './record/order-event.js';
import { begun, type Patience, parentOf } from './record/order-record.js';
import { isEnd } from './record/trade-state.js';
import type { TradeIdentity } from './record/trade-types.js';
import { isOnlyExecuted } from './recover/doubtful.js';
import { type Trade, type TradeActions, type TradeWriter, writerFor } from './trade.js';

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
  /** All open orders and executions are to be asked for. */
  compare(cause: ReconcileCause): void;
  /** So many orders have not ended that the process grows by them; none is left out. */
  crowded(live: number): void;
  /** A child is to be sent once more. */
  retry(trade: Trade): void;
}

/** What happened to an order; the book knows when. */
export type Happening = OrderEvent extends infer One
  ? One extends OrderEvent
    ? Omit<One, 'at'> & { readonly at?: number }
    : never
  : never;

export class OrderBook {
  readonly index = new BookIndex();
  readonly events: Subscription<BookEvent>;
  /** Where the book's own parts tell of what they found. */
  readonly telling: Source<BookEvent>;
  readonly home: BookHome;
  /** The connection in which open orders were last listed whole. */
  private comparedIn = 0;
  /** How many messages about orders could not be read. */
  damages = 0;
  /** When all open orders were last listed. */
  listedAt: number | undefined;
  private readonly writer: TradeWriter;
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
    this.writer = writerFor({ ...actions, thrown: (error) => home.thrown(error) });
  }

  get trades(): ReadonlySet<Trade> {
    return this.index.trades;
  }

  /** Trades that may still change; what is known by old executions alone may not. */
  get live(): readonly Trade[] {
    return [...this.index.living].filter((trade) => !isOnlyExecuted(trade));
  }

  /** A new order in the book. */
  begin(identity: TradeIdentity): Trade {
    return this.writer.begin(begun(identity, this.home.patience));
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
    if (!this.writer.owns(trade)) return;
    const before = trade.record;
    const [record, said] = next(before, { at: this.home.timer.now(), ...happening } as OrderEvent);
    const isRenamed =
      record.orderId !== before.orderId || record.clientId !== before.clientId || parentOf(record) !== parentOf(before);
    if (isRenamed) this.index.unname(before, trade);
    this.writer.write(trade, record);
    if (record.state !== before.state) this.index.stands(trade);
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
    this.writer.emit(trade, event);
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
        // A copy: what is taken changes who lives.
        for (const child of [...this.index.childrenOf(trade.clientId, trade.orderId)]) {
          if (isEnd(child.state) || child.heardAt !== undefined || child.sentAt === undefined) continue;
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

  /** For the reconciler: open orders have been listed whole. What could not be read meanwhile leaves them uncertain. */
  compared(epoch: number, damages: number): void {
    if (this.damages !== damages) return;
    this.comparedIn = epoch;
    for (const watcher of this.listWatchers) watcher();
  }

  /** Something about orders could not be read: until open orders have been listed again nothing is certain of them. */
  damaged(): void {
    this.damages++;
    const wasCompared = this.comparedIn > 0;
    this.comparedIn = 0;
    // What was damaged while it was being listed is asked for again by whoever waits for it.
    if (wasCompared) this.home.compare('unreadable');
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

  /** The session is over. */
  close(cause: Error): void {
    this.isClosed = true;
    for (const waits of this.waits.values()) for (const stop of waits.values()) stop();
    this.waits.clear();
    for (const trade of this.index.trades) this.writer.close(trade, cause);
    this.telling.finish(cause);
  }
}

function unreachable(wish: never): never {
  throw new TypeError(`no such wish: ${JSON.stringify(wish)}`);
}
