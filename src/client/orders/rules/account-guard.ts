// The account rules in the order path: every order of a restricted account is judged against everything that may happen in it.
import { accountKindOf } from '../../../rules/account-kind.js';
import { check } from '../../../rules/check.js';
import { contradictionsOf } from '../../../rules/facts/contradiction.js';
import { unjudgedOf } from '../../../rules/fields.js';
import type { AccountKind, OrderFacts, Policy, Situation } from '../../../rules/types.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import { type Finding, reject } from '../guards/finding.js';
import type { SeenPrice } from '../guards/guard.js';
import type { OrderRule, RuledOrder } from '../policy.js';
import type { TradedContract } from '../trade-types.js';
import type { AccountWatch } from './account-watch.js';
import { contractFacts, type ExtraFacts, orderFacts, plain } from './facts.js';

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

/** Kinds that may not borrow; the rules of the others are judged too when the account is watched. */
const RESTRICTED: ReadonlySet<AccountKind> = new Set(['ira-cash', 'ira-margin', 'cash']);
const FRESH_MS = 60_000;

/**
 * True unless the kind is known to be one that may borrow. An account whose owner is taxable counts as a cash account until its
 * kind is configured; one whose AccountType nobody knows is watched, and every order of it refused.
 */
export function isRestricted(configuredKind: string | undefined, accountType: string | undefined): boolean {
  const { kind } = accountKindOf({ configuredKind, accountType });
  return kind === undefined || RESTRICTED.has(kind);
}

/** Judges orders by account; orders that leave together are judged together. Stale or missing pictures never open anything. */
export function accountGuard(sources: GuardSources): OrderRule {
  return (orders) => {
    const byAccount = new Map<string, RuledOrder[]>();
    for (const one of orders) {
      const account = one.order.account ?? '';
      byAccount.set(account, [...(byAccount.get(account) ?? []), one]);
    }
    return [...byAccount].flatMap(([account, own]) => judge(sources, account, own));
  };
}

function judge(sources: GuardSources, account: string, orders: readonly RuledOrder[]): readonly Finding[] {
  const watch = sources.watchOf(account);
  if (watch === undefined) {
    if (sources.isPrepared() || !isRestricted(sources.kindOf(account), undefined)) return [];
    return [
      reject('SNAPSHOT-STALE', 'the account is not watched yet, its kind may be restricted', 'wait for prepare() to finish'),
    ];
  }
  const situation: Situation = watch.situation();
  if (situation.account.accountType === undefined && sources.kindOf(account) === undefined)
    return [reject('ACCOUNT-UNKNOWN', 'what kind of account this is has not been told yet', 'wait for prepare() to finish')];
  return check(
    orders.map((one) => factsOf(sources, one)),
    situation,
    sources.policy,
  );
}

function factsOf({ known, extra, lastPrice, now }: GuardSources, { contract, order, orderId }: RuledOrder): OrderFacts {
  const facts = orderFacts(contractFacts(contract, known, extra), order);
  const seen = lastPrice?.(contract);
  const isFresh = seen !== undefined && seen.at <= now() && now() - seen.at <= FRESH_MS;
  const market = known.market(contract, order, now());
  return {
    ...facts,
    // A mark is refused by name; only a working order that bears one counts as what it does.
    action: order.action,
    ...(orderId !== undefined && { orderId: String(orderId) }),
    ...(facts.parentId !== undefined && { parentId: String(facts.parentId) }),
    ...(isFresh && { reference: plain(seen.price) }),
    ...((market === 'open' || market === 'closed') && { session: market }),
    exchange: contract.exchange,
    unjudged: unjudgedOf(order, contract),
    contradicts: contradictionsOf(contract, known.detailsOf(contract)?.contract),
  };
}
