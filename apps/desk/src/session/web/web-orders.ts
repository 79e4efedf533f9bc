// Orders of the desk over the Web API: the desk's own tokens, guards and stop stand before each, as over the socket.

import type { LegResult, ListedFill, ListedOrder, Web } from '@ibwire/web';
import { InputError, type OrderDraft, type OrderGroup, OrderStateError, type Trade } from 'ibwire';
import type { OrderGate } from '../../orders/limits.js';
import { WebDeskTrade } from './web-trade.js';

type Contract = NonNullable<Trade['contract']>;
interface How {
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
}
const PATIENCE = 30_000;

type BookEvent =
  | { readonly is: 'found'; readonly trade: Trade }
  | { readonly is: 'trade'; readonly trade: Trade; readonly event: unknown };

/** The part of `ib.orders` that the desk uses. */
export function webOrders(web: Web, gate: OrderGate, now: () => number): { readonly orders: object; close(): void } {
  const byRef = new Map<string, WebDeskTrade>();
  const listeners = new Set<(event: BookEvent) => void>();
  let lastId = 0;
  const asTrade = (trade: WebDeskTrade): Trade => trade as unknown as Trade; // what the desk reads of it is there
  const tell = (event: BookEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  // Lists may be asked for once in five seconds: a deadline made for the socket is too short.
  const call = ({ signal }: How, account: string | undefined) => ({
    timeout: PATIENCE,
    ...(signal !== undefined && { signal }),
    ...(account !== undefined && { account }),
  });

  const modify = async (trade: WebDeskTrade, changes: Partial<OrderDraft>, token: string | undefined) => {
    const { contract, draft, permId } = trade;
    if (contract === undefined || draft === undefined || permId === undefined)
      throw new OrderStateError('its terms are not known to this session', 'cancel it and draft a new one');
    const order = { ...draft, ...changes } as OrderDraft;
    if (!gate.confirm.redeem({ act: 'modify', contract, order, orderId: trade.orderId, token })) throw untold();
    const result = await web.orders.modify(permId, contract as { conId: number }, order, call({}, trade.account));
    if (result.at === 'working') {
      trade.draft = order;
      return { at: 'modified' as const };
    }
    const text = 'text' in result ? result.text : result.why;
    if (result.at === 'unknown')
      throw new OrderStateError(`whether it was changed is not known: ${text}`, 'look at its terms first');
    throw new OrderStateError(`the change was ${result.at}: ${text}`, 'the order is as it was');
  };

  const tradeFor = (
    contract: Contract | undefined,
    draft: OrderDraft | undefined,
    account: string,
    orderRef: string,
  ): WebDeskTrade => {
    lastId += 1;
    const trade = new WebDeskTrade({ orderId: lastId, contract, draft, account, orderRef, now, modify });
    byRef.set(orderRef, trade);
    trade.events.on((event) => tell({ is: 'trade', trade: asTrade(trade), event }));
    tell({ is: 'found', trade: asTrade(trade) });
    return trade;
  };

  const known = (orderId: string | undefined, orderRef: string | undefined): WebDeskTrade | undefined =>
    byRef.get(orderRef ?? '') ?? [...byRef.values()].find(({ permIds }) => orderId !== undefined && permIds.has(orderId));
  const takeOrder = (order: ListedOrder): void => {
    const { orderId, orderRef, action, account = '' } = order;
    const found = known(orderId, orderRef);
    // A first word may be of its identity alone: whose it is comes with the next.
    if (found === undefined && action === undefined) return;
    const contract = { conId: order.conId, symbol: order.symbol, secType: order.secType } as unknown as Contract;
    (found ?? tradeFor(contract, undefined, account, orderRef ?? `permId ${orderId}`)).takeListed(order);
  };
  const takeFill = (fill: ListedFill): void => {
    known(fill.orderId, fill.orderRef)?.takeFill(fill);
  };
  const live = web.orders.live();
  live.on((news) => {
    if (news.is === 'order') takeOrder(news.order);
    else takeFill(news.fill);
  });

  /** Reads the lists: what nobody has told of is told then. */
  const look = async (): Promise<void> => {
    await live.complete();
    for (const order of await web.orders.all()) takeOrder(order);
    for (const fill of live.view.fills.values()) takeFill(fill);
  };

  const send = (trades: readonly WebDeskTrade[], work: () => Promise<readonly LegResult[]>): readonly Trade[] => {
    for (const trade of trades) trade.left();
    void work().then(
      (results) => {
        for (const [at, result] of results.entries()) trades[at]?.takeResult(result);
      },
      // It rejects only before anything has left.
      (error: unknown) => {
        for (const trade of trades) trade.refused(error instanceof Error ? error.message : String(error));
      },
    );
    return trades.map(asTrade);
  };

  const orders = {
    book: {
      events: {
        on(listener: (event: BookEvent) => void) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      get trades() {
        return [...byRef.values()].map(asTrade);
      },
      get: (id: number | string) =>
        [...byRef.values()].map(asTrade).find((one) => one.orderId === id || one.permId === String(id)),
      reconcile: look,
      explain: async () => [],
    },
    killSwitch: gate.killSwitch,
    judge: (contract: { conId: number }, order: OrderDraft, how: How) =>
      web.orders.judge(contract, order, call(how, order.account)),
    /** Of a bracket its entry: the exits are judged with it when it leaves. */
    judgeGroup(contract: { conId: number }, { members }: OrderGroup, how: How) {
      const [first] = members;
      if (first === undefined) throw new InputError('orders', 'none is given');
      return web.orders.judge(contract, first.order, call(how, first.order.account));
    },
    preview: (contract: { conId: number }, order: OrderDraft, how: How) =>
      web.orders.preview(contract, order, call(how, order.account)),
    place(contract: Contract & { conId: number }, order: OrderDraft, { token, ...how }: How): Trade {
      if (!gate.confirm.redeem({ contract, order, token })) throw untold();
      const trade = tradeFor(contract, order, order.account ?? '', order.orderRef ?? '');
      const [placed] = send([trade], async () => [await web.orders.place(contract, order, call(how, order.account))]);
      return placed as Trade; // one for each
    },
    placeGroup(contract: Contract & { conId: number }, group: OrderGroup, { token, ...how }: How): readonly Trade[] {
      const drafts = group.members.map(({ order }) => order);
      const [order] = drafts;
      if (order === undefined) throw new InputError('orders', 'none is given');
      const members = drafts.map((one) => ({ contract, order: one }));
      if (!gate.confirm.redeem({ contract, order, group: members, token })) throw untold();
      const trades = drafts.map((one) => tradeFor(contract, one, one.account ?? order.account ?? '', one.orderRef ?? ''));
      return send(trades, () => web.orders.placeGroup(contract, group, call(how, order.account)));
    },
    async cancel(trade: Trade, how: How = {}) {
      if (trade.permId === undefined)
        throw new OrderStateError(
          'the broker has given it no id yet',
          'ask again when it works, or look for it with orders.list',
        );
      const answer = await web.orders.cancel(trade.permId, call(how, trade.account));
      if (answer.at === 'refused') return { at: 'refused' as const, notice: { code: undefined, text: answer.text } };
      if (answer.at === 'cancelled' || answer.at === 'filled') await look().catch(() => {});
      if (answer.at === 'unknown')
        throw new OrderStateError(`whether it was cancelled is not known: ${answer.why}`, 'orders.list tells');
      return { at: answer.at === 'filled' ? ('filled' as const) : ('cancelled' as const) };
    },
    open: look,
    completed: async () => [],
  };
  const off = gate.killSwitch.onEngage(() => {
    for (const trade of byRef.values())
      if (trade.end === undefined && trade.permId !== undefined) void orders.cancel(asTrade(trade)).catch(() => {});
  });
  const close = (): void => {
    off();
    live.close();
  };
  return { orders, close };
}

const untold = (): OrderStateError =>
  new OrderStateError('it has no token for exactly these terms', 'approve it again: each token is for one order, once');
