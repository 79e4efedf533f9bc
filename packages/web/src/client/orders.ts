// `web.orders`: what is placed can be followed; executions are the core's.

import type { Fill, OrderDraft, OrderGroup, Subscription, Timer } from 'ibwire';
import type { WebOrders, WebPlaceOptions } from '../orders/face.js';
import { membersOf } from '../orders/group.js';
import type { LiveOrders, OrderNews } from '../streams/orders.js';
import type { WebCall } from './ask.js';
import { fillOf, followed, type TradeParts, type WebTrade } from './trade.js';
import type { Facades } from './unsupported.js';

type Placed = { readonly conId: number };

/** Orders over the Web API. Each needs an `orderRef` of its own: by it an order is found again whatever becomes of the answer. */
export interface WebOrdersFace
  extends Omit<WebOrders, 'place' | 'placeGroup' | 'executions'>,
    Pick<Facades['orders'], 'exercise' | 'cancelAll' | 'completed'> {
  /** Sends one order, once. What became of it, and the order to be followed. @throws {InputError} {RuleError} {JournalError}: nothing was sent then */
  place(contract: Placed, order: OrderDraft, options?: WebPlaceOptions): Promise<WebTrade>;
  /**
   * A parent and what hangs on it, in one call: a list, or what the builder `bracket` makes. Children name no parent: the first
   * order is theirs. Exits that each close the whole entry go as one OCA group.
   */
  placeGroup(
    contract: Placed,
    orders: readonly OrderDraft[] | OrderGroup,
    options?: WebPlaceOptions,
  ): Promise<readonly WebTrade[]>;
  /**
   * Orders and executions of the login as they change, whoever placed them; `view` is all of them. A list that tells what the stream
   * has not is told as a gap, and lists are read more often then. `complete()` resolves when the first lists were whole.
   */
  live(call?: WebCall): Subscription<OrderNews, LiveOrders>;
  /** Executions of the day, with commissions as far as known. */
  executions(filter?: ExecutionFilter, call?: WebCall): Promise<readonly Fill[]>;
}

/** Which executions: what is left out does not narrow. */
export interface ExecutionFilter {
  readonly acctCode?: string;
  readonly symbol?: string;
  readonly side?: string;
}

export interface OrderFaceParts {
  readonly timer: Timer;
  readonly orders: WebOrders;
  live(call?: WebCall): Subscription<OrderNews, LiveOrders>;
  currencyOf(conId: number): Promise<string | undefined>;
}

const SIDES: Readonly<Record<string, string>> = { BUY: 'BOT', SELL: 'SLD' };

export function createOrdersFace({
  orders,
  live,
  currencyOf,
  timer,
}: OrderFaceParts): Omit<WebOrdersFace, 'exercise' | 'cancelAll' | 'completed'> {
  const parts: TradeParts = { timer, live, modify: orders.modify, cancel: orders.cancel, currencyOf };
  return {
    ...orders,
    live,
    async place(contract, draft, options = {}) {
      const result = await orders.place(contract, draft, options);
      return followed(result, { contract, draft, account: options.account }, parts);
    },
    async placeGroup(contract, given, options = {}) {
      const drafts = membersOf(given);
      const results = await orders.placeGroup(contract, given, options);
      // A result for each, in their order.
      return results.map((result, at) =>
        followed(result, { contract, draft: drafts[at] as OrderDraft, account: options.account }, parts),
      );
    },
    async executions(filter = {}, call = {}) {
      const { acctCode, symbol, side } = filter;
      const wanted = (await orders.executions(call)).filter(
        (row) =>
          (acctCode === undefined || row.account === acctCode) &&
          (symbol === undefined || row.symbol === symbol) &&
          (side === undefined || row.side === (SIDES[side] ?? side)),
      );
      const ids = [...new Set(wanted.flatMap(({ conId }) => conId ?? []))];
      const currencies = new Map(await Promise.all(ids.map(async (id) => [id, await currencyOf(id)] as const)));
      return wanted.flatMap((row) => fillOf(row, currencies.get(row.conId ?? 0)) ?? []);
    },
  };
}
