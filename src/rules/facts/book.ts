// Positions and working orders of an account, read once and indexed by contract and underlying.
import { divideUp, readDecimal, readPositive, smaller } from '../decimal.js';
import type { Policy } from '../policy-types.js';
import type { Position, WorkingOrder } from '../types.js';
import type { Effect } from './change.js';
import { type Contract, isSide, readContract } from './contract.js';
import { effectsOf } from './effect.js';
import { type Names, namesOf } from './names.js';
import { alternativesOf, blockingGroup, certain, filledOf, idOf, parentOf, remainingOf } from './working-terms.js';

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

/** Those of children too, which depend on what their parent has filled. */
export interface Exchanged {
  readonly gone: readonly Slot[];
  readonly come: readonly Slot[];
}

export interface Book extends Names {
  readonly holdings: ReadonlyMap<string, Holding>;
  readonly holdingsOf: ReadonlyMap<string, readonly Holding[]>;
  readonly slots: ReadonlySet<Slot>;
  readonly slotsById: ReadonlyMap<string, readonly Slot[]>;
  readonly slotsOf: ReadonlyMap<string, readonly Slot[]>;
  readonly slotsByKey: ReadonlyMap<string, readonly Slot[]>;
  readonly slotsOfGroup: ReadonlyMap<string, readonly Slot[]>;
  readonly ordersByKey: ReadonlyMap<string, readonly WorkingOrder[]>;
  /** Orders and positions that cannot be read; nothing may be opened beside them, and nothing sold that they could matter to. */
  readonly unreadable: readonly Unreadable[];
  /** Adds one more working order in place. Undefined when the book has to be read anew, and this one is of no use any more. */
  readonly add: (order: WorkingOrder) => Exchanged | undefined;
  /** Takes one out in place, which must be the same object. Undefined as above. */
  readonly remove: (order: WorkingOrder) => Exchanged | undefined;
  /** Replaces one line of the positions in place. The contracts it is about; undefined as above. */
  readonly hold: (before: Position | undefined, after: Position | undefined) => readonly Contract[] | undefined;
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
  /** Which orders wait for one with this id, and how many bear it. */
  const children = new Map<string, WorkingOrder[]>();
  const bearers = new Map<string, number>();
  for (const order of orders) {
    const id = idOf(order.orderId);
    if (id === undefined) continue;
    filled.set(id, filledOf(order));
    bearers.set(id, (bearers.get(id) ?? 0) + 1);
  }
  const slots = new Set<Slot>();
  const slotsById = new Map<string, Slot[]>();
  const slotsOf = new Map<string, Slot[]>();
  const slotsByKey = new Map<string, Slot[]>();
  const slotsOfGroup = new Map<string, Slot[]>();
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
    if (parentId !== undefined) push(children, parentId, order);
    const parts =
      effects.length > 1 ? effects.map((effect) => ({ effect, group: undefined })) : partsOf(effects, order, size, blocking);
    return parts.map(({ effect, group }) => {
      const keys = effect.changes.map((change) => keyOf(change.contract));
      const slot: Slot = { id, order, effect, keys, parentId, filled: smaller(size, filled.get(parentId ?? '') ?? 0n), group };
      slots.add(slot);
      push(slotsById, id, slot);
      if (group !== undefined) push(slotsOfGroup, group, slot);
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
  const leave = (order: WorkingOrder, id: string): readonly Slot[] => {
    pull(ordersByKey, keyOf(complete(readContract(order.contract))), order);
    const gone = slotsById.get(id) ?? [];
    for (const slot of gone) {
      slots.delete(slot);
      if (slot.group !== undefined) pull(slotsOfGroup, slot.group, slot);
      for (const { contract } of slot.effect.changes) pull(slotsOf, complete(contract).underlying, slot);
      for (const each of slot.keys) pull(slotsByKey, each, slot);
    }
    const parentId = certain(order, parentOf);
    if (parentId !== undefined) pull(children, parentId, order);
    slotsById.delete(id);
    return gone;
  };
  /** Changes one order, and enters its children anew: what they may fill at once is what their parent has filled. */
  const exchange = (id: string, change: () => readonly Slot[] | undefined, isIn: boolean): Exchanged | undefined => {
    const waiting = (children.get(id) ?? []).map((order) => ({ order, own: idOf(order.orderId) ?? '' }));
    if (waiting.some(({ own }) => own === id || bearers.get(own) !== 1)) return undefined;
    const slots = change();
    if (slots === undefined) return undefined;
    const gone = waiting.flatMap(({ order, own }) => leave(order, own));
    const come = waiting.flatMap(({ order }) => enter(order, 0) ?? []);
    return isIn ? { gone, come: [...slots, ...come] } : { gone: [...slots, ...gone], come };
  };
  const add = (order: WorkingOrder): Exchanged | undefined => {
    const id = idOf(order.orderId);
    const contract = readContract(order.contract);
    if (id === undefined || filled.has(id)) return undefined;
    return exchange(
      id,
      () => {
        if (!names.learn(allOf(contract))) return undefined;
        filled.set(id, filledOf(order));
        bearers.set(id, 1);
        return enter(order, 0);
      },
      true,
    );
  };
  const remove = (order: WorkingOrder): Exchanged | undefined => {
    const id = idOf(order.orderId);
    const contract = readContract(order.contract);
    // Beside what cannot be read nothing is sure.
    if (id === undefined || unreadable.length > 0 || bearers.get(id) !== 1) return undefined;
    if (ordersByKey.get(keyOf(complete(contract)))?.includes(order) !== true) return undefined;
    return exchange(
      id,
      () => {
        filled.delete(id);
        bearers.delete(id);
        const gone = leave(order, id);
        return names.forget(allOf(contract)) ? gone : undefined;
      },
      false,
    );
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
  const lists = { holdings, holdingsOf, slots, slotsById, slotsOf, slotsByKey, slotsOfGroup, ordersByKey, unreadable };
  return { ...names, ...lists, add, remove, hold };
}

interface Part {
  readonly effect: Effect;
  readonly group: string | undefined;
}

/** What its group may still hold back of an order, and what of it was executed, which nothing holds back. */
function partsOf(effects: readonly Effect[], order: WorkingOrder, size: bigint, group: string | undefined): readonly Part[] {
  const executed = group === undefined ? undefined : readPositive(order.executed);
  if (executed === undefined || executed > size) return effects.map((effect) => ({ effect, group }));
  return effects.flatMap((effect) => {
    const done = { effect: partOf(effect, executed, size), group: undefined };
    return executed === size ? [done] : [{ effect: partOf(effect, size - executed, size), group }, done];
  });
}

/** The part of an effect that fills when only `part` of `size` does. */
export function partOf(effect: Effect, part: bigint, size: bigint): Effect {
  if (part === size) return effect;
  const changes = effect.changes.map((change) => ({ contract: change.contract, quantity: (change.quantity * part) / size }));
  return { ...effect, changes, pays: divideUp(effect.pays * part, size) };
}
