// When the frames of one connection go out: at their time, at once, or one step after the other.
import type { Clock, Timer } from '../clock.js';

export interface Due {
  /** Milliseconds from now, as recorded. */
  readonly wait: number;
  readonly send: () => void;
  /** Frames of one request share it, so that a cancelled one can be called off. */
  readonly owner: object | undefined;
}

export class Schedule {
  private readonly clock: Clock | undefined;
  private readonly speed: number;
  private readonly isStepwise: boolean;
  private readonly queue: { when: number; due: Due }[] = [];
  private timer: Timer | undefined = undefined;

  /** Without a clock everything goes at once, or stepwise when told so. `speed`: how many recorded seconds pass in one. */
  constructor(clock: Clock | undefined, options: { readonly speed?: number; readonly isStepwise?: boolean } = {}) {
    this.clock = clock;
    this.speed = options.speed ?? 1;
    this.isStepwise = options.isStepwise ?? false;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** Frames due at the same time go in the order in which they were added. */
  add(dues: readonly Due[]): void {
    if (this.clock === undefined && !this.isStepwise) {
      for (const due of dues) due.send();
      return;
    }
    const now = this.clock?.now() ?? 0;
    for (const due of dues) {
      const when = this.clock === undefined ? 0 : now + due.wait / this.speed;
      const later = this.queue.findIndex((entry) => entry.when > when);
      this.queue.splice(later < 0 ? this.queue.length : later, 0, { when, due });
    }
    this.arm();
  }

  /** Sends the next ones without waiting for their time; returns how many there were. */
  step(count: number): number {
    const next = this.queue.splice(0, count);
    for (const { due } of next) due.send();
    this.arm();
    return next.length;
  }

  /** Calls off what still waits for that owner. */
  drop(owner: object): void {
    for (let at = this.queue.length - 1; at >= 0; at--) if (this.queue[at]?.due.owner === owner) this.queue.splice(at, 1);
    this.arm();
  }

  close(): void {
    this.timer?.cancel();
    this.queue.length = 0;
  }

  private arm(): void {
    this.timer?.cancel();
    this.timer = undefined;
    const next = this.queue[0];
    if (this.clock === undefined || this.isStepwise || next === undefined) return;
    this.timer = this.clock.at(next.when, () => this.run());
  }

  private run(): void {
    const now = this.clock?.now() ?? 0;
    while (this.queue.length > 0 && (this.queue[0]?.when ?? 0) <= now) this.queue.shift()?.due.send();
    this.arm();
  }
}
