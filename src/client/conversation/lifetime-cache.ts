// Values that are good for a while: by an injected clock, bounded, with one load at a time per key.

/** Defaults of the option caches in milliseconds. */
export const CHAIN_LIFETIME_MS = 5 * 60_000;
export const GREEKS_LIFETIME_MS = 60_000;

export interface LifetimeCache<V> {
  /** The value, when it is there and not too old. */
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  /** The value, or the result of a load that is shared by all who ask meanwhile. A failed load is not remembered. */
  load(key: string, loader: () => Promise<V>): Promise<V>;
  delete(key: string): void;
  /** Forgets everything; loads under way settle, but are not remembered. */
  clear(): void;
  readonly size: number;
}

/** Makes a cache. `most` values are kept (default 10,000); beyond that the oldest go. */
export function lifetimeCache<V>({
  lifetimeMs,
  now,
  most = 10_000,
}: {
  readonly lifetimeMs: number;
  readonly now: () => number;
  readonly most?: number;
}): LifetimeCache<V> {
  const kept = new Map<string, { readonly value: V; readonly until: number }>();
  const loading = new Map<string, Promise<V>>();
  const get = (key: string): V | undefined => {
    const found = kept.get(key);
    if (found === undefined) return undefined;
    if (now() < found.until) return found.value;
    kept.delete(key);
    return undefined;
  };
  const set = (key: string, value: V): void => {
    kept.delete(key);
    kept.set(key, { value, until: now() + lifetimeMs });
    const oldest = kept.keys().next();
    if (kept.size > most && oldest.done !== true) kept.delete(oldest.value);
  };
  return {
    get,
    set,
    load: (key, loader) => {
      const found = get(key);
      if (found !== undefined) return Promise.resolve(found);
      const underWay = loading.get(key);
      if (underWay !== undefined) return underWay;
      const load = Promise.resolve()
        .then(loader)
        .then((value) => {
          if (loading.get(key) === load) set(key, value);
          return value;
        })
        .finally(() => {
          if (loading.get(key) === load) loading.delete(key);
        });
      loading.set(key, load);
      return load;
    },
    delete: (key) => {
      kept.delete(key);
      loading.delete(key);
    },
    clear: () => {
      kept.clear();
      loading.clear();
    },
    get size() {
      return kept.size;
    },
  };
}
