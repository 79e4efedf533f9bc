// What has left and what no list shows yet: it counts against the account as if it worked, until a list tells better.

import type { OrderFacts, SentOrder, WhatIfAnswer, WorkingOrder } from 'ibwire/rules';
import type { ListedOrder } from './listed.js';

interface Sent {
  readonly at: number;
  readonly facts: OrderFacts;
  /** Of a change: the order that it changes. */
  readonly changes: string | undefined;
  /** No list has shown it, and nobody has said that it is none. */
  isOpen: boolean;
}

export interface SentOrders {
  /** Before its bytes leave. `changes`: id of the order that these are new terms of. */
  add(orderRef: string, facts: OrderFacts, now: number, changes?: string): void;
  /** It is known that there is none, or that it is not changed. */
  drop(orderRef: string, changes?: string): void;
  /** The same for an order and all of its changes. */
  dismiss(orderRef: string): void;
  /** It has not left after all. */
  never(orderRef: string, changes?: string): void;
  /** What a whole list does not show of an account. */
  unseen(list: readonly ListedOrder[], account: string, now: number): readonly WorkingOrder[];
  /** Terms that may be in force for an order of the list as well. */
  changesOf(order: ListedOrder): readonly OrderFacts[];
  /** What the broker has said to its trial, where it was tried. */
  answerOf(orderRef: string | undefined): WhatIfAnswer | undefined;
  /** Those of the last day. */
  all(now: number): readonly SentOrder[];
}

/** A reference is the broker's own for so long. */
const DAY = 86_400_000;
const ENDED: ReadonlySet<string> = new Set(['Filled', 'Cancelled', 'Rejected', 'Failed']);

type Terms = Pick<OrderFacts, 'totalQuantity' | 'lmtPrice' | 'auxPrice'>;

/** Whether a list shows these terms, as far as it tells terms. */
export function showsTerms(order: ListedOrder, { totalQuantity, lmtPrice, auxPrice }: Terms): boolean {
  const same = (told: string | undefined, wanted: string | undefined): boolean =>
    wanted === undefined || (told !== undefined && Number(told) === Number(wanted));
  return same(order.total, totalQuantity) && same(order.lmtPrice, lmtPrice) && same(order.auxPrice, auxPrice);
}

const keyOf = (orderRef: string, changes = ''): string => `${orderRef} ${changes}`; // no reference has a blank

export function createSentOrders(): SentOrders {
  const sent = new Map<string, Sent>();
  const young = (now: number): readonly Sent[] => {
    for (const [key, { at }] of sent) if (at <= now - DAY) sent.delete(key);
    return [...sent.values()];
  };
  return {
    add: (orderRef, facts, now, changes) => void sent.set(keyOf(orderRef, changes), { at: now, facts, changes, isOpen: true }),
    drop(orderRef, changes) {
      const one = sent.get(keyOf(orderRef, changes));
      if (one !== undefined) one.isOpen = false;
    },
    dismiss(orderRef) {
      for (const one of sent.values()) if (one.facts.orderRef === orderRef) one.isOpen = false;
    },
    never: (orderRef, changes) => void sent.delete(keyOf(orderRef, changes)),
    unseen(list, account, now) {
      const shown = new Set(list.map(({ orderRef }) => orderRef));
      return young(now).flatMap((one): readonly WorkingOrder[] => {
        if (one.changes !== undefined || !one.isOpen || one.facts.account !== account) return [];
        if (shown.has(one.facts.orderRef)) one.isOpen = false;
        return one.isOpen ? [{ ...one.facts, sentAt: one.at }] : [];
      });
    },
    changesOf(order) {
      const found = [...sent.values()].filter(({ changes, isOpen }) => isOpen && changes === order.orderId);
      for (const one of found) if (showsTerms(order, one.facts) || ENDED.has(order.status ?? '')) one.isOpen = false;
      return found.filter(({ isOpen }) => isOpen).map(({ facts }) => facts);
    },
    answerOf: (orderRef) => (orderRef === undefined ? undefined : sent.get(keyOf(orderRef))?.facts.answer),
    all: (now) => young(now).map(({ at, facts }) => ({ ageSeconds: (now - at) / 1000, order: facts })),
  };
}
