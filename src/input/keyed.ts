// Values by key that can be written down: JSON makes `{}` of any other Map.

/** Values by key, to be read as a Map; in JSON an object. */
export interface Keyed<K extends string | number, V> extends ReadonlyMap<K, V> {
  /** Values by their keys, as JSON has them. */
  toJSON(): Readonly<Record<K, V>>;
}

/** The Map that is written as `Keyed`. */
export class KeyedMap<K extends string | number, V> extends Map<K, V> implements Keyed<K, V> {
  toJSON(): Record<K, V> {
    return Object.fromEntries(this) as Record<K, V>;
  }
}
