// What an order changes: quantities of contracts, and what is paid for them.
import type { Contract } from './contract.js';

export interface Change {
  readonly contract: Contract;
  /** Signed, scaled. */
  readonly quantity: bigint;
}

/** One thing that fills as a whole: an order, or one leg of a combination that is not guaranteed. */
export interface Effect {
  readonly changes: readonly Change[];
  /** Currency and amount paid. A negative amount is a credit that the policy allows to count. */
  readonly currency: string;
  readonly pays: bigint;
  /** False: the amount cannot be bounded and `pays` is not the whole of it. */
  readonly isBounded: boolean;
  /** Limit price of a written option, which counts as cash with `creditPremium`; 0 when not. */
  readonly premium: bigint;
}
