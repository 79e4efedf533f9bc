// Lives through a random sequence: asks the rules, fills what they accepted, and judges every state with the oracle.
import { check } from '../../../src/rules/check.js';
import { decisionOf } from '../../../src/rules/finding.js';
import type { Start } from '../arbitraries/sequences.js';
import { type ModelOrder, openPolicy, orderOf, situationOf, type World } from './model.js';
import { cancel, copy, enter, fill, fillable, newWorld } from './simulator.js';

/** What the rules were asked and what they accepted, for judging whether a property says anything. */
export interface Tally {
  asked: number;
  accepted: number;
  written: number;
  writtenAccepted: number;
  combos: number;
  combosAccepted: number;
}

export const newTally = (): Tally => ({ asked: 0, accepted: 0, written: 0, writtenAccepted: 0, combos: 0, combosAccepted: 0 });

export interface Judge {
  /** Called with every state that is reached; text means it is wrong. */
  readonly state: (world: World) => string | undefined;
  readonly accepted?: (world: World, orders: readonly ModelOrder[]) => string | undefined;
  readonly fair?: boolean;
  /** Looks at the states of the sequence only, not at copies with everything filled. */
  readonly quick?: boolean;
}

const isWriting = (order: ModelOrder): boolean => order.what.includes(' ') && order.side === 'SELL';

function ask(world: World, orders: readonly ModelOrder[], tally: Tally): boolean {
  const isAccepted = decisionOf(check(orders.map(orderOf), situationOf(world), openPolicy)) !== 'reject';
  tally.asked++;
  if (isAccepted) tally.accepted++;
  if (orders.some(isWriting)) {
    tally.written++;
    if (isAccepted) tally.writtenAccepted++;
  }
  if (orders.some((order) => order.what === 'combo')) {
    tally.combos++;
    if (isAccepted) tally.combosAccepted++;
  }
  return isAccepted;
}

/** Names of one submission made unique by its place in the sequence. */
function rename(orders: readonly ModelOrder[], place: number): ModelOrder[] {
  return orders.map((order) => ({
    ...order,
    id: order.id.replace('n', `o${place}`),
    ...(order.parent === undefined ? {} : { parent: order.parent.replace('n', `o${place}`) }),
    ...(order.group === 'b' ? { group: `b${place}` } : {}),
  }));
}

/** Fills everything that can still fill, once in the order given and once the other way round, in copies. */
function exhaust(world: World, judge: Judge): string | undefined {
  for (const backwards of [false, true]) {
    const end = copy(world);
    for (let round = 0; round < 3; round++) {
      for (const live of backwards ? [...end.live].reverse() : [...end.live]) {
        if (!end.live.includes(live)) continue;
        fill(end, live, fillable(end, live), judge.fair === true);
        const wrong = judge.state(end);
        if (wrong !== undefined) return `${wrong} after filling everything${backwards ? ', last first' : ''}`;
      }
    }
  }
  return undefined;
}

/** Undefined when every state reached is fine, else what went wrong and after which step. */
export function liveThrough(start: Start, judge: Judge, tally: Tally): string | undefined {
  const world = newWorld(start.kind, { USD: start.USD, EUR: start.EUR }, new Map(Object.entries(start.held)));
  for (const [place, step] of start.steps.entries()) {
    let touched = false;
    if (step.do === 'order') {
      const orders = rename(step.orders, place);
      if (!ask(world, orders, tally)) continue;
      const wrong = judge.accepted?.(world, orders);
      if (wrong !== undefined) return `${wrong} on accepting at step ${place + 1}`;
      for (const order of orders) enter(world, order);
      touched = true;
    } else if (world.live.length > 0) {
      const live = world.live[step.pick % world.live.length];
      if (live === undefined) continue;
      if (step.do === 'fill')
        fill(world, live, Math.min(fillable(world, live), Math.ceil(live.remaining * step.part)), judge.fair === true);
      else if (step.do === 'cancel') cancel(world, live.order.id);
      else if (live.order.parent === undefined && live.order.what !== 'combo') {
        const changed: ModelOrder = { ...live.order, total: step.total, limit: step.limit };
        if (step.total <= live.filled || !ask(world, [changed], tally)) continue;
        fill(world, live, Math.floor(fillable(world, live) * step.race), judge.fair === true);
        const remaining = step.total - live.filled;
        const at = world.live.indexOf(live);
        if (remaining <= 0) cancel(world, live.order.id);
        else if (at >= 0) world.live[at] = { order: changed, remaining, filled: live.filled };
        else world.live.push({ order: changed, remaining, filled: live.filled });
        touched = true;
      }
    }
    const wrong = judge.state(world) ?? (touched && judge.quick !== true ? exhaust(world, judge) : undefined);
    if (wrong !== undefined) return `${wrong} (step ${place + 1})`;
  }
  return undefined;
}
