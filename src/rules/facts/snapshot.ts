// A situation prepared for checks: read once, indexed, its worst case measured. Cached by identity.
import { accountKindOf, isCashType, isIra, type KindVerdict, mayBorrow } from '../account-kind.js';
import { amountOf, ONE, readDecimal, readPositive, smaller } from '../decimal.js';
import type { Terms } from '../engine/layout.js';
import { growReserves, measureReserves, type Reserves } from '../engine/reserves.js';
import { policyOf } from '../policy.js';
import type { AccountFacts, AccountKind, Policy, Situation, WorkingOrder } from '../types.js';
import { type Book, readBook } from './book.js';

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
  /** Adds a working order to book and reserves in place. False, with nothing changed, when everything has to be read anew. */
  readonly grow: (order: WorkingOrder) => boolean;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function amounts(given: unknown): (currency: string) => bigint {
  const read = new Map<string, bigint>();
  if (isRecord(given))
    for (const [currency, value] of Object.entries(given)) read.set(currency, amountOf(readDecimal(value) ?? 0n));
  return (currency) => read.get(currency) ?? 0n;
}

function take(given: unknown, policy: Policy): Snapshot {
  const situation = (isRecord(given) ? given : {}) as unknown as Situation; // every field is read with care below
  const account: Partial<AccountFacts> = isRecord(situation.account) ? situation.account : {};
  const verdict = accountKindOf(account);
  const kind = verdict.kind;
  const base = typeof account.baseCurrency === 'string' ? account.baseCurrency : '';
  const cash = amounts(situation.cash);
  const settled = amounts(situation.settledCash);
  const bySettled = kind !== undefined && isCashType(kind) && !policy.allowUnsettled;
  const book = readBook(situation.positions, situation.workingOrders, policy);
  const factor = kind !== undefined && isIra(kind) ? (readPositive(policy.iraFuturesMultiplier) ?? 2n * ONE) : ONE;
  const terms: Terms = { cashType: kind === undefined || isCashType(kind), futuresFactor: factor };
  const vertexCap = Number.isInteger(policy.vertexCap) && policy.vertexCap >= 0 ? policy.vertexCap : DEFAULT_CAP;
  const rates = isRecord(situation.exchangeRates) ? situation.exchangeRates : {};
  let strict: Reserves | undefined;
  let relaxed: Reserves | undefined;
  return {
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
        strict ??= measureReserves(book, terms, vertexCap, base);
        return strict;
      }
      relaxed ??= measureReserves(book, { ...terms, cashType: false }, vertexCap, base);
      return relaxed;
    },
    grow: (order) => {
      const slots = book.add(order);
      if (slots === undefined) return false;
      if (strict !== undefined && !growReserves(book, slots, strict)) strict = undefined;
      if (relaxed !== undefined && !growReserves(book, slots, relaxed)) relaxed = undefined;
      return true;
    },
  };
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

/**
 * The situation with one more working order. What was prepared moves over to the new situation, so that the next check is quick;
 * the old situation stays correct, and is prepared anew if it is used again.
 */
export function withWorkingOrder(situation: Situation, order: WorkingOrder): Situation {
  const next: Situation = { ...situation, workingOrders: [...situation.workingOrders, order] };
  const prepared = taken.get(situation);
  if (prepared === undefined) return next;
  taken.delete(situation);
  for (const [policy, snapshot] of prepared) if (snapshot.grow(order)) keep(next, policy, { ...snapshot, situation: next });
  return next;
}

/** True for kinds to which the worst-case engine applies. */
export const isEngineKind = (snapshot: Snapshot): boolean => snapshot.kind !== undefined && !mayBorrow(snapshot.kind);
