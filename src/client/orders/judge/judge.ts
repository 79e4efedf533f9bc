// The one judge of the order path: what wants to leave is translated once, and asked of the rule book, the guards and the accounts.
import { check, isOfOrderAlone } from '../../../rules/check.js';
import { decisionOf, type Finding } from '../../../rules/finding.js';
import { type Guard, guardedBy, keepsSent, type Sent, say } from '../../../rules/guards/guard.js';
import { accountOfLogin, liveSwitch } from '../../../rules/guards/permission.js';
import { isPaper } from '../../../rules/naming.js';
import type { OrderFacts, Situation } from '../../../rules/types.js';
import type { Attempt } from '../confirmations.js';
import type { OrderOptions } from '../policy.js';
import type { Trade } from '../trade.js';
import { type Proposal, type Translator, workingFacts } from './facts.js';
import { type AccountJudge, judged, together, type Verdict } from './verdict.js';

/** `again`: they have left before, so what limits new orders is not asked; `raw`: account rules are not asked either. */
export type Times = 'first' | 'again' | 'raw';

export interface Judge {
  /** Every finding about orders that leave together. */
  look(orders: readonly Proposal[], times?: Times): readonly Finding[];
  /** The same, with whether all that it rests on has been told. */
  judge(orders: readonly Proposal[], times?: Times): Verdict;
  attemptOf(order: Proposal): Attempt;
  /** Remembers an order that has left. */
  sent(order: Proposal): void;
}

export interface JudgeSources {
  readonly options: OrderOptions;
  readonly translator: Translator;
  readonly now: () => number;
  /** Accounts of the login. */
  readonly accounts: () => readonly string[];
  /** The account rules; undefined where they are off. */
  readonly accountJudge: AccountJudge | undefined;
  readonly situationOf: (account: string) => Situation | undefined;
  /** Live orders of this session. */
  readonly working: () => readonly Trade[];
}

const REMEMBERED_MS = 600_000;
const MOST_REMEMBERED = 30_000;
/** Of an account nobody looks at. */
const NOTHING = { account: { baseCurrency: '' }, cash: {}, positions: [], workingOrders: [] } as const;
const ALONE: Situation = { ...NOTHING, scope: 'order' };

export function createJudge(sources: JudgeSources): Judge {
  const { options, translator, now, accounts, accountJudge } = sources;
  const always: readonly Guard[] = [accountOfLogin(), liveSwitch(options.live ?? false)];
  const first = guardedBy(
    ...(options.killSwitch === undefined ? [] : [options.killSwitch.guard]),
    ...always,
    ...(options.guards ?? []),
    ...(options.confirm === undefined ? [] : [options.confirm.guard]),
  );
  const later = guardedBy(...always);
  let recent: { readonly at: number; readonly order: OrderFacts }[] = [];
  let isWhole = true;

  /** What guards see of the account and of this session; lists are made when one is asked for. */
  const seen = (account: string): Situation => {
    const own = sources.situationOf(account) ?? ALONE;
    const at = now();
    const [list, count] = [recent, recent.length];
    const aged = (one: (typeof list)[number]): Sent => ({ ageSeconds: (at - one.at) / 1000, order: one.order });
    const made: Situation = {
      ...own,
      account: { ...own.account, account },
      login: accounts(),
      stopped: options.killSwitch?.reason(),
      get sent() {
        return isWhole ? list.slice(0, count).map(aged) : undefined;
      },
      get openOrders() {
        return sources.working().map((trade) => workingFacts(trade, translator));
      },
    };
    if (isWhole)
      keepsSent(made, (ms) => {
        let first = count;
        while (first > 0 && (list[first - 1]?.at ?? 0) > at - ms) first--;
        return list.slice(first, count).map(aged);
      });
    return made;
  };

  const translated = new WeakMap<Proposal['order'], OrderFacts>();

  const judge = (orders: readonly Proposal[], times: Times): Verdict => {
    const facts = orders.map((one) => {
      const made = translator.proposed(one, times === 'first' ? attemptOf(one) : undefined);
      translated.set(one.order, made);
      return made;
    });
    const ruled = times === 'raw' || accountJudge === undefined ? undefined : asked(accountJudge, facts);
    const alone = ruled?.isWhole === true ? ruled.findings.filter(({ code }) => isOfOrderAlone(code)) : check(facts, ALONE);
    const account = facts[0]?.account ?? '';
    const guarded = (times === 'first' ? first : later)(
      facts.map((one) => inLiveAccount(one, accounts())),
      seen(account),
    );
    const findings = [...alone, ...guarded];
    // Of a malformed order nothing further can be told.
    if (ruled === undefined || decisionOf(alone) === 'reject') return judged(findings);
    return together([judged(findings), without(ruled, alone)]);
  };

  const attemptOf = ({ contract, order, token, act, orderId, filled, group }: Proposal): Attempt => ({
    contract,
    order,
    isOnlyAccount: accounts().length === 1,
    ...(act !== undefined && { act }),
    ...(group !== undefined && { group: group.map((one) => ({ contract, order: one })) }),
    ...(token !== undefined && { token }),
    ...(filled !== undefined && orderId !== undefined && { orderId }),
  });

  return {
    attemptOf,
    look: (orders, times = 'first') => judge(orders, times).findings,
    judge: (orders, times = 'first') => judge(orders, times),
    sent(order) {
      // Only guards look back.
      if ((options.guards ?? []).length === 0) return;
      const at = now();
      if (recent.length > 0 && (recent[0]?.at ?? at) <= at - REMEMBERED_MS * 2) {
        recent = recent.filter((one) => one.at > at - REMEMBERED_MS);
        isWhole = true;
      }
      recent.push({ at, order: translated.get(order.order) ?? translator.proposed(order, undefined) });
      if (recent.length <= MOST_REMEMBERED) return;
      recent = recent.slice(-MOST_REMEMBERED / 2);
      isWhole = (recent[0]?.at ?? at) <= at - REMEMBERED_MS;
    },
  };
}

/** What the account rules say. */
function asked(judge: AccountJudge, facts: readonly OrderFacts[]): Verdict {
  try {
    return judge(facts);
  } catch (error) {
    return judged([say('GUARD-FAILED', { failure: error instanceof Error ? error.message : 'unknown failure' })]);
  }
}

/** A finding of the order alone is not said twice. */
function without(verdict: Verdict, alone: readonly Finding[]): Verdict {
  if (alone.length === 0) return verdict;
  const codes = new Set(alone.map(({ code }) => code));
  return { ...verdict, findings: verdict.findings.filter(({ code }) => !codes.has(code)) };
}

/** A group order of an advisor trades in many accounts: a live one among them makes it live. */
function inLiveAccount(order: OrderFacts, accounts: readonly string[]): OrderFacts {
  if ((order.account !== undefined && order.account !== '') || order.faGroup === undefined) return order;
  const account = accounts.find((one) => !isPaper(one)) ?? accounts[0];
  return account === undefined ? order : { ...order, account };
}
