// Fills orders of the small world by any amount, honours groups and parents, and pays the worst allowed price.
import { type Live, type ModelOrder, thing, type World } from './model.js';

export function newWorld(kind: World['kind'], cash: { USD: number; EUR: number }, held: ReadonlyMap<string, number>): World {
  return { kind, cash: { ...cash }, settled: { ...cash }, held: new Map(held), live: [], drawn: new Map() };
}

/** Cents paid (positive) or received (negative) by `count` units. */
function costOf(order: ModelOrder, count: number): { amount: number; currency: 'USD' | 'EUR' }[] {
  if (order.what === 'combo') {
    const legs = order.legs ?? [];
    const stock = legs.filter((leg) => thing(leg.name).secType === 'STK').map((leg) => Math.abs(leg.ratio));
    const unit = stock.length > 0 ? Math.max(...stock) : Math.max(...legs.map((leg) => thing(leg.name).multiplier));
    return [{ amount: (order.side === 'BUY' ? 1 : -1) * order.limit * unit * count, currency: 'USD' }];
  }
  const one = thing(order.what);
  if (one.secType === 'FUT') return [];
  const sign = order.side === 'BUY' ? 1 : -1;
  if (one.secType === 'CASH') {
    return [
      { amount: sign * order.limit * count, currency: 'USD' },
      { amount: -sign * 100 * count, currency: 'EUR' },
    ];
  }
  return [{ amount: sign * order.limit * one.multiplier * count, currency: one.currency }];
}

function move(world: World, name: string, count: number): void {
  if (thing(name).secType !== 'CASH') world.held.set(name, (world.held.get(name) ?? 0) + count);
}

const blocks = (order: ModelOrder): boolean => order.group !== undefined && (order.ocaType === 1 || order.ocaType === 2);
const drawKey = (order: ModelOrder): string => `${order.parent}|${blocks(order) ? order.group : order.id}`;

/** How much of an order can fill now: a child, or the children of one blocking group in sum, nothing beyond what the parent has. */
export function fillable(world: World, live: Live): number {
  const parent = world.live.find((other) => other.order.id === live.order.parent);
  if (parent === undefined) return live.remaining;
  return Math.max(0, Math.min(live.remaining, parent.filled - (world.drawn.get(drawKey(live.order)) ?? 0)));
}

/** Fills `count` units. In adversarial mode nothing that is received counts. */
export function fill(world: World, live: Live, count: number, fair: boolean): void {
  if (count <= 0) return;
  const { order } = live;
  for (const { amount, currency } of costOf(order, count)) {
    if (amount > 0) {
      world.cash[currency] -= amount;
      world.settled[currency] -= amount;
    } else if (fair) world.cash[currency] -= amount;
  }
  const sign = order.side === 'BUY' ? 1 : -1;
  if (order.what === 'combo') for (const leg of order.legs ?? []) move(world, leg.name, sign * leg.ratio * count);
  else move(world, order.what, sign * count);
  const before = live.remaining;
  live.remaining -= count;
  live.filled += count;
  if (order.parent !== undefined) world.drawn.set(drawKey(order), (world.drawn.get(drawKey(order)) ?? 0) + count);
  if (blocks(order)) {
    for (const other of world.live) {
      if (other === live || other.order.group !== order.group) continue;
      other.remaining = Math.floor((other.remaining * live.remaining) / before);
    }
  }
  sweep(world);
}

/** Removes what has filled; children of an order that is gone without a fill go with it. */
function sweep(world: World): void {
  for (let at = world.live.length - 1; at >= 0; at--) if ((world.live[at]?.remaining ?? 0) <= 0) world.live.splice(at, 1);
}

/** Cancels an order together with its children. */
export function cancel(world: World, id: string): void {
  const gone = new Set([id]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { order } of world.live) {
      if (order.parent === undefined || !gone.has(order.parent) || gone.has(order.id)) continue;
      gone.add(order.id);
      grew = true;
    }
  }
  for (let at = world.live.length - 1; at >= 0; at--) if (gone.has(world.live[at]?.order.id ?? '')) world.live.splice(at, 1);
}

/** Splits a loose combination into one live order per leg, as the venue may fill them. */
export function enter(world: World, order: ModelOrder): void {
  if (order.loose !== true) {
    world.live.push({ order, remaining: order.total, filled: 0 });
    return;
  }
  const sign = order.side === 'BUY' ? 1 : -1;
  (order.legs ?? []).forEach(({ name, ratio }, place) => {
    const total = Math.abs(ratio) * order.total;
    const leg: ModelOrder = {
      id: `${order.id}.${place}`,
      what: name,
      side: sign * ratio > 0 ? 'BUY' : 'SELL',
      total,
      limit: order.limit,
    };
    world.live.push({ order: leg, remaining: total, filled: 0 });
  });
}

export function copy(world: World): World {
  return {
    kind: world.kind,
    cash: { ...world.cash },
    settled: { ...world.settled },
    held: new Map(world.held),
    live: world.live.map((one) => ({ ...one })),
    drawn: new Map(world.drawn),
  };
}
