// A list of which every change makes another one: the newest is kept in place, older ones know what has changed since.

interface Since<T extends object> {
  readonly newer: Versions<T>;
  /** What it had and the newer one has not; what the newer one has instead. */
  readonly before: T | undefined;
  readonly after: T | undefined;
}

export class Versions<T extends object> {
  /** The newest has them; of an older one undefined. */
  #items: Set<T> | undefined;
  #since: Since<T> | undefined;
  #list: readonly T[] | undefined;

  /** The same object twice is two. */
  constructor(items: readonly T[]) {
    this.#items = new Set(items);
    if (this.#items.size < items.length)
      this.#items = new Set(items.map((one, at) => (items.indexOf(one) < at ? { ...one } : one)));
  }

  /** With one put in the place of another, or added, or taken out. Costs the same whatever the length. */
  changed(before: T | undefined, after: T | undefined): Versions<T> {
    const items = this.#items ?? new Set(this.list);
    const newer = new Versions<T>([]);
    newer.#items = items;
    if (this.#items !== undefined) {
      this.#items = undefined;
      this.#since = { newer, before: before !== undefined && items.has(before) ? before : undefined, after };
    }
    if (before !== undefined) items.delete(before);
    if (after !== undefined) items.add(after);
    return newer;
  }

  /** Made when it is asked for. */
  get list(): readonly T[] {
    if (this.#list !== undefined) return this.#list;
    // By a loop, for there can be any number of newer ones.
    const undone: Since<T>[] = [];
    let newest: Versions<T> = this;
    while (newest.#items === undefined && newest.#since !== undefined) {
      undone.push(newest.#since);
      newest = newest.#since.newer;
    }
    const items = new Set(newest.#items);
    for (const { before, after } of undone.reverse()) {
      if (after !== undefined) items.delete(after);
      if (before !== undefined) items.add(before);
    }
    this.#list = [...items];
    return this.#list;
  }
}
