// What runs for a client until it is cancelled or the client is gone: by what it is, and by the request that asked for it.

/** Undefined stands for the request of what has no number. */
export type Asked = number | undefined;

export type Running =
  | 'quotes'
  | 'depth'
  | 'tickByTick'
  | 'fiveSecondBars'
  | 'bars'
  | 'headTimestamp'
  | 'scan'
  | 'summary'
  | 'positions'
  | 'accountUpdates'
  | 'pnl'
  | 'displayGroup'
  | 'bulletins'
  | 'calendar'
  /** Requests that are over the rate wait. */
  | 'pacing'
  /** Reading rests. */
  | 'sip'
  /** The end of a refused client waits. */
  | 'lingering';

export class Held {
  readonly #held = new Map<Running, Map<Asked, () => void>>();

  /** Keeps something running; what ran as the same before is stopped. */
  hold(what: Running, asked: Asked, stop: () => void): void {
    this.release(what, asked);
    const all = this.#held.get(what) ?? new Map<Asked, () => void>();
    this.#held.set(what, all.set(asked, stop));
  }

  isHeld(what: Running, asked?: Asked): boolean {
    return this.#held.get(what)?.has(asked) === true;
  }

  /** The requests for which it runs. */
  requests(what: Running): readonly Asked[] {
    return [...(this.#held.get(what)?.keys() ?? [])];
  }

  count(what: Running): number {
    return this.#held.get(what)?.size ?? 0;
  }

  /** Stops it; false when it does not run. */
  release(what: Running, asked?: Asked): boolean {
    const all = this.#held.get(what);
    const stop = all?.get(asked);
    if (stop === undefined) return false;
    all?.delete(asked);
    stop();
    return true;
  }

  /** Stops whatever runs as one of these; everything, where nothing is named. */
  releaseAll(what: readonly Running[] = [...this.#held.keys()]): void {
    for (const one of what) for (const asked of this.requests(one)) this.release(one, asked);
  }
}
