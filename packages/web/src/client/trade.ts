// What was placed, to be followed in the core's words: accepted, filled, done, changed, taken back.

import {
  Big,
  type CancelOutcome,
  type Fill,
  type ModifyOutcome,
  NotAcceptedError,
  NotFilledError,
  type OrderDraft,
  OrderStateError,
  type Subscription,
  type Timer,
  type TradeEnd,
  type TradeState,
} from 'ibwire';
import type { WebOrders } from '../orders/face.js';
import type { ListedFill, ListedOrder } from '../orders/listed.js';
import type { LegResult } from '../orders/round.js';
import type { LiveOrders, OrderNews } from '../streams/orders.js';
import { big } from './account-numbers.js';
import type { WebCall } from './ask.js';
import { contractWith } from './contract.js';
import { KeyedMap } from './keyed.js';

/** How a leg is followed. These are no part of its JSON. */
export interface Followed {
  /** The broker's order id, which is the permId of the socket; undefined while it is not known. */
  readonly permId: string | undefined;
  /** Where it stands, as far as it was followed. */
  readonly state: TradeState;
  readonly fills: readonly Fill[];
  /** Resolves when the broker has it. @throws {NotAcceptedError} when it ended before */
  readonly accepted: Promise<TradeState>;
  /** Resolves when everything is executed. @throws {NotFilledError} when it ends otherwise */
  readonly filled: Promise<TradeEnd>;
  /**
   * Settles once, with fills and their commissions; of an order of unknown outcome when a list shows it. Rejects when the session is
   * closed: the order may live on.
   */
  readonly done: Promise<TradeEnd>;
  /** Changes price, size or lifetime. @throws {OrderStateError} when it was refused: the order is as it was */
  modify(changes: Partial<OrderDraft>, call?: WebCall): Promise<ModifyOutcome>;
  /** Cancels what is left and waits for the end; of what has ended it tells how. @throws {OrderStateError} when it is refused */
  cancel(call?: WebCall): Promise<CancelOutcome>;
}

/** What became of a leg, and the leg to be followed. */
export type WebTrade = LegResult & Followed;

export interface TradeParts {
  readonly timer: Timer;
  /** In which an instrument is traded. */
  currencyOf(conId: number): Promise<string | undefined>;
  live(call?: WebCall): Subscription<OrderNews, LiveOrders>;
  modify: WebOrders['modify'];
  cancel: WebOrders['cancel'];
}

interface Placed {
  readonly contract: { readonly conId: number };
  readonly draft: OrderDraft;
  readonly account: string | undefined;
}

/** A fill of the core. `currency`: in which it was traded; the Web API does not say in which its commission is: it is taken for that. */
export function fillOf(row: ListedFill, currency?: string): Fill | undefined {
  const [shares, price, commission] = [big(row.shares), big(row.price), big(row.commission)];
  if (shares === undefined || price === undefined) return undefined;
  return {
    execId: row.execId,
    time: row.at === undefined ? '' : new Date(row.at).toISOString(),
    at: row.at,
    side: row.side ?? '',
    shares,
    price,
    exchange: row.exchange ?? '',
    account: row.account ?? '',
    clientId: undefined,
    orderId: undefined,
    permId: row.orderId,
    orderRef: row.orderRef,
    contract: row.conId === undefined ? undefined : contractWith({ conId: row.conId, symbol: row.symbol, currency }),
    lastLiquidity: undefined,
    isLiquidation: false,
    isPriceRevisionPending: false,
    commission: commission === undefined ? undefined : { amount: commission, currency: currency ?? '', realizedPnl: undefined },
    corrections: 0,
  };
}

const STATES: Readonly<Record<string, TradeState['at']>> = {
  PendingSubmit: 'pending',
  PreSubmitted: 'accepted',
  Submitted: 'working',
  WarnState: 'pending',
  PendingCancel: 'cancelling',
  PreCancelled: 'cancelling',
  Filled: 'filled',
  Cancelled: 'cancelled',
  Inactive: 'inactive',
};

/** The core's state of a word of the Web API; words that nobody knows are an order that may live. */
export const stateOf = (status: string | undefined): TradeState => ({ at: STATES[status ?? ''] ?? 'pending' }) as TradeState; // none of these has more to say

const total = (fills: readonly Fill[]): Big => fills.reduce((sum, { shares }) => sum.plus(shares), new Big(0));

function endOf(at: TradeEnd['at'], quantity: Big | undefined, fills: readonly Fill[], text: string): TradeEnd {
  const filled = total(fills);
  const value = fills.reduce((sum, { shares, price }) => sum.plus(shares.times(price)), new Big(0));
  const commissions = new KeyedMap<Big>();
  for (const { commission } of fills)
    if (commission !== undefined)
      commissions.set(commission.currency, (commissions.get(commission.currency) ?? new Big(0)).plus(commission.amount));
  return {
    at,
    reason:
      at === 'filled'
        ? undefined
        : { code: undefined, text, by: at === 'cancelled' ? 'unknown' : 'gateway', advancedOrderRejectJson: undefined },
    filled,
    remaining: quantity?.minus(filled),
    averagePrice: filled.gt(0) ? value.div(filled) : undefined,
    fills,
    commissions,
    realizedPnl: new KeyedMap<Big>(),
    isReported: fills.every(({ commission }) => commission !== undefined),
  };
}

/** Commissions come after the fill: an end waits so long for them. */
const COMMISSIONS_WITHIN = 10_000;

/** Makes of a result one that can be followed. Nothing is asked before somebody asks. */
export function followed(result: LegResult, { contract, draft, account }: Placed, parts: TradeParts): WebTrade {
  const quantity = draft.totalQuantity === undefined ? undefined : new Big(String(draft.totalQuantity));
  let terms = draft;
  let currency: string | undefined;
  let seen: ListedOrder | undefined;
  let fills: readonly Fill[] = [];
  let done: Promise<TradeEnd> | undefined;

  const isMine = (orderId: string | undefined, orderRef: string | undefined): boolean =>
    result.at === 'working' ? orderId === result.orderId : orderRef === result.orderRef;
  const look = ({ orders, fills: all }: LiveOrders): TradeEnd | undefined => {
    seen = [...orders.values()].find((order) => isMine(order.orderId, order.orderRef)) ?? seen;
    fills = [...all.values()].flatMap((row) => (isMine(row.orderId, row.orderRef) ? (fillOf(row, currency) ?? []) : []));
    if (quantity !== undefined && total(fills).gte(quantity)) return endOf('filled', quantity, fills, '');
    const { at } = stateOf(seen?.status);
    // Filled or cancelled counts when all that was executed is here.
    if (seen === undefined || total(fills).lt(big(seen.filled) ?? new Big(0))) return undefined;
    if (at === 'filled' && fills.length > 0) return endOf('filled', quantity, fills, '');
    return at === 'cancelled' ? endOf('cancelled', quantity, fills, seen.text ?? '') : undefined;
  };
  const follow = async (): Promise<TradeEnd> => {
    if (result.at === 'rejected' || result.at === 'declined') return endOf('rejected', quantity, [], result.text);
    currency = await parts.currencyOf(contract.conId).catch(() => undefined);
    const stream = parts.live();
    let stop: (() => void) | undefined;
    try {
      return await new Promise<TradeEnd>((resolve, reject) => {
        const check = (): void => {
          const end = look(stream.view);
          if (end === undefined) return;
          if (end.isReported) resolve(end);
          else stop ??= parts.timer.after(COMMISSIONS_WITHIN, () => resolve(look(stream.view) ?? end));
        };
        stream.on(check);
        stream.complete().then(check, reject);
        void stream.ended.then((cause) =>
          reject(cause ?? new OrderStateError('the session was closed', 'the order may live on: ask again')),
        );
      });
    } finally {
      stop?.();
      stream.close();
    }
  };
  /** How it has ended by now, as lists tell; undefined: it has not. */
  const endNow = async (): Promise<TradeEnd | undefined> => {
    const stream = parts.live();
    try {
      await stream.complete();
      return look(stream.view);
    } finally {
      stream.close();
    }
  };
  const end = (): Promise<TradeEnd> => {
    done ??= follow();
    return done;
  };
  const orderId = (): string => {
    const id = result.at === 'working' ? result.orderId : seen?.orderId;
    if (id === undefined) throw new OrderStateError(`the order is ${result.at}`, 'look for it by its reference: find() tells');
    return id;
  };
  const how = (call: WebCall | undefined) => ({ ...call, ...(account !== undefined && { account }) });

  const members: PropertyDescriptorMap & ThisType<Followed> = {
    permId: { get: () => (result.at === 'working' ? result.orderId : seen?.orderId) },
    state: {
      get(): TradeState {
        if (result.at === 'rejected' || result.at === 'declined') return { at: 'rejected' };
        if (seen !== undefined) return stateOf(seen.status);
        return result.at === 'working' ? stateOf(result.status) : { at: 'unclear', why: 'disconnected' };
      },
    },
    fills: { get: () => fills },
    done: { get: end },
    filled: {
      get: async () => {
        const ended = await end();
        if (ended.at !== 'filled') throw new NotFilledError(ended);
        return ended;
      },
    },
    accepted: {
      get: async (): Promise<TradeState> => {
        if (result.at === 'working') return seen === undefined ? stateOf(result.status) : stateOf(seen.status);
        const ended = await end();
        if (ended.at === 'rejected') throw new NotAcceptedError(ended);
        return { at: ended.at };
      },
    },
    modify: {
      async value(changes: Partial<OrderDraft>, call?: WebCall): Promise<ModifyOutcome> {
        const next = { ...terms, ...changes } as OrderDraft;
        if (JSON.stringify(next) === JSON.stringify(terms)) return { at: 'same' };
        const answer = await parts.modify(orderId(), contract, next, how(call));
        switch (answer.at) {
          case 'working':
            terms = next;
            return { at: 'modified' };
          case 'unknown':
            throw new OrderStateError(
              `whether it was changed is not known: ${answer.why}`,
              'look at its terms in all() before changing it again',
            );
          default:
            throw new OrderStateError(`the change was ${answer.at}: ${answer.text}`, 'the order is as it was');
        }
      },
    },
    cancel: {
      async value(call?: WebCall): Promise<CancelOutcome> {
        const answer = await parts.cancel(orderId(), how(call));
        switch (answer.at) {
          case 'cancelled':
          case 'filled':
            return { at: answer.at };
          case 'requested':
            return { at: (await end()).at };
          case 'refused': {
            const ended = await endNow();
            if (ended !== undefined) return { at: ended.at };
            throw new OrderStateError(`the cancel was refused: ${answer.text}`, 'all() tells how the order stands');
          }
          case 'unknown':
            throw new OrderStateError(`whether it was cancelled is not known: ${answer.why}`, 'all() tells how the order stands');
        }
      },
    },
  };
  return Object.defineProperties({ ...result }, members) as WebTrade;
}
