// The one judge of the order path: what wants to leave is translated once, and asked of the rule book, the guards and the accounts.
import { check, isOfOrderAlone, isOfShape } from '../../../rules/check.js';
import { decisionOf, type Finding } from '../../../rules/finding.js';
import { type Guard, guardedBy, say } from '../../../rules/guards/guard.js';
import { accountOfLogin, liveSwitch } from '../../../rules/guards/permission.js';
import { isPaper } from '../../../rules/naming.js';
import type { OrderFacts, Situation } from '../../../rules/types.js';
import type { Attempt } from '../confirmations.js';
import type { OrderOptions } from '../policy.js';
import type { Trade } from '../trade.js';
import type { Proposal, Translator } from './facts.js';
import { seenBy } from './seen.js';
import { SentOrders } from './sent-orders.js';
import { type AccountJudge, judged, together, type Verdict } from './verdict.js';
import { workingFacts } from './working-facts.js';

/** `again`: they have left before, confirmed, and their own sending is not held against them; `raw`: switches alone are asked. */
export type Times = 'first' | 'again' | 'raw';

export interface Judge {
  /** Every finding about orders that leave together. */
  look(orders: readonly Proposal[], times?: Times): readonly Finding[];
  /** The same, with whether all that it rests on has been told. */
  judge(orders: readonly Proposal[], times?: Times): Verdict;
  /** What speaks against an order as it is written: all that a question about it, a what-if, is asked. */
  shape(order: Proposal): readonly Finding[];
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

/** Of an account nobody looks at. */
const NOTHING = { account: { baseCurrency: '' }, cash: {}, positions: [], workingOrders: [] } as const;
const ALONE: Situation = { ...NOTHING, scope: 'order' };

export function createJudge(sources: JudgeSources): Judge {
  const { options, translator, now, accounts, accountJudge } = sources;
  const always: readonly Guard[] = [accountOfLogin(), liveSwitch(options.live ?? false)];
  const own = [...(options.killSwitch === undefined ? [] : [options.killSwitch.guard]), ...always, ...(options.guards ?? [])];
  const guarding = {
    first: guardedBy(...own, ...(options.confirm === undefined ? [] : [options.confirm.guard])),
    again: guardedBy(...own),
    raw: guardedBy(...always),
  } satisfies Record<Times, unknown>;
  const readsAttempts = options.closes !== undefined || options.confirm !== undefined;
  /** Switches look at nothing that was sent before. */
  const looksBack = (options.guards ?? []).length > 0;
  const past = new SentOrders();
  const open = (): readonly OrderFacts[] => sources.working().map((trade) => workingFacts(trade, translator));

  /** A picture that cannot be made refuses by itself: what looks besides it looks at none. */
  const situationOf = (account: string): Situation | undefined => {
    try {
      return sources.situationOf(account);
    } catch {
      return undefined;
    }
  };
  /** What guards see of the account and of this session. */
  const seen = (account: string, without: number | undefined): Situation => {
    const beside = { account, login: accounts(), stopped: options.killSwitch?.reason() };
    const own = situationOf(account) ?? ALONE;
    return seenBy(own, looksBack ? past.look(now(), open, without) : undefined, beside);
  };

  /** What was judged last, and how it was translated. */
  let last: { readonly orders: readonly Proposal[]; readonly facts: readonly OrderFacts[] } = { orders: [], facts: [] };

  const judge = (orders: readonly Proposal[], times: Times): Verdict => {
    const facts = orders.map((one) => translator.proposed(one, times === 'first' && readsAttempts ? attemptOf(one) : undefined));
    last = { orders, facts };
    const ruled = times === 'raw' || accountJudge === undefined ? undefined : asked(accountJudge, facts);
    const alone = ruled?.isWhole === true ? ruled.findings.filter(({ code }) => isOfOrderAlone(code)) : check(facts, ALONE);
    const account = facts[0]?.account ?? '';
    const guarded = guarding[times](
      facts.map((one) => inLiveAccount(one, accounts(), options.live)),
      seen(account, times === 'again' ? orders[0]?.orderId : undefined),
    );
    const findings = alone.length === 0 ? guarded : [...alone, ...guarded];
    // Of a malformed order nothing further can be told.
    if (ruled === undefined || decisionOf(alone) === 'reject') return judged(findings);
    return together([judged(findings), without(ruled, alone)]);
  };

  const attemptOf = ({ contract, order, token, act, orderId, filled, group, override }: Proposal): Attempt => ({
    contract,
    order: override === true ? { ...order, override } : order,
    isOnlyAccount: accounts().length === 1,
    ...(act !== undefined && { act }),
    ...(group !== undefined && { group: group.map((one) => ({ contract, order: one.order, parent: one.parent })) }),
    ...(token !== undefined && { token }),
    ...(filled !== undefined && orderId !== undefined && { orderId }),
  });

  return {
    attemptOf,
    look: (orders, times = 'first') => judge(orders, times).findings,
    judge: (orders, times = 'first') => judge(orders, times),
    shape(order) {
      const own = situationOf(order.order.account ?? '') ?? ALONE;
      return check([translator.proposed(order, undefined)], own).filter(({ code }) => isOfShape(code));
    },
    sent(order) {
      if (!looksBack) return;
      const known = last.facts[last.orders.findIndex((one) => one.order === order.order)];
      const facts = known ?? translator.proposed(order, undefined);
      // Judged without its own id, or with the one it would have had then.
      past.add(now(), order.orderId === undefined ? facts : Object.assign(facts, { orderId: String(order.orderId) }));
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

/** A group order of an advisor trades in many accounts: a live one among them makes it live, first of all one that may not trade. */
function inLiveAccount(order: OrderFacts, accounts: readonly string[], live: OrderOptions['live']): OrderFacts {
  if ((order.account !== undefined && order.account !== '') || order.faGroup === undefined) return order;
  const isAllowed = (one: string): boolean => live === true || (Array.isArray(live) && live.includes(one));
  const lives = accounts.filter((one) => !isPaper(one));
  const account = lives.find((one) => !isAllowed(one)) ?? lives[0] ?? accounts[0];
  return account === undefined ? order : { ...order, account };
}
