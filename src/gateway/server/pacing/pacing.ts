// Counts what a login asks for and says which request goes too far.
import type { PacingLimits } from './limits.js';

/** Instruments that hold a budget, counted by how many streams use each. */
export class Lines {
  readonly #held = new Map<number, number>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes the instrument's line; false when the budget is spent. The same instrument again costs nothing. */
  take(conId: number): boolean {
    const held = this.#held.get(conId);
    if (held === undefined && this.#held.size >= this.#limit) return false;
    this.#held.set(conId, (held ?? 0) + 1);
    return true;
  }

  release(conId: number): void {
    const held = this.#held.get(conId) ?? 0;
    if (held <= 1) this.#held.delete(conId);
    else this.#held.set(conId, held - 1);
  }

  get size(): number {
    return this.#held.size;
  }
}

/** Events of the last `span` ms; old ones are forgotten as new ones come. */
class Recent {
  readonly #times: number[] = [];
  #from = 0;

  add(time: number): void {
    this.#times.push(time);
  }

  within(span: number, now: number): number {
    const times = this.#times;
    while (this.#from < times.length && (times[this.#from] as number) <= now - span) this.#from += 1;
    if (this.#from > 256) {
      times.splice(0, this.#from);
      this.#from = 0;
    }
    return times.length - this.#from;
  }
}

/** The message rate of one connection. */
export class MessageRate {
  readonly #recent = new Recent();
  readonly #limits: PacingLimits;
  #saidAt = Number.NEGATIVE_INFINITY;
  strikes = 0;

  constructor(limits: PacingLimits) {
    this.#limits = limits;
  }

  /** `over`: this message breaks the rate (said once a second), `out`: that was one time too many. */
  take(now: number): 'fine' | 'silent' | 'over' | 'out' {
    const { messagesPerSecond, strikes } = this.#limits;
    if (this.#recent.within(1000, now) < messagesPerSecond) {
      if (messagesPerSecond !== Number.POSITIVE_INFINITY) this.#recent.add(now);
      return 'fine';
    }
    if (now < this.#saidAt + 1000) return 'silent';
    this.#saidAt = now;
    this.strikes += 1;
    return this.strikes >= strikes ? 'out' : 'over';
  }
}

/** The rules for small bars, real-time bars and head timestamps, of the whole login. */
export class HistoryPacing {
  readonly #limits: PacingLimits;
  readonly #all = new Recent();
  readonly #bySeries = new Map<string, Recent>();
  readonly #last = new Map<string, number>();
  open = 0;

  constructor(limits: PacingLimits) {
    this.#limits = limits;
  }

  /** True when the request breaks a rule; one that does is not counted. `weight` is 2 for bid and ask bars. */
  breaks(identity: string, series: string, weight: number, now: number): boolean {
    const { sameWithin, burst, burstWithin, inWindow, window } = this.#limits;
    if (inWindow === Number.POSITIVE_INFINITY) return false;
    if (now - (this.#last.get(identity) ?? Number.NEGATIVE_INFINITY) < sameWithin) return true;
    const recent = this.#bySeries.get(series) ?? new Recent();
    if (recent.within(burstWithin, now) + weight > burst - 1) return true;
    if (this.#all.within(window, now) + weight > inWindow) return true;
    if (this.#last.size > 4096) this.#forget(now);
    this.#last.set(identity, now);
    this.#bySeries.set(series, recent);
    for (let i = 0; i < weight; i++) {
      recent.add(now);
      this.#all.add(now);
    }
    return false;
  }

  #forget(now: number): void {
    for (const [identity, at] of this.#last) if (now - at >= this.#limits.sameWithin) this.#last.delete(identity);
    for (const [series, recent] of this.#bySeries)
      if (recent.within(this.#limits.burstWithin, now) === 0) this.#bySeries.delete(series);
  }
}
