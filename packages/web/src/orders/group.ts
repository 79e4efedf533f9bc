// Orders that go in one call: a parent, and what hangs on it.

import { InputError, type OrderDraft, type OrderGroup } from 'ibwire';
import { checkReference } from './ticket.js';

/** An order of a call, with a reference of its own. */
export type Referenced = OrderDraft & { readonly orderRef: string };

/**
 * The orders of a group, the parent first. Members of a builder's group that have no reference get one of their parent's:
 * `mine.takeProfit`. Exits that each close the whole entry are one OCA group, as the broker ties them: what one fills, the other
 * must not.
 */
export function membersOf(given: readonly OrderDraft[] | OrderGroup): readonly Referenced[] {
  const drafts: readonly OrderDraft[] = 'members' in given ? named(given) : given;
  const [parent, ...children] = drafts;
  if (parent === undefined) throw new InputError('orders', 'none is given');
  const isExit = (order: OrderDraft): boolean =>
    order.action !== parent.action && Number(order.totalQuantity) === Number(parent.totalQuantity);
  const isBracket = children.length > 1 && children.every(isExit);
  return drafts.map((order, at) => {
    const { orderRef } = order;
    checkReference(orderRef);
    if (at === 0 && order.ocaGroup !== undefined)
      throw new InputError(
        'order.ocaGroup',
        'the parent of a group is in none: exits that close the whole entry are tied by themselves',
      );
    if (at > 0 && order.ocaGroup !== undefined && !isBracket)
      throw new InputError('order.ocaGroup', 'the Web API ties exits that close the whole entry, and no others');
    const { ocaGroup: _, ocaType: __, ...bare } = order;
    return {
      ...bare,
      orderRef,
      ...(at > 0 && isBracket && { ocaGroup: `${parent.orderRef} exits`, ocaType: 2 as const }),
    };
  });
}

function named({ members }: OrderGroup): readonly OrderDraft[] {
  const [first] = members;
  return members.map(({ role, parent, order }, at) => {
    if (at === 0 ? role !== 'parent' : parent !== 0 || role === 'hedge')
      throw new InputError('orders', 'the Web API takes a parent first and its exits after it; place this group over the socket');
    return { ...order, orderRef: order.orderRef ?? (at === 0 ? '' : `${first?.order.orderRef ?? ''}.${role}`) };
  });
}
