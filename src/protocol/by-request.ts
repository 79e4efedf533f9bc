// What belongs to request ids, found by the number alone: a map, and in front of it two arrays that know what was looked up last.

/** Places at least: a few streams share no place. */
const FEWEST = 256;

export class ByRequest<T> {
  private readonly all = new Map<number | undefined, T>();
  // Ids follow one another: their lowest bits say where to look. What stands at a place counts for the id beside it alone.
  private mask = 0;
  private ids = new Int32Array(0);
  private held: (T | undefined)[] = [];

  constructor() {
    this.makePlaces(FEWEST);
  }

  get size(): number {
    return this.all.size;
  }

  get(id: number | undefined): T | undefined {
    if (id === undefined) return this.all.get(undefined);
    const at = id & this.mask;
    return this.ids[at] === id ? this.held[at] : this.look(id, at);
  }

  /** Replaces what was there. */
  set(id: number | undefined, value: T): void {
    this.all.set(id, value);
    if (this.all.size * 2 > this.held.length) this.makePlaces(this.held.length * 4);
    else this.forget(id);
  }

  delete(id: number | undefined): void {
    this.all.delete(id);
    this.forget(id);
  }

  has(id: number): boolean {
    return this.all.has(id);
  }

  values(): MapIterator<T> {
    return this.all.values();
  }

  private look(id: number, at: number): T | undefined {
    const found = this.all.get(id);
    if ((id | 0) !== id) return found; // the array of ids would hold another number
    this.ids[at] = id;
    this.held[at] = found;
    return found;
  }

  private forget(id: number | undefined): void {
    const at = (id ?? 0) & this.mask;
    this.ids[at] = ~at; // an id of another place
    this.held[at] = undefined;
  }

  private makePlaces(count: number): void {
    this.mask = count - 1;
    this.ids = new Int32Array(count);
    this.ids[0] = ~0; // 0 is an id of this place, and of no other
    this.held = new Array<T | undefined>(count).fill(undefined);
  }
}
