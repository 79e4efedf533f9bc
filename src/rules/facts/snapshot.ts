// A situation prepared for checks: read once, indexed, its worst case measured. Cached by identity.
import { accountKindOf, isCashType, isIra, type KindVerdict, mayBorrow } from '../account-kind.js';
import { amountOf, ONE, readDecimal, readPositive, smaller } from '../decimal.js';
import type { Terms } from '../engine/layout.js';
import { type Changes, changeReserves, type Ground, measureReserves, type Reserves } from '../engine/reserves.js';
import { policyOf } from '../policy.js';
import type { Policy } from '../policy-types.js';
import type { AccountFacts, AccountKind, Position, Situation, WorkingOrder } from '../types.js';
import { type Book, readBook } from './book.js';
import { Versions } from './versions.js';

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
  strict: Measured | undefined;
  relaxed: Measured | undefined;
}

interface Measured {
  readonly ground: Ground;
  readonly reserves: Reserves;
}

const measuredOn = (ground: Ground): Measured => ({ ground, reserves: measureReserves(ground) });

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
        kept.strict ??= measuredOn({ book, terms, cap: vertexCap, base });
        return kept.strict.reserves;
      }
      kept.relaxed ??= measuredOn({ book, terms: { ...terms, cashType: false }, cap: vertexCap, base });
      return kept.relaxed.reserves;
    },
  };
}

const NO_SLOTS = { gone: [], come: [] };

/** Changes book and reserves in place. False when everything has to be read anew. */
function apply(kept: Kept, change: Change): boolean {
  const { book } = kept;
  const measured = (changes: Changes): true => {
    for (const one of [kept.strict, kept.relaxed]) if (one !== undefined) changeReserves(one.ground, one.reserves, changes);
    return true;
  };
  switch (change.is) {
    case 'order': {
      const out = change.before === undefined ? NO_SLOTS : book.remove(change.before);
      const into = change.after === undefined || out === undefined ? NO_SLOTS : book.add(change.after);
      if (out === undefined || into === undefined) return false;
      const come = [...out.come, ...into.come].filter((slot) => book.slots.has(slot));
      return measured({ gone: [...out.gone, ...into.gone], come, held: [] });
    }
    case 'position': {
      const held = book.hold(change.before, change.after);
      return held !== undefined && measured({ gone: [], come: [], held });
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

interface Lists {
  readonly positions: Versions<Position>;
  readonly orders: Versions<WorkingOrder>;
}

const listsOf = new WeakMap<Situation, Lists>();

/** Every property its own, so that a copy has them all; the lists are made when they are read. */
function listing(numbers: Omit<Situation, 'positions' | 'workingOrders'>, lists: Lists): Situation {
  const situation = {
    account: numbers.account,
    severalAccounts: numbers.severalAccounts,
    cash: numbers.cash,
    settledCash: numbers.settledCash,
    get positions() {
      return lists.positions.list;
    },
    get workingOrders() {
      return lists.orders.list;
    },
    exchangeRates: numbers.exchangeRates,
    asOf: numbers.asOf,
    linkedLossSales: numbers.linkedLossSales,
    corporateActions: numbers.corporateActions,
    scope: numbers.scope,
    stopped: numbers.stopped,
    login: numbers.login,
    sent: numbers.sent,
    ...(numbers.sentWithin !== undefined && { sentWithin: numbers.sentWithin }),
    openOrders: numbers.openOrders,
    picture: numbers.picture,
  } satisfies { readonly [K in Exclude<keyof Situation, 'sentWithin'>]-?: Situation[K] };
  listsOf.set(situation, lists);
  return situation;
}

function written(situation: Situation, change: Change): Situation {
  const lists = listsOf.get(situation) ?? {
    positions: new Versions(situation.positions),
    orders: new Versions(situation.workingOrders),
  };
  switch (change.is) {
    case 'order':
      return listing(situation, { ...lists, orders: lists.orders.changed(change.before, change.after) });
    case 'position':
      return listing(situation, { ...lists, positions: lists.positions.changed(change.before, change.after) });
    case 'numbers':
      return listing(change.numbers, lists);
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
