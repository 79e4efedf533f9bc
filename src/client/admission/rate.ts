// The message rate: at most so many in any second, a share of it kept for cancels, orders and probes.

import type { AdmissionLimits, Lane } from './limits.js';
import { createSlidingWindow } from './sliding-window.js';

/**
 * A bucket of tokens alone would let a full bucket and a second's refill through within one second, twice the limit. So the
 * moments of the last second are counted, and a bucket besides spreads what leaves when the burst is smaller.
 */
export interface Rate {
  /** Messages in any second that are allowed at this moment. */
  limit(now: number): number;
  used(now: number): number;
  /** Milliseconds until this many messages may leave in the lane, when `ahead` others go first. */
  waitFor(lane: Lane, messages: number, now: number, ahead?: number): number;
  add(messages: number, now: number): void;
  /** Code 100: nothing leaves for a second and the rate is halved. Several for one breach count once. */
  exceeded(now: number): void;
  /** The gateway's warning: a tenth less, at most once a second. */
  approaching(now: number): void;
  /** Breaches on this connection; the third ends it. */
  readonly strikes: number;
  readonly pausedUntil: number;
  /** A new connection: what was sent on the old one no longer counts; the rate that was learned stays. */
  clear(): void;
}

const SECOND = 1000;

export function createRate(limits: AdmissionLimits): Rate {
  const span = SECOND + limits.marginMs;
  let sent = createSlidingWindow(span);
  let tokens = limits.burst;
  let tokensAt = 0;
  let reducedTo = limits.messagesPerSecond;
  let reducedAt = Number.NEGATIVE_INFINITY;
  let warnedAt = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let strikes = 0;

  const limit = (now: number): number => {
    const regained = Math.floor(Math.max(0, now - reducedAt) / limits.regainEveryMs);
    return Math.min(limits.messagesPerSecond, reducedTo + regained);
  };
  const reduce = (to: number, now: number): void => {
    reducedTo = Math.max(1, Math.floor(to));
    reducedAt = now;
  };
  const burstNow = (now: number): number => Math.min(limits.burst, limit(now));
  const tokensNow = (now: number): number =>
    Math.min(burstNow(now), tokens + (Math.max(0, now - tokensAt) * limit(now)) / SECOND);
  return {
    get strikes() {
      return strikes;
    },
    get pausedUntil() {
      return pausedUntil;
    },
    limit,
    used: (now) => sent.used(now),
    waitFor(lane, messages, now, ahead = 0) {
      const most = limit(now);
      const share = limits.shares[lane];
      // One message can always leave, however small share and rate have become.
      const byWindow = sent.waitFor(messages, Math.max(1, Math.floor(most * share)), now, ahead);
      const burst = burstNow(now);
      const kept = Math.min(burst * (1 - share), burst - 1);
      // What is larger than the bucket leaves when the bucket is full, and owes the rest.
      const lacking = Math.min(messages + kept, burst) + ahead - tokensNow(now);
      // A hair less than a token is a token: sums of parts of tokens are not exact.
      const byTokens = lacking <= 1e-6 ? 0 : (lacking * SECOND) / most;
      return Math.max(0, pausedUntil - now, byWindow, byTokens);
    },
    add(messages, now) {
      tokens = tokensNow(now) - messages;
      tokensAt = Math.max(tokensAt, now);
      sent.add(messages, now);
    },
    exceeded(now) {
      if (now < pausedUntil) return;
      strikes++;
      pausedUntil = now + span;
      reduce(limit(now) / 2, now);
    },
    approaching(now) {
      if (now < warnedAt + SECOND) return;
      warnedAt = now;
      reduce(limit(now) * 0.9, now);
    },
    clear() {
      sent = createSlidingWindow(span);
      tokens = limits.burst;
      pausedUntil = Number.NEGATIVE_INFINITY;
      strikes = 0;
    },
  };
}
