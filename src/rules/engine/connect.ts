// Which working orders can interact at all: linked by groups, parents or an underlying with options or futures.
import type { Book, Slot } from '../facts/book.js';

export interface Part {
  readonly slots: Slot[];
  readonly underlyings: string[];
}

/** Groups of these slots and of coupled underlyings that are connected, found by joining places. */
export function connect(book: Book, slots: readonly Slot[], coupled: ReadonlySet<string>): Part[] {
  const root = slots.map((_, at) => at);
  const find = (from: number): number => {
    let at = from;
    for (let up = root[at] ?? at; up !== at; up = root[at] ?? at) {
      root[at] = root[up] ?? up;
      at = up;
    }
    return at;
  };
  const firstOf = new Map<string, number>();
  const join = (name: string, at: number): void => {
    const first = firstOf.get(name);
    if (first === undefined) firstOf.set(name, at);
    else root[find(at)] = find(first);
  };
  const parents = new Set(slots.map((slot) => slot.parentId).filter((id) => id !== undefined));
  const placed = new Map<string, number>();
  slots.forEach((slot, at) => {
    const mates = book.slotsById.get(slot.id);
    if (parents.has(slot.id) || (mates !== undefined && mates.length > 1)) join(`i${slot.id}`, at);
    if (slot.group !== undefined) join(`g${slot.group}`, at);
    if (slot.parentId !== undefined && book.slotsById.has(slot.parentId)) join(`i${slot.parentId}`, at);
    for (const { contract } of slot.effect.changes) {
      const { underlying } = book.complete(contract);
      if (!coupled.has(underlying)) continue;
      const first = placed.get(underlying);
      if (first === undefined) placed.set(underlying, at);
      else root[find(at)] = find(first);
    }
  });
  const parts = new Map<number, Part>();
  slots.forEach((slot, at) => {
    const key = find(at);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, { slots: [slot], underlyings: [] });
    else part.slots.push(slot);
  });
  const alone: Part[] = [];
  for (const name of coupled) {
    const at = placed.get(name);
    const part = at === undefined ? undefined : parts.get(find(at));
    if (part === undefined) alone.push({ slots: [], underlyings: [name] });
    else part.underlyings.push(name);
  }
  return [...parts.values(), ...alone];
}
