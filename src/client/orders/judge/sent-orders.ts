// What this session has sent, as guards look back on it.
import type { OrderFacts, SentOrder } from '../../../rules/types.js';

const REMEMBERED_MS = 600_000;
const MOST_REMEMBERED = 30_000;

interface Remembered {
  readonly at: number;
  readonly order: OrderFacts;
}

/** `open`: the orders of this session that work. Lists are made when one is asked for. */
export class Lookback {
  private readonly list: readonly Remembered[];
  private readonly count: number;
  private readonly isWhole: boolean;
  private readonly at: number;
  private readonly open: () => readonly OrderFacts[];

  constructor(list: readonly Remembered[], isWhole: boolean, at: number, open: () => readonly OrderFacts[]) {
    this.list = list;
    this.count = list.length;
    this.isWhole = isWhole;
    this.at = at;
    this.open = open;
  }

  get sent(): readonly SentOrder[] | undefined {
    return this.from(0);
  }

  sentWithin(ms: number): readonly SentOrder[] | undefined {
    let first = this.count;
    while (first > 0 && (this.list[first - 1]?.at ?? 0) > this.at - ms) first--;
    return this.from(first);
  }

  get openOrders(): readonly OrderFacts[] {
    return this.open();
  }

  private from(first: number): readonly SentOrder[] | undefined {
    if (!this.isWhole) return undefined;
    return this.list.slice(first, this.count).map(({ at, order }) => ({ ageSeconds: (this.at - at) / 1000, order }));
  }
}

export class SentOrders {
  private recent: Remembered[] = [];
  private isWhole = true;

  /** What has been sent until now. `without`: an order id that is looked away from. */
  look(at: number, open: () => readonly OrderFacts[], without?: number): Lookback {
    const recent = without === undefined ? this.recent : this.recent.filter(({ order }) => order.orderId !== String(without));
    return new Lookback(recent, this.isWhole, at, open);
  }

  add(at: number, order: OrderFacts): void {
    if ((this.recent[0]?.at ?? at) <= at - REMEMBERED_MS * 2) {
      this.recent = this.recent.filter((one) => one.at > at - REMEMBERED_MS);
      this.isWhole = true;
    }
    this.recent.push({ at, order });
    if (this.recent.length <= MOST_REMEMBERED) return;
    this.recent = this.recent.slice(-MOST_REMEMBERED / 2);
    this.isWhole = (this.recent[0]?.at ?? at) <= at - REMEMBERED_MS;
  }
}
