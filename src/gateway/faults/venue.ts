// Cancels and changes that the venue does not take.
import type { VenueAnswer } from '../matching/engine-state.js';

export type VenueAct = 'cancel' | 'modify';

interface Refusal {
  readonly how: 'silent' | 'said';
  left: number;
}

export class Venue {
  readonly #refusals = new Map<VenueAct, Refusal>();

  refuse(act: VenueAct, how: 'silent' | 'said', count: number): void {
    this.#refusals.set(act, { how, left: count });
  }

  /** What becomes of a cancel or a change that has come to it. */
  answer(act: VenueAct): VenueAnswer {
    const refusal = this.#refusals.get(act);
    if (refusal === undefined) return 'taken';
    refusal.left -= 1;
    if (refusal.left <= 0) this.#refusals.delete(act);
    return refusal.how;
  }
}
