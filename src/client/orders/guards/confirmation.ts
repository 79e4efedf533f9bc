// Two-step confirmation: an order is described first, and leaves only with the token that was given for exactly that order.
import { fingerprint } from './canonical.js';
import { reject } from './finding.js';
import type { Attempt, Guard } from './guard.js';

export interface ConfirmationOptions {
  readonly now: () => number;
  /** Text nobody can guess, new at each call. */
  readonly random: () => string;
  /** How long a token is good, milliseconds. Default 60 seconds. */
  readonly lifetimeMs?: number;
  /** Which orders need one. Default: all. */
  readonly needed?: (attempt: Attempt) => boolean;
}

export interface Confirmations {
  /** A token for this order and no other; `act` and `orderId` name a change, `group` all members of a group (first of them: the order). */
  request(attempt: Attempt): { readonly token: string; readonly expiresAt: number };
  /** Refuses what needs a token and has none, a wrong, late or used one. Looking does not use it up. */
  readonly guard: Guard;
  /** Uses the token up; false when it was not good. Call it when the order is about to leave, after every check. */
  redeem(attempt: Attempt): boolean;
}

const MOST_OPEN = 1_000;

/** Makes a desk that hands out tokens. At most 1,000 are open; the oldest lapses first. */
export function confirmations({ now, random, lifetimeMs = 60_000, needed = () => true }: ConfirmationOptions): Confirmations {
  const open = new Map<string, { readonly of: string; readonly expiresAt: number }>();
  const state = (attempt: Attempt): 'good' | 'required' | 'unknown' | 'late' | 'other' => {
    if (attempt.token === undefined || attempt.token === '') return 'required';
    const found = open.get(attempt.token);
    if (found === undefined) return 'unknown';
    if (!(now() < found.expiresAt)) return 'late';
    return found.of === fingerprint(attempt) ? 'good' : 'other';
  };
  return {
    request: (attempt) => {
      const at = now();
      for (const [token, { expiresAt }] of open) if (expiresAt <= at) open.delete(token);
      const oldest = open.keys().next();
      if (open.size >= MOST_OPEN && oldest.done !== true) open.delete(oldest.value);
      const token = random();
      if (token === '' || open.has(token)) throw new RangeError('the source of tokens repeats itself');
      const expiresAt = at + lifetimeMs;
      open.set(token, { of: fingerprint(attempt), expiresAt });
      return { token, expiresAt };
    },
    guard: (attempt) => {
      if (!needed(attempt)) return [];
      const found = state(attempt);
      return found === 'good'
        ? []
        : [
            reject(
              `CONFIRMATION-${found.toUpperCase()}`,
              MESSAGES[found],
              'request a token for this order and send it within its time',
            ),
          ];
    },
    redeem: (attempt) => {
      if (!needed(attempt)) return true;
      const good = state(attempt) === 'good';
      if (good && attempt.token !== undefined) open.delete(attempt.token);
      return good;
    },
  };
}

const MESSAGES = {
  required: 'the order needs a confirmation and has none',
  unknown: 'the confirmation is not known, or was used',
  late: 'the confirmation is too old',
  other: 'the confirmation was given for another order',
} as const;
