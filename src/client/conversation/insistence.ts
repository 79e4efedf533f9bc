// When a stream is asked for again: it says nothing, the gateway demands it, or another login has the data. Waits and nothing else.

import type { Timer } from '../wire/timer.js';
import { Wait } from '../wire/wait.js';

/** Between two repetitions that the gateway demands: the first at once, then doubling. */
const DEMAND_FLOOR_MS = 1000;
const DEMAND_CAP_MS = 60_000;
/** While another login has the data, or nothing comes at all: the first try, and the slowest. */
const RETRY_FLOOR_MS = 30_000;
const RETRY_CAP_MS = 600_000;
/** The first try where silence is normal. */
const QUIET_FLOOR_MS = 60_000;

/** Who has to be asked for again. */
export interface Insistent {
  /** It was to move since then, and has not. */
  silent(since: number): void;
  /** Asks once more while nothing comes; false: it is not to be had any more. */
  retry(): boolean;
}

export class Insistence {
  private readonly timer: Timer;
  private readonly whose: Insistent;
  private readonly proof: Wait;
  private readonly retrying: Wait;
  private readonly demand: Wait;
  private demandMs = 0;
  private demandedAt = 0;

  constructor(timer: Timer, whose: Insistent) {
    this.timer = timer;
    this.whose = whose;
    this.proof = new Wait(timer);
    this.retrying = new Wait(timer);
    this.demand = new Wait(timer);
  }

  /** It has to show that it moves. */
  get isProving(): boolean {
    return this.proof.isOn;
  }

  /** It has to move within so many ms. */
  mustMove(within: number): void {
    const since = this.timer.now();
    // What is asked for again and again has no need to be told of once more.
    this.proof.begin(within, () => {
      if (!this.retrying.isOn) this.whose.silent(since);
    });
  }

  /** It has moved. */
  moved(): void {
    this.proof.end();
    this.retrying.end();
  }

  /** From now on it is asked for again, ever more slowly, until it moves. */
  keepAsking(): void {
    if (!this.retrying.isOn) this.retryAfter(RETRY_FLOOR_MS);
  }

  /** The same where silence is normal. */
  keepAskingQuietly(): void {
    if (!this.retrying.isOn) this.retryAfter(QUIET_FLOOR_MS);
  }

  private retryAfter(ms: number): void {
    this.retrying.begin(ms, () => {
      if (this.whose.retry()) this.retryAfter(Math.min(RETRY_CAP_MS, ms * 2));
    });
  }

  /** The gateway wants to be asked again: at once, and ever more slowly while it goes on saying so. */
  demanded(ask: () => void): void {
    const now = this.timer.now();
    const isFirst = now - this.demandedAt > DEMAND_CAP_MS;
    this.demandMs = isFirst ? 0 : Math.min(DEMAND_CAP_MS, Math.max(DEMAND_FLOOR_MS, this.demandMs * 2));
    this.demandedAt = now;
    if (isFirst) ask();
    else this.demand.begin(this.demandMs, ask);
  }

  /** The request is another, or there is none. */
  end(): void {
    this.moved();
    this.demand.end();
  }
}
