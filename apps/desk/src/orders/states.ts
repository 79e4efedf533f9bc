// The states of a draft and which may follow which. Anything else is a fault of the program and is refused.

export const DRAFT_STATES = [
  ...(['drafted', 'previewed', 'waiting', 'refused', 'approved', 'sent', 'working', 'done', 'unknown'] as const),
] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/** `done` and `refused` are ends; only news of the broker itself may take an order out of `done`. */
export const NEXT: Readonly<Record<DraftState, readonly DraftState[]>> = {
  drafted: ['previewed', 'refused'],
  previewed: ['previewed', 'waiting', 'approved', 'refused'],
  waiting: ['waiting', 'approved', 'refused'],
  approved: ['sent', 'working', 'done', 'unknown', 'refused'],
  sent: ['working', 'done', 'unknown', 'refused'],
  working: ['done', 'unknown'],
  unknown: ['sent', 'working', 'done', 'refused'],
  done: ['working', 'unknown'],
  refused: [],
};

/** The order may be at the gateway, or on its way. */
export const MAY_LIVE: readonly DraftState[] = ['approved', 'sent', 'working', 'unknown'];
/** It may have left, and nobody knows. */
export const UNCERTAIN: readonly DraftState[] = ['approved', 'unknown'];
/** Nothing has been decided yet. */
export const OPEN: readonly DraftState[] = ['drafted', 'previewed', 'waiting'];
