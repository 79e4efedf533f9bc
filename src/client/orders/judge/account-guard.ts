// The account rules as one rule over watched accounts, for programs that watch accounts themselves.
import { accountKindOf } from '../../../rules/account-kind.js';
import { check } from '../../../rules/check.js';
import type { Policy } from '../../../rules/types.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import { type Finding, reject } from '../guards/finding.js';
import type { SeenPrice } from '../guards/guard.js';
import type { OrderRule, RuledOrder } from '../policy.js';
import type { TradedContract } from '../record/trade-types.js';
import type { AccountWatch } from './account-watch.js';
import { type ExtraFacts, proposedFacts } from './facts.js';

export interface GuardSources {
  /** The watch of an account; undefined when nobody watches it. */
  readonly watchOf: (account: string) => AccountWatch | undefined;
  /** Kinds by configuration. */
  readonly kindOf: (account: string) => string | undefined;
  /** The kinds of the login's accounts have been asked for. */
  readonly isPrepared: () => boolean;
  readonly known: Knowledge;
  readonly now: () => number;
  readonly policy?: Partial<Policy> | undefined;
  readonly extra?: ExtraFacts | undefined;
  readonly lastPrice?: ((contract: TradedContract) => SeenPrice | undefined) | undefined;
}

/** Orders by the account they trade in. */
export function byAccount(orders: readonly RuledOrder[]): ReadonlyMap<string, readonly RuledOrder[]> {
  const [first] = orders;
  const account = first?.order.account ?? '';
  if (orders.every(({ order }) => (order.account ?? '') === account)) return new Map([[account, orders]]);
  const sorted = new Map<string, RuledOrder[]>();
  for (const one of orders) sorted.set(one.order.account ?? '', [...(sorted.get(one.order.account ?? '') ?? []), one]);
  return sorted;
}

/** Judges orders by account; orders that leave together are judged together. Stale or missing pictures never open anything. */
export function accountGuard(sources: GuardSources): OrderRule {
  return (orders) => [...byAccount(orders)].flatMap(([account, own]) => judge(sources, account, own));
}

function judge(sources: GuardSources, account: string, orders: readonly RuledOrder[]): readonly Finding[] {
  const { kindOf, known, extra, lastPrice, now, policy } = sources;
  const watch = sources.watchOf(account);
  const configuredKind = kindOf(account);
  if (watch === undefined) {
    const { kind } = accountKindOf({ configuredKind, accountType: undefined });
    if (sources.isPrepared() || kind === 'reg-t' || kind === 'portfolio-margin') return [];
    return [
      reject('SNAPSHOT-STALE', 'the account is not watched yet, its kind may be restricted', 'wait for prepare() to finish'),
    ];
  }
  const situation = watch.situation();
  if (situation.account.accountType === undefined && configuredKind === undefined)
    return [reject('ACCOUNT-UNKNOWN', 'what kind of account this is has not been told yet', 'wait for prepare() to finish')];
  return check(
    orders.map((one) => proposedFacts(one, known, extra, lastPrice, now())),
    situation,
    policy,
  );
}
