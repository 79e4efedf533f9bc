// Cash that short options of one class encumber, and short calls without cover (rule book, section 6).
import { CUBE_TO_AMOUNT, larger, ONE, smaller } from '../decimal.js';

/** One series of a class. `at` is its place in the vector of quantities. */
export interface Series {
  readonly at: number;
  readonly isCall: boolean;
  readonly strike: bigint;
  readonly expiry: number;
  /** Series of one expiry pair only where they settle alike. */
  readonly settles: string;
  /** Long options of a cash-type account cover nothing unless European. */
  readonly pairs: boolean;
}

/** Options of one underlying, currency, multiplier and deliverable. Series are sorted by expiry, latest first, then by how they settle and by strike. */
export interface OptionClass {
  readonly currency: string;
  readonly underlying: string;
  readonly multiplier: bigint;
  readonly standard: boolean;
  readonly series: readonly Series[];
  /** The same series by strike, lowest first. */
  readonly byStrike: readonly Series[];
}

export interface ClassRequirement {
  /** Amount of money set aside. */
  readonly amount: bigint;
  /** Short calls without cover, scaled. */
  readonly uncovered: bigint;
  /** Shares given away as cover, scaled. */
  readonly shares: bigint;
}

interface Lot {
  readonly strike: bigint;
  quantity: bigint;
}

const NOTHING: ClassRequirement = { amount: 0n, uncovered: 0n, shares: 0n };

/** Takes up to `wanted` from the pool in its order and adds what was taken to the legs. Returns what is still wanted. */
function borrow(pool: readonly Lot[], wanted: bigint, legs: Lot[]): bigint {
  let left = wanted;
  for (const lot of pool) {
    if (left <= 0n) break;
    if (lot.quantity === 0n) continue;
    const taken = smaller(lot.quantity, left);
    lot.quantity -= taken;
    left -= taken;
    legs.push({ strike: lot.strike, quantity: taken });
  }
  return left;
}

/** Keeps the first `wanted` of `longs` as legs and moves the rest into the pool. Returns how many are still wanted. */
function keep(longs: readonly Lot[], wanted: bigint, legs: Lot[], pool: Lot[]): bigint {
  let left = wanted;
  for (const lot of longs) {
    const kept = smaller(lot.quantity, left);
    if (kept > 0n) legs.push({ strike: lot.strike, quantity: kept });
    if (lot.quantity > kept) pool.push({ strike: lot.strike, quantity: lot.quantity - kept });
    left -= kept;
  }
  return left;
}

const rising = (a: Lot, b: Lot): number => (a.strike < b.strike ? -1 : a.strike > b.strike ? 1 : 0);
const falling = (a: Lot, b: Lot): number => rising(b, a);

function lossAt(price: bigint, calls: readonly Lot[], puts: readonly Lot[]): bigint {
  let loss = 0n;
  for (const leg of calls) if (price > leg.strike) loss -= leg.quantity * (price - leg.strike);
  for (const leg of puts) if (price < leg.strike) loss -= leg.quantity * (leg.strike - price);
  return loss;
}

/** Largest loss of signed legs over price 0 and every strike, not below zero, at the scale of quantity × strike. */
export function largestLoss(calls: readonly Lot[], puts: readonly Lot[]): bigint {
  let worst = larger(0n, lossAt(0n, calls, puts));
  for (const leg of calls) worst = larger(worst, lossAt(leg.strike, calls, puts));
  for (const leg of puts) worst = larger(worst, lossAt(leg.strike, calls, puts));
  return worst;
}

/**
 * Requirement of a class.
 * @param quantities signed quantities, read at each series' place
 * @param shares shares that may serve as cover, scaled
 * @param cashType true where only European-style options pair with each other
 */
export function optionRequirement(
  cls: OptionClass,
  quantities: readonly bigint[],
  shares: bigint,
  cashType: boolean,
): ClassRequirement {
  const { series, byStrike, multiplier } = cls;
  let anyShort = false;
  for (const one of series) if ((quantities[one.at] ?? 0n) < 0n) anyShort = true;
  if (!anyShort) return NOTHING;

  const open = new Map<Series, bigint>();
  let cover = cls.standard && shares > 0n ? (shares / multiplier) * ONE : 0n;
  const units = cover;
  for (const one of byStrike) {
    const quantity = quantities[one.at] ?? 0n;
    if (quantity === 0n) continue;
    const covered = one.isCall && quantity < 0n ? smaller(cover, -quantity) : 0n;
    cover -= covered;
    if (quantity + covered !== 0n) open.set(one, quantity + covered);
  }

  let uncovered = 0n;
  let loss = 0n;
  const callPool: Lot[] = [];
  const putPool: Lot[] = [];
  /** Long ones of the day at hand, which cover nothing of that day that settles otherwise. */
  const freshCalls: Lot[] = [];
  const freshPuts: Lot[] = [];
  let from = 0;
  while (from < series.length) {
    const expiry = series[from]?.expiry;
    const settles = series[from]?.settles;
    if (expiry !== series[from - 1]?.expiry) {
      callPool.push(...freshCalls.splice(0));
      putPool.push(...freshPuts.splice(0));
    }
    const calls: Lot[] = [];
    const puts: Lot[] = [];
    const longCalls: Lot[] = [];
    const longPuts: Lot[] = [];
    let shortCalls = 0n;
    let shortPuts = 0n;
    for (; from < series.length && series[from]?.expiry === expiry && series[from]?.settles === settles; from++) {
      const one = series[from];
      const quantity = one === undefined ? undefined : open.get(one);
      if (one === undefined || quantity === undefined) continue;
      if (cashType && !one.pairs) {
        if (quantity < 0n && one.isCall) uncovered -= quantity;
        else if (quantity < 0n) loss -= quantity * one.strike;
      } else if (quantity > 0n) (one.isCall ? longCalls : longPuts).push({ strike: one.strike, quantity });
      else if (one.isCall) {
        calls.push({ strike: one.strike, quantity });
        shortCalls -= quantity;
      } else {
        puts.push({ strike: one.strike, quantity });
        shortPuts -= quantity;
      }
    }
    callPool.sort(rising);
    putPool.sort(falling);
    const callsLeft = borrow(callPool, keep(longCalls.sort(rising), shortCalls, calls, freshCalls), calls);
    borrow(putPool, keep(longPuts.sort(falling), shortPuts, puts, freshPuts), puts);
    uncovered += callsLeft;
    if (shortCalls > 0n || shortPuts > 0n) loss += largestLoss(calls, puts);
  }
  return { amount: loss * multiplier * CUBE_TO_AMOUNT, uncovered, shares: ((units - cover) * multiplier) / ONE };
}
