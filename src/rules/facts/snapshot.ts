// A situation prepared for checks: read once, indexed, its worst case measured. Cached by identity.
import { accountKindOf, isCashType, isIra, type KindVerdict, mayBorrow } from '../account-kind.js';
import { amountOf, ONE, readDecimal, readPositive, smaller } from '../decimal.js';
import type { Terms } from '../engine/layout.js';
import { changeReserves, couples, measureReserves, type Reserves } from '../engine/reserves.js';
import { policyOf } from '../policy.js';
import type { Policy } from '../policy-types.js';
import type { AccountFacts, AccountKind, Position, Situation, WorkingOrder } from '../types.js';
import { type Book, readBook, type Slot } from './book.js';

const DEFAULT_CAP = 12;

export interface Snapshot {
  readonly situation: Situation;
  readonly policy: Policy;
  readonly account: Partial<AccountFacts>;
  readonly verdict: KindVerdict;
  readonly kind: AccountKind | undefined;
  readonly base: string;
  readonly book: Book;
  readonly terms: Terms;
  readonly vertexCap: number;
  readonly cash: (currency: string) => bigint;
  /** Cash that may be spent by this kind of account. */
  readonly available: (currency: string) => bigint;
  /** Base currency for one unit, scaled; undefined when not known. */
  readonly rate: (currency: string) => bigint | undefined;
  /** Worst case of positions and working orders, measured on first use. `relaxed`: American-style options pair as well. */
  readonly reserves: (relaxed?: boolean) => Reserves;
  /** Book and reserves, which change in place while the situation is kept up to date. */
  readonly kept: Kept;
}

interface Kept {
  readonly book: Book;
  strict: Reserves | undefined;
  relaxed: Reserves | undefined;
}

/** One change of an account. `numbers`: everything but positions and working orders. */
export type Change =
  | { readonly is: 'order'; readonly before: WorkingOrder | undefined; readonly after: WorkingOrder | undefined }
  | { readonly is: 'position'; readonly before: Position | undefined; readonly after: Position | undefined }
  | { readonly is: 'numbers'; readonly numbers: Omit<Situation, 'positions' | 'workingOrders'> };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function amounts(given: unknown): (currency: string) => bigint {
  const read = new Map<string, bigint>();
  if (isRecord(given))
    for (const [currency, value] of Object.entries(given)) read.set(currency, amountOf(readDecimal(value) ?? 0n));
  return (currency) => read.get(currency) ?? 0n;
}

function take(given: unknown, policy: Policy, known?: Kept): Snapshot {
  const situation = (isRecord(given) ? given : {}) as unknown as Situation; // every field is read with care below
  const account: Partial<AccountFacts> = isRecord(situation.account) ? situation.account : {};
  const verdict = accountKindOf(account);
  const kind = verdict.kind;
  const base = typeof account.baseCurrency === 'string' ? account.baseCurrency : '';
  const cash = amounts(situation.cash);
  const settled = amounts(situation.settledCash);
  const bySettled = kind !== undefined && isCashType(kind) && !policy.allowUnsettled;
  const book = known?.book ?? readBook(situation.positions, situation.workingOrders, policy, base);
  const kept: Kept = known ?? { book, strict: undefined, relaxed: undefined };
  const factor = kind !== undefined && isIra(kind) ? (readPositive(policy.iraFuturesMultiplier) ?? 2n * ONE) : ONE;
  const terms: Terms = { cashType: kind === undefined || isCashType(kind), futuresFactor: factor };
  const vertexCap = Number.isInteger(policy.vertexCap) && policy.vertexCap >= 0 ? policy.vertexCap : DEFAULT_CAP;
  const rates = isRecord(situation.exchangeRates) ? situation.exchangeRates : {};
  return {
    kept,
    situation,
    policy,
    account,
    verdict,
    kind,
    base,
    book,
    terms,
    vertexCap,
    cash,
    available: bySettled ? (currency) => smaller(cash(currency), settled(currency)) : cash,
    rate: (currency) => (currency === base ? ONE : readPositive(rates[currency])),
    reserves: (isRelaxed = false) => {
      if (!isRelaxed || !terms.cashType) {
        kept.strict ??= measureReserves(book, terms, vertexCap, base);
        return kept.strict;
      }
      kept.relaxed ??= measureReserves(book, { ...terms, cashType: false }, vertexCap, base);
      return kept.relaxed;
    },
  };
}

/** Changes book and reserves in place. False when everything has to be read anew. */
function apply(kept: Kept, change: Change): boolean {
  const { book } = kept;
  const measured = (slots: readonly Slot[], sign: 1n | -1n): void => {
    if (kept.strict !== undefined && !changeReserves(book, slots, kept.strict, sign)) kept.strict = undefined;
    if (kept.relaxed !== undefined && !changeReserves(book, slots, kept.relaxed, sign)) kept.relaxed = undefined;
  };
  switch (change.is) {
    case 'order': {
      const gone = change.before === undefined ? [] : book.remove(change.before);
      if (gone === undefined) return false;
      measured(gone, -1n);
      const come = change.after === undefined ? [] : book.add(change.after);
      if (come === undefined) return false;
      measured(come, 1n);
      return true;
    }
    case 'position': {
      const held = book.hold(change.before, change.after);
      if (held === undefined) return false;
      const isFree = (reserves: Reserves | undefined): boolean =>
        held.every((contract) => !couples(contract) && reserves?.componentOfUnderlying.has(contract.underlying) !== true);
      if (!isFree(kept.strict)) kept.strict = undefined;
      if (!isFree(kept.relaxed)) kept.relaxed = undefined;
      return true;
    }
    case 'numbers':
      return true;
    default:
      return change satisfies never;
  }
}

const taken = new WeakMap<object, Map<Policy, Snapshot>>();

function keep(situation: object, policy: Policy, snapshot: Snapshot): void {
  const byPolicy = taken.get(situation);
  if (byPolicy === undefined) taken.set(situation, new Map([[policy, snapshot]]));
  else byPolicy.set(policy, snapshot);
}

/**
 * Prepares a situation under a policy. The result is kept as long as the situation object lives, so checks of many orders
 * against one situation pay once. A situation must not be changed after it has been used; make a new one instead.
 */
export function snapshotOf(situation: Situation, policy?: Partial<Policy>): Snapshot {
  const whole = policyOf(policy);
  if (!isRecord(situation)) return take(situation, whole);
  const known = taken.get(situation)?.get(whole);
  if (known !== undefined) return known;
  const snapshot = take(situation, whole);
  keep(situation, whole, snapshot);
  return snapshot;
}

const replaced = <T>(list: readonly T[], before: T | undefined, after: T | undefined): readonly T[] => {
  const at = before === undefined ? -1 : list.indexOf(before);
  if (at < 0) return after === undefined ? list : [...list, after];
  const next = [...list];
  next.splice(at, 1, ...(after === undefined ? [] : [after]));
  return next;
};

function written(situation: Situation, change: Change): Situation {
  switch (change.is) {
    case 'order':
      return { ...situation, workingOrders: replaced(situation.workingOrders, change.before, change.after) };
    case 'position':
      return { ...situation, positions: replaced(situation.positions, change.before, change.after) };
    case 'numbers':
      return { ...change.numbers, positions: situation.positions, workingOrders: situation.workingOrders };
    default:
      return change satisfies never;
  }
}

/**
 * The situation after one change. What was prepared moves over to the new situation and is changed in place, so that the next
 * check is quick; the old situation stays correct, and is prepared anew if it is used again. `before` is the object it contains.
 */
export function changedSituation(situation: Situation, change: Change): Situation {
  const next = written(situation, change);
  const prepared = taken.get(situation);
  if (prepared === undefined) return next;
  taken.delete(situation);
  for (const [policy, snapshot] of prepared) {
    if (!apply(snapshot.kept, change)) continue;
    if (change.is !== 'numbers') keep(next, policy, { ...snapshot, situation: next });
    else {
      const anew = take(next, policy, snapshot.kept);
      // Another kind or currency measures otherwise.
      if (anew.kind === snapshot.kind && anew.base === snapshot.base) keep(next, policy, anew);
    }
  }
  return next;
}

/** The situation with one more working order. */
export const withWorkingOrder = (situation: Situation, order: WorkingOrder): Situation =>
  changedSituation(situation, { is: 'order', before: undefined, after: order });

/** True for kinds to which the worst-case engine applies. */
export const isEngineKind = (snapshot: Snapshot): boolean => snapshot.kind !== undefined && !mayBorrow(snapshot.kind);
