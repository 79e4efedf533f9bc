// Chains: which options may exist, and filters by expiry, moneyness and delta.
import { option } from '../contracts/derivatives.js';
import type { ContractOf, Right } from '../contracts/draft.js';
import { InputError } from '../input/input-error.js';

/** One row of the answer to reqSecDefOptParams. Strikes times expirations is more than there is: prove before use. */
export interface ChainParameters {
  readonly exchange: string;
  readonly underlyingConId: number;
  readonly tradingClass: string;
  readonly multiplier: string;
  readonly expirations: readonly string[];
  readonly strikes: readonly number[];
}

/** Anything with the terms of an option. */
export interface Dated {
  readonly lastTradeDateOrContractMonth: string;
}
export interface Struck extends Dated {
  readonly strike: number;
  readonly right: Right;
}

const DAY_MS = 24 * 3_600_000;

/** Whole days from now (epoch milliseconds, its UTC date) to an expiry `yyyyMMdd`. */
export function daysTo(expiry: string, now: number): number {
  const date = Date.UTC(Number(expiry.slice(0, 4)), Number(expiry.slice(4, 6)) - 1, Number(expiry.slice(6, 8)));
  return Math.round(date / DAY_MS - Math.floor(now / DAY_MS));
}

/** Which expiries of a chain are meant, in days from today. Unset bounds do not bind. */
export interface ExpiryWindow {
  readonly minDays?: number;
  readonly maxDays?: number;
  /** At most so many expiries, nearest first. */
  readonly nearest?: number;
}

/** The expiries of a window, in order, without those that are past. */
export function expiriesWithin(
  expirations: readonly string[],
  now: number,
  { minDays = 0, maxDays = Infinity, nearest }: ExpiryWindow = {},
): readonly string[] {
  const found = [...new Set(expirations)].sort().filter((expiry) => {
    const days = daysTo(expiry, now);
    return days >= Math.max(0, minDays) && days <= maxDays;
  });
  return nearest === undefined ? found : found.slice(0, nearest);
}

/** Options whose expiry is one of these. */
export function byExpiry<T extends Dated>(chain: readonly T[], expiries: readonly string[]): readonly T[] {
  const wanted = new Set(expiries);
  return chain.filter((one) => wanted.has(one.lastTradeDateOrContractMonth.slice(0, 8)));
}

/** Options whose strike is within these multiples of the spot: `{ from: 0.9, to: 1.1 }`. */
export function byMoneyness<T extends { readonly strike: number }>(
  chain: readonly T[],
  spot: number,
  { from = 0, to = Number.POSITIVE_INFINITY }: { readonly from?: number; readonly to?: number },
): readonly T[] {
  if (!(spot > 0)) throw new InputError('spot', `must be above 0, got ${spot}`);
  return chain.filter(({ strike }) => strike >= from * spot && strike <= to * spot);
}

/** Options whose absolute delta is in a window; those whose delta is not known are left out and counted. */
export function byDelta<T>(
  chain: readonly T[],
  deltaOf: (one: T) => number | undefined,
  { from = 0, to = 1 }: { readonly from?: number; readonly to?: number },
): { readonly options: readonly T[]; readonly unknown: number } {
  const deltas = chain.map((one) => ({ one, delta: deltaOf(one) }));
  const known = deltas.filter(({ delta }) => delta !== undefined && Number.isFinite(delta));
  const options = known.filter(({ delta = 0 }) => Math.abs(delta) >= from && Math.abs(delta) <= to).map(({ one }) => one);
  return { options, unknown: deltas.length - known.length };
}

/** The option whose absolute delta is nearest to the target; undefined when no delta is known. */
export function nearestDelta<T>(chain: readonly T[], deltaOf: (one: T) => number | undefined, target: number): T | undefined {
  let best: { readonly one: T; readonly distance: number } | undefined;
  for (const one of chain) {
    const delta = deltaOf(one);
    if (delta === undefined || !Number.isFinite(delta)) continue;
    const distance = Math.abs(Math.abs(delta) - Math.abs(target));
    if (best === undefined || distance < best.distance) best = { one, distance };
  }
  return best?.one;
}

/** The contracts a chain row may have, in the given window: candidates to be proven by contract details. */
export function candidates(
  parameters: ChainParameters,
  symbol: string,
  which: {
    readonly expiries?: readonly string[];
    readonly strikes?: readonly number[];
    readonly rights?: readonly Right[];
    readonly currency?: string;
  } = {},
): readonly ContractOf<'OPT', 'strike' | 'right' | 'lastTradeDateOrContractMonth'>[] {
  const { exchange, tradingClass, multiplier } = parameters;
  const { expiries = parameters.expirations, strikes = parameters.strikes, rights = ['C', 'P'], currency = 'USD' } = which;
  const [dates, prices] = [new Set(parameters.expirations), new Set(parameters.strikes)];
  return expiries
    .filter((expiry) => dates.has(expiry))
    .flatMap((expiry) =>
      strikes
        .filter((strike) => prices.has(strike))
        .flatMap((strike) =>
          rights.map((right) => option(symbol, expiry, strike, right, { exchange, tradingClass, multiplier, currency })),
        ),
    );
}
