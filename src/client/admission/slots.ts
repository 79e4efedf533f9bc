// Places that are taken while something is open, counted by key: what shares a key shares a place.

export interface Slots {
  /** Places in use. */
  readonly used: number;
  /** The limit as it is known at this moment: the configured one, or a lower one that a refusal has taught. */
  limit(now: number): number;
  /** Whether a place is free for this key; a key that has one always fits. */
  fits(key: string | undefined, now: number): boolean;
  /** Takes a place; answers how to give it back: call that once. */
  take(key: string | undefined): () => void;
  /** The gateway has refused the last one: what was open without it is the limit for a while, one at least. */
  lower(now: number): void;
  /** The gateway has forgotten everything, as after a new connection. Places given back later count for nothing. */
  clear(): void;
}

/** Makes places for `most` keys at once. A lowered limit is forgotten after `forgetAfterMs`. */
export function createSlots(most: number, forgetAfterMs: number): Slots {
  let holders = new Map<string | symbol, number>();
  let learned = most;
  let learnedUntil = Number.NEGATIVE_INFINITY;
  const limit = (now: number): number => (now < learnedUntil ? learned : most);
  return {
    get used() {
      return holders.size;
    },
    limit,
    fits: (key, now) => (key !== undefined && holders.has(key)) || holders.size < limit(now),
    take(key) {
      const taken = holders;
      const place = key ?? Symbol();
      taken.set(place, (taken.get(place) ?? 0) + 1);
      return () => {
        const left = (taken.get(place) ?? 1) - 1;
        if (left === 0) taken.delete(place);
        else taken.set(place, left);
      };
    },
    lower(now) {
      learned = Math.min(limit(now), Math.max(1, holders.size - 1));
      learnedUntil = now + forgetAfterMs;
    },
    clear() {
      holders = new Map();
    },
  };
}
