// What belongs to request ids, found by the number alone: a map, and in front of it two arrays that know what was looked up last.

/** Places at least: a few streams share no place. */
const FEWEST = 256;

export class ByRequest<T> {
  /** Place of what `get` has found last, as `set` was told; 0 where it was told none. */
  place = 0;
  private readonly all = new Map<number | undefined, T>();
  /** Other places than 0. */
  private readonly seats = new Map<number | undefined, number>();
  // Ids follow one another: their lowest bits say where to look. What stands at a place counts for the id beside it alone.
  private mask = 0;
  private ids = new Int32Array(0);
  private held: (T | undefined)[] = [];
  private places = new Int32Array(0);

  constructor() {
    this.makePlaces(FEWEST);
  }

  get size(): number {
    return this.all.size;
  }

  get(id: number | undefined): T | undefined {
    if (id === undefined) return this.ofNone();
    const at = id & this.mask;
    if (this.ids[at] !== id) return this.look(id, at);
    this.place = this.places[at]!;
    return this.held[at];
  }

  /** Replaces what was there. */
  set(id: number | undefined, value: T, place = 0): void {
    this.all.set(id, value);
    if (place === 0) this.seats.delete(id);
    else this.seats.set(id, place);
    if (this.all.size * 2 > this.held.length) this.makePlaces(this.held.length * 4);
    else this.forget(id);
  }

  delete(id: number | undefined): void {
    this.all.delete(id);
    this.seats.delete(id);
    this.forget(id);
  }

  has(id: number): boolean {
    return this.all.has(id);
  }

  values(): MapIterator<T> {
    return this.all.values();
  }

  private ofNone(): T | undefined {
    this.place = this.seats.get(undefined) ?? 0;
    return this.all.get(undefined);
  }

  private look(id: number, at: number): T | undefined {
    const found = this.all.get(id);
    this.place = this.seats.get(id) ?? 0;
    if ((id | 0) !== id) return found; // the array of ids would hold another number
    this.ids[at] = id;
    this.held[at] = found;
    this.places[at] = this.place;
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
    this.places = new Int32Array(count);
  }
}
