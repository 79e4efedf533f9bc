// At most so many units in any span of time: the moments of the last ones are kept, so that no burst slips through an edge.

export interface SlidingWindow {
  /** Units that count at this moment. */
  used(now: number): number;
  /**
   * Milliseconds until `units` more fit under `limit`, when `ahead` others go first; 0 now, Infinity when they never fit.
   */
  waitFor(units: number, limit: number, now: number, ahead?: number): number;
  add(units: number, now: number): void;
}

/** Makes a window of `spanMs`. Time must not go backwards; when it does, the latest moment seen counts. */
export function createSlidingWindow(spanMs: number): SlidingWindow {
  let moments: number[] = [];
  let first = 0;
  let latest = Number.NEGATIVE_INFINITY;

  const settle = (now: number): number => {
    latest = Math.max(latest, now);
    while (first < moments.length && (moments[first] ?? 0) + spanMs <= latest) first++;
    if (first > 64 && first * 2 > moments.length) {
      moments = moments.slice(first);
      first = 0;
    }
    return latest;
  };
  return {
    used(now) {
      settle(now);
      return moments.length - first;
    },
    waitFor(units, limit, now, ahead = 0) {
      if (units > limit) return Number.POSITIVE_INFINITY;
      const at = settle(now);
      const used = moments.length - first;
      // The unit that has to leave the window before the last of ours can enter, counting those that go ahead of us.
      const leaving = used + ahead + units - limit - 1;
      if (leaving < 0) return 0;
      // Units that are not sent yet leave one span after the unit `limit` places before them has left.
      const rounds = Math.max(0, Math.ceil((leaving - Math.max(used, limit) + 1) / limit));
      const place = leaving - rounds * limit;
      const entered = place < used ? (moments[first + place] ?? at) : at;
      return entered + (rounds + 1) * spanMs - at;
    },
    add(units, now) {
      const at = settle(now);
      for (let unit = 0; unit < units; unit++) moments.push(at);
    },
  };
}

/** Windows by key: each key has its own. Keys that are used up no more are forgotten. */
export interface KeyedWindows {
  of(key: string, now: number): SlidingWindow;
  /** Keys remembered, for tests and snapshots. */
  readonly size: number;
}

export function createKeyedWindows(spanMs: number): KeyedWindows {
  const windows = new Map<string, SlidingWindow>();
  let sweepAt = 64;
  return {
    get size() {
      return windows.size;
    },
    of(key, now) {
      const known = windows.get(key);
      if (known !== undefined) return known;
      if (windows.size >= sweepAt) {
        for (const [name, window] of windows) if (window.used(now) === 0) windows.delete(name);
        sweepAt = Math.max(64, windows.size * 2);
      }
      const made = createSlidingWindow(spanMs);
      windows.set(key, made);
      return made;
    },
  };
}
