/** One-cancels-all groups: type 1 cancels the others at the first fill, types 2 and 3 shrink them by the share that was filled. */
import { floorToStep, greater, lesser, type Quantity } from '../accounts/amount.js';
import type { EngineState } from './engine-state.js';
import { cancelNow } from './finish.js';
import type { LiveOrder, OcaGroup } from './live-order.js';
import { lotOf } from './lots.js';
import { announce } from './report.js';

/** Puts an order into its group. Children of one parent form a group named by the parent's permId. */
export function joinGroup(state: EngineState, order: LiveOrder): void {
  const key = order.order.ocaGroup || order.parent?.permId;
  if (!key) return;
  const { account } = order;
  const groups = state.ocaGroups.get(account) ?? new Map<string, OcaGroup>();
  state.ocaGroups.set(account, groups);
  const group = groups.get(key) ?? { account, key, members: new Set(), filled: new Set() };
  groups.set(key, group);
  group.members.add(order);
  order.oca = group;
}

/** What a fill of one member does to the others. Nobody keeps more than the part of a whole order the group has left for them. */
export function settleGroup(state: EngineState, filled: LiveOrder): void {
  const group = filled.oca;
  if (!group) return;
  group.filled.add(filled);
  for (const other of [...group.members]) {
    if (other === filled || other.final) continue;
    if ((filled.order.ocaType || 3) === 1) {
      cancelNow(state, other, '');
      continue;
    }
    const step = lotOf(other.instrument, other.original);
    const total = greater(floorToStep(partLeft(group, other), step), other.filled);
    if (total === other.total) continue;
    other.total = lesser(total, other.total);
    if (other.total === other.filled) cancelNow(state, other, '');
    else announce(state, other);
  }
}

/** The original quantity less the shares the others have filled of theirs. */
function partLeft(group: OcaGroup, order: LiveOrder): Quantity {
  let over = 1n;
  let under = 1n;
  for (const member of group.filled) {
    if (member === order) continue;
    over = over * member.original - under * member.filled;
    under *= member.original;
  }
  return over > 0n ? (order.original * over) / under : 0n;
}
