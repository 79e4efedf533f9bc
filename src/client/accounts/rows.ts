// Rows that a stream sends once and again when they change: what is gone after a loss is found at the next end marker.
import { type Keyed, KeyedMap } from '../../input/keyed.js';

/** Rows by key. After `doubt`, rows that the next full picture does not repeat are gone. */
export interface Rows<T> {
  readonly view: Keyed<string, T>;
  set(key: string, row: T): void;
  delete(key: string): void;
  /** The stream begins anew: every row has to come again. */
  doubt(): void;
  /** The picture is complete: hands out the rows that did not come again, and forgets them. */
  settle(): readonly T[];
}

export function createRows<T>(): Rows<T> {
  const rows = new KeyedMap<string, T>();
  let doubted: Set<string> | undefined;
  return {
    view: rows,
    set(key, row) {
      doubted?.delete(key);
      rows.set(key, row);
    },
    delete(key) {
      rows.delete(key);
    },
    doubt() {
      doubted = new Set(rows.keys());
    },
    settle() {
      const gone: T[] = [];
      for (const key of doubted ?? []) {
        const row = rows.get(key);
        if (row !== undefined) gone.push(row);
        rows.delete(key);
      }
      doubted = undefined;
      return gone;
    },
  };
}
