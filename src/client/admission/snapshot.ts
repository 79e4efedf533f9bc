// What admission looks like at a moment: how much of each budget is used, what rests, who waits and since when.

import type { Admission } from './admission.js';
import type { Budget } from './budgets.js';
import type { Lane } from './limits.js';
import type { AdmissionQueue } from './queue.js';

/**
 * One budget: how much of it is used, how much there is, and in how many milliseconds something is free again (undefined: when
 * something is given back).
 */
export interface BudgetView {
  readonly budget: Budget;
  readonly used: number;
  /** As it is known now: a refusal may have lowered it. */
  readonly limit: number;
  /** Milliseconds until a request for one more may go; undefined when a place has to become free first. */
  readonly freeInMs: number | undefined;
}

/** What is spent of the gateway's budgets now, and who waits for them. A picture: it does not change afterwards. */
export interface AdmissionView {
  readonly budgets: readonly BudgetView[];
  /** Breaches of the message rate on this connection; the third ends it. */
  readonly strikes: number;
  readonly waiting: readonly { readonly lane: Lane; readonly count: number; readonly longestMs: number }[];
}

/** A view of admission and its queue. Window budgets that count by key (one contract, one request) are left out. */
export function viewAdmission(admission: Admission, queue: AdmissionQueue, now: number): AdmissionView {
  const { rate, slots, windows } = admission;
  const view = (budget: Budget, used: number, waitMs: number): BudgetView => {
    const limit = admission.limitNow(budget, now);
    const rests = Math.max(0, admission.restsUntil(budget) - now);
    return { budget, used, limit, freeInMs: Number.isFinite(waitMs) ? Math.max(waitMs, rests) : undefined };
  };
  const small = windows.get('smallBars')?.of('', now);
  return {
    budgets: [
      view('rate', rate.used(now), rate.waitFor('request', 1, now)),
      view('smallBars', small?.used(now) ?? 0, small?.waitFor(1, admission.limitNow('smallBars', now), now) ?? 0),
      ...[...slots].map(([budget, places]) =>
        view(budget, places.used, places.fits(undefined, now) ? 0 : Number.POSITIVE_INFINITY),
      ),
    ],
    strikes: rate.strikes,
    waiting: queue.waiting(),
  };
}
