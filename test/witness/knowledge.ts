// What the program of one client may know of an account: all that it did itself, of others what was there a moment ago.

import type { Books, Live } from './books.js';
import type { Order } from './peer.js';
import type { Currency, Line } from './world.js';

/** Others' orders are asked for again within a second; a look that is under way may be as old as this. */
const KNOWABLE_MS = 1_000;

interface Filled {
  readonly at: number;
  readonly clientId: number;
  readonly line: Line;
  /** Negative: sold. */
  readonly shares: number;
  /** Cents; negative: brought. */
  readonly cost: number;
}

export interface Truth {
  readonly cash: Readonly<Record<Currency, number>>;
  readonly positions: ReadonlyMap<number, number>;
  readonly orders: ReadonlyMap<string, Order>;
  readonly maySpread: boolean;
}

export class Knowledge {
  private readonly fills: Filled[] = [];
  /** Contracts under instruction, by the client that gave it. No list names instructions: only the program that gave them knows. */
  private readonly exercised = new Map<number, Map<number, number>>();

  fill(one: Filled): void {
    this.fills.push(one);
  }

  exercise(clientId: number, conId: number, count: number): void {
    const told = this.exercised.get(clientId) ?? new Map<number, number>();
    this.exercised.set(clientId, told.set(conId, (told.get(conId) ?? 0) + count));
  }

  /** The program of a client starts anew. */
  forget(clientId: number): void {
    this.exercised.delete(clientId);
  }

  books(clientId: number, now: number, truth: Truth): Books {
    const isKnowable = (order: Order): boolean => clientId === order.clientId || now - order.since > KNOWABLE_MS;
    const live = [...truth.orders.values()]
      .filter((order) => !order.hasEnded && isKnowable(order))
      .map(({ key, terms, filled }): Live => ({ key, terms, filled }));
    const cash = { ...truth.cash };
    const positions = new Map(truth.positions);
    // What others have spent or sold within the last moment nobody can know; what they have brought may be known.
    for (const { at, clientId: whose, line, shares, cost } of this.fills) {
      if (whose === clientId || now - at > KNOWABLE_MS) continue;
      if (cost > 0) cash[line.currency] += cost;
      if (shares < 0) positions.set(line.conId, (positions.get(line.conId) ?? 0) - shares);
    }
    return { cash, positions, live, exercised: this.exercised.get(clientId) ?? new Map(), maySpread: truth.maySpread };
  }
}
