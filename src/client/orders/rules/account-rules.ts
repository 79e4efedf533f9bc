// Which accounts of a login are restricted, their watches, and the rule that judges every order for them.
import type { Policy, Situation } from '../../../rules/types.js';
import { askList } from '../../ask.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import { accountSummary } from '../../conversations/accounts.js';
import type { Call } from '../../core.js';
import { TimeoutError } from '../../errors.js';
import type { Session } from '../../session.js';
import type { OrderBook } from '../book.js';
import type { SeenPrice } from '../guards/guard.js';
import type { OrderRule } from '../policy.js';
import type { Reconciler } from '../reconcile.js';
import type { TradedContract } from '../trade-types.js';
import { accountGuard, isRestricted } from './account-guard.js';
import { type AccountWatch, watchAccount } from './account-watch.js';
import { isIra } from './default-rules.js';
import type { ExtraFacts } from './facts.js';

export interface AccountRulesOptions {
  /** Kinds by account (`ira-cash`, `ira-margin`, `cash`, `reg-t`, `portfolio-margin`): configuration alone knows the financing. */
  readonly kinds?: Readonly<Record<string, string>>;
  /** Which accounts are watched and judged: the restricted ones (default), those told to be IRAs, or all. */
  readonly watch?: 'restricted' | 'ira' | 'all';
  readonly policy?: Partial<Policy>;
  /** What the gateway does not tell of a contract: exercise style of options, margin of futures, partnerships. */
  readonly facts?: ExtraFacts;
  /** What only the program knows of an account. */
  readonly more?: (account: string) => Partial<Situation>;
}

export interface AccountRules {
  readonly rule: OrderRule;
  /** Asks for the kinds of all accounts and waits for the first whole picture of those that are watched. */
  prepare(call?: Call): Promise<void>;
  /** The input of the rules for an account; undefined while it is not watched. */
  situationOf(account: string): Situation | undefined;
  watchOf(account: string): AccountWatch | undefined;
}

export function createAccountRules(
  session: Session,
  book: OrderBook,
  known: Knowledge,
  reconciler: Reconciler,
  options: AccountRulesOptions,
  lastPrice: ((contract: TradedContract) => SeenPrice | undefined) | undefined,
): AccountRules {
  const watches = new Map<string, AccountWatch>();
  const types = new Map<string, string>();
  let isPrepared = false;
  const kindOf = (account: string): string | undefined => options.kinds?.[account];
  const guard = accountGuard({
    watchOf: (account) => watches.get(account),
    kindOf,
    known,
    now: () => session.timer.now(),
    policy: options.policy,
    extra: options.facts,
    lastPrice,
    isPrepared: () => isPrepared,
  });
  const open = (account: string): AccountWatch => {
    const found =
      watches.get(account) ??
      watchAccount(session, book, known, account, {
        kind: kindOf(account),
        accountType: () => types.get(account),
        policy: options.policy,
        extra: options.facts,
        more: options.more === undefined ? undefined : () => options.more?.(account) ?? {},
      });
    watches.set(account, found);
    return found;
  };
  book.onPlaced = (trade) => {
    if (trade.account !== undefined) watches.get(trade.account)?.placed(trade);
  };
  book.onChanging = (trade) => {
    if (trade.account !== undefined) watches.get(trade.account)?.changing();
  };
  return {
    rule: guard,
    async prepare(call = {}) {
      const rows = await askList(session, accountSummary, { group: 'All', tags: 'AccountType' }, call);
      for (const { account, tag, value } of rows)
        if (account !== undefined && tag === 'AccountType' && value !== undefined) types.set(account, value);
      const wanted = session.accounts.filter((account) => isWanted(options.watch, kindOf(account), types.get(account)));
      isPrepared = true;
      if (wanted.length === 0) return;
      const timeout = call.timeout ?? 30_000;
      const whole = Promise.all([...wanted.map((account) => open(account).complete()), reconciler.run('asked')]);
      let stop = (): void => {};
      const late = new Promise<never>((_, reject) => {
        stop = session.timer.after(timeout, () => reject(new TimeoutError('prepare', timeout)));
      });
      try {
        await Promise.race([whole, late]);
      } finally {
        stop();
        whole.catch(() => {});
      }
    },
    situationOf: (account) => watches.get(account)?.situation(),
    watchOf: (account) => watches.get(account),
  };
}

function isWanted(watch: AccountRulesOptions['watch'], kind: string | undefined, accountType: string | undefined): boolean {
  return watch === 'all' || (watch === 'ira' ? isIra(accountType) : isRestricted(kind, accountType));
}
