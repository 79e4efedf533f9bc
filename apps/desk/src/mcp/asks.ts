// Questions to a person that are out: each draft is asked about once, each question can be answered once, by the caller it went to, for
// the draft it was about, within its time.

import { randomBytes } from 'node:crypto';
import type { Timer } from '../clock.js';

/** How long a person has. */
export const PATIENCE_MS = 60_000;

/** What goes through the host and comes back: signed, so that it is ours; looked up here, so that it counts once. */
export interface AskState {
  readonly question: string;
  readonly draft: string;
  readonly act: 'approve';
  /** Hash of the arguments of the call. */
  readonly of: string;
}

export type Taken = { readonly is: 'good' } | { readonly is: 'late' } | { readonly is: 'foreign' };

export interface Asks {
  /** Undefined: somebody was asked about this draft already. */
  open(draft: string, who: string, of: string): AskState | undefined;
  /** Ends the question. */
  take(state: AskState, draft: string, who: string, of: string): Taken;
}

interface Open {
  readonly draft: string;
  readonly who: string;
  readonly of: string;
  readonly until: number;
}

/** Drafts live for a day at most. */
const FORGET_MS = 86_400_000;

export function createAsks(timer: Timer): Asks {
  const open = new Map<string, Open>();
  const asked = new Map<string, number>();
  const tidy = (now: number): void => {
    for (const [draft, at] of asked) if (now - at > FORGET_MS) asked.delete(draft);
    for (const [question, { until }] of open) if (now - until > FORGET_MS) open.delete(question);
  };
  return {
    open(draft, who, of) {
      const now = timer.now();
      tidy(now);
      if (asked.has(draft)) return undefined;
      asked.set(draft, now);
      const question = randomBytes(16).toString('base64url');
      open.set(question, { draft, who, of, until: now + PATIENCE_MS });
      return { question, draft, act: 'approve', of };
    },
    take({ question, act, ...told }, draft, who, of) {
      const found = open.get(question);
      open.delete(question);
      const isOurs = act === 'approve' && told.draft === draft && told.of === of;
      if (!isOurs || found?.draft !== draft || found.who !== who || found.of !== of) return { is: 'foreign' };
      return { is: found.until < timer.now() ? 'late' : 'good' };
    },
  };
}
