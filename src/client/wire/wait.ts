// One wait that can be begun anew and taken back.

import type { Timer } from './timer.js';

export class Wait {
  private readonly timer: Timer;
  private stop: (() => void) | undefined;

  constructor(timer: Timer) {
    this.timer = timer;
  }

  get isOn(): boolean {
    return this.stop !== undefined;
  }

  /** Runs `act` after `ms`, unless it is ended or begun anew before. */
  begin(ms: number, act: () => void): void {
    this.end();
    this.stop = this.timer.after(ms, () => {
      this.stop = undefined;
      act();
    });
  }

  end(): void {
    this.stop?.();
    this.stop = undefined;
  }
}
