// How often a token may ask, and how much the gateway has left: told in every answer, and by a 429 that says when.

import type { Timer } from '../clock.js';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';

export interface RateOptions {
  /** Requests a second of one token in the long run. */
  readonly perSecond: number;
  /** And at once. */
  readonly burst: number;
}

export const defaultRate: RateOptions = { perSecond: 100, burst: 200 };

interface Bucket {
  left: number;
  at: number;
}

export interface Taken {
  /** Values of the headers RateLimit-Policy and RateLimit. */
  readonly policy: string;
  readonly state: string;
  /** 429, when nothing is left. */
  readonly refusal: Problem | undefined;
}

export interface RateLimit {
  take(who: string): Taken;
}

const VIEW_MS = 250;

export function createRate(options: RateOptions, desk: Desk, timer: Timer): RateLimit {
  const buckets = new Map<string, Bucket>();
  const policy = `"token";q=${options.burst};w=${Math.ceil(options.burst / options.perSecond)}`;
  let gateway = { policy: '', state: '', at: 0 };
  const bucketOf = (who: string, now: number): Bucket => {
    let bucket = buckets.get(who);
    if (bucket === undefined) {
      if (buckets.size > 10_000) buckets.clear();
      bucket = { left: options.burst, at: now };
      buckets.set(who, bucket);
    }
    bucket.left = Math.min(options.burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * options.perSecond);
    bucket.at = now;
    return bucket;
  };
  /** Reading the budgets costs more than a quote: a few times a second is enough. */
  const ofGateway = (now: number): typeof gateway => {
    if (now - gateway.at < VIEW_MS) return gateway;
    const budgets = desk.connection.current?.ib.health.admission?.budgets ?? [];
    const shown = budgets.filter(({ budget }) => budget === 'rate' || budget === 'lines');
    gateway = {
      at: now,
      policy: shown.map(({ budget, limit }) => `, "gateway-${budget}";q=${limit};w=1`).join(''),
      state: shown
        .map(
          ({ budget, limit, used, freeInMs = 1000 }) =>
            `, "gateway-${budget}";r=${Math.max(0, limit - used)};t=${Math.ceil(freeInMs / 1000)}`,
        )
        .join(''),
    };
    return gateway;
  };
  const refusalOf = (left: number): Problem =>
    new Problem(429, 'rate', 'Too many requests', `the rule "token" allows ${options.perSecond} requests a second`, {
      remedy: 'Come back after the time in Retry-After; streams need no asking.',
      retryAfter: Math.max(1, Math.ceil((1 - left) / options.perSecond)),
      extra: { rule: 'token' },
    });
  return {
    take(who) {
      const now = timer.now();
      const bucket = bucketOf(who, now);
      const refusal = bucket.left < 1 ? refusalOf(bucket.left) : undefined;
      if (refusal === undefined) bucket.left -= 1;
      const { policy: more, state } = ofGateway(now);
      return { policy: policy + more, state: `"token";r=${Math.floor(bucket.left)};t=1${state}`, refusal };
    },
  };
}
