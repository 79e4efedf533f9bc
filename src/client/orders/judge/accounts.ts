// The accounts of the login: which are under rules, their pictures, and the judgement of every order that trades in them.

import { accountKindOf } from '../../../rules/account-kind.js';
import { check } from '../../../rules/check.js';
import type { Finding } from '../../../rules/finding.js';
import { say } from '../../../rules/guards/guard.js';
import type { Policy } from '../../../rules/policy-types.js';
import type { OrderFacts, Situation } from '../../../rules/types.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import type { Call } from '../../core.js';
import { TimeoutError } from '../../wire/errors.js';
import type { OrderBook } from '../book.js';
import type { OrderCore } from '../order-core.js';
import { groupOf } from '../record/order-record.js';
import type { Reconciler } from '../recover/reconcile.js';
import { type AccountWatch, watchAccount } from './account-watch.js';
import type { ExtraFacts } from './contract-facts.js';
import type { MarketSources } from './facts.js';
import { createGroups, forMember } from './groups.js';
import { createKinds } from './kinds.js';
import { createOthers } from './others.js';
import { type AccountJudge, judged, together, type Verdict } from './verdict.js';

/** Which accounts are under rules, of which kind they are, and how strictly they are judged. */
export interface AccountRulesOptions {
  /** Kinds by account (`ira-cash`, `ira-margin`, `cash`, `reg-t`, `portfolio-margin`): configuration alone knows the financing. */
  readonly kinds?: Readonly<Record<string, string>> | ((account: string) => string | undefined);
  /** Which accounts are watched and judged: the restricted ones (default) or all. */
  readonly watch?: 'restricted' | 'all';
  readonly policy?: Partial<Policy>;
  /** How old the picture of other clients' orders may be when an order leaves, seconds; default 1. */
  readonly maxOrdersAgeSeconds?: number;
  /** What the gateway does not tell of a contract: exercise style of options, margin of futures, partnerships. */
  readonly facts?: ExtraFacts;
  /**
   * What only the program knows of an account; answered at once, a promise is refused. It takes the place of what is told, except
   * `sent` and `openOrders`, which are counted besides those of this session.
   */
  readonly more?: (account: string) => Partial<Situation>;
}

export interface AccountRules {
  readonly judge: AccountJudge;
  /** Asks for the kinds of all accounts and waits for the first whole picture of those that are watched. */
  prepare(call?: Call): Promise<void>;
  /** The input of the rules for an account; undefined while it is not watched. */
  situationOf(account: string): Situation | undefined;
}

/** What the order path adds to the default policy: a purchase leaves room for its commission. */
const orderPathPolicy: Partial<Policy> = { feeReserve: '2' };

/** After so long it is looked again whether all has been told. */
const AGAIN_MS = 100;
const WAIT = 'wait for prepare() to finish, or let the order wait: it leaves when this is told';

interface AccountRulesSources {
  /** Nobody configured anything: the gateway's own numbers may prove that a taxable account borrows. */
  readonly isDefault: boolean;
  readonly lastPrice: NonNullable<MarketSources['lastPrice']>;
}

export function createAccountRules(
  session: OrderCore,
  book: OrderBook,
  known: Knowledge,
  reconciler: Reconciler,
  options: AccountRulesOptions,
  { isDefault, lastPrice }: AccountRulesSources,
): AccountRules {
  const watches = new Map<string, AccountWatch>();
  const waiting = new Set<() => void>();
  const told = (): void => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  const groups = createGroups(session, () => {
    for (const trade of book.live)
      if (groupOf(trade.record) !== undefined) for (const watch of watches.values()) watch.changed(trade);
    told();
  });
  const configured = (account: string): string | undefined =>
    typeof options.kinds === 'function' ? options.kinds(account) : options.kinds?.[account];
  const kinds = createKinds(session, configured, isDefault, told);
  const policy: Partial<Policy> = { ...orderPathPolicy, ...options.policy };
  const maxAge = Math.max(0.05, options.maxOrdersAgeSeconds ?? 1);
  const others = createOthers(session, book, reconciler, maxAge, () => {
    for (const watch of watches.values()) watch.compared();
  });

  const open = (account: string): AccountWatch => {
    const found =
      watches.get(account) ??
      watchAccount(session, book, known, account, {
        get kind() {
          return configured(account);
        },
        accountType: () => kinds.typeOf(account),
        policy,
        lastPrice,
        extra: options.facts,
        more: options.more === undefined ? undefined : () => options.more?.(account) ?? {},
        isOf: ({ account: own = account, record }) => {
          const group = groupOf(record);
          return group === undefined ? own === account : groups.mayHold(group, account);
        },
        told,
        unexplained: () => others.suspect(),
      });
    watches.set(account, found);
    return found;
  };
  const isWatched = (account: string): boolean => {
    const standing = kinds.standingOf(account);
    return standing === 'restricted' || (options.watch === 'all' && standing !== 'untold');
  };
  let askedAt = Number.NEGATIVE_INFINITY;
  /** Resolves with whatever is told next. What tells nothing new is not asked for again at once. */
  const next = (ask?: () => Promise<unknown>) => (): Promise<void> =>
    new Promise((resolve) => {
      waiting.add(resolve);
      // Lists that end empty wake nobody.
      session.timer.after(AGAIN_MS, resolve);
      const now = session.timer.now();
      if (ask === undefined || now - askedAt < AGAIN_MS) return;
      askedAt = now;
      ask().catch(() => {});
    });

  const judgeAccount = (account: string, orders: readonly OrderFacts[]): Verdict => {
    const standing = kinds.standingOf(account);
    if (standing === 'free' && options.watch !== 'all') return judged(unproven(account));
    if (session.isDegraded)
      return judged([stale('the gateway has lost the broker: positions and orders cannot be trusted', 'wait until it is back')]);
    if (standing === 'untold') {
      const finding = unknown('what kind of account this is has not been told yet', WAIT);
      return { at: 'untold', findings: [finding], told: next(() => kinds.ask()) };
    }
    if (standing === 'unknown')
      return judged([unknown('the gateway does not tell what kind of account this is', 'name its kind in `accounts.kinds`')]);
    const watch = open(account);
    if (!watch.isCurrent) {
      const finding = stale('positions, cash and open orders have not been told on this connection yet', WAIT);
      const ask = book.isCompared(session.epoch) ? watch.renew : others.look;
      return { at: 'untold', findings: [finding], told: next(ask) };
    }
    const findings = check(orders, watch.situation(), policy);
    const age = others.ageSeconds;
    const isFresh = age !== undefined && age <= maxAge;
    const isRefused = findings.some(({ severity }) => severity === 'reject');
    // A refusal may rest on an order of another client that is gone by now.
    const whole: Verdict = { at: 'judged', findings, isWhole: true };
    if (isRefused && (isFresh || !others.hasSome(account))) return whole;
    others.active();
    if (isFresh) return whole;
    const old = age === undefined ? 'not told' : `${age} s old`;
    const finding = stale(`the open orders of other clients are ${old}, ${maxAge} s are allowed`, WAIT);
    return { at: 'untold', findings: [...findings, finding], told: next(others.look), isWhole: true };
  };

  /** An account that is configured to borrow and whose owner the gateway has never described in a word that is known. */
  const unproven = (account: string): readonly Finding[] => {
    const accountType = kinds.typeOf(account);
    if (accountKindOf({ configuredKind: undefined, accountType }).kind !== undefined) return [];
    return [say('KIND-UNPROVEN', { kind: accountKindOf({ configuredKind: configured(account), accountType }).kind })];
  };

  /** Orders of one group, for each account that may get them. */
  const judgeGroup = (name: string, orders: readonly OrderFacts[]): Verdict => {
    const { accounts } = session;
    if (options.watch !== 'all' && accounts.length > 0 && accounts.every((one) => kinds.standingOf(one) === 'free'))
      return together(accounts.map((account) => judgeAccount(account, orders)));
    const group = groups.groupOf(name);
    if (group === undefined) {
      const finding = unknownGroup('which accounts the group has has not been told yet', WAIT);
      return { at: 'untold', findings: [finding], told: next(() => groups.ask()) };
    }
    if (group === 'unknown')
      return judged([
        unknownGroup('no group of this name has been told by the gateway', 'name a group that advisor.groups() lists'),
      ]);
    return together(
      group.accounts.map(({ account }) =>
        judgeAccount(
          account,
          orders.map((order) => forMember(order, account, group.defaultMethod)),
        ),
      ),
    );
  };

  /** Orders of one account, or of one group. */
  const judgeSet = (orders: readonly OrderFacts[]): Verdict => {
    const { account, faGroup } = orders[0] ?? {};
    return account || faGroup === undefined ? judgeAccount(account ?? '', orders) : judgeGroup(faGroup, orders);
  };

  /** The watches of the accounts that an order may trade in: of all, where it names none. */
  const watchesOf = ({ account }: { readonly account: string | undefined }): Iterable<AccountWatch> => {
    if (account === undefined) return watches.values();
    const watch = watches.get(account);
    return watch === undefined ? [] : [watch];
  };
  book.watch((trade, event) => {
    if (event.is !== 'placed' && event.is !== 'changing') return;
    for (const watch of watchesOf(trade)) watch.changed(trade);
  });
  book.watchLists(told);
  session.events.on('closed', () => {
    others.stop();
    told();
  });

  async function pictures(call: Call): Promise<void> {
    await kinds.ask(call);
    const wanted = session.accounts.filter(isWatched);
    if (wanted.length === 0) return;
    const whole = wanted.map((account) => open(account).complete());
    await Promise.all([...whole, ...(book.isCompared(session.epoch) ? [] : [reconciler.run('asked')])]);
  }
  // In the background, once per connection: an order that comes earlier waits for it.
  session.events.on('ready', () => {
    if (session.isReadOnly) return;
    pictures({}).catch(() => {
      // What could not be told is asked for again by the next order.
    });
  });

  return {
    judge: (orders) => (orders.length === 1 ? judgeSet(orders) : together([...byPlace(orders).values()].map(judgeSet))),
    async prepare(call = {}) {
      const timeout = call.timeout ?? 30_000;
      const whole = pictures(call);
      let stop = (): void => {};
      const late = new Promise<never>((_, refuse) => {
        stop = session.timer.after(timeout, () => refuse(new TimeoutError('prepare', timeout)));
      });
      try {
        await Promise.race([whole, late]);
      } finally {
        stop();
        whole.catch(() => {});
      }
    },
    situationOf: (account) => watches.get(account)?.situation(),
  };
}

const stale = (problem: string, help: string): Finding => say('SNAPSHOT-STALE', { stale: `${problem}.`, help: `${help}.` });
const unknownGroup = (problem: string, help: string): Finding => say('GROUP-UNKNOWN', { problem, help });
const unknown = (problem: string, help: string): Finding => say('ACCOUNT-UNKNOWN', { untold: `${problem}.`, help: `${help}.` });

/** Orders by the account or the group they trade in. */
function byPlace(orders: readonly OrderFacts[]): ReadonlyMap<string, readonly OrderFacts[]> {
  const sorted = new Map<string, OrderFacts[]>();
  for (const one of orders) {
    const place = one.account ? `account ${one.account}` : `group ${one.faGroup ?? ''}`;
    const own = sorted.get(place);
    if (own === undefined) sorted.set(place, [one]);
    else own.push(one);
  }
  return sorted;
}
