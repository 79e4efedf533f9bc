// Order events of an account at a consumer: each once, in their order. What was missed is asked for by number; what nobody has any
// more is told as a hole.

import type { NatsConnection, Subscription as NatsSubscription } from '@nats-io/transport-node';
import { feedStream, type StreamSource, type Subscription } from 'ibwire';
import type { ReplayPage, ToldEvent } from '../serve/order-events.js';
import { fromText } from '../values.js';

/** What a desk tells of its orders: a draft that moved, a fill, trouble. The shapes are those of the desk's stream `orders`. */
export type OrderEvent = { readonly is: string } & Readonly<Record<string, unknown>>;

export interface OrderEventsParts {
  readonly account: string;
  readonly connection: NatsConnection;
  readonly subject: string;
  /** Events behind the one that was last told. */
  ask(from: { readonly run: number; readonly n: number; readonly at: number }): Promise<ReplayPage>;
  now(): number;
  thrown(error: unknown): void;
  over(): void;
}

export class ConsumedOrders {
  readonly subscription: Subscription<OrderEvent>;
  readonly account: string;
  private readonly parts: OrderEventsParts;
  private readonly source: StreamSource<OrderEvent>;
  private readonly listening: NatsSubscription;
  private run = 0;
  private n = 0;
  private heardAt: number;
  private held: ToldEvent[] | undefined = [];
  private isAsking = false;
  private hasBegun = false;

  constructor(parts: OrderEventsParts) {
    this.parts = parts;
    this.account = parts.account;
    this.heardAt = parts.now();
    const [subscription, source] = feedStream<OrderEvent>({ close: () => this.end() }, (error) => parts.thrown(error));
    this.subscription = subscription;
    this.source = source;
    this.listening = parts.connection.subscribe(parts.subject, {
      callback: (error, message) => {
        if (error === null) this.take(fromText(message.string()) as ToldEvent);
      },
    });
  }

  private get isOver(): boolean {
    return this.subscription.state.at === 'closed';
  }

  /** Finds out where the numbers stand, and what was missed since the last event. */
  async catchUp(): Promise<void> {
    if (this.isAsking || this.isOver) return;
    this.isAsking = true;
    this.held ??= [];
    try {
      for (let isFirst = true; ; isFirst = false) {
        const { run, n } = this;
        const told = await this.parts.ask({ run, n, at: this.heardAt });
        if (this.isOver) return;
        if (!this.hasBegun) {
          // What was told before it was followed is not missed.
          this.hasBegun = true;
          this.run = told.run;
          this.n = told.last;
          break;
        }
        if (told.missed && isFirst) this.source.gap({ from: this.heardAt, to: this.parts.now(), cause: 'disconnected' });
        for (const one of told.events) {
          this.run = one.run;
          this.n = one.n;
          this.tell(one);
        }
        if (told.more && told.events.length > 0) continue;
        this.run = told.run;
        this.n = told.last;
        break;
      }
      this.source.enter({ at: 'live', since: this.parts.now() });
      this.source.completed();
      const { held } = this;
      this.held = undefined;
      for (const one of held ?? []) this.take(one);
    } finally {
      this.isAsking = false;
    }
  }

  /** What the desk has told in all. */
  check(run: number, last: number): void {
    if (this.isAsking || (run === this.run && last <= this.n && this.held === undefined)) return;
    this.catchUp().catch(() => {}); // the next word of the desk leads here again
  }

  lost(): void {
    if (this.isOver || this.subscription.state.at === 'stale') return;
    this.held ??= [];
    this.source.enter({ at: 'stale', since: this.heardAt, cause: 'disconnected' });
  }

  finish(cause: Error | undefined): void {
    this.source.finish(cause);
    this.end();
  }

  private take(told: ToldEvent): void {
    if (this.isOver) return;
    if (this.held !== undefined) {
      this.held.push(told);
      return;
    }
    if (told.run !== this.run) {
      // A desk that began anew, or one that leads no more: the leading one says which.
      this.held = [told];
      this.catchUp().catch(() => {});
      return;
    }
    if (told.n <= this.n) return;
    if (told.n > this.n + 1) {
      this.held = [told];
      this.catchUp().catch(() => {});
      return;
    }
    this.n = told.n;
    this.tell(told);
  }

  private tell({ event }: ToldEvent): void {
    this.heardAt = this.parts.now();
    this.source.push(event as OrderEvent);
  }

  private end(): void {
    this.listening.unsubscribe();
    this.parts.over();
  }
}
