// Positions and working orders of an account, read once and indexed by contract and underlying.
import { absolute, divideUp, larger, readDecimal, readPositive, smaller } from '../decimal.js';
import type { Policy } from '../policy-types.js';
import type { OrderFacts, Position, WorkingOrder } from '../types.js';
import type { Effect } from './change.js';
import { type Contract, isSide, readContract } from './contract.js';
import { effectsOf, sizeOf } from './effect.js';
import { type Names, namesOf } from './names.js';

export interface Holding {
  readonly key: string;
  readonly contract: Contract;
  quantity: bigint;
}

/** A working order, or one leg of one whose legs may fill alone. */
export interface Slot {
  readonly id: string;
  readonly order: WorkingOrder;
  readonly effect: Effect;
  /** Keys of the contracts of `effect.changes`, in the same order. */
  readonly keys: readonly string[];
  readonly parentId: string | undefined;
  /** Share of the parent that has filled already, as a quantity the child may fill at once. */
  readonly filled: bigint;
  /** Group of which at most one member fills; undefined when nothing blocks. */
  readonly group: string | undefined;
}

export interface Unreadable {
  readonly name: string;
  /** What it depends on, where that much is known. Undefined: it could matter to everything. */
  readonly underlying: string | undefined;
}

export interface Book extends Names {
  readonly holdings: ReadonlyMap<string, Holding>;
  readonly holdingsOf: ReadonlyMap<string, readonly Holding[]>;
  readonly slots: readonly Slot[];
  readonly slotsById: ReadonlyMap<string, readonly Slot[]>;
  readonly slotsOf: ReadonlyMap<string, readonly Slot[]>;
  readonly slotsByKey: ReadonlyMap<string, readonly Slot[]>;
  readonly ordersByKey: ReadonlyMap<string, readonly WorkingOrder[]>;
  /** Orders and positions that cannot be read; nothing may be opened beside them, and nothing sold that they could matter to. */
  readonly unreadable: readonly Unreadable[];
  /** Whether an order waits for the one with this id. */
  readonly hasChildren: (id: string) => boolean;
  /** Adds one more working order in place. Undefined, with nothing changed, when the book has to be read anew for it. */
  readonly add: (order: WorkingOrder) => readonly Slot[] | undefined;
  /** Takes one out in place, which must be the same object. Undefined as above. */
  readonly remove: (order: WorkingOrder) => readonly Slot[] | undefined;
  /** Replaces one line of the positions in place. The contracts it is about; undefined as above. */
  readonly hold: (before: Position | undefined, after: Position | undefined) => readonly Contract[] | undefined;
}

export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' && value !== 0 ? String(value) : undefined;

const parentOf = ({ parentId }: OrderFacts): string | undefined => idOf(parentId);

/** The group an order belongs to, if it blocks overfill. */
export function blockingGroup(order: OrderFacts, policy: Policy): string | undefined {
  if (policy.ocaNeverBlocks || (order.ocaType !== 1 && order.ocaType !== 2)) return undefined;
  return typeof order.ocaGroup === 'string' && order.ocaGroup !== '' ? order.ocaGroup : undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** Lines of a list; what is no object stays as a line that cannot be read. */
const listOf = <T extends object>(value: unknown): Partial<T>[] =>
  Array.isArray(value) ? value.map((item: unknown) => (isObject(item) ? item : {}) as Partial<T>) : [];

const unreadableOf = (name: string, contract: Contract | undefined): Unreadable => ({
  name,
  underlying:
    contract === undefined || contract.symbol === '' || !contract.isKnown || contract.secType === 'BAG'
      ? undefined
      : contract.underlying,
});

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (list[list.length - 1] !== value) list.push(value);
}

function pull<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const left = map.get(key)?.filter((one) => one !== value) ?? [];
  if (left.length === 0) map.delete(key);
  else map.set(key, left);
}

const allOf = (contract: Contract): Contract[] => [contract, ...contract.legs.map((leg) => leg.contract)];

function remainingOf(order: WorkingOrder, policy: Policy): bigint | undefined {
  if (order.remaining === undefined) return sizeOf(order, policy, undefined);
  const remaining = readDecimal(order.remaining);
  return remaining === undefined || remaining < 0n ? undefined : remaining;
}

/** What of an order has filled: total less remaining, 0 when the total is not known. */
export function filledOf(order: WorkingOrder): bigint {
  const total = readPositive(order.totalQuantity);
  const remaining = readDecimal(order.remaining);
  return total === undefined || remaining === undefined ? 0n : larger(0n, total - remaining);
}

/** The dearest of all terms that may be in force, place by place. Undefined: one of them cannot be read. */
function alternativesOf(
  order: WorkingOrder,
  policy: Policy,
  contract: Contract,
  base: string,
  effects: readonly Effect[],
): readonly Effect[] | undefined {
  const given: unknown = order.alternatives;
  if (given === undefined) return effects;
  if (!Array.isArray(given)) return undefined;
  let worst = effects;
  for (const one of given as readonly Partial<OrderFacts>[]) {
    const terms: OrderFacts = { ...order, ...one };
    const total = sizeOf(terms, policy, undefined);
    if (total === undefined || terms.action !== order.action) return undefined;
    const other = effectsOf(terms, policy, contract, larger(0n, total - filledOf(order)), base);
    if (other.length !== worst.length) return undefined;
    worst = worst.map((effect, at) => dearer(effect, other[at] ?? effect));
  }
  return worst;
}

/** A link that all terms have which may be in force; one of some of them holds nothing back. */
function certain(order: WorkingOrder, read: (terms: OrderFacts) => string | undefined): string | undefined {
  const link = read(order);
  return (order.alternatives ?? []).every((one) => read({ ...order, ...one }) === link) ? link : undefined;
}

const most = (a: bigint, b: bigint): bigint => (absolute(b) > absolute(a) ? b : a);

function dearer(a: Effect, b: Effect): Effect {
  return {
    changes: a.changes.map((change, at) => ({ ...change, quantity: most(change.quantity, b.changes[at]?.quantity ?? 0n) })),
    currency: a.currency,
    pays: larger(a.pays, b.pays),
    isBounded: a.isBounded && b.isBounded,
    premium: smaller(a.premium, b.premium),
  };
}

/** Reads and indexes positions and working orders. Malformed lines are listed as unreadable, never dropped in silence. */
export function readBook(positions: unknown, workingOrders: unknown, policy: Policy, base: string): Book {
  const lines = listOf<Position>(positions) as readonly Position[];
  const orders = listOf<WorkingOrder>(workingOrders) as readonly WorkingOrder[]; // every field is read with care
  const unreadable: Unreadable[] = [];
  const contracts = [...lines, ...orders].map((line) => readContract(line.contract));
  const names = namesOf(contracts.flatMap(allOf));
  const { keyOf, complete } = names;

  const holdings = new Map<string, Holding>();
  const holdingsOf = new Map<string, Holding[]>();
  lines.forEach((line, place) => {
    const contract = contracts[place];
    const quantity = readDecimal(line.position);
    if (contract === undefined || quantity === undefined) {
      unreadable.push(unreadableOf(`position ${contract?.symbol || place + 1}`, contract));
      return;
    }
    const key = keyOf(contract);
    const held = holdings.get(key);
    if (held !== undefined) held.quantity += quantity;
    else {
      const holding = { key, contract: complete(contract), quantity };
      holdings.set(key, holding);
      push(holdingsOf, holding.contract.underlying, holding);
    }
  });

  const filled = new Map<string, bigint>();
  /** How many orders wait for one with this id, and how many bear it. */
  const children = new Map<string, number>();
  const bearers = new Map<string, number>();
  const count = (map: Map<string, number>, id: string, by: number): void => {
    map.set(id, (map.get(id) ?? 0) + by);
  };
  for (const order of orders) {
    const id = idOf(order.orderId);
    if (id === undefined) continue;
    filled.set(id, filledOf(order));
    count(bearers, id, 1);
  }
  const slots: Slot[] = [];
  const slotsById = new Map<string, Slot[]>();
  const slotsOf = new Map<string, Slot[]>();
  const slotsByKey = new Map<string, Slot[]>();
  const ordersByKey = new Map<string, WorkingOrder[]>();
  const enter = (order: WorkingOrder, place: number): readonly Slot[] | undefined => {
    const contract = complete(readContract(order.contract));
    const size = remainingOf(order, policy);
    const id = idOf(order.orderId) ?? `working order ${place + 1}`;
    if (
      order.isUnreadable === true ||
      size === undefined ||
      !contract.isKnown ||
      contract.oddLegs.length > 0 ||
      !isSide(order.action)
    )
      return undefined;
    push(ordersByKey, keyOf(contract), order);
    if (size === 0n && readPositive(order.cashQty) === undefined) return [];
    const effects = alternativesOf(order, policy, contract, base, effectsOf(order, policy, contract, size, base));
    if (effects === undefined) return undefined;
    const parentId = certain(order, parentOf);
    const blocking = certain(order, (terms) => blockingGroup(terms, policy));
    if (parentId !== undefined) count(children, parentId, 1);
    return effects.map((effect) => {
      const keys = effect.changes.map((change) => keyOf(change.contract));
      const group = effects.length === 1 ? blocking : undefined;
      const slot: Slot = { id, order, effect, keys, parentId, filled: smaller(size, filled.get(parentId ?? '') ?? 0n), group };
      slots.push(slot);
      push(slotsById, id, slot);
      effect.changes.forEach((change, at) => {
        push(slotsOf, complete(change.contract).underlying, slot);
        push(slotsByKey, keys[at] ?? '', slot);
      });
      return slot;
    });
  };
  orders.forEach((order, place) => {
    if (enter(order, place) !== undefined) return;
    unreadable.push(unreadableOf(idOf(order.orderId) ?? `working order ${place + 1}`, complete(readContract(order.contract))));
  });
  const hasChildren = (id: string): boolean => (children.get(id) ?? 0) > 0;
  const add = (order: WorkingOrder): readonly Slot[] | undefined => {
    const id = idOf(order.orderId);
    const contract = readContract(order.contract);
    if (id === undefined || filled.has(id) || hasChildren(id) || !names.learn(allOf(contract))) return undefined;
    const entered = enter(order, slots.length);
    if (entered === undefined) names.forget(allOf(contract));
    else {
      filled.set(id, filledOf(order));
      count(bearers, id, 1);
    }
    return entered;
  };
  const remove = (order: WorkingOrder): readonly Slot[] | undefined => {
    const id = idOf(order.orderId);
    const contract = readContract(order.contract);
    const key = keyOf(complete(contract));
    // Beside what cannot be read nothing is sure.
    if (id === undefined || unreadable.length > 0 || hasChildren(id) || bearers.get(id) !== 1) return undefined;
    if (ordersByKey.get(key)?.includes(order) !== true) return undefined;
    if (!names.forget(allOf(contract))) return undefined;
    pull(ordersByKey, key, order);
    const gone = slotsById.get(id) ?? [];
    for (const slot of gone) {
      slots.splice(slots.indexOf(slot), 1);
      for (const { contract: changed } of slot.effect.changes) pull(slotsOf, complete(changed).underlying, slot);
      for (const each of slot.keys) pull(slotsByKey, each, slot);
    }
    const parentId = certain(order, parentOf);
    if (parentId !== undefined && gone.length > 0) count(children, parentId, -1);
    slotsById.delete(id);
    filled.delete(id);
    bearers.delete(id);
    return gone;
  };
  const hold = (before: Position | undefined, after: Position | undefined): readonly Contract[] | undefined => {
    const lines = [before, after].flatMap((line, at) => {
      const quantity = readDecimal(line?.position);
      return line === undefined ? [] : [{ contract: readContract(line.contract), quantity, sign: at === 0 ? -1n : 1n }];
    });
    if (unreadable.length > 0 || lines.some(({ contract, quantity }) => quantity === undefined || contract.secType === 'BAG'))
      return undefined;
    const [next] = lines.filter(({ sign }) => sign > 0n);
    // What was once held stays known by name; a line that is gone is a holding of nothing.
    if (next !== undefined && before === undefined && !names.learn([next.contract])) return undefined;
    if (before !== undefined && lines.some(({ contract }) => !holdings.has(keyOf(complete(contract))))) return undefined;
    return lines.map(({ contract: read, quantity = 0n, sign }) => {
      const contract = complete(read);
      const key = keyOf(contract);
      const held = holdings.get(key);
      if (held !== undefined) held.quantity += sign * quantity;
      else {
        const holding = { key, contract, quantity };
        holdings.set(key, holding);
        push(holdingsOf, contract.underlying, holding);
      }
      return contract;
    });
  };
  const lists = { holdings, holdingsOf, slots, slotsById, slotsOf, slotsByKey, ordersByKey, unreadable };
  return { ...names, ...lists, hasChildren, add, remove, hold };
}

/** The part of an effect that fills when only `part` of `size` does. */
export function partOf(effect: Effect, part: bigint, size: bigint): Effect {
  if (part === size) return effect;
  const changes = effect.changes.map((change) => ({ contract: change.contract, quantity: (change.quantity * part) / size }));
  return { ...effect, changes, pays: divideUp(effect.pays * part, size) };
}
