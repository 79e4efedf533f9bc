// Orders that belong together: parent and children, one-cancels-all. Ids come later, all at once.
import { InputError } from '../../input/input-error.js';
import { refuseOthers } from '../../input/known-properties.js';
import type { OrderDraft } from '../draft.js';
import { oneOf, text } from './amount.js';

export const groupRoles = ['parent', 'takeProfit', 'stopLoss', 'hedge', 'member', 'child'] as const;
/** What an order of a group is there for. Only `parent` may have children; `member` is one of an OCA group. */
export type GroupRole = (typeof groupRoles)[number];

/** An order of a group, and what it is there for. */
export interface GroupMember {
  readonly role: GroupRole;
  readonly order: OrderDraft;
  /** Position in the group of the order whose child this is. */
  readonly parent?: number;
}

/** Orders to be sent together, parents before children. */
export interface OrderGroup {
  readonly members: readonly GroupMember[];
}

/** An order that has its id: what `withIds` gives. */
export type IdentifiedOrder = OrderDraft & { readonly orderId: number };

const idNames = new Set(['transmit']);

/**
 * Gives a group its ids: parentId of the children, and the transmit chain (false on all but the last, so that no parent
 * works without its children; the last as it says). `ids` must rise; one per order. Options: `transmit: false` stages the whole group in TWS.
 */
export function withIds(
  group: OrderGroup,
  ids: readonly number[],
  options: { readonly transmit?: boolean } = {},
): readonly IdentifiedOrder[] {
  refuseOthers(idNames, options, 'options.');
  const { members } = group;
  if (ids.length !== members.length) throw new InputError('ids', `needs ${members.length} ids, got ${ids.length}`);
  ids.forEach((id, i) => {
    if (!Number.isInteger(id) || id <= 0 || id > 2_147_483_647) throw new InputError(`ids[${i}]`, 'must be a positive 32-bit id');
    if (i > 0 && id <= (ids[i - 1] ?? 0)) throw new InputError(`ids[${i}]`, 'must be above the id before it');
  });
  const chained = members.some((member) => member.parent !== undefined);
  return members.map(({ order, parent }, i) => {
    const orderId = ids[i] ?? 0;
    if (parent !== undefined && parent >= i) throw new InputError(`members[${i}].parent`, 'must stand before its child');
    const parentId = parent === undefined ? order.parentId : ids[parent];
    const last = i === members.length - 1;
    const transmit = chained
      ? last && (options.transmit ?? order.transmit) !== false
      : (options.transmit ?? order.transmit ?? true);
    return { ...order, orderId, ...(parentId !== undefined && { parentId }), transmit };
  });
}

/** A parent with children (hedges, exits of any kind). Children must not name a parent of their own. */
export function family(parent: OrderDraft, children: readonly OrderDraft[], role: GroupRole = 'child'): OrderGroup {
  if (children.length === 0) throw new InputError('children', 'needs at least one');
  for (const child of children) {
    if (child.parentId !== undefined) throw new InputError('parentId', 'is assigned with the ids of the group');
  }
  return { members: [{ role: 'parent', order: parent }, ...children.map((order): GroupMember => ({ role, order, parent: 0 }))] };
}

/** How an OCA group treats the rest when one of its orders fills. Block: overfill protection. */
export type OcaEffect = 'cancelWithBlock' | 'reduceWithBlock' | 'reduce';
const OCA_TYPES = { cancelWithBlock: 1, reduceWithBlock: 2, reduce: 3 } as const;

/** One cancels all: `name` must be unique for the account; it is never reused. */
export function oca(orders: readonly OrderDraft[], name: string, effect: OcaEffect = 'cancelWithBlock'): OrderGroup {
  if (orders.length < 2) throw new InputError('orders', 'a group needs at least two');
  oneOf('cancelWithBlock', 'reduceWithBlock', 'reduce')('effect', effect);
  const ocaGroup = text('ocaGroup', name);
  return {
    members: orders.map((order): GroupMember => {
      if (order.ocaGroup !== undefined && order.ocaGroup !== ocaGroup)
        throw new InputError('ocaGroup', 'an order belongs to one group');
      return { role: 'member', order: { ...order, ocaGroup, ocaType: OCA_TYPES[effect] } };
    }),
  };
}
